// Joins what several vantages saw of one endpoint, and names where they disagree.
import type { PlaceCompared } from '../history/compare.js';
import { findingRank, withProblem, type JudgedFinding, type Settled } from '../judge/index.js';
import { exposures } from '../model/engagement.js';
import { rungs, type State } from '../model/endpoint.js';
import {
  contradictions,
  severities,
  type Contradiction,
  type EndpointSummary,
  type Finding,
  type RunInfo,
  type SeenFrom,
  type VantageView,
} from '../model/finding.js';
import type { PlaceNow } from '../model/history.js';
import type { Sightings } from './historian.js';

type Source = Pick<RunInfo, 'id' | 'vantage' | 'startedAt'>;

/** One endpoint as it came out of the comparison. */
type Compared = PlaceCompared<Settled>['endpoints'][number];

/**
 * Keeps apart and joins what runs saw of the same endpoints.
 *
 * @param sources the runs, the vantage nearest to the public first, in the order of `Settled.run`
 */
export function sightingsOf(sources: readonly Source[]): Sightings {
  const sourceOf = (run: number): Source => {
    const source = sources[run];
    if (source === undefined) throw new Error(`no run ${run} among the sources`);
    return source;
  };
  const several = new Set(sources.map(({ vantage }) => vantage.name)).size > 1;
  return {
    apart(place: PlaceNow<Settled>) {
      return {
        ...place,
        endpoints: place.endpoints.map((endpoint) => {
          const { vantage, startedAt } = sourceOf(endpoint.run);
          // A number alone does not say in whose ledger the request is: the history of the source does.
          const passed = Object.fromEntries(Object.keys(endpoint.passed).map((check) => [check, []]));
          const seen = { ...endpoint, seenAt: startedAt, exposure: vantage.exposure, passed, denied: [] };
          if (!several) return seen;
          // What one vantage shows to be fixed says nothing of what another one reaches.
          const address = addressFrom(endpoint.address, vantage.name);
          const { contents } = endpoint;
          return { ...seen, from: vantage.name, address, ...(contents && { contents: { ...contents, address } }) };
        }),
      };
    },
    joined(place) {
      return { ...place, endpoints: joinedIn(place.endpoints, sourceOf) };
    },
  };
}

/** How a merged run calls an address in its history: as one vantage reaches it. */
export function addressFrom(address: string | null, vantage: string): string {
  return `${address ?? 'no address'} from ${vantage}`;
}

function joinedIn(endpoints: readonly Compared[], sourceOf: (run: number) => Source): readonly Compared[] {
  const rows = new Map<string, Compared[]>();
  for (const one of endpoints) rows.set(one.endpoint.key, [...(rows.get(one.endpoint.key) ?? []), one]);
  const withoutAddress = [...rows].find(([, [one]]) => one?.endpoint.summary.address === null);
  // A name that has an address elsewhere is one endpoint, not two.
  const unresolved = rows.size > 1 && withoutAddress !== undefined ? withoutAddress[1] : [];
  if (unresolved.length > 0 && withoutAddress !== undefined) rows.delete(withoutAddress[0]);
  const fromElsewhere = rows.size > 1 && areDisjoint([...rows.values()], sourceOf);
  return [...rows.values()].map((row) => {
    const own = new Set(row.map(({ endpoint }) => sourceOf(endpoint.run).vantage.name));
    const others = unresolved.filter(({ endpoint }) => !own.has(sourceOf(endpoint.run).vantage.name));
    return joinedRow(row, others, fromElsewhere, sourceOf);
  });
}

/** Whether no two vantages have an address in common. */
function areDisjoint(rows: readonly (readonly Compared[])[], sourceOf: (run: number) => Source): boolean {
  const vantages = rows.map((row) => new Set(row.map(({ endpoint }) => sourceOf(endpoint.run).vantage.name)));
  return new Set(vantages.flatMap((one) => [...one])).size > 1 && vantages.every(({ size }) => size === 1);
}

/** What stands for an endpoint: open before what is not known, and that before what denied access. */
const stateOrder: readonly State[] = ['open', 'undetermined', 'guarded', 'decoy', 'other-product', 'unreachable'];

