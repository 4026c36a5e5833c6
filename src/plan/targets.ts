// The declared targets as a run or a plan may keep them: without secrets that someone wrote into a note or a label.
import { isSecretName, mark, redact } from '../catalogue/index.js';
import type { Declaration } from '../engagement/index.js';
import type { Target } from '../model/endpoint.js';

/** The targets of a declaration, secrets taken out of their free texts and of the values of their labels. */
export function targetsToKeep({ targets }: Pick<Declaration, 'targets'>): readonly Target[] {
  return targets.map((target) => ({
    ...target,
    environment: textOf(target.environment),
    labels: Object.fromEntries(Object.entries(target.labels).map(([key, value]) => [key, valueOf(key, value)])),
    notes: textOf(target.notes),
  }));
}

function textOf(text: string | null): string | null {
  return text === null ? null : redact(text);
}

/** A label's value; its name may be what says that it is a secret. */
function valueOf(key: string, value: string): string {
  return isSecretName(key) ? mark : redact(value);
}
