import { benchAudit } from './audit.js';
import { benchClient } from './client.js';
import { benchFormats } from './formats.js';
import { benchHistory } from './history.js';
import { benchHostile } from './hostile.js';
import { benchJournal } from './journal.js';
import { benchKill } from './kill.js';
import { benchLoop } from './loop.js';
import { benchScale } from './scale.js';

/** Every part of the bench by name; `npm run bench -- NAME…` runs some, `npm run bench` all. */
const parts: Readonly<Record<string, () => Promise<void>>> = {
  audit: benchAudit,
  client: benchClient,
  journal: benchJournal,
  scale: benchScale,
  history: benchHistory,
  formats: benchFormats,
  kill: benchKill,
  hostile: benchHostile,
  loop: benchLoop,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${Object.keys(parts).join(', ')}`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await run();
  }
}
