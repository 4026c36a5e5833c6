// Reads the files of a record back: lines of findings and endpoints, and the head of `findings.json`.
import { tallyChanges } from '../history/changes.js';
import { messages } from '../messages/index.js';
import type { EndpointSummary, Finding, ReportHead } from '../model/finding.js';
import { readLines } from '../store/files.js';
import { AlteredRecord, errorCode, UserMistake } from '../store/mistake.js';
import { parsedJson } from '../text/json-line.js';

/**
 * The lines of a record file of ours as values.
 *
 * @throws AlteredRecord for a line that is not JSON
 */
export async function* readJsonLines<T>(
  path: string,
  is: (value: unknown) => value is T,
): AsyncGenerator<T, void, void> {
  let number = 0;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      number++;
      const value = parsedJson(line);
      if (value === undefined) throw new AlteredRecord(messages().files.altered.notJson(path, number));
      if (is(value)) yield value;
    }
  }
}

/** Is this line of `findings.jsonl` a finding? */
export function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && 'check' in value;
}

/** Is this line of `endpoints.jsonl` an endpoint's? */
export function isEndpointSummary(value: unknown): value is EndpointSummary {
  return typeof value === 'object' && value !== null && 'endpoint' in value && 'state' in value;
}

const schemaName = /^\{"schema":"leftopen\/findings\/(\d+)"/;

/** The format of `findings.json` that this version reads. */
const format = 1;

/**
 * What comes before the findings in `findings.json`, which is written line by line: the findings themselves may be gigabytes. Null where
 * the file is missing, damaged or something else.
 *
 * @throws UserMistake when a newer leftopen wrote it
 */
export async function readHead(path: string): Promise<ReportHead | null> {
  const text: string[] = [];
  try {
    for await (const { lines } of readLines(path)) {
      const [, number] = (text.length === 0 && schemaName.exec(lines[0] ?? '')) || [];
      if (number !== undefined && Number(number) > format)
        throw new UserMistake(messages().files.newer(path, Number(number), format));
      const end = lines.findIndex((line) => /^\]?,?"findings":\[/.test(line));
      text.push(...(end === -1 ? lines : lines.slice(0, end)));
      if (end !== -1) {
        const value: unknown = JSON.parse(`${text.join('\n').replace(/[\],\s]*$/, '')}]}`);
        // A run of a version that compared nothing.
        return isHead(value) ? { ...value, changes: value.changes ?? tallyChanges().result(null) } : null;
      }
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  return null;
}

/** Checks what distinguishes our own head from another file; SHA256SUMS holds the rest. */
function isHead(value: unknown): value is Omit<ReportHead, 'changes'> & Partial<Pick<ReportHead, 'changes'>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'run' in value &&
    typeof value.run === 'object' &&
    value.run !== null &&
    (!('language' in value.run) || typeof value.run.language === 'string') &&
    'summary' in value &&
    'severityTable' in value &&
    'problems' in value &&
    Array.isArray(value.problems) &&
    'problemsTotal' in value
  );
}
