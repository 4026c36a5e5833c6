// Redacted reports: no name in any format, the same name by the same pseudonym in every run, and the run left as it was.
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { merge, render } from '../../src/run/index.js';
import { formats } from '../../src/report/index.js';
import { verifyFolder } from '../../src/store/verify.js';
import { findingSchema } from '../support/record-schemas.js';
import { canaries, estate, named, namesIn } from '../support/canary-estate.js';
import { jsonLines } from './support.js';

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}

const everything = formats.map(({ name }) => name);

/** What a line of a record names, in a redacted record. */
interface Line {
  readonly check: string;
  readonly endpoint: string;
  readonly fingerprint: string;
  readonly contents: { readonly largest: readonly { readonly name: string }[] } | null;
}

t.test('no name in any format; the same pseudonyms in every run and format; the original as it was', async (t) => {
  const { out, audit } = await estate(t);
  const first = await audit(0);
  const second = await audit(1);
  const names = namesIn(first.findings, first.endpoints);
  t.ok(names.length >= 3, `names of indices and clusters: ${names.join(', ')}`);
  const before = await verifyFolder(first.result.folder);
  const plain = await render(first.result.folder, {
    formats: everything,
    formatOptions: { detail: 'full', sarifAll: true },
  });
  const text = filesIn(plain.folder)
    .map((file) => readFileSync(join(plain.folder, file), 'utf8'))
    .join('\n');
  for (const canary of [...canaries, ...names])
    if (!/notes|label|Canaryperson|canaryfile/.test(canary)) t.match(text, canary, `${canary} is there otherwise`);

  const exports: Record<string, readonly Line[][]> = {};
  for (const redact of ['names', 'all'] as const) {
    const lines: Line[][] = [];
    for (const { result } of [first, second]) {
      const made = await render(result.folder, {
        formats: everything,
        formatOptions: { detail: 'full', sarifAll: true },
        redact,
      });
      t.equal(made.files.length, everything.length);
      const hidden = redact === 'names' ? names : [...names, ...canaries];
      for (const file of filesIn(made.folder)) {
        const content = readFileSync(join(made.folder, file), 'utf8');
        for (const name of hidden)
          t.notOk(content.toLowerCase().includes(name.toLowerCase()), `${redact}: ${file} does not show ${name}`);
      }
      t.match(await verifyFolder(made.folder), { changed: [], missing: [], added: [] });
      lines.push(jsonLines(join(made.folder, 'findings.jsonl')).map((line) => findingSchema.parse(line)));
      t.match(readFileSync(join(made.folder, 'report.md'), 'utf8'), /without a login/i, 'it still reads');
    }
    exports[redact] = lines;
  }
  const original = first.findings.map(({ fingerprint }) => fingerprint).sort();
  for (const [redact, [one = [], two = []]] of Object.entries(exports)) {
    t.equal(one.length, first.findings.length);
    t.strictSame(
      two.map(({ endpoint }) => endpoint),
      one.map(({ endpoint }) => endpoint),
      `${redact}: hosts in two runs`,
    );
    const indices = (lines: readonly Line[]) =>
      lines.map(({ contents }) => contents?.largest.map(({ name }) => name) ?? []);
    t.strictSame(indices(two), indices(one), `${redact}: indices in two runs`);
    const ids = one.map(({ fingerprint }) => fingerprint).sort();
    t.strictSame(two.map(({ fingerprint }) => fingerprint).sort(), ids, `${redact}: fingerprints stay comparable`);
    t.equal(JSON.stringify(ids) === JSON.stringify(original), redact === 'names');
  }
  const [indices, all] = [exports['names']?.[0], exports['all']?.[0]].map((lines) =>
    [...new Set((lines ?? []).flatMap(({ contents }) => contents?.largest.map(({ name }) => name) ?? []))].sort(),
  );
  t.strictSame(all, indices, 'an index is called the same at both levels');
  t.strictSame(await verifyFolder(first.result.folder), before, 'the run is as it was');

  const key = join(process.env['LEFTOPEN_KEYS'] ?? '', `${named.engagement}.key`);
  t.equal(statSync(key).mode & 0o777, 0o600);
  const secret = readFileSync(key, 'utf8').trim();
  for (const file of filesIn(out))
    t.notOk(readFileSync(join(out, file)).includes(secret), `${file} does not have the key`);

  const own = await render(first.result.folder, { formats: ['json', 'md'], redact: 'all', owner: named.owner });
  t.notMatch(readFileSync(join(own.folder, 'findings.json'), 'utf8'), /canary/i);
  t.ok(readFileSync(join(own.folder, 'findings.json'), 'utf8').includes('"onlyOwner":"owner-'));

  const outside = await audit(1, 'outside:internet:203.0.113.78');
  const merged = await merge([second.result.folder, outside.result.folder], { out, formats: [] });
  for (const redact of ['names', 'all'] as const) {
    const made = await render(merged.folder, { formats: everything, redact });
    for (const file of filesIn(made.folder)) {
      const content = readFileSync(join(made.folder, file), 'utf8').toLowerCase();
      for (const name of redact === 'names' ? names : [...names, ...canaries, '203.0.113.78'])
        t.notOk(content.includes(name.toLowerCase()), `merged, ${redact}: ${file} does not show ${name}`);
    }
  }

  chmodSync(key, 0o644);
  await t.rejects(render(first.result.folder, { formats: ['md'], redact: 'names' }), {
    name: 'UserMistake',
    message: /can be read by others.*chmod 600/,
  });
  chmodSync(key, 0o600);
  writeFileSync(key, 'short');
  await t.rejects(render(first.result.folder, { formats: ['md'], redact: 'names' }), { message: /is damaged/ });
});
