// Ten nights of a small estate on loopback in which endpoints open, close, move, vanish, are replaced, lose their data and are accepted,
// and one night in which the vantage fails: what each night says of each of them.
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { replay } from '../../src/demo/replay.js';
import type { Finding } from '../../src/model/finding.js';
import type { Changes } from '../../src/model/history.js';
import { audit, type AuditOptions } from '../../src/run/index.js';
import { recordingNamed } from '../replay.js';
import { all } from '../support/judged.js';
import { declared, jsonLines } from './support.js';
import { converse } from './fleet/converse.js';

const recordings = {
  open: recordingNamed('elasticsearch/7.17.9-open'),
  other: recordingNamed('elasticsearch/8.16.3-open'),
  empty: recordingNamed('elasticsearch/7.17.9-empty'),
  guarded: recordingNamed('elasticsearch/7.17.9-closed'),
  login: recordingNamed('kibana/7.17.5-login'),
} as const;

/** What is at an address in a night; `-` for nothing. */
type Door = keyof typeof recordings | 'web' | 'wiped' | '-';

/** Each row is an address, each column a night. */
const estate: Readonly<Record<string, readonly Door[]>> = {
  steady: ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'],
  opens: ['guarded', 'guarded', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'],
  closes: ['open', 'open', 'open', 'guarded', 'guarded', 'guarded', 'guarded', 'open', 'open', 'guarded'],
  worsens: ['empty', 'empty', 'open', 'open', 'open', 'open', 'open', 'empty', 'empty', 'empty'],
  moves: ['open', 'open', 'open', 'open', '-', '-', '-', '-', '-', '-'],
  moved: ['-', '-', '-', '-', 'open', 'open', 'open', 'open', 'open', 'open'],
  vanishes: ['open', 'open', '-', '-', '-', '-', '-', '-', '-', 'open'],
  firewalled: ['open', 'open', 'open', '-', '-', '-', '-', '-', 'guarded', 'guarded'],
  flickers: ['open', '-', 'open', '-', 'open', 'open', 'open', '-', 'open', 'open'],
  replaced: ['open', 'open', 'open', 'other', 'other', 'other', 'web', 'web', 'web', 'web'],
  withdrawn: ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'],
  narrowed: ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'guarded', 'guarded'],
  loses: ['open', 'open', 'wiped', 'wiped', 'open', 'open', 'open', 'open', 'wiped', 'guarded'],
  accepted: ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'],
  taken: ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'login', 'login'],
  lost: ['open', 'open', 'open', 'open', 'open', 'guarded', 'guarded', 'guarded', 'guarded', 'guarded'],
};

/** What each night reports about how far a caller gets there: `.` for nothing. */
const expected: Readonly<Record<string, string>> = {
  steady: 'new unchanged unchanged unchanged unchanged not-reached unchanged not-asked unchanged unchanged',
  opens: '. . new unchanged unchanged not-reached unchanged not-asked unchanged unchanged',
  closes: 'new unchanged unchanged fixed . . . . reopened fixed',
  worsens: 'new unchanged worse unchanged unchanged not-reached unchanged not-asked better unchanged',
  moves: 'new unchanged unchanged unchanged not-reached not-reached closed . . .',
  moved: '. . . . new not-reached unchanged not-asked unchanged unchanged',
  vanishes: 'new unchanged not-reached closed . . . . . reopened',
  firewalled: 'new unchanged unchanged not-reached closed . . . fixed .',
  flickers: 'new not-reached unchanged not-reached unchanged not-reached unchanged not-asked unchanged unchanged',
  replaced: 'new unchanged unchanged unchanged unchanged not-reached not-reached not-asked closed .',
  withdrawn: 'new unchanged withdrawn . . . . . . .',
  narrowed: 'new unchanged unchanged unchanged unchanged not-reached unchanged unchanged fixed .',
  loses: 'new unchanged unchanged unchanged unchanged not-reached unchanged not-asked unchanged fixed',
  accepted: 'new unchanged unchanged unchanged unchanged not-reached unchanged not-asked unchanged unchanged',
  taken: 'new unchanged unchanged unchanged unchanged not-reached unchanged not-asked not-reached closed',
  lost: 'new unchanged unchanged unchanged unchanged not-reached fixed . . .',
};

