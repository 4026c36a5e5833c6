#!/usr/bin/env node
// The program: what it needs of the process, then its command line.
import './signals.js';
import './memory.js';
import { watchOutput } from './exit.js';
import { runCommandLine } from './program.js';

watchOutput();
await runCommandLine(process.argv.slice(2));

/** Milliseconds that something may still hold the process once its work is done and its output was taken. */
const heldAtMost = 3_000;

// A socket that a server left half closed must not keep a nightly job from ending.
setTimeout(() => process.exit(), heldAtMost).unref();
