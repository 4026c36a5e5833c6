// `endpoints.jsonl`: one endpoint a line, the worst first (`schema/endpoint.schema.json`).
import type { Format } from '../format.js';
import { writeLine } from '../lines.js';

export const format = {
  name: 'endpoints-jsonl',
  file: 'endpoints.jsonl',
  write: async (_head, _findings, _endpoints, out, _options, { lines }) => {
    for await (const line of lines.endpoints()) await writeLine(out, line);
  },
} satisfies Format;
