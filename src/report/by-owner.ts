// A record with the endpoints of one owner alone: what a team may see of a run that covers several.
import { goneOf } from '../history/compare.js';
import { tallyChanges } from '../history/changes.js';
import { noRungs, noStates } from '../model/endpoint.js';
import type { EndpointSummary, Finding, Problem, ReportHead, RunInfo, Severity, Summary } from '../model/finding.js';
import type { PastPlace } from '../model/history.js';
import { noFindings, totalOf } from '../model/severity.js';
import type { FormatSources } from './format.js';
import type { Texts } from './texts/en.js';

/** The streams of a record; each call starts again. */
export interface RecordStreams {
  readonly findings: () => AsyncIterable<Finding>;
  readonly endpoints: () => AsyncIterable<EndpointSummary>;
  readonly history: () => AsyncIterable<PastPlace>;
}

/** What a finding is to a problem of one owner. */
interface Part {
  readonly problem: string;
  readonly endpoint: string;
  readonly rank: number;
  readonly severity: Severity;
  readonly check: string;
  readonly title: string;
  readonly fingerprint: string;
  readonly open: boolean;
}

/** Problems kept; all are counted. */
const problemsKept = 1_000;
/** Endpoints and fingerprints that a problem lists. */
const listedPerProblem = 50;

/**
 * What is left of the head where only these streams are shown: counts, problems and changes of one owner, and nothing that is
 * declared for others. `verdicts` counts findings and what was undetermined; what passed is known for the entire run only.
 *
 * @param own streams that hold nothing but this owner's
 */
export async function ownersHead(
  head: ReportHead,
  owner: string,
  own: RecordStreams,
  sorter: FormatSources['sorter'],
  t: Texts,
): Promise<ReportHead> {
  const parts = sorter<Part>('owner');
  const changes = tallyChanges();
  const findings = noFindings();
  let accepted = 0;
  let rank = 0;
  for await (const finding of own.findings()) {
    changes.found(finding);
    rank += 1;
    if (finding.accepted !== null) {
      accepted += 1;
      continue;
    }
    findings[finding.severity] += 1;
    const { problem, endpoint, severity, check, title, fingerprint, state } = finding;
    const part = { problem, endpoint, rank, severity, check, title, fingerprint, open: state === 'open' };
    parts.add(`${problem}\u0001${endpoint}`, part);
  }
  for await (const { checks } of own.history()) {
    for (const check of checks) {
      const gone = check.last.run === head.run.id ? goneOf(check) : null;
      if (gone !== null) changes.gone(gone);
    }
  }
  const { problems, total } = await problemsOf(
    parts.sorted(),
    owner,
    new Map(head.problems.map((one) => [one.id, one])),
    t.ownersProblem,
  );
  parts.close();
  const { counts, ...asked } = await countEndpoints(own.endpoints());
  const found = totalOf(findings) + accepted;
  const summary: Summary = {
    ...counts,
    findings,
    accepted,
    problems: total,
    verdicts: { fail: found, pass: 0, 'not-applicable': 0, undetermined: counts.verdicts },
    bugs: 0,
  };
  return {
    ...head,
    run: ownersRun(head.run, owner, asked, t),
    summary,
    problems,
    problemsTotal: total,
    changes: changes.result(head.changes.baseline),
  };
}

async function countEndpoints(endpoints: AsyncIterable<EndpointSummary>) {
  const byState = noStates();
  const byRung = noRungs();
  const notAsked = { window: 0, blackout: 0, blackoutOwners: new Set<string>() };
  const targets = new Set<string>();
  const ports = new Set<number>();
  const paths = new Set<string>();
  let total = 0;
  let requests = 0;
  let verdicts = 0;
  for await (const one of endpoints) {
    const { state, access, reason, owner, target, endpoint, port, requests: put, undetermined } = one;
    total += 1;
    byState[state] += 1;
    byRung[access] += 1;
    requests += put;
    verdicts += undetermined.length;
    targets.add(target);
    ports.add(port);
    if (paths.size < pathsNamed) paths.add(pathOf(endpoint));
    if (reason === 'not-asked-window') notAsked.window += 1;
    if (reason === 'not-asked-blackout') {
      notAsked.blackout += 1;
      if (owner !== null) notAsked.blackoutOwners.add(owner);
    }
  }
  return {
    counts: {
      endpoints: total,
      states: byState,
      rungs: byRung,
      notAsked: { ...notAsked, blackoutOwners: [...notAsked.blackoutOwners] },
      verdicts,
    },
    unassessed: byState.undetermined,
    requests,
    targets: targets.size,
    ports: [...ports].sort((a, b) => a - b),
    paths: [...paths].sort(),
  };
}

