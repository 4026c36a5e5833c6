import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Test } from 'tap';
import { z } from 'zod';
import { denied } from '../../src/catalogue/index.js';
import { ranking, watcher } from '../../src/cli/terminal.js';
import { listChecks } from '../../src/judge/index.js';
import { formatMistakes, readTargets } from '../../src/engagement/index.js';
import type { EndpointSummary, Finding } from '../../src/model/finding.js';
import { audit, type AuditResult, type Pacing } from '../../src/run/index.js';
import { openEstate, targetsOf, type Ending, type Estate, type Hostile, type Patience } from './estate.js';

/** No waiting: a strained target is not asked again, and a lost vantage is reported at once. */
const pacing: Partial<Pacing> = { patience: [20, 20], peaceAtLeast: 50, peaceAtMost: 500 };

/** An audit of an estate through the library, with all that it wrote and showed. */
export interface Audited {
  readonly result: AuditResult;
  readonly endpoints: ReadonlyMap<string, EndpointSummary>;
  readonly findings: readonly Finding[];
  /** What a terminal of 80 columns was sent. */
  readonly terminal: string;
  readonly file: string;
}

/** Audits the estate, and waits until its servers have seen all connections end. */
async function auditEstate(estate: Estate, folder: string, patience: Patience): Promise<Audited> {
  const file = join(folder, 'targets.yaml');
  writeFileSync(file, targetsOf(estate, patience));
  const audited = await auditFile(file, folder, ['html', 'md', 'json']);
  await estate.settled();
  return audited;
}

/** Audits what a targets file declares, through the public library, showing it to a terminal. */
export async function auditFile(file: string, folder: string, formats: readonly string[]): Promise<Audited> {
  const read = await readTargets(file);
  if (!read.ok) throw new Error(formatMistakes(read.mistakes));
  let terminal = '';
  const screen = { isTTY: true, columns: 80, write: (text: string) => (terminal += text) };
  const watch = watcher({ quiet: false, json: false }, screen);
  const result = await watch.during(
    audit(read.declaration, {
      out: join(folder, 'reports'),
      failOn: 'high',
      formats,
      signal: new AbortController().signal,
      onEvent: watch.onEvent,
      pacing,
    }),
  );
  terminal += ranking(result.head, [], screen);
  const findings: Finding[] = [];
  for await (const finding of result.findings()) findings.push(finding);
  const endpoints = new Map<string, EndpointSummary>();
  for await (const endpoint of result.endpoints()) endpoints.set(endpoint.target, endpoint);
  return { result, endpoints, findings, terminal, file };
}

/** Every endpoint ended in the state that it must, and no bug of ours was met. */
function endsAsItMust(t: Test, estate: Estate, { result, endpoints }: Audited): void {
  t.equal(result.head.run.finished, true, 'the run came to its end');
  t.equal(result.head.summary.bugs, 0, 'no check threw');
  t.equal(endpoints.size, estate.servers.length, 'each endpoint has its line');
  const wrong: string[] = [];
  for (const { hostile } of estate.servers) {
    const seen = endpoints.get(hostile.id);
    const may: readonly Ending[] = [hostile.ends].flat();
    const ends = may.some(
      ({ state, reason }) => seen?.state === state && (reason === undefined || seen.reason === reason),
    );
    if (!ends) wrong.push(`${hostile.id}: ${seen?.state ?? 'missing'}, ${seen?.reason ?? seen?.otherProduct ?? ''}`);
    const silent = (seen?.state === 'undetermined' || seen?.state === 'unreachable') && !seen.reasonText;
    if (silent) wrong.push(`${hostile.id}: ${seen.state} for no reason that is said`);
  }
  t.strictSame(wrong, [], 'each ends in the state that it must, with its reason');
}

const ledgerLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), method: z.string(), url: z.string(), host: z.string() }),
  z.object({ kind: z.literal('connection'), address: z.string(), port: z.number(), failure: z.string().nullable() }),
  z.object({ kind: z.literal('handshake') }),
  z.object({ kind: z.literal('lookup') }),
]);

function counted(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items.toSorted()) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

/**
 * What arrived is what the ledger says, no more and no less; all of it reads, none of it on the deny-list, none at an address
 * or port that was not declared, and none with a body or with anything that a target gave us.
 */
