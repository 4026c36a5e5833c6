/** How often and how patiently the run looks whether it is still let through. Milliseconds. */
export interface Pacing {
  /** Between two rounds of controls. */
  readonly controlsEvery: number;
  /** Waits before a control that failed is asked again; after the last one the vantage counts as lost. */
  readonly patience: readonly number[];
  /** Least wait before an endpoint that was left in peace is asked again. */
  readonly peaceAtLeast: number;
  /** Longest wait for one; who wants more peace is left alone. */
  readonly peaceAtMost: number;
}

/** What suits real estates. */
export const usualPacing = {
  controlsEvery: 15_000,
  patience: [1_000, 3_000, 6_000, 10_000],
  peaceAtLeast: 2_000,
  peaceAtMost: 60_000,
} as const satisfies Pacing;
