// Judging as other rooms use it: the checks, one record, a complete journal.
import type { AnyCheck, CheckBase, AnyGroupCheck, JudgeContext } from '../model/check.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Json } from '../model/json.js';
import type { QuestionId } from '../model/question.js';
import { memoised } from '../catalogue/memoise.js';
import { judgeAll, judgeRuns, openPass, type Historian, type Judgement, type Pass } from './pass.js';
import { judgeObservations, read, type Checks, type Judged } from './record.js';
import { checks, groupChecks } from './registry.generated.js';
import { questionsOf, topicQuestionsOf } from './topics.js';
import type { SorterFactory } from '../store/sorter.js';

export type { Historian, Judgement, Pass, Settled } from './pass.js';
export { read as readRecord, type Bug, type GroupMember, type Judged } from './record.js';
export { findingId, findingRank, withProblem, type JudgedFinding } from './finding.js';
export { idMask, nameMask } from './mask.js';
export { severityTable } from './severity.js';
export { english } from './registry.generated.js';

const endpointChecks: readonly AnyCheck[] = checks;
const checksOfGroups: readonly AnyGroupCheck[] = groupChecks;

/** What `leftopen checks` lists of a check. */
export type CheckFacts = Pick<CheckBase<Json>, 'id' | 'about' | 'products' | 'questions' | 'cwe' | 'references'> & {
  readonly scope: 'endpoint' | 'group';
};

/** Every check, by id. */
export function listChecks(): readonly CheckFacts[] {
  return [...endpointChecks.map((check) => ({ ...check, questions: questionsOf(check) })), ...checksOfGroups]
    .map(({ id, scope, about, products, questions, cwe, references }) => ({
      id,
      scope,
      about,
      products,
      questions,
      cwe,
      references,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is known of one check besides its page (docs/checks/<id>.md); null where there is no such check. */
export function explain(id: string): CheckFacts | null {
  return listChecks().find((check) => check.id === id) ?? null;
}

/** The questions that these checks need besides those that decide who gets in. */
export function questionsBeside(ids: readonly string[]): ReadonlySet<QuestionId> {
  return new Set(endpointChecks.filter(({ id }) => ids.includes(id)).flatMap(topicQuestionsOf));
}

/** The checks to run. An unknown id throws: for ids that a user gave, ask {@link explain} first. */
function chosen(ids: readonly string[] | undefined): Checks {
  return ids === undefined ? everyCheck : checksNamed(ids);
}

const everyCheck: Checks = { endpoint: endpointChecks, group: checksOfGroups };

const checksNamed = memoised((ids: readonly string[]): Checks => {
  for (const id of ids) if (explain(id) === null) throw new Error(`no check ${id}`);
  const wanted = (check: { readonly id: string }) => ids.includes(check.id);
  return { endpoint: endpointChecks.filter(wanted), group: checksOfGroups.filter(wanted) };
});

/** One endpoint judged by itself: the preview shown live, and the first stage of the pass. Group checks need the pass. */
export function judgeRecord(
  record: EndpointRecord,
  context: JudgeContext,
  options: { readonly checks?: readonly string[] } = {},
): Judged {
  const { observations, bug } = read(record);
  return judgeObservations(record, observations, context, chosen(options.checks), bug);
}

/**
 * Judges a complete journal in one streaming pass: findings in rank order, problems, endpoints worst first. Never touches the
 * network; memory does not grow with the number of endpoints. A full disk throws the system's error.
 */
export function judge(
  records: () => AsyncIterable<EndpointRecord>,
  context: JudgeContext,
  options: { readonly checks?: readonly string[]; readonly sorter: SorterFactory; readonly historian?: Historian },
): Promise<Judgement> {
  return judgeAll(observed(records()), context, chosen(options.checks), options.sorter, options.historian);
}

/** {@link judge} for several runs of one engagement at once, each under its own context. */
export function judgeSeveral(
  runs: readonly { readonly records: AsyncIterable<EndpointRecord>; readonly context: JudgeContext }[],
  options: { readonly checks?: readonly string[]; readonly sorter: SorterFactory; readonly historian: Historian },
): Promise<Judgement> {
  const items = runs.map(({ records, context }) => ({ items: observed(records), context }));
  return judgeRuns(items, chosen(options.checks), options.sorter, options.historian);
}

/** Begins a pass that is fed with endpoints that were judged by {@link judgeRecord} with the same context and checks. */
export function beginPass(
  context: JudgeContext,
  options: { readonly checks?: readonly string[]; readonly sorter: SorterFactory; readonly historian: Historian },
): Pass {
  return openPass([context], chosen(options.checks), options.sorter, options.historian);
}

async function* observed(records: AsyncIterable<EndpointRecord>) {
  for await (const record of records) yield read(record);
}
