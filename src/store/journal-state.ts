// What a journal says of a run's progress, and the records that are judged.
import type { Cut, EndpointRecord } from '../model/exchange.js';
import type { ControlSummary } from '../model/finding.js';
import { createBits } from './bits.js';
import type { Bits } from './bits.js';
import type { LineRef } from './journal-line.js';
import type { LastNumbers } from './ledger.js';
import { readJournal } from './journal.js';
import type { Ending, LostCut, Mark, Segment, SegmentDamage, SegmentHeader } from './journal.js';

/** What a journal says of the run's progress: one bit for a place, one for a replaced line, and little else. */
export interface JournalState {
  /** Header of the first segment; null for a journal without one. */
  readonly header: SegmentHeader | null;
  /** Ordinals of the places whose every address has a line. */
  readonly done: Bits;
  /** Ordinals of the places of which the user's command has taken a critical finding. */
  readonly raised: Bits;
  /** Places of several addresses of which some have no line yet: all addresses, and those that have one. */
  readonly partial: ReadonlyMap<number, { readonly addresses: readonly string[]; readonly done: ReadonlySet<string> }>;
  readonly lost: readonly { readonly from: number; readonly to: number; readonly cut: LostCut; readonly why: string }[];
  /** When a control was last good, milliseconds since the epoch; null for never. */
  readonly lastGoodControl: number | null;
  /** The controls by URL, in the order they were first asked. */
  readonly controls: ReadonlyMap<string, ControlSummary>;
  /** Bugs of ours, the first 100. */
  readonly bugs: readonly string[];
  /** How the last segment ended; null when its process was killed, or still runs. */
  readonly end: (Ending & { readonly at: string }) | null;
  /** When the last endpoint was finished, milliseconds since the epoch. */
  readonly lastAt: number;
  /** Segments there are. */
  readonly segments: number;
  /** Where it is damaged. */
  readonly damage: readonly SegmentDamage[];
  /** Whether a resumed run knew of that damage, and asked again what was lost. */
  readonly askedAnew: (damage: SegmentDamage) => boolean;
  /** Numbers of the requests that it names. */
  readonly requests: Bits;
  readonly last: LastNumbers;
  /** Lines of endpoints there are, replaced ones too. */
  readonly endpointLines: number;
  /** Lines read of each segment. */
  readonly lines: ReadonlyMap<number, number>;
  /** By segment, the ordinals of places that it says were not asked. */
  readonly unasked: ReadonlyMap<number, Bits>;
  replaced(at: LineRef): boolean;
}

/**
 * Reads a journal for what a resumed run and the judging pass must know before they begin.
 *
 * @param own the segment that this process writes; see {@link readJournal}
 */
