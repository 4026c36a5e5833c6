import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import {
  matchExchange,
  opaquePlaceholder,
  parseRecording,
  printRecording,
  replay,
  wrongScheme,
  type RecordedExchange,
  type Recording,
  type RecordingHead,
  type Wire,
} from '../../src/demo/replay.js';
import { testColumns, testFields } from '../../src/catalogue/authenticity.js';
import { requestPath } from '../../src/catalogue/index.js';
import { survey } from '../../src/survey/index.js';
import { answerFrom, techniquesWith } from '../support/answer.js';
import { difference } from './difference.js';
import { cacheFolder } from './lab/cache.js';
import { down, serverNamed, upAll, withBackends } from './lab/lab.js';
import { instanceFolder } from './lab/launch.js';
import { runningPid } from './lab/process.js';
import { repository, seedIndices } from './lab/seed.js';
import { servers } from './lab/servers/index.js';
import { canary, isProxy, isSearch, labLogin, type LabServer } from './lab/types.js';
import { unknownPaths, catalogueQuestions, type RecordedQuestion } from './questions.js';
import { putToWire, speak, asText } from './wire.js';

const folder = fileURLToPath(new URL('../recordings', import.meta.url));

/** Indices that questions about one index are put to; beyond these a seed is too large to record each. */
const mostIndices = 8;

/** Clients of a node that a recording keeps. */
const mostClients = 12;

/** Servers that are up together while they are recorded. */
const together = 6;

/** Questions put at once: each waits half a minute where no cluster forms. */
const atOnce = 6;

/** The folder a server's recording is filed in: its product. */
function folderOf(server: LabServer): string {
  return server.kind === 'companion' ? server.program : server.kind;
}

/** The file of a server's recording. */
export function recordingFile(server: LabServer): string {
  const product = folderOf(server);
  return join(folder, product, `${serverVersion(server)}-${server.configuration}.jsonl`);
}

/** A proxy's recording is filed under the version of what is behind it. */
function serverVersion(server: LabServer): string {
  if (!isProxy(server)) return server.version;
  const [first] = server.behind;
  return first === undefined ? 'alone' : serverVersion(serverNamed(first));
}

/** Puts every question to a running server and returns its recording. */
export async function record(server: LabServer, questions: readonly RecordedQuestion[]): Promise<Recording> {
  if (server.liveOnly === true) throw new Error(`${server.name} is audited live only: no recording can hold it`);
  const place = { address: '127.0.0.1', port: server.port, scheme: server.scheme };
  const nonce = `lo${randomBytes(8).toString('hex')}`;
  const opaque = `leftopen-recorder-${randomBytes(4).toString('hex')}`;
  const gate = pLimit(atOnce);
  const put = async (question: RecordedQuestion, path: string): Promise<RecordedExchange> => {
    // All that could be chosen: a replay gives of it what is asked for.
    const asked = path
      .replaceAll('{nonce}', nonce)
      .replaceAll('{columns}', encodeURIComponent(testColumns.join(',')))
      .replaceAll('{fields}', encodeURIComponent(testFields.join(',')));
    const headers = {
      Host: `127.0.0.1:${server.port}`,
      Connection: 'keep-alive',
      Accept: 'application/json',
      'User-Agent': 'leftopen-recorder',
      'X-Opaque-Id': opaque,
      ...question.headers,
    };
    const wire = await putToWire(place, { method: question.method, path: asked, headers }, question.cap);
    const marked = mapText(wire, (text) => {
      const own = fewerClients(text).replaceAll(opaque, opaquePlaceholder);
      const echoed = question.id === 'unknown-path' ? own.replaceAll(asked, '{path}') : own;
      // A list of recent requests names the nonces of other questions: a replay could not tell which to put there.
      return neutral(server, path.includes('{nonce}') ? echoed.replaceAll(nonce, '{nonce}') : echoed);
    });
    const chosen = path.includes('{columns}') ? testColumns : path.includes('{fields}') ? testFields : null;
    return {
      question: question.id,
      method: question.method,
      path,
      ...(chosen === null ? {} : { chosen: [...chosen] }),
      wire: marked,
    };
  };
  // An audit asks for the root page first: a cache keyed on the path then holds the full page.
  const root = questions.find(({ id }) => id === 'root');
  if (root !== undefined) await put(root, `${server.basePath ?? ''}${root.path}`);
  const exchanges = await Promise.all(
    [...questions, ...unknownPaths].flatMap((question) =>
      pathsOf(server, question.path).map((path) => gate(put, question, `${server.basePath ?? ''}${path}`)),
    ),
  );
  for (const path of redirectsOf(exchanges, server)) {
    exchanges.push(await put({ id: 'redirect', method: 'GET', path, headers: {}, cap: 65_536 }, path));
  }
  exchanges.push(await wrongSchemeExchange(server));
  const recording = {
    head: {
      recording: 1,
      date: new Date().toISOString().slice(0, 10),
      product: folderOf(server),
      version: serverVersion(server),
      configuration: server.configuration,
      shows: server.shows,
      coordinates: [...withBackends([server.name])].flatMap(({ coordinates }) => [...coordinates]),
      scheme: server.scheme,
      truth: truthOfAnswers(server),
    },
    exchanges,
  } satisfies Recording;
  await putWhatSurveyAsks(server, recording, put);
  refuseSecrets(printRecording(recording));
  return isProxy(server) ? withoutRepeats(recording) : recording;
}

