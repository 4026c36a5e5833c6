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

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const lockSchema = z.object({
  schema: z.literal(schemaName),
  engagement: z.string(),
  /** UTC ISO 8601. */
  madeAt: z.string(),
  /** Of what is asked: see planDigest. */
  digest: hash,
  parts: z.object({
    targets: hash,
    scope: hash,
    window: hash,
    techniques: hash,
    limits: hash,
    client: hash,
    authorisedBy: hash,
    authorisation: hash,
    contacts: hash,
    /** Where from: its name, exposure and egress address. */
    vantage: hash,
    /** Authorities and client certificate of the user's own. */
    tls: hash,
    /** Hosts, ports, paths, lists and owners in full. */
    declaration: hash,
    catalogue: z.string(),
  }),
});

type Parts = z.infer<typeof lockSchema>['parts'];

const partNames: Readonly<Record<keyof Parts, string>> = {
  targets: 'the targets',
  scope: 'the scope',
  window: 'the window',
  techniques: 'the techniques',
  limits: 'the limits',
  client: 'the client',
  authorisedBy: 'who authorised it',
  authorisation: 'the authorisation',
  contacts: 'the contacts',
  vantage: 'the vantage or its egress address',
  tls: 'the authorities or the client certificate',
  declaration: 'hosts, ports, paths, lists, owners or the selection of targets',
  catalogue: "leftopen's catalogue of questions",
};

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
    parts: partsOf(declaration),
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
  const parts = partsOf(declaration);
  const differing = Object.entries(partNames)
    .filter(([part]) => partOf(lock.parts, part) !== partOf(parts, part))
    .map(([, name]) => name);
  if (differing.length === 0 && lock.digest === planDigest(declaration)) return;
  // The digest differs wherever a part does: name it only where no part differs.
  if (differing.length === 0)
    throw new UserMistake(
      `${file} was changed after it was written: its digest is not that of its parts; lock the plan again. Nothing was sent.`,
    );
  const named = differing.length > 1 ? differing.filter((name) => name !== partNames.declaration) : differing;
  throw new UserMistake(
    `the plan differs from ${file}, locked on ${lock.madeAt.slice(0, 10)}: ${named.join(', ')} changed since; ` +
      'undo the change, or have the new plan signed and lock it again. Nothing was sent.',
  );
}

/** What differs from the plan that an earlier run was made under, as far as its `run.json` shows; never empty. */
export function differencesFrom(
  { engagement, declared }: Declaration,
  earlier: Pick<RunInfo, 'engagement' | 'declared' | 'catalogue'>,
): readonly string[] {
  const parts = (of: Pick<RunInfo, 'engagement' | 'declared'>) => ({
    scope: [of.declared.scopeInclude, of.declared.scopeExclude],
    techniques: of.engagement.techniques,
    limits: of.engagement.limits,
    tls: [of.declared.authorities, of.declared.clientCertificate],
  });
  const now = parts({ engagement, declared });
  const then = parts(earlier);
  const differing = (['scope', 'techniques', 'limits', 'tls'] as const)
    .filter((part) => hashOf(now[part]) !== hashOf(then[part]))
    .map((part) => partNames[part]);
  if (earlier.catalogue !== catalogueVersion) differing.push(partNames.catalogue);
  return differing.length === 0 ? [partNames.declaration] : differing;
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

function partsOf(declaration: Declaration): Parts {
  const { engagement, declared } = declaration;
  return {
    // A line that moves, as where a risk is accepted above it, makes no other target.
    targets: hashOf(declaration.targets.map((target) => ({ ...target, declaredIn: null }))),
    scope: hashOf([declared.scopeInclude, declared.scopeExclude]),
    window: hashOf(engagement.window),
    techniques: hashOf(engagement.techniques),
    limits: hashOf(engagement.limits),
    client: hashOf(engagement.client),
    authorisedBy: hashOf(engagement.authorisedBy),
    authorisation: hashOf(engagement.authorisation),
    contacts: hashOf(engagement.contacts),
    vantage: hashOf(engagement.vantage),
    tls: hashOf([declared.authorities, declared.clientCertificate]),
    declaration: declaration.digest,
    catalogue: catalogueVersion,
  };
}

function partOf(parts: Parts, name: string): string | undefined {
  return Object.entries(parts).find(([part]) => part === name)?.[1];
}

/** The order of keys in a file does not matter. */
function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
