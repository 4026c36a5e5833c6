// `findings.jsonl`: the record, one finding a line in rank order (`schema/finding.schema.json`).
import type { Format } from '../format.js';
import { writeLine } from '../lines.js';

export const format = {
  name: 'findings-jsonl',
  file: 'findings.jsonl',
  write: async (_head, _findings, _endpoints, out, _options, { lines }) => {
    for await (const line of lines.findings()) await writeLine(out, line);
  },
} satisfies Format;
