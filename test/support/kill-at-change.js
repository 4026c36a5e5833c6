// Preloaded into the program (`node --import`): SIGKILL right after its KILL_AT-th change on the disk, or in the middle of it.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { watchDisk } from './disk-changes.js';

const { KILL_AT = '0', KILL_TORN = '', CHANGES_INTO = '' } = process.env;
/** Of each change, whether it can be torn. */
const changes = [];

function kill() {
  process.kill(process.pid, 'SIGKILL');
}

if (isMainThread) {
  watchDisk(({ what, make, tear }) => {
    changes.push({ what, torn: tear !== undefined });
    if (changes.length !== Number(KILL_AT)) return make();
    if (KILL_TORN !== '' && tear !== undefined) {
      tear();
      return kill();
    }
    const made = make();
    return made instanceof Promise ? made.then(kill) : kill();
  });
  process.on('exit', () => CHANGES_INTO !== '' && writeFileSync(CHANGES_INTO, JSON.stringify(changes)));
}
