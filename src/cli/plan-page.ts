// The plan as text for people.
import type { OwnerRules } from '../engagement/index.js';
import { productNames, type Expectation, type Target } from '../model/endpoint.js';
import type { Contact, Technique } from '../model/engagement.js';
import type { OldTlsVersion } from '../model/question.js';
import { usualPacing } from '../run/pacing.js';
import type { Plan, PlannedEndpoint, PlannedQuestion } from '../plan/plan.js';

const width = 100;

const unknownProduct = 'any endpoint, as long as it is not known what it is';

/** The plan as a page for people: plain text of at most 100 columns, ends with a line end. */
export function formatPlan(plan: Plan): string {
  return [
    'PLAN OF A READ-ONLY AUDIT',
    `By ${plan.tool.name} ${plan.tool.version}. GET and HEAD only, to the endpoints declared here only, never the content of a document. Nothing has been sent.`,
    '',
    ...authorisation(plan),
    '',
    ...sender(plan),
    '',
    ...scope(plan),
    '',
    ...endpoints(plan),
    '',
    ...totals(plan),
    '',
    ...techniqueLines(plan),
    '',
    ...questions(plan),
    '',
    `Digest of targets, scope, limits and catalogue: ${plan.digest}`,
    '"leftopen plan TARGETS --lock FILE" writes it down; "leftopen audit TARGETS --plan FILE" refuses to run on any difference.',
    ...(plan.engagement.loopbackOnly ? [] : ['', `Agreed  ${'_'.repeat(30)}  ${'_'.repeat(30)}  ${'_'.repeat(20)}`]),
  ]
    .flatMap((line) => wrap(line))
    .join('\n')
    .concat('\n');
}

function authorisation({ engagement, window }: Plan): readonly string[] {
  if (engagement.loopbackOnly) return ['AUTHORISATION', '  none declared: only this machine (loopback) is asked'];
  const { client, authorisedBy, authorisation: paper, contacts } = engagement;
  return [
    'AUTHORISATION',
    `  Engagement    ${engagement.id}`,
    ...(client === null
      ? []
      : [`  Client        ${client.name}${client.legalEntity === null ? '' : ` (${client.legalEntity})`}`]),
    ...(authorisedBy === null
      ? []
      : [
          `  Authority     ${authorisedBy.name}, ${authorisedBy.role}, as ${authorisedBy.capacity}, ${authorisedBy.email}`,
        ]),
    ...(paper === null
      ? []
      : [
          `  Document      ${paper.reference}, signed on ${paper.signedOn}${
            paper.documentSha256 === null ? '' : `, SHA-256 ${paper.documentSha256}`
          }`,
        ]),
    window === null
      ? '  Window        none: at any time'
      : `  Window        ${minuteOf(window.from)} to ${minuteOf(window.to)} UTC${
          window.weekly.length === 0
            ? ''
            : `, in weekly hours only (${window.timeZone}): ${window.weekly.map(hours).join(', ')}`
        }`,
    ...contacts.map((contact) => `  Contact       ${contactText(contact)}`),
  ];
}

/** `2026-11-10T00:00:00.000Z` as `2026-11-10 00:00`. */
function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

