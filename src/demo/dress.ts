// Gives a recorded cluster a town's own names, counts and ages, so that no two clusters of the demo are alike. What decides a
// verdict stays as it was recorded: status lines, headers, errors, and the form of every answer.
import type { RecordedExchange, Recording, Wire } from './replay.js';

/** What a recording is dressed in. */
export interface Dress {
  /** Names of cluster, nodes, indices and fields, recorded and shown. Full names only. */
  readonly names: Readonly<Record<string, string>>;
  /** How many documents stand for each recorded one, and bytes for each recorded byte: whole numbers, so that sums stay sums. */
  readonly documents: number;
  readonly bytes: number;
  /** Days that the oldest index, and the process, are older than recorded. */
  readonly dataDays: number;
  readonly processDays: number;
}

const day = 86_400_000;

/** The recording in another dress. */
export function dressed(recording: Recording, dress: Dress): Recording {
  const rename = renamer(dress.names);
  const born = monthsOf(recording);
  return {
    ...recording,
    exchanges: recording.exchanges.map((exchange): RecordedExchange => ({
      ...exchange,
      path: rename(exchange.path),
      wire: wireIn(exchange.wire, rename, dress, born),
    })),
  };
}

function wireIn(wire: Wire, rename: (text: string) => string, dress: Dress, born: Months): Wire {
  if (wire.text === undefined) return wire;
  return { ...wire, text: older(more(rename(wire.text), dress), dress, born) };
}

/** Replaces full names, the longest first: in a path a name may follow an escaped comma. */
function renamer(names: Dress['names']): (text: string) => string {
  if (Object.keys(names).length === 0) return (text) => text;
  const longest = Object.keys(names).sort((a, b) => b.length - a.length);
  const quoted = longest.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`(?<=%2C|^|[^\\w-])(?:${quoted.join('|')})(?![\\w-])`, 'g');
  return (text) => text.replace(pattern, (name) => names[name] ?? name);
}

/** Scales counts of documents and sizes, wherever the APIs give them. */
function more(text: string, { documents, bytes }: Dress): string {
  return text
    .replace(/("(?:docs\.count|documents)"\s*:\s*"?|"docs"\s*:\s*\{\s*"count"\s*:\s*)(\d+)/g, scaled(documents))
    .replace(/(\{\s*"count"\s*:\s*)(\d+)(?=\s*,\s*"_shards")/g, scaled(documents))
    .replace(
      /("(?:store\.size|pri\.store\.size|size_in_bytes|total_data_set_size_in_bytes)"\s*:\s*"?)(\d+)(?=["\s,}])/g,
      scaled(bytes),
    )
    .replace(
      /("(?:store\.size|pri\.store\.size|size)"\s*:\s*")([\d.]+)(b|kb|mb)(?=")/g,
      (_, start: string, size: string, unit: string) =>
        start + human(Number(size) * (unit === 'b' ? 1 : unit === 'kb' ? 1024 : 1024 ** 2) * bytes),
    );
}

function scaled(factor: number): (match: string, start: string, value: string) => string {
  return (_, start, value) => `${start}${Number(value) * factor}`;
}

/** As Elasticsearch writes sizes: `14.5kb`. */
function human(bytes: number): string {
  const units = ['b', 'kb', 'mb', 'gb'];
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = Math.floor((bytes / 1024 ** power) * 10) / 10;
  return `${value}${units[power] ?? ''}`;
}

/** The month in the name of an index, by the time that it was created: the first of that month is when it was filled. */
type Months = ReadonlyMap<number, number>;

function monthsOf({ exchanges }: Recording): Months {
  const named = /"index"\s*:\s*"[^"]*-(20\d\d)\.(\d\d)"[^{}]*?"creation[._]date"\s*:\s*"(\d+)"/g;
  return new Map(
    exchanges.flatMap(({ wire }) =>
      [...(wire.text ?? '').matchAll(named)].map(([, year, month, created]): [number, number] => [
        Number(created),
        Date.UTC(Number(year), Number(month) - 1, 1),
      ]),
    ),
  );
}

/** Moves times into the past: an index with a month in its name to the first of that month, the other indices by a part of the days that their recorded time decides, so that all answers agree. */
function older(text: string, { dataDays, processDays }: Dress, born: Months): string {
  const part = (value: number): number => Math.round(dataDays * (0.4 + ((value % 1000) / 1000) * 0.6));
  return text
    .replace(
      /("(?:creation\.date|creation_date)"\s*:\s*")(\d+)/g,
      (_, start: string, value: string) =>
        `${start}${dataDays === 0 ? value : (born.get(Number(value)) ?? Number(value) - part(Number(value)) * day)}`,
    )
    .replace(
      /("issue_date_in_millis"\s*:\s*)(\d+)/g,
      moved(() => -dataDays),
    )
    .replace(
      /("start_time_in_millis"\s*:\s*)(\d+)/g,
      moved(() => -processDays),
    )
    .replace(
      /("uptime_in_millis"\s*:\s*)(\d+)/g,
      moved(() => processDays),
    );
}

function moved(days: (value: number) => number): (match: string, start: string, value: string) => string {
  return (_, start, value) => `${start}${Number(value) + days(Number(value)) * day}`;
}
