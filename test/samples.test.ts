// The tests of samples of all recorded and written servers, damaged ones too, in one process.
import { testRooms } from './support/rooms.js';

testRooms('accuracy', 'damage', 'fuzz', 'promises');
