// Peak memory and CPU time of every format, and of `leftopen send`, at growing numbers of endpoints.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../src/report/index.js';
import { runFiles } from '../src/store/folder.js';
import { watched, writeJournal } from './scale.js';

const sizes = (process.env['BENCH_ENDPOINTS'] ?? '20000,200000').split(',').map(Number);

/** Resident memory that each may take. */
const allowedMiB = 200;

/**
 * A synthetic finished run of as many endpoints, rendered in each format by itself, and sent twice to a stand-in for Elasticsearch; then
 * rendered and sent once more with pseudonyms.
 */
export async function benchFormats(): Promise<void> {
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'leftopen-formats-'));
    const run = join(folder, 'bench', '2026-11-23T02-00-00Z');
    const siem = await standIn();
    try {
      mkdirSync(run, { recursive: true });
      await writeJournal(run, size);
      await measured(size, 'judged', ['rejudge', run, '--baseline', 'none', '--format', 'json', '--quiet']);
      adopt(run);
      for (const { name } of formats.filter(({ name }) =>
        (process.env['BENCH_FORMATS'] ?? name).split(',').includes(name),
      )) {
        await measured(size, name, ['report', '--run', run, '--format', name, '--quiet']);
        console.log(`formats:   ${written(run)}`);
      }
      const send = ['send', '--run', run, '--to', siem.url, '--quiet'];
      await measured(size, 'send', send, siem.credentials);
      console.log(`formats:   ${siem.taken()} documents taken`);
      siem.known = true;
      await measured(size, 'send again', send, siem.credentials);
      console.log(`formats:   ${siem.taken()} documents taken`);
      const keys = { LEFTOPEN_KEYS: join(folder, 'keys') };
      await measured(
        size,
        'ecs, redacted',
        ['report', '--run', run, '--format', 'ecs', '--redact', 'all', '--quiet'],
        keys,
      );
      console.log(`formats:   ${written(run)}`);
      siem.known = false;
      await measured(size, 'send, redacted', [...send, '--redact', 'all'], { ...siem.credentials, ...keys });
      console.log(`formats:   ${siem.taken()} documents taken`);
    } finally {
      siem.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function measured(
  size: number,
  what: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, peak, cpuSeconds } = await watched(args, environment);
  if (code === undefined || code === 2)
    throw new Error(`leftopen ${args.join(' ')} ended with exit code ${code ?? '?'}`);
  const each = ((cpuSeconds * 1000) / (size / 1000)).toFixed(1);
  const verdict = peak <= allowedMiB ? 'within' : 'ABOVE';
  console.log(
    `formats: ${what} at ${size} endpoints, ${each} ms of CPU per 1,000, peak ${peak} MiB: ${verdict} the ${allowedMiB} MiB allowed`,
  );
  if (peak > allowedMiB) process.exitCode = 1;
}

/** Names and sizes of what the last `report` wrote, which is deleted. */
function written(run: string): string {
  const exports = join(run, runFiles.exports);
  const [made = ''] = readdirSync(exports);
  const files = readdirSync(join(exports, made)).map(
    (file) => `${file} ${(statSync(join(exports, made, file)).size / 2 ** 20).toFixed(1)} MiB`,
  );
  rmSync(exports, { recursive: true });
  return files.filter((file) => !/^(run\.json|SHA256SUMS) /.test(file)).join(', ');
}

/** Makes the record that was judged again the record of the run itself. */
export function adopt(folder: string): void {
  const rejudged = join(folder, runFiles.rejudged);
  const [made = ''] = readdirSync(rejudged);
  for (const file of readdirSync(join(rejudged, made))) renameSync(join(rejudged, made, file), join(folder, file));
  rmSync(rejudged, { recursive: true });
}

/** What `send` needs of an Elasticsearch, keeping nothing but counts. */
async function standIn() {
  let documents = 0;
  const state = {
    url: '',
    credentials: { LEFTOPEN_SEND_API_KEY: 'YmVuY2g6YmVuY2g=' },
    /** Whether it has every document that it is asked for. */
    known: false,
    taken: (): number => documents,
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
  const answer = (path: string, body: string): object => {
    if (path === '/') return { cluster_uuid: 'bench', version: { number: '9.4.3', build_flavor: 'default' } };
    const ids = body.match(/[0-9a-f]{64}/g) ?? [];
    if (path.endsWith('/_search')) return { hits: { hits: state.known ? ids.map((_id) => ({ _id })) : [] } };
    if (path !== '/_bulk') return {};
    const items = [...body.matchAll(/^\{"create":\{"_index":"([^"]*)","_id":"([^"]*)"/gm)];
    documents += items.length;
    return {
      took: 1,
      errors: false,
      items: items.map(([, _index, _id]) => ({ create: { _index, _id, status: 201 } })),
    };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      response.writeHead(200, {
        'content-type': 'application/vnd.elasticsearch+json;compatible-with=9',
        'x-elastic-product': 'Elasticsearch',
      });
      response.end(JSON.stringify(answer(pathname, Buffer.concat(chunks).toString())));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  return state;
}
