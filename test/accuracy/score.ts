import { judge } from '../../src/judge/index.js';
import { judgeObservations } from '../../src/judge/record.js';
import { checks } from '../../src/judge/registry.generated.js';
import type { Recording } from '../../src/demo/replay.js';
import type { JudgeContext, VerdictName } from '../../src/model/check.js';
import { states, type Endpoint, type State, type Target } from '../../src/model/endpoint.js';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import { observe } from '../../src/reading/index.js';
import { sortersIn } from '../../src/store/sorter.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { writtenFiles } from '../support/written.js';
import { shipped } from '../support/knowledge.js';

/** One product line in one configuration: what it really is, and what we report. */
export interface Case {
  /** `<product>/<version>-<configuration>`. */
  readonly name: string;
  readonly proof: 'live' | 'recorded' | 'sourced';
  readonly head: Recording['head'];
  readonly seen: Recording['head']['truth'];
  readonly requests: number;
  /** The exchanges in short, for a miss. */
  readonly exchanges: readonly string[];
  /** How each check of an endpoint ended, by its id. */
  readonly verdicts: ReadonlyMap<string, VerdictName>;
}

const endpoint: Endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: '', scheme: null };

const target: Target = {
  id: 't',
  owner: null,
  ownerContact: null,
  operator: null,
  environment: null,
  labels: {},
  notes: null,
  expect: { kind: 'closed' },
  fronts: null,
  declaredIn: null,
};

/** Judged from an internet vantage, where nothing is expected to be open. */
export function contextAt(now: string): JudgeContext {
  return {
    run: 'leftopen-20260102T030405Z-00000000',
    vantage: { name: 'score', exposure: 'internet', egress: null },
    now,
    targets: new Map([[target.id, target]]),
    knowledge: shipped,
  };
}

function short({ question, outcome }: Exchange): string {
  return `${question} ${outcome.kind === 'answer' ? outcome.status : outcome.failure}`;
}

async function findingsOf(record: EndpointRecord, sortFolder: string): Promise<string[]> {
  const judgement = await judge(
    async function* () {
      await Promise.resolve();
      yield record;
    },
    contextAt(record.at),
    { sorter: sortersIn(sortFolder) },
  );
  const checks = [];
  for await (const finding of judgement.findings()) checks.push(finding.check);
  judgement.close();
  return checks.sort();
}

/** Surveys a recording as it is audited, under the base path that it was made under. Without a socket. */
export function surveyed(recording: Recording, scheme: Endpoint['scheme']): EndpointRecord {
  const root = recording.exchanges.find(({ question }) => question === 'root')?.path ?? '/';
  const at = { ...endpoint, scheme, basePath: root.replace(/\/$/, '') };
  let made = 0;
  const questions = survey(at, { techniques: techniquesWith(), nonce: () => `q7w8e9r0t1y${++made}` });
  return surveyAgainst(recording, at, questions);
}

async function judged(
  name: string,
  proof: Case['proof'],
  recording: Recording,
  scheme: Endpoint['scheme'],
  sortFolder: string,
): Promise<Case> {
  const record = surveyed(recording, scheme);
  const { access, identity } = observe(record);
  return {
    name,
    proof,
    head: recording.head,
    seen: {
      state: access.state,
      product: identity.orItsFork === true ? null : identity.product,
      version: identity.version.number,
      distribution: identity.distribution,
      rung: access.rung,
      findings: await findingsOf(record, sortFolder),
    },
    requests: record.exchanges.filter(({ request }) => request > 0).length,
    exchanges: record.exchanges.map(short),
    verdicts: verdictsOf(record),
  };
}

function verdictsOf(record: EndpointRecord): Case['verdicts'] {
  const observations = observe(record);
  const context = contextAt(record.at);
  return new Map(
    checks.map((check) => {
      const { verdicts } = judgeObservations(record, observations, context, { endpoint: [check], group: [] });
      return [check.id, verdictNames.find((name) => verdicts[name] > 0) ?? 'not-applicable'] as const;
    }),
  );
}

const verdictNames = ['fail', 'pass', 'not-applicable', 'undetermined'] as const satisfies readonly VerdictName[];

/** For each check and verdict the first line that shows it, recorded ones before written ones. */
function shownBy(cases: readonly Case[]): string {
  const name = (id: string, verdict: VerdictName) =>
    cases.find(({ verdicts }) => verdicts.get(id) === verdict)?.name ?? '–';
  return [
    '| check | fails on | passes on | does not apply to | undetermined on |',
    '| --- | --- | --- | --- | --- |',
    ...checks.map(({ id }) => `| ${[id, ...verdictNames.map((verdict) => name(id, verdict))].join(' | ')} |`),
  ].join('\n');
}

/** Runs the survey and the judge over every recording and every written answer, in order of their names. */
export async function score(sortFolder: string): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const name of recordingNames()) {
    cases.push(await judged(name, 'recorded', recordingNamed(name), null, sortFolder));
  }
  for (const { name, recording } of writtenFiles()) {
    cases.push(await judged(name, 'sourced', recording, recording.head.scheme, sortFolder));
  }
  return cases;
}

