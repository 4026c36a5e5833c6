// Findings, problems and the head of a report.
import type { Product, Rung, SourceLine, State } from './endpoint.js';
import type { Contact, Engagement, Exposure, Vantage } from './engagement.js';
import type {
  AccessReason,
  ClassedFields,
  ClassTotal,
  ClockFacts,
  FieldsCoverage,
  IndexFacts,
  VersionFact,
} from './observation.js';
import type { Acceptance, AcceptanceState, AcceptedRisk, LapsedAcceptance } from './acceptance.js';
import type { Changes, FindingHistory } from './history.js';
import type { Shard } from './series.js';
import type { Severity } from './severity.js';

export { severities, type Severity } from './severity.js';

/** A CVSS vector with its score. */
export interface Cvss {
  readonly vector: string;
  readonly score: number;
}

/** One row of the severity table: data, printed in the report. */
export interface SeverityRow {
  readonly id: string;
  readonly severity: Severity;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly cvss4: Cvss;
  readonly cvss31: Cvss;
}

/** What proves a sentence: one line of the ledger, with what was kept of its answer. */
export interface Evidence {
  /** `E1`, `E2` … within the finding. */
  readonly id: string;
  /** Of a merged run: id of the run whose ledger has the request. */
  readonly run?: string;
  /** Number of the request in the ledger. */
  readonly request: number;
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  /** UTC ISO 8601. */
  readonly at: string;
  /** HTTP status, or null when the exchange failed; then `failure` names how. */
  readonly status: number | null;
  readonly failure: string | null;
  /** A short, cleaned and redacted excerpt of what was kept: a digest of the answer, not its body. */
  readonly excerpt: string;
  /** SHA-256 (hex) of the body as it was read: not of the excerpt. '' for none. */
  readonly sha256: string;
  /** What this answer shows, one phrase. */
  readonly shows: string;
}

/** What one of the two clocks says. */
export interface ClockSays {
  readonly reasoning: string;
  /** null where it says nothing. */
  readonly strength: 'strong' | 'weak' | null;
}

/** The two clocks, and, next to them, what is not a clock of exposure. Instants are UTC ISO 8601. */
export interface Since {
  /** What has been so since then: an endpoint is open, something is shown to strangers, or (`seen`) neither. */
  readonly what: 'open' | 'exposed' | 'seen';
  /**
   * The process start, where the login is a static setting; null otherwise. Of the endpoint that was used: of a dashboard alone,
   * not of the cluster behind it. Corrected by the difference of the clocks, where that is known.
   */
  readonly configuredOpenSince: string | null;
  /** The setting that has let callers in since `configuredOpenSince`; null where that is null. */
  readonly setting: 'no-login' | 'anonymous-user' | 'guest-login' | null;
  readonly configured: ClockSays;
  /** The first run from this vantage that saw it: this run's own time until history knows better. */
  readonly seenOpenSince: string;
  readonly seen: ClockSays;
  /** Which clock the headline names. */
  readonly headline: 'configured' | 'seen';
  /** e.g. "this node has run with its present settings since …". */
  readonly reasoning: string;
  readonly strength: 'strong' | 'weak';
  /**
   * Seconds by which the clock of what answered runs ahead of ours (negative: behind), and whose clock it is; null where it
   * does not tell the time. `corrected`: `configuredOpenSince` was corrected by it.
   */
  readonly clockAhead: {
    readonly seconds: number;
    readonly withinSeconds: number;
    readonly of: ClockFacts['of'];
    readonly corrected: boolean;
  } | null;
  readonly oldestDataAt: string | null;
  /** The cluster existed by then: it issued itself a licence. */
  readonly clusterBornBy: string | null;
  /** From when the certificate that was shown is valid. */
  readonly certificateNotBefore: string | null;
}

/** Languages of the blocks in remedies. */
export const codeLanguages = ['shell', 'yaml', 'nginx', 'json'] as const;

/** What a step is for, where several findings have a step for the same purpose: a plan for all of them keeps one. */
export const stepGoals = ['save-evidence', 'block-port', 'close-first', 'change-distribution', 'upgrade'] as const;

/** When a step is to be taken, the most urgent first. */
export const stepTimes = ['this-hour', 'today', 'this-week', 'this-month'] as const;

/** One of {@link stepTimes}. */
export type StepTime = (typeof stepTimes)[number];

/** One instruction, with at most one block to copy. */
export interface RemedyStep {
  /** Absent in records of versions that began `text` with it. */
  readonly when?: StepTime;
  readonly text: string;
  readonly code: string | null;
  /** The language of `code`; absent where there is none. */
  readonly language?: (typeof codeLanguages)[number];
  readonly goal?: (typeof stepGoals)[number];
}

