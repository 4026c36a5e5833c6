// Options of the command line that single formats read.
import type { FormatOptions } from '../report/index.js';
import { Refusal } from './exit.js';

/** As commander gives them. */
export interface FormatFlags {
  readonly csvDelimiter?: 'comma' | 'semicolon' | 'tab';
  readonly sarifAll?: true;
  readonly detail?: FormatOptions['detail'];
  readonly sysreptorFields?: string[];
}

const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Names of SysReptor's fields that `--sysreptor-fields` may map. */
const sysreptorFields: readonly string[] = [
  'title',
  'cvss',
  'summary',
  'description',
  'recommendation',
  'references',
  'affected_components',
];

/**
 * What the flags choose.
 *
 * @throws Refusal when `--sysreptor-fields` is not a list of FIELD=NAME
 */
export function formatOptions(flags: FormatFlags): Partial<FormatOptions> {
  return {
    ...(flags.csvDelimiter !== undefined && { csvDelimiter: delimiters[flags.csvDelimiter] }),
    ...(flags.sarifAll === true && { sarifAll: true }),
    ...(flags.detail !== undefined && { detail: flags.detail }),
    ...(flags.sysreptorFields !== undefined && { sysreptorFields: mapped(flags.sysreptorFields) }),
  };
}

function mapped(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, field = '', name = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (!sysreptorFields.includes(field)) {
        throw new Refusal(
          `--sysreptor-fields ${pair}: write FIELD=NAME, with a FIELD of ${sysreptorFields.join(', ')}`,
        );
      }
      return [field, name] as const;
    }),
  );
}
