// Compares an audit with the plan that was approved.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { catalogueVersion } from '../catalogue/index.js';
import type { Declaration } from '../engagement/index.js';
import type { RunInfo } from '../model/finding.js';
import { canonicalJson, sha256 } from '../text/digest.js';
import { writeNew } from '../store/files.js';
import { errorText, storageFailure, UserMistake } from '../store/mistake.js';

const schemaName = 'leftopen/plan-lock/5';

/** What a lock holds apart, so that a difference can be named: in what words, and what stands for it. */
const parts = {
  targets: [
    'the targets',
    // A line that moves, as where a risk is accepted above it, makes no other target.
    ({ targets }) => hashOf(targets.map((target) => ({ ...target, declaredIn: null }))),
  ],
  scope: ['the scope', ({ declared }) => hashOf([declared.scopeInclude, declared.scopeExclude])],
  window: ['the window', ({ engagement }) => hashOf(engagement.window)],
  techniques: ['the techniques', ({ engagement }) => hashOf(engagement.techniques)],
  limits: ['the limits', ({ engagement }) => hashOf(engagement.limits)],
  client: ['the client', ({ engagement }) => hashOf(engagement.client)],
  authorisedBy: ['who authorised it', ({ engagement }) => hashOf(engagement.authorisedBy)],
  authorisation: ['the authorisation', ({ engagement }) => hashOf(engagement.authorisation)],
  contacts: ['the contacts', ({ engagement }) => hashOf(engagement.contacts)],
  vantage: ['the vantage or its egress address', ({ engagement }) => hashOf(engagement.vantage)],
  tls: [
    'the authorities or the client certificate',
    ({ declared }) => hashOf([declared.authorities, declared.clientCertificate]),
  ],
  declaration: ['hosts, ports, paths, lists, owners or the selection of targets', ({ digest }) => digest],
  catalogue: ["leftopen's catalogue of questions", () => catalogueVersion],
} satisfies Record<string, Part>;

type Part = readonly [words: string, of: (declaration: Declaration) => string];

const lockSchema = z.object({
  schema: z.literal(schemaName),
  engagement: z.string(),
  /** UTC ISO 8601. */
  madeAt: z.string(),
  /** Of what is asked: see planDigest. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of each of {@link parts}. */
  parts: z.object(Object.fromEntries(Object.keys(parts).map((name) => [name, z.string()]))),
});

/**
 * SHA-256 (hex) of targets, scope, limits and catalogue: two runs with the same digest ask the same of the same. The window
 * is not part of it: a run that the window's end stopped goes on when the window is extended.
 */
export function planDigest(declaration: Declaration): string {
  return sha256(`${declaration.digest}\n${catalogueVersion}`);
}

/**
 * Writes a lock: what a client signed cannot be changed without their knowledge, nor by a second lock of the same name.
 *
 * @throws UserMistake when the file is there already, or cannot be written
 */
export async function writePlanLock(declaration: Declaration, file: string): Promise<void> {
  const lock: z.infer<typeof lockSchema> = {
    schema: schemaName,
    engagement: declaration.engagement.id,
    madeAt: new Date().toISOString(),
    digest: planDigest(declaration),
    parts: Object.fromEntries(Object.entries<Part>(parts).map(([name, [, of]]) => [name, of(declaration)])),
  };
  const isNew = await writeNew(file, `${JSON.stringify(lock, null, 2)}\n`).catch((error: unknown) => {
    throw new UserMistake(`cannot write the plan lock ${file}: ${storageFailure(error) ?? errorText(error)}`);
  });
  if (!isNew)
    throw new UserMistake(
      `${file} exists already, and a lock that was agreed is not written over; name another file, or remove it first`,
    );
}

/**
 * Holds a declaration against a lock.
 *
 * @throws UserMistake naming what differs, or that the file is not a lock
 */
export async function checkPlanLock(declaration: Declaration, file: string): Promise<void> {
  const lock = await readLock(file);
  const differing = Object.entries<Part>(parts)
    .filter(([name, [, of]]) => lock.parts[name] !== of(declaration))
    .map(([, [words]]) => words);
  if (differing.length === 0 && lock.digest === planDigest(declaration)) return;
  // The digest differs wherever a part does: name it only where no part differs.
  if (differing.length === 0)
    throw new UserMistake(
      `${file} was changed after it was written: its digest is not that of its parts; lock the plan again. Nothing was sent.`,
    );
  const named = differing.length > 1 ? differing.filter((words) => words !== parts.declaration[0]) : differing;
  throw new UserMistake(
    `the plan differs from ${file}, locked on ${lock.madeAt.slice(0, 10)}: ${named.join(', ')} changed since; ` +
      'undo the change, or have the new plan signed and lock it again. Nothing was sent.',
  );
}

/** What differs from the plan that an earlier run was made under, as far as its `run.json` shows; never empty. */
export function differencesFrom(
  declaration: Declaration,
  { engagement, declared, catalogue }: Pick<RunInfo, 'engagement' | 'declared' | 'catalogue'>,
): readonly string[] {
  const earlier = { ...declaration, engagement, declared };
  const differing = [parts.scope, parts.techniques, parts.limits, parts.tls]
    .filter(([, of]) => of(declaration) !== of(earlier))
    .map(([words]) => words);
  if (catalogue !== catalogueVersion) differing.push(parts.catalogue[0]);
  return differing.length === 0 ? [parts.declaration[0]] : differing;
}

async function readLock(file: string): Promise<z.infer<typeof lockSchema>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserMistake(
      `cannot read the plan lock ${file}: ${storageFailure(error) ?? errorText(error)}. Nothing was sent.`,
    );
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    throw new UserMistake(
      `${file} is not a plan lock; make one with "leftopen plan TARGETS --lock ${file}". Nothing was sent.`,
    );
  }
}

/** The order of keys in a file does not matter. */
function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
