// Lines of a record as text.
import type { EndpointSummary, Finding, RecordLines } from '../model/finding.js';
import { jsonLine } from '../text/json-line.js';
import type { Out } from './format.js';

/** Writes a line. In two parts: joining them first would copy the line. */
export async function writeLine(out: Out, line: string): Promise<void> {
  await out.write(line);
  await out.write('\n');
}

/** The lines of a record that is only there as values. */
export function linesOf(
  findings: () => AsyncIterable<Finding>,
  endpoints: () => AsyncIterable<EndpointSummary>,
): RecordLines {
  return { findings: () => asLines(findings()), endpoints: () => asLines(endpoints()) };
}

async function* asLines(values: AsyncIterable<object>): AsyncGenerator<string, void, void> {
  for await (const value of values) yield jsonLine(value);
}

/**
 * A finding that is shown while a run goes on, as one line of JSON: marked as a preview, since what several endpoints show
 * together may take its place once all have been asked.
 */
export function previewLine(finding: Finding): string {
  return jsonLine({ ...finding, preview: true });
}
