// Renders the record of a run in other formats, next to it and without judging it again.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { languageOf } from '../languages/index.js';
import { messages } from '../messages/index.js';
import { ownersOf } from '../history/compare.js';
import { readHistory } from '../history/file.js';
import type { EndpointSummary, Finding, RedactionLevel, ReportHead } from '../model/finding.js';
import type { PastPlace } from '../model/history.js';
import {
  formatDefaults,
  linesOf,
  ownersHead,
  type Format,
  type FormatOptions,
  type RecordStreams,
} from '../report/index.js';
import { writeAtomically } from '../store/files.js';
import { makeTimedFolder, runFiles, writeSums } from '../store/folder.js';
import { UserMistake } from '../store/mistake.js';
import { pathPart } from '../store/lock.js';
import { sortersIn, type SorterFactory } from '../store/sorter.js';
import { formatsNamed } from './record.js';
import { isEndpointSummary, isFinding, readJsonLines } from './record-files.js';
import { withRedacted } from './redact.js';
import { openIntactRecord } from './open-record.js';

/** What {@link render} wrote. */
export interface Rendered {
  /** The folder in the run's `exports/`. */
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
}

/** What to render, and in which formats. */
export interface RenderOptions {
  readonly formats: readonly string[];
  readonly formatOptions?: Partial<FormatOptions>;
  /** Only the endpoints of this owner: its name as in the record, or the key of `owners:`. */
  readonly owner?: string;
  /** Replace names, or also hosts, addresses, owners, people and the client, by pseudonyms. */
  readonly redact?: RedactionLevel;
  /** A folder for each owner, with its endpoints alone. */
  readonly byOwner?: boolean;
  readonly now?: () => Date;
}

/**
 * Renders a run into `exports/<UTC time>/` of its folder, with a SHA256SUMS of its own. The record stays as it is.
 *
 * @param runFolder a run folder, or a folder in its `rejudged/`
 * @throws UserMistake when it has no record, the record was changed, or a format or an owner does not exist
 */
export async function render(runFolder: string, options: RenderOptions): Promise<Rendered> {
  const chosen = formatsNamed(options.formats);
  const record = await openIntactRecord(runFolder);
  const streams: RecordStreams = { ...record, history: () => readHistory(join(runFolder, runFiles.history)) };
  const wanted = options.owner === undefined ? null : await ownerNamed(options.owner, record.head, streams);
  const folder = await makeTimedFolder(join(runFolder, runFiles.exports), (options.now ?? (() => new Date()))());
  // Outside of it: the sums cover everything in the folder.
  const sorting = join(dirname(folder), `.${basename(folder)}.sorting`);
  const sorter = sortersIn(sorting);
  try {
    await mkdir(sorting, { recursive: true, mode: 0o700 });
    const into = { folder, sorting, sorter, chosen };
    const files =
      options.redact === undefined
        ? await rendered(record.head, streams, options, wanted, into)
        : await withRedacted(runFolder, { level: options.redact, sorter }, (judged, owner) =>
            rendered(
              judged.head,
              { ...judged, history: judged.places },
              options,
              wanted === null ? null : owner(wanted),
              into,
            ),
          );
    await rm(sorting, { recursive: true, force: true });
    return { folder, files };
  } catch (error) {
    if (error instanceof UserMistake) await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(sorting, { recursive: true, force: true });
  }
}

/** Writes the formats of a record, or of each owner's part of it. */
async function rendered(
  whole: ReportHead,
  streams: RecordStreams,
  options: RenderOptions,
  wanted: string | null,
  {
    folder,
    sorting,
    sorter,
    chosen,
  }: {
    readonly folder: string;
    readonly sorting: string;
    readonly sorter: SorterFactory;
    readonly chosen: readonly Format[];
  },
): Promise<readonly string[]> {
  const texts = languageOf(whole.run.language).report;
  const formatOptions = { ...formatDefaults, ...options.formatOptions, texts };
  const write = async (into: string, head: ReportHead, own: RecordStreams): Promise<readonly string[]> => {
    const sums = new Map<string, string>();
    for (const { file, write: writeFormat } of chosen) {
      const sources = { history: own.history, lines: linesOf(own.findings, own.endpoints), sorter };
      const sum = await writeAtomically(join(into, file), (out) =>
        writeFormat(head, own.findings, own.endpoints, out, formatOptions, sources),
      );
      sums.set(file, sum);
    }
    await writeSums(into, head.run, sums);
    return chosen.map(({ file }) => file);
  };
  if (wanted === null && options.byOwner !== true) return write(folder, whole, streams);
  const files: string[] = [];
  const names = new Set<string>();
  for await (const { owner, own } of splitByOwner(streams, sorter, sorting, wanted)) {
    const name = wanted === null ? folderName(owner, names) : '';
    const into = join(folder, name);
    await mkdir(into, { recursive: true, mode: 0o700 });
    const written = await write(into, await ownersHead(whole, owner, own, sorter, texts), own);
    files.push(...written.map((file) => join(name, file)));
  }
  return files;
}

/** Two owners whose names differ in letters that a file system may not know get two folders. */
function folderName(owner: string, taken: Set<string>): string {
  const name = pathPart(owner);
  let free = name;
  for (let i = 2; taken.has(free.toLowerCase()); i += 1) free = `${name}-${i}`;
  taken.add(free.toLowerCase());
  return free;
}

/** Owners that a mistake names. */
const ownersNamed = 20;