/**
 * A recording without the answers that a replay gives anyway, from the recorded unknown path of that shape: a proxy says
 * one thing to most of what it is asked.
 */
function withoutRepeats(recording: Recording): Recording {
  const said = (path: string, { exchanges }: Pick<Recording, 'exchanges'>, method: string): string | null => {
    const headers = { 'x-opaque-id': 'x' };
    const answer = replay({ head: recording.head, exchanges }, { method, path, headers });
    return answer?.bytes.toString('latin1').replace(/^date: .*$/im, '') ?? null;
  };
  const kept = recording.exchanges.filter(({ question, method, path }) => {
    if (['root', 'unknown-path', 'wrong-scheme'].includes(question)) return true;
    const rest = recording.exchanges.filter((one) => one.question === 'root' || one.question === 'unknown-path');
    const asked = path.replaceAll('{nonce}', 'q7w8e9r0t1y2');
    return said(asked, { exchanges: rest }, method) !== said(asked, recording, method);
  });
  return { head: recording.head, exchanges: kept };
}

/**
 * A survey fills blanks with what it was shown (a list of indices, a repository), which the catalogue alone does not: what it
 * asks of this very server and was not recorded yet is put to it too.
 */
async function putWhatSurveyAsks(
  server: LabServer,
  recording: Recording & { readonly exchanges: RecordedExchange[] },
  put: (question: RecordedQuestion, path: string) => Promise<RecordedExchange>,
): Promise<void> {
  const { port, scheme, basePath = '' } = server;
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, scheme, basePath };
  const asks = survey(endpoint, { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' });
  for (let step = asks.next(), asked = 1; step.done !== true; asked += 1) {
    const { question, blanks } = step.value;
    const path = requestPath(step.value);
    const known = matchExchange(recording, { method: question.method, path })?.exchange.path;
    if (known !== path && blanks['nonce'] === undefined) recording.exchanges.push(await put(question, path));
    step = asks.next(answerFrom(recording, step.value, asked));
  }
}

/** What the answers alone show. */
function truthOfAnswers({ truth }: LabServer): RecordingHead['truth'] {
  const { state, product, version, distribution, rung, findings } = truth;
  return { state, product, version, distribution, rung, findings: findings.toSorted() };
}

/** Where the root page sends callers within the same server: with and without a slash, as a base path is asked. */
function redirectsOf(exchanges: readonly RecordedExchange[], server: LabServer): readonly string[] {
  const root = exchanges.find(({ question }) => question === 'root')?.wire;
  if (root?.kind !== 'answer') return [];
  const location = root.head.find((line) => /^location:/i.test(line))?.replace(/^location:\s*/i, '');
  if (location === undefined) return [];
  const own = `${server.scheme}://127.0.0.1:${server.port}`;
  const { origin, pathname, search } = new URL(location, own);
  const bare = pathname.replace(/\/$/, '');
  const paths = new Set([`${pathname}${search}`, bare, `${bare}/`]);
  return origin === own ? [...paths].filter((path) => !exchanges.some((known) => known.path === path)) : [];
}

function pathsOf(server: LabServer, path: string): readonly string[] {
  if (path.includes('{repository}')) {
    const names = isSearch(server) && server.backups !== undefined ? [repository] : [];
    return [...names, '{nonce}'].map((name) => path.replaceAll('{repository}', name));
  }
  // Other blanks are filled by the survey alone.
  if (/\{(?!index\}|nonce\}|columns\}|fields\})/.test(path)) return [];
  if (!path.includes('{index}')) return [path];
  const seeded = isProxy(server) ? backendOf(server) : server;
  const names = seeded === null || !isSearch(seeded) ? [] : seedIndices(seeded.seed).slice(0, mostIndices);
  return [...names, '{nonce}'].map((name) => path.replaceAll('{index}', name));
}

function backendOf(server: LabServer): LabServer | null {
  const [first] = isProxy(server) ? server.behind : [];
  return first === undefined ? null : serverNamed(first);
}

/** A TLS 1.2 greeting as OpenSSL sends it, always the same, since some servers quote it in their answer. */
const clientHello = Buffer.from(
  'FgMBAIMBAAB/AwMa/rt+2mvCP4duhuEFlG5YhjLgb8ys4QkaEckGMI/hyQAABMAvAP8BAABSAAsABAMAAQIACgAMAAoAHQAXAB4AGQAYACMAAAAW' +
    'AAAAFwAAAA0AKgAoBAMFAwYDCAcICAgJCAoICwgECAUIBgQBBQEGAQMDAwEDAgQCBQIGAg==',
  'base64',
);

