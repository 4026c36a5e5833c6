// A finding as it is shown while a run goes on.
import type { Finding } from '../model/finding.js';
import { jsonLine } from '../text/json-line.js';

/**
 * A finding that is shown while a run goes on, as one line of JSON: marked as a preview, since what several endpoints show
 * together may take its place once all have been asked.
 */
export function previewLine(finding: Finding): string {
  return jsonLine({ ...finding, preview: true });
}
