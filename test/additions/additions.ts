// The additions that CONTRIBUTING.md describes, each as the files that one writes and nothing else.

/** One addition: complete new files, and pieces of old ones that are replaced. */
export interface Addition {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, readonly (readonly [piece: string, instead: string])[]>>;
  /** Tests that must pass with it. */
  readonly tests: readonly string[];
}

const topic = `// Tasks that wait for the master of an open cluster: many of them tell of a cluster in trouble.
import { z } from 'zod';
import { kept, refs } from '../catalogue/exchanges.js';
import { defineTopic } from '../catalogue/topic.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs } from '../model/observation.js';
import { counted } from '../text/words.js';

/** How many tasks wait. */
export interface PendingTasksFacts {
  readonly total: number;
  readonly evidence: EvidenceRefs;
}

const stored = z.object({ total: z.number() });

function keepTasks(body: unknown): Json | null {
  const parsed = z.object({ tasks: z.array(z.unknown()) }).safeParse(body);
  return parsed.success ? { total: parsed.data.tasks.length } : null;
}

export const topic = defineTopic({
  questions: [
    {
      id: 'pending-tasks',
      method: 'GET',
      path: '/_cluster/pending_tasks?filter_path=tasks.priority',
      askedOf: ['elasticsearch', 'opensearch'],
      why: 'Shows how many tasks wait for the master of an open cluster.',
      reveals: 'the number of tasks that wait',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      headers: {},
      keep: { headers: [], json: keepTasks, text: 200 },
      when: ({ listed }) => listed,
    },
  ],
  phase: 'beside',
  order: 65,
  isAbout: ({ cluster }) => cluster !== null,
  read(answers): PendingTasksFacts | null {
    const answered = answers.last('pending-tasks');
    const tasks = kept(answered, (value) => stored.safeParse(value).data ?? null);
    return tasks === null ? null : { ...tasks, evidence: refs(answered) };
  },
  names: () => [],
  shows: ({ total, evidence }, texts) => [[evidence, texts.waiting(total)]],
  texts: {
    en: {
      unknown: 'its tasks were not shown',
      waiting: (total: number): string => \`lists \${counted(total, 'task')} that wait\`,
    },
  },
});
`;

const check = `// A cluster that lets callers in and keeps many tasks waiting.
import type { Check } from '../../model/check.js';
import { closeCluster } from '../remedies.js';
import { thisWeek } from '../steps.js';
import { answeredAs, counted, paragraph } from '../words.js';

type Facts = { readonly total: number };

export const check: Check<Facts, 'pendingTasks', never, 'find-tasks'> = {
  id: 'tasks-waiting',
  scope: 'endpoint',
  about: 'An open cluster keeps many tasks waiting.',
  products: ['elasticsearch', 'opensearch'],
  questions: [],
  needs: ['open', 'pendingTasks'],
  cwe: 'CWE-400',
  references: ['https://cwe.mitre.org/data/definitions/400.html'],
  acceptable: false,
  judge(observations) {
    const { total, evidence } = observations.topics.pendingTasks;
    return total < 100 ? { verdict: 'pass', evidence } : { verdict: 'fail', facts: { total }, evidence };
  },
  stake: (_facts, { access }) => ({
    kind: 'admin-page',
    rung: access.rung,
    documents: 'unknown',
    data: 'unknown',
    through: 'cluster',
    incident: 'none',
  }),
  remedy(_facts, observations) {
    const { steps, verify } = closeCluster(observations);
    return { steps: [...steps, thisWeek.do('find-tasks')], verify };
  },
  texts: {
    en: {
      title: (facts) => \`An open cluster keeps \${counted(facts.total, 'task')} waiting\`,
      summary: (_facts, observations, context) => paragraph(answeredAs(observations, context)),
      remedy: { 'find-tasks': 'Find out which tasks wait, and why.' },
    },
  },
};
`;