/** What each night says of the data that `loses` loses twice: nowhere else is any lost. */
const lostData = ['.', '.', 'new', 'unchanged', 'fixed', '.', '.', '.', 'reopened', 'not-reached'];
/** Whether the risk of `accepted` is accepted: its entry is written after two nights, and ends on the day of the seventh. */
const acceptedIn = [false, false, true, true, true, null, true, null, false, false];
const acceptance =
  'accepted: [{ target: accepted, check: cluster-open, reason: moves soon, approvedBy: Ines, until: 2026-11-07 }]\n';

const names = Object.keys(estate);
const hostOf = (name: string): string => `127.67.1.${names.indexOf(name) + 1}`;
const control = '127.67.1.250';
/** The night in which the vantage fails, the one that asks one target alone, and the first without a target. */
const failing = 5;
const narrow = 7;
const undeclared = 2;

/** A web site that is not one of the products. */
const site: Answerer = (path) => {
  const found = path === '/';
  const body = `<!DOCTYPE html><html><head><title>${found ? 'Harbour news' : 'Not found'}</title></head><body><h1>Harbour news</h1></body></html>`;
  return Buffer.from(
    `HTTP/1.1 ${found ? '200 OK' : '404 Not Found'}\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
};

/** The open cluster without most of its lasting indices. */
const wiped: Answerer = (path, method) => {
  const bytes = replay(recordings.open, { method, path, headers: {} })?.bytes ?? null;
  if (bytes === null || !path.startsWith('/_cat/indices?')) return bytes;
  const [head = '', body = ''] = Buffer.from(bytes).toString('latin1').split('\r\n\r\n', 2);
  const left = z
    .array(z.looseObject({ index: z.string() }))
    .safeParse(JSON.parse(body))
    .data?.filter(({ index }) => index !== 'customers' && index !== 'payroll');
  if (left === undefined) return bytes;
  const text = JSON.stringify(left);
  return Buffer.from(
    `${head.replace(/content-length: \d+/i, `content-length: ${text.length}`)}\r\n\r\n${text}`,
    'latin1',
  );
};

type Answerer = (path: string, method: string) => Uint8Array | null;

function answererOf(door: Exclude<Door, '-'>): Answerer {
  if (door === 'web') return site;
  if (door === 'wiped') return wiped;
  return (path, method) => replay(recordings[door], { method, path, headers: {} })?.bytes ?? null;
}

function listen(answer: Answerer, host: string, port: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    converse(socket, answer);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

t.test('ten nights', async (t) => {
  const folder = t.testdir({});
  const first = await listen(answererOf('guarded'), control, 0);
  const port = portOf(first);
  await new Promise((resolve) => first.close(resolve));

  /** `name: status` of each place whose way in this night says something of. */
  const night = async (
    number: number,
  ): Promise<{
    readonly statuses: ReadonlyMap<string, string>;
    readonly changes: Changes;
    readonly findings: readonly Finding[];
    readonly exitCode: number;
  }> => {
    const servers: Server[] = [];
    if (number !== failing) {
      servers.push(await listen(answererOf('guarded'), control, port));
      for (const [name, doors] of Object.entries(estate)) {
        const door = doors[number] ?? '-';
        if (door !== '-') servers.push(await listen(answererOf(door), hostOf(name), port));
      }
    }
    const listed = names.filter((name) => name !== 'withdrawn' || number < undeclared);
    const targets = listed.map((name) => `  - { id: ${name}, hosts: [${hostOf(name)}], ports: [${port}] }`);
    const declaration = await declared(
      t,
      `engagement: { id: NIGHTS, controls: ["http://${control}:${port}"] }\n${number >= 2 ? acceptance : ''}targets:\n${targets.join('\n')}\n`,
      folder,
      new Date(),
      number === narrow ? ['narrowed'] : undefined,
    );
    const offset = Date.parse('2026-11-01T02:00:00Z') + number * 86_400_000 - Date.now();
    const options: AuditOptions = {
      out: join(folder, 'reports'),
      formats: [],
      signal: new AbortController().signal,
      pacing: { controlsEvery: 50, patience: [20], peaceAtLeast: 20 },
      now: () => new Date(Date.now() + offset),
    };
    const result = await audit(declaration, options);
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    const findings = await all(result.findings());
    const { changes, run } = result.head;
    t.strictSame(run.onlyTargets, number === narrow ? ['narrowed'] : undefined, `narrowed in night ${number + 1}`);
    const statuses = new Map<string, string>();
    const isWayIn = ({ check }: { readonly check: string }): boolean => check === 'cluster-open';
    const nameOf = (url: string): string => names.find((name) => url.includes(`//${hostOf(name)}:`)) ?? '';
    for (const one of findings.filter(isWayIn)) statuses.set(nameOf(one.endpoint), one.history?.status ?? 'none');
    for (const one of changes.goneFindings.filter(isWayIn)) statuses.set(nameOf(one.endpoint), one.status);
    const lost = [
      ...findings.map((one) => [one.check, nameOf(one.endpoint), one.history?.status ?? 'none'] as const),
      ...changes.goneFindings.map((one) => [one.check, nameOf(one.endpoint), one.status] as const),
    ].flatMap(([check, name, status]) => (check === 'data-lost' ? [[name, status] as const] : []));
    t.strictSame(
      lost,
      lostData[number] === '.' ? [] : [['loses', lostData[number]]],
      `data lost in night ${number + 1}`,
    );
    const risk = findings.find((one) => isWayIn(one) && nameOf(one.endpoint) === 'accepted');
    t.equal(risk === undefined ? null : risk.accepted !== null, acceptedIn[number], `accepted in night ${number + 1}`);
    if (number === 5) t.match(result.head.acceptances, [{ use: 'not-reached', term: 'ends-soon' }]);
    if (number === 8) t.match([risk?.lapsed, changes.noLongerAccepted], [{ because: 'expired' }, {}]);
    const requests = new Set(jsonLines(join(result.folder, 'ledger.jsonl')).map(requestOf));
    for (const one of changes.goneFindings) {
      if (one.status === 'fixed') t.ok(one.shownBy.length > 0, `${one.check} at ${nameOf(one.endpoint)} is shown`);
      for (const request of one.shownBy) t.ok(requests.has(request), `request ${request} is in the ledger`);
    }
    return { statuses, changes, findings, exitCode: result.exitCode };
  };

  for (let number = 0; number < 10; number += 1) {
    const { statuses, changes, findings, exitCode } = await night(number);
    for (const name of names)
      t.equal(statuses.get(name) ?? '.', expected[name]?.split(' ')[number], `${name} in night ${number + 1}`);
    t.equal(changes.baseline === null, number === 0);
    if (number === 1) t.equal(exitCode, 0, 'known findings raise no alarm');
    if (number === 2) t.equal(exitCode, 1, 'an endpoint that opened does');
    if (number === 9) {
      const steady = findings.find(
        ({ endpoint, check }) => endpoint.includes(`//${hostOf('steady')}:`) && check === 'cluster-open',
      );
      t.equal(steady?.history?.daysOpen, 9);
      t.match(steady?.since.seenOpenSince, /^2026-11-01T/);
      t.match(steady?.since.seen.reasoning, /2026-11-01/);
    }
  }
});

function requestOf(line: unknown): number {
  return typeof line === 'object' && line !== null && 'request' in line && typeof line.request === 'number'
    ? line.request
    : -1;
}
