import {
  formatDefaults,
  formats,
  linesOf,
  type FormatOptions,
  type FormatSources,
  type Out,
} from '../../src/report/index.js';
import { firstInMemory } from '../../src/store/sorter.js';
import { stream, type Sample } from './report-sample.js';

/** What few formats need besides findings and endpoints. */
export function sourcesOf(sample: Sample): FormatSources {
  return {
    history: stream(sample.history ?? []),
    lines: linesOf(stream(sample.findings), stream(sample.endpoints)),
    sorter: firstInMemory(() => 1e6),
  };
}

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
  const chosen = { ...formatDefaults, ...options };
  await format.write(sample.head, stream(sample.findings), stream(sample.endpoints), out, chosen, sourcesOf(sample));
  return pieces.join('');
}