const checkTest = `import { test } from 'tap';
import { check } from '../../../src/judge/checks/tasks-waiting.js';
import { judgeObservations } from '../../../src/judge/record.js';
import { contextFrom, lockedKibana, openCluster, recordOf } from '../../support/observations.js';

test('each verdict', async (t) => {
  const verdictOn = (observations: ReturnType<typeof openCluster>) =>
    Object.entries(
      judgeObservations(recordOf(observations), observations, contextFrom('internet'), { endpoint: [check], group: [] })
        .verdicts,
    ).find(([, count]) => count === 1)?.[0];
  const waiting = (total: number) => openCluster({ topics: { pendingTasks: { total, evidence: [0] } } });
  t.equal(verdictOn(waiting(300)), 'fail');
  t.equal(verdictOn(waiting(3)), 'pass');
  t.equal(verdictOn(openCluster()), 'undetermined');
  t.equal(verdictOn(lockedKibana()), 'not-applicable');
});
`;

const words = 'This page is written for the test of what an addition takes; a real one says what its heading asks for.';

const page = `# tasks-waiting

${words}

## What it means

${words}

## How it is tested

${words}

## What is sent

${words}

- \`pending-tasks\`: written by scripts/check-pages.ts.

## How to fix

${words}

## False positives

${words}
`;

const format = `// findings.txt: one line a finding, for the test of what a format takes.
import type { Format } from '../format.js';

export const format: Format = {
  name: 'lines',
  file: 'findings.txt',
  async write(_head, findings, _endpoints, out) {
    for await (const finding of findings()) await out.write(\`\${finding.severity} \${finding.check}\\n\`);
  },
};
`;

const companion = `// Kafka UI: a page over queues that often feed a cluster.
import { z } from 'zod';
import { defineCompanion, parseCount } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import type { Json } from '../../model/json.js';

function keepClusters(body: unknown): Json | null {
  const parsed = z.array(z.object({ name: z.string() })).safeParse(body);
  return parsed.success ? { count: parsed.data.length } : null;
}

export const companion = defineCompanion({
  product: 'kafka-ui',
  questions: [
    {
      id: 'kafka-ui-clusters',
      method: 'GET',
      path: '/api/clusters',
      askedOf: ['kafka-ui'],
      why: 'Shows whether a Kafka UI lists its clusters to callers without a login.',
      reveals: 'names of clusters; only their number is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      headers: {},
      keep: { headers: [], json: keepClusters, text: 200 },
    },
  ],
  read(answers) {
    const clusters = answers.last('kafka-ui-clusters');
    const count = kept(clusters, parseCount);
    if (count === null) return null;
    return {
      version: null,
      lists: { what: 'clusters', count: count.count },
      data: 'unknown',
      login: 'unknown',
      evidence: refs(clusters),
    };
  },
});
`;

/** What a real one would have written by hand: English in letters that no other text has. */
const language = `// English in full-width letters (qaa: for local use).
import { language as english, type Language } from './en.js';

const wide = (words: string): string =>
  words.replace(/(?<![&<%])\\b[a-z]+\\b/gi, (word) =>
    word.replace(/./g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  );

function said(value: unknown): unknown {
  if (typeof value === 'string') return wide(value);
  if (Array.isArray(value)) return value.map(said);
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? inWide(value) : value;
}

function inWide<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get: (target, key): unknown => said(Reflect.get(target, key)),
    apply: (target, self, given): unknown =>
      typeof target === 'function' ? said(Reflect.apply(target, self, given)) : undefined,
  });
}

export const language: Language = inWide(english);
`;