/** What to do, in the order to do it. */
export interface Remedy {
  readonly steps: readonly RemedyStep[];
  /** A command that shows that it is fixed, and what it should print. */
  readonly verify: { readonly command: string; readonly expect: string };
}

/** A failed check on one endpoint. */
export interface Finding {
  readonly check: string;
  readonly severity: Severity;
  /** Id of the row of the severity table. */
  readonly severityRow: string;
  readonly target: string;
  readonly targets: readonly string[];
  /** Where the targets file declares `target`; null for URLs and lists given on the command line. */
  readonly declaredIn: SourceLine | null;
  /** Owner of `target`. */
  readonly owner: string | null;
  /** Everyone who has to know: owners of all `targets`, and of the endpoints in `also`; sorted. */
  readonly owners: readonly string[];
  readonly environment: string | null;
  /** URL as spoken to. */
  readonly endpoint: string;
  readonly address: string;
  readonly port: number;
  readonly product: Product | null;
  readonly version: string | null;
  /** How far `version` can be trusted: see {@link VersionFact}. */
  readonly versionCertainty: VersionFact['certainty'];
  /** The same for the same finding in another run. Several addresses of one name share it. */
  readonly fingerprint: string;
  /** As `fingerprint`, with the address: unique in a run. */
  readonly id: string;
  /** Against earlier runs; null in a preview, and where none were looked at. */
  readonly history: FindingHistory | null;
  readonly title: string;
  readonly summary: string;
  readonly access: Rung;
  readonly state: State;
  readonly proof: 'proved' | 'inferred';
  /** What is behind it: index and record counts, never a value. null where nothing was listed. */
  readonly contents: {
    readonly indices: number | null;
    readonly documents: number | null;
    readonly bytes: number | null;
    /**
     * Which of these totals are lower bounds: `indices` where the listing was cut, `documents` (and `bytes`) where it was
     * cut or some indices gave no count.
     */
    readonly atLeast: { readonly indices: boolean; readonly documents: boolean };
    /** The largest user indices, at most 10. */
    readonly largest: readonly IndexFacts[];
  } | null;
  /**
   * How fast what was shown to be readable could be copied at a stated pace: an estimate, given where a search was permitted
   * and records were counted. null elsewhere.
   */
  readonly copy: {
    /**
     * Records counted: of all indices where the server has no login or its role allows everything and nothing was denied, else
     * of the one index that could be searched.
     */
    readonly documents: number;
    readonly bytes: number | null;
    /** True where `documents` or `bytes` are lower bounds, or bytes are not known: then it takes at least this long. */
    readonly atLeast: boolean;
    readonly requestsPerDay: number;
    readonly recordsPerRequest: number;
    readonly bytesPerSecond: number;
    readonly seconds: number;
    readonly formula: string;
  } | null;
  /** Every class of data that the names of fields speak of, of a finding about what is reached; empty where none was shown. */
  readonly classes: readonly ClassTotal[];
  /** Examples of these classes by index, at most eight of a class. */
  readonly stake: readonly ClassedFields[];
  /** How many indices were looked at for `classes`; null where no fields were shown. */
  readonly looked: FieldsCoverage | null;
  /** Other endpoints this finding is about (the guarded cluster behind an open dashboard). */
  readonly also: readonly string[];
  /**
   * Fingerprints of findings on this endpoint alone that this one takes the place of, since several endpoints were seen
   * together: they are not in the record, and a preview may have shown them.
   */
  readonly replaces: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly since: Since;
  readonly remedy: Remedy;
  readonly cvss: { readonly v4: Cvss; readonly v31: Cvss };
  readonly cwe: string;
  readonly references: readonly string[];
  /** Set when the targets file accepts it (`expect` of the target, or `accepted`): listed, not counted, no exit code. */
  readonly accepted: Acceptance | null;
  /** Set when an entry of `accepted` covered it and does so no longer: it counts, and says why. */
  readonly lapsed?: LapsedAcceptance;
  /** Single vulnerabilities that are accepted: the rest of the finding is what counts. */
  readonly acceptedVulnerabilities?: readonly (Acceptance & { readonly id: string })[];
  /** Id of the problem it belongs to. */
  readonly problem: string;
  /** Of a merged run: how each vantage saw it, the worst first: what else is said is what that one saw. */
  readonly seenFrom?: readonly SeenFrom[];
}

/** How one vantage of a merged run saw a finding. */
export interface SeenFrom {
  readonly vantage: string;
  readonly exposure: Exposure;
  /** Id of the run. */
  readonly run: string;
  readonly severity: Severity;
  readonly access: Rung;
}

