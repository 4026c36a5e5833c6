// Options of the command line that single formats read.
import { messages } from '../messages/index.js';
import type { FormatOptions } from '../report/index.js';
import { Refusal } from './exit.js';

/** As commander gives them. */
export interface FormatFlags {
  readonly format?: string[];
  readonly csvDelimiter?: 'comma' | 'semicolon' | 'tab';
  readonly sarifAll?: true;
  readonly detail?: FormatOptions['detail'];
  readonly sysreptorFields?: string[];
}

const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Names of SysReptor's fields that `--sysreptor-fields` may map. */
const fieldsOfSysreptor: readonly string[] = [
  'title',
  'cvss',
  'summary',
  'description',
  'recommendation',
  'references',
  'affected_components',
];

/** The formats that are written where none are named. */
export const usualFormats: readonly string[] = ['html', 'md', 'json'];

/**
 * The formats that the flags choose, and how they are to be written.
 *
 * @throws Refusal when `--sysreptor-fields` is not a list of FIELD=NAME
 */
export function formatsOf(
  { format, csvDelimiter, sarifAll, detail, sysreptorFields }: FormatFlags,
  usual = usualFormats,
): { readonly formats: readonly string[]; readonly formatOptions: Partial<FormatOptions> } {
  return {
    formats: format ?? usual,
    formatOptions: {
      ...(csvDelimiter !== undefined && { csvDelimiter: delimiters[csvDelimiter] }),
      ...(sarifAll === true && { sarifAll }),
      ...(detail !== undefined && { detail }),
      ...(sysreptorFields !== undefined && { sysreptorFields: mapped(sysreptorFields) }),
    },
  };
}

function mapped(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, field = '', name = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (!fieldsOfSysreptor.includes(field)) {
        throw new Refusal(messages().commands.sysreptorFields(pair, fieldsOfSysreptor));
      }
      return [field, name] as const;
    }),
  );
}
