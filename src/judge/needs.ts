// What a check needs to be known, and the verdict where it is not: no check walks through the states of an endpoint itself.
import type { AnyCheck, Verdict } from '../model/check.js';
import type { Observations } from '../model/observation.js';
import { rungReason } from './access.js';
import { appliesTo, whyUnknown } from './topics.js';

/** The verdict on an endpoint that lacks something the check needs; null where everything is there. */
export function lacking({ needs = [], guarded }: AnyCheck, observations: Observations): Verdict<never> | null {
  const { access, identity, topics } = observations;
  for (const need of needs) {
    if (need === 'open') {
      if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
      if (access.state === 'guarded' && guarded === 'pass') return { verdict: 'pass', evidence: access.evidence };
      if (access.state !== 'open') return { verdict: 'not-applicable' };
    } else if (topics[need] === null) {
      if (!appliesTo(need, identity)) return { verdict: 'not-applicable' };
      return { verdict: 'undetermined', reason: whyUnknown(need, observations) };
    }
  }
  return null;
}
