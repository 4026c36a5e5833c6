// How much of a run a document shows.
/**
 * How much of a long run a document for people shows; what is left out is counted exactly and named with the file that
 * holds it. The record (`findings.json`, `*.jsonl`) leaves nothing out.
 */
export const limits = {
  /** Findings with evidence and remedy. */
  findings: 2000,
  /** Problems in the ranked list. */
  problems: 500,
  /** Rows of each table of endpoints, and accepted findings. */
  rows: 500,
  /** Doors listed of one problem. */
  doors: 50,
  /** Answers shown of one finding. */
  evidence: 20,
  /** Fields, and indices, named of one class of data. */
  fields: 8,
  /** Names, ports, paths listed in the coverage box. */
  declared: 60,
} as const;
