// How often a run checks that it is still let through.
/** How often and how patiently the run looks whether it is still let through. Milliseconds. */
export interface Pacing {
  /** Between two rounds of controls. */
  readonly controlsEvery: number;
  /** Waits before a control that failed is asked again; after the last one the vantage counts as lost. */
  readonly patience: readonly number[];
  /** Least wait before an endpoint that showed strain is asked on, or again. */
  readonly peaceAtLeast: number;
  /** Longest wait in the middle of a survey; an endpoint that wants more peace is asked again at the end. */
  readonly peaceInSurvey: number;
  /** Longest wait at the end; an endpoint that wants more is left alone for the rest of the run. */
  readonly peaceAtMost: number;
}

/** What suits real estates. */
export const usualPacing = {
  controlsEvery: 15_000,
  patience: [1_000, 3_000, 6_000, 10_000],
  peaceAtLeast: 2_000,
  peaceInSurvey: 5_000,
  peaceAtMost: 60_000,
} as const satisfies Pacing;
