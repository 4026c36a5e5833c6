// All that the judge writes into a record comes from the texts of its language: in another one, none of it stays English.

import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import ts from 'typescript';
import { english } from '../../src/judge/registry.generated.js';
import type { Expectation } from '../../src/model/endpoint.js';
import type { JudgeTexts } from '../../src/model/check.js';
import type { Json } from '../../src/model/json.js';
import { contextIn, judgedIn, recordsOf } from '../support/judged-in.js';
import { commentsIn, inOtherWords } from '../support/second-language.js';

/** Two English words in a row. */
const phrase = /[a-z]{2,} [a-z]{2,}/i;

/** What a target said, and a formula over names of fields. */
const notOurs = /\.(?:excerpt|formula)$/;

/** A block to copy, or a command: only its comments are words. */
const copied = /\.remedy\.(?:steps\.code|verify\.command)$/;

/** Each string in a value that has an English phrase, with where it is. */
function phrasesIn(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') {
    const words = copied.test(path) ? commentsIn(value) : value;
    return phrase.test(words) && !notOurs.test(path) ? [`${path}: ${words}`] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => phrasesIn(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => phrasesIn(one, `${path}.${key}`));
}

/** The same texts with titles that are the facts they are made from, as JSON. */
function withFactsAsTitles<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get(target, key): unknown {
      if (key === 'title') return (facts: Json) => JSON.stringify(facts);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? withFactsAsTitles(value) : value;
    },
  });
}

const records = recordsOf(80);
const ceiling = { rung: 'metadata', via: 'kibana', reason: '1', approvedBy: 'Jo', until: '2030-01-01' } as const;
const expectations: readonly Expectation[] = [
  { kind: 'closed' },
  { kind: 'absent' },
  { kind: 'decoy' },
  { kind: 'up-to', ...ceiling, indices: [] },
  { kind: 'up-to', ...ceiling, rung: 'control', via: null, indices: ['a*'] },
  { kind: 'up-to', ...ceiling, indices: [], until: '2020-01-01' },
];

t.test('a record in another language', async (t) => {
  const texts = inOtherWords(english);
  for (const [n, expect] of expectations.entries()) {
    const judged = await judgedIn(n === 0 ? records : records.slice(0, 40), contextIn(texts, expect));
    t.ok(judged.findings.length > 20);
    t.same([...new Set(phrasesIn(judged, expect.kind))], []);
  }
});

t.test('the same record in English', async (t) => {
  const phrases = phrasesIn(await judgedIn(records, contextIn(null)), 'record').map((one) => one.split(':', 1)[0]);
  for (const where of [
    'findings.title',
    'findings.evidence.shows',
    'findings.since.configured.reasoning',
    'findings.since.seen.reasoning',
    'findings.remedy.steps.text',
    'findings.remedy.steps.code',
    'findings.remedy.verify.expect',
    'endpoints.reasonText',
    'endpoints.undetermined.reason',
    'problems.because',
  ])
    t.ok(phrases.includes(`record.${where}`), where);
});

/** Facts that are the vendor's words, or those of a known campaign. */
const quoted = /"(?:title|condition|source)":"(?:[^"\\]|\\.)*"/g;

t.test('facts of findings are in no language', async (t) => {
  const { findings } = await judgedIn(records, contextIn(withFactsAsTitles(english)));
  const facts = findings.map(({ check, title }) => `${check}: ${title.replace(quoted, '')}`);
  t.ok(facts.length > 100);
  t.same(
    facts.filter((one) => phrase.test(one)),
    [],
  );
});

/** What a remedy says as the facts that it is made from, as JSON: the id of a text alone where it has none. */
function factsOfRemedies(remedies: JudgeTexts['remedies']): JudgeTexts['remedies'] {
  return new Proxy(remedies, {
    get(target, key): unknown {
      const text: unknown = Reflect.get(target, key);
      return typeof text === 'function' ? (facts: Json) => JSON.stringify(facts) : String(key);
    },
  });
}

/** A word and one without a capital: each word of a product's name has one. */
const nameless = /[A-Za-z][a-z]+ [a-z]{2,}/;

t.test('facts of remedies are in no language', async (t) => {
  const { findings } = await judgedIn(records, contextIn({ ...english, remedies: factsOfRemedies(english.remedies) }));
  const facts = findings.flatMap(({ remedy: { steps, verify } }) => [...steps.map(({ text }) => text), verify.expect]);
  const ofShared = facts.filter((one) => one.startsWith('{'));
  t.ok(ofShared.length > 100);
  t.same(
    ofShared.filter((one) => nameless.test(one)),
    [],
  );
});

/** The files that decide what is said, and hold no words. */
const wordless = [
  ...['access', 'evidence', 'expectation', 'finding', 'language', 'needs', 'pass', 'problems', 'record', 'severity'],
  ...['since', 'summary', 'topics', 'notes', 'observed', 'phrases'],
];

/** How endpoints met, and what fingerprints begin with. */
const ids = /^(?:data source|leftopen finding [a-z0-9 ]*)$/;

/** Of a topic the part that decides what its answers show, in front of its texts. */
const showing = readdirSync('src/topics')
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
  .map(
    (file) => [file, readFileSync(`src/topics/${file}`, 'utf8').match(/\n {2}shows:[^]*?\n {2}texts:/)?.[0]] as const,
  )
  .filter(([, code]) => code !== undefined);

/** The texts in code, with a space for what is put into them; without what an error of ours says. */
function stringsIn(code: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' '));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true));
  return found.filter((one) => !ids.test(one));
}

t.test('what decides which text is used has none of its own', (t) => {
  t.ok(showing.length > 3, 'topics show something');
  for (const [name, source = ''] of [
    ...wordless.map((name) => [name, readFileSync(`src/judge/${name}.ts`, 'utf8')] as const),
    ...showing,
  ]) {
    t.same(
      stringsIn(source).filter((one) => phrase.test(one)),
      [],
      name,
    );
  }
  t.end();
});

/** Each file that decides on steps, and the part of it that does: commands and settings are there, and no sentences. */
const deciding = [
  ...['remedies', 'transport-remedies', 'security-plugins', 'steps'].map((name) => [`${name}.ts`, /[^]*/] as const),
  ['companions.ts', /[^]*?CompanionWords/] as const,
  ...['checks', 'group-checks'].flatMap((folder) =>
    readdirSync(`src/judge/${folder}`).map((file) => [`${folder}/${file}`, /\n {2}remedy[^]*?\n {2}texts:/] as const),
  ),
];

/** A capitalised word before another one, or a word that neither a command nor a setting has. */
const sentence =
  /\b[A-Z][a-z]+ [a-z]+\b|(?:^|[ '`"(])(?:the|an?|that|which|is|are|it|its|of|to|with|not|no|every)(?= )/;

t.test('what decides on steps has no sentences, and blocks have no comments', (t) => {
  for (const [file, part] of deciding) {
    const code = readFileSync(`src/judge/${file}`, 'utf8');
    const decides = part.exec(code)?.[0] ?? '';
    t.not(decides, '', file);
    t.same(
      [
        ...stringsIn(decides).filter((one) => sentence.test(one)),
        ...stringsIn(code).filter((one) => phrase.test(commentsIn(one))),
      ],
      [],
      file,
    );
  }
  t.end();
});
