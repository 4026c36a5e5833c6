// Applies accepted risks to what is found while a run goes on: the complete comparison comes when everything was asked.
import { openBook } from '../history/accepted.js';
import { comparePlace, isOpen, levelOf, risen } from '../history/compare.js';
import { readHistory } from '../history/file.js';
import { findingId, type Judged } from '../judge/index.js';
import { covers, type AcceptedRisk } from '../model/acceptance.js';
import { placeKey } from '../model/endpoint.js';
import type { Finding, RunInfo } from '../model/finding.js';
import type { PastCheck, PastPlace } from '../model/history.js';
import type { Baseline } from './baseline.js';

/** What an endpoint was found to have, each finding as it is accepted. */
export type AcceptEarly = (judged: Judged) => readonly Finding[];

/** Characters of history that are held in memory: of the places beyond, it is not known whether they got worse. */
const mostHistory = 32_000_000;

/**
 * Prepares a run's accepted risks for its preview. A finding that got worse since the baseline is not accepted. Where leftopen
 * itself knows more since, a finding may look worse here than in the record: an alarm too many.
 */
export async function acceptEarly(
  risks: readonly AcceptedRisk[],
  baseline: Pick<Baseline, 'history'> | null,
  info: Pick<RunInfo, 'id' | 'startedAt'>,
  checks: readonly string[] | null,
): Promise<AcceptEarly> {
  if (risks.length === 0) return ({ found }) => found.map(({ finding }) => finding);
  const names = namedBy(risks);
  const past = await placesOf(names, baseline?.history ?? null);
  const run = { run: info.id, startedAt: info.startedAt, checks, alive: true, absent: () => 'not-asked' as const };
  const book = openBook(risks, run);
  return ({ observations, summary, found, shown }) => {
    const place = placeKey(observations.endpoint);
    const endpoint = {
      summary,
      address: summary.address,
      state: summary.state,
      asked: true,
      cut: observations.cut !== null,
      why: summary.reasonText,
      passed: shown.passed,
      undetermined: Object.fromEntries(summary.undetermined.map(({ check, reason }) => [check, reason])),
      denied: shown.denied,
      found,
    };
    const before = past.get(place) ?? null;
    const { endpoints } = book.receive(comparePlace(before, { place, endpoints: [endpoint] }, run));
    return endpoints.flatMap((one) =>
      one.found.map(({ item, finding }) =>
        item.primary && finding.accepted === null ? atTheEnd(finding, before, names, info.startedAt) : finding,
      ),
    );
  };
}

/**
 * How far a caller gets may be the finding of another check once all endpoints are known, as where a dashboard leads into a locked
 * cluster: what was accepted under that check is accepted under this one until then, unless it got worse.
 */
function atTheEnd(finding: Finding, before: PastPlace | null, names: NamedBy, startedAt: string): Finding {
  for (const one of before?.checks ?? []) {
    if (!one.primary || one.check === finding.check || !isOpen(one)) continue;
    const risk = names(one).find(
      ({ until, vulnerabilities }) => until >= startedAt.slice(0, 10) && vulnerabilities.length === 0,
    );
    const isWorse = one.accepted?.exceeded ?? risen(one.accepted?.level ?? one.level, levelOf(finding));
    if (risk === undefined || isWorse !== null) continue;
    const { reason, owner = null, approvedBy, until } = risk;
    return { ...finding, accepted: { reason, owner, approvedBy, until } };
  }
  return finding;
}

type NamedBy = (past: PastCheck) => readonly AcceptedRisk[];

/** The entries that name what is carried forward of a finding: by its id, too, which says an address. */
function namedBy(risks: readonly AcceptedRisk[]): NamedBy {
  return (past) => {
    const ids = ['', ...past.addresses.map(({ address }) => address)].map((address) =>
      findingId(past.fingerprint, address),
    );
    return risks.filter((risk) => ids.some((id) => covers(risk, { ...past, id })));
  };
}

/** What the baseline carries forward of findings that are accepted. */
async function placesOf(names: NamedBy, history: string | null): Promise<ReadonlyMap<string, PastPlace>> {
  const places = new Map<string, PastPlace>();
  if (history === null) return places;
  const isNamed = (past: PastCheck): boolean => past.accepted !== null || names(past).length > 0;
  let held = 0;
  for await (const { place, checks } of readHistory(history)) {
    // Of how far a caller gets there is one finding at a place, under whichever check.
    const wanted = checks.some(isNamed) ? checks.filter((past) => past.primary || isNamed(past)) : [];
    if (wanted.length === 0) continue;
    held += JSON.stringify(wanted).length;
    if (held > mostHistory) break;
    places.set(place, { place, checks: wanted });
  }
  return places;
}
