// The tests of what goes over the wire besides audits: the client, the sinks and the demo, in one process.
import { testRooms } from './support/rooms.js';

testRooms('net', 'sink', 'demo', 'threads');
