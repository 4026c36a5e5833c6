// Words and numbers that all formats share.
import { reasonWords } from '../text/reasons.js';
import { productNames, type Rung } from '../model/endpoint.js';
import type { Engagement, Vantage } from '../model/engagement.js';
import {
  severities,
  type EndpointSummary,
  type Finding,
  type RunInfo,
  type Severity,
  type Summary,
} from '../model/finding.js';
import { count as number, counted, exposureNames } from '../text/words.js';

export { count as number, counted, size as bytes } from '../text/words.js';

/**
 * What `--check` left out, as a sentence: the user's own choice, so not a gap of the run. '' where all checks were
 * judged.
 */
export function narrowedWords({ checks, onlyOwner, shard, redacted }: RunInfo): string {
  const part = shard === undefined ? '' : `Shard ${shard}: other hosts are in other shards, and are not covered here. `;
  const own =
    onlyOwner === undefined ? '' : `Endpoints of ${onlyOwner} only: the run covers those of other owners too. `;
  const names = redacted === 'all' ? 'Redacted: pseudonyms stand for hosts, owners, people and the client. ' : '';
  return `${names}${part}${own}${narrowedByCheck(checks)}`.trim();
}

function narrowedByCheck(checks: RunInfo['checks']): string {
  if (checks === undefined || checks === null) return '';
  return `Narrowed by --check to ${checks.join(', ')}: no other check was judged, and any other may fail.`;
}

const guards: ReadonlyMap<string, string> = new Map([
  ['product', 'its own login'],
  ['cluster', 'the cluster behind it'],
  ['proxy', 'a proxy in front of it'],
  ['network-policy', 'a network policy'],
  ['client-certificate', 'the requirement of a client certificate'],
  ['unknown', 'something that could not be identified'],
]);

/** What denied access, in words; a guard that has none keeps its own name. */
export function guardWords(guardedBy: string): string {
  return guards.get(guardedBy) ?? guardedBy;
}

/** What denied access, on how many connections where there were several, and, where it is not a login, why not. */
export function deniedBy({ guardedBy, connections, reason }: EndpointSummary): string {
  const by = guardedBy === null ? '' : guardWords(guardedBy);
  const several = connections > 1 ? `${connections} connections, all denied` : '';
  const why = reason === 'denied-without-login' ? reasonWords[reason] : '';
  return [by, several, why].filter((part) => part !== '').join('; ');
}

/** What each access level is called. */
export const rungNames: Readonly<Record<Rung, string>> = {
  silent: 'none',
  guarded: 'denied',
  banner: 'banner',
  metadata: 'names',
  documents: 'documents',
  control: 'full control',
};

/** What each access level means. */
export const rungWords: Readonly<Record<Rung, string>> = {
  silent: 'no response',
  guarded: 'access denied',
  banner: 'version, health or totals are shown',
  metadata: 'names or counts of indices are shown',
  documents: 'documents can be searched',
  control: 'everything can be read, changed and deleted',
};

/** What is known of an access level, for brackets: reading is shown by a response, changing and deleting is never tried. */
export function proofWords(access: Rung, proof: Finding['proof']): string {
  if (access === 'control') return proof === 'proved' ? 'reading is shown, the rest inferred' : 'inferred';
  return access === 'documents' && proof === 'inferred' ? 'inferred' : 'shown';
}

/**
 * Product and version as far as they are known, e.g. `Elasticsearch 7.17.9`, `Kibana 8.9 or later`, `OpenSearch (version not
 * shown)`.
 */
export function productWords(what: Pick<EndpointSummary, 'product' | 'version' | 'versionCertainty'>): string {
  const { product, version, versionCertainty } = what;
  if (product === null) return 'not known';
  const name = productNames[product];
  if (version === null) return `${name} (version not shown)`;
  if (versionCertainty === 'approximate') return `${name} ${version} or later`;
  return versionCertainty === 'exact' ? `${name} ${version}` : `${name} ${version} (${versionCertainty})`;
}

/** What an endpoint turned out to be, other products included. */
export function identityWords(endpoint: EndpointSummary): string {
  return endpoint.product === null ? (endpoint.otherProduct ?? 'not known') : productWords(endpoint);
}

/** The vantage in words, e.g. `the internet (203.0.113.7)`. */
export function vantageWords(vantage: Vantage): string {
  return `${exposureNames[vantage.exposure]} (${vantage.egress ?? vantage.name})`;
}

/** Under whose authority, in one sentence. */
export function authorityWords(engagement: Engagement): string {
  if (engagement.loopbackOnly) return 'No engagement was declared; only loopback was tested.';
  if (engagement.authorisedBy === null) return `The engagement ${engagement.id} does not name who authorised it.`;
  const reference = engagement.authorisation === null ? '' : `, ${engagement.authorisation.reference}`;
  return `Authorised by ${engagement.authorisedBy.name} (${engagement.authorisedBy.role})${reference}.`;
}

/** Who authorised it, or that no one is named: as one value of a list. */
export function authorityName({ authorisedBy, loopbackOnly }: Engagement): string {
  if (authorisedBy !== null) return `${authorisedBy.name}, ${authorisedBy.role} (as ${authorisedBy.capacity})`;
  return loopbackOnly ? 'no engagement was declared; only loopback was tested' : 'not named in the targets file';
}

/** What is added to the rung of an open endpoint of which no more than the offer of a guest login was seen. */
export function rungNote({ reason, clientCertificate }: Pick<EndpointSummary, 'reason' | 'clientCertificate'>): string {
  return [
    reason === 'guest-login-offered' ? '; offers a guest login, which we did not use' : '',
    clientCertificate ? '; for holders of the client certificate that we presented' : '',
  ].join('');
}