export async function scanJournal(folder: string, own?: Segment): Promise<JournalState> {
  let header: SegmentHeader | null = null;
  let lastGoodControl: number | null = null;
  const damage: SegmentDamage[] = [];
  const known = new Set<string>();
  const lines = new Map<number, number>();
  const requests = createBits();
  const last = { request: 0, connection: 0 };
  let endpointLines = 0;
  let end: JournalState['end'] = null;
  let lastAt = 0;
  const done = createBits();
  const raised = createBits();
  const partial = new Map<number, { addresses: readonly string[]; done: Set<string> }>();
  const lost: { from: number; to: number; cut: LostCut; why: string }[] = [];
  const controls = new Map<string, ControlSummary>();
  const bugs: string[] = [];
  const replaced = new Map<number, Bits>();
  const unasked = new Map<number, Bits>();
  for await (const entry of readJournal(folder, own)) {
    switch (entry.kind) {
      case 'header':
        header ??= entry.header;
        end = null;
        lastAt = Math.max(lastAt, Date.parse(entry.header.startedAt));
        break;
      case 'mark':
        switch (entry.mark.mark) {
          case 'control':
            if (entry.mark.good) lastGoodControl = Date.parse(entry.mark.at);
            controls.set(entry.mark.url, counted(controls.get(entry.mark.url), entry.mark));
            break;
          case 'lost': {
            const { from, to, cut, why } = entry.mark;
            lost.push({ from: Date.parse(from), to: Date.parse(to), cut, why });
            break;
          }
          case 'critical':
            break;
          case 'raised':
            raised.add(entry.mark.ordinal);
            break;
          case 'bug':
            if (bugs.length < 100) bugs.push(entry.mark.text);
            break;
          case 'damage':
            known.add(damageKey(entry.mark));
            break;
          case 'end':
            end = entry.mark;
            break;
        }
        break;
      case 'segment-end':
        lines.set(entry.segment, entry.lines);
        damage.push(...entry.damage);
        break;
      case 'endpoint': {
        endpointLines += 1;
        const { record, addresses, replaces } = entry.journalled;
        lastAt = Math.max(lastAt, endOf(record));
        for (const { request, connection } of record.exchanges) {
          if (request > 0) requests.add(request);
          last.request = Math.max(last.request, request);
          last.connection = Math.max(last.connection, connection);
        }
        if (replaces !== null) {
          const bits = replaced.get(replaces.segment) ?? createBits();
          bits.add(replaces.line);
          replaced.set(replaces.segment, bits);
        }
        // A line without exchanges says that nothing was asked: the place is still to be asked.
        if (record.exchanges.length === 0) {
          const bits = unasked.get(entry.at.segment) ?? createBits();
          bits.add(record.ordinal);
          unasked.set(entry.at.segment, bits);
          break;
        }
        if (addresses === null) {
          done.add(record.ordinal);
          break;
        }
        const place = partial.get(record.ordinal) ?? { addresses, done: new Set() };
        if (record.endpoint.address !== null) place.done.add(record.endpoint.address);
        if (addresses.every((address) => place.done.has(address))) {
          done.add(record.ordinal);
          partial.delete(record.ordinal);
        } else {
          partial.set(record.ordinal, place);
        }
        break;
      }
    }
  }
  return {
    header,
    done,
    raised,
    partial,
    lost,
    lastGoodControl,
    controls,
    bugs,
    end,
    lastAt,
    segments: lines.size,
    requests,
    last,
    endpointLines,
    damage,
    askedAnew: (one) => known.has(damageKey(one)),
    lines,
    unasked,
    replaced: ({ segment, line }) => replaced.get(segment)?.has(line) ?? false,
  };
}

function damageKey({ segment, from, to }: SegmentDamage): string {
  return `${segment} ${from} ${to ?? ''}`;
}

function counted(before: ControlSummary | undefined, mark: Extract<Mark, { mark: 'control' }>): ControlSummary {
  const { asked, answered, lastAnsweredAt } = before ?? { asked: 0, answered: 0, lastAnsweredAt: null };
  return {
    url: mark.url,
    asked: asked + 1,
    answered: answered + (mark.good ? 1 : 0),
    lastAnsweredAt: mark.good ? mark.at : lastAnsweredAt,
  };
}

/** When its survey ended, milliseconds since the epoch. */
export function endOf(record: EndpointRecord): number {
  const last = record.exchanges.at(-1);
  return last === undefined ? Date.parse(record.at) : Date.parse(last.at) + last.ms;
}

/** Why the answers of this endpoint prove nothing: a stretch in which our vantage was lost touches it. */
export function lostCut(record: EndpointRecord, lost: JournalState['lost']): LostCut | null {
  if (lost.length === 0) return null;
  const begin = Date.parse(record.at);
  const end = endOf(record);
  return lost.find(({ from, to }) => end > from && begin < to)?.cut ?? null;
}

/**
 * The finished endpoints of a journal: replaced lines left out, and those of a stretch in which our vantage was lost cut
 * accordingly. This is what is judged.
 */
export async function* readRecords(
  folder: string,
  state: JournalState,
  own?: Segment,
): AsyncGenerator<EndpointRecord, void, void> {
  const told = createBits();
  for await (const entry of readJournal(folder, own)) {
    if (entry.kind !== 'endpoint' || state.replaced(entry.at)) continue;
    const { record } = entry.journalled;
    if (record.exchanges.length === 0) {
      const { ordinal } = record;
      // Asked later, or said already, or said anew with the reason of a later run over it.
      if (state.done.has(ordinal) || state.partial.has(ordinal) || told.has(ordinal)) continue;
      if ([...state.unasked].some(([segment, bits]) => segment > entry.at.segment && bits.has(ordinal))) continue;
      told.add(ordinal);
    }
    const cut: Cut | null = lostCut(record, state.lost);
    yield cut === null ? record : { ...record, cut };
  }
}
