// What happens during a run, for those who watch it.
import type { EndpointSummary, Finding, Severity } from './finding.js';

/** What happens during a run, for those who watch it. Findings here are a preview: the record comes from the journal. */
export type RunEvent =
  | { readonly kind: 'started'; readonly runFolder: string; readonly total: number | null }
  | { readonly kind: 'endpoint'; readonly summary: EndpointSummary }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly perSecond: number;
      readonly findings: Readonly<Record<Severity, number>>;
    }
  /**
   * `urgent`: shown even with --quiet. `gap`: one of the record's gaps, which the summary repeats at the
   * end.
   */
  | { readonly kind: 'notice'; readonly text: string; readonly urgent?: true; readonly gap?: true }
  | { readonly kind: 'judging'; readonly endpoints: number };
