// What ends the summary of every finding: what something in front does, and what was not tested. The words are those of the language.
import type { JudgeContext } from '../model/check.js';
import type { Observations } from '../model/observation.js';
import { sharedTexts } from './language.js';

/** The notes that end every summary, as sentences. */
export function closingNotes({ authenticity, access, cut }: Observations, context: JudgeContext): readonly string[] {
  const { inFront, mixed, ended, certificateShown, testedFrom } = sharedTexts(context).notes;
  const { exposure } = context.vantage;
  return [
    ...authenticity.inFront.map((what) => inFront[what]),
    ...(access.mixed ? [mixed] : []),
    ...(cut === null ? [] : [ended(cut)]),
    ...(context.asHolder === true ? [certificateShown] : []),
    ...(exposure === 'internet'
      ? []
      : [testedFrom[context.alsoFromOutside === true ? 'besidesOutside' : 'alone'][exposure]]),
  ];
}
