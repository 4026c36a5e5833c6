// Keeps the list of an engagement's runs, and writes its index page.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readHistory } from '../history/file.js';
import { isOpen, kindOf } from '../history/compare.js';
import { findingStatuses, goneStatuses, type PastCheck } from '../model/history.js';
import type { OpenFinding, OpenNow, Overview, RunEntry } from '../model/overview.js';
import { newestFirst, seriesName } from '../model/series.js';
import { noFindings, severities, totalOf, type Severity } from '../model/severity.js';
import { languageInUse } from '../languages/index.js';
import { writeOverview, writeOverviews } from '../report/overview.js';
import { readLines, writeShared } from '../store/files.js';
import { listRuns, readRunInfo, runFiles } from '../store/folder.js';
import { UserMistake } from '../store/mistake.js';
import { engagementFolders } from './find-run.js';
import { openRecord } from './open-record.js';
import { parsedJson } from '../text/json-line.js';

const counts = z.record(z.enum(severities), z.number());

const entrySchema = z.object({
  run: z.string(),
  folder: z.string(),
  vantage: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  finished: z.boolean(),
  gaps: z.number(),
  narrowed: z.exactOptional(z.literal(true)),
  endpoints: z.number(),
  exposed: z.number(),
  problems: z.number(),
  accepted: z.number(),
  statuses: z.record(z.enum(findingStatuses), z.number()),
  gone: z.record(z.enum(goneStatuses), z.number()),
  open: counts,
}) satisfies z.ZodType<RunEntry>;

const listFile = 'runs.jsonl';

/**
 * Writes `runs.jsonl` and `index.html` of an engagement: lines of runs that are already listed stay, whether their folders do or not.
 * Memory grows with the number of runs alone.
 *
 * @param leftOut called with why a run could not be read
 * @returns the overview; null where the folder has no run of ours
 */
export async function indexEngagement(
  folder: string,
  leftOut: (why: string) => void = () => undefined,
): Promise<Overview | null> {
  const entries = await listedRuns(folder);
  const present = new Set<string>();
  const known = new Map<string, OpenChecks>();
  let name: string | null = null;
  let engagement: string | null = null;
  for (const run of await listRuns(folder)) {
    const info = await readRunInfo(run).catch((error: unknown) => {
      if (!(error instanceof UserMistake)) throw error;
      leftOut(error.message);
      return null;
    });
    if (info === null) continue;
    present.add(basename(run));
    engagement ??= info.engagement.id;
    name ??= info.engagement.client?.name ?? info.engagement.id;
    if (entries.get(basename(run))?.finished === true) continue;
    const entry = await entryOf(run, known);
    if (entry !== null) entries.set(entry.folder, entry);
  }
  if (engagement === null || name === null) return null;
  // Merged runs may share their start.
  const ordered = ({ folder, startedAt, endedAt }: RunEntry) => ({ folder, at: `${startedAt} ${endedAt ?? ''}` });
  const runs = [...entries.values()].sort((a, b) => newestFirst(ordered(a), ordered(b)));
  await writeShared(join(folder, listFile), async (out) => {
    for (const entry of runs) await out.write(`${JSON.stringify(entry)}\n`);
  });
  const open: OpenNow[] = [];
  for (const vantage of [...new Set(runs.map((run) => run.vantage))].sort()) {
    const newest = runs.find((run) => run.vantage === vantage && run.finished && present.has(run.folder));
    if (newest !== undefined) {
      const checks = known.get(newest.folder) ?? (await openChecksIn(join(folder, newest.folder)));
      open.push(openNow(newest, checks));
    }
  }
  const histories = open.map((one) => join(folder, one.folder, runFiles.history)).filter((file) => existsSync(file));
  const overview: Overview = {
    engagement,
    folder: basename(folder),
    name,
    runs: runs.map((run) => ({ ...run, present: present.has(run.folder) })),
    open,
    openTotal: await openFromAny(histories),
  };
  await writeShared(join(folder, indexFile), (out) => writeOverview(overview, out, languageInUse().report));
  return overview;
}

const indexFile = 'index.html';

/**
 * Writes the index pages of all engagements in a folder.
 *
 * @param all also writes one page over all of them, which names every client
 * @param leftOut called with why a run could not be read
 * @returns the pages that were written
 */
export async function indexAll(out: string, all: boolean, leftOut?: (why: string) => void): Promise<readonly string[]> {
  const overviews: Overview[] = [];
  for (const folder of await engagementFolders(out)) {
    const overview = await indexEngagement(folder, leftOut);
    if (overview !== null) overviews.push(overview);
  }
  const pages = overviews.map(({ folder }) => join(out, folder, indexFile));
  if (!all) return pages;
  await writeShared(join(out, indexFile), (page) => writeOverviews(overviews, page, languageInUse().report));
  return [...pages, join(out, indexFile)];
}

