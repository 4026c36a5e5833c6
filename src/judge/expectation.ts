// Compares what was reached with what the owner expects to be reachable.
import { rungs, type Expectation } from '../model/endpoint.js';
import type { JudgeContext } from '../model/check.js';
import type { Acceptance } from '../model/acceptance.js';
import type { Observations } from '../model/observation.js';
import { sharedTexts } from './language.js';
import type { Ceiling } from './texts/en.js';
import { reachedCluster } from './observed.js';

/**
 * What the target's `expect` makes of something that was reached: accepted, or a sentence for the finding (null: nothing to
 * say).
 */
export type Reception =
  { readonly accepted: Acceptance } | { readonly accepted: null; readonly sentence: string | null };

/** The expectation that counts: the one of the most specific target. */
export function expectationOf(observations: Observations, context: JudgeContext): Expectation {
  return context.targets.get(observations.targets[0] ?? '')?.expect ?? { kind: 'closed' };
}

/**
 * Holds what was reached against what the targets file expects there. Needs the full listing of indices, so it is asked
 * before anything is trimmed. What could not be compared is not accepted.
 */
export function receive(observations: Observations, context: JudgeContext): Reception {
  const expect = expectationOf(observations, context);
  const { expectation: texts } = sharedTexts(context);
  switch (expect.kind) {
    case 'closed':
      return { accepted: null, sentence: null };
    case 'absent':
      return { accepted: null, sentence: texts.absent };
    case 'decoy':
      return { accepted: null, sentence: texts.decoy };
    case 'up-to': {
      const why = aboveCeiling(expect, observations, context);
      if (why !== null) return { accepted: null, sentence: why };
      return { accepted: { reason: expect.reason, approvedBy: expect.approvedBy, until: expect.until } };
    }
  }
}

function aboveCeiling(expect: Ceiling, observations: Observations, context: JudgeContext): string | null {
  const { aboveCeiling: texts } = sharedTexts(context).expectation;
  if (context.now.slice(0, 10) > expect.until) return texts.expired(expect);
  const { rung, reaches } = observations.access;
  if (rungs.indexOf(rung) > rungs.indexOf(expect.rung)) return texts.above(expect, rung);
  if (rungs.indexOf(expect.rung) < rungs.indexOf('documents') && rung === 'metadata' && reaches.documents === 'unknown')
    return texts.moreNotDetermined(expect);
  const { product } = observations.identity;
  if (expect.via !== null && expect.via !== product) return texts.otherWay(expect, expect.via, product);
  if (expect.indices.length === 0 || rungs.indexOf(rung) < rungs.indexOf('metadata')) return null;
  const patterns = expect.indices.map(patternOf);
  const wanted = (name: string) => patterns.some((pattern) => pattern.test(name));
  const cluster = reachedCluster(observations);
  const listed = cluster?.indices ?? null;
  const shown = listed?.list.map((index) => index.name) ?? [];
  const searched = cluster?.searchPermittedOn ?? null;
  if (searched !== null) shown.push(searched.index);
  const others = [...new Set(shown.filter((name) => !wanted(name)))];
  if (others.length > 0) return texts.otherIndices(expect, others);
  if (listed === null || !listed.complete || listed.list.length < listed.total) return texts.listIncomplete(expect);
  return null;
}

/** An index name or `*` pattern of the targets file as a regular expression. */
function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
