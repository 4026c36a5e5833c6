// The languages that leftopen speaks, and the one in use.
import { messages, useMessages } from '../messages/index.js';
import { UserMistake } from '../store/mistake.js';
import { oneLine } from '../text/visible.js';
import type { Language } from './en.js';
import { languages } from './registry.generated.js';

export type { Language } from './en.js';

/** The variable of the environment that names the language in use; empty is as unset. Threads of a run have it too. */
export const languageVariable = 'LEFTOPEN_LANGUAGE';

/** The id of the language in use, such as `en`: what {@link languageVariable} says, or that of a run, or English. */
export function languageId(ofRun = 'en'): string {
  const named = process.env[languageVariable] ?? '';
  return named === '' ? ofRun : named;
}

function spoken(id: string): Language | undefined {
  return Object.hasOwn(languages, id) ? languages[id] : undefined;
}

/**
 * The language that findings are judged, and reports and gaps written in.
 *
 * @throws UserMistake where {@link languageVariable} names one that this version does not speak
 */
export function languageInUse(): Language {
  const id = languageId();
  const language = spoken(id);
  if (language !== undefined) return language;
  throw new UserMistake(messages().commands.unknown.language(shown(id), languageVariable, Object.keys(languages)));
}

/**
 * The language of a run, from its id; English for a run of a version that knew no other.
 *
 * @throws UserMistake for one that this version does not speak
 */
export function languageOf(id = 'en'): Language {
  const language = spoken(id);
  if (language !== undefined) return language;
  throw new UserMistake(messages().files.otherLanguage(shown(id), Object.keys(languages)));
}

/** An id for a line of a terminal, whatever the environment or a file holds. */
function shown(id: string): string {
  return oneLine(id, 40);
}

/**
 * Takes the language in use for messages too. To be called before anything is said.
 *
 * @throws UserMistake as {@link languageInUse} does
 */
export function speak(): void {
  useMessages(languageInUse().messages);
}
