import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { rejudge } from '../../src/run/index.js';
import { knowledgeName, loadKnowledge } from '../../src/run/knowledge.js';
import { bundleFrom, shipped, shippedText, summed } from '../support/knowledge.js';
import { audited, declared, engagement, recorded } from './support.js';

t.test('the bundle that the package ships', async (t) => {
  t.strictSame(await loadKnowledge(), shipped);
});

t.test("the user's own", async (t) => {
  const folder = t.testdir();
  const file = join(folder, 'newer.json');
  const bundle = z.record(z.string(), z.json()).parse(JSON.parse(shippedText));
  writeFileSync(file, summed({ ...bundle, version: '2027.1' }));
  const own = await loadKnowledge(file);
  t.equal(own.version, '2027.1');
  t.match(knowledgeName(own), /^2027\.1-[0-9a-f]{16}$/);
  t.equal(knowledgeName(shipped), knowledgeName(bundleFrom(shippedText)), 'the same content has the same name');
  t.not(knowledgeName(own).slice(-16), knowledgeName(shipped).slice(-16), 'another content another');
});

t.test('a file that is not a bundle is a mistake of the user, reported in one line', async (t) => {
  const folder = t.testdir({ 'list.json': '[]', 'old.json': shippedText.replace('"version": "', '"version": "x') });
  mkdirSync(join(folder, 'folder'));
  const cases: [string, RegExp][] = [
    ['missing.json', /missing\.json cannot be read: there is no such file or folder$/],
    ['folder', /folder is not a file$/],
    ['list.json', /list\.json is not of the schema: /],
    ['old.json', /old\.json does not match its checksum: its content has [0-9a-f]{64}, it says [0-9a-f]{64}$/],
  ];
  for (const [name, message] of cases)
    await t.rejects(loadKnowledge(join(folder, name)), { name: 'UserMistake', message }, name);
  await t.rejects(loadKnowledge('/dev/zero'), { name: 'UserMistake', message: /is not a file$/ });
});

t.test('a run names what judged it, and is judged again by newer knowledge', async (t) => {
  const folder = t.testdir();
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const declaration = await declared(t, `${engagement}\ntargets:\n  - { id: one, url: "${url}" }\n`, folder);
  const run = await audited(declaration, join(folder, 'out'), { formats: [] });
  t.equal(run.result.head.run.knowledge, knowledgeName(shipped));
  t.notOk(run.findings.some(({ check }) => check === 'known-vulnerability'));

  const bundle = z.looseObject({ parts: z.record(z.string(), z.json()) }).parse(JSON.parse(shippedText));
  const found = shipped.parts.vulnerabilities.list.filter(({ id }) => id === 'CVE-2025-9624');
  const list = found.map((one) => ({
    ...one,
    id: 'CVE-2030-0001',
    ranges: [{ from: '3.0.0', before: '3.7.0', fix: '3.7.0' }],
  }));
  const parts = { ...bundle.parts, vulnerabilities: z.json().parse({ date: '2030-01-01', list }) };
  const file = join(folder, 'newer.json');
  writeFileSync(file, summed({ ...z.record(z.string(), z.json()).parse(bundle), version: '2030.1', parts }));
  const again = await rejudge(run.result.folder, { failOn: 'high', formats: [], knowledge: file });
  t.match(again.head.run.knowledge, /^2030\.1-/);
  const findings = [];
  for await (const finding of again.findings()) findings.push(finding);
  t.match(
    findings.find(({ check }) => check === 'known-vulnerability'),
    { summary: /CVE-2030-0001 .* knows of no vulnerability in 3\.7\.0/ },
  );
  await t.rejects(rejudge(run.result.folder, { failOn: 'high', formats: [], knowledge: join(folder, 'none.json') }), {
    name: 'UserMistake',
  });
});