/** What one vantage of a merged run saw of an endpoint. */
export interface VantageView {
  readonly vantage: string;
  readonly exposure: Exposure;
  /** Id of the run. */
  readonly run: string;
  /** The address that it asked; null for a name without one. */
  readonly address: string | null;
  readonly state: State;
  readonly access: Rung;
  readonly reasonText: string | null;
  readonly guardedBy: string | null;
  readonly product: Product | null;
  readonly version: string | null;
  readonly clusterUuid: string | null;
  /** UTC ISO 8601 of the survey. */
  readonly at: string;
}

/**
 * Where the vantages of a merged run disagree on an endpoint. `open-and-guarded`: one is let in, and another is denied access.
 * `other-cluster`: two uuids at one address. `other-product`: two products. `decoy`: fabricated responses to some only. `other-address`:
 * the name leads elsewhere.
 */
export const contradictions = ['open-and-guarded', 'other-cluster', 'other-product', 'decoy', 'other-address'] as const;

/** One of {@link contradictions}. */
export type Contradiction = (typeof contradictions)[number];

/** A run that a merged one was made from. */
export interface RunSource {
  readonly run: string;
  readonly vantage: Vantage;
  readonly shard?: Shard;
  /** UTC ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly tool: string;
  readonly requests: number;
  /** SHA-256 (hex) of its `SHA256SUMS`: what `leftopen verify` prints. */
  readonly digest: string;
  /** SHA-256 (hex) of its ledger. */
  readonly ledgerSha256: string | null;
}

/** Findings that are one thing to fix: one cluster, one certificate, or one decision of one owner. */
export interface Problem {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** What holds them together, e.g. `cluster uuid …`. */
  readonly because: string;
  /** Owners of all its findings, those of endpoints that denied access included; sorted. */
  readonly owners: readonly string[];
  /** Endpoint URLs, the first 50; `doorsTotal` counts all. */
  readonly doors: readonly string[];
  readonly doorsTotal: number;
  /** How many of them are open; the others denied access and are listed for what they show. */
  readonly doorsOpen: number;
  readonly checks: readonly string[];
  /** Fingerprints of its findings, the first 50, the worst first. */
  readonly findings: readonly string[];
  readonly findingsTotal: number;
}

/** The record's line about one endpoint (`endpoints.jsonl`). */
export interface EndpointSummary {
  readonly target: string;
  readonly targets: readonly string[];
  readonly owner: string | null;
  /** URL as spoken to; where nothing answered, with the declared scheme, or else the one that was tried first. */
  readonly endpoint: string;
  readonly host: string;
  readonly address: string | null;
  readonly port: number;
  readonly product: Product | null;
  readonly distribution: string | null;
  readonly version: string | null;
  readonly versionCertainty: VersionFact['certainty'];
  readonly otherProduct: string | null;
  readonly access: Rung;
  readonly state: State;
  readonly proof: 'proved' | 'inferred';
  readonly reason: AccessReason | null;
  /** `reason` in words a reader understands; of a decoy, what it poses as and the signs that give it away. */
  readonly reasonText: string | null;
  readonly guardedBy: string | null;
  readonly loginSchemes: readonly string[];
  readonly clusterName: string | null;
  readonly clusterUuid: string | null;
  readonly mixed: boolean;
  /** Connections over which it answered: another backend may have answered each of them. */
  readonly connections: number;
  /** Whether it was shown the user's client certificate: state, access and findings are then what its holders get. */
  readonly clientCertificate: boolean;
  /** UTC ISO 8601 of the survey. */
  readonly at: string;
  /** Requests put to it. */
  readonly requests: number;
  /** Checks that did not pass or apply, with the reason where undetermined. */
  readonly undetermined: readonly { readonly check: string; readonly reason: string }[];
  /** Fingerprints of its findings. */
  readonly findings: readonly string[];
  /** Of a merged run: what each vantage saw that asked it; the line itself is the furthest that any of them got. */
  readonly vantages?: readonly VantageView[];
  /** Where they disagree; absent for nowhere. */
  readonly contradictions?: readonly Contradiction[];
}

/** How a control, an endpoint that must answer, did over the run. */
export interface ControlSummary {
  readonly url: string;
  readonly asked: number;
  readonly answered: number;
  /** UTC ISO 8601; null for never. */
  readonly lastAnsweredAt: string | null;
}

/** What is replaced by pseudonyms: names in clusters, or also hosts, addresses, owners, people, targets and the client. */
export const redactionLevels = ['names', 'all'] as const;

/** One of {@link redactionLevels}. */
export type RedactionLevel = (typeof redactionLevels)[number];

