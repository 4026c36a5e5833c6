// `findings.json`: run, summary, problems and findings in one document, streamed (`schema/findings.schema.json`).
import type { Format } from '../format.js';
import { jsonLine } from '../../text/json-line.js';

/** Value of `schema` in `findings.json`. The number rises when a field goes or changes its meaning, not when one is added. */
export const findingsSchemaName = 'leftopen/findings/1';

export const format = {
  name: 'json',
  file: 'findings.json',
  write: async (head, _findings, _endpoints, out, _options, { lines }) => {
    await out.write(`{"schema":${jsonLine(findingsSchemaName)},\n`);
    await out.write(`"run":${jsonLine(head.run)},\n"summary":${jsonLine(head.summary)},\n`);
    await out.write(`"severityTable":${jsonLine(head.severityTable)},\n"changes":${jsonLine(head.changes)},\n`);
    if (head.acceptances !== undefined) await out.write(`"acceptances":${jsonLine(head.acceptances)},\n`);
    await out.write(`"problemsTotal":${head.problemsTotal},\n`);
    await out.write('"problems":[');
    let between = '\n';
    for (const problem of head.problems) {
      await out.write(between + jsonLine(problem));
      between = ',\n';
    }
    await out.write('],\n"findings":[');
    between = '\n';
    for await (const line of lines.findings()) {
      await out.write(between);
      await out.write(line);
      between = ',\n';
    }
    await out.write(']}\n');
  },
} satisfies Format;
