// What a check is: its verdict, its stake, its texts.
import type { AcceptedRisk } from './acceptance.js';
import type { Endpoint, Product, Rung, State, Target } from './endpoint.js';
import type { ContentsSeen } from './history.js';
import type { Vantage } from './engagement.js';
import type { Evidence } from './finding.js';
import type { Json } from './json.js';
import type { Knowledge } from './knowledge.js';
import type { QuestionId } from './question.js';
import type { AccessReason, CertificateDoubt, EvidenceRefs, Observations, TopicFacts, Tri } from './observation.js';
import type { DecidedRemedy } from './remedy.js';

/** How a check ended on one endpoint. */
export type VerdictName = 'fail' | 'pass' | 'not-applicable' | 'undetermined';

/**
 * Why a verdict is undetermined, whatever the check: why the endpoint could not be judged, what its certificate does not show, a topic
 * whose facts are not known, or one of these. `reach-not-shown`: how far a caller gets; `genuineness-untestable`: it lists indices, and
 * nothing could test whether it is real; `not-identified`: what answers there; `check-failed`: a bug of ours; `certificate-not-kept`;
 * `fork-not-in-knowledge`: a fork counts in versions of its own; `version-placeholder`, `version-not-shown`, `version-approximate`,
 * `version-not-of-vendor`: no version to judge by.
 */
export type SharedReason =
  | AccessReason
  | CertificateDoubt
  | TopicId
  | 'reach-not-shown'
  | 'genuineness-untestable'
  | 'not-identified'
  | 'check-failed'
  | 'certificate-not-kept'
  | 'fork-not-in-knowledge'
  | 'version-placeholder'
  | 'version-not-shown'
  | 'version-approximate'
  | 'version-not-of-vendor';

/** A verdict with the facts and the evidence behind it. `Why` are reasons that the check alone has. */
export type Verdict<Facts, Why extends string = never> =
  | { readonly verdict: 'fail'; readonly facts: Facts; readonly evidence: EvidenceRefs }
  | { readonly verdict: 'pass'; readonly evidence: EvidenceRefs }
  | { readonly verdict: 'not-applicable' }
  | { readonly verdict: 'undetermined'; readonly reason: SharedReason | Why };

/** What can have a pseudonym: names in a cluster, and, where all is redacted, what and whom the targets file names. */
export type MaskedKind =
  | 'index'
  | 'pattern'
  | 'cluster'
  | 'host'
  | 'address'
  | 'path'
  | 'owner'
  | 'target'
  | 'person'
  | 'client'
  | 'engagement'
  | 'vantage'
  | 'name';

/** Gives a name its pseudonym. */
export type NameMask = (kind: MaskedKind, name: string) => string;

/** Names with their pseudonyms. */
export type MaskedNames = ReadonlyMap<string, string>;

/**
 * What the judge says in one language: what checks say and what topics say, by their ids, and what all share. The judge's registry
 * has its parts.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface JudgeTexts {}

/** What a check may know besides the observations. */
export interface JudgeContext {
  /** The run's vantage: decides what "a stranger" is called. */
  readonly vantage: Vantage;
  /**
   * Whether the endpoint asked for a client certificate and was shown the user's: what it answered is then for holders of
   * that, and not for strangers.
   */
  readonly asHolder?: boolean;
  /** Whether the endpoints were tested from nearer to the public too, by another run that is judged with it. */
  readonly alsoFromOutside?: true;
  /** Whether it is judged together with other runs: then evidence names the run. */
  readonly isMerged?: true;
  /** The run's id, which its requests carry as X-Opaque-Id. */
  readonly run: string;
  /** What the judge says, where it is not English. */
  readonly texts?: JudgeTexts;
  /** The run's own time, UTC ISO 8601: never the clock of the machine that judges. */
  readonly now: string;
  /** The targets by id. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Where names of indices and clusters must not be shown: the real ones are still judged. */
  readonly mask?: NameMask;
  /** Releases, end of life and vulnerabilities: the bundle that the run judges with. */
  readonly knowledge: Knowledge;
  /**
   * What was seen at an endpoint's place in the run before, for checks over two runs; absent where no run came before. `too-much` where
   * it is not at hand, since that run saw more than memory holds.
   */
  readonly before?: (endpoint: Endpoint) => readonly ContentsSeen[] | 'too-much';
  /** Entries of `accepted` that are about single vulnerabilities; the others are looked at when earlier runs are. */
  readonly accepted?: readonly AcceptedRisk[];
}

