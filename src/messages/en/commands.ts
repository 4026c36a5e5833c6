// What the command line says in English: wrong arguments, and how a command ends.
import { meantBy } from './words.js';

export const commands = {
  /** Names that are not known. `meant`: what they may have been. */
  unknown: {
    check: (id: string, meant: readonly string[]): string =>
      `there is no check "${id}"; ${meant.length === 0 ? 'leftopen checks lists them' : meantBy(meant)}`,
    schema: (name: string, meant: readonly string[], known: readonly string[]): string =>
      `there is no schema "${name}"; ${meant.length === 0 ? `write one of ${known.join(', ')}` : meantBy(meant)}`,
  },
};
