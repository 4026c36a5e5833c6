import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import type { Test } from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import type { Declaration } from '../../src/engagement/index.js';
import type { RunEvent } from '../../src/model/event.js';
import type { EndpointSummary, Finding } from '../../src/model/finding.js';
import { audit } from '../../src/run/index.js';
import type { AuditOptions, AuditResult } from '../../src/run/index.js';
import { recordingNamed, serveRecording } from '../replay.js';

/** Serves a recording on an address of its own until the test ends; gives its URL. */
export async function recorded(t: Test, name: string): Promise<string> {
  const server = await serveRecording(recordingNamed(name), { address: '127.0.0.1', port: 0 });
  t.teardown(server.close);
  return `http://127.0.0.1:${server.port}`;
}

/** A web server of the test's own, on every address of 127.0.0.0/8. */
export async function serve(
  t: Test,
  listener: RequestListener,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, server };
}

/** A port on which nothing listens. */
export async function deadPort(t: Test): Promise<number> {
  const { port, server } = await serve(t, () => undefined);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * The declaration of a targets file with this text.
 *
 * @param now the day it is read on, for files that name dates
 * @param targets as `--target`; empty for all
 */
export async function declared(
  t: Test,
  yaml: string,
  folder = t.testdir({}),
  now: Date = new Date(),
  targets: readonly string[] = [],
): Promise<Declaration> {
  const file = join(folder, 'targets.yaml');
  writeFileSync(file, yaml);
  const read = await readTargets(file, { now, targets });
  if (!read.ok) throw new Error(read.mistakes.map(({ message, at }) => `${message}: ${at}`).join('; '));
  return read.declaration;
}

/** An audit with what a test needs of it. */
export interface Audited {
  readonly result: AuditResult;
  readonly endpoints: readonly EndpointSummary[];
  readonly findings: readonly Finding[];
  readonly events: readonly RunEvent[];
  /** Texts of the notices, joined. */
  readonly notices: string;
}

/** Audits; waits are short. */
export async function audited(
  declaration: Declaration,
  out: string,
  options: Partial<AuditOptions> = {},
): Promise<Audited> {
  const events: RunEvent[] = [];
  const result = await audit(declaration, {
    out,
    failOn: 'high',
    formats: [],
    signal: new AbortController().signal,
    pacing: { controlsEvery: 50, patience: [20], peaceAtLeast: 20 },
    ...options,
    onEvent(event) {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  return {
    result,
    events,
    endpoints: await collected(result.endpoints()),
    findings: await collected(result.findings()),
    notices: events.map((event) => (event.kind === 'notice' ? event.text : '')).join('\n'),
  };
}

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The lines of a file of JSON lines. */
export function jsonLines(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** An engagement that lets a test have an internet vantage. */
export const engagement = `
engagement:
  id: ACME-1
  authorisedBy: { name: Jeanne Moreau, role: CISO, capacity: owner, email: jm@acme.example }
  authorisation: { reference: LOA-1, signedOn: 2026-10-20 }
  contacts: [{ name: Jean Martin, email: jean@acme.example }]
  vantage: { name: outside, exposure: internet, egress: 192.0.2.7 }
`;

/** The same answer to everything. */
export function plain(status: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end('{}');
  };
}

/** What a closed Elasticsearch 7 answers to everything (wire guide B.1): two questions are enough to know it. */
export const wall: RequestListener = (request, response) => {
  const reason = `missing authentication credentials for REST request [${request.url ?? ''}]`;
  const cause = { type: 'security_exception', reason };
  response.writeHead(401, {
    'content-type': 'application/json; charset=UTF-8',
    'www-authenticate': 'Basic realm="security" charset="UTF-8"',
    'x-elastic-product': 'Elasticsearch',
  });
  response.end(JSON.stringify({ error: { root_cause: [cause], ...cause }, status: 401 }));
};

/** Addresses of 127.7.0.0/16, one by one, as a YAML list. */
export function hosts(count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, i) => `127.7.${i >> 5}.${(i & 31) + 1}`));
}
