import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { RecordingHead } from '../src/demo/replay.js';
import { declareUrls, formatMistakes, readTargets, type ReadResult } from '../src/engagement/index.js';
import type { Technique } from '../src/model/engagement.js';
import type { EndpointSummary, Finding } from '../src/model/finding.js';
import { audit, type Pacing } from '../src/run/index.js';

/** What a recording or a server of the lab declares of itself. */
export type Truth = RecordingHead['truth'];

const requestLine = z.object({
  kind: z.literal('request'),
  method: z.string(),
  url: z.string(),
  status: z.number().nullable(),
});

const connectionLine = z.object({ kind: z.literal('connection'), connection: z.number(), port: z.number() });
const handshakeLine = z.object({ kind: z.literal('handshake'), connection: z.number() });
const ledgerLine = z.union([requestLine, connectionLine, handshakeLine]);

/** A request as the ledger shows it. */
export type LedgerRequest = z.infer<typeof requestLine>;

/** What an audit said of one endpoint. */
export interface Audited {
  readonly summary: EndpointSummary;
  readonly findings: readonly Finding[];
  readonly told: Truth;
}

/** An audit of loopback URLs, read back from the run folder it wrote. */
export interface AuditedUrls {
  readonly folder: string;
  readonly exitCode: number;
  readonly bugs: number;
  /** By the URL's host, port and path, as in `127.0.0.1:9200/es`. */
  readonly endpoints: ReadonlyMap<string, Audited>;
  readonly ledger: readonly LedgerRequest[];
  /** Handshakes of TLS that the ledger shows, by port. */
  readonly handshakes: ReadonlyMap<number, number>;
}

/** Host, port and path of a URL: what distinguishes endpoints of one audit, whatever scheme was found. */
export function placeOf(url: string): string {
  return url.slice(url.indexOf('://') + 3);
}

/** What an engagement may allow beyond the usual. */
export interface Allowed {
  readonly techniques: readonly Technique[];
  readonly fullAddresses?: boolean;
}

/** Audits loopback URLs through the library into a folder of its own, with every report format it knows. */
export async function auditUrls(
  urls: readonly string[],
  pacing: Partial<Pacing> = {},
  allowed: Allowed | null = null,
): Promise<AuditedUrls> {
  return auditDeclared(
    allowed === null
      ? await declareUrls(urls)
      : await declareTargets(
          {
            engagement: {
              id: 'LIVE',
              techniques: Object.fromEntries(allowed.techniques.map((name) => [name, true])),
            },
            targets: urls.map((url, i) => ({ id: `t${i}`, url })),
          },
          allowed,
        ),
    pacing,
  );
}

/** Audits what a targets file with this content declares, as {@link auditUrls} does. */
export async function auditTargets(content: object): Promise<AuditedUrls> {
  return auditDeclared(await declareTargets(content, {}));
}

async function auditDeclared(read: ReadResult, pacing: Partial<Pacing> = {}): Promise<AuditedUrls> {
  if (!read.ok) throw new Error(formatMistakes(read.mistakes));
  const result = await audit(read.declaration, {
    out: await mkdtemp(join(tmpdir(), 'leftopen-audited-')),
    failOn: 'high',
    formats: ['html', 'md', 'json'],
    signal: new AbortController().signal,
    pacing,
  });
  const findings: Finding[] = [];
  for await (const finding of result.findings()) findings.push(finding);
  const endpoints = new Map<string, Audited>();
  for await (const summary of result.endpoints()) {
    const own = findings.filter(({ fingerprint }) => summary.findings.includes(fingerprint));
    endpoints.set(placeOf(summary.endpoint), { summary, findings: own, told: tell(summary, own) });
  }
  const ledger: LedgerRequest[] = [];
  const ports = new Map<number, number>();
  const handshakes = new Map<number, number>();
  for (const text of readFileSync(join(result.folder, 'ledger.jsonl'), 'utf8').split('\n')) {
    const line = text === '' ? null : (ledgerLine.safeParse(JSON.parse(text)).data ?? null);
    if (line?.kind === 'request') ledger.push(line);
    if (line?.kind === 'connection') ports.set(line.connection, line.port);
    const port = line?.kind === 'handshake' ? ports.get(line.connection) : undefined;
    if (port !== undefined) handshakes.set(port, (handshakes.get(port) ?? 0) + 1);
  }
  const { folder, exitCode, head } = result;
  return { folder, exitCode, bugs: head.summary.bugs, endpoints, ledger, handshakes };
}

async function declareTargets(content: object, { fullAddresses }: Pick<Allowed, 'fullAddresses'>): Promise<ReadResult> {
  const file = join(await mkdtemp(join(tmpdir(), 'leftopen-targets-')), 'targets.json');
  await writeFile(file, JSON.stringify(content));
  try {
    return await readTargets(file, { fullAddresses });
  } finally {
    await rm(dirname(file), { recursive: true });
  }
}

function tell(summary: EndpointSummary, findings: readonly Finding[]): Truth {
  return {
    state: summary.state,
    product: summary.product,
    version: summary.version,
    distribution: summary.distribution,
    rung: summary.access,
    findings: findings.map(({ check }) => check).sort(),
  };
}

/** Files of a run folder that hold a text. */
export function filesHolding(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });
}
