// Surveys declared places through the client, under the scope and their owners' limits.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint, Place } from '../model/endpoint.js';
import type { EndpointRecord, FailureName } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import { addressesSaid } from '../catalogue/address.js';
import type { Declaration, Scope } from '../engagement/index.js';
import { withoutExcluded } from '../plan/excluded-names.js';
import { newRunShare, openHttpClient, runCounts } from '../net/index.js';
import type { HttpClient, Resolution } from '../net/index.js';
import type { Journalled, LineRef } from '../store/journal-line.js';
import type { JournalState } from '../store/journal-state.js';
import type { LastNumbers, LedgerFile, KilledRequests } from '../store/ledger.js';
import { unasked, type Surveyed } from './ask.js';
import type { Halt } from './halt.js';
import type { Journaling } from './journaling.js';
import type { Owners } from './owners.js';
import type { Pacing } from './pacing.js';
import { betterOf, learnedFrom, peaceUntil } from './second-survey.js';
import { surveyor } from './surveyor.js';
import { workerPool } from './worker-pool.js';
import type { Workers } from './workers.js';

/** Asks one place after the other, and journals each survey. */
export interface EndpointAsker {
  /** See HttpClient.resolve. */
  resolve(host: string): Promise<Resolution>;
  /** The status with which an endpoint answers the first question, or how that failed. */
  status(endpoint: Endpoint): Promise<number | FailureName>;
  /** The declared scope, less the addresses of excluded names once these were looked up. */
  readonly scope: Scope;
  /** Looks the excluded names up, and leaves their addresses out of the scope. */
  excludeNames(): Promise<void>;
  /** Opens a new client, which has forgotten which names could not be looked up. */
  reopen(): Promise<void>;
  /** Closes the client; true when anything was sent, now or in an earlier part of the run. */
  close(): Promise<boolean>;
  /** Asks what is left of a place: each of its addresses. */
  askPlace(place: Place): Promise<void>;
  /** Asks an endpoint of the journal a second time. `lost`: the first survey proves nothing. */
  askAgain(at: LineRef, journalled: Journalled, lost: boolean): Promise<void>;
  /** Whether a closed window kept a place from being asked that had been begun. */
  readonly refused: boolean;
}

interface EndpointAskerOptions {
  readonly declaration: Declaration;
  readonly ledger: LedgerFile;
  readonly lastNumbers: LastNumbers;
  /** Requests of visits that a SIGKILL ended; null for a new run. */
  readonly killedRequests: KilledRequests | null;
  readonly before: JournalState | null;
  readonly userAgent: string;
  readonly opaqueId: string;
  readonly halt: Halt;
  readonly now: () => Date;
  readonly pacing: Pacing;
  readonly journal: Journaling;
  readonly owners: Owners;
  /** The threads in which endpoints are asked; null for this one. */
  readonly workers: Workers | null;
  /** See AskOptions.wanted. */
  readonly wanted?: (question: QuestionId) => boolean;
  /** Of a name only some addresses were asked before its owner's hours ended. */
  readonly onShut: (place: Place) => void;
}

