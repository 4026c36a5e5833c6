// Data reached through a dashboard without a login, while the declared cluster behind it refuses or does not answer callers.
import { reasonWords } from '../../text/reasons.js';
import ipaddr from 'ipaddr.js';
import type { Behind, BehindDoor, GroupCheck, GroupKey, JudgeContext } from '../../model/check.js';
import { productNames, type State, type Target } from '../../model/endpoint.js';
import type { AccessReason, Observations } from '../../model/observation.js';
import {
  clusterQuestions,
  dashboardDetailQuestions,
  dashboardFieldQuestions,
  dashboardQuestions,
  reachEvidence,
  stakeOfReach,
} from '../access.js';
import { addressesSaid } from '../../catalogue/address.js';
import { clusterUuid } from '../finding.js';
import { closeDashboard } from '../remedies.js';
import { letPastLogin } from '../observed.js';
import {
  answeredAs,
  Caller,
  contentsPhrase,
  counted,
  fieldsSpeakOf,
  holds,
  leadsToDataSources,
  names,
  paragraph,
  said,
  searched,
  searchInferred,
} from '../words.js';

/** A declared endpoint of the cluster behind, and how it responded to us directly. */
type Facts = {
  readonly behind: readonly {
    readonly url: string;
    readonly guarded: boolean;
    /** Status of its response, or why there was none; null where neither is known. */
    readonly why: number | AccessReason | null;
    readonly by: GroupKey['by'];
  }[];
  readonly guarded: number;
  readonly unreachable: number;
  /** Clusters that the dashboard leads to and that were not among what was asked, `host:port`. */
  readonly undeclared: readonly string[];
};

export const groupCheck: GroupCheck<Facts, 'cluster-not-judged'> = {
  id: 'dashboard-gateway',
  scope: 'group',
  about:
    'A dashboard without a login lets callers into a cluster that itself requires one or is out of reach (the Shanghai pattern).',
  products: ['kibana', 'opensearch-dashboards', 'elasticsearch', 'opensearch'],
  questions: [
    ...new Set([...dashboardQuestions, ...clusterQuestions]),
    ...dashboardFieldQuestions,
    ...dashboardDetailQuestions,
  ],
  cwe: 'CWE-441',
  references: [
    'https://cwe.mitre.org/data/definitions/441.html',
    'https://www.elastic.co/docs/deploy-manage/security',
    'https://docs.opensearch.org/latest/security/',
  ],
  acceptable: true,
  replaces: ['dashboard-open', 'dashboard-anonymous-access'],
  part(observations, context) {
    const { identity, access } = observations;
    if (identity.product === 'kibana' || identity.product === 'opensearch-dashboards')
      return reachesCluster(observations)
        ? { role: 'door', keys: doorKeys(observations, context), evidence: reachEvidence(observations) }
        : null;
    // A port between nodes is not a way into the cluster that a dashboard could bypass.
    if (observations.endpoint.transport === true || access.reason === 'transport-port') return null;
    const keys = behindKeys(observations, context);
    if (access.state !== 'other-product' && access.state !== 'decoy')
      return { role: 'behind', keys, evidence: access.evidence };
    // Its responses lead to no dashboard. The targets file may say so, and is then wrong.
    const declared = keys.filter(({ by }) => by === 'declaration');
    return declared.length === 0 ? null : { role: 'behind', keys: declared, evidence: access.evidence };
  },
  judge(door, behind) {
    const own = behind.first.filter(({ by }) => by !== 'data source');
    const sources = behind.first.filter(({ by }) => by === 'data source');
    // Where there are more than are named, the sums are all there is.
    const all = own.length + sources.length === behind.total && sources.length > 0 ? statesOf(own) : behind.states;
    // Where the cluster lets callers in itself, that is its own finding, and the dashboard is one more way in.
    const closed = all.open > 0 ? [] : own.filter(isClosed);
    const named = [...closed, ...sources.filter(isClosed)];
    if (named.length === 0) {
      if (all.open > 0) return { verdict: 'pass' };
      return all.undetermined === 0
        ? { verdict: 'not-applicable' }
        : { verdict: 'undetermined', reason: 'cluster-not-judged' };
    }
    const states = sources.length > 0 ? statesOf(named) : behind.states;
    const { guarded, unreachable } = states;
    const undeclared = notAsked(door, behind);
    return { verdict: 'fail', facts: { behind: named.map(factsOf), guarded, unreachable, undeclared }, behind: named };
  },
  stake: (_facts, observations) => stakeOfReach(observations, 'gateway'),
  remedy: (facts, observations) => closeDashboard(observations, facts.guarded > 0),
  texts: {
    en: {
      title(facts, observations, context) {
        const contents = contentsPhrase(observations.dashboard?.cluster ?? null);
        const { product } = observations.identity;
        const dashboard = `a dashboard${product === null ? '' : ` (${productNames[product]})`}`;
        const way =
          facts.guarded > 0
            ? `past its login, through ${dashboard} that requires none`
            : `that is itself out of reach, through ${dashboard} that requires no login`;
        return `${Caller(context)} can enter a cluster ${way}${contents === null ? '' : `: ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { access, dashboard } = observations;
        const inner = dashboard?.cluster ?? null;
        const first = facts.behind[0];
        const more = facts.guarded + facts.unreachable - 1;
        return paragraph(
          first === undefined
            ? null
            : `Asked directly, the cluster at ${first.url} ${first.guarded ? 'denied us access' : 'did not respond'}${first.why === null ? '' : ` (${typeof first.why === 'number' ? first.why : reasonWords[first.why]})`}${more > 0 ? `, and so did ${counted(more, 'other endpoint', 'other endpoints')} of it` : ''}.`,
          answeredAs(observations, context),
          letPastLogin(observations)
            ? 'This dashboard in front of that cluster has a login of its own, but let us in without credentials. Either something in front of it logs every caller in, or one of several servers at this address has no login.'
            : dashboard?.login === 'none'
              ? 'This dashboard in front of that cluster requires no login.'
              : 'This dashboard in front of that cluster lets callers in as guests.',
          first === undefined ? null : knownBy[first.by],
          leadsToDataSources(observations),
          leadsTo(facts.undeclared, observations),
          holds(inner, 'Through it, the cluster shows'),
          searched(inner),
          fieldsSpeakOf(observations),
          access.reaches.documents === 'unknown'
            ? 'Whether documents can be read through it was not determined.'
            : null,
          access.reaches.documents === 'yes' && access.proof === 'inferred' ? searchInferred : null,
          'Changing and deleting were not tested: assume that they are possible.',
        );
      },
      remark: (behind, door, context) =>
        paragraph(leadsTo(notAsked(door, behind), door), ownRemark(behind, door, context)),
      undetermined: { 'cluster-not-judged': 'whether the cluster behind it denies access was not determined' },
    },
  },
};