/** With which credentials was asked, as in "asked … without credentials". */
export function credentialWords({ declared }: Pick<RunInfo, 'declared'>): string {
  return declared.clientCertificate === undefined
    ? 'without credentials'
    : 'without credentials except the client certificate, which was presented to servers that request one';
}

/** Why severity and CVSS rating may differ, where both are shown. */
export const cvssNote =
  'A CVSS base score rates the weakness alone; our severity also counts what is exposed and from where, so the two may differ.';

/** What the open endpoints have in common. */
export const openIntro =
  'A caller without credentials got in here, or is offered a guest login (which we did not use). Accepted ones are listed too.';

/** What is said where names are masked. */
const namesMasked =
  'Names of indices, index patterns and clusters are replaced by pseudonyms, each name by the same one everywhere in this output. Field names are not replaced.';

/** What is said where a report was redacted completely. */
const allMasked =
  'Hosts, addresses, paths, owners, people, targets, the client, and names of indices and clusters are replaced by pseudonyms, each by the same one in every report of this engagement; excerpts of responses and their hashes are left out, and ids are replaced. Field names are not replaced.';

/** Which names a report does not show, in one sentence; '' where it shows all. */
export function maskedWords({ redacted, namesMasked: masked }: Pick<RunInfo, 'redacted' | 'namesMasked'>): string {
  return redacted === 'all' ? allMasked : masked === true ? namesMasked : '';
}

/** An instant (ISO 8601) as `2026-11-22 21:04:07 UTC`; any other text stays as it is. */
export function utc(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The day of an instant, `2026-11-22` (UTC). */
export function day(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : new Date(time).toISOString().slice(0, 10);
}

/** A period of time, `2026-11-22 21:04:07 to 23:10:00 UTC`. */
export function period(from: string, to: string | null): string {
  if (to === null) return `from ${utc(from)}, not ended`;
  const start = utc(from).replace(' UTC', '');
  return day(from) === day(to) ? `${start} to ${utc(to).slice(11)}` : `${start} to ${utc(to)}`;
}

/** Time that has gone by, in whole days from two days up, else in whole hours: `412 days`, `7 hours`. */
export function elapsed(from: string, to: string): string {
  const hours = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000));
  return hours >= 48 ? counted(Math.floor(hours / 24), 'day') : counted(hours, 'hour');
}

/** Joined as in a sentence: `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** With a capital first letter, unless it begins with an address. */
export function capital(text: string): string {
  if (/^\w+:/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a full stop, unless it ends in a mark. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** How many endpoints were not asked, and why, in one sentence; '' where all were. */
export function notAskedWords(summary: Summary): string {
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

/** Endpoints that were not asked; they count as undetermined. */
export function notAskedTotal({ notAsked }: Summary): number {
  return notAsked.window + notAsked.blackout;
}

/** Endpoints that gave a response from which a verdict follows. */
export function assessedTotal({ endpoints, states }: Pick<Summary, 'endpoints' | 'states'>): number {
  return endpoints - states.undetermined - states.unreachable;
}

/** What no verdict follows for, as the start of a headline: `Nothing could be assessed`; '' where all endpoints were. */
export function unassessedHeadline(summary: Pick<Summary, 'endpoints' | 'states'>): string {
  const { undetermined, unreachable } = summary.states;
  const open = undetermined + unreachable;
  if (open === 0) return summary.endpoints === 0 ? 'Nothing was tested' : '';
  return assessedTotal(summary) === 0
    ? 'Nothing could be assessed'
    : `${number(open)} of ${counted(summary.endpoints, 'endpoint')} could not be assessed`;
}

/** What became of the endpoints, in the words of the report: `9 exposed, 7 denied access`; '' for none. */
export function stateCounts({ states }: Pick<Summary, 'states'>): string {
  const parts = [
    [states.open, 'exposed'],
    [states.guarded, 'denied access'],
    [states.undetermined, 'not assessed'],
    [states.unreachable, 'not reached'],
    [states['other-product'], states['other-product'] === 1 ? 'other product' : 'other products'],
    [states.decoy, states.decoy === 1 ? 'decoy' : 'decoys'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(', ');
}

/** Endpoints that were asked. */
export function askedTotal(summary: Summary): number {
  return summary.endpoints - notAskedTotal(summary);
}

/** Findings that count, all severities together. */
export function findingsTotal(summary: Summary): number {
  return severities.reduce((sum, severity) => sum + summary.findings[severity], 0);
}

/** `2 critical, 1 high`; severities without a finding are left out. */
export function severityCounts(counts: Readonly<Record<Severity, number>>): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${number(counts[severity])} ${severity}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** A CVSS base score, `7.5`; a dash where the score rates nothing: missing fixes are not a weakness by themselves. */
export function scoreWords(score: number): string {
  return score === 0 ? '–' : score.toFixed(1);
}

/** The rating that CVSS gives a score in words, as a severity. */
export function cvssBand(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** Whom to contact of these owners, as the targets file says; '' where it names no one. */
export function contactWords(owners: readonly string[], { declared }: Pick<RunInfo, 'declared'>): string {
  const contacts = (declared.contacts ?? []).filter(({ owner }) => owners.includes(owner));
  return contacts
    .slice(0, 6)
    .map(({ owner, contact: { name, email, phone } }) => {
      const ways = [email, phone].filter((way) => way !== null).join(', ');
      const whose = owners.length > 1 ? ` for ${owner}` : '';
      return `${name}${ways === '' ? '' : ` (${ways})`}${whose}`;
    })
    .join('; ');
}
