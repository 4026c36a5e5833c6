// Preloaded into an audit: writes the turns of its event loop that took most CPU time, from the first connection on, to TURNS_INTO.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Milliseconds between two looks: a turn that takes longer ends at the next look. */
const lookEvery = 2;
const kept = 100;

/** CPU time of the main thread so far, in milliseconds (Linux). */
function cpu() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ', 1)[0]) / 1e6;
}

if (isMainThread) {
  const turns = [];
  const longest = () => turns.sort((a, b) => b.ms - a.ms).splice(kept);
  let last = null;
  const look = () => {
    const now = cpu();
    if (last !== null) turns.push({ ms: now - last, at: Date.now() });
    last = now;
    if (turns.length > 100 * kept) longest();
  };
  subscribe('net.client.socket', () => (last ??= cpu()));
  setInterval(() => last !== null && look(), lookEvery).unref();
  process.on('exit', () => {
    longest();
    writeFileSync(process.env.TURNS_INTO ?? '', JSON.stringify(turns));
  });
}