/** How much care the contents need, by the names of their fields; least first. */
export const sensitivities = ['none', 'unknown', 'personal', 'sensitive'] as const;

/** What a failed check puts at stake: the severity table reads this and the vantage's exposure, nothing else. */
export interface Stake {
  /**
   * `reach`: a caller without credentials gets in as far as `rung`; `gateway`: so too, past a cluster that denies them access;
   * `published-login`: callers are given a login of something else; `linked`: a way in that is linked to more, which was not
   * asked; `admin-page`: tools for administration are served with a way in; `setup`: a product waits for its first user;
   * `clear-text-login`: passwords cross the network readable; `unexpected`: something answers where nothing should; `delete`:
   * any caller who reaches it may delete its contents; `no-backup`: and no recent snapshot was seen; `backup-in-reach`: and the
   * snapshots that were seen too; `lost`: data that was there in the run before is gone; `incident`: it looks as if an attacker had been there; `visited`: clients from outside were
   * connected; `visited-perhaps`: they were if a header speaks true; `vulnerability`: the version is known to be vulnerable;
   * `end-of-life`: the version is out of support; `demo-certificate`: the private key of its certificate is public;
   * `transport-port`: the port of the nodes' own protocol is reached, unencrypted; `any-origin`: pages of any origin may read
   * it; `breakable-certificate`, `weak-encryption`: what protects the connection can be broken by one attacker, or by a strong
   * one; `unverifiable-certificate`: callers cannot tell the server from an impostor; `shared-key`: one private key is held by
   * several owners.
   */
  readonly kind:
    | 'reach'
    | 'gateway'
    | 'published-login'
    | 'linked'
    | 'admin-page'
    | 'setup'
    | 'clear-text-login'
    | 'unexpected'
    | 'delete'
    | 'no-backup'
    | 'lost'
    | 'backup-in-reach'
    | 'incident'
    | 'visited'
    | 'visited-perhaps'
    | 'vulnerability'
    | 'end-of-life'
    | 'demo-certificate'
    | 'transport-port'
    | 'any-origin'
    | 'breakable-certificate'
    | 'weak-encryption'
    | 'unverifiable-certificate'
    | 'shared-key';
  readonly rung: Rung;
  /** Whether documents can be read. */
  readonly documents: Tri;
  /** Whether documents of the user's lie there. */
  readonly data: Tri;
  /**
   * What the names of fields speak of, the least first: nothing of persons, not known, persons, or what law and industry
   * ask more care for (docs/stake.md). Absent for not known.
   */
  readonly sensitivity?: (typeof sensitivities)[number];
  /** Whether it is reached in the cluster itself or through a dashboard. */
  readonly through: 'cluster' | 'dashboard';
  /** What has already happened there, as far as names, counts and dates tell. */
  readonly incident: 'none' | 'suspected' | 'strong';
  /** Of kinds that come in several weights, how much harm they can do; absent for the least. */
  readonly weight?: 'grave' | 'plain' | 'slight';
}

/**
 * The texts of a check in one language: functions of its facts. Every target-said string in them is escaped by the format,
 * not here. Methods, not properties: checks of different facts are in one list, and each is given only facts of its own.
 */
