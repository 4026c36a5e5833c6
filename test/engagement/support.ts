import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { readTargets, type Declaration, type Mistake, type ReadOptions } from '../../src/engagement/index.js';
import type { Place } from '../../src/model/endpoint.js';

/** The day the tests are on. */
export const today = new Date('2026-11-23T12:00:00Z');

/** An engagement that is complete for addresses beyond loopback, as lines of YAML; more lines of it may be added. */
export function engagement(...lines: readonly string[]): string {
  return [
    'engagement:',
    '  id: ACME-1',
    '  authorisedBy: { name: Jane, role: CISO, capacity: owner, email: jane@acme.example }',
    '  authorisation: { reference: LOA-1, signedOn: 2026-10-20 }',
    '  contacts: [{ name: SOC, email: soc@acme.example }]',
    '  vantage: { name: office, exposure: internal, egress: 192.0.2.7 }',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** A folder of files that is removed after the test; returns the path of a file in it. */
export function folderOf(t: Test, files: Readonly<Record<string, string | Buffer>>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-engagement-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return (name) => join(folder, name);
}

/** Reads a targets file given as text, with further files next to it. */
export async function read(
  t: Test,
  yaml: string,
  options: ReadOptions & { readonly files?: Readonly<Record<string, string | Buffer>> } = {},
) {
  const { files, ...rest } = options;
  const path = folderOf(t, { ...files, 'targets.yaml': yaml });
  return readTargets(path('targets.yaml'), { now: today, ...rest });
}

/** A declaration that must be valid. */
export async function valid(t: Test, yaml: string, options: Parameters<typeof read>[2] = {}): Promise<Declaration> {
  const result = await read(t, yaml, options);
  if (!result.ok) throw new Error(result.mistakes.map(short).join('\n'));
  return result.declaration;
}

/** The mistakes of a file that must have some. */
export async function mistakesIn(
  t: Test,
  yaml: string,
  options: Parameters<typeof read>[2] = {},
): Promise<readonly Mistake[]> {
  const result = await read(t, yaml, options);
  if (result.ok) throw new Error('this file should have mistakes');
  return result.mistakes;
}

/** A mistake in one line, its file by its last part. */
export function short({ file, line, column, at, message, instead }: Mistake): string {
  return `${file.split('/').at(-1) ?? ''}:${line}:${column} \`${at}\` ${message}; ${instead}`;
}

/** All places of a declaration. */
export async function placesOf(declaration: Declaration): Promise<readonly Place[]> {
  const places: Place[] = [];
  for await (const place of declaration.places()) places.push(place);
  return places;
}

/** A place as `host:port/path`. */
export function shortPlace({ host, port, basePath }: Place): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`;
}
