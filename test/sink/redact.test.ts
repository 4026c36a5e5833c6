// `leftopen send --redact`: no name arrives, a repeat adds nothing, and what arrives is what `report --redact` writes.
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import type { RedactionLevel } from '../../src/model/finding.js';
import { merge, render, withRedactedRecord } from '../../src/run/index.js';
import { connect, destinationUrl, send } from '../../src/sink/index.js';
import { commandLine } from '../cli/program.js';
import { canaries, estate, namesIn } from '../support/canary-estate.js';
import { fakeElasticsearch, type Fake } from './fake-elasticsearch.js';

/** By id, what arrived. */
function arrived(fake: Fake): ReadonlyMap<string, unknown> {
  return new Map([...fake.streams.values()].flat().flatMap((index) => [...index]));
}

const action = z.object({ create: z.object({ _id: z.string() }) });

/** The same of a file for the bulk API. */
function written(path: string): ReadonlyMap<string, unknown> {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const documents = new Map<string, unknown>();
  for (let i = 0; i < lines.length; i += 2) {
    const { create } = action.parse(JSON.parse(lines[i] ?? ''));
    documents.set(create._id, JSON.parse(lines[i + 1] ?? ''));
  }
  return documents;
}

t.test('nothing that is sent names anything, and a repeat adds nothing', async (t) => {
  const { out, audit } = await estate(t);
  const first = await audit(0);
  const second = await audit(1);
  const outside = await audit(1, 'outside:internet:203.0.113.78');
  const merged = await merge([second.result.folder, outside.result.folder], { out, formats: [] });
  const names = namesIn(first.findings, first.endpoints);
  const temporary = join(out, '..', 'temporary');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
  t.teardown(() => {
    delete process.env['TMPDIR'];
  });
  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NO_COLOR: '1', LEFTOPEN_SEND_API_KEY: 'c2VjcmV0' });
  const command = (fake: Fake, folder: string, ...more: string[]) =>
    commandLine(['send', '--to', fake.url, '--run', folder, '-q', ...more], out, environment());
  const sendTo = async (fake: Fake, folder: string, level: RedactionLevel) => {
    const url = destinationUrl(fake.url);
    const destination = await connect(url, { apiKey: 'c2VjcmV0' }, undefined);
    return withRedactedRecord(folder, { level }, (record) => send(record, destination, url, { namespace: 'default' }));
  };
  const folders = [first.result.folder, merged.folder];
  const plain = await fakeElasticsearch(t);
  for (const folder of folders) t.equal((await command(plain, folder)).code, 0);
  const text = JSON.stringify([...arrived(plain)]).toLowerCase();
  for (const canary of [
    'canaryhost-1',
    'canaryeng-1',
    'canaryvantage',
    'canaryowner',
    'canaryapprover',
    'canaryreason',
  ])
    t.ok(text.includes(canary), `${canary} is sent otherwise`);

  for (const level of ['names', 'all'] as const) {
    const fake = await fakeElasticsearch(t);
    for (const folder of folders) {
      const before = arrived(fake);
      const { created } = await sendTo(fake, folder, level);
      const sent = [...arrived(fake)].filter(([id]) => !before.has(id));
      t.equal(created, sent.length);
      t.strictSame(readdirSync(temporary), [], 'no file is left behind');
      const made = await render(folder, { formats: ['ecs'], redact: level });
      t.strictSame(
        new Map(sent.sort()),
        new Map([...written(join(made.folder, 'ecs.ndjson'))].sort()),
        `${level}: what the ecs format writes`,
      );
    }
    const again = await command(fake, first.result.folder, '--redact', level);
    t.match(again, { code: 0, stdout: /: 0 documents sent/ }, `${level}: a repeat`);
    t.strictSame(readdirSync(temporary), []);
    const all = JSON.stringify([...arrived(fake)]).toLowerCase() + fake.requests.join(' ').toLowerCase();
    for (const name of level === 'names' ? names : [...names, ...canaries, '203.0.113.78'])
      t.notOk(all.includes(name.toLowerCase()), `${level}: ${name}`);
    t.ok(all.includes(`"redacted":"${level}"`), 'a document says that it was redacted');
    const ids = [...arrived(fake).keys()].sort();
    const original = [...arrived(plain).keys()].sort();
    t.equal(JSON.stringify(ids) === JSON.stringify(original), level === 'names', `${level}: ids`);
  }

  const fake = await fakeElasticsearch(t);
  appendFileSync(join(first.result.folder, 'findings.jsonl'), '\n');
  for (const more of [[], ['--redact', 'all']]) {
    const altered = await command(fake, first.result.folder, ...more);
    t.equal(altered.code, 2);
    t.match(altered.stderr, /findings\.jsonl was changed after it was written/);
  }
  t.equal(arrived(fake).size, 0);
});
