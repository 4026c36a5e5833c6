// Notices when refusals or silence turn uniform.
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';

/** An endpoint that answered, and how: asked again, it shows whether we are still let through. */
export interface Witness {
  readonly endpoint: Endpoint;
  readonly signature: string | null;
}

/** Notices when refusals and silence turn uniform. */
export interface Watch {
  /** Takes how an endpoint ended. True when what came lately is too uniform to be the endpoints' own doing. */
  note(record: EndpointRecord): boolean;
  /**
   * When the last of those that ended otherwise was begun, milliseconds since the epoch: then we were still let through. An
   * answer over a connection from before a block comes in late, and says nothing of those that were begun meanwhile.
   */
  since(): number;
  /** Endpoints that did not end as the present stretch does, the latest first. */
  witnesses(): readonly Witness[];
  /** The stretch was looked into and is the endpoints' own doing. */
  calm(): void;
}

/** A stretch is never suspicious below this length … */
const shortest = 12;

/** … nor before so many endpoints ended in another way. */
const othersBefore = 3;

/** Suspicious is what the outcomes before would bring about by chance once in a million stretches. */
const chance = Math.log(1e-6);

const witnessesKept = 3;

/**
 * How an endpoint ended, as far as a blocked source or a lost network would make many end the same; null for an answer
 * that no block gives.
 */
export function signatureOf(record: EndpointRecord): string | null {
  const [first] = record.exchanges;
  if (first === undefined) return null;
  const { outcome } = first;
  if (outcome.kind === 'answer') {
    return outcome.status < 400 ? null : `status ${outcome.status} ${outcome.sha256}`;
  }
  return outcome.failure === 'response-timeout' ? 'connect-timeout' : outcome.failure;
}

/**
 * A dead network is not an all-clear: many equal outcomes in a row, after different ones, make suspicious. Estates do hold
 * such stretches (a dead range behind a live one), so a suspicion only says that it must be looked into.
 */
export function createWatch(): Watch {
  const counts = new Map<string, number>();
  let total = 0;
  let present: string | null = null;
  let length = 0;
  /** The latest beginning of a survey that ended in another way, by the way it ended: the two latest ways will do. */
  let latest: readonly { readonly signature: string | null; readonly at: number }[] = [];
  let witnesses: Witness[] = [];

  function fold(): void {
    const key = present ?? '';
    // Only outcomes that repeat matter; a catch-all for the rest keeps memory small.
    const known = counts.size < 1000 || counts.has(key) ? key : '';
    counts.set(known, (counts.get(known) ?? 0) + length);
    total += length;
    length = 0;
  }

  return {
    note(record) {
      const signature = signatureOf(record);
      if (signature !== present) {
        fold();
        present = signature;
      }
      const at = Math.max(
        Date.parse(record.at),
        ...latest.filter((each) => each.signature === signature).map((each) => each.at),
      );
      latest = [{ signature, at }, ...latest.filter((each) => each.signature !== signature)]
        .sort((a, b) => b.at - a.at)
        .slice(0, 2);
      length += 1;
      const answered = record.exchanges.some(({ outcome }) => outcome.kind === 'answer');
      if (answered && record.endpoint.address !== null && !witnesses.some((each) => each.signature === signature)) {
        witnesses = [{ endpoint: record.endpoint, signature }, ...witnesses].slice(0, witnessesKept);
      }
      if (signature === null || length < shortest) return false;
      const same = counts.get(signature) ?? 0;
      if (total - same < othersBefore) return false;
      return length * Math.log((same + 1) / (total + 2)) < chance;
    },
    since: () => latest.find((each) => each.signature !== present)?.at ?? 0,
    witnesses: () => witnesses.filter((each) => each.signature !== present),
    calm: fold,
  };
}