function contactText({ name, email, phone }: Contact): string {
  return [name, email, phone].filter((part) => part !== null).join(', ');
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function hours(stretch: { readonly fromMinute: number; readonly toMinute: number }): string {
  return `${instant(stretch.fromMinute)}-${instant(stretch.toMinute)}`;
}

function instant(minute: number): string {
  const day = days[Math.floor(minute / 1440) % 7] ?? '';
  const clock = [Math.floor((minute % 1440) / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${day} ${clock}`;
}

function sender({ vantage, userAgent, opaqueId, declared }: Plan): readonly string[] {
  const shown = declared.clientCertificate;
  return [
    'WHO ASKS, AND FROM WHERE',
    `  Vantage       ${vantage.name} (${vantage.exposure})`,
    `  Egress        ${vantage.egress ?? 'not stated'}`,
    `  User-Agent    ${userAgent}`,
    `  X-Opaque-Id   ${opaqueId}`,
    ...(declared.authorities ?? []).map(
      (sha256) => `  Authority     trusted besides the public ones: SHA-256 ${sha256}`,
    ),
    ...(shown === undefined
      ? []
      : [
          `  Certificate   ${shown.subject}, SHA-256 ${shown.sha256}, shown to servers that ask for one and whose own is trusted; what these answer, its holders get`,
        ]),
  ];
}

/** Hosts, targets and owners shown. */
const listed = 100;

function scope({ declared, targets, owners }: Plan): readonly string[] {
  const names = declared.namesTotal ?? declared.names.length;
  const own = targets.filter(({ expect, operator }) => expect.kind !== 'closed' || operator !== null);
  const more = (all: number): string[] =>
    all > listed ? [`  … and ${count(all - listed)} more: see plan --json`] : [];
  return [
    'SCOPE',
    `  Included      ${declared.scopeInclude.join(', ') || 'exactly what is declared'}`,
    `  Excluded      ${declared.scopeExclude.join(', ') || 'nothing'}`,
    `  Hosts         ${declared.names.slice(0, listed).join(', ')}${
      names > listed ? ` … and ${count(names - listed)} more: plan --endpoints lists what they stand for` : ''
    }`,
    `  Ports         ${declared.ports.join(', ')}`,
    `  Base paths    ${declared.paths.map((path) => (path === '' ? '/' : path)).join(', ')}`,
    ...own.slice(0, listed).map(targetText),
    ...more(own.length),
    ...owners.slice(0, listed).map(ownerText),
    ...more(owners.length),
  ];
}

function targetText({ id, expect, operator }: Target): string {
  const parts = [
    ...(operator === null ? [] : [`run by ${operator.name}, whose permission is ${operator.permission}`]),
    ...(expect.kind === 'closed' ? [] : [`expected: ${expectationText(expect)}`]),
  ];
  return `  Target        ${id}: ${parts.join('; ')}`;
}

function expectationText(expect: Expectation): string {
  return expect.kind === 'up-to'
    ? `up to ${expect.rung} until ${expect.until}, approved by ${expect.approvedBy} (${expect.reason})`
    : expect.kind;
}

function ownerText({ name, blackouts, limits }: OwnerRules): string {
  const rules = [
    ...blackouts.map(({ weekly, timeZone }) => `left alone ${weekly.map(hours).join(', ')} (${timeZone})`),
    ...(limits.concurrency === null ? [] : [`${counted(limits.concurrency, 'endpoint')} at once`]),
    ...(limits.perAddress === null ? [] : [`${counted(limits.perAddress, 'connection')} to one address`]),
    ...(limits.requestsPerSecond === null ? [] : [`${counted(limits.requestsPerSecond, 'request')} a second`]),
  ];
  return `  Owner         ${name}: ${rules.join('; ')}`;
}

function endpoints(plan: Plan): readonly string[] {
  const { total, atMost, first, resolved } = plan.endpoints;
  const left = (total ?? atMost) - first.length;
  return [
    'ENDPOINTS',
    `  ${total === null ? `at most ${count(atMost)}` : count(total)}${
      resolved
        ? '; names were looked up, each address is one'
        : '; every address of a name is asked, so names may add to this'
    }${first.some(({ url }) => !url.includes('://')) ? '; where no scheme is given, leftopen finds out whether it is HTTP or HTTPS' : ''}`,
    ...first.map((planned) => `  ${formatPlanned(planned)}`),
    ...(left > 0
      ? [`  … and ${total === null ? 'up to ' : ''}${count(left)} more: plan --endpoints lists every one`]
      : []),
    ...(plan.controls.length === 0
      ? ['  Controls: none declared; without them, a failing network looks like endpoints that do not respond']
      : [
          `  Controls, asked first, every ${usualPacing.controlsEvery / 1000} seconds, and last, in addition to the totals below: ${plan.controls.join(' ')}`,
        ]),
  ];
}

/** Targets named of one endpoint. */
const targetsNamed = 10;

/** An endpoint on one line. */
export function formatPlanned({ url, address, targets, transport, refused }: PlannedEndpoint): string {
  const where = address === null || url.includes(address) ? '' : ` at ${address}`;
  const more = targets.length - targetsNamed;
  const named = `${targets.slice(0, targetsNamed).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
  return `${url}${where} [${named}]${transport ? ' one question, whether it is the transport port' : ''}${refused === null ? '' : ` NOT ASKED: ${refused}`}`;
}

function totals({ totals: sums, limits, window, owners }: Plan): readonly string[] {
  const hoursOff = (window?.weekly.length ?? 0) > 0 || owners.some(({ blackouts }) => blackouts.length > 0);
  const rate = sums.peakRequestsPerSecond;
  return [
    'TOTALS',
    `  Requests      about ${count(sums.requestsTypical)} where every endpoint has a login; never above ${count(sums.requestsWorst)} (${limits.requestsPerEndpoint} for one endpoint)`,
    `  Answers read  never above ${bytes(sums.bytesWorst)}`,
    `  Peak rate     ${rate === null ? 'no limit per second' : `${count(rate)} requests a second`}; ${count(sums.peakConnections)} endpoints at once, ${counted(limits.perAddress, 'connection')} to one address`,
    `  Time          about ${duration(sums.secondsTypical)} where everything answers at once; about ${duration(sums.secondsSilent)} where nothing answers at all${
      hoursOff ? '; hours in which nothing may be asked come on top' : ''
    }`,
  ];
}

/** Whether a technique lets something be done: a question put, a transport port asked, a client certificate shown. */
function needed({ questions, declared }: Plan, name: Technique): boolean {
  if (name === 'transportPort') return true;
  if (name === 'credentials') return declared.clientCertificate !== undefined;
  return questions.some(({ technique }) => technique === name);
}

function techniqueLines(plan: Plan): readonly string[] {
  return [
    'TECHNIQUES',
    ...plan.techniques.map(
      ({ name, on, default: usual, allows }) =>
        `  ${on ? 'on ' : 'off'} ${name.padEnd(18)} ${allows}${on === usual ? '' : ` (by default ${usual ? 'on' : 'off'})`}${
          needed(plan, name) ? '' : '; nothing in this plan needs it'
        }`,
    ),
  ];
}

function questions(plan: Plan): readonly string[] {
  const byId = new Map(plan.questions.map((question) => [question.id, question]));
  const off = plan.questions.filter(({ on }) => !on);
  return [
    'QUESTIONS THAT COULD BE PUT TO AN ENDPOINT',
    '  Which of them are put depends on what it answers: two to six to a login wall, about twenty at most to an open one.',
    ...plan.questions.filter(({ on }) => on).flatMap(question),
    ...(off.length === 0
      ? []
      : [
          '',
          '  Not put, because their technique is off:',
          ...off.map(({ id, technique }) => `  ${id} (${technique ?? ''})`),
        ]),
    '',
    'BY PRODUCT',
    ...plan.questionsByProduct.map(({ product, questions: ids }) => {
      const expensive = ids.filter((id) => byId.get(id)?.cost !== 'cheap').length;
      return `  ${product === 'unknown' ? unknownProduct : productNames[product]}: ${ids.length} questions${expensive === 0 ? '' : `, ${expensive} of them of moderate or high cost`}: ${ids.join(', ')}`;
    }),
  ];
}

function question({
  id,
  method,
  path,
  why,
  reveals,
  traces,
  cost,
  cap,
  technique,
  headers,
  tls,
  ifLost,
  only,
}: PlannedQuestion): readonly string[] {
  return [
    '',
    `  ${method} ${path}`,
    ...(tls === null
      ? []
      : [`      Over    a TLS connection of its own that offers ${tlsNames[tls]} only, closed behind it`]),
    `      Id      ${id}`,
    `      Why     ${why}`,
    ...(headers['origin'] === undefined ? [] : [`      With    the header Origin: ${headers['origin']}`]),
    ...(only === null ? [] : [`      Only    ${only}`]),
    `      Reveals ${reveals}`,
    ...(ifLost === null ? [] : [`      If lost ${ifLost}`]),
    `      Traces  an access-log line${traces === '' ? '' : `; ${traces}`}`,
    `      Cost    ${cost}; at most ${bytes(cap)} read${technique === null ? '' : `; needs the technique ${technique}`}`,
  ];
}

const tlsNames: Readonly<Record<OldTlsVersion, string>> = { TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1' };

function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

function bytes(value: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = value < 1024 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), units.length - 1);
  return `${count(Math.ceil(value / 1024 ** step))} ${units[step] ?? ''}`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${count(seconds)} s`;
  if (seconds < 7200) return `${count(Math.round(seconds / 60))} min`;
  return `${count(Math.round(seconds / 3600))} h`;
}

/** Breaks a line at spaces; what follows is indented under its text. */
function wrap(line: string): readonly string[] {
  if (line.length <= width) return [line];
  // Under the text behind a label, where the line has one.
  const indent = ' '.repeat(/^ *((?:\S+ )*\S+ {2,})?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    // A path that does not fit stays on the line of its method.
    if (at <= indent.length + 'HEAD'.length) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}
