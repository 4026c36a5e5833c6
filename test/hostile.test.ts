// The tests of audits of hostile servers, in one process.
import { testRooms } from './support/rooms.js';

testRooms('hostile');