/** What, when, from where, with which version: `run.json`, and the head of every report. */
export interface RunInfo {
  readonly id: string;
  readonly tool: { readonly name: 'leftopen'; readonly version: string };
  /** The language that its findings are in (BCP 47); absent in what earlier versions wrote, in English. */
  readonly language?: string;
  readonly catalogue: string;
  readonly knowledge: string;
  readonly engagement: Engagement;
  readonly vantage: Vantage;
  /** The part of the declared hosts that it covers, such as `3/8`; absent for all. */
  readonly shard?: Shard;
  /** The runs that it was merged from, the vantage nearest to the public first; absent for a run that asked itself. */
  readonly sources?: readonly RunSource[];
  /** UTC ISO 8601; of a merged run, the start of its first source. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly finished: boolean;
  /** Why it is not finished, or why verdicts are missing; empty when all is well. */
  readonly gaps: readonly string[];
  /** Ids of the targets that `--target` narrowed it to, none in a record for one owner; absent for all. */
  readonly onlyTargets?: readonly string[];
  /** Ids of the checks that were judged, where the user chose some; null for all. Absent while it runs. */
  readonly checks?: readonly string[] | null;
  /** The owner whose endpoints alone this record has (`leftopen report --owner`); absent for all. */
  readonly onlyOwner?: string;
  /** Whether names of indices, patterns and clusters are replaced by pseudonyms in this record. Absent while it runs. */
  readonly namesMasked?: boolean;
  /** What `--redact` replaced by pseudonyms in this record; absent for nothing. */
  readonly redacted?: RedactionLevel;
  /** The controls that were asked, and how often they answered as they did at first. Absent while it runs. */
  readonly controls?: readonly ControlSummary[];
  /** What the targets file accepts (`accepted`, `acceptedFrom`), in its order. */
  readonly accepted?: readonly AcceptedRisk[];
  /** SHA-256 (hex) of targets, scope, limits and catalogue. */
  readonly planDigest: string;
  /** SHA-256 (hex) of the ledger when the run ended; null while it runs, and of a merged run, whose sources have theirs. */
  readonly ledgerSha256: string | null;
  readonly userAgent: string;
  readonly requests: number;
  readonly connections: number;
  readonly bytes: number;
  /** What the targets file declares, for the coverage box. */
  readonly declared: {
    readonly scopeInclude: readonly string[];
    readonly scopeExclude: readonly string[];
    readonly targets: number;
    /** The first 1,000 names, ranges and lists of hosts. */
    readonly names: readonly string[];
    /** How many there are; absent where `names` has them all. */
    readonly namesTotal?: number;
    readonly ports: readonly number[];
    readonly paths: readonly string[];
    /** Contacts of owners, where the targets file has some; absent where it has none. */
    readonly contacts?: readonly { readonly key: string; readonly owner: string; readonly contact: Contact }[];
    /** SHA-256 (hex) of the PEM files of authorities of the user's own; absent where there are none. */
    readonly authorities?: readonly string[];
    /** The user's client certificate, by its subject and the SHA-256 (hex) of its PEM file; absent where there is none. */
    readonly clientCertificate?: { readonly subject: string; readonly sha256: string };
  };
}

/** Counts of a run. Accepted findings are counted apart. */
export interface Summary {
  readonly endpoints: number;
  readonly states: Readonly<Record<State, number>>;
  readonly rungs: Readonly<Record<Rung, number>>;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly accepted: number;
  readonly problems: number;
  readonly verdicts: Readonly<Record<'fail' | 'pass' | 'not-applicable' | 'undetermined', number>>;
  /** Checks that threw: bugs of ours. */
  readonly bugs: number;
  /** Endpoints that were not asked, by cause; they are among the undetermined ones, and no check was judged on them. */
  readonly notAsked: {
    readonly window: number;
    readonly blackout: number;
    /** Owners of the endpoints in blackout hours, the first 20. */
    readonly blackoutOwners: readonly string[];
  };
}

/** The lines of a record's files, without their ends: a value each, as JSON (text/json-line.ts). */
export interface RecordLines {
  /** In rank order. */
  findings(): AsyncIterable<string>;
  /** Worst first. */
  endpoints(): AsyncIterable<string>;
}

/** What every report format is given besides the streams. `problems` holds the worst 1,000; `problemsTotal` counts all. */
export interface ReportHead {
  readonly run: RunInfo;
  readonly summary: Summary;
  readonly problems: readonly Problem[];
  readonly problemsTotal: number;
  readonly severityTable: readonly SeverityRow[];
  readonly changes: Changes;
  /** What became of each accepted risk in this run; absent where the targets file accepts nothing. */
  readonly acceptances?: readonly AcceptanceState[];
}