function whatAnswered({ state, otherProduct }: Behind): string {
  return state === 'decoy' ? 'a decoy (fabricated answers)' : (otherProduct ?? 'another product');
}

const knownBy = {
  'cluster uuid': 'Both show the same cluster uuid; that is how we know.',
  address: 'The dashboard gives this address for its cluster; that is how we know.',
  'data source':
    'The dashboard has it as a data source with its own saved login. Inferred: every caller reaches it through the dashboard, because the dashboard asks it with those credentials.',
  declaration: 'The targets file says which cluster this dashboard fronts; that is how we know.',
  certificate: 'Both show the same certificate; that is how we know.',
} as const satisfies Record<GroupKey['by'], string>;

/** What must be said of the cluster behind a dashboard that is open where this check did not fail. */
function ownRemark(behind: BehindDoor, door: Observations, context: JudgeContext): string | null {
  const [first] = behind.first;
  const untested = 'whether that cluster itself denies access was not tested.';
  if (first === undefined) {
    const fronts = context.targets.get(door.targets[0] ?? '')?.fronts ?? null;
    if (fronts === null && notAsked(door, behind).length > 0)
      return 'Whether its cluster itself denies access was not tested.';
    return fronts === null
      ? `None of the tested endpoints is known (by uuid, by address, or by \`fronts\` in the targets file) to be the cluster behind it: ${untested}`
      : `The targets file declares the target ${said(fronts)} as the cluster behind it, but no cluster was found at its tested endpoints: ${untested}`;
  }
  if (behind.states.open > 0)
    return `The cluster behind it is declared as well (${behind.first.find((one) => one.state === 'open')?.url ?? first.url}), and itself lets callers in.`;
  if (first.state === 'other-product' || first.state === 'decoy')
    return `The targets file declares ${first.url} as the cluster behind it, but ${whatAnswered(first)} responded there: ${untested}`;
  const why = first.reason === null ? '' : `, because ${reasonWords[first.reason]}`;
  return first.by === 'declaration'
    ? `The targets file declares ${first.url} as the cluster behind it, but what responds there could not be judged${why}: whether that cluster itself denies access is not known.`
    : `The cluster behind it is declared as well (${first.url}); whether it itself denies access was not determined.`;
}

/** How many are in each state. */
function statesOf(list: readonly Behind[]): BehindDoor['states'] {
  const count = (state: State): number => list.filter((one) => one.state === state).length;
  return {
    open: count('open'),
    guarded: count('guarded'),
    undetermined: count('undetermined'),
    unreachable: count('unreachable'),
    'other-product': count('other-product'),
    decoy: count('decoy'),
  };
}

function isClosed({ state }: Behind): boolean {
  return state === 'guarded' || state === 'unreachable';
}

