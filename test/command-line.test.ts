// The tests of the command line, and of what it says in another language, in one process.
import { testRooms } from './support/rooms.js';

testRooms('cli', 'languages', 'messages');