const languageTest = `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import { speak } from '../../src/languages/index.js';
import { render } from '../../src/run/index.js';
import { audited, declared, recorded } from '../run/support.js';

t.test('a run speaks the language of LEFTOPEN_LANGUAGE, and its reports keep it', async (t) => {
  process.env['LEFTOPEN_LANGUAGE'] = 'qaa';
  t.teardown(() => delete process.env['LEFTOPEN_LANGUAGE']);
  const folder = t.testdir({ 'wrong.yaml': 'targets: [{ id: a, url: nowhere }]' });
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const targets = await declared(t, 'targets: [{ id: a, url: "' + url + '" }]', folder);
  const { result, findings } = await audited(targets, join(folder, 'out'), { formats: ['md'], workers: 2 });
  t.match(readFileSync(join(result.folder, 'run.json'), 'utf8'), '"language": "qaa"');
  t.ok(findings.length > 0);
  for (const { title, summary, remedy } of findings) {
    t.notMatch(title, /[a-z]{2,} [a-z]{2,}/i);
    t.notMatch(summary, /[a-z]{2,} [a-z]{2,}/i);
    for (const { text } of remedy.steps) t.notMatch(text, /[a-z]{2,} [a-z]{2,}/i);
  }

  speak();
  const read = await readTargets(join(folder, 'wrong.yaml'), { now: new Date(), targets: [] });
  t.notOk(read.ok);
  if (!read.ok) for (const { message, instead } of read.mistakes) t.notMatch(message + instead, /[a-z]{2,} [a-z]{2,}/i);

  delete process.env['LEFTOPEN_LANGUAGE'];
  const { folder: exported } = await render(result.folder, { formats: ['md'] });
  const [once, again] = [result.folder, exported].map((each) => readFileSync(join(each, 'report.md'), 'utf8'));
  t.equal(again, once);
  t.notMatch(once, /^#+ .*[a-z]{2,} [a-z]{2,}/im);
});
`;
/** The additions, each of at most four files. */
export const additions: readonly Addition[] = [
  {
    name: 'a new fact with its check',
    files: {
      'src/topics/pending-tasks.ts': topic,
      'src/judge/checks/tasks-waiting.ts': check,
      'test/judge/checks/tasks-waiting.test.ts': checkTest,
      'docs/checks/tasks-waiting.md': page,
    },
    edits: {},
    tests: [
      'test/judge/checks/tasks-waiting.test.ts',
      'test/judge/registry.test.ts',
      'test/catalogue/catalogue.test.ts',
    ],
  },
  {
    name: 'a format',
    files: { 'src/report/formats/lines.ts': format },
    edits: {},
    tests: [],
  },
  {
    name: 'a language',
    files: { 'src/languages/qaa.ts': language, 'test/languages/qaa.test.ts': languageTest },
    edits: {},
    tests: ['test/languages/qaa.test.ts'],
  },
  {
    name: 'a companion product',
    files: { 'src/topics/companions/kafka-ui.ts': companion },
    edits: {
      'src/model/endpoint.ts': [
        ["'zipkin'] as const", "'zipkin', 'kafka-ui'] as const"],
        ["zipkin: 'Zipkin',", "zipkin: 'Zipkin',\n  'kafka-ui': 'Kafka UI',"],
      ],
      'src/knowledge/products.ts': [
        [
          'otherProducts: readonly OtherProduct[] = [',
          "otherProducts: readonly OtherProduct[] = [\n  { name: 'Kafka UI', signs: [{ title: /^UI for Apache Kafka$/ }], source: 'kafka-ui' },",
        ],
      ],
      'src/judge/companions.ts': [
        [
          'CompanionRemedy>> = {',
          "CompanionRemedy>> = {\n  'kafka-ui': { close: [today.do('kafka-login')], verify: '/api/clusters', reference: 'https://kafka.apache.org/' },",
        ],
        [
          'CompanionWords>> = {',
          "CompanionWords>> = {\n  'kafka-ui': { name: 'a Kafka UI', opens: 'It shows queues.' },",
        ],
        ['companionSteps = {', "companionSteps = {\n  'kafka-login': 'Give it a login.',"],
      ],
    },
    tests: ['test/catalogue/catalogue.test.ts'],
  },
];
