// `endpoints.jsonl`: one endpoint a line, the worst first (`schema/endpoint.schema.json`).
import type { Format } from '../format.js';
import { jsonLine } from '../json.js';

export const format = {
  name: 'endpoints-jsonl',
  file: 'endpoints.jsonl',
  write: async (_head, _findings, endpoints, out) => {
    for await (const endpoint of endpoints()) await out.write(`${jsonLine(endpoint)}\n`);
  },
} satisfies Format;