/** The owner's name in the record: as it is there, by its key in the targets file, or in other letter case. */
async function ownerNamed(given: string, head: ReportHead, { endpoints, findings }: RecordStreams): Promise<string> {
  const names = new Set<string>();
  for await (const { owner } of endpoints()) if (owner !== null) names.add(owner);
  for await (const { owners } of findings()) for (const owner of owners) names.add(owner);
  const byKey = head.run.declared.contacts?.find(({ key }) => key === given)?.owner;
  const found =
    [given, byKey].find((name) => name !== undefined && names.has(name)) ??
    [...names].find((name) => name.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  const known = [...names].sort();
  const first = known.slice(0, ownersNamed);
  const words = messages().runs.report;
  throw new UserMistake(
    known.length === 0 ? words.noOwners : words.otherOwners(given, first, known.length - first.length),
  );
}

/** Separates the key of an owner from the order of its items. */
const separator = '\u0001';

/**
 * The streams of each owner in turn, or of the one that is wanted. One pass over the record, and files for one owner at a time:
 * memory does not grow with the number of endpoints or owners.
 */
async function* splitByOwner(
  { findings, endpoints, history }: RecordStreams,
  sorter: SorterFactory,
  folder: string,
  wanted: string | null,
): AsyncGenerator<{ readonly owner: string; readonly own: RecordStreams }, void, void> {
  const split = sorter<Line>('owners');
  const put = (owner: string, order: number, line: Line): void => {
    if (wanted !== null && owner !== wanted) return;
    split.add(`${owner}${separator}${String(order).padStart(12, '0')}`, line);
  };
  const sharing = sorter<Sharing>('sharing');
  const share = (
    { endpoint, address }: { readonly endpoint: string; readonly address: string | null },
    item: Sharing,
  ) => sharing.add(`${endpoint}${separator}${address ?? ''}`, item);
  let order = 0;
  for await (const endpoint of endpoints()) share(endpoint, { endpoint, order: (order += 1) });
  for await (const finding of findings()) {
    order += 1;
    for (const owner of finding.owners) put(owner, order, { finding: { ...finding, owners: [owner] } });
    // What it says of several endpoints makes none of them another owner's.
    if (finding.also.length === 0) share(finding, { owners: finding.owners });
  }
  for await (const { endpoint, order: its, owners } of endpointsShared(sharing.sorted()))
    for (const owner of owners) put(owner, its, { endpoint });
  sharing.close();
  for await (const { place, checks } of history()) {
    const owners = new Set(checks.flatMap(ownersOf));
    order += 1;
    for (const owner of owners) {
      const own = checks.filter((check) => ownersOf(check).includes(owner));
      put(owner, order, { place: { place, checks: own.map((check) => ({ ...check, owners: [owner] })) } });
    }
  }
  const paths = { endpoint: join(folder, 'e'), finding: join(folder, 'f'), place: join(folder, 'h') };
  const own: RecordStreams = {
    findings: () => readJsonLines(paths.finding, isFinding),
    endpoints: () => readJsonLines(paths.endpoint, isEndpointSummary),
    history: () => readJsonLines(paths.place, isPlace),
  };
  const lines = split.sorted()[Symbol.asyncIterator]();
  for (let next = await lines.next(); next.done !== true;) {
    const [owner = ''] = next.value.key.split(separator);
    const outs = {
      endpoint: createWriteStream(paths.endpoint, { mode: 0o600 }),
      finding: createWriteStream(paths.finding, { mode: 0o600 }),
      place: createWriteStream(paths.place, { mode: 0o600 }),
    };
    for (; next.done !== true && next.value.key.startsWith(owner + separator); next = await lines.next()) {
      const { item } = next.value;
      const [out, value] =
        'endpoint' in item
          ? [outs.endpoint, item.endpoint]
          : 'finding' in item
            ? [outs.finding, item.finding]
            : [outs.place, item.place];
      if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain');
    }
    for (const out of Object.values(outs)) {
      out.end();
      await finished(out);
    }
    yield { owner, own };
  }
  split.close();
}

/** What says whose an endpoint is: its own line with its place in the record, or a finding about it. */
type Sharing = { readonly endpoint: EndpointSummary; readonly order: number } | { readonly owners: readonly string[] };

/** The endpoints with all their owners: a finding that several share is in the report of each, and so is what it is about. */
async function* endpointsShared(
  lines: AsyncIterable<{ readonly key: string; readonly item: Sharing }>,
): AsyncGenerator<{
  readonly endpoint: EndpointSummary;
  readonly order: number;
  readonly owners: ReadonlySet<string>;
}> {
  let last: string | null = null;
  let own: Extract<Sharing, { order: number }>[] = [];
  let owners = new Set<string>();
  const end = () => own.map((line) => ({ ...line, owners }));
  for await (const { key, item } of lines) {
    if (key !== last) {
      yield* end();
      [last, own, owners] = [key, [], new Set()];
    }
    if ('owners' in item) for (const owner of item.owners) owners.add(owner);
    else {
      own.push(item);
      if (item.endpoint.owner !== null) owners.add(item.endpoint.owner);
    }
  }
  yield* end();
}

type Line = { readonly endpoint: EndpointSummary } | { readonly finding: Finding } | { readonly place: PastPlace };

/** Is this line a place's of a history? */
function isPlace(value: unknown): value is PastPlace {
  return typeof value === 'object' && value !== null && 'place' in value && 'checks' in value;
}