function ledgerTellsAll(t: Test, estate: Estate, { folder, head }: Pick<AuditResult, 'folder' | 'head'>): void {
  const runId = head.run.id;
  const lines = readFileSync(join(folder, 'ledger.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => ledgerLine.parse(JSON.parse(line)));
  const at = new Map(estate.servers.map(({ hostile, port }) => [port, hostile.id]));
  const named = (method: string, port: number, path: string): string => `${method} ${path} of ${at.get(port) ?? port}`;
  const told = lines.flatMap((line) => (line.kind === 'request' ? [line] : []));
  const connected = lines.flatMap((line) => (line.kind === 'connection' && line.failure === null ? [line] : []));
  const arrived = estate.servers.flatMap(({ port, requests }) => requests.map((request) => ({ port, ...request })));
  t.strictSame(
    counted(
      told.map(({ method, url }) => {
        const [, port = '', path = ''] = /^https?:\/\/127\.0\.0\.1:(\d+)(\/.*)$/.exec(url) ?? [];
        return named(method, Number(port), path);
      }),
    ),
    counted(arrived.map(({ method, port, path }) => named(method, port, path))),
    'each request that arrived is in the ledger, and each in the ledger arrived',
  );
  t.strictSame(
    counted(connected.map(({ address, port }) => named(address, port, ''))),
    counted(
      estate.servers.flatMap(({ port, connections }) =>
        Array.from({ length: connections }, () => named('127.0.0.1', port, '')),
      ),
    ),
    'each connection is in the ledger, and each in the ledger was made',
  );
  t.equal(estate.trap.connections, 0, 'nothing was led to an undeclared address');
  t.ok(arrived.length > 0);
  const bad = arrived.filter(
    ({ method, path, port, head }) =>
      !/^(?:GET|HEAD)$/.test(method) ||
      denied(path) !== null ||
      !head.includes(`\r\nhost: 127.0.0.1:${port}\r\n`) ||
      !/\r\nuser-agent: leftopen\//i.test(head) ||
      !head.toLowerCase().includes(`\r\nx-opaque-id: ${runId.toLowerCase()}`) ||
      /\r\n(?:cookie|authorization|proxy-authorization|referer|content-length|transfer-encoding|content-type):/i.test(
        head,
      ) ||
      // An invented one, where the question is about other origins.
      /\r\norigin: (?!https:\/\/leftopen\.invalid\r\n)/i.test(head),
  );
  t.strictSame(bad, [], 'all of them are plain reads that say who asks');
}

/** Every file of a folder, with its text (unpacked where it is gzip); fails when one is not UTF-8. */
export function textsOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(
    names.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, new TextDecoder('utf-8', { fatal: true }).decode(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)];
    }),
  );
}

/** Control characters but for the line end, invisible and rearranging ones, line separators, lone surrogates. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 80), at + 80));
}

/** No character that a reader cannot see, or that moves what they see. */
export function isPlain(t: Test, text: string, name: string): void {
  const found = unseen.exec(text);
  t.equal(found === null ? null : around(text, found.index), null, `${name} holds no character that cannot be seen`);
}

/** What we send to a terminal ourselves: colours, bold, dim, and the clearing of the live line. */
const ours = /\u001b\[(?:0|1|2|22|31|33|36|39)m|\r\u001b\[2K/g;

/** A terminal is sent nothing but text and our own sequences. */
export function isCalm(t: Test, text: string, name: string): void {
  isPlain(t, text.replace(ours, ''), name);
}

function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* stringsOf(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* stringsOf(item);
    }
  }
}

const tags = new Set(
  (
    'html head meta aside title style body header main footer nav section article h1 h2 h3 h4 p a ul ol li dl dt dd div span ' +
    'strong em small code pre table caption thead tbody tr th td time details summary br wbr b i abbr figure figcaption ' +
    'svg rect path circle text'
  ).split(' '),
);
const attributes = new Set(
  (
    'lang charset name content http-equiv class id href rel role scope datetime data-label aria-labelledby aria-label ' +
    'aria-hidden open title start hidden viewBox preserveAspectRatio x y width height cx cy r rx d text-anchor ' +
    'data-owners data-states data-state data-severity'
  ).split(' '),
);
/** The sites that our own texts lead to: those of the checks' references, of what CVSS vectors mean, and of the laws on notification. */
const sites = new Set([
  'www.first.org',
  'eur-lex.europa.eu',
  'www.npc.gov.cn',
  ...listChecks().flatMap(({ references }) => references.map(hostOf)),
]);

function hostOf(url: string): string {
  return new URL(url).host;
}

