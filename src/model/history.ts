// What is known of a finding over several runs, and what changed between two of them.
import type { Product, Rung } from './endpoint.js';
import type { Exposure } from './engagement.js';
import type { Severity } from './severity.js';
import type { DataClass } from './observation.js';

/** What a finding of this run is against the runs before it. */
export const findingStatuses = ['new', 'unchanged', 'worse', 'better', 'reopened'] as const;

/** One of {@link findingStatuses}. */
export type FindingStatus = (typeof findingStatuses)[number];

/**
 * What became of a finding that this run does not have. `fixed`: a response shows it. `closed`: no longer seen from this
 * vantage, in two runs. `not-reached`: nothing that was seen shows whether it is fixed. `not-asked`: this run did not ask.
 * `withdrawn`: no longer declared, or (with cause `knowledge`) no longer judged to be a finding.
 */
export const goneStatuses = ['fixed', 'closed', 'not-reached', 'not-asked', 'withdrawn'] as const;

/** One of {@link goneStatuses}. */
export type GoneStatus = (typeof goneStatuses)[number];

/** How bad a finding is, as far as that is compared between runs. Counts are no part of it. */
export interface Level {
  readonly severity: Severity;
  readonly access: Rung;
  /** Classes of data that were seen. */
  readonly classes: readonly DataClass[];
  /** Of a merged run: how near to the public the nearest vantage is that sees it. */
  readonly exposure?: Exposure;
}

/**
 * Why a finding differs from the last run: the endpoint changed (`estate`), or only the version or knowledge of leftopen did
 * (`knowledge`): the responses of the last run, judged again today, show the same.
 */
export type ChangeCause = 'estate' | 'knowledge';

/** A finding against the runs before it. Instants are UTC ISO 8601. */
export interface FindingHistory {
  readonly status: FindingStatus;
  readonly cause: ChangeCause;
  /** What makes it worse, better or reopened, or why a lower level is not called better, as one phrase; null for nothing. */
  readonly why: string | null;
  /** Start of the first run that saw it. */
  readonly firstSeen: string;
  /** Start of the first run that saw it since it was last fixed or closed; equal to `firstSeen` where it never was. */
  readonly openSince: string;
  /** Start of the last run that saw it: this one. */
  readonly lastSeen: string;
  /** Days from the UTC date of `openSince` to that of this run. */
  readonly daysOpen: number;
  /**
   * What its ticket is kept by, as it was when it was first seen: the problem where a caller gets in, which thus outlives a wiped
   * cluster; else the check, since one decision of an owner fixes it everywhere.
   */
  readonly ticket: string;
  /** The owner in the last run, where the targets file names another one now; null for none. */
  readonly ownerBefore?: string | null;
  /** It was accepted in the last run, and counts again though it did not change. */
  readonly noLongerAccepted?: true;
  /** Its level in the last run that saw it; null for a new one. */
  readonly before: (Level & { readonly check: string; readonly lastSeen: string }) | null;
}

/**
 * What a finding is to someone who knows the last run: its status, or why it counts though nothing changed. An acceptance that ended
 * comes first, since it counts for every threshold.
 */
export function differenceOf({
  status,
  cause,
  noLongerAccepted,
}: FindingHistory): FindingStatus | 'knowledge' | 'no-longer-accepted' {
  if (noLongerAccepted) return 'no-longer-accepted';
  return cause === 'knowledge' ? 'knowledge' : status;
}

/** What the last run that asked found at one address of a place. */
export interface AddressResult {
  readonly address: string;
  /** `away`: what was found there is no longer reached; `runs` counts the runs in a row that say so. */
  readonly result: 'fail' | 'good' | 'away';
  readonly runs: number;
  /** In a merged run, the vantage that this is known from, and the start of the run from there that was counted last. */
  readonly from?: string;
  readonly at?: string;
}

/** What is carried forward of the acceptance of a finding. */
export interface AcceptedAt {
  /** See AcceptedRisk.entry. */
  readonly entry: string;
  /** The level that was accepted: what was known of the finding when the entry was first seen. */
  readonly level: Level;
  /** Whether the last run that had the finding left it out of its counts. */
  readonly applied: boolean;
  /** What got worse since, as a phrase: the entry covers it no longer; null for nothing. */
  readonly exceeded: string | null;
}

/** What is carried forward of one check at one place that failed at least once. */
export interface PastCheck {
  readonly check: string;
  /** Whether it is about how far a caller gets: of these a place has one, under whichever check. */
  readonly primary: boolean;
  readonly fingerprint: string;
  readonly endpoint: string;
  readonly target: string;
  readonly owner: string | null;
  /** As `Finding.owners`; absent in a history of an earlier version. */
  readonly owners?: readonly string[] | undefined;
  /** See FindingHistory.ticket; absent in a history of an earlier version. */
  readonly ticket?: string | undefined;
  readonly title: string;
  /** The worst that was shown and that nothing has shown to be better since. */
  readonly level: Level;
  readonly firstSeen: string;
  readonly openSince: string;
  readonly lastSeen: string;
  readonly daysOpen: number;
  readonly last: LastResult;
  readonly addresses: readonly AddressResult[];
  /** The acceptance that covers it; null for none. */
  readonly accepted: AcceptedAt | null;
  /**
   * What only today's version and knowledge make of the last run's responses: a finding, a worse one, or none. Absent where they
   * make no difference. Only `new` is written: for what this run did not see, so that it does not pass for a change of the estate later.
   */
  readonly byKnowledge?: 'new' | 'worse' | 'gone';
}