async function listedRuns(folder: string): Promise<Map<string, RunEntry>> {
  const entries = new Map<string, RunEntry>();
  if (!existsSync(join(folder, listFile))) return entries;
  for await (const { lines } of readLines(join(folder, listFile))) {
    for (const line of lines) {
      const entry = entrySchema.safeParse(parsedJson(line));
      // A damaged line is made again as long as its run is there.
      if (entry.success) entries.set(entry.data.folder, entry.data);
    }
  }
  return entries;
}

async function entryOf(folder: string, known: Map<string, OpenChecks>): Promise<RunEntry | null> {
  const record = await openRecord(folder).catch(() => null);
  if (record === null) return null;
  const { run, summary, problemsTotal, changes } = record.head;
  const { findings } = changes;
  const checks = await openChecksIn(folder);
  known.set(basename(folder), checks);
  return {
    run: run.id,
    folder: basename(folder),
    vantage: seriesName(run),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    finished: run.finished,
    gaps: run.gaps.length,
    ...((run.onlyTargets !== undefined || (run.checks ?? null) !== null) && { narrowed: true }),
    endpoints: summary.endpoints,
    exposed: summary.states.open,
    problems: problemsTotal,
    accepted: summary.accepted,
    statuses: {
      new: totalOf(findings.new),
      unchanged: totalOf(findings.unchanged),
      worse: totalOf(findings.worse),
      better: totalOf(findings.better),
      reopened: totalOf(findings.reopened),
    },
    gone: changes.gone,
    open: existsSync(join(folder, runFiles.history)) ? checks.bySeverity : { ...summary.findings },
  };
}

/** Whether a finding is open, seen by a run, and not accepted. */
function isCounted(check: PastCheck): boolean {
  return isOpen(check) && check.byKnowledge === undefined && check.accepted?.applied !== true;
}

/** How many findings are open in any of these histories, which are read next to each other, place by place. */
async function openFromAny(files: readonly string[]): Promise<number> {
  const readers = await Promise.all(
    files.map(async (file) => {
      const places = readHistory(file);
      return { places, head: await places.next() };
    }),
  );
  for (let total = 0; ;) {
    const heads = readers.flatMap(({ head }) => (head.done === true ? [] : [head.value.place]));
    if (heads.length === 0) return total;
    const first = heads.reduce((least, place) => (place < least ? place : least));
    const open = new Set<string>();
    for (const reader of readers) {
      const { head, places } = reader;
      if (head.done === true || head.value.place !== first) continue;
      // Of how far a caller gets into what is there, a place has one finding, whichever check reports it.
      for (const one of head.value.checks.filter(isCounted))
        open.add(one.primary ? kindOf(one.check) : one.fingerprint);
      reader.head = await places.next();
    }
    total += open.size;
  }
}

async function* openChecks(folder: string): AsyncGenerator<PastCheck, void, void> {
  for await (const { checks } of readHistory(join(folder, runFiles.history)))
    for (const check of checks) if (isCounted(check)) yield check;
}

/** The oldest that are listed, and owners that have a row of their own. */
const oldestListed = 25;
const ownersListed = 200;

/** What is open by a run's history. */
interface OpenChecks {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly oldest: readonly OpenFinding[];
  readonly owners: OpenNow['owners'];
}

async function openChecksIn(folder: string): Promise<OpenChecks> {
  const bySeverity = noFindings();
  let oldest: OpenFinding[] = [];
  const owners = new Map<string, Record<Severity, number>>();
  let total = 0;
  const cut = (): void => {
    oldest.sort(
      (a, b) =>
        (a.openSince < b.openSince ? -1 : a.openSince > b.openSince ? 1 : 0) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        (a.fingerprint < b.fingerprint ? -1 : 1),
    );
    oldest = oldest.slice(0, oldestListed);
  };
  if (existsSync(join(folder, runFiles.history)))
    for await (const one of openChecks(folder)) {
      total += 1;
      bySeverity[one.level.severity] += 1;
      const owner = one.owner ?? '';
      const key = owners.has(owner) || owners.size < ownersListed ? owner : 'others';
      const own = owners.get(key) ?? noFindings();
      own[one.level.severity] += 1;
      owners.set(key, own);
      const { check, title, endpoint, fingerprint, openSince, lastSeen, daysOpen } = one;
      const severity = one.level.severity;
      oldest.push({ severity, check, title, endpoint, owner: one.owner, fingerprint, openSince, lastSeen, daysOpen });
      if (oldest.length >= 40 * oldestListed) cut();
    }
  cut();
  const worst = (
    [, a]: readonly [string, Record<Severity, number>],
    [, b]: readonly [string, Record<Severity, number>],
  ) => {
    for (const severity of severities) if (a[severity] !== b[severity]) return b[severity] - a[severity];
    return 0;
  };
  return { total, bySeverity, oldest, owners: [...owners].sort(worst) };
}

function openNow({ folder, vantage }: RunEntry, { total, oldest, owners }: OpenChecks): OpenNow {
  return { vantage, folder, total, oldest, owners };
}
