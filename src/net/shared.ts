// What all endpoints of a run share on the network.
import type { Limits } from '../model/engagement.js';
import type { Answer } from '../model/exchange.js';
import type { Ask, OldTlsVersion, Question } from '../model/question.js';
import type { ConnectorOptions } from './connect.js';
import type { ResponseReader } from './response-reader.js';
import type { LedgerSink } from '../model/ledger.js';
import type { Budget, OpenAt, Pace, Slots, WindowGate } from './limits.js';
import type { Peace } from './strain.js';

/** What the client takes from the catalogue. */
export interface ClientCatalogue {
  /** The question of that id, or null. */
  readonly find: (id: string) => Question | null;
  readonly requestPath: (ask: Ask) => string;
  readonly denied: (path: string, question?: Question) => { readonly why: string } | null;
  readonly keepAnswer: (
    question: Question,
    raw: { status: number; headers: Record<string, string[]>; body: Uint8Array; truncated: boolean },
    /** The random name that the question asked for; '' for none. */
    madeUp: string,
  ) => Answer;
  /** A text of the target's without control characters and secrets, at most `max` characters. */
  readonly harmless: (text: string, max: number) => string;
}

/** What all visits of a run share. */
export interface Shared {
  readonly catalogue: ClientCatalogue;
  readonly limits: Limits;
  readonly ledger: LedgerSink;
  /** Whether nothing more may be sent, by this client or any other of the run. */
  stopped(): boolean;
  readonly now: () => Date;
  readonly connector: ConnectorOptions;
  /** Whether this machine can offer that version of TLS and no other. */
  readonly canOffer: (version: OldTlsVersion) => Promise<boolean>;
  /** Places per address. */
  readonly addresses: Slots;
  /** Before a question is begun: connections are not opened faster than requests may leave. */
  readonly turns: Pace;
  /** On an open connection, just before a request is written: however long connecting took, this bounds what leaves. */
  readonly departures: Pace;
  readonly peace: Peace;
  readonly responseReader: ResponseReader;
  readonly bytes: Budget;
  readonly totals: { requests: number; connections: number; bytes: number };
  /** What ends each exchange in flight at once. */
  readonly interrupts: Set<() => void>;
  /** What closes each open visit. */
  readonly visits: Set<() => Promise<void>>;
  nextRequest(): number;
  headersFor(question: Question): string[];
  windowOf(openAt: OpenAt | undefined): WindowGate;
}
