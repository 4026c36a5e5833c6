// The words of the language that a run is judged in: those of its context, or English.
import type { AnyCheck, AnyGroupCheck, CheckTexts, GroupCheckTexts, JudgeContext, ReasonText } from '../model/check.js';
import type { Remedy } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { Observations } from '../model/observation.js';
import type { DecidedRemedy, DecidedStep, RemedyFacts, Said, SaidOf } from '../model/remedy.js';
import { en, type SharedTexts } from './texts/en.js';
import { english as topicsInEnglish } from '../topics/registry.generated.js';
import { isTopic, type TopicsTexts } from './topics.js';

/** Of the context of judging: the language alone. */
export type InLanguage = Pick<JudgeContext, 'texts'>;

/** What is said whatever the check. */
export function sharedTexts({ texts }: InLanguage): SharedTexts {
  return texts ?? en;
}

/** What topics say, by their ids. */
export function topicTexts({ texts }: InLanguage): TopicsTexts {
  return texts?.topics ?? topicsInEnglish;
}

type Texts = CheckTexts<Json, string, string>;
type GroupTexts = GroupCheckTexts<Json, string, string>;

/** What a check says, of one endpoint or of a group. */
export function textsOf(check: AnyCheck | AnyGroupCheck, { texts }: InLanguage): Texts {
  const translated: Readonly<Record<string, Texts>> | undefined =
    check.scope === 'group' ? texts?.groupChecks : texts?.checks;
  return translated?.[check.id] ?? check.texts.en;
}

/** What a group check says, the sentence for other findings included. */
export function groupTextsOf({ id, texts: own }: AnyGroupCheck, { texts }: InLanguage): GroupTexts {
  const translated: Readonly<Record<string, GroupTexts>> | undefined = texts?.groupChecks;
  return translated?.[id] ?? own.en;
}

/**
 * Why a check is undetermined, in words: by a reason of its own, a topic whose facts are not known, or a shared reason.
 *
 * @throws for a reason without words: a bug of ours
 */
export function reasonText(
  reason: string,
  check: AnyCheck | AnyGroupCheck,
  observations: Observations,
  context: JudgeContext,
): string {
  const shared: Readonly<Record<string, ReasonText>> = sharedTexts(context).reasons;
  const text =
    textsOf(check, context).undetermined?.[reason] ??
    (isTopic(reason) ? topicTexts(context)[reason].unknown : shared[reason]);
  if (text === undefined) throw new Error(`no words for the reason ${reason} of ${check.id}`);
  return typeof text === 'string' ? text : text(observations, context);
}

/** The texts that are functions of facts. */
type WithFacts = { readonly [Id in keyof RemedyFacts]: (facts: RemedyFacts[Id]) => string };

function withFacts<Id extends keyof RemedyFacts>(texts: WithFacts, said: SaidOf<Id>): string {
  return texts[said.id](said);
}

/**
 * What is to be done about a finding, in words.
 *
 * @param own what the check's remedy alone says
 * @throws for an id without words: a bug of ours
 */
export function remedyIn(
  { steps, verify }: DecidedRemedy<string>,
  own: Texts['remedy'],
  facts: Json,
  language: InLanguage,
): Remedy {
  const { frames, remedies } = sharedTexts(language);
  const shared: Readonly<Record<string, unknown>> = remedies;

  function wordsOf(said: Said<string>): string {
    if (typeof said === 'object') return withFacts(remedies, said);
    const text = own?.[said];
    if (typeof text === 'function') return text(facts);
    const words = text ?? shared[said];
    if (typeof words === 'string') return words;
    throw new Error(`no words for ${said} in a remedy`);
  }

  function block(code: DecidedStep['code']): string | null {
    if (code === null || typeof code === 'string') return code;
    return code.map((line) => (typeof line === 'string' ? line : `${line.code}# ${wordsOf(line.comment)}`)).join('\n');
  }

  return {
    steps: steps.map(({ when, said, frame, code, ...rest }) => {
      const text = wordsOf(said);
      return { when, text: frame === undefined ? text : frames[frame](text), code: block(code), ...rest };
    }),
    verify: { command: verify.command, expect: wordsOf(verify.expect) },
  };
}
