// The plan of a problem: one list of steps for all of its findings, and the steps that several plans share.

import { stepTimes, type Finding, type Remedy, type RemedyStep } from '../model/finding.js';
import type { Texts } from './texts/en.js';

/** A step that several problems have, given once under a letter. */
export interface CommonStep {
  readonly letter: string;
  /** With the time of the problem that needs it soonest. */
  readonly step: RemedyStep;
  /** How many problems with a section of their own have it. */
  readonly problems: number;
}

/** Findings whose upgrade counts, where several findings of a problem have one: the one that knows fixed versions first. */
const upgradeFrom: readonly string[] = ['known-vulnerability', 'end-of-life'];

/** One plan for all findings of a problem: each step once, one for each purpose, in the order of their times. */
export function planSteps(findings: readonly Finding[]): readonly RemedyStep[] {
  const upgrade = upgradeFrom
    .map((check) =>
      findings.find(
        (finding) => finding.check === check && finding.remedy.steps.some(({ goal }) => goal === 'upgrade'),
      ),
    )
    .find((finding) => finding !== undefined);
  const closes = findings.some(({ remedy }) => remedy.steps.some(({ goal }) => goal === 'block-port'));
  const seen = new Set<string>();
  const goals = new Set<string>();
  const checks = [...new Set(findings.map(({ check }) => check))];
  const steps = checks.flatMap((check) =>
    merged(findings.filter((finding) => finding.check === check)).filter(({ step, finding }) => {
      const key = stepKey(step);
      if (seen.has(key)) return false;
      if (step.goal === 'close-first' && closes) return false;
      if (step.goal === 'upgrade' && upgrade !== undefined && finding !== upgrade) return false;
      if (step.goal !== undefined && goals.has(step.goal)) return false;
      seen.add(key);
      if (step.goal !== undefined) goals.add(step.goal);
      return true;
    }),
  );
  return steps.map(({ step }) => step).sort((a, b) => placeInTime(a) - placeInTime(b));
}

interface PlannedStep {
  readonly step: RemedyStep;
  readonly finding: Finding;
}

/** The steps of one check in one list: what only a later finding has comes before the next step that both have. */
function merged(findings: readonly Finding[]): readonly PlannedStep[] {
  const list: PlannedStep[] = [];
  for (const finding of findings) {
    const { steps } = finding.remedy;
    const placeOf = (step: RemedyStep): number => list.findIndex((one) => stepKey(one.step) === stepKey(step));
    for (const [i, step] of steps.entries()) {
      if (placeOf(step) >= 0) continue;
      const next = steps.slice(i + 1).find((later) => placeOf(later) >= 0);
      list.splice(next === undefined ? list.length : placeOf(next), 0, { step, finding });
    }
  }
  return list;
}

function placeInTime({ when = 'today' }: RemedyStep): number {
  return stepTimes.indexOf(when);
}

/** The same words and the same block are the same step, however soon a problem asks for it. */
export function stepKey({ text, code }: RemedyStep): string {
  return [text, code].join('\n');
}

/** A step with its time: `Today: Switch security on.` */
export function stepText({ when, text }: RemedyStep, { actions }: Texts): string {
  return when === undefined ? text : `${actions.times[when]}: ${text}`;
}

/**
 * The steps of a finding, numbered.
 *
 * @param block how what is to be copied follows the words of its step; left out where there is no such function
 */
export function numberedSteps(
  { steps }: Remedy,
  texts: Texts,
  block: (code: string) => string = () => '',
): readonly string[] {
  return steps.map((step, i) => `${i + 1}. ${stepText(step, texts)}${step.code === null ? '' : block(step.code)}`);
}

/** Steps that at least this many problems have are given once. */
const often = 3;

/** The steps that several plans have, each under a letter. */
export function commonSteps(details: readonly { readonly findings: readonly Finding[] }[]): readonly CommonStep[] {
  const counts = new Map<string, Omit<CommonStep, 'letter'>>();
  for (const { findings } of details) {
    for (const step of planSteps(findings)) {
      if (step.goal === 'close-first') continue;
      const key = stepKey(step);
      const known = counts.get(key);
      const sooner = known === undefined || placeInTime(step) < placeInTime(known.step);
      counts.set(key, { step: sooner ? step : known.step, problems: (known?.problems ?? 0) + 1 });
    }
  }
  return [...counts.values()]
    .filter(({ problems }) => problems >= often)
    .slice(0, 26)
    .map(({ step, problems }, i) => ({ letter: String.fromCharCode(65 + i), step, problems }));
}

/** The beginning of an instruction, up to its first colon, comma, bracket or full stop. */
export function firstClause(words: string): string {
  return (/^[^.:;,(`]{8,}/.exec(words)?.[0] ?? words).trim();
}
