// Applies accepted risks to what is found while a run goes on: the complete comparison comes when everything was asked.
import { openBook } from '../history/accepted.js';
import { comparePlace } from '../history/compare.js';
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
  const past = await placesOf(risks, baseline?.history ?? null);
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
    const { endpoints } = book.receive(comparePlace(past.get(place) ?? null, { place, endpoints: [endpoint] }, run));
    return endpoints.flatMap((one) => one.found.map(({ finding }) => finding));
  };
}

/** What the baseline carries forward of findings that are accepted. */
async function placesOf(
  risks: readonly AcceptedRisk[],
  history: string | null,
): Promise<ReadonlyMap<string, PastPlace>> {
  const places = new Map<string, PastPlace>();
  if (history === null) return places;
  const names = (past: PastCheck): boolean =>
    past.accepted !== null ||
    risks.some((risk) =>
      [{ address: '' }, ...past.addresses].some(({ address }) =>
        covers(risk, { ...past, id: findingId(past.fingerprint, address) }),
      ),
    );
  let held = 0;
  for await (const { place, checks } of readHistory(history)) {
    // Of how far a caller gets there is one finding at a place, under whichever check.
    const wanted = checks.some(names) ? checks.filter((past) => past.primary || names(past)) : [];
    if (wanted.length === 0) continue;
    held += JSON.stringify(wanted).length;
    if (held > mostHistory) break;
    places.set(place, { place, checks: wanted });
  }
  return places;
}
