import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseRecording, type Recording } from '../../src/demo/replay.js';

const folder = 'test/written';

const headSchema = z.strictObject({
  origin: z.literal('written'),
  written: z.strictObject({
    requestsAtMost: z.number(),
    login: z.enum(['none', 'asked', 'guest-offered', 'unknown']).optional(),
    status: z.enum(['full', 'redacted', 'refused', 'unknown']).optional(),
    backend: z.enum(['reached', 'refuses', 'unreachable', 'unknown']).optional(),
    address: z.string().optional(),
    proof: z.enum(['proved', 'inferred']).optional(),
    reason: z.string().optional(),
    guardedBy: z.string().optional(),
    schemes: z.array(z.string()).optional(),
    uuid: z.string().nullable().optional(),
    started: z.boolean().optional(),
    setupOpen: z.boolean().optional(),
    mixed: z.boolean().optional(),
    basePath: z.string().optional(),
    otherProduct: z.string().nullable().optional(),
  }),
});

/** What a written file expects next to the truth of its head. */
export type Expected = z.infer<typeof headSchema>['written'];

/** Answers written from the wire guide or a product's source: never recorded. */
export interface Written {
  /** `<product>/<version>-<configuration>`. */
  readonly name: string;
  readonly recording: Recording;
  readonly expected: Expected;
}

/** Every written file, sorted by name. Throws where a file says that it was recorded, or an exchange names no source. */
export function writtenFiles(): readonly Written[] {
  read ??= readAll();
  return read;
}

let read: readonly Written[] | undefined;

function readAll(): readonly Written[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const [head = '', ...exchanges] = text.split('\n').filter((line) => line !== '');
      const said = headSchema.parse(pick(JSON.parse(head), ['origin', 'written']));
      for (const line of exchanges) z.object({ source: z.string().min(3) }).parse(JSON.parse(line));
      return { name: file.slice(0, -'.jsonl'.length), recording: parseRecording(text), expected: said.written };
    });
}

/** The written file of that name. */
export function writtenNamed(name: string): Written {
  const found = writtenFiles().find((each) => each.name === name);
  if (found === undefined) throw new Error(`no written file ${name}`);
  return found;
}

function pick(value: unknown, keys: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(z.looseObject({}).parse(value)).filter(([key]) => keys.includes(key)));
}
