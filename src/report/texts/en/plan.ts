// What `leftopen plan` says, in English.

import type { Target } from '../../../model/endpoint.js';
import type { Engagement } from '../../../model/engagement.js';
import type { OldTlsVersion, Question } from '../../../model/question.js';
import { count as number, counted, tlsNames } from '../../../text/words.js';
import { phrase, type Inline } from '../../document.js';
import { binarySize, duration } from './words.js';

/** `leftopen plan`: the page that is signed, and its annexes. */
export const plan = {
  document: (name: string): string => `Plan of a read-only audit: ${name}`,
  kicker: 'Plan of a read-only audit',
  shard: (shard: string): string => `Shard ${shard}: `,
  /** `total`: null where only an upper bound is known. */
  lead: (total: number | null, atMost: number, requests: number): string =>
    `${total === null ? `at most ${counted(atMost, 'endpoint')}` : counted(total, 'endpoint')}, read only, with at most ${counted(requests, 'request')}.`,
  promise:
    'Only the endpoints declared here are asked, with GET and HEAD requests of annex C. No document is read, nothing is changed, no password is guessed. Nothing has been sent yet.',
  /** Ends a list of which annex A has the rest. */
  moreInAnnex: (rest: number): string => ` and ${number(rest)} more: see annex A`,
  moreInJson: (rest: number): string => `${number(rest)} more: see plan --json`,
  who: {
    title: 'Who',
    engagement: 'Engagement',
    authority: 'Authority',
    authorityOf: ({ authorisedBy: by }: Engagement): string =>
      by === null
        ? 'none declared: only this machine (loopback) is asked'
        : `${by.name}, ${by.role}, as ${by.capacity}, ${by.email}`,
    document: 'Document',
    signed: ({ reference, signedOn, documentSha256: sha256 }: NonNullable<Engagement['authorisation']>): string =>
      `${reference}, signed on ${signedOn}${sha256 === null ? '' : `, SHA-256 ${sha256}`}`,
    contacts: 'Contacts',
    auditor: 'Auditor',
    tool: (version: string, catalogue: string): string => `leftopen ${version}, catalogue ${catalogue}`,
  },
  what: {
    title: 'What',
    endpoints: 'Endpoints',
    endpointsOf: (total: number | null, atMost: number): string =>
      `${total === null ? `at most ${number(atMost)}` : number(total)}; annex A lists them`,
    otherShards: (shard: string): string => `. This is shard ${shard}: other hosts are in other shards`,
    hosts: 'Hosts',
    ports: 'Ports',
    paths: 'Base paths',
    included: 'Included',
    exactly: 'exactly what is declared',
    excluded: 'Excluded',
    nothing: 'nothing',
  },
  where: {
    title: 'From where',
    /** What `X-Opaque-Id` will look like: in English as the plan has it. */
    opaqueId: (form: string): string => form,
    vantage: 'Vantage',
    egress: 'Egress',
    notStated: 'not stated',
    authorities: 'Authorities',
    trusted: (sha256: string): string => `trusted besides the public ones: SHA-256 ${sha256}`,
    certificate: 'Certificate',
    shown: (subject: string, sha256: string): string =>
      `${subject}, SHA-256 ${sha256}, shown to servers that ask for one and whose own is trusted; what these respond, its holders get`,
  },
  when: {
    title: 'When',
    window: 'Window',
    anyTime: 'none: at any time',
    windowOf: (from: string, to: string): string => `${from} to ${to} UTC`,
    weekly: 'Weekly hours',
    only: (hours: string, timeZone: string): string => `only ${hours} (${timeZone})`,
    owner: (name: string): string => `Owner ${name}`,
    otherOwners: 'Other owners',
    inAnnex: (owners: number): string => `${number(owners)} more: see annex A`,
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    leftAlone: (hours: string, timeZone: string): string => `left alone ${hours} (${timeZone})`,
    atOnce: (endpoints: number): string => `${counted(endpoints, 'endpoint')} at once`,
    toOneAddress: (connections: number): string => `${counted(connections, 'connection')} to one address`,
    perSecond: (requests: number): string => `${counted(requests, 'request')} a second`,
  },
  howMuch: {
    title: 'How much',
    requests: 'Requests',
    requestsOf: (typical: number, worst: number, ofOne: number): string =>
      `about ${number(typical)} where every endpoint has a login; never above ${number(worst)} (${number(ofOne)} for one endpoint)`,
    data: 'Data read',
    dataOf: (bytes: number): string => `never above ${binarySize(bytes)}`,
    rate: 'Peak rate',
    /** `perSecond`: null for no limit. */
    rateOf: (perSecond: number | null, endpoints: number, ofAddress: number): string =>
      `${perSecond === null ? 'no limit per second' : `${counted(perSecond, 'request')} a second`}; ${counted(endpoints, 'endpoint')} at once, ${counted(ofAddress, 'connection')} to one address`,
    time: 'Time',
    /** In seconds. `waits`: whether there are hours in which nothing may be asked. */
    timeOf: (typical: number, silent: number, waits: boolean): string =>
      `about ${duration(typical)} where everything responds at once; about ${duration(silent)} where nothing responds at all${waits ? '; hours in which nothing may be asked are added' : ''}`,
  },
  agreed: {
    title: 'Agreed',
    digest: (digest: Inline): Inline[] =>
      phrase`Digest of targets, scope, limits and catalogue: ${digest}. "leftopen plan TARGETS --lock FILE" writes it down; "leftopen audit TARGETS --plan FILE" refuses to run on any difference.`,
    client: 'the client',
    auditor: 'the auditor',
  },
  endpoints: {
    title: 'Annex A: endpoints',
    resolved: 'Names were looked up, and each address is an endpoint.',
    unresolved: 'Every address of a name is asked, so names may add to the total.',
    schemes: ' Where no scheme is given, leftopen finds out whether it is HTTP or HTTPS.',
    more: (rest: number, exact: boolean): string =>
      `${exact ? '' : 'Up to '}${number(rest)} more: plan --endpoints lists every one`,
    noControls: 'Controls: none declared. Without them, a failing network looks like endpoints that do not respond.',
    controls: (seconds: number, urls: string): string =>
      `Controls, asked first, every ${number(seconds)} seconds, and last, in addition to the totals: ${urls}`,
    target: ({ id, expect, operator }: Target): string =>
      `Target ${id}: ${[
        operator === null ? '' : `run by ${operator.name}, whose permission is ${operator.permission}`,
        expect.kind === 'closed'
          ? ''
          : expect.kind === 'up-to'
            ? `expected: up to ${expect.rung} until ${expect.until}, approved by ${expect.approvedBy} (${expect.reason})`
            : `expected: ${expect.kind}`,
      ]
        .filter((part) => part !== '')
        .join('; ')}`,
    owner: (name: string, rules: string): string => `Owner ${name}: ${rules}`,
    at: (address: string): string => ` at ${address}`,
    transport: ' one question, whether it is the transport port',
    refused: (why: string): string => ` NOT ASKED: ${why}`,
  },
  techniques: {
    title: 'Annex B: techniques',
    caption: 'Techniques',
    technique: 'Technique',
    setting: 'Setting',
    allows: 'What it allows',
    on: 'on',
    off: 'off',
    usually: (on: boolean): string => ` (by default ${on ? 'on' : 'off'})`,
    notNeeded: '; nothing in this plan needs it',
  },
  questions: {
    title: 'Annex C: questions that an endpoint could be asked',
    intro:
      'Which of them are asked depends on what the endpoint responds: two to six where it requires a login, about twenty at most where it is open.',
    off: 'Not asked, because their technique is off:',
    byProduct: 'By product',
    anyProduct: 'any endpoint, as long as it is not known what it is',
    counts: (name: string, questions: number, expensive: number): string =>
      `${name}: ${counted(questions, 'question')}${expensive === 0 ? '' : `, ${number(expensive)} of them of moderate or high cost`}: `,
    over: 'Over',
    oldTls: (version: OldTlsVersion): string =>
      `a TLS connection of its own that offers ${tlsNames[version]} only, closed after it`,
    id: 'Id',
    why: 'Why',
    with: 'With',
    origin: (origin: string): string => `the header Origin: ${origin}`,
    only: 'Only',
    reveals: 'Reveals',
    ifLost: 'If a proxy drops the query or header',
    traces: 'Traces',
    tracesOf: (more: string): string => `an access-log line${more === '' ? '' : `; ${more}`}`,
    cost: 'Cost',
    costOf: (cost: string, bytes: number, technique: string | null): string =>
      `${cost}; at most ${binarySize(bytes)} read${technique === null ? '' : `; needs the technique ${technique}`}`,
    /** What is said of a question: English as its own file has it. Another language has words for each id. */
    said: (question: QuestionSaid): QuestionSaid => question,
  },
};

/** The sentences about one question. */
export interface QuestionSaid extends Pick<Question, 'id' | 'why' | 'reveals' | 'traces'> {
  /** See PlannedQuestion. */
  readonly ifLost: string | null;
  readonly only: string | null;
}
