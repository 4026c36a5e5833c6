// Compares an audit with the plan that was approved.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messages } from '../messages/index.js';
import { catalogueVersion } from '../catalogue/index.js';
import type { Declaration } from '../engagement/index.js';
import type { RunInfo } from '../model/finding.js';
import { canonicalJson, sha256 } from '../text/digest.js';
import { writeNew } from '../store/files.js';
import { errorText, storageFailure, UserMistake } from '../store/mistake.js';

const schemaName = 'leftopen/plan-lock/5';

type Part = (declaration: Declaration) => string;

/** What a lock holds apart, so that a difference can be named: each part, and what stands for it. */
const parts = {
  // A line that moves, as where a risk is accepted above it, makes no other target.
  targets: ({ targets }) => hashOf(targets.map((target) => ({ ...target, declaredIn: null }))),
  scope: ({ declared }) => hashOf([declared.scopeInclude, declared.scopeExclude]),
  window: ({ engagement }) => hashOf(engagement.window),
  techniques: ({ engagement }) => hashOf(engagement.techniques),
  limits: ({ engagement }) => hashOf(engagement.limits),
  client: ({ engagement }) => hashOf(engagement.client),
  authorisedBy: ({ engagement }) => hashOf(engagement.authorisedBy),
  authorisation: ({ engagement }) => hashOf(engagement.authorisation),
  contacts: ({ engagement }) => hashOf(engagement.contacts),
  vantage: ({ engagement }) => hashOf(engagement.vantage),
  tls: ({ declared }) => hashOf([declared.authorities, declared.clientCertificate]),
  declaration: ({ digest }) => digest,
  catalogue: () => catalogueVersion,
} satisfies Record<string, Part>;

type PartName = keyof typeof parts;

const partNames = Object.keys(parts).filter((name): name is PartName => name in parts);

const lockSchema = z.object({
  schema: z.literal(schemaName),
  engagement: z.string(),
  /** UTC ISO 8601. */
  madeAt: z.string(),
  /** Of what is asked: see planDigest. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of each of {@link parts}. */
  parts: z.object(Object.fromEntries(partNames.map((name) => [name, z.string()]))),
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
    parts: Object.fromEntries(partNames.map((name) => [name, parts[name](declaration)])),
  };
  const isNew = await writeNew(file, `${JSON.stringify(lock, null, 2)}\n`).catch((error: unknown) => {
    throw new UserMistake(messages().runs.plan.lockNotWritten(file, storageFailure(error) ?? errorText(error)));
  });
  if (!isNew) throw new UserMistake(messages().runs.plan.lockExists(file));
}

/**
 * Holds a declaration against a lock.
 *
 * @throws UserMistake naming what differs, or that the file is not a lock
 */
export async function checkPlanLock(declaration: Declaration, file: string): Promise<void> {
  const lock = await readLock(file);
  const differing = partNames.filter((name) => lock.parts[name] !== parts[name](declaration));
  if (differing.length === 0 && lock.digest === planDigest(declaration)) return;
  // The digest differs wherever a part does: name it only where no part differs.
  if (differing.length === 0) throw new UserMistake(messages().runs.plan.lockChanged(file));
  const named = differing.length > 1 ? differing.filter((name) => name !== 'declaration') : differing;
  throw new UserMistake(messages().runs.plan.differs(file, lock.madeAt.slice(0, 10), named));
}

/** What differs from the plan that an earlier run was made under, as far as its `run.json` shows; never empty. */
export function differencesFrom(
  declaration: Declaration,
  { engagement, declared, catalogue }: Pick<RunInfo, 'engagement' | 'declared' | 'catalogue'>,
): readonly PartName[] {
  const earlier = { ...declaration, engagement, declared };
  const differing: PartName[] = (['scope', 'techniques', 'limits', 'tls'] as const).filter(
    (name) => parts[name](declaration) !== parts[name](earlier),
  );
  if (catalogue !== catalogueVersion) differing.push('catalogue');
  return differing.length === 0 ? ['declaration'] : differing;
}

async function readLock(file: string): Promise<z.infer<typeof lockSchema>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserMistake(messages().runs.plan.lockNotRead(file, storageFailure(error) ?? errorText(error)));
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    throw new UserMistake(messages().runs.plan.notALock(file));
  }
}

/** The order of keys in a file does not matter. */
function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