/** Opens the client and gets ready to ask; see {@link EndpointAsker}. */
export function endpointAsker(options: EndpointAskerOptions): EndpointAsker {
  const { declaration, ledger, before, halt, now, pacing, journal, owners } = options;
  const { limits, techniques } = declaration.engagement;
  let scope = declaration.scope;
  let refused = false;
  const { workers } = options;
  const clients = workers?.count ?? 1;
  const share = newRunShare(limits, options.lastNumbers, clients);
  const counts = runCounts(share);
  halt.signal.addEventListener('abort', () => counts.stop(), { once: true });
  const client = {
    userAgent: options.userAgent,
    opaqueId: options.opaqueId,
    certificateAuthorities: declaration.certificateAuthorities,
    clientCertificate: declaration.clientCertificate,
    peace: { atLeastMs: pacing.peaceAtLeast, atMostMs: pacing.peaceInSurvey },
  };
  let httpClient = open();
  const here = surveyor({
    httpClient: () => httpClient,
    techniques,
    mayReach,
    ...(options.wanted && { wanted: options.wanted }),
    now,
    roomOf: (visit) => owners.of(visit),
  });
  const surveys =
    workers === null
      ? here
      : workerPool({
          ...workers,
          concurrency: limits.concurrency,
          setup: {
            engagement: { limits, techniques, window: declaration.engagement.window },
            client,
            run: share,
            ledger: ledger.share,
            paces: owners.paces,
            judging: workers.judging,
          },
          roomOf: (visit) => owners.of(visit),
          mayReach,
          techniques,
          now,
          signal: halt.signal,
          onDisk: (error) => halt.refusedByDisk(error),
          here,
        });

  function open(): HttpClient {
    return openHttpClient({
      scope: { mayAsk: (host, address) => scope.mayAsk(host, address) },
      limits,
      openAt: (instant) => declaration.openFor({ targets: [] }, instant),
      ...client,
      ledger,
      signal: halt.signal,
      now,
      run: share,
    });
  }

  async function askPlace(place: Place, replaces: LineRef | null, tries: number): Promise<void> {
    const known = before?.partial.get(place.ordinal);
    let addresses = known?.addresses ?? (place.address === null ? null : [place.address]);
    if (addresses === null) {
      const resolved = await httpClient.resolve(place.host);
      if (halt.stopped()) return;
      if ('failure' in resolved) {
        const cut = resolved.failure === 'local-failure' ? 'local-failure' : null;
        const record = unasked(place, { kind: 'failure', ...resolved }, cut, { techniques, now });
        journal.save({ record, addresses: null, replaces, tries }, null, null);
        return;
      }
      ({ addresses } = resolved);
    }
    let shut = false;
    for (const address of addresses) {
      if (known?.done.has(address) === true) continue;
      if (halt.stopped()) return;
      const surveyed = await askEndpoint(place, address, null);
      shut ||= surveyed === null;
      if (surveyed === null) continue;
      const { record, judged } = surveyed;
      journal.save({ record, addresses: addresses.length > 1 ? addresses : null, replaces, tries }, null, judged);
    }
    // Only some of a name's addresses were asked: it has a line, and is not complete.
    if (shut && journal.has(place.ordinal) && !halt.stopped()) options.onShut(place);
  }

  /** null when the run stopped before anything of it was sent: then it counts as not asked. */
  async function askEndpoint(
    place: Omit<Place, 'address'>,
    address: string,
    first: EndpointRecord | null,
  ): Promise<Surveyed | null> {
    const { host, port, basePath, scheme, transport } = place;
    const endpoint = { host, address, port, basePath, scheme, ...(transport === true && { transport }) };
    const owner = owners.of(place);
    if (!(await owner.take(address))) return null;
    try {
      const earlier = first === null ? { requestsSpent: options.killedRequests?.(place) ?? 0 } : learnedFrom(first);
      const visit = { endpoint, ordinal: place.ordinal, targets: place.targets, earlier };
      const surveyed = await surveys.survey(visit, scope.mayAsk(host, address));
      const { record, bug } = surveyed;
      if (bug !== null) journal.bug(place.ordinal, bug);
      const sent = record.exchanges.some((exchange) => exchange.connection > 0);
      if (sent || (record.cut !== 'interrupted' && record.cut !== 'window-closed')) return surveyed;
      refused ||= record.cut === 'window-closed';
      return null;
    } finally {
      owner.give(address);
    }
  }

  /**
   * Whether a dashboard may be made to connect to that `host:port`: only where a target declares that host at that port, and
   * every address of it is in scope. A name that is not declared is not looked up: only the dashboard's resolver could tell
   * where it leads. A loopback address is the dashboard's own machine.
   */
  async function mayReach(address: string, dashboard: Endpoint): Promise<boolean> {
    for (const said of addressesSaid(address, dashboard)) {
      const [, host = '', port] = /^(.+):(\d+)$/.exec(said) ?? [];
      for (const declared of declaration.declaredAt(host.replace(/\.$/, ''), Number(port))) {
        const resolved =
          declared.address === null ? await httpClient.resolve(declared.host) : { addresses: [declared.address] };
        const addresses = 'failure' in resolved ? [] : resolved.addresses;
        if (addresses.length > 0 && addresses.every((one) => scope.mayAsk(declared.host, one).allowed)) return true;
      }
    }
    return false;
  }

  return {
    resolve: (host) => httpClient.resolve(host),
    status: (endpoint) => surveys.status(endpoint, scope.mayAsk(endpoint.host, endpoint.address ?? '')),
    get scope() {
      return scope;
    },
    get refused() {
      return refused;
    },
    async excludeNames() {
      scope = await withoutExcluded(declaration.scope, httpClient);
    },
    async reopen() {
      await httpClient.close();
      httpClient = open();
    },
    async close() {
      await Promise.all([surveys.close(), httpClient.close()]);
      return counts.connections > 0;
    },
    askPlace: (place) => askPlace(place, null, 1),
    async askAgain(at, { record, tries }, lost) {
      const { ordinal, targets } = record;
      const { address } = record.endpoint;
      if (address === null) {
        await askPlace({ ...record.endpoint, ordinal, targets }, at, tries + 1);
        return;
      }
      const wait = peaceUntil(record, pacing.peaceAtLeast) - now().getTime();
      if (wait > pacing.peaceAtMost) return;
      if (wait > 0) await sleep(wait, undefined, { signal: halt.signal }).catch(() => undefined);
      if (halt.stopped()) return;
      const second = await askEndpoint({ ...record.endpoint, ordinal, targets }, address, record);
      if (second === null) return;
      const better = betterOf(record, second.record, lost);
      journal.save({ record: better, addresses: null, replaces: at, tries: tries + 1 }, record, null);
    },
  };
}
