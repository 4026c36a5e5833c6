// The words of the language that a run is judged in: those of its context, or English.
import type { CheckBase, CheckTexts, JudgeContext } from '../model/check.js';
import type { Json } from '../model/json.js';

/** What a check says. */
export function textsOf({ id, texts }: Pick<CheckBase<Json>, 'id' | 'texts'>, context: JudgeContext): CheckTexts<Json> {
  const translated: Readonly<Record<string, CheckTexts<Json>>> | undefined = context.texts?.checks;
  return translated?.[id] ?? texts.en;
}