/** Base paths that the report of an owner names. */
const pathsNamed = 100;

/** The base path of an endpoint as it is declared: '' for none. */
function pathOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).pathname.replace(/\/$/, '') : '';
}

/** The run as this owner may see it: without the names, controls and gaps of others. */
function ownersRun(
  run: RunInfo,
  owner: string,
  { unassessed, requests, targets, ports, paths }: Omit<Awaited<ReturnType<typeof countEndpoints>>, 'counts'>,
  { runGaps: words }: Texts,
): RunInfo {
  const { declared } = run;
  const contacts = (declared.contacts ?? []).filter((one) => one.owner === owner);
  return {
    ...run,
    onlyOwner: owner,
    // Other owners' targets may be among them.
    ...(run.onlyTargets !== undefined && { onlyTargets: [] }),
    gaps: [...(run.finished ? [] : [words.notEnded]), ...(unassessed === 0 ? [] : [words.unjudgedOf(unassessed)])],
    controls: [],
    requests,
    declared: {
      scopeInclude: [],
      scopeExclude: [],
      targets,
      names: [],
      ports,
      paths,
      ...(contacts.length > 0 && { contacts }),
    },
  };
}

async function problemsOf(
  parts: AsyncIterable<{ readonly item: Part }>,
  owner: string,
  known: ReadonlyMap<string, Problem>,
  t: Texts['ownersProblem'],
): Promise<{ readonly problems: readonly Problem[]; readonly total: number }> {
  let kept: { readonly rank: number; readonly problem: Problem }[] = [];
  let total = 0;
  let group: Grouping | null = null;
  const end = (): void => {
    if (group === null) return;
    total += 1;
    kept.push({ rank: group.worst.rank, problem: problemFrom(group, owner, known.get(group.worst.problem), t) });
    if (kept.length >= 2 * problemsKept) kept = best(kept);
  };
  for await (const { item } of parts) {
    if (group?.worst.problem !== item.problem) {
      end();
      group = {
        worst: item,
        sameTitle: true,
        checks: new Set(),
        endpoints: [],
        fingerprints: [],
        last: '',
        endpointsTotal: 0,
        open: 0,
        total: 0,
      };
    }
    join(group, item);
  }
  end();
  return { problems: best(kept).map(({ problem }) => problem), total };
}

interface Grouping {
  worst: Part;
  sameTitle: boolean;
  readonly checks: Set<string>;
  readonly endpoints: string[];
  readonly fingerprints: string[];
  last: string;
  endpointsTotal: number;
  open: number;
  total: number;
}

/** Parts of a group come by endpoint. */
function join(group: Grouping, part: Part): void {
  group.sameTitle &&= part.title === group.worst.title;
  if (part.rank < group.worst.rank) group.worst = part;
  group.checks.add(part.check);
  group.total += 1;
  if (group.fingerprints.length < listedPerProblem) group.fingerprints.push(part.fingerprint);
  if (part.endpoint === group.last) return;
  group.last = part.endpoint;
  group.endpointsTotal += 1;
  if (part.open) group.open += 1;
  if (group.endpoints.length < listedPerProblem) group.endpoints.push(part.endpoint);
}

function problemFrom(group: Grouping, owner: string, known: Problem | undefined, t: Texts['ownersProblem']): Problem {
  const { worst, endpointsTotal } = group;
  const isWhole = known?.doorsTotal === endpointsTotal && known.findingsTotal === group.total;
  return {
    id: worst.problem,
    severity: worst.severity,
    title: isWhole ? known.title : titleOf(group, t),
    because: known?.because ?? (endpointsTotal > 1 ? t.because.several : t.because.one),
    owners: [owner],
    doors: group.endpoints,
    doorsTotal: endpointsTotal,
    doorsOpen: group.open,
    checks: [...group.checks],
    findings: group.fingerprints,
    findingsTotal: group.total,
  };
}

/** The title of a part of a problem, by the rules of the complete one (`src/judge/problems.ts`). */
function titleOf({ worst, checks, sameTitle, endpointsTotal, open }: Grouping, t: Texts['ownersProblem']): string {
  // It counts in its own words.
  if (worst.check === 'certificate-shared') return worst.title;
  if (checks.size === 1 && !sameTitle) return t.andSameFix(worst.title, endpointsTotal - 1);
  const isCertificate = [...checks].every((check) => check.startsWith('certificate-'));
  const said = worst.open && !isCertificate ? open : endpointsTotal;
  return said > 1 ? t.at(worst.title, said) : worst.title;
}

function best<T extends { readonly rank: number }>(list: T[]): T[] {
  return list.sort((a, b) => a.rank - b.rank).slice(0, problemsKept);
}
