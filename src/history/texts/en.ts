// Why a finding is new, worse, gone, or no longer accepted, in English: sentences of the record, worded while runs are compared.

import type { Rung } from '../../model/endpoint.js';
import type { Exposure } from '../../model/engagement.js';
import type { GoneStatus } from '../../model/history.js';
import type { Severity } from '../../model/severity.js';
import { exposureNames, moment } from '../../text/words.js';

/** What the comparison of runs says in one language: days are `2026-11-22`. */
export type HistoryTexts = typeof en;

function because(why: string | null): string {
  return why === null || why === '' ? '' : `: ${why}`;
}

export const en = {
  /** What rose or fell from one run to the other, as phrases. */
  level: {
    severityRose: (from: Severity, to: Severity): string => `severity rose from ${from} to ${to}`,
    severityFell: (from: Severity, to: Severity): string => `severity fell from ${from} to ${to}`,
    accessRose: (from: Rung, to: Rung): string => `access rose from "${from}" to "${to}"`,
    accessFell: (from: Rung, to: Rung): string => `access fell from "${from}" to "${to}"`,
    nowSeenFrom: (exposure: Exposure): string => `now seen from ${exposureNames[exposure]}`,
    noLongerSeenFrom: (exposure: Exposure): string => `no longer seen from ${exposureNames[exposure]}`,
    newKinds: (classes: readonly string[]): string => `new kinds of data: ${classes.join(', ')}`,
    openAgainAt: (addresses: readonly string[]): string => `open again at ${addresses.join(', ')}`,
  },
  /** Why a finding of this run has its status. */
  found: {
    byKnowledge: 'leftopen knows more today: the responses of the last run already showed it',
    wasGone: (status: Extract<GoneStatus, 'fixed' | 'closed'>, day: string): string =>
      `it was ${status === 'fixed' ? 'fixed' : 'no longer seen'} on ${day}`,
    notShownBetter: (severity: Severity, access: Rung): string =>
      `it was ${severity} before, with access "${access}"; nothing shows that it got better`,
  },
  /** Why a finding of an earlier run is called gone, or not known. */
  gone: {
    byKnowledge: 'With what leftopen knows today, the responses of the last run show no finding.',
    notDeclared: 'The targets file no longer declares it, or excludes it.',
    notAsked: (why: string | null): string => `This run did not ask it${because(why)}.`,
    noTime: 'it had no time to',
    checkLeftOut: 'This run left the check out.',
    denied: 'The same question was denied.',
    good: 'A response shows that it is good now.',
    twice: (why: string): string => `${why} So it was in the run before.`,
    notReached: (why: string | null): string => `It could not be reached${because(why)}.`,
    vantageInDoubt:
      'It could not be reached, and nothing else responded either: this vantage may have lost its network.',
    leadsElsewhere: (addresses: readonly string[]): string =>
      `It was not asked at ${addresses.join(', ')}: the name no longer leads there, or the targets file excludes ${addresses.length === 1 ? 'that address' : 'these addresses'}.`,
    notJudged: (why: string | null): string => `It could not be judged${because(why)}.`,
    otherProduct: 'Another product responds there now.',
    decoy: 'Fabricated responses, as of a honeypot, come from there now.',
    cutShort: 'Its survey was cut short, so nothing shows whether it is fixed.',
    notShown: 'Its current responses no longer show whether it is fixed.',
    notShownBecause: (why: string | null): string =>
      `Its current responses do not show whether it is fixed${because(why)}.`,
  },
  /** Since when it has been seen. */
  seen: {
    first: (what: 'open' | 'exposed' | 'seen', at: string): string =>
      `First seen${what === 'seen' ? '' : ` ${what}`} on ${moment(at)}, from this vantage`,
    before: (first: string, from: string): string =>
      `${first}. It had been seen before, from ${moment(from)} on, and was gone in between.`,
    again: (first: string, at: string): string => `${first}, and again on ${moment(at)}.`,
  },
  /** What became of accepted risks. */
  accepted: {
    noneLeft: 'none of these vulnerabilities is found there any more',
    noFinding: 'no endpoint of the target has such a finding any more',
    gone: (status: 'fixed' | 'withdrawn', day: string): string =>
      `${status === 'fixed' ? 'fixed' : 'no longer declared'} on ${day}`,
    noLongerFinding: 'leftopen no longer takes the same responses for a finding',
    notReached: 'it was not reached',
    noneAsked: 'no endpoint of the target was asked',
    noSuchFinding: 'no finding of this run or of an earlier one has this id',
    checkLeftOut: 'this run left the check out',
    notAsked: 'an endpoint of the target was not asked',
    targetNotReached: 'an endpoint of the target could not be reached',
    notJudged: 'an endpoint of the target could not be judged',
    gotWorse: 'it got worse',
    /** `what`: the vulnerabilities of a part; null for all of the finding. */
    expired: (by: string, until: string, what: readonly string[] | null): string =>
      `${by} accepted ${what === null ? 'this' : what.join(', ')} until ${until}. That date has passed, so it counts.`,
    worse: (by: string, until: string, why: string): string =>
      `${by} accepted this until ${until}, but it has got worse since (${why}), so it counts.`,
    partWorse: (ids: readonly string[], why: string): string =>
      `The acceptance of ${ids.join(', ')} no longer holds: ${why}.`,
    part: (parts: readonly { readonly id: string; readonly approvedBy: string; readonly until: string }[]): string =>
      `Accepted and not counted here: ${parts.map(({ id, approvedBy, until }) => `${id} (by ${approvedBy}, until ${until})`).join(', ')}.`,
  },
};
