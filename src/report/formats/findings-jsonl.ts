// `findings.jsonl`: the record, one finding a line in rank order (`schema/finding.schema.json`).
import type { Format } from '../format.js';
import { jsonLine } from '../json.js';

export const format = {
  name: 'findings-jsonl',
  file: 'findings.jsonl',
  write: async (_head, findings, _endpoints, out) => {
    for await (const finding of findings()) await out.write(`${jsonLine(finding)}\n`);
  },
} satisfies Format;
