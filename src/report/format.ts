import type { EndpointSummary, Finding, ReportHead } from '../model/finding.js';

/** Where a format writes: each call is awaited, so that a slow disk slows the format and not the memory. */
export interface Out {
  write(text: string): Promise<void>;
}

/**
 * One form of the report. `findings` (in rank order) and `endpoints` (worst first) may be called more than once; each call
 * starts again. A format keeps nothing that grows with them.
 */
export interface Format {
  /** What `--format` calls it. */
  readonly name: string;
  /** Its file in the run folder. */
  readonly file: string;
  readonly write: (
    head: ReportHead,
    findings: () => AsyncIterable<Finding>,
    endpoints: () => AsyncIterable<EndpointSummary>,
    out: Out,
  ) => Promise<void>;
}
