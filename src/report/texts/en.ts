// What a report says, in English: the catalogue that a further language has to match, key by key.

import { changesFacts } from '../../history/changes.js';
import { en as history } from '../../history/texts/en.js';
import type { Acceptance, AcceptanceState } from '../../model/acceptance.js';
import { productNames, rungs, type Rung } from '../../model/endpoint.js';
import type { Engagement, Technique } from '../../model/engagement.js';
import { techniques } from '../../model/engagement.js';
import { failures } from '../../model/exchange.js';
import {
  type Contradiction,
  type EndpointSummary,
  type Finding,
  type ReportHead,
  type RunInfo,
  type Severity,
  type Since,
  type StepTime,
  type Summary,
  type VantageView,
} from '../../model/finding.js';
import type { GoneStatus } from '../../model/history.js';
import { dataClassLabels, type AccessReason } from '../../model/observation.js';
import { totalOf } from '../../model/severity.js';
import { reasonWords } from '../../text/reasons.js';
import { count as number, counted, listed, loginWords, size } from '../../text/words.js';
import { link, phrase, text, type Inline, type PageTexts } from '../document.js';
import { isEarlier, type Lasting } from '../finding-facts.js';
import type { DutyId } from '../notification.js';
import { seenFromNames, vantagesOf } from '../vantages.js';
import { askedTotal, assessedTotal, capital, day, notAskedTotal, sentence, utc } from '../words.js';
import { defectdojo, ecs, github, junit, prometheus, sarif, sysreptor, tickets } from './en/exports.js';
import { runGaps } from './en/gaps.js';
import { plan } from './en/plan.js';
import { difference, notice, overview, retest } from './en/runs.js';
import { terminal } from './en/terminal.js';
import {
  duration,
  elapsed,
  from,
  fromNames,
  gone,
  period,
  rungNames,
  rungWords,
  severityCounts,
  severityWords,
  vantage,
} from './en/words.js';

/** The texts of a report in one language: functions of its facts, and words that never change. */
export type Texts = typeof en;

/** For a cell whose value the server did not show. */
const notShown = 'not shown';

/** With which credentials was asked, as in "asked … without credentials". */
function credentials({ declared }: Pick<RunInfo, 'declared'>): string {
  return declared.clientCertificate === undefined
    ? 'without credentials'
    : 'without credentials except the client certificate, which was presented to servers that request one';
}

const guards: ReadonlyMap<string, string> = new Map([
  ['product', 'its own login'],
  ['cluster', 'the cluster behind it'],
  ['proxy', 'a proxy in front of it'],
  ['network-policy', 'a network policy'],
  ['client-certificate', 'the requirement of a client certificate'],
  ['unknown', 'something that could not be identified'],
]);

const failureWords: ReadonlyMap<string, string> = new Map(Object.entries(failures));

/** How an exchange failed, in words; a failure that has none keeps its own name. */
function failure(name: string): string {
  return failureWords.get(name) ?? name;
}

/** What denied access, in words; a guard that has none keeps its own name. */
function guard(guardedBy: string): string {
  return guards.get(guardedBy) ?? guardedBy;
}

/**
 * Product and version as far as they are known, e.g. `Elasticsearch 7.17.9`, `Kibana 8.9 or later`, `OpenSearch (version not
 * shown)`.
 */
function product(what: Pick<EndpointSummary, 'product' | 'version' | 'versionCertainty'>): string {
  const { version, versionCertainty } = what;
  if (what.product === null) return 'not known';
  const name = productNames[what.product];
  if (version === null) return `${name} (version not shown)`;
  if (versionCertainty === 'approximate') return `${name} ${version} or later`;
  return versionCertainty === 'exact' ? `${name} ${version}` : `${name} ${version} (${versionCertainty})`;
}

/** What is known of an access level, for brackets: reading is shown by a response, changing and deleting is never tried. */
function proof(access: Rung, how: Finding['proof']): string {
  if (access === 'control') return how === 'proved' ? 'reading is shown, the rest inferred' : 'inferred';
  return access === 'documents' && how === 'inferred' ? 'inferred' : 'shown';
}

/** How many endpoints were not asked, and why, in one sentence; '' where all were. */
function notAsked(summary: Summary): string {
  const { window, blackout, blackoutOwners } = summary.notAsked;
  const total = notAskedTotal(summary);
  const owners = blackoutOwners.length === 0 ? 'their owners' : listed(blackoutOwners);
  const causes = [
    [window, "the engagement's window closed"],
    [blackout, `blackout hours of ${owners} lasted to the end of the run`],
  ] as const;
  const parts = causes.filter(([count]) => count > 0);
  if (parts.length === 0) return '';
  const whole = `${counted(total, 'endpoint')} ${total === 1 ? 'was' : 'were'} not tested`;
  const why = parts.map(([count, cause]) =>
    parts.length === 1 ? `because ${cause}` : `${number(count)} because ${cause}`,
  );
  return `${whole}, ${listed(why)}; nothing is known about ${total === 1 ? 'it' : 'them'}.`;
}

/** What no verdict follows for, as the start of a headline: `Nothing could be assessed`; '' where all endpoints were. */
function unassessed(summary: Pick<Summary, 'endpoints' | 'states'>): string {
  const { undetermined, unreachable } = summary.states;
  const open = undetermined + unreachable;
  if (open === 0) return summary.endpoints === 0 ? 'Nothing was tested' : '';
  return assessedTotal(summary) === 0
    ? 'Nothing could be assessed'
    : `${number(open)} of ${counted(summary.endpoints, 'endpoint')} could not be assessed`;
}