/** How the last run that had it in its record left a finding. */
export interface LastResult {
  readonly status: FindingStatus | GoneStatus;
  /** Start of that run. */
  readonly at: string;
  readonly run: string;
  /** Why, in words; null where the status says it all. */
  readonly why: string | null;
  /** Requests of that run's ledger that show a fix. */
  readonly shownBy: readonly number[];
  /** Of a withdrawn one: leftopen no longer takes the same responses for a finding. Absent where the targets file is the cause. */
  readonly cause?: 'knowledge';
}

/** What a cluster without a login contained when all of it was listed: indices that last, not those that come and go. */
export interface ContentsSeen {
  readonly address: string;
  /** The cluster's uuid: another one has other contents. */
  readonly uuid: string;
  /** When it was listed, UTC ISO 8601. */
  readonly at: string;
  readonly indices: readonly {
    readonly name: string;
    readonly documents: number;
    /** UTC ISO 8601; null where it is not known. */
    readonly createdAt: string | null;
  }[];
}

/** What is carried forward of one place: a host as declared, a port and a base path. */
export interface PastPlace {
  /** See placeKey. */
  readonly place: string;
  readonly checks: readonly PastCheck[];
  /** By address; what was there before a loss is kept until it is back. Absent for none. */
  readonly contents?: readonly ContentsSeen[];
}

/** What this run says of one endpoint, for the comparison. */
export interface EndpointNow<Found> {
  readonly address: string | null;
  /** Start of the run that saw it (UTC ISO 8601), where that is a part of the compared one; absent for the compared run itself. */
  readonly seenAt?: string;
  /** From where that run was made; absent with `seenAt`. */
  readonly exposure?: Exposure;
  /** The vantage of that run, where several are compared together. */
  readonly from?: string;
  readonly state: 'open' | 'guarded' | 'undetermined' | 'unreachable' | 'other-product' | 'decoy';
  /** The product that responds there; null or absent where it is not known. */
  readonly product?: Product | null;
  /** False where nothing was asked: outside the window, or in blackout hours. */
  readonly asked: boolean;
  /** Whether its survey was cut short: what was not seen then shows nothing. */
  readonly cut: boolean;
  /** Why it could not be judged or reached, in words. */
  readonly why: string | null;
  /** Checks that passed, with the requests that show it. */
  readonly passed: Readonly<Record<string, readonly number[]>>;
  /** Checks that could not be judged, with the reason. */
  readonly undetermined: Readonly<Record<string, string>>;
  /** Requests by which access was denied, where it was. */
  readonly denied: readonly number[];
  readonly found: readonly Found[];
  /** What it contains, where all of it was listed. */
  readonly contents?: ContentsSeen;
}

/** What this run says of one place. */
export interface PlaceNow<One> {
  readonly place: string;
  readonly endpoints: readonly One[];
}

/** A finding that was open when it was last seen, and that this run does not have. */
export interface GoneFinding {
  readonly status: GoneStatus;
  readonly cause: ChangeCause;
  /** Why it is called so, in one sentence. */
  readonly why: string;
  readonly check: string;
  readonly fingerprint: string;
  readonly endpoint: string;
  readonly target: string;
  readonly owner: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly daysOpen: number;
  /** Requests of this run's ledger that show a fix; empty elsewhere. */
  readonly shownBy: readonly number[];
}

/** The run that another one is compared with. */
export interface BaselineInfo {
  readonly run: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly tool: string;
  readonly knowledge: string;
  /** Whether its responses were judged again with today's checks and knowledge. */
  readonly rejudged: boolean;
}

/** What changed since the last run. */
export interface Changes {
  /** null where there is no earlier run: every finding is new then. */
  readonly baseline: BaselineInfo | null;
  /** Findings that count (accepted ones do not), by status and severity; those with cause `knowledge` are counted apart. */
  readonly findings: Readonly<Record<FindingStatus, Readonly<Record<Severity, number>>>>;
  /** Findings that are new, worse or reopened only because leftopen knows more today. */
  readonly byKnowledge: Readonly<Record<Severity, number>>;
  /** Findings that were accepted in the last run and count again, though they did not change; absent for none. */
  readonly noLongerAccepted?: Readonly<Record<Severity, number>>;
  readonly gone: Readonly<Record<GoneStatus, number>>;
  /** The worst 1,000 of what is gone, the fixed ones first; `history.jsonl` has all. */
  readonly goneFindings: readonly GoneFinding[];
}

/** Checks that say how far a caller gets: see {@link PastCheck.primary}. */
export const reachChecks: readonly string[] = [
  'cluster-open',
  'cluster-anonymous-access',
  'cluster-metadata-exposed',
  'cluster-banner-exposed',
  'cluster-gateway',
  'dashboard-open',
  'dashboard-anonymous-access',
  'dashboard-gateway',
  'dashboard-setup-open',
  'dashboard-status-exposed',
];
