// Keeps the heap of the program small from its first moment: imported before all else.
import { keepHeapSmall } from '../threads/heap.js';

keepHeapSmall();
