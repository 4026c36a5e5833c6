// What the parser of the command line says by itself, in the language in use: it speaks English alone.
import type { Argument, Help, Option, OutputConfiguration } from '@commander-js/extra-typings';
import { messages } from '../messages/index.js';

/** The names in a suggestion of the parser, which is `\n(Did you mean a?)` or `\n(Did you mean one of a, b?)`. */
function meantIn(suggestion: string | undefined): readonly string[] {
  const names = /^\n\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion ?? '')?.[1];
  return names === undefined ? [] : names.split(', ');
}

/** What to write instead: the names that the parser allows, or words of our own. */
function insteadOf(text: string): string {
  const names = /^Allowed choices are (.*)\.$/.exec(text)?.[1];
  return names === undefined ? text : messages().help.parser.allowed(names.split(', '));
}

type Words = ReturnType<typeof messages>['help']['parser'];

/** How the parser words each mistake, with the facts in it (commander, lib/command.js). */
const mistakes: readonly (readonly [RegExp, (words: Words, ...facts: readonly string[]) => string])[] = [
  [/^missing required argument '(.*)'$/, (words, name = '') => words.missingArgument(name)],
  [/^option '(.*)' argument missing$/, (words, flags = '') => words.missingValue(flags)],
  [/^required option '(.*)' not specified$/, (words, flags = '') => words.missingOption(flags)],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    (words, flags = '', other = '') => words.conflict(flags, other),
  ],
  [
    /^unknown option '([^]*?)'(\n\(Did you mean .*)?$/,
    (words, flag = '', meant) => words.unknownOption(flag, meantIn(meant)),
  ],
  [
    /^unknown command '([^]*?)'(\n\(Did you mean .*)?$/,
    (words, name = '', meant) => words.unknownCommand(name, meantIn(meant)),
  ],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    (words, command = '', expected, got) =>
      words.tooManyArguments(command === '' ? null : command, Number(expected), Number(got)),
  ],
  [
    /^option '(.*?)' argument '([^]*)' is invalid\. ([^]*)$/,
    (words, flags = '', value = '', instead = '') => words.wrongValue(flags, value, insteadOf(instead)),
  ],
];

/** A mistake as the parser says it, in the language in use and in one line; what it is not known to say stays as it is. */
function mistakeIn(text: string, help: string): string {
  const words = messages().help.parser;
  const said = text.trimEnd().replace(/^error: /, '');
  for (const [pattern, worded] of mistakes) {
    const found = pattern.exec(said);
    if (found !== null) return `${words.error(worded(words, ...found.slice(1)), help)}\n`;
  }
  return `${words.error(said, help)}\n`;
}

/**
 * Where mistakes of the command line go.
 *
 * @param command whose help says what there is: `leftopen`, or `leftopen audit`
 */
export function parserOutput(command: string): OutputConfiguration {
  return { outputError: (text, write) => write(mistakeIn(text, `${command} --help`)) };
}

function described(description: string, choices: readonly string[] = [], preset: unknown): string {
  const extra = messages().help.parser.extra(choices, preset === undefined ? null : JSON.stringify(preset));
  return extra === '' ? description : `${description} ${extra}`;
}

/** How help is written. */
export const parserHelp = {
  styleTitle(title: string) {
    return Object.entries(messages().help.parser.titles).find(([name]) => `${name}:` === title)?.[1] ?? title;
  },
  optionDescription({ description, argChoices, defaultValue, required, optional }: Option) {
    return described(description, argChoices, required || optional ? defaultValue : undefined);
  },
  argumentDescription({ description, argChoices, defaultValue }: Argument) {
    return described(description, argChoices, defaultValue);
  },
} satisfies Partial<Help>;