/** What differs from the truth, one phrase each; empty when all is right. */
export function misses({ head, seen }: Case): readonly string[] {
  const truth: Readonly<Record<string, unknown>> = { ...head.truth, findings: head.truth.findings.toSorted() };
  return Object.entries(seen)
    .filter(([key, value]) => JSON.stringify(truth[key]) !== JSON.stringify(value))
    .map(([key, value]) => `${key} is ${JSON.stringify(truth[key])}, we say ${JSON.stringify(value)}`);
}

/** How bad a difference is. A wrong `open` or `guarded` misleads the reader; `undetermined` only sends them to look themselves. */
export const mistakeKinds = [
  'wrong open',
  'wrong guarded',
  'wrongly put aside',
  'undetermined though it could be known',
  'right state, wrong fact',
] as const;

/** The worst mistake in a verdict; null when everything is right. */
export function mistake(each: Case): (typeof mistakeKinds)[number] | null {
  const truth = each.head.truth.state;
  const said = each.seen.state;
  if (said === truth) return misses(each).length === 0 ? null : 'right state, wrong fact';
  if (said === 'open') return 'wrong open';
  if (said === 'guarded') return 'wrong guarded';
  return said === 'undetermined' ? 'undetermined though it could be known' : 'wrongly put aside';
}

/** How many mistakes of each kind there are, in one line. */
export function mistakes(cases: readonly Case[]): string {
  return mistakeKinds.map((kind) => `${kind}: ${cases.filter((each) => mistake(each) === kind).length}`).join(' · ');
}

/** Truth by verdict: how many of each true state were called what, over all lines and then product by product. */
export function confusion(cases: readonly Case[]): string {
  const products = [...new Set(cases.map(({ head }) => head.truth.product))].sort();
  return [
    table('all', cases),
    ...products.map((product) =>
      table(
        product ?? 'no product of ours',
        cases.filter(({ head }) => head.truth.product === product),
      ),
    ),
  ].join('\n\n');
}

function table(name: string, cases: readonly Case[]): string {
  const row = ([first = '', ...cells]: readonly string[]) =>
    `${first.padEnd(22)}${cells.map((cell) => cell.padStart(15)).join('')}`;
  const counted = (truth: State, said: State) =>
    cases.filter(({ head, seen }) => head.truth.state === truth && seen.state === said).length;
  return [
    `${name}: ${cases.length}`,
    row(['  truth \\ said', ...states]),
    ...states
      .filter((truth) => cases.some(({ head }) => head.truth.state === truth))
      .map((truth) => row([`  ${truth}`, ...states.map((said) => String(counted(truth, said) || '·'))])),
  ].join('\n');
}

/** `docs/support.md`: a row per product line and configuration, with what proves it and the outcome. */
export function supportPage(cases: readonly Case[]): string {
  const of = (proof: Case['proof']) => cases.filter((each) => each.proof === proof);
  const rows = (list: readonly Case[]) =>
    list.map(
      ({ name, head, seen, requests }) =>
        `| ${name} | ${head.shows.replaceAll('|', '\\|')} | ${seen.state} | ${seen.rung} | ${[seen.product, seen.version].filter((part) => part !== null).join(' ') || '–'} | ${seen.findings.join(', ') || '–'} | ${requests} |`,
    );
  const listed = (list: readonly Case[]) =>
    [
      '| line | shows | state | rung | said to be | findings | requests |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows(list),
    ].join('\n');
  return `# What is supported, and what proves it

Written by \`npm run accuracy\`, which runs the survey and the judge over every line below and fails on any difference from
the truth; \`npm test\` fails when this page is out of date. Findings are those of an internet vantage.

## Proved on real servers

${of('recorded').length} configurations. Their answers were recorded over the wire from servers that \`test/live/lab/\` starts
(\`npm run lab -- list\`), those of Kibana and OpenSearch Dashboards from built distributions (which build, and what differs
from a shipped one, is in the head of each recording), and are replayed header for header.

${listed(of('recorded'))}

## Built from sources

${of('sourced').length} configurations that are not available in the test environment: Elasticsearch 0.90, security before 7.17 and in plugins, the cloud
services, further lines and settings of Kibana and OpenSearch Dashboards, decoys, look-alikes and neighbours. Their answers were written from [the wire guide](wire-guide.md) and from the products' own sources; each
exchange in \`test/written/\` names its source. They are no recordings, and a real server may differ.

${listed(of('sourced'))}

## What shows each check

The first line above on which a check ends so; \`–\` where none does: the check's own table of cases in \`test/judge/checks/\`
has one, and for what a recording does not hold (certificates, protocol versions) \`npm run test:live\`. Checks of several
endpoints together are shown in \`test/judge/group-checks/\`.

${shownBy(cases)}
`;
}
