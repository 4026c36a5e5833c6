// The tests of the rooms that read targets files and write plans, records and reports, in one process.
import { testRooms } from './support/rooms.js';

testRooms('engagement', 'history', 'plan', 'report', 'store', 'text');
