import { formatDefaults, formats, type FormatOptions, type Out } from '../../src/report/index.js';
import { stream, type Sample } from './report-sample.js';

/** A sample written in one format. */
export async function written(name: string, sample: Sample, options: Partial<FormatOptions> = {}): Promise<string> {
  const format = formats.find((one) => one.name === name);
  if (format === undefined) throw new Error(`there is no format ${name}`);
  const pieces: string[] = [];
  const out: Out = {
    write: (text) => {
      pieces.push(text);
      return Promise.resolve();
    },
  };
  await format.write(sample.head, stream(sample.findings), stream(sample.endpoints), out, {
    ...formatDefaults,
    ...options,
  });
  return pieces.join('');
}
