import { existsSync, readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import { explain, judgeRecord, listChecks, severityTable } from '../../src/judge/index.js';
import { contextAt, surveyed } from '../accuracy/score.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { contextFrom, observed, recordOf } from '../support/observations.js';
import { sample } from '../support/sample.js';
import { writtenFiles } from '../support/written.js';

const headings = ['What it means', 'How it is tested', 'What is sent', 'How to fix', 'False positives'];
const folders = { endpoint: 'checks', group: 'group-checks' } as const;
const stem = (file: string) => file.replace(/(\.test)?\.(ts|md)$/, '');

t.test('each check has its three files, and each file its check', (t) => {
  const listed = listChecks();
  for (const { id, scope } of listed) {
    t.ok(existsSync(`src/judge/${folders[scope]}/${id}.ts`), `${id}: its own file`);
    t.ok(existsSync(`test/judge/${folders[scope]}/${id}.test.ts`), `${id}: a test`);
    t.ok(existsSync(`docs/checks/${id}.md`), `${id}: a page`);
  }
  const ids = listed.map((check) => check.id);
  t.same(ids, [...new Set(ids)].sort(), 'ids are unique and in order');
  const written = Object.values(folders).flatMap((folder) => [
    ...readdirSync(`src/judge/${folder}`),
    ...readdirSync(`test/judge/${folder}`),
  ]);
  for (const file of [...written, ...readdirSync('docs/checks')])
    t.ok(ids.includes(stem(file)), `${file} belongs to a check`);
  t.end();
});

t.test('each page has the sentence of its check and the headings, and says what is sent', (t) => {
  for (const { id, about, questions } of listChecks()) {
    const page = readFileSync(`docs/checks/${id}.md`, 'utf8');
    t.ok(
      page.startsWith(`# ${id}\n\n${about}\n\n`),
      `${id}: its title is its id, and below it is what the check is about`,
    );
    t.same(
      [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]),
      headings,
      `${id}: headings`,
    );
    for (const [, body] of page.matchAll(/^## .*\n([^]*?)(?=^## |$(?![^]))/gm))
      t.ok((body ?? '').trim().length > 60, `${id}: no empty section`);
    const sent = /^## What is sent\n([^]*?)(?=^## )/m.exec(page)?.[1] ?? '';
    t.same(
      [...sent.matchAll(/^- `([a-z0-9-]+)`/gm)].map((match) => match[1]),
      questions,
      `${id}: the questions that are sent`,
    );
  }
  t.end();
});

t.test('no finding uses a question that its check does not list, and each question is listed', (t) => {
  const recorded = sample(recordingNames(), 20).map((name) => ({
    name,
    recording: recordingNamed(name),
    scheme: null,
  }));
  const written = sample(writtenFiles(), 20).map(({ name, recording }) => ({
    name,
    recording,
    scheme: recording.head.scheme,
  }));
  const listed = new Map(listChecks().map(({ id, questions }) => [id, new Set<string>(questions)]));
  for (const { name, recording, scheme } of [...recorded, ...written]) {
    const record = surveyed(recording, scheme);
    const asked = new Map(record.exchanges.map(({ request, question }) => [request, question]));
    const foreign = judgeRecord(record, contextAt(record.at)).found.flatMap(({ finding: { check, evidence } }) =>
      evidence
        .map(({ request }) => asked.get(request) ?? '')
        .filter((question) => listed.get(check)?.has(question) !== true)
        .map((question) => `${check}: ${question}`),
    );
    t.same(foreign, [], name);
  }
  const all = new Set([...listed.values()].flatMap((questions) => [...questions]));
  t.same(
    catalogue.map(({ id }) => id).filter((id) => !all.has(id)),
    [],
  );
  t.end();
});

t.test('what a check says of itself', (t) => {
  const known = new Set<string>(catalogue.map((question) => question.id));
  for (const check of listChecks()) {
    t.match(check.id, /^[a-z]+(-[a-z]+)*$/);
    t.match(check.about, /^[A-Z].*\.$/, `${check.id}: a sentence`);
    t.match(check.cwe, /^CWE-\d+$/);
    t.ok(
      check.references.every((url) => URL.canParse(url) && url.startsWith('https://')),
      `${check.id}: public pages`,
    );
    t.ok(
      check.references.some((url) => url.includes(`/${check.cwe.slice(4)}.html`)),
      `${check.id}: its weakness among them`,
    );
    t.same(
      check.questions.filter((id) => !known.has(id)),
      [],
      `${check.id}: its questions are in the catalogue`,
    );
    t.same(explain(check.id), check);
  }
  t.equal(explain('no-such-check'), null);
  t.end();
});

t.test('an unknown check id is rejected', (t) => {
  const record = recordOf(observed());
  t.throws(() => judgeRecord(record, contextFrom('internet'), { checks: ['no-such-check'] }), /no check no-such-check/);
  const judged = judgeRecord(record, contextFrom('internet'), { checks: ['cluster-open'] });
  t.equal(
    Object.values(judged.verdicts).reduce((a, b) => a + b),
    1,
    'only the chosen one runs',
  );
  t.end();
});

t.test('docs/severity.md prints the table as it is', (t) => {
  const page = readFileSync('docs/severity.md', 'utf8');
  const cells = [...page.matchAll(/^\| `.*$/gm)].map(([line]) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, 6),
  );
  t.same(
    cells,
    severityTable().map((row) => [
      `\`${row.id}\``,
      row.severity,
      row.cvss4.score.toFixed(1),
      row.cvss31.score.toFixed(1),
      row.reason,
    ]),
  );
  t.end();
});