export interface CheckTexts<Facts, Why extends string = never, Own extends string = never> {
  /** The finding's title, one line, what is open and to whom. */
  title(facts: Facts, observations: Observations, context: JudgeContext): string;
  /** What was seen and what it means, a short paragraph. */
  summary(facts: Facts, observations: Observations, context: JudgeContext): string;
  /** The reasons for which it alone is undetermined; absent where it has none. */
  readonly undetermined?: Readonly<Record<Why, ReasonText>>;
  /** What its remedy alone says, by id; absent where all of it is shared. */
  readonly remedy?: Readonly<Record<Own, RemedyText<Facts>>>;
}

/** What one check's remedy says: one text, or one by the facts of the finding. */
export type RemedyText<Facts> = string | { say(facts: Facts): string }['say'];

/** Why a verdict is undetermined, as the rest of "undetermined: …": one text, or one by what was observed. */
export type ReasonText = string | ((observations: Observations, context: JudgeContext) => string);

/** A check that has reasons of its own, or a remedy that says something of its own, has words for them. */
type WithOwn<Texts, Facts, Why extends string, Own extends string> = Texts &
  ([Why] extends [never] ? unknown : { readonly undetermined: Readonly<Record<Why, ReasonText>> }) &
  ([Own] extends [never] ? unknown : { readonly remedy: Readonly<Record<Own, RemedyText<Facts>>> });

/** What every check says of itself. `Facts` must survive JSON: findings are spilled to disk before they are worded. */
export interface CheckBase<Facts extends Json, Own extends string = never> {
  /** Kebab-case; names the file, its test and its page. */
  readonly id: string;
  /** One line for lists: what is checked. */
  readonly about: string;
  /** Where it applies; elsewhere the runner says `not-applicable`. `any` includes what could not be identified. */
  readonly products: readonly Product[] | 'any';
  /** Ids of the questions whose answers decide it. */
  readonly questions: readonly QuestionId[];
  /** e.g. `CWE-306`. */
  readonly cwe: string;
  /** Public pages. */
  readonly references: readonly string[];
  /** Whether `expect: upTo` of the target can accept its findings: true for what is reached, false for the rest. */
  readonly acceptable: boolean;
  /** Set where its findings conclude more than the access that was shown; absent where they are proved as that is. */
  readonly proof?: 'inferred';
  stake(facts: Facts, observations: Observations): Stake;
  /** How to close it, by product and version family. */
  remedy(facts: Facts, observations: Observations): DecidedRemedy<Own>;
  /** The key of the problem that its findings are part of, where that is not the endpoint or its cluster: `certificate:…`. */
  problem?(observations: Observations): string | null;
  readonly texts: { readonly en: CheckTexts<Facts, string, string> };
}

/** The id of a topic: its file in src/topics. */
export type TopicId = keyof TopicFacts;

/** Observations in which these topics are known. */
export type Knowing<Topics extends TopicId> = Observations & {
  readonly topics: { readonly [Id in Topics]: NonNullable<TopicFacts[Id]> };
};

/**
 * A check of one endpoint: a pure function from observations to a verdict. `Topics` are those that it needs, `Why` the reasons for which
 * it alone is undetermined, `Own` what its remedy alone says.
 */
export interface Check<
  Facts extends Json,
  Topics extends TopicId = never,
  Why extends string = never,
  Own extends string = never,
> extends CheckBase<Facts, Own> {
  readonly scope: 'endpoint';
  /**
   * What must be known before it is asked. Where it is not, the runner gives the verdict: `not-applicable` or `undetermined`
   * with the reason. `open`: the endpoint lets callers in; else a topic. The questions of those topics are its questions too.
   */
  readonly needs?: readonly ('open' | Topics)[];
  /** With `open` among the needs: a login or a proxy that keeps callers out passes, and is not merely not applicable. */
  readonly guarded?: 'pass';
  judge(observations: Knowing<Topics>, context: JudgeContext): Verdict<Facts, Why>;
  readonly texts: { readonly en: WithOwn<CheckTexts<Facts, Why, Own>, Facts, Why, Own> };
}

