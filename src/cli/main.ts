#!/usr/bin/env node
// The program: what it needs of the process, then its command line.
import './signals.js';
import './memory.js';
import { endSoon, watchOutput } from './exit.js';
import { runCommandLine } from './program.js';

watchOutput();
await runCommandLine(process.argv.slice(2));
await endSoon();