/** What the port answers to someone who speaks the other scheme: a TLS greeting, or a plain request. */
async function wrongSchemeExchange(server: LabServer): Promise<RecordedExchange> {
  const address = '127.0.0.1';
  if (server.scheme === 'http') {
    const { received, end } = await speak(
      { address, port: server.port, scheme: 'http' },
      clientHello,
      (so) => so.length > 0,
    );
    const wire: Wire = { kind: 'bytes', end, ...asText(received) };
    return {
      question: 'wrong-scheme',
      method: wrongScheme.tlsToPlain,
      path: '',
      wire: mapText(wire, (text) => neutral(server, text)),
    };
  }
  const headers = { Host: `127.0.0.1:${server.port}`, Connection: 'keep-alive' };
  const wire = await putToWire(
    { address, port: server.port, scheme: 'http' },
    { method: 'GET', path: '/', headers },
    4096,
  );
  return { question: 'wrong-scheme', method: wrongScheme.plainToTls, path: '', wire };
}

/** Applies a change to every text of an answer, and fixes the length that an answer says of itself. */
function mapText(wire: Wire, change: (text: string) => string): Wire {
  const text = wire.text === undefined ? {} : { text: change(wire.text) };
  if (wire.kind === 'bytes') return { ...wire, ...text };
  return { ...wire, head: wire.head.map(change), ...text };
}

/** A node lists every connection of the last minutes, the recorder's own hundreds among them: a recording keeps a few. */
function fewerClients(text: string): string {
  return text.replaceAll(/"clients":\[((?:\{[^{}]*\},?)*)\]/g, (_list, clients: string) => {
    const kept = (clients.match(/\{[^{}]*\}/g) ?? []).slice(0, mostClients);
    return `"clients":[${kept.join(',')}]`;
  });
}

/** Takes this machine out of what a server says: its folders become those of a usual installation. */
function neutral(server: LabServer, text: string): string {
  const product = folderOf(backendOf(server) ?? server);
  const instances = [server, backendOf(server)].flatMap((one) => (one === null ? [] : [instanceFolder(one.name)]));
  const moved = instances.reduce((so, path) => so.replaceAll(path, `/var/lib/${product}`), text);
  return moved
    .replaceAll(new RegExp(`${escapeRegExp(join(cacheFolder(), 'homes'))}/[^/",\\s]+`, 'g'), `/usr/share/${product}`)
    .replaceAll(join(cacheFolder(), 'packages'), `/usr/share/${product}`)
    .replaceAll(`Linux ${hostname()} `, 'Linux lab ');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A recording is public: refuses one that holds a planted secret, the lab's password, a path or the name of this machine. */
function refuseSecrets(text: string): void {
  const forbidden = [canary, labLogin.password, labLogin.bcrypt, cacheFolder(), process.cwd(), hostname()].filter(
    (word) => word !== 'localhost',
  );
  const pattern = (word: string) =>
    // A key of the product's own JSON may be called as this machine is.
    new RegExp(`(?<![A-Za-z0-9_])${escapeRegExp(word)}(?![A-Za-z0-9_]|\\\\"\\s*:)`);
  const found = forbidden.find((word) => pattern(word).test(text));
  if (found !== undefined) {
    const at = text.search(pattern(found));
    throw new Error(`the recording would hold "${found}": …${text.slice(Math.max(0, at - 120), at + 80)}…`);
  }
}

/** Records a running server, says how that differs from its file, and writes the file unless only asked to check. */
async function recordInto(server: LabServer, check: boolean): Promise<number> {
  const recording = await record(server, catalogueQuestions);
  const file = recordingFile(server);
  const lines = existsSync(file) ? difference(parseRecording(readFileSync(file, 'utf8')), recording) : ['new'];
  const verdict = lines.length === 0 ? ' as recorded' : ['', ...lines].join('\n  ');
  process.stdout.write(`${server.name}:${verdict}\n`);
  // A recording that says the same stays as it is: ids and times alone are no reason for a new one.
  if (!check && lines.length > 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, printRecording(recording));
  }
  return lines.length;
}

async function main(words: readonly string[]): Promise<number> {
  const check = words.includes('--check');
  const names = words.filter((word) => !word.startsWith('--'));
  if (names.length === 0) {
    process.stderr.write('usage: npm run record -- NAME…|all [--check]\n');
    return 2;
  }
  const wanted = names.includes('all')
    ? servers.filter(({ slow, liveOnly }) => slow !== true && liveOnly !== true)
    : names.map(serverNamed);
  let differences = 0;
  let failed = false;
  for (let from = 0; from < wanted.length; from += together) {
    const some = wanted.slice(from, from + together);
    const needed = withBackends(some.map(({ name }) => name));
    const running = new Set(needed.filter(({ name }) => runningPid(name) !== null));
    try {
      await upAll(needed);
      for (const server of some) differences += await recordInto(server, check);
    } catch (error) {
      failed = true;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    } finally {
      await Promise.all(needed.filter((one) => !running.has(one)).map(down));
    }
  }
  return failed || (check && differences > 0) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
