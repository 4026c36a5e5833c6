// Looks again at the findings of a run: asks only what they need, and says what became of each.
import { join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import type { Declaration } from '../engagement/index.js';
import { readHistory } from '../history/file.js';
import { questionsBeside } from '../judge/index.js';
import { placeKey } from '../model/endpoint.js';
import type { EndpointSummary, Finding, RunInfo } from '../model/finding.js';
import { reachChecks, type PastCheck } from '../model/history.js';
import type { Retest, Retested, RetestOutcome, ShownBy } from '../model/retest.js';
import { retestOutcomes } from '../model/retest.js';
import { severities } from '../model/severity.js';
import { checkPlanLock } from '../plan/lock.js';
import { writeRetest } from '../report/retest.js';
import { languageInUse, languageOf } from '../languages/index.js';
import { writeAtomically } from '../store/files.js';
import { runFiles, writeSums } from '../store/folder.js';
import { UserMistake } from '../store/mistake.js';
import { matchSums } from '../store/verify.js';
import { auditNarrowed, type AuditOptions, type AuditResult } from './audit.js';
import { findingsMeant, fingerprintPrefix } from './find-finding.js';
import { findRun } from './find-run.js';
import { readJsonLines } from './record-files.js';
import { openRecord } from './open-record.js';
import { sha256 } from '../text/digest.js';

/** How a retest is made. */
export interface RetestOptions extends Omit<AuditOptions, 'baseline' | 'resume' | 'checks' | 'formats'> {
  /** The run whose findings are looked at again; the newest finished one of the engagement when absent. */
  readonly run?: string;
  /** Fingerprints or ids, or how they begin; all findings of the run when empty. */
  readonly findings: readonly string[];
}

/** A retest: its run, and what it says. */
export interface RetestResult {
  /** The folder in `retests/` of the run that was tested again. */
  readonly folder: string;
  /** The reports in it. */
  readonly files: readonly string[];
  readonly retest: Retest;
  readonly audit: AuditResult;
  readonly exitCode: AuditResult['exitCode'];
}

/**
 * Looks again at findings of a run, under the authorisation, scope, window and lock of the file as it is today. The retest is a run of
 * its own in `retests/<UTC time>/` of the earlier run's folder: the nightly runs are compared as if it had not been made.
 *
 * @throws UserMistake when there is no such run or finding, or the two cannot be compared; nothing was sent then
 */
export async function retest(declaration: Declaration, options: RetestOptions): Promise<RetestResult> {
  const { engagement } = declaration;
  const { folder: runFolder, info } = await findRun(options.out, options.run, engagement.id);
  mustCompare(runFolder, info, declaration);
  await matchSums(runFolder, (names) => names.filter((name) => compared.includes(name)), 'otherRun');
  if (options.planLock !== undefined) await checkPlanLock(declaration, options.planLock);
  const record = await openRecord(runFolder);
  const prefixes = options.findings.map(fingerprintPrefix);
  const chosen: Finding[] = [];
  if (prefixes.length > 0) chosen.push(...(await findingsMeant(record, prefixes)));
  else for await (const finding of record.findings()) chosen.push(finding);
  if (chosen.length === 0) throw new UserMistake(messages().runs.retest.noFindings(runFolder));
  const places = await placesOf(runFolder, chosen, record.endpoints());
  const known = [...places].filter((key) => declares(declaration, key));
  if (known.length === 0) throw new UserMistake(messages().runs.retest.notDeclared(declaration.file));
  const checks = checksFor(chosen);
  const wanted = questionsBeside(checks);
  const audit = await auditNarrowed(
    narrowed(declaration, new Set(known), info),
    { ...options, formats: [], checks, baseline: resolve(runFolder) },
    { within: join(resolve(runFolder), runFiles.retests), wanted: (question) => wanted.has(question) },
  );
  if (audit.files.length === 0) {
    const made: Retest = { of: info, run: audit.head.run, findings: [] };
    return { folder: audit.folder, files: [], retest: made, audit, exitCode: audit.exitCode };
  }
  const findings = await outcomes(chosen, runFolder, audit);
  const { id, startedAt, tool, knowledge } = info;
  const made: Retest = { of: { id, startedAt, tool, knowledge }, run: audit.head.run, findings };
  const files = await writeRetest(
    made,
    (name, write) => writeAtomically(join(audit.folder, name), write),
    languageOf(audit.head.run.language).report,
  );
  await writeSums(audit.folder, audit.head.run, new Map());
  return { folder: audit.folder, files, retest: made, audit, exitCode: exitCodeOf(made, audit, options) };
}

/** Files of the earlier run that the retest relies on. */
const compared: readonly string[] = [runFiles.info, 'findings.json', runFiles.findings, runFiles.history];

function mustCompare(folder: string, info: RunInfo, { engagement, file }: Declaration): void {
  const words = messages().runs;
  if (!info.finished) throw new UserMistake(words.find.unfinished(folder));
  if (info.sources !== undefined)
    throw new UserMistake(
      words.retest.merged(
        folder,
        info.sources.map(({ run }) => run),
      ),
    );
  if (info.engagement.id !== engagement.id)
    throw new UserMistake(words.retest.otherEngagement(folder, info.engagement.id, file, engagement.id));
  const { name, exposure } = engagement.vantage;
  if (info.vantage.name !== name || info.vantage.exposure !== exposure)
    throw new UserMistake(words.retest.otherVantage(folder, info.vantage, engagement.vantage));
}

/** Keys of the places that the findings, and the endpoints that they are also about, are at. */
async function placesOf(
  runFolder: string,
  chosen: readonly Finding[],
  endpoints: AsyncIterable<EndpointSummary>,
): Promise<ReadonlySet<string>> {
  const fingerprints = new Set(chosen.map(({ fingerprint }) => fingerprint));
  const places = new Set<string>();
  for await (const { place, checks } of readHistory(join(runFolder, runFiles.history)))
    if (checks.some(({ fingerprint }) => fingerprints.has(fingerprint))) places.add(place);
  const also = new Set(chosen.flatMap((finding) => finding.also));
  if (also.size > 0)
    for await (const { endpoint, host, port } of endpoints)
      if (also.has(endpoint))
        places.add(placeKey({ host, port, basePath: new URL(endpoint).pathname.replace(/\/$/, '') }));
  return places;
}

function declares(declaration: Declaration, key: string): boolean {
  const [host = '', port, basePath = ''] = key.split('|');
  return declaration.declares({ host, port: Number(port), basePath });
}

function checksFor(chosen: readonly Finding[]): readonly string[] {
  const checks = new Set(chosen.map(({ check }) => check));
  // What was found by one of them may be left to another when it is fixed in part.
  if (reachChecks.some((check) => checks.has(check))) for (const check of reachChecks) checks.add(check);
  return [...checks].sort();
}

/** The declaration of these places alone, and another plan: it is not resumed by a nightly run. */
function narrowed(declaration: Declaration, keys: ReadonlySet<string>, { shard }: Pick<RunInfo, 'shard'>): Declaration {
  return {
    ...declaration,
    digest: sha256([declaration.digest, 'retest', ...[...keys].sort()].join('\n')),
    // Its places are all of the run's shard.
    shard: shard ?? null,
    async *places() {
      for await (const place of declaration.places()) if (keys.has(placeKey(place))) yield place;
    },
    count: () => keys.size,
    atMost: () => keys.size,
  };
}

/** What became of each finding. */
async function outcomes(
  chosen: readonly Finding[],
  runFolder: string,
  audit: AuditResult,
): Promise<readonly Retested[]> {
  const { folder, head } = audit;
  const wanted = new Set(chosen.map(({ fingerprint }) => fingerprint));
  const present: Finding[] = [];
  for await (const finding of audit.findings()) present.push(finding);
  const past = new Map<string, PastCheck>();
  for await (const { checks } of readHistory(join(folder, runFiles.history)))
    for (const check of checks) if (wanted.has(check.fingerprint)) past.set(check.fingerprint, check);
  const seen = new Map<string, EndpointSummary>();
  for await (const endpoint of audit.endpoints()) seen.set(`${endpoint.endpoint} ${endpoint.address ?? ''}`, endpoint);
  const asked = await requestsIn(folder);
  const askedBefore = await requestsIn(
    runFolder,
    new Set(chosen.flatMap(({ evidence }) => evidence.map((one) => one.request))),
  );
  const retested = chosen.map((finding): Retested => {
    const { check, fingerprint, id, endpoint, address, target, owner, title, severity, version, history } = finding;
    const now = presentAs(finding, present);
    const summary = now === null ? endpointOf(finding, seen) : null;
    const [outcome, why] = outcomeOf(finding, now, past.get(fingerprint) ?? null);
    const numbers = now?.evidence.map(({ request }) => request) ?? past.get(fingerprint)?.last.shownBy ?? [];
    const shown = numbers.length > 0 ? numbers.flatMap((number) => asked.get(number) ?? []) : at(asked, endpoint);
    return {
      outcome,
      why,
      ...{ check, fingerprint, id, endpoint, address, target, owner },
      before: {
        ...{ title, severity, version },
        at: history?.lastSeen ?? finding.since.seenOpenSince,
        requests: finding.evidence.flatMap(({ request }) => askedBefore.get(request) ?? []).slice(0, shownAtMost),
      },
      now: {
        at: now !== null ? head.run.startedAt : (summary?.at ?? null),
        title: now?.title ?? null,
        severity: now?.severity ?? null,
        accepted: now !== null && now.accepted !== null,
        version: now?.version ?? summary?.version ?? null,
        requests: outcome === 'unverified' && now === null ? [] : shown.slice(0, shownAtMost),
      },
    };
  });
  return retested.sort(
    (a, b) =>
      retestOutcomes.indexOf(a.outcome) - retestOutcomes.indexOf(b.outcome) ||
      severities.indexOf(a.before.severity) - severities.indexOf(b.before.severity) ||
      (a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Requests that are named for one finding, at most. */
const shownAtMost = 5;

/** The finding as it is now: the same one, or what is left of how far a caller gets there. */
function presentAs({ id, check, endpoint, address }: Finding, present: readonly Finding[]): Finding | null {
  return (
    present.find((one) => one.id === id) ??
    present.find(
      (one) => one.endpoint === endpoint && one.address === address && one.history?.before?.check === check,
    ) ??
    null
  );
}

function endpointOf(
  { endpoint, address }: Finding,
  seen: ReadonlyMap<string, EndpointSummary>,
): EndpointSummary | null {
  const same = seen.get(`${endpoint} ${address}`);
  if (same !== undefined) return same;
  // The scheme may have changed.
  const at = new URL(endpoint);
  const found = [...seen.values()].find((one) => {
    const url = new URL(one.endpoint);
    return (
      one.address === address && one.port === portOf(at) && url.hostname === at.hostname && url.pathname === at.pathname
    );
  });
  return found ?? null;
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function outcomeOf(
  finding: Finding,
  now: Finding | null,
  past: PastCheck | null,
): readonly [outcome: RetestOutcome, why: string] {
  const words = languageInUse().report.retest.why;
  if (now !== null) {
    const { status, why } = now.history ?? { status: 'unchanged', why: null };
    if (status === 'better') return ['partly', words.better(why)];
    if (status === 'worse') return ['still-open', words.worse(why)];
    if (now.title !== finding.title) return ['still-open', words.differs(now.title)];
    return ['still-open', words.same];
  }
  const address = past?.addresses.find((one) => one.address === finding.address);
  if (past?.last.status === 'fixed') return ['fixed', past.last.why ?? words.good];
  if (address?.result === 'good') return ['fixed', words.goodHere];
  return ['unverified', past?.last.why ?? words.unknown];
}

/** Requests of a ledger by number. */
async function requestsIn(folder: string, numbers?: ReadonlySet<number>): Promise<ReadonlyMap<number, ShownBy>> {
  const requests = new Map<number, ShownBy>();
  for await (const { request, method, url, at, status } of readJsonLines(join(folder, runFiles.ledger), isRequest))
    if (numbers?.has(request) ?? true) requests.set(request, { request, method, url, at, status });
  return requests;
}

function isRequest(value: unknown): value is ShownBy {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'request';
}

/** Requests to an endpoint that got a response. */
function at(asked: ReadonlyMap<number, ShownBy>, endpoint: string): readonly ShownBy[] {
  const { host, pathname } = new URL(endpoint);
  return [...asked.values()].filter(({ url, status }) => {
    const to = new URL(url);
    return status !== null && to.host === host && to.pathname.startsWith(pathname);
  });
}

/** As of an audit; what could not be verified leaves a retest incomplete, and what is still open counts from `high` on by default. */
function exitCodeOf(
  { findings }: Retest,
  { exitCode }: AuditResult,
  { failOn, failOnNew }: RetestOptions,
): AuditResult['exitCode'] {
  if (exitCode === 130 || exitCode === 1) return exitCode;
  const threshold = failOn ?? (failOnNew === undefined ? 'high' : 'none');
  const counted = threshold === 'none' ? [] : severities.slice(0, severities.indexOf(threshold) + 1);
  if (findings.some(({ now }) => !now.accepted && now.severity !== null && counted.includes(now.severity))) return 1;
  return findings.some(({ outcome }) => outcome === 'unverified') ? 3 : exitCode;
}
