// The tests of the command line, in one process.
import { testRooms } from './support/rooms.js';

testRooms('cli');
