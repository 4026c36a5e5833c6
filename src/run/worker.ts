// A worker thread of a run: surveys the endpoints it is given, and judges them.
import { parentPort, workerData } from 'node:worker_threads';
import type { Blackout, Permission } from '../engagement/index.js';
import { rememberingOpenAt } from '../engagement/window.js';
import { speak } from '../languages/index.js';
import { judgeRecord, nameMask } from '../judge/index.js';
import { scope as inEnglish } from '../messages/en/targets/rules.js';
import type { EndpointRecord } from '../model/exchange.js';
import { openHttpClient, type OpenAt } from '../net/index.js';
import { pace } from '../net/limits.js';
import { endpointLine } from '../store/journal-line.js';
import { joinLedger } from '../store/ledger.js';
import { errorCode, errorText } from '../store/mistake.js';
import { bugText, statusOf, surveyEndpoint } from './ask.js';
import { contextOf } from './judging.js';
import { isSetup, isToWorker } from './worker-messages.js';
import type { FromWorker, StatusMessage, VisitMessage, WorkerJudging, WorkerSetup } from './worker-messages.js';

const setup: unknown = workerData;
if (parentPort === null || !isSetup(setup)) throw new Error('our bug: this file is for the worker threads of a run');
speak();
work(setup, parentPort);

function work(
  { engagement, client, run, ledger: ledgerShare, paces, spent, judging }: WorkerSetup,
  port: NonNullable<typeof parentPort>,
): void {
  const { limits, techniques } = engagement;
  const say = (message: FromWorker): void => port.postMessage(message);
  const now = (): Date => new Date();
  const stop = new AbortController();
  const requests = new Int32Array(spent);
  const judge = judgeOf(judging);
  /** The bug of ours that ended this thread, where one did. */
  let broken: Error | null = null;
  let ended = false;
  let underWay = 0;

  const ledger = joinLedger(ledgerShare);
  ledger.onFailure((error) => say({ kind: 'disk', code: errorCode(error), message: errorText(error) }));

  /** What the run's scope says of the addresses of visits under way, by host and address. */
  const permissions = new Map<string, { readonly permission: Permission; visits: number }>();
  const hours = rememberingOpenAt(engagement.window);
  const httpClient = openHttpClient({
    ...client,
    scope: {
      mayAsk: (host, address) =>
        permissions.get(`${host} ${address}`)?.permission ?? { allowed: false, why: inEnglish.refused.notNamed },
    },
    limits,
    openAt: (instant) => hours([], instant),
    ledger,
    signal: stop.signal,
    now,
    run,
  });

  const owners = new Map(
    [...paces].map(([name, { turns, departures }]) => [
      name,
      { turns: pace(turns), departures: pace(departures, true) },
    ]),
  );
  stop.signal.addEventListener('abort', () => {
    for (const each of owners.values()) {
      each.turns.stop();
      each.departures.stop();
    }
    for (const answer of questions.values()) answer(false);
  });

  // One function for each set of hours, so that the client remembers until when it is open.
  const windows = new Map<string, OpenAt>();
  function windowOf(blackouts: readonly Blackout[]): OpenAt {
    const key = blackouts.map(({ owner }) => owner).join('\n');
    const known = windows.get(key) ?? ((instant: Date) => hours(blackouts, instant));
    windows.set(key, known);
    return known;
  }

  const questions = new Map<number, (may: boolean) => void>();
  let questionsAsked = 0;

  async function survey({ job, visit, paced, blackouts, slot, before }: VisitMessage): Promise<void> {
    const owner = paced === null ? undefined : owners.get(paced);
    const { record, bug } = await surveyEndpoint(visit, {
      httpClient,
      techniques,
      mayReach(address) {
        if (stop.signal.aborted) return Promise.resolve(false);
        const question = (questionsAsked += 1);
        say({ kind: 'may-reach', question, address, dashboard: visit.endpoint });
        return new Promise<boolean>((resolve) => questions.set(question, resolve)).finally(() =>
          questions.delete(question),
        );
      },
      now,
      turn: () => owner?.turns.turn() ?? true,
      clientOptions: {
        ...(owner !== undefined && { departures: owner.departures }),
        ...(blackouts.length > 0 && { openAt: windowOf(blackouts) }),
        onRequest: () => Atomics.add(requests, slot, 1),
      },
    });
    const cut = broken !== null && record.cut === 'interrupted' ? 'local-failure' : record.cut;
    const journalled = { record: { ...record, cut }, addresses: null, replaces: null, tries: 1 };
    const { kept, json } = endpointLine(journalled);
    // What the record points to is on the disk before it is handed on.
    flush();
    say({
      kind: 'surveyed',
      job,
      record: json,
      bug: broken === null ? bug : bugText(visit.endpoint, broken),
      judged: judge(kept, before),
    });
  }

  async function status({ job, endpoint }: StatusMessage): Promise<void> {
    const answered = await statusOf(endpoint, httpClient, techniques);
    flush();
    say({ kind: 'status', job, status: answered });
  }

  function flush(): void {
    try {
      ledger.flush();
    } catch {
      // The run knows, and stops.
    }
  }

  async function permitted(message: VisitMessage | StatusMessage, ask: () => Promise<void>): Promise<void> {
    const { host, address } = message.kind === 'survey' ? message.visit.endpoint : message.endpoint;
    const key = `${host} ${address ?? ''}`;
    const entry = permissions.get(key) ?? { permission: message.permission, visits: 0 };
    permissions.set(key, entry);
    entry.visits += 1;
    underWay += 1;
    try {
      await ask();
    } finally {
      underWay -= 1;
      entry.visits -= 1;
      if (entry.visits === 0) permissions.delete(key);
      if (underWay === 0 && (ended || broken !== null)) void end();
    }
  }

  async function end(): Promise<void> {
    await httpClient.close();
    flush();
    process.exit(broken === null ? 0 : 1);
  }

  port.on('message', (message: unknown) => {
    if (!isToWorker(message)) throw new Error('our bug: a worker was sent something else');
    switch (message.kind) {
      case 'survey':
        void permitted(message, () => survey(message));
        break;
      case 'status':
        void permitted(message, () => status(message));
        break;
      case 'may-reach':
        questions.get(message.question)?.(message.may);
        break;
      case 'stop':
        stop.abort();
        break;
      case 'end':
        ended = true;
        if (underWay === 0) void end();
    }
  });

  // What is under way ends now, with its lines in the ledger, and its responses are handed on.
  process.on('uncaughtException', (error) => {
    if (broken !== null) return;
    broken = error;
    say({ kind: 'broken', message: error.message });
    stop.abort();
    if (underWay === 0) void end();
  });
  say({ kind: 'ready' });
}

/** Judges as the run's own thread would; null where that throws, which it then does there too, and says so. */
function judgeOf({ info, targets, knowledge, maskSecret, checks }: WorkerJudging) {
  const mask = maskSecret === null ? undefined : nameMask(maskSecret);
  const context = contextOf(info, targets, knowledge, mask);
  const chosen = checks === null ? {} : { checks };
  return (record: EndpointRecord, before: VisitMessage['before']): string | null => {
    try {
      return JSON.stringify(
        judgeRecord(record, { ...context, ...(before !== null && { before: () => before }) }, chosen),
      );
    } catch {
      return null;
    }
  };
}
