// The tests of complete audits, from targets file to record, in one process.
import { testRooms } from './support/rooms.js';

testRooms('run');