/** The clusters that the dashboard leads to by its own word and that nothing of what was asked is. */
function notAsked(door: Observations, behind: BehindDoor): readonly string[] {
  const { dashboard, endpoint } = door;
  if (dashboard === null || behind.total > behind.first.length) return [];
  // By another way than its address the cluster may be known under another one.
  const ownKnown = behind.first.some(({ by }) => by === 'cluster uuid' || by === 'declaration' || by === 'address');
  const own = ownKnown ? [] : dashboard.backend.addresses;
  const sources = dashboard.dataSources.flatMap(({ address }) => address ?? []);
  // By its name or by its address.
  const asked = new Set(
    behind.first.flatMap(({ url, address }) => [hostOf(url), ...(address === null ? [] : [address])]),
  );
  const others = sources.filter((address) => !addressesSaid(address, endpoint).some((said) => asked.has(said)));
  return [...new Set([...own, ...others])];
}

/** Addresses that a finding names. */
const addressesNamed = 5;

function hostOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { hostname, port, protocol } = new URL(url);
  return `${hostname.replace(/^\[|\]$/g, '')}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

/** Where the dashboard leads to and nothing was declared, as a sentence; null for nowhere. */
function leadsTo(addresses: readonly string[], { endpoint }: Observations): string | null {
  const list = names(addresses, addressesNamed);
  if (list === null) return null;
  const loopback = addresses.every((address) => isLoopback(address));
  const where = loopback ? ` (an address of its own host, ${said(endpoint.host)})` : '';
  return `The dashboard leads to ${list}${where}, which ${addresses.length === 1 ? 'was' : 'were'} not declared.`;
}

function isLoopback(address: string): boolean {
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback');
}

function factsOf({ url, state, reason, evidence, by }: Behind): Facts['behind'][number] {
  return { url, guarded: state === 'guarded', why: evidence?.status ?? reason, by };
}

/** Whether the caller gets through the dashboard to the contents of its cluster. */
function reachesCluster({ access, dashboard }: Observations): boolean {
  if (dashboard === null || access.state !== 'open') return false;
  if (dashboard.backend.state === 'refuses' || dashboard.backend.state === 'unreachable') return false;
  return access.rung === 'metadata' || access.rung === 'documents' || access.rung === 'control';
}

function doorKeys(observations: Observations, context: JudgeContext): readonly GroupKey[] {
  const { dashboard, endpoint, targets } = observations;
  const uuid = clusterUuid(observations);
  const given = [...(dashboard?.backend.addresses ?? []), ...(dashboard?.cluster?.httpAddresses ?? [])];
  const fronts = context.targets.get(targets[0] ?? '')?.fronts ?? null;
  return distinct([
    ...(uuid === null ? [] : [keyOfUuid(uuid)]),
    ...given.flatMap((address) => addressesSaid(address, endpoint)).map(keyOfAddress),
    ...(dashboard?.dataSources ?? [])
      .flatMap(({ address }) => (address === null ? [] : addressesSaid(address, endpoint)))
      .map((address): GroupKey => ({ ...keyOfAddress(address), by: 'data source' })),
    ...(fronts === null ? [] : [keyOfTarget(fronts)]),
  ]);
}

function behindKeys(observations: Observations, context: JudgeContext): readonly GroupKey[] {
  const { endpoint, targets } = observations;
  const uuid = clusterUuid(observations);
  const fronted = frontedTargets(context.targets);
  return distinct([
    ...(uuid === null ? [] : [keyOfUuid(uuid)]),
    keyOfAddress(`${endpoint.host}:${endpoint.port}`),
    ...(endpoint.address === null ? [] : [keyOfAddress(`${endpoint.address}:${endpoint.port}`)]),
    ...targets.filter((id) => fronted.has(id)).map(keyOfTarget),
  ]);
}

function keyOfUuid(uuid: string): GroupKey {
  return { key: `uuid:${uuid}`, by: 'cluster uuid' };
}

function keyOfAddress(address: string): GroupKey {
  return { key: `address:${address}`, by: 'address' };
}

function keyOfTarget(id: string): GroupKey {
  return { key: `target:${id}`, by: 'declaration' };
}

function distinct(keys: readonly GroupKey[]): readonly GroupKey[] {
  // The first of two ways to the same key says how it is known.
  return [...new Map(keys.toReversed().map((key) => [key.key, key])).values()].toReversed();
}

const frontedOf = new WeakMap<ReadonlyMap<string, Target>, ReadonlySet<string>>();

/** Ids of the targets that some target is declared to front. */
function frontedTargets(targets: ReadonlyMap<string, Target>): ReadonlySet<string> {
  const known = frontedOf.get(targets);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const { fronts } of targets.values()) if (fronts !== null) found.add(fronts);
  frontedOf.set(targets, found);
  return found;
}
