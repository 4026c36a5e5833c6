// Counts what changed since the last run, and adds to each finding its history.
import { noFindings, totalOf } from '../model/severity.js';
import { severities, type Finding, type Severity, type Since } from '../model/finding.js';
import {
  findingStatuses,
  goneStatuses,
  type BaselineInfo,
  type Changes,
  type FindingHistory,
  type FindingStatus,
  type GoneFinding,
  type GoneStatus,
} from '../model/history.js';
import { en, type HistoryTexts } from './texts/en.js';

/** Findings that are gone and listed; all are counted. */
const goneListed = 1000;

type Counts = Record<Severity, number>;

/** Gathers the changes of a run. */
export interface ChangesTally {
  found(finding: Finding): void;
  gone(gone: GoneFinding): void;
  /** `baseline` is null where there is no earlier run. */
  result(baseline: BaselineInfo | null): Changes;
}

/** Begins to count. */
export function tallyChanges(): ChangesTally {
  const findings: Record<FindingStatus, Counts> = {
    new: noFindings(),
    unchanged: noFindings(),
    worse: noFindings(),
    better: noFindings(),
    reopened: noFindings(),
  };
  const byKnowledge = noFindings();
  const noLongerAccepted = noFindings();
  const gone: Record<GoneStatus, number> = { fixed: 0, closed: 0, 'not-reached': 0, 'not-asked': 0, withdrawn: 0 };
  let listed: GoneFinding[] = [];
  const cut = (): void => {
    listed.sort((a, b) => goneRank(a) - goneRank(b) || compare(a.endpoint, b.endpoint) || compare(a.check, b.check));
    listed = listed.slice(0, goneListed);
  };
  return {
    found({ history, accepted, severity }) {
      if (accepted !== null || history === null) return;
      if (history.noLongerAccepted) noLongerAccepted[severity] += 1;
      if (history.cause === 'knowledge') byKnowledge[severity] += 1;
      else findings[history.status][severity] += 1;
    },
    gone(one) {
      gone[one.status] += 1;
      listed.push(one);
      if (listed.length >= 2 * goneListed) cut();
    },
    result(baseline) {
      cut();
      const lapsed = totalOf(noLongerAccepted) === 0 ? {} : { noLongerAccepted };
      return { baseline, findings, byKnowledge, ...lapsed, gone, goneFindings: listed };
    },
  };
}

function goneRank({ status, severity }: GoneFinding): number {
  return goneStatuses.indexOf(status) * severities.length + severities.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The finding with its history, which its clocks use. */
export function withHistory(finding: Finding, history: FindingHistory, texts = en): Finding {
  return { ...finding, history, since: sinceSeen(finding.since, history, texts) };
}

/** What earlier runs say of "seen open since". */
function sinceSeen(since: Since, history: FindingHistory, { seen: words }: HistoryTexts): Since {
  const { openSince, firstSeen, status } = history;
  const seen = words.first(since.what, openSince);
  const reasoning =
    openSince !== history.lastSeen
      ? words.again(seen, history.lastSeen)
      : status === 'reopened'
        ? words.before(seen, firstSeen)
        : `${seen}.`;
  return {
    ...since,
    // This run's survey came a little after its start.
    seenOpenSince: openSince === history.lastSeen ? since.seenOpenSince : openSince,
    seen: { ...since.seen, reasoning },
  };
}

/** Counts of what a reader wants to know first: what is worse than it was, what is better, and what is not known. */
export interface ChangesFacts {
  readonly baseline: BaselineInfo | null;
  readonly news: Readonly<
    Record<'new' | 'worse' | 'reopened', { readonly total: number; readonly worst: Severity | null }>
  >;
  readonly unchanged: number;
  readonly better: number;
  readonly byKnowledge: number;
  readonly noLongerAccepted: number;
  readonly gone: Changes['gone'];
}

/** The facts of "Since the last run". */
export function changesFacts({ baseline, findings, byKnowledge, noLongerAccepted, gone }: Changes): ChangesFacts {
  const of = (status: FindingStatus) => ({
    total: totalOf(findings[status]),
    worst: severities.find((severity) => findings[status][severity] > 0) ?? null,
  });
  return {
    baseline,
    news: { new: of('new'), worse: of('worse'), reopened: of('reopened') },
    unchanged: totalOf(findings.unchanged),
    better: totalOf(findings.better),
    byKnowledge: totalOf(byKnowledge),
    noLongerAccepted: noLongerAccepted === undefined ? 0 : totalOf(noLongerAccepted),
    gone,
  };
}

/** Findings that are new, worse, reopened or no longer accepted, by severity: what `--fail-on-new` looks at. */
export function newsCounts(changes: Changes, withKnowledge: boolean): Readonly<Record<Severity, number>> {
  const counts = noFindings();
  const news = findingStatuses.filter((status) => status !== 'unchanged' && status !== 'better');
  for (const severity of severities) {
    counts[severity] =
      news.reduce((sum, status) => sum + changes.findings[status][severity], 0) +
      (changes.noLongerAccepted?.[severity] ?? 0) +
      (withKnowledge ? changes.byKnowledge[severity] : 0);
  }
  return counts;
}
