// What a run or a plan may keep of a declaration: its free texts without secrets that someone wrote into them.
import { isSecretName, mark, redact } from '../catalogue/index.js';
import type { Declaration } from '../engagement/index.js';
import type { Expectation, Target } from '../model/endpoint.js';

/** A declaration, secrets taken out of all free texts of its targets and accepted risks. Its digest stays. */
export function withoutSecrets(declaration: Declaration): Declaration {
  return {
    ...declaration,
    targets: targetsToKeep(declaration),
    accepted: declaration.accepted.map((risk) => ({
      ...risk,
      reason: redact(risk.reason),
      approvedBy: redact(risk.approvedBy),
      owner: textOf(risk.owner ?? null),
    })),
  };
}

/** The targets of a declaration, secrets taken out of their free texts and of the values of their labels. */
export function targetsToKeep({ targets }: Pick<Declaration, 'targets'>): readonly Target[] {
  return targets.map((target) => ({
    ...target,
    operator:
      target.operator === null
        ? null
        : { name: redact(target.operator.name), permission: redact(target.operator.permission) },
    environment: textOf(target.environment),
    labels: Object.fromEntries(Object.entries(target.labels).map(([key, value]) => [key, valueOf(key, value)])),
    notes: textOf(target.notes),
    expect: expectationOf(target.expect),
  }));
}

function expectationOf(expect: Expectation): Expectation {
  return expect.kind === 'up-to'
    ? { ...expect, reason: redact(expect.reason), approvedBy: redact(expect.approvedBy) }
    : expect;
}

function textOf(text: string | null): string | null {
  return text === null ? null : redact(text);
}

/** A label's value; its name may be what says that it is a secret. */
function valueOf(key: string, value: string): string {
  return isSecretName(key) ? mark : redact(value);
}