function joinedRow(
  row: readonly Compared[],
  unresolved: readonly Compared[],
  fromElsewhere: boolean,
  sourceOf: (run: number) => Source,
): Compared {
  const exposureOf = ({ endpoint }: Compared): number => exposures.indexOf(sourceOf(endpoint.run).vantage.exposure);
  const [first] = [...row].sort(
    ({ endpoint: a }, { endpoint: b }) =>
      stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
      rungs.indexOf(b.summary.access) - rungs.indexOf(a.summary.access) ||
      a.run - b.run,
  );
  if (first === undefined) throw new Error('an endpoint that no run saw');
  const views = [...row, ...unresolved]
    .sort((a, b) => exposureOf(a) - exposureOf(b) || a.endpoint.run - b.endpoint.run)
    .map(({ endpoint }) => viewOf(endpoint.summary, sourceOf(endpoint.run)));
  const found = joinedFindings(row, sourceOf);
  const disagreed = contradictionsIn(views, fromElsewhere);
  const { endpoint } = first;
  const failed = new Set(found.map(({ item }) => item.finding.check));
  const undetermined = new Map(
    row.flatMap((one) => one.endpoint.summary.undetermined).map((one) => [one.check, one] as const),
  );
  const summary: EndpointSummary = {
    ...endpoint.summary,
    undetermined: [...undetermined.values()].filter(({ check }) => !failed.has(check)),
    requests: row.reduce((sum, one) => sum + one.endpoint.summary.requests, 0),
    mixed: row.some((one) => one.endpoint.summary.mixed),
    findings: found.map(({ item }) => item.finding.fingerprint),
    vantages: views,
    ...(disagreed.length > 0 && { contradictions: disagreed }),
  };
  return {
    endpoint: {
      ...endpoint,
      summary,
      address: summary.address,
      asked: row.some((one) => one.endpoint.asked),
      cut: row.some((one) => one.endpoint.cut),
      undetermined: Object.fromEntries(summary.undetermined.map(({ check, reason }) => [check, reason])),
      found: found.map(({ item }) => item),
    },
    found,
  };
}

function viewOf(summary: EndpointSummary, { id, vantage }: Source): VantageView {
  const { address, state, access, reasonText, guardedBy, product, version, clusterUuid, at } = summary;
  const { name, exposure } = vantage;
  return {
    ...{ vantage: name, exposure, run: id },
    ...{ address, state, access, reasonText, guardedBy, product, version, clusterUuid, at },
  };
}

/** Each check once: what counts before what is accepted, then the worst, then what is seen from nearest to the public. */
function joinedFindings(row: readonly Compared[], sourceOf: (run: number) => Source): Compared['found'] {
  const byCheck = new Map<string, (Compared['found'][number] & { readonly run: number })[]>();
  for (const { endpoint, found } of row)
    for (const one of found) {
      const { check } = one.item.finding;
      byCheck.set(check, [...(byCheck.get(check) ?? []), { ...one, run: endpoint.run }]);
    }
  const problem = clusterOf(row.flatMap(({ found }) => found.map(({ item }) => item)));
  return [...byCheck.values()].flatMap((seen) => {
    const sorted = seen
      .map((one) => ({ ...one, from: seenFromOf(one.item.finding, sourceOf(one.run)) }))
      .sort(
        (a, b) =>
          Number(a.item.finding.accepted !== null) - Number(b.item.finding.accepted !== null) ||
          severities.indexOf(a.from.severity) - severities.indexOf(b.from.severity) ||
          exposures.indexOf(a.from.exposure) - exposures.indexOf(b.from.exposure) ||
          (findingRank(a.item.finding) < findingRank(b.item.finding) ? -1 : 1),
      );
    const [worst] = sorted;
    if (worst === undefined) return [];
    const { item, history, past } = worst;
    const own = problem !== null && item.problem.startsWith('endpoint:') ? withProblem(item, problem) : item;
    const finding: Finding = {
      ...own.finding,
      owners: union(sorted.map((one) => one.item.finding.owners)),
      also: union(sorted.map((one) => one.item.finding.also)),
      replaces: union(sorted.map((one) => one.item.finding.replaces)),
      seenFrom: sorted.map(({ from }) => from),
    };
    return [{ item: { ...own, finding }, history, past }];
  });
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())].sort();
}

/** The cluster that one vantage recognised and another did not; null for none or several. */
function clusterOf(found: readonly JudgedFinding[]): string | null {
  const problems = [...new Set(found.map(({ problem }) => problem).filter((problem) => problem.startsWith('uuid:')))];
  return problems.length === 1 ? (problems[0] ?? null) : null;
}

function seenFromOf({ severity, access }: Finding, { id, vantage }: Source): SeenFrom {
  return { vantage: vantage.name, exposure: vantage.exposure, run: id, severity, access };
}

/** Where the vantages disagree. That one reaches nothing is what firewalls are for, and no contradiction. */
function contradictionsIn(views: readonly VantageView[], fromElsewhere: boolean): readonly Contradiction[] {
  const states = new Set(views.map(({ state }) => state));
  const several = (values: readonly (string | null)[]): boolean =>
    new Set(values.filter((one) => one !== null)).size > 1;
  const genuine = views.filter(({ state }) => state === 'open' || state === 'guarded');
  const found: Readonly<Record<Contradiction, boolean>> = {
    'open-and-guarded': states.has('open') && states.has('guarded'),
    'other-cluster': several(genuine.map(({ clusterUuid }) => clusterUuid)),
    'other-product':
      several(genuine.map(({ product }) => product)) || (genuine.length > 0 && states.has('other-product')),
    decoy: states.has('decoy') && genuine.length > 0,
    'other-address': fromElsewhere,
  };
  return contradictions.filter((one) => found[one]);
}
