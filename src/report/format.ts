// What a format is given, and where it writes.
import type { EndpointSummary, Finding, RecordLines, ReportHead } from '../model/finding.js';
import type { PastPlace } from '../model/history.js';
import { en, type Texts } from './texts/en.js';

/** Where a format writes: each call is awaited, so that a slow disk slows the format and not the memory. */
export interface Out {
  write(text: string): Promise<void>;
}

/** What may be chosen about formats; all but the language is read by one format alone. */
export interface FormatOptions {
  /** The words of a language. */
  readonly texts: Texts;
  /** Between the cells of `csv`. */
  readonly csvDelimiter: ',' | ';' | '\t';
  /** Whether `sarif` lists accepted findings too, as suppressed results, and those that are gone, as absent ones. */
  readonly sarifAll: boolean;
  /** Whether `github` names hosts: job summaries of public repositories are public. */
  readonly detail: 'counts' | 'full';
  /** Names of fields in the firm's own SysReptor design, by the names of `sysreptor`'s fields. */
  readonly sysreptorFields: Readonly<Record<string, string>>;
}

/** What holds where the user chose nothing. */
export const formatDefaults: FormatOptions = {
  texts: en,
  csvDelimiter: ',',
  sarifAll: false,
  detail: 'counts',
  sysreptorFields: {},
};

/** Sorts more than memory holds, by keys without tabs and line ends. */
export interface Sorting<Item> {
  add(key: string, item: Item): void;
  sorted(): AsyncIterable<{ readonly key: string; readonly item: Item }>;
  /** Removes what it spilled. */
  close(): void;
}

/** What few formats need besides findings and endpoints. */
export interface FormatSources {
  /** What the run carries forward, sorted by place: the findings of this run, and what became of earlier ones. */
  readonly history: () => AsyncIterable<PastPlace>;
  /** Findings and endpoints as text, for formats that write them as they are. */
  readonly lines: RecordLines;
  readonly sorter: <Item>(name: string) => Sorting<Item>;
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
    options: FormatOptions,
    sources: FormatSources,
  ) => Promise<void>;
}
