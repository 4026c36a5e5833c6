// What the run's own thread and its worker threads say to each other: plain data.
import type { Blackout, Permission } from '../engagement/index.js';
import type { Judged } from '../judge/index.js';
import type { JudgeContext } from '../model/check.js';
import type { Endpoint, Target } from '../model/endpoint.js';
import type { FailureName } from '../model/exchange.js';
import type { Engagement } from '../model/engagement.js';
import type { RunInfo } from '../model/finding.js';
import type { Knowledge } from '../model/knowledge.js';
import type { HttpClientOptions, Paces, RunShare } from '../net/index.js';
import { isObject } from '../store/journal-line.js';
import type { LedgerShare } from '../store/ledger.js';
import type { Visit } from './ask.js';

/** What a worker knows of the run, from its beginning. */
export interface WorkerSetup {
  readonly engagement: Pick<Engagement, 'limits' | 'techniques' | 'window'>;
  readonly client: Required<
    Pick<HttpClientOptions, 'userAgent' | 'opaqueId' | 'certificateAuthorities' | 'clientCertificate' | 'peace'>
  >;
  readonly run: RunShare;
  readonly ledger: LedgerShare;
  /** See Owners.paces. */
  readonly paces: ReadonlyMap<string, Paces>;
  /** Requests of the visits under way, by {@link VisitMessage.slot}. */
  readonly spent: SharedArrayBuffer;
  readonly judging: WorkerJudging;
}

/** What a worker needs to judge what it has surveyed, as the run's own thread would. */
export interface WorkerJudging {
  readonly info: Pick<RunInfo, 'id' | 'vantage' | 'startedAt' | 'accepted'>;
  readonly targets: readonly Target[];
  readonly knowledge: Knowledge;
  /** See nameMask; null where names may be shown. */
  readonly maskSecret: string | null;
  /** Ids of the checks; null for all. */
  readonly checks: readonly string[] | null;
}

/** A visit for a worker. */
export interface VisitMessage {
  readonly kind: 'survey';
  readonly job: number;
  readonly visit: Visit;
  /** What the run's scope says of the endpoint's address. */
  readonly permission: Permission;
  /** See OwnerRoom. */
  readonly paced: string | null;
  readonly blackouts: readonly Blackout[];
  /** Where the requests of this visit are counted. */
  readonly slot: number;
  /** See JudgeContext.before; null where there was no run before. */
  readonly before: ReturnType<NonNullable<JudgeContext['before']>> | null;
}

/** A control or a witness that a worker asks how it answers. */
export interface StatusMessage {
  readonly kind: 'status';
  readonly job: number;
  readonly endpoint: Endpoint;
  readonly permission: Permission;
}

/** What a worker hears. */
export type ToWorker =
  | VisitMessage
  | StatusMessage
  /** The answer to a worker's question of the same number. */
  | { readonly kind: 'may-reach'; readonly question: number; readonly may: boolean }
  /** The run stopped: what is under way ends as interrupted. */
  | { readonly kind: 'stop' }
  /** Nothing more comes. */
  | { readonly kind: 'end' };

/** What a worker says. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'surveyed';
      readonly job: number;
      /** The record as JSON, as it will be journalled. */
      readonly record: string;
      readonly bug: string | null;
      /** {@link Judged} as JSON; null where judging failed. */
      readonly judged: string | null;
    }
  | { readonly kind: 'status'; readonly job: number; readonly status: number | FailureName }
  | { readonly kind: 'may-reach'; readonly question: number; readonly address: string; readonly dashboard: Endpoint }
  /** The disk refused a line of the ledger. */
  | { readonly kind: 'disk'; readonly code: string; readonly message: string }
  /** A bug of ours that no survey caught: the worker ends what it has under way, and itself. */
  | { readonly kind: 'broken'; readonly message: string };

/** Whether a worker's data is a setup. Both sides have one version: only the shape is looked at. */
export function isSetup(value: unknown): value is WorkerSetup {
  return isObject(value) && isObject(value['engagement']) && value['spent'] instanceof SharedArrayBuffer;
}

const toWorker: ReadonlySet<unknown> = new Set<ToWorker['kind']>(['survey', 'status', 'may-reach', 'stop', 'end']);

const fromWorker: ReadonlySet<unknown> = new Set<FromWorker['kind']>([
  'ready',
  'surveyed',
  'status',
  'may-reach',
  'disk',
  'broken',
]);

/** Whether a message is one for a worker; see {@link isSetup}. */
export function isToWorker(value: unknown): value is ToWorker {
  return isObject(value) && toWorker.has(value['kind']);
}

/** Whether a message is one of a worker; see {@link isSetup}. */
export function isFromWorker(value: unknown): value is FromWorker {
  return isObject(value) && fromWorker.has(value['kind']);
}

/** Whether this is what judging came to, as a worker sent it; see {@link isSetup}. */
export function isJudged(value: unknown): value is Judged {
  return (
    isObject(value) && isObject(value['summary']) && isObject(value['observations']) && Array.isArray(value['found'])
  );
}
