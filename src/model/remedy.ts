// What is to be done about a finding, as code decides it: in no language.

import type { RemedyStep } from './finding.js';

/**
 * What remedies say in one language, by id: steps, comments in their blocks, what a proof prints. A text is a string, or a function
 * of facts. The judge's texts fill it.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface RemedyTexts {}

/** The facts of those texts that are functions of facts, by id. */
export type RemedyFacts = {
  readonly [Id in keyof RemedyTexts as RemedyTexts[Id] extends string ? never : Id]: RemedyTexts[Id] extends (
    facts: infer Facts,
  ) => string
    ? Facts
    : never;
};

/** The id of a text with the facts that it is a function of. */
export type SaidOf<Id extends keyof RemedyFacts = keyof RemedyFacts> = {
  readonly [Each in Id]: { readonly id: Each } & RemedyFacts[Each];
}[Id];

/** What is said: the id of a text, with its facts where it has any. `Own`: ids of texts that one check alone has. */
export type Said<Own extends string = never> = Own | Exclude<keyof RemedyTexts, keyof RemedyFacts> | SaidOf;

/** Words around the text of a step: the versions that it is for, or the block for nginx that follows. */
export type StepFrame = 'from-8' | 'before-8' | 'without-login' | 'in-nginx';

/** A line of a block: as it is, or with a comment in words. */
export type BlockLine = string | { readonly code: string; readonly comment: Said };

/** One instruction that says this, with at most one block to copy. */
export interface StepThatSays<What> extends Pick<RemedyStep, 'language' | 'goal'> {
  readonly when: NonNullable<RemedyStep['when']>;
  readonly said: What;
  readonly frame?: StepFrame;
  /** The block; null for none. */
  readonly code: string | readonly BlockLine[] | null;
}

/** A step of a remedy. */
export type DecidedStep<Own extends string = never> = StepThatSays<Said<Own>>;

/** What to do, in the order to do it. */
export interface DecidedRemedy<Own extends string = never> {
  readonly steps: readonly DecidedStep<Own>[];
  /** A command that shows that it is fixed, and what it should print. */
  readonly verify: { readonly command: string; readonly expect: Said<Own> };
}
