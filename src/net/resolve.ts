// Looks up the addresses of names.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { FailureName } from '../model/exchange.js';
import { canonicalAddress, elapsed } from './connect.js';
import { errorCode } from './failure.js';
import type { LedgerSink } from '../model/ledger.js';
import { keyedSlots } from './limits.js';

/** The addresses of a name, or why there are none. */
export type Resolution =
  | { readonly addresses: readonly string[] }
  | {
      readonly failure: Extract<FailureName, 'no-such-name' | 'name-lookup-failed' | 'local-failure' | 'interrupted'>;
      readonly detail: string;
    };

/** Names remembered at once; the oldest is forgotten first. */
const maxRemembered = 10_000;

/**
 * Look-ups in flight. `getaddrinfo` blocks a thread of libuv's pool of four, and the journal's writes need one: a dead
 * resolver must not stop them.
 */
const maxLookups = 3;

/** A look-up that takes longer has failed. */
const lookupTimeoutMs = 20_000;

const interrupted: Resolution = { failure: 'interrupted', detail: '' };

/** What a look-up needs. */
export interface ResolverOptions {
  readonly ledger: LedgerSink;
  readonly now: () => Date;
  readonly lookup?: (host: string) => Promise<readonly string[]>;
  readonly timeoutMs?: number;
}

/** Looks names up and remembers them. */
export interface NameResolver {
  resolve(host: string): Promise<Resolution>;
  /** Ends all waiting with `interrupted`, for good. */
  stop(): void;
}

/**
 * Looks names up as every program of this machine does (`getaddrinfo`: hosts file, search domains and all), A and AAAA,
 * each name once. IP literals come back in canonical form, without a look-up.
 */
export function nameResolver(options: ResolverOptions): NameResolver {
  const find = options.lookup ?? systemLookup;
  const remembered = new Map<string, Promise<Resolution>>();
  const slots = keyedSlots(maxLookups);
  let stopped = false;
  const waiting = new Set<(resolution: Resolution) => void>();

  async function ask(host: string): Promise<Resolution> {
    if (!(await slots.take(''))) return interrupted;
    if (stopped) {
      slots.give('');
      return interrupted;
    }
    const at = options.now().toISOString();
    const start = performance.now();
    const found = find(host).then((addresses): Resolution => {
      const canonical = addresses.flatMap((address) => canonicalAddress(address) ?? []);
      if (canonical.length === 0) return { failure: 'no-such-name', detail: 'no address' };
      return { addresses: [...new Set(canonical)] };
    }, lookupFailure);
    // The thread is busy until the system's resolver returns, even if the answer is no longer awaited.
    void found.finally(() => slots.give(''));
    const resolution = await new Promise<Resolution>((resolve) => {
      const timer = setTimeout(
        () => settle({ failure: 'name-lookup-failed', detail: 'the resolver did not answer' }),
        options.timeoutMs ?? lookupTimeoutMs,
      );
      function settle(settled: Resolution): void {
        clearTimeout(timer);
        waiting.delete(settle);
        resolve(settled);
      }
      waiting.add(settle);
      void found.then(settle);
    });
    options.ledger.write({
      kind: 'lookup',
      at,
      ms: elapsed(start),
      host,
      addresses: 'addresses' in resolution ? resolution.addresses : [],
      failure: 'failure' in resolution ? resolution.failure : null,
    });
    return resolution;
  }

  return {
    resolve(host) {
      if (isIP(host) !== 0) return Promise.resolve({ addresses: [canonicalAddress(host) ?? host] });
      const known = remembered.get(host);
      if (known !== undefined) return known;
      const oldest = remembered.size >= maxRemembered ? remembered.keys().next().value : undefined;
      if (oldest !== undefined) remembered.delete(oldest);
      const resolution = ask(host);
      remembered.set(host, resolution);
      return resolution;
    },
    stop() {
      stopped = true;
      slots.stop();
      for (const settle of waiting) settle(interrupted);
    },
  };
}

async function systemLookup(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

/**
 * `getaddrinfo` says EAI_NONAME (Node: ENOTFOUND) for a name that is not there, EAI_AGAIN or EAI_FAIL when it could not find
 * out.
 */
function lookupFailure(error: unknown): Resolution {
  const code = errorCode(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { failure: 'no-such-name', detail: code };
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM' || code === 'EAI_MEMORY') {
    return { failure: 'local-failure', detail: code };
  }
  return { failure: 'name-lookup-failed', detail: code };
}