/** Where our own texts lead: into the page, or to one of our sites. */
function leadsToOurs(href: string): boolean {
  if (/^#[\w-]+$/.test(href)) return true;
  return /^https:\/\/[^\s"]+$/.test(href) && sites.has(hostOf(href));
}

/** Markup that holds our own elements, attributes and links only. */
function isOurMarkup(t: Test, page: string, name: string): void {
  const foreign: string[] = [];
  for (const { 0: tag, index } of page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    // the one script of the page, which its policy admits by hash; a second one is foreign
    .replace(/<script>[\s\S]*?<\/script>/, '')
    .matchAll(/<(?!!doctype html>)[^>]*>?/gi)) {
    const [, element = '', rest = ''] = /^<\/?([a-z0-9]+)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>$/.exec(tag) ?? [];
    const names = [...rest.matchAll(/\s([a-zA-Z-]+)(?:="([^"]*)")?/g)];
    const fits =
      tags.has(element) &&
      names.every(([, key = '', value = '']) => attributes.has(key) && (key !== 'href' || leadsToOurs(value)));
    if (!fits) foreign.push(`${tag} in ${around(page, index)}`);
  }
  t.strictSame(foreign.slice(0, 5), [], `${name} holds no markup and no link of a target's`);
}

function isOurMarkdown(t: Test, text: string, name: string): void {
  const page = micromark(text, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  isOurMarkup(t, page, name);
  const broken: string[] = [];
  let columns = 0;
  for (const line of text.split('\n')) {
    const bars = line.startsWith('|') ? line.replace(/\\./g, '').split('|').length : 0;
    if (bars > 0 && columns > 0 && bars !== columns) broken.push(line);
    columns = bars;
  }
  t.strictSame(broken.slice(0, 5), [], `${name}: no target adds a cell to a table`);
}

/** No file of a run folder holds anything of a target's that a reader's program could take for more than text. */
export function filesArePlain(t: Test, texts: ReadonlyMap<string, string>): void {
  for (const wanted of [
    'report.html',
    'report.md',
    'findings.json',
    'findings.jsonl',
    'endpoints.jsonl',
    'ledger.jsonl',
  ])
    t.ok(texts.has(wanted), `${wanted} is there`);
  for (const [name, text] of texts) {
    isPlain(t, text, name);
    if (name.endsWith('.html')) isOurMarkup(t, text, name);
    if (name.endsWith('.md')) isOurMarkdown(t, text, name);
    if (!/\.jsonl?$/.test(name)) continue;
    const values: unknown[] = (name.endsWith('.json') ? [text] : text.trimEnd().split('\n'))
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
    const odd = [...stringsOf(values)].find((string) => unseen.test(string.replaceAll('\n', '')));
    t.equal(odd === undefined ? null : JSON.stringify(odd.slice(0, 200)), null, `${name}: nor once its JSON is read`);
  }
}

/** All that a run wrote and showed, by name. */
export function shownBy({ result, terminal }: Audited): ReadonlyMap<string, string> {
  return new Map([...textsOf(result.folder), ['the terminal', terminal]]);
}

/** What no output may hold: every secret of the hostile servers begins with it. */
const canary = /CANARY7/i;

/** None of the secrets is anywhere. */
export function holdsNoSecret(t: Test, texts: Iterable<readonly [string, string]>): void {
  const found: string[] = [];
  for (const [name, text] of texts) {
    const at = text.search(canary);
    if (at >= 0) found.push(`${name}: ${around(text, at)}`);
  }
  t.strictSame(found, [], 'no secret of a target is written or shown anywhere');
}

/**
 * Audits hostile servers and holds the run to its promises: it ends, each endpoint in the state that it must, the ledger shows
 * all, nothing of a target's reaches a reader but as text, and no secret does.
 */
export async function withstands(t: Test, hostiles: readonly Hostile[], patience: Patience): Promise<void> {
  const estate = await openEstate(hostiles);
  t.teardown(() => estate.close());
  const audited = await auditEstate(estate, t.testdir(), patience);
  endsAsItMust(t, estate, audited);
  ledgerTellsAll(t, estate, audited.result);
  filesArePlain(t, textsOf(audited.result.folder));
  isCalm(t, audited.terminal, 'the terminal');
  t.notMatch(audited.terminal, /bug of leftopen/, 'no bug of ours was met');
  holdsNoSecret(t, shownBy(audited));
}
