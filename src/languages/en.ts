// English: everything that leftopen says to people. Another language is one more file of this shape.
import { english } from '../judge/index.js';
import { en as messages } from '../messages/en/index.js';
import { en as report } from '../report/texts/en.js';

export const language = {
  /** What the program says to those who run it. */
  messages,
  /** What findings and endpoints say: fixed in the record when a run is judged. */
  judge: english,
  /** What reports, comparisons and summaries say around them. */
  report,
};

/** All words of one language. The compiler names each that is missing. */
export type Language = typeof language;
