// Reads what a `findings.json` carries forward, where it is all that is left of a run: on CI runners that start empty.
import { messages } from '../messages/index.js';
import type { HistoryHead } from '../history/file.js';
import { placeKey } from '../model/endpoint.js';
import type { Finding, RunInfo } from '../model/finding.js';
import { reachChecks, type PastCheck, type PastPlace } from '../model/history.js';
import { readLines } from '../store/files.js';
import { UserMistake } from '../store/mistake.js';
import type { SorterFactory } from '../store/sorter.js';
import { isFinding, readHead } from './record-files.js';

/**
 * The run of a `findings.json`; null where the file is something else.
 *
 * @throws UserMistake when a newer leftopen wrote it, or it was cut
 */
export async function findingsRun(path: string): Promise<RunInfo | null> {
  const head = await readHead(path);
  if (head === null) return null;
  if (!(await isWhole(path))) throw new UserMistake(messages().runs.baseline.cut(path));
  return head.run;
}

async function isWhole(path: string): Promise<boolean> {
  let last = '';
  for await (const { lines } of readLines(path)) last = lines.at(-1) ?? last;
  return last.endsWith(']}');
}

/** The places with findings, sorted: all that is known is that these were open, and since when. */
export async function* placesIn(
  path: string,
  head: HistoryHead,
  sorter: SorterFactory,
): AsyncGenerator<PastPlace, void, void> {
  const sorted = sorter<PastCheck>('baseline-findings');
  try {
    for await (const finding of findingsOf(path)) sorted.add(placeOf(finding), pastOf(finding, head));
    let place: string | null = null;
    let checks = new Map<string, PastCheck>();
    for await (const { key, item } of sorted.sorted()) {
      if (place !== null && key !== place) {
        yield { place, checks: [...checks.values()] };
        checks = new Map();
      }
      place = key;
      // Several addresses of one name are one finding there.
      const before = checks.get(item.check);
      checks.set(
        item.check,
        before === undefined ? item : { ...before, addresses: [...before.addresses, ...item.addresses] },
      );
    }
    if (place !== null) yield { place, checks: [...checks.values()] };
  } finally {
    sorted.close();
  }
}

async function* findingsOf(path: string): AsyncGenerator<Finding, void, void> {
  let begun = false;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      if (/^\]?,?"findings":\[/.test(line)) begun = true;
      else if (begun && line.startsWith('{')) {
        const value: unknown = JSON.parse(line.replace(/(?:,|\]\})$/, ''));
        if (isFinding(value)) yield value;
      }
    }
  }
}

/** The host as declared is the one of the URL. */
function placeOf({ endpoint, port }: Finding): string {
  const { hostname, pathname } = new URL(endpoint);
  return placeKey({ host: hostname.replace(/^\[|\]$/g, ''), port, basePath: pathname.replace(/\/$/, '') });
}

function pastOf(finding: Finding, { run, startedAt }: HistoryHead): PastCheck {
  const { check, fingerprint, endpoint, target, owner, title, severity, access, classes, address, history } = finding;
  return {
    ...{ check, fingerprint, endpoint, target, owner, title },
    primary: reachChecks.includes(check),
    level: { severity, access, classes: [...new Set(classes.map((one) => one.class))].sort() },
    firstSeen: history?.firstSeen ?? startedAt,
    openSince: history?.openSince ?? startedAt,
    lastSeen: history?.lastSeen ?? startedAt,
    daysOpen: history?.daysOpen ?? 0,
    last: { status: history?.status ?? 'new', at: startedAt, run, why: null, shownBy: [] },
    addresses: [{ address, result: 'fail', runs: 0 }],
    accepted: null,
  };
}