/** What became of the endpoints: `9 exposed, 7 denied access`; '' for none. */
function states({ states: counts }: Pick<Summary, 'states'>): string {
  const parts = [
    [counts.open, 'exposed'],
    [counts.guarded, 'denied access'],
    [counts.undetermined, 'not assessed'],
    [counts.unreachable, 'not reached'],
    [counts['other-product'], counts['other-product'] === 1 ? 'other product' : 'other products'],
    [counts.decoy, counts.decoy === 1 ? 'decoy' : 'decoys'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(', ');
}

/** How many gave no response at all, where none could be assessed. */
function nothingResponded(unreachable: number, endpoints: number): string {
  if (unreachable < endpoints) return 'No endpoint gave a response that shows whether it is exposed.';
  if (endpoints === 1) return 'The one endpoint did not respond.';
  return endpoints === 2
    ? 'Neither of the 2 endpoints responded.'
    : `None of the ${number(endpoints)} endpoints responded.`;
}

/** The sentence that a reader takes away where nothing grave was found. */
function goodNews({ summary, run }: ReportHead): string {
  if (askedTotal(summary) === 0) return 'Nothing was tested, so nothing was proved.';
  const { guarded, unreachable, undetermined } = summary.states;
  if (assessedTotal(summary) === 0)
    return `${unassessed(summary)}. ${nothingResponded(unreachable, summary.endpoints)} Do not read this as an all-clear.`;
  const unfinished = run.finished ? '' : ' so far, and the audit did not finish';
  const denied = guarded === 0 ? '' : ` ${counted(guarded, 'endpoint')} denied access without credentials.`;
  const minor =
    totalOf(summary.findings) === 0
      ? ''
      : ` ${counted(summary.problems, 'problem')} of lower severity ${summary.problems === 1 ? 'needs' : 'need'} attention.`;
  const unknown =
    undetermined + unreachable === 0
      ? ' Only declared endpoints were tested.'
      : ` ${counted(undetermined + unreachable, 'endpoint')} could not be assessed.`;
  return `Nothing was found open${unfinished}.${denied}${minor}${unknown}`;
}

/** `15 problems (7 critical, 1 low)`, or that no problem was found. `counts`: of problems, `null` where they are too many to count. */
/** What was found, as the start of the totals; '' where nothing could be assessed, which the headline says. */
function problemsFound(
  { summary, problemsTotal }: ReportHead,
  counts: Readonly<Record<Severity, number>> | null,
): string {
  const open = unassessed(summary);
  if (problemsTotal > 0)
    return `${counted(problemsTotal, 'problem')} (${counts === null ? `${counted(totalOf(summary.findings), 'finding')}: ${severityCounts(summary.findings)}` : severityCounts(counts)})`;
  if (assessedTotal(summary) === 0) return '';
  return `No problem was found at ${counted(assessedTotal(summary), 'endpoint')}${open === '' ? '' : `; ${open}`}`;
}

function notAssessed({ run, summary }: ReportHead): string {
  const { undetermined, unreachable } = summary.states;
  const unjudged = undetermined - notAskedTotal(summary);
  const gaps = [
    notAsked(summary),
    unjudged > 0
      ? `${counted(unjudged, 'endpoint')} could not be judged; do not take ${unjudged === 1 ? 'it' : 'them'} for closed.`
      : '',
    unreachable > 0 ? `${counted(unreachable, 'endpoint')} did not respond to us, and may respond to others.` : '',
    run.vantage.exposure === 'internet' ? '' : 'The internet was not tested.',
  ].filter((gap) => gap !== '');
  const always = `We ${gaps.length === 0 ? '' : 'also '}did not test undeclared hosts, ports and paths, or access with credentials. Each result holds for its time and for our ${vantagesOf(run).length > 1 ? 'addresses' : 'address'} (tested ${credentials(run)}).`;
  return [...gaps, always].join(' ');
}

/** What changed since the last run, as a label and what follows it; it says so where there is nothing to compare with. */
function changes({ changes: of }: Pick<ReportHead, 'changes'>): { readonly label: string; readonly text: string } {
  const facts = changesFacts(of);
  if (facts.baseline === null)
    return {
      label: 'First run.',
      text: `There is no earlier run to compare with${facts.news.new.total === 0 ? '' : ', so every finding counts as new'}.`,
    };
  const { news, unchanged, better, byKnowledge, noLongerAccepted, gone: ended } = facts;
  const counts = (['new', 'worse', 'reopened'] as const).map((status) => {
    const { total, worst } = news[status];
    return total === 0 ? null : `${number(total)} ${status}${worst === null ? '' : ` (up to ${severityWords[worst]})`}`;
  });
  const goneAs = (status: GoneStatus) => (ended[status] === 0 ? null : `${number(ended[status])} ${gone[status]}`);
  const open = [
    better === 0 ? null : `${number(better)} better`,
    unchanged === 0 ? null : `${number(unchanged)} unchanged`,
    ...(['not-reached', 'not-asked', 'withdrawn'] as const).map(goneAs),
  ];
  const lapsed = noLongerAccepted === 0 ? null : `${number(noLongerAccepted)} no longer accepted`;
  const first = [...counts, lapsed, goneAs('fixed'), goneAs('closed')].filter((part) => part !== null);
  const rest = open.filter((part) => part !== null);
  const sentences = [
    first.length === 0 ? 'Nothing new, worse or fixed.' : `${listed(first)}.`,
    rest.length === 0 ? null : `The rest: ${listed(rest)}.`,
    byKnowledge === 0
      ? null
      : `${number(byKnowledge)} more only because leftopen knows more today: the responses of the last run already showed ${byKnowledge === 1 ? 'it' : 'them'}.`,
  ];
  return {
    label: `Since the last run (${utc(facts.baseline.startedAt)}):`,
    text: sentences.filter((one) => one !== null).join(' '),
  };
}

/** What an entry accepts: "end-of-life at target search", "finding 3f2a9c04b1d2, only CVE-2015-1427". */
function acceptedWhat({ finding, target, check, vulnerabilities }: AcceptanceState): string {
  const what = finding === null ? `${check ?? ''} at target ${target ?? ''}` : `finding ${finding.slice(0, 12)}`;
  return vulnerabilities.length === 0 ? what : `${what}, only ${listed(vulnerabilities)}`;
}

/** What became of an entry in this run. */
function acceptedUse({ term, use, findings, worse, why }: AcceptanceState): string {
  const ends = { 'in-force': null, 'ends-soon': 'ends within 30 days', expired: 'has expired' }[term];
  const does = {
    'in-use': findings === 0 ? null : `covers ${counted(findings, 'finding')}`,
    stale: `nothing is left to accept: ${why ?? ''}`,
    'not-reached': `not known: ${why ?? ''}`,
    unmatched: why,
  }[use];
  const left = worse === 0 ? null : `no longer covers ${counted(worse, 'finding')} that got worse`;
  return [ends, does, left].filter((part) => part !== null).join('; ');
}

/** What has let callers in, as the beginning of a sentence on time, and at a point of the timeline. */
const settings = {
  'no-login': { headline: 'Without a login', label: 'without a login' },
  'anonymous-user': { headline: 'With an anonymous user', label: 'anonymous user' },
  'guest-login': { headline: 'With a guest login', label: 'guest login' },
} satisfies Record<NonNullable<Since['setting']>, { readonly headline: string; readonly label: string }>;

/** The sentence on time that a headline carries, e.g. `Without a login for at least 412 days.` */
function lasting(how: Lasting): string {
  if (how.kind === 'set-for') {
    const { headline } = settings[how.setting];
    const time = elapsed(how.from, how.to);
    return how.certain ? `${headline} for at least ${time}.` : `Probably ${headline.toLowerCase()} for ${time}.`;
  }
  const seen = how.what === 'seen' ? 'Seen' : `Seen ${how.what}`;
  return how.kind === 'seen-for' ? `${seen} for ${elapsed(how.from, how.to)}.` : `${seen} on ${utc(how.at)}.`;
}

/** The reasoning behind the clock, and the ages of data, cluster and certificate, which are called what they are. */
function sinceDetails(since: Since, head: ReportHead): string {
  const earlier = isEarlier(since, head);
  const parts = [
    capital(sentence(since.reasoning)),
    earlier && since.headline === 'configured' ? `First seen from this vantage on ${utc(since.seenOpenSince)}.` : null,
    since.oldestDataAt === null
      ? null
      : `The oldest index was created on ${day(since.oldestDataAt)}, which is the age of the data, not of the exposure.`,
    since.clusterBornBy === null
      ? null
      : `The cluster has existed since ${day(since.clusterBornBy)} at least, when it issued its licence.`,
    since.certificateNotBefore === null ? null : `Its certificate is valid from ${day(since.certificateNotBefore)}.`,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

type Contents = NonNullable<Finding['contents']>;

/** Whether the number of documents is a total that the cluster gives itself, not the sum of what was listed. */
function ofCluster({ documents, largest }: Contents): boolean {
  return (documents ?? 0) > 0 && largest.every((index) => index.documents === null);
}

/** Whether the size is a lower bound: the listing was cut, or an index with documents has no size. */
function sizesMissing({ atLeast, largest }: Contents): boolean {
  return atLeast.documents || largest.some((index) => index.bytes === null && (index.documents ?? 0) > 0);
}

/** The contents in one phrase: `14 indices, 1,021,553,204 documents, 22.1 TiB`; null where no total was shown. */
function contents({ contents: of }: Finding): string | null {
  if (of === null) return null;
  const lower = (bound: boolean) => (bound ? 'at least ' : '');
  if (ofCluster(of)) {
    const shown = of.indices === null ? null : `${counted(of.indices, 'index', 'indices')} listed`;
    const total = `the cluster reports ${counted(of.documents ?? 0, 'document')} in total, its own included`;
    return [shown, total].filter((part) => part !== null).join('; ');
  }
  const parts = [
    of.indices === null ? [] : [`${lower(of.atLeast.indices)}${counted(of.indices, 'index', 'indices')}`],
    of.documents === null ? [] : [`${lower(of.atLeast.documents)}${counted(of.documents, 'document')}`],
    of.bytes === null ? [] : [`${lower(sizesMissing(of))}${size(of.bytes)}`],
  ].flat();
  return parts.length === 0 ? null : parts.join(', ');
}

/** How fast it could be copied, as a sentence with what it assumes; null where that was not estimated. */
function copy({ copy: estimate, contents: of }: Finding): string | null {
  if (estimate === null) return null;
  const { seconds, documents, atLeast, bytesPerSecond } = estimate;
  const time = seconds < 60 ? 'under a minute' : `about ${duration(seconds)}`;
  const line = `${number(Math.round((bytesPerSecond * 8) / 1_000_000))} Mbit/s`;
  const part = of !== null && documents < (of.documents ?? 0);
  const what = part
    ? `We were shown that ${counted(documents, 'document')} can be searched. Copying ${documents === 1 ? 'it' : 'them'}`
    : 'Copying all of it';
  return `${what} would take ${atLeast && seconds >= 60 ? 'at least ' : ''}${time} at ${line} (an estimate).`;
}

/** Whom to contact of these owners, as the targets file says; '' where it names no one. */
function contact(owners: readonly string[], { declared }: Pick<RunInfo, 'declared'>): string {
  return (declared.contacts ?? [])
    .filter(({ owner }) => owners.includes(owner))
    .slice(0, 6)
    .map(({ owner, contact: { name, email, phone } }) => {
      const ways = [email, phone].filter((way) => way !== null).join(', ');
      const whose = owners.length > 1 ? ` for ${owner}` : '';
      return `${name}${ways === '' ? '' : ` (${ways})`}${whose}`;
    })
    .join('; ');
}

const viewStates = {
  guarded: 'access denied',
  undetermined: 'not assessed',
  unreachable: 'not reached',
  'other-product': 'another product',
  decoy: 'decoy',
} as const;

/** What one vantage saw, for a cell. */
function view(of: VantageView | undefined): string {
  if (of === undefined) return 'not tested';
  if (of.state === 'open') return `exposed: ${rungNames[of.access]}`;
  if (of.address === null) return 'the name has no address';
  return of.state === 'guarded' && of.access === 'banner' ? 'access denied; shows its banner' : viewStates[of.state];
}

/** One way in which vantages disagree on an endpoint, as a sentence. */
function contradiction(kind: Contradiction, views: readonly VantageView[]): string {
  const those = (which: (one: VantageView) => boolean): string =>
    listed(views.filter(which).map(({ vantage: name }) => name));
  const each = (of: (one: VantageView) => string | null): string =>
    listed(views.flatMap((one) => (of(one) === null ? [] : [`${of(one) ?? ''} from ${one.vantage}`])));
  switch (kind) {
    case 'open-and-guarded':
      return `Callers from ${those(({ state }) => state === 'open')} are let in, and those from ${those(({ state }) => state === 'guarded')} are denied access. Find out which rule makes the difference.`;
    case 'other-cluster':
      return `One address, several clusters: ${each(({ clusterUuid }) => clusterUuid)}. Something on the way leads to different servers.`;
    case 'other-product':
      return `Several products respond: ${each((one) => (one.product !== null ? productNames[one.product] : one.state === 'other-product' ? 'another product' : null))}.`;
    case 'decoy':
      return `Responses to ${those(({ state }) => state === 'decoy')} are fabricated, as those of a honeypot; those to ${those(({ state }) => state === 'open' || state === 'guarded')} are genuine.`;
    case 'other-address':
      return 'The name leads to different addresses from different vantages; each address has a line of its own.';
  }
}

/** Under whose authority, in one sentence. */
function authority({ id, authorisedBy, authorisation, loopbackOnly }: Engagement): string {
  if (loopbackOnly) return 'No engagement was declared; only loopback was tested.';
  if (authorisedBy === null) return `The engagement ${id} does not name who authorised it.`;
  const reference = authorisation === null ? '' : `, ${authorisation.reference}`;
  return `Authorised by ${authorisedBy.name} (${authorisedBy.role})${reference}.`;
}

/** What the user's own choice left out, as sentences; it is not a gap of the run. '' where all was audited and is shown. */
function narrowed({ checks = null, onlyOwner, onlyTargets, shard, redacted }: RunInfo): string {
  return [
    redacted === 'all' ? 'Redacted: pseudonyms stand for hosts, owners, people and the client.' : '',
    shard === undefined ? '' : `Shard ${shard}: other hosts are in other shards, and are not covered here.`,
    onlyOwner === undefined ? '' : `Endpoints of ${onlyOwner} only: the run covers those of other owners too.`,
    onlyTargets === undefined ? '' : 'Narrowed by --target: other targets of the file were not audited.',
    checks === null
      ? ''
      : `Narrowed by --check to ${checks.join(', ')}: no other check was judged, and any other may fail.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Which names a report does not show, in one sentence; '' where it shows all. */
function masked({ redacted, namesMasked }: Pick<RunInfo, 'redacted' | 'namesMasked'>): string {
  if (redacted === 'all')
    return 'Hosts, addresses, paths, owners, people, targets, the client, and names of indices and clusters are replaced by pseudonyms, each by the same one in every report of this engagement; excerpts of responses and their hashes are left out, and ids are replaced. Field names are not replaced.';
  return namesMasked === true
    ? 'Names of indices, index patterns and clusters are replaced by pseudonyms, each name by the same one everywhere in this output. Field names are not replaced.'
    : '';
}

/** How many endpoints were asked, and how many of them gave a response from which a verdict follows. */
function tested({ summary, run }: ReportHead): string {
  const silent = summary.states.unreachable;
  const unjudged = summary.states.undetermined - notAskedTotal(summary);
  const without = [
    silent === 0 ? null : `${number(silent)} did not respond`,
    unjudged === 0 ? null : `${number(unjudged)} could not be judged`,
  ].filter((part) => part !== null);
  return `We asked ${counted(askedTotal(summary), 'endpoint')} of ${counted(run.declared.targets, 'declared target')}${without.length === 0 ? '' : `; ${listed(without)}`}.`;
}

const techniqueWords: Readonly<Record<Technique, string>> = {
  names: techniques.names.allows,
  documentCounts: techniques.documentCounts.allows,
  savedObjectTitles: techniques.savedObjectTitles.allows,
  guestSession: techniques.guestSession.allows,
  dataSourceListing: techniques.dataSourceListing.allows,
  internalApi: techniques.internalApi.allows,
  outsideReaders: techniques.outsideReaders.allows,
  fullAddresses: techniques.fullAddresses.allows,
  thoroughBackends: techniques.thoroughBackends.allows,
  otherUserAgent: techniques.otherUserAgent.allows,
  transportPort: techniques.transportPort.allows,
  credentials: techniques.credentials.allows,
};

/** The words that a reader may not know. */
const glossary: readonly (readonly [word: string, meaning: string])[] = [
  [
    'Access level',
    `How far a caller without credentials gets: ${rungs.map((rung, i) => `${i} ${rungNames[rung]} (${rungWords[rung]})`).join(', ')}.`,
  ],
  ['Anonymous user', 'A user account that the server assigns to callers that do not log in.'],
  ['Banner', 'The name, version and health that a server shows.'],
  ['Cluster', 'One or more servers that store data together. An Elasticsearch or OpenSearch cluster contains indices.'],
  ['Dashboard', 'Kibana or OpenSearch Dashboards: the web page in front of a cluster.'],
  ['Decoy', 'A server that gives made-up responses to attract attackers (a honeypot).'],
  ['Document', 'One entry in an index, for example one person, order or log line.'],
  ['Endpoint', 'One address, port and path that was declared and tested.'],
  ['Exposed', 'A caller without credentials got in, or is offered a guest login.'],
  ['Index', 'A named collection of documents.'],
  [
    'Inferred',
    'It follows from what we saw, and one clause says from what. Shown: we have the response that proves it.',
  ],
  ['Ledger', 'The list of every connection and request that this audit made.'],
  ['Problem', 'Findings that are one thing to fix: one cluster, one certificate, or one decision of one owner.'],
  ['Vantage', 'Where the audit was made from.'],
];

/** The catalogue, in the order of the report. */
export const en = {
  number,
  size,
  listed,
  period,
  severities: severityWords,
  severityCounts,
  rungNames,
  rungWords,
  proof,
  product,
  notShown,
  noneDeclared: 'none declared',
  noOwnerDeclared: 'no owner declared',
  unknownProduct: 'not known',
  /** Ends a list of which only the first are shown. */
  andMore: (rest: number): string => ` and ${number(rest)} more`,
  /** Names what a table leaves out, and the file that has it. */
  moreIn: (rest: number, file: Inline): Inline[] => phrase`And ${number(rest)} more: see ${file}.`,
  ofFirst: (shown: number, total: number): string =>
    total > shown ? `The first ${number(shown)} of ${number(total)}` : `All ${number(total)}`,
  reasons: (reason: AccessReason): string => reasonWords[reason],
  dataClasses: dataClassLabels,
  /** Who may see a document, where the engagement does not say. */
  confidential: 'Confidential',
  exposed: 'exposed',
  notExposed: 'not exposed',

  /** What a renderer adds to a document. */
  page: {
    language: 'en',
    number,
    severities: severityWords,
    skip: 'To the summary',
    footer: 'Written by leftopen. This file loads nothing from the network.',
    note: 'Note',
    contents: 'Contents',
    signatures: { title: 'Signatures', party: 'For', name: 'Name and role', date: 'Date', signature: 'Signature' },
    script: {
      copy: 'Copy',
      copied: 'Copied',
      copyByHand: 'Press Ctrl+C',
      any: 'any',
      severity: 'Severity',
      owner: 'Owner',
      state: 'State',
      text: 'Text',
      shown: '{shown} of {all} entries shown',
    },
  } satisfies PageTexts,

  title: {
    document: (name: string, on: string): string => `Exposure audit: ${name}, ${on}`,
    kicker: 'Exposure audit of Elasticsearch, OpenSearch and their dashboards',
    thisMachine: 'This machine (loopback)',
    tested: 'Tested',
    from: 'From',
    fromAsDeclared: (run: RunInfo): string => `${from(run)}, as declared (not verified)`,
    authority: 'Authority',
    authorityOf: authority,
  },
  gaps: {
    incomplete: 'This audit is incomplete',
    unfinished: 'This audit did not finish',
    incompleteMeans: (summary: Summary): string =>
      assessedTotal(summary) === 0
        ? 'No endpoint could be assessed.'
        : 'Everything below is correct, but some endpoints could not be assessed.',
    unfinishedMeans: (endedAt: string | null): string =>
      `This report shows what was known when the audit stopped${endedAt === null ? '' : `, at ${utc(endedAt)}`}. It says nothing about endpoints that were not yet tested.`,
    bugs: (checks: number): string =>
      `${counted(checks, 'check')} failed because of a bug in leftopen; the results are undetermined.`,
    narrowed,
  },
  summary: {
    goodNews,
    problemsFound,
    unassessed,
    states,
    notAsked,
    changes,
    /** What follows the number of problems: `at 9 owners. 20 endpoints: 9 exposed.` */
    totals: ({ summary }: ReportHead, owners: number, found: string): string =>
      `${found === '' ? '' : `${owners === 0 ? '' : ` at ${counted(owners, 'owner')}`}. `}${counted(summary.endpoints, 'endpoint')}${summary.endpoints === 0 ? '' : `: ${states(summary)}`}.${
        summary.accepted === 0
          ? ''
          : ` ${counted(summary.accepted, 'accepted finding is', 'accepted findings are')} listed apart.`
      }`,
    worst: (shown: number, total: number): string =>
      total === 1
        ? 'The problem'
        : shown === total
          ? `The ${number(total)} problems`
          : `The ${number(shown)} worst problems`,
    theHeadline: 'The problem above: ',
    /** All owners are named; of more than seven the first six and how many more. */
    ofOwners: (owners: readonly string[]): string => {
      if (owners.length === 0) return ', no owner declared.';
      const rest = owners.length > 7 ? owners.length - 6 : 0;
      const named = rest === 0 ? listed(owners) : `${owners.slice(0, 6).join(', ')} and ${number(rest)} more`;
      return `, ${owners.length === 1 ? 'owner' : 'owners'}: ${named}.`;
    },
    /** `critical`: the places of critical problems that are not listed. */
    more: (rest: number, critical: readonly Inline[], ofThem: number, vantages: boolean): Inline[] => [
      ...phrase`And ${link('#problems', counted(rest, 'more problem'))}`,
      ...(ofThem === 0 ? [] : phrase`, ${number(ofThem)} of them critical (${critical})`),
      text(
        `. Problems are ordered by severity${vantages ? ', then by how near to the internet they were seen' : ''}, then by the number of documents behind them, not by the kind of data.`,
      ),
    ],
    exposed: 'What is exposed, over all problems: ',
    /** `kinds`: each kind of data with the places where it is. */
    kinds: (kinds: readonly { readonly label: string; readonly where: readonly Inline[] }[]): Inline[] => {
      const each = kinds.map(({ label, where }) => phrase`${label} (${where})`);
      return phrase`Field names suggest ${each.flatMap((kind, i) => (i === 0 ? kind : [text(i === kinds.length - 1 ? ' and ' : ', '), ...kind]))}.`;
    },
    destroyable: 'What can be destroyed: ',
    /** `unsaved`: those of them without a usable snapshot; null where it is all of them. */
    destroyableIn: (problems: number, where: readonly Inline[], unsaved: readonly Inline[] | null): Inline[] => [
      ...phrase`In ${counted(problems, 'problem')} (${where}) every caller can probably delete data (inferred; we did not try).`,
      ...(unsaved === null
        ? phrase` We found no usable snapshot to restore it from.`
        : unsaved.length === 0
          ? []
          : phrase` No usable snapshot was found for ${unsaved}.`),
    ],
    mayBePersonal:
      'Document counts are not head counts; we read no document. Treat the contents as personal data until you have verified otherwise. This audit cannot show whether anyone else has accessed the data.',
    notAssessedLabel: 'Not assessed: ',
    notAssessed,
  },
  accepted: {
    by: ({ approvedBy, until }: Acceptance): string => `${approvedBy}, until ${until}`,
    what: acceptedWhat,
    use: acceptedUse,
    findings: (findings: number): string => counted(findings, 'finding'),
    more: (rest: number): string => `; and ${number(rest)} more`,
    notReached: 'not reached',
    notes: {
      expired: { label: 'Acceptance expired:', end: ' What it covered counts again.' },
      worse: { label: 'No longer covered, because it got worse:', end: '' },
      endsSoon: { label: 'Acceptance ends within 30 days:', end: '' },
      idle: { label: 'Accepted, but nothing is left to accept:', end: ' Remove it from the targets file.' },
    },
    title: 'Accepted findings',
    intro: 'The targets file accepts these. They are listed, not counted.',
    endpoint: 'Endpoint',
    finding: 'What',
    reason: 'Reason',
    approvedBy: 'Approved by',
    until: 'Until (UTC)',
    entries: 'Accepted risks of the targets file',
    riskOwner: 'Owner of the risk',
    inThisRun: 'In this run',
  },
  actions: {
    title: 'What to do',
    times: {
      'this-hour': 'This hour',
      today: 'Today',
      'this-week': 'This week',
      'this-month': 'This month',
    } satisfies Record<StepTime, string>,
    /** `steps`: links to the steps that problems share. */
    saveAndBlock: (steps: readonly Inline[], where: readonly Inline[]): Inline[] =>
      phrase`Save the evidence, then block access to the exposed endpoints${steps.length === 0 ? [] : phrase` (${steps})`}: ${where}.`,
    incident: ' Treat the signs of an attack as a security incident.',
    step: (letter: string): string => `step ${letter}`,
    dataProtection: (): Inline[] =>
      phrase`Tell your data-protection officer: the shortest ${link('#act-now', 'notification deadlines')} are 24 hours. `,
    requireLogin: {
      full: 'Require a login, worst problem first: each problem has its own steps, and a command that proves the fix. ',
      summary:
        'Require a login, worst problem first: the full report (report.html) has the steps for each problem, and a command that proves the fix. ',
    },
    firstSteps: (where: readonly Inline[]): Inline[] => phrase`Take the first step of ${where}.`,
    fix: (where: readonly Inline[], others: boolean): Inline[] =>
      phrase`Fix ${others ? 'the other' : 'these'} problems: ${where}. `,
    searchLogs:
      'Search the access logs for the entire time without a login. Then run this audit again from the same place.',
    again: 'Then run this audit again.',
  },
  owners: {
    problems: { title: 'Problems by owner', caption: 'Problems by owner and severity' },
    findings: { title: 'Findings by owner', caption: 'Findings by owner and severity' },
    owner: 'Owner',
    all: 'All',
    others: (owners: number): string => counted(owners, 'other owner'),
    sharedFindings: 'A finding that concerns several owners counts once for each of them.',
    sharedProblems: (where: readonly Inline[], shared: number, all: number): Inline[] =>
      phrase`${where} ${shared === 1 ? 'concerns' : 'concern'} several owners and ${shared === 1 ? 'counts' : 'count'} once for each of them (${counted(all, 'problem')} in total).`,
  },
  duties: {
    title: 'Act now: notification deadlines',
    certain: (findings: number): string =>
      `Field names suggest personal data at ${counted(findings, 'exposed endpoint')}.`,
    possible: 'We could not rule out personal data in what is exposed.',
    notYetABreach:
      'Exposure is not yet a confirmed breach: find out from the logs whether anyone copied the data. Deadlines count from the moment your organisation becomes aware of a breach, not from this audit.',
    caption: 'Notification deadlines',
    law: 'Law',
    who: 'Who',
    what: 'What',
    deadline: (awareAt: string | null): string =>
      awareAt === null ? 'Deadline' : `Deadline (aware since ${utc(awareAt)})`,
    noAdvice:
      'Which of these laws apply depends on your organisation and on whose data it is; other laws and contracts may apply too. This is a reminder, not legal advice.',
    each: {
      'gdpr-33-1': {
        law: 'GDPR, Article 33(1)',
        applies: 'Controllers of personal data, unless the breach is unlikely to result in a risk',
        duty: 'Notify the supervisory authority',
        within: '72 hours after the controller becomes aware of the breach, where feasible',
      },
      'gdpr-33-2': {
        law: 'GDPR, Article 33(2)',
        applies: 'Processors',
        duty: 'Notify the controller',
        within: 'without undue delay after becoming aware of the breach',
      },
      'gdpr-34': {
        law: 'GDPR, Article 34',
        applies: 'Controllers, if the risk to the people concerned is likely to be high',
        duty: 'Inform the people concerned',
        within: 'without undue delay',
      },
      'nis2-early-warning': {
        law: 'NIS2, Article 23(4)(a)',
        applies: 'Essential and important entities, if the incident is significant',
        duty: 'Early warning to the CSIRT or the competent authority',
        within: '24 hours after becoming aware of the significant incident',
      },
      'nis2-notification': {
        law: 'NIS2, Article 23(4)(b)',
        applies: 'As above',
        duty: 'Incident notification',
        within: '72 hours after becoming aware',
      },
      'nis2-report': {
        law: 'NIS2, Article 23(4)(d)',
        applies: 'As above',
        duty: 'Final report',
        within: 'one month after the incident notification',
      },
      'pipl-57': {
        law: 'PIPL, Article 57 (China)',
        applies: 'Only handlers of personal information of people in China',
        duty: 'Notify the authority and the people concerned',
        within: 'immediately',
      },
    } satisfies Record<DutyId, object>,
  },
  pictures: {
    title: 'In pictures',
    levels: 'All endpoints, by what a caller without credentials reaches',
    bars: {
      control: rungNames.control,
      documents: 'documents',
      metadata: 'names of indices only',
      banner: 'banner or guest login only',
      unknown: 'exposed, level not known',
      guarded: 'access denied',
      undetermined: 'not assessed',
      unreachable: 'not reached',
      'other-product': 'other product',
      decoy: 'decoy',
    },
  },
  contents: {
    problems: 'Problems',
    accepted: 'Accepted',
    disagreements: 'Disagreements',
    matrix: 'By vantage',
    undetermined: 'Not judged',
    open: 'Exposed',
    guarded: 'Access denied',
    decoys: 'Decoys',
    'other-products': 'Other products',
    unreachable: 'Not reached',
    coverage: 'Coverage and method',
    glossary: 'Glossary',
  },
  vantages: {
    of: vantage,
    from,
    fromNames,
    /** `Seen from internet and office.`; '' in a run that was not merged. */
    seenFrom: (finding: Pick<Finding, 'seenFrom'>): string => {
      const names = seenFromNames(finding);
      return names.length === 0 ? '' : `Seen from ${listed(names)}.`;
    },
    title: 'Findings by vantage',
    caption: 'Findings by the vantage that saw them, at the severity that it gives them',
    vantage: 'Vantage',
    all: 'All',
    onlyHere: 'Only here',
    disagree: (endpoints: number): Inline[] =>
      phrase`The vantages disagree on ${counted(endpoints, 'endpoint')}: ${link('#disagreements', 'see where')}.`,
    disagreements: 'Where the vantages disagree',
    disagreementsCaption: 'Endpoints on which the vantages disagree',
    endpoint: 'Endpoint',
    owner: 'Owner',
    how: 'How',
    contradiction,
    matrix: 'Endpoints by vantage',
    matrixIntro:
      'What each vantage was given without credentials. Everywhere else in this report an endpoint is listed once, as the furthest that any vantage got.',
    view,
    sources: 'Merged from',
    sourcesCaption: 'The runs that this report was merged from',
    run: 'Run',
    shard: 'Shard',
    time: 'Time',
    requests: 'Requests',
    digest: 'Digest (SHA-256 of its SHA256SUMS)',
    sourcesNote: (command: Inline): Inline[] =>
      phrase`Each source has its own ledger and journal: ${command} shows that it is the one named here.`,
  },
  steps: {
    title: 'Steps that several problems share',
    named: (letter: string): string => `Step ${letter}. `,
    problems: (problems: number): string => ` (${counted(problems, 'problem')})`,
    /** A step of a plan that is given in full elsewhere. */
    see: (clause: string, step: Inline): Inline[] => phrase`${clause} (${step}).`,
  },
  problems: {
    title: 'Problems, worst first',
    further: 'Further problems',
    caption: 'Problems',
    number: 'Number',
    severity: 'Severity',
    problem: 'Problem',
    owner: 'Owner',
    endpoint: 'Endpoint',
    seeFullReport: 'The full report (report.html) has the evidence, the steps and the proof for each problem.',
  },
  problem: {
    endpoints: (endpoints: number): string => (endpoints === 1 ? 'Endpoint' : `Endpoints (${number(endpoints)})`),
    allIn: (file: Inline, id: Inline): Inline[] => phrase`: all are in ${file}, under problem ${id}`,
    also: 'Also concerns',
    product: 'Product',
    owners: (owners: number): string => (owners > 1 ? 'Owners' : 'Owner'),
    contact: 'Contact',
    contactOf: contact,
    environment: 'Environment',
    seenFrom: 'Seen from',
    access: 'Access level',
    accessLevel: ({ access, proof: how, since }: Finding): string =>
      `${rungs.indexOf(access)} of 5, ${rungNames[access]}: ${rungWords[access]} (${proof(access, how)}${access === 'control' && since.setting === 'no-login' ? ': the server has no login' : ''})`,
    severity: 'Severity',
    /** `band`: what CVSS calls its score. */
    severityLine: (severity: Severity, score: number, band: Severity): string =>
      score === 0
        ? `${severityWords[severity]}; CVSS does not rate this`
        : `${severityWords[severity]}; CVSS 4.0 base score ${score.toFixed(1)}${
            band === severity
              ? ''
              : ` (${severityWords[band]}). The two differ because the score rates the weakness alone; our severity also counts what is exposed and from where.`
          }`,
    found: 'What we found',
    foundAt: (endpoints: number): string => `Found at ${counted(endpoints, 'endpoint')}.`,
    sameAt: (because: string, endpoints: number): string =>
      `${capital(because)}: the same was found at ${counted(endpoints, 'endpoint')}.`,
    gateway: {
      caller: { title: 'Anyone', note: 'no credentials' },
      dashboard: (url: string) => ({ title: 'Dashboard', note: `${url}: no login` }),
      cluster: (url: string) => ({ title: 'Cluster', note: `${url}: requires a login` }),
      unnamed: 'the cluster behind it',
      caption: 'The dashboard opens what the cluster keeps locked',
      alt: (dashboard: string, cluster: string): string =>
        `A caller without credentials reaches the dashboard at ${dashboard}, which has no login. The dashboard passes requests on to the cluster at ${cluster}, which denies access when asked directly.`,
    },
    sinceWhen: 'Since when',
    lasting,
    sinceDetails,
    timeline: {
      caption: 'Timeline',
      oldestIndex: 'oldest index',
      clusterExists: 'cluster exists',
      settings: {
        'no-login': settings['no-login'].label,
        'anonymous-user': settings['anonymous-user'].label,
        'guest-login': settings['guest-login'].label,
      },
      firstSeen: 'first seen',
      thisAudit: 'this audit',
    },
    contents: 'Contents',
    contentsOf: contents,
    contentsLine: (phraseOf: string | null, finding: Finding): string =>
      `${capital(phraseOf ?? 'Totals were not shown')}. Document counts are not head counts. ${copy(finding) ?? ''}`,
    copy,
    indices: {
      caption: 'Indices, the most sensitive first',
      index: 'Index',
      documents: 'Documents',
      size: 'Size',
      created: 'Created',
      more: (rest: number): string => `And ${number(rest)} more: `,
      documentsOf: (documents: number): string => `, ${counted(documents, 'document')}`,
      unnamed: (indices: number): string => `; and ${number(indices)} that are not named here.`,
      namedOnly: (named: number): string => `Names are shown for ${number(named)} of them only.`,
    },
    data: {
      caption: 'What field names suggest',
      kind: 'Kind of data',
      fields: 'Fields',
      indices: 'Indices',
      documents: 'Documents',
      possibly: (label: string): string => `${label} (possibly)`,
      atLeast: (documents: number): string => `at least ${number(documents)}`,
      note: 'Judged from field names only; no document was read. Other kinds of data may be present too.',
    },
    fix: 'How to fix it',
    prove: 'How to prove it (run from where the audit was made)',
    expected: 'Expected: ',
    evidence: (responses: number): string =>
      `Evidence: ${counted(responses, 'response')} (E1${responses > 1 ? `–E${number(responses)}` : ''}), each with its line in ledger.jsonl`,
    noResponse: 'no response',
    failure,
    request: (at: string, request: number, run: string | undefined): string =>
      ` ${utc(at)}, ledger request ${number(request)}${run === undefined ? '' : ` of ${run}`}.`,
  },
  endpoints: {
    endpoint: 'Endpoint',
    owner: 'Owner',
    why: 'Why',
    mayBe: 'What it may be',
    product: 'Product',
    cluster: 'Cluster',
    access: 'Access level',
    deniedBy: 'Denied by',
    login: 'Login',
    posesAs: 'What it poses as, and how that shows',
    what: 'What it is',
    when: 'When (UTC)',
    undetermined: {
      title: 'Endpoints that could not be judged',
      intro: 'Do not take these for closed: what they would respond is not known, for the reason given.',
    },
    open: {
      title: 'Exposed endpoints',
      intro:
        'A caller without credentials got in here, or is offered a guest login (which we did not use). Accepted ones are listed too.',
      level: ({ access, proof: how, reason, clientCertificate, mixed }: EndpointSummary): string =>
        [
          `${rungNames[access]} (${proof(access, how)})`,
          reason === 'guest-login-offered' ? '; offers a guest login, which we did not use' : '',
          clientCertificate ? '; for holders of the client certificate that we presented' : '',
          mixed ? '; responses of several backends' : '',
        ].join(''),
    },
    guarded: {
      title: 'Endpoints that denied access',
      /** `by`: what denied access, with how often. */
      intro: (run: RunInfo, by: readonly (readonly [guard: string, times: number])[]): string =>
        `Tested without credentials from ${from(run)}${by.length > 0 ? `: ${by.map(([one, times]) => `${number(times)} by ${guard(one)}`).join(', ')}` : ''}. Each result holds for its time and for that address.`,
      showsBanner: '; shows its banner',
      by: ({ guardedBy, connections, reason }: EndpointSummary): string =>
        [
          guardedBy === null ? '' : guard(guardedBy),
          connections > 1 ? `${connections} connections, all denied` : '',
          // Where it is not a login, why not.
          reason === 'denied-without-login' ? reasonWords[reason] : '',
        ]
          .filter((part) => part !== '')
          .join('; '),
      logins: loginWords,
    },
    decoys: {
      title: 'Decoys',
      intro: 'These gave fabricated responses, as a honeypot does. They are not findings; find out who set them up.',
    },
    otherProducts: { title: 'Other products', intro: 'Something else responds here; it was not judged.' },
    unreachable: {
      title: 'Endpoints that could not be reached',
      intro: (run: RunInfo): string => `Not reached from ${from(run)}; others may reach them.`,
      counts: (reason: AccessReason, endpoints: number): string =>
        `${counted(endpoints, 'endpoint')}: ${reasonWords[reason]}`,
    },
  },
  coverage: {
    title: 'What this report covers',
    tested: (head: ReportHead): string =>
      `${tested(head)} ${notAsked(head.summary)} We did not look for hosts, ports or paths that were not declared. For addresses in a range, we tested the address itself, not the virtual hosts on it.`,
    limits: (internet: boolean): string =>
      `Each name was resolved once, and its addresses were kept for the run. Access with credentials, or from other addresses, was not tested.${internet ? '' : ' The internet was not tested.'}`,
    names: 'Names and ranges',
    ports: 'Ports',
    paths: 'Base paths',
  },
  authority: {
    title: 'Scope and authorisation',
    loopbackOnly: 'No engagement was declared, so only loopback addresses of this machine were tested.',
    client: 'Client',
    legalEntity: 'Legal entity',
    engagement: 'Engagement',
    authorisedBy: 'Authorised by',
    nameOf: ({ authorisedBy, loopbackOnly }: Engagement): string =>
      authorisedBy !== null
        ? `${authorisedBy.name}, ${authorisedBy.role} (as ${authorisedBy.capacity})`
        : loopbackOnly
          ? 'no engagement was declared; only loopback was tested'
          : 'not named in the targets file',
    reference: 'Reference',
    signed: (reference: string, signedOn: string): string => `${reference}, signed on ${signedOn}`,
    document: 'Signed document',
    window: 'Window',
    windowOf: (start: string, end: string, weekly: boolean, timeZone: string): string =>
      `${period(start, end)}${weekly ? `, within weekly hours (${timeZone})` : ''}`,
    scope: 'Scope',
    exactly: 'exactly what the targets declare',
    excluded: 'Excluded',
    contacts: 'Contacts',
    vantage: 'Vantage',
    vantages: (run: RunInfo): string =>
      `${listed(vantagesOf(run).map((one) => `${one.name}: ${vantage(one)}`))}, as declared (not verified)`,
  },
  method: {
    title: 'Method',
    how: (run: RunInfo): string =>
      `Each endpoint was tested ${credentials(run)}, with GET and HEAD requests only, from a published list of questions (\`leftopen plan\` prints it). We read no document, changed nothing and guessed no password. What could not be determined is called undetermined, and never safe.`,
    time: 'Time',
    requests: 'Requests',
    requestsOf: ({ requests, connections, bytes, onlyOwner }: RunInfo): string =>
      onlyOwner !== undefined
        ? `${number(requests)} to these endpoints`
        : `${number(requests)} on ${counted(connections, 'connection')}, ${size(bytes)} received`,
    names: 'Names',
    masked,
    clientCertificate: 'Client certificate',
    results: 'Results of checks',
    resultsOf: ({ verdicts }: Summary): string =>
      `${number(verdicts.fail)} fail, ${number(verdicts.pass)} pass, ${number(verdicts['not-applicable'])} not applicable, ${number(verdicts.undetermined)} undetermined`,
    tool: (version: string, catalogue: Inline, knowledge: Inline): Inline[] =>
      phrase`${version}, catalogue ${catalogue}, knowledge ${knowledge}`,
    run: 'Run',
    plan: 'Plan',
    ledger: 'Ledger',
    ledgerOfEach: 'each source has its own',
    ledgerOpen: 'not closed when this was written',
    techniques: 'Techniques',
    on: 'On: ',
    off: 'Off: ',
    allows: techniqueWords,
    /** `merged`: where the report joins runs, each with a ledger of its own. */
    verify: (ledger: Inline, merged: boolean): Inline[] =>
      phrase`All times are UTC. Every request is a line of ${merged ? 'the ledger of its run, ' : ''}${ledger}, which you can compare with your own access logs; E-numbers lead to its lines. Excerpts of responses are shortened and reordered; the hashes in findings.jsonl are those of the full bodies.`,
  },
  glossary: {
    title: 'Glossary',
    words: glossary,
  },
  rules: {
    title: 'How severity is decided',
    /** `common`: a sentence that all rules share; '' for none. */
    intro: (rules: number, common: string): string =>
      `The most severe rule that applies decides. Being a test system never lowers it. A CVSS base score rates the weakness alone; our severity also counts what is exposed and from where, so the two may differ. These are the rules that this report used, of ${number(rules)}; docs/severity.md has all of them.${common === '' ? '' : ` All: ${common}`}`,
    caption: 'Rules that this report used',
    severity: 'Severity',
    rule: 'Rule',
    because: 'Because',
  },
  ids: {
    title: 'Findings and their ids',
    summary: (findings: number): string => `${counted(findings, 'finding')} with check, rule, CVSS and fingerprint`,
    check: 'Check',
    endpoint: 'Endpoint',
    rule: 'Rule',
    weakness: 'Weakness',
    fingerprint: 'Fingerprint (beginning)',
    rest: (at: string): string =>
      `Vectors, evidence hashes, references and full fingerprints are in findings.jsonl. Written at the end of the run, ${utc(at)}.`,
  },

  /** By the command or the format that says it. */
  overview,
  retest,
  plan,
  difference,
  notice,
  tickets,
  github,
  junit,
  sarif,
  prometheus,
  defectdojo,
  sysreptor,
  ecs,
  terminal,
  /** What the record itself says, in the language in which it is written. */
  runGaps,
  /** Problems of one owner, whose titles count that owner's findings only. */
  ownersProblem: {
    andSameFix: (title: string, others: number): string =>
      `${title} (and ${counted(others, 'more endpoint needs', 'more endpoints need')} the same fix)`,
    at: (title: string, endpoints: number): string => `${title}, at ${counted(endpoints, 'endpoint')}`,
    /** Why its findings are one, where the record does not say. */
    because: { one: 'one endpoint', several: 'one thing to fix' },
  },
  history,
};
