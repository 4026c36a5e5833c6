// The tests of the rooms that make verdicts and findings of responses, in one process.
import { testRooms } from './support/rooms.js';

testRooms('catalogue', 'judge', 'knowledge', 'reading', 'survey', 'topics');
