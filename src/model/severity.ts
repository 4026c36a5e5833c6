// Severities, apart from the record that uses them.
/** How bad, worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];
