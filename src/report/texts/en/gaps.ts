// What is missing from a run and why, in English: `gaps` of its record, shown by every report and the terminal.

import { count as number, counted, listed } from '../../../text/words.js';

export const runGaps = {
  killed: 'the run was killed before it had asked every endpoint; --resume continues it',
  /** How far the run had got when it stopped. `of`: null where that is not known. */
  soFar: (asked: number, of: number | null): string => `${asked}${of === null ? '' : ` of ${of}`} endpoints were asked`,
  interrupted: (soFar: string): string => `the run was interrupted: ${soFar}; --resume continues it`,
  stopped: (why: string, soFar: string, advice: string): string => `${why}; ${soFar}; ${advice}`,
  /** Why a run stopped by itself, and what the user can do about it. `why`: what the system says. */
  windowClosed: (timeZone: string, opensAt: string | null): string =>
    `the engagement's window (${timeZone}) closed; ${opensAt === null ? 'it does not open again' : `it opens again at ${opensAt}`}`,
  untilItOpens: '--resume then continues the run',
  untilItIsExtended: 'once it is extended, --resume continues the run',
  notWritten: (why: string): string => `the run could not be written on: ${why}`,
  makeRoom: 'make room, and --resume continues the run',
  listNotRead: (why: string): string => `a list of hosts: ${why}`,
  untilItIsRead: '--resume goes on once it can be read',
  reportInterrupted: (runFolder: string): string =>
    `interrupted before the report was written; "leftopen rejudge ${runFolder}" writes it from the journal`,
  /** `runFolder`: null where it was deleted while the run went on. */
  reportNotWritten: (why: string, runFolder: string | null): string =>
    `the report could not be written: ${why}; ${runFolder === null ? 'the run folder or its journal was deleted while the run went on' : `make room, then "leftopen rejudge ${runFolder}" writes it from the journal`}`,
  /** What became of `--on-critical`. `failure`: what the command says. */
  onCritical: {
    failed: (endpoint: string, failure: string): string =>
      `--on-critical: the command failed for ${endpoint}: ${failure}`,
    failedMore: (times: number): string => `--on-critical: the command failed ${times} more times`,
    notEnded: (calls: number): string =>
      `--on-critical: ${calls === 1 ? 'one call of the command' : `${calls} calls of the command`} had not ended`,
  },
  /**
   * Why nothing is concluded from responses: endpoints that must respond are silent, or respond differently from before. `answered`: a
   * status, or why there was none.
   */
  uniform: (witnesses: readonly string[]): string =>
    `endpoints began to deny access or stay silent all alike, even those that had responded before (${witnesses.join(', ')})`,
  controlSilent: (url: string, answered: string): string => `the control ${url} does not answer: ${answered}`,
  controlChanged: (url: string, answered: number, before: number): string =>
    `the control ${url} answers ${answered} where it answered ${before}`,
  /** `owners`: the first of those whose hours they were; `more`: how many others. */
  blackout: (endpoints: number, owners: readonly string[], more: number): string => {
    const whose = owners.length === 0 ? '' : ` (${owners.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
    return `not asked, because of their owners' blackout hours${whose}: ${counted(endpoints, 'endpoint')}; --resume asks ${endpoints === 1 ? 'it' : 'them'}`;
  },
  notNoted: (most: number): string => `of more endpoints that were not asked only ${number(most)} have a line each`,
  lost: (cut: 'vantage-lost' | 'source-blocked', why: string): string =>
    `${cut === 'vantage-lost' ? 'vantage lost' : 'source blocked'}: ${why}`,
  /** `times`: the first stretches; `more`: how many others. */
  provesNothing: (cause: string, times: readonly (readonly [from: string, to: string])[], more: number): string =>
    `${cause}; nothing is concluded from responses of ${times.map(([from, to]) => `${from} to ${to}`).join(', ')}${more > 0 ? ` and ${more} more times` : ''}`,
  noneAsked: 'no endpoint was asked',
  silent:
    'nothing responded. That can also mean a network problem on our side, so do not read it as an all-clear. Add `controls:` (endpoints that must respond) to the targets file to tell the difference',
  /** Where only this machine was asked, without an engagement: most likely someone tries leftopen. */
  silentHere:
    'nothing responded at these addresses of this machine. To try leftopen without a server of your own, start `leftopen demo --serve`',
  unjudged: (endpoints: number, of: number): string =>
    `${number(endpoints)} of ${number(of)} endpoints could not be judged; each says why`,
  /** In the report of one owner. */
  notEnded: 'the run did not end',
  unjudgedOf: (endpoints: number): string => `${counted(endpoints, 'endpoint')} could not be judged; each says why`,
  cutShort: (endpoints: number, of: number): string =>
    `${number(endpoints)} of ${number(of)} endpoints could not be fully assessed; each says why. What was proved by then remains; the rest was not tested`,
  bugs: (verdicts: number): string =>
    `${counted(verdicts, 'verdict is', 'verdicts are')} missing because of bugs of leftopen: please report them`,
  groupsLeftOut: (most: number): string =>
    `checks of groups were left out: there are more than ${number(most)} endpoints`,
  grouped: (findings: number, of: number): string =>
    `problems were put together from ${number(findings)} of ${number(of)} findings; there are more`,
  /** `rest`: what became of what the damaged lines held; null where no line is lost. */
  damaged: (where: string, rest: 'asked-again' | 'missing' | null): string =>
    `the journal is damaged: ${where}${rest === null ? '' : rest === 'asked-again' ? '; what it held was asked again' : '; what it held is missing here'}`,
  moreDamage: (places: number): string => `the journal is damaged in ${number(places)} more places`,
  linesGone: (gone: number, of: number, segment: number): string =>
    `${number(gone)} of ${number(of)} lines of segment ${segment} of the journal are gone`,
  journalDeleted:
    'the journal was deleted while the run went on: this is from what its process still held, and cannot be judged again',
  ledgerDeleted: 'the ledger was deleted while the run went on',
  /** Of a merged run: what one of its sources lacks. */
  ofSource: (series: string, gap: string): string => `${series}: ${gap}`,
  shardsMissing: (shards: readonly string[], vantage: string): string =>
    shards.length === 1
      ? `shard ${shards.join('')} from ${vantage} is missing: nothing is known of its hosts from there`
      : `shards ${listed(shards)} from ${vantage} are missing: nothing is known of their hosts from there`,
  differentPlans: (vantage: string): string =>
    `the shards from ${vantage} had different plans (the targets file, the scope or the limits changed between them): hosts may be missing`,
};