/** Any check of one endpoint, as the runner sees it: it asks none whose needs are not met. */
export interface AnyCheck extends Omit<Check<Json, TopicId, string, string>, 'judge' | 'texts'> {
  judge(observations: Observations, context: JudgeContext): Verdict<Json, string>;
  readonly texts: { readonly en: CheckTexts<Json, string, string> };
}

/** A key by which endpoints meet, with what brought them there: `uuid:…`, `address:host:port`, `target:id`, `key:…`. */
export interface GroupKey {
  readonly key: string;
  readonly by: 'cluster uuid' | 'address' | 'data source' | 'declaration' | 'certificate';
}

/**
 * How an endpoint takes part in a group check: as the dashboard (`door`) that is judged, as what is behind dashboards, or as
 * both: one of several alike, each judged with all of them (itself among them) as what it met.
 */
export interface GroupPart {
  readonly role: 'door' | 'behind' | 'peer';
  readonly keys: readonly GroupKey[];
  /** What of its exchanges a finding on the dashboard, or on what is behind it, will show. */
  readonly evidence: EvidenceRefs;
}

/** What is kept of an endpoint behind a dashboard. */
export interface Behind {
  /** URL as spoken to. */
  readonly url: string;
  /** The address that was asked, `ADDRESS:PORT`, which is not in the URL of a name; null where it has none. */
  readonly address: string | null;
  readonly target: string;
  readonly owner: string | null;
  readonly environment: string | null;
  readonly state: State;
  readonly rung: Rung;
  readonly reason: AccessReason | null;
  /** What answers there, where it is not one of the products that are judged: "a web site". */
  readonly otherProduct: string | null;
  readonly by: GroupKey['by'];
  /** The answer or failure that shows its state. */
  readonly evidence: Evidence | null;
}

/**
 * Everything that met a dashboard, counted (at least, where there are many and they met by several keys); `first` holds the first
 * few.
 */
export interface BehindDoor {
  readonly total: number;
  readonly states: Readonly<Record<State, number>>;
  readonly first: readonly Behind[];
  /** Owners and environments of all of them, each once, at most 20 of either. */
  readonly owners: readonly string[];
  readonly environments: readonly string[];
}

/** How a group check ended on one dashboard; `behind` names the endpoints that the finding is about besides it. */
export type GroupVerdict<Facts, Why extends string = never> =
  | { readonly verdict: 'fail'; readonly facts: Facts; readonly behind: readonly Behind[] }
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'not-applicable' }
  | { readonly verdict: 'undetermined'; readonly reason: SharedReason | Why };

/** The texts of a group check in one language. */
export interface GroupCheckTexts<Facts, Why extends string = never, Own extends string = never> extends CheckTexts<
  Facts,
  Why,
  Own
> {
  /** The sentence that a finding of `replaces` gets where this check did not fail on that dashboard; null for none. */
  remark(behind: BehindDoor, door: Observations, context: JudgeContext): string | null;
}

/** A check of endpoints that meet by a key: judged for each dashboard, when all that could be behind it is known. */
export interface GroupCheck<
  Facts extends Json,
  Why extends string = never,
  Own extends string = never,
> extends CheckBase<Facts, Own> {
  readonly scope: 'group';
  /** Checks whose finding on the dashboard is part of this one and is not reported next to it. */
  readonly replaces: readonly string[];
  /** How this endpoint takes part; null when it does not. */
  part(observations: Observations, context: JudgeContext): GroupPart | null;
  judge(door: Observations, behind: BehindDoor, context: JudgeContext): GroupVerdict<Facts, Why>;
  readonly texts: { readonly en: WithOwn<GroupCheckTexts<Facts, Why, Own>, Facts, Why, Own> };
}

/** Any check of a group, as the runner sees it. */
export interface AnyGroupCheck extends Omit<GroupCheck<Json, string, string>, 'texts'> {
  readonly texts: { readonly en: GroupCheckTexts<Json, string, string> };
}
