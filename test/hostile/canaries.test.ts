// Credentials of every known format, in every place a server or a targets file can put them: none reaches an output.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { secretFormats } from '../../src/knowledge/secrets.js';
import { formats } from '../../src/report/index.js';
import { sample } from '../support/sample.js';
import { openEstate, targetsOf, type Hostile } from './estate.js';
import { auditFile, shownBy } from './outputs.js';
import { anyRecording, answering, poison } from './poison.js';

const patience = { connectTimeoutMs: 20_000, exchangeTimeoutMs: 20_000 };

/** What is issued is random: somewhere a digit touches a letter, or a small letter a capital. */
const issued = /[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]/;

// Made here, so that no scanner of secrets finds one in this repository.
const secrets = secretFormats.flatMap(({ id, pattern }) => {
  const made = fc.stringMatching(new RegExp(`^(?:${pattern})$`)).filter((text) => issued.test(text));
  return fc.sample(made, { numRuns: 1, seed: 20261129 }).map((text) => ({ id, text }));
});

const servers = sample(
  [
    'elasticsearch/7.17.9-open',
    'elasticsearch/7.17.9-closed',
    'kibana/8.15.0-open',
    'opensearch-dashboards/2.19.4-open',
    'nginx/7.17.9-password-everywhere',
  ],
  2,
);

/** How many secrets one server says: its answers must stay below the caps of the questions. */
const together = 4;

const texts = Array.from({ length: Math.ceil(secrets.length / together) }, (_, part) =>
  secrets.slice(part * together, (part + 1) * together).map(({ text }) => text),
);

const hostiles: readonly Hostile[] = servers.flatMap((name) =>
  texts.map((said, number) => ({
    id: `${name.replaceAll('/', '-')}-${number}`,
    answer: answering(
      poison(anyRecording(name), { id: `${number}`, text: ` ${said.join(' ')}` }, { all: false, leaks: false }),
    ),
    ends: [],
  })),
);

t.test('no credential that a server says, or a targets file holds in its notes, is written or shown', async (t) => {
  t.ok(secrets.length >= 120, `${secrets.length} formats`);
  const estate = await openEstate(hostiles);
  t.teardown(() => estate.close());
  const folder = t.testdir();
  const file = join(folder, 'targets.yaml');
  const declared = z.looseObject({ targets: z.array(z.looseObject({})) }).parse(parse(targetsOf(estate, patience)));
  const targets = declared.targets.map((target, number) => ({
    ...target,
    notes: `keys: ${(texts[number % texts.length] ?? []).join(' ')}`,
    labels: { key: (texts[number % texts.length] ?? []).join(' ') },
  }));
  writeFileSync(file, stringify({ ...declared, targets }));
  const audited = await auditFile(
    file,
    folder,
    formats.map(({ name }) => name),
  );
  t.equal(audited.endpoints.size, hostiles.length);
  const shown = [...shownBy(audited)];
  t.ok(shown.length > formats.length, 'journal, ledger, record and every format were looked through');
  const leaked = secrets.flatMap(({ id, text }) =>
    shown.flatMap(([name, output]) => (output.includes(text) ? [`${id} in ${name}`] : [])),
  );
  t.strictSame(leaked, []);
});
