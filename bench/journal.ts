// What a line of the journal costs: bytes on the disk, and time to write and to read it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndpointRecord } from '../src/model/exchange.js';
import { journalFormat, openSegment, readJournal, segmentPath } from '../src/store/journal.js';
import { survey } from '../src/survey/index.js';
import { recordingNamed } from '../test/replay.js';
import { surveyAgainst, techniquesWith } from '../test/support/answer.js';

const lines = Number(process.env['BENCH_LINES'] ?? 20_000);
const begun = Date.parse('2026-11-23T02:00:00.000Z');

/** Writes and reads 20,000 lines of each kind: dead endpoints, login walls, open clusters. */
export async function benchJournal(): Promise<void> {
  await measure('dead endpoint', dead);
  await measure('login wall', surveyed('elasticsearch/7.17.9-closed'));
  await measure('open cluster', surveyed('elasticsearch/7.17.9-open'));
}

async function measure(what: string, recordOf: (line: number) => EndpointRecord): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-journal-'));
  try {
    const segment = openSegment(segmentPath(folder, 1), {
      leftopen: 'journal',
      format: journalFormat,
      run: 'bench',
      segment: 1,
      startedAt: new Date(begun).toISOString(),
      tool: '0',
      catalogue: 'c',
      knowledge: 'k',
      digest: 'd',
      vantage: { name: 'here', exposure: 'internal', egress: null },
      targets: [],
    });
    const before = segment.length;
    const writing = process.cpuUsage();
    for (let line = 0; line < lines; line += 1) {
      segment.write({ record: recordOf(line), addresses: null, replaces: null, tries: 1 });
    }
    const written = perLine(writing);
    const bytes = (segment.length - before) / lines;
    segment.close();
    const reading = process.cpuUsage();
    let read = 0;
    for await (const entry of readJournal(folder)) read += entry.kind === 'endpoint' ? 1 : 0;
    if (read !== lines) throw new Error(`${read} of ${lines} lines were read`);
    console.log(
      `journal: ${what}: ${bytes.toFixed(1)} bytes, written in ${written} µs and read in ${perLine(reading)} µs of CPU (${lines} lines)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function perLine(since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since);
  return ((user + system) / lines).toFixed(1);
}

/** Endings come in another order than places, a few milliseconds apart, as in a run of many at once. */
function dead(line: number): EndpointRecord {
  const ordinal = (line * 7919) % lines;
  const at = begun + line * 5 + ((line * 31) % 7);
  return {
    ordinal,
    endpoint: endpointAt(ordinal),
    targets: ['search'],
    at: new Date(at).toISOString(),
    exchanges: [
      {
        question: 'root',
        method: 'GET',
        path: '/',
        scheme: 'http',
        basePath: '',
        blanks: {},
        request: 0,
        connection: line + 1,
        at: new Date(at + (line % 5)).toISOString(),
        ms: (line * 13) % 17,
        outcome: { kind: 'failure', failure: 'refused', detail: 'ECONNREFUSED' },
      },
    ],
    tls: null,
    cut: null,
  };
}

function endpointAt(ordinal: number): EndpointRecord['endpoint'] {
  const address = `10.${20 + (ordinal >> 16)}.${(ordinal >> 8) & 255}.${ordinal & 255}`;
  return { host: address, address, port: 9200, basePath: '', scheme: null };
}

/** A recorded server at every address, each survey at another time and over another connection. */
function surveyed(name: string): (line: number) => EndpointRecord {
  const techniques = techniquesWith();
  const questions = survey(endpointAt(0), { techniques, nonce: () => randomBytes(6).toString('hex') });
  const record = surveyAgainst(recordingNamed(name), endpointAt(0), questions);
  return (line) => ({
    ...record,
    ordinal: line,
    endpoint: endpointAt(line),
    at: new Date(begun + line * 5).toISOString(),
    exchanges: record.exchanges.map((exchange, number) => ({
      ...exchange,
      request: line * record.exchanges.length + number + 1,
      connection: line + 1,
      at: new Date(begun + line * 5 + number * 3).toISOString(),
      ms: (line + number) % 9,
    })),
  });
}
