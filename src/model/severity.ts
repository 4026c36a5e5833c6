// Severities, apart from the record that uses them.
/** How bad, worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** No finding of any severity: a tally to begin with. */
export function noFindings(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

/** All severities together. */
export function totalOf(counts: Readonly<Record<Severity, number>>): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}
