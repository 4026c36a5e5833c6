// Findings that say the same of several endpoints.
import type { Finding } from '../model/finding.js';

/** The first of a row of findings that say the same of several doors. */
export interface Series {
  readonly first: Finding;
  /** Its number in rank order. */
  readonly position: number;
}

/** Whether a finding may refer to the first of a series for what it means and how it is closed. */
export function continues(finding: Finding, series: Series | null): boolean {
  if (series === null) return false;
  const { first } = series;
  return (
    first.problem === finding.problem &&
    first.check === finding.check &&
    first.severity === finding.severity &&
    first.title === finding.title &&
    same(first.remedy.steps, finding.remedy.steps)
  );
}

/** Whether two parts of findings say the same. */
export function same(one: object | string | null, other: object | string | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
