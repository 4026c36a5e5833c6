// How much of a long run a document for people shows.

/**
 * How much of a long run a document for people shows; what is left out is counted exactly and named with the file that
 * holds it. The record (`findings.json`, `*.jsonl`) leaves nothing out.
 */
export const limits = {
  /** Problems with a section of their own: what was seen, evidence, plan. */
  sections: 150,
  /** Problems in the list that follows these sections, one row each. */
  problems: 1000,
  /** Findings described in one such section. */
  findings: 12,
  /** Of the worst finding of a problem, endpoints whose responses and proof of the fix are shown. */
  alike: 3,
  /** Rows of each table of endpoints, of accepted findings and of finding ids. */
  rows: 500,
  /** Endpoints listed of one problem. */
  endpoints: 12,
  /** Responses shown of one problem. */
  evidence: 20,
  /** Fields, and indices, named of one class of data. */
  fields: 6,
  /** Names, ports, paths listed in the coverage box. */
  declared: 60,
  /** Owners with a row of their own in the table by owner. */
  owners: 10,
} as const;
