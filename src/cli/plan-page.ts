// The plan as a document for people: one page to sign (who, what, where, when, how much), and the questions as an annex.
import type { OwnerRules } from '../engagement/index.js';
import { productNames, type Expectation, type Target } from '../model/endpoint.js';
import type { Contact, Technique } from '../model/engagement.js';
import type { OldTlsVersion } from '../model/question.js';
import { usualPacing } from '../run/pacing.js';
import {
  code,
  list,
  note,
  paragraph,
  prose,
  quiet,
  section,
  table,
  terms,
  text,
  usualClassification,
  within,
  type Block,
  type DocumentInfo,
  type Inline,
  type Text,
} from '../report/document.js';
import type { Plan, PlannedEndpoint, PlannedQuestion } from '../plan/plan.js';
import { en } from '../report/texts/en.js';
import { documentText } from './document-text.js';

const unknownProduct = 'any endpoint, as long as it is not known what it is';

/** The plan as plain text of at most 100 columns, ends with a line end. */
export function formatPlan(plan: Plan): string {
  return documentText(planBlocks(plan));
}

/** What a renderer must know before the first block. */
export function planInfo({ engagement }: Plan): DocumentInfo {
  return {
    title: `Plan of a read-only audit: ${engagement.client?.name ?? engagement.id}`,
    page: en.page,
    classification: engagement.classification ?? usualClassification,
  };
}

/** The plan as blocks, for any renderer. */
export function* planBlocks(plan: Plan): Generator<Block, void, void> {
  yield* firstPage(plan);
  yield* endpointAnnex(plan);
  yield* techniqueAnnex(plan);
  yield* questionAnnex(plan);
}

/** Hosts, owners and contacts on the first page; the annex has the rest. */
const first = 8;

/** Hosts, targets and owners in the annex. */
const listed = 100;

/** The first of a list, and how many more there are. */
function some(items: readonly (string | number)[], most: number, total = items.length): Inline[] {
  const shown = items.slice(0, most).map(String).join(', ');
  return [text(shown, 20_000), ...(total > most ? [text(` and ${count(total - most)} more: see annex A`)] : [])];
}

function* firstPage(plan: Plan): Generator<Block, void, void> {
  const { engagement, window, declared, vantage } = plan;
  const { client, authorisedBy, authorisation: paper, loopbackOnly, contacts } = engagement;
  const asked = plan.endpoints.total;
  yield {
    kind: 'title',
    kicker: 'Plan of a read-only audit',
    name: client?.name ?? (loopbackOnly ? 'This machine (loopback)' : engagement.id),
    legal: client?.legalEntity ?? null,
    terms: [],
  };
  yield* within({ as: 'lead', id: 'summary', severity: null, title: [text(leadOf(plan))] }, [
    paragraph(
      text(
        'Only the endpoints declared here are asked, with GET and HEAD requests of annex C. No document is read, nothing is changed, no password is guessed. Nothing has been sent yet.',
      ),
    ),
  ]);
  yield* section('who', 'Who', null, [
    terms([
      ['Engagement', [text(engagement.id)]],
      [
        'Authority',
        [
          text(
            authorisedBy === null
              ? 'none declared: only this machine (loopback) is asked'
              : `${authorisedBy.name}, ${authorisedBy.role}, as ${authorisedBy.capacity}, ${authorisedBy.email}`,
          ),
        ],
      ],
      [
        'Document',
        paper === null
          ? []
          : [
              text(
                `${paper.reference}, signed on ${paper.signedOn}${paper.documentSha256 === null ? '' : `, SHA-256 ${paper.documentSha256}`}`,
              ),
            ],
      ],
      ['Contacts', some(contacts.map(contactText), first)],
      ['Auditor', [text(`${plan.tool.name} ${plan.tool.version}, catalogue ${plan.catalogue}`)]],
    ]),
  ]);
  yield* section('what', 'What', null, [
    terms([
      [
        'Endpoints',
        [
          text(
            `${asked === null ? `at most ${count(plan.endpoints.atMost)}` : count(asked)}; annex A lists them${plan.shard === undefined ? '' : `. This is shard ${plan.shard}: other hosts are in other shards`}`,
          ),
        ],
      ],
      ['Hosts', some(declared.names, first, declared.namesTotal ?? declared.names.length)],
      ['Ports', [text(declared.ports.join(', '))]],
      [
        'Base paths',
        some(
          declared.paths.map((path) => (path === '' ? '/' : path)),
          first,
        ),
      ],
      [
        'Included',
        declared.scopeInclude.length === 0 ? [text('exactly what is declared')] : some(declared.scopeInclude, first),
      ],
      ['Excluded', declared.scopeExclude.length === 0 ? [text('nothing')] : some(declared.scopeExclude, first)],
    ]),
  ]);
  yield* section('where', 'From where', null, [
    terms([
      ['Vantage', [text(`${vantage.name} (${vantage.exposure})`)]],
      ['Egress', [text(vantage.egress ?? 'not stated')]],
      ['User-Agent', [text(plan.userAgent)]],
      ['X-Opaque-Id', [text(plan.opaqueId)]],
      [
        'Authorities',
        some(
          (declared.authorities ?? []).map((sha256) => `trusted besides the public ones: SHA-256 ${sha256}`),
          2,
        ),
      ],
      [
        'Certificate',
        declared.clientCertificate === undefined
          ? []
          : [
              text(
                `${declared.clientCertificate.subject}, SHA-256 ${declared.clientCertificate.sha256}, shown to servers that ask for one and whose own is trusted; what these respond, its holders get`,
              ),
            ],
      ],
    ]),
  ]);
  yield* section('when', 'When', null, [
    terms([
      [
        'Window',
        [text(window === null ? 'none: at any time' : `${minuteOf(window.from)} to ${minuteOf(window.to)} UTC`)],
      ],
      [
        'Weekly hours',
        window === null || window.weekly.length === 0
          ? []
          : [text(`only ${window.weekly.map(hours).join(', ')} (${window.timeZone})`)],
      ],
      ...plan.owners.slice(0, first).map((owner): [string, Text] => [`Owner ${owner.name}`, [text(ownerRules(owner))]]),
      [
        'Other owners',
        plan.owners.length > first ? [text(`${count(plan.owners.length - first)} more: see annex A`)] : [],
      ],
    ]),
  ]);
  yield* section('how-much', 'How much', null, [terms(totals(plan))]);
  yield* section('agreed', 'Agreed', null, [
    paragraph(
      text('Digest of targets, scope, limits and catalogue: '),
      code(plan.digest),
      text(
        '. "leftopen plan TARGETS --lock FILE" writes it down; "leftopen audit TARGETS --plan FILE" refuses to run on any difference.',
      ),
    ),
    ...(loopbackOnly
      ? []
      : [{ kind: 'signatures', parties: [client?.name ?? 'the client', 'the auditor'] } satisfies Block]),
  ]);
}

function leadOf({ endpoints, totals: sums, shard }: Plan): string {
  const { total, atMost } = endpoints;
  const part = shard === undefined ? '' : `Shard ${shard}: `;
  return `${part}${total === null ? `${part === '' ? 'At' : 'at'} most ${count(atMost)} endpoints` : counted(total, 'endpoint')}, read only, with at most ${count(sums.requestsWorst)} requests.`;
}

function contactText({ name, email, phone }: Contact): string {
  return [name, email, phone].filter((part) => part !== null).join(', ');
}

/** `2026-11-10T00:00:00.000Z` as `2026-11-10 00:00`. */
function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
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

function expectationText(expect: Expectation): string {
  return expect.kind === 'up-to'
    ? `up to ${expect.rung} until ${expect.until}, approved by ${expect.approvedBy} (${expect.reason})`
    : expect.kind;
}

/** What an owner's own hours and limits are. */
function ownerRules({ blackouts, limits }: OwnerRules): string {
  return [
    ...blackouts.map(({ weekly, timeZone }) => `left alone ${weekly.map(hours).join(', ')} (${timeZone})`),
    ...(limits.concurrency === null ? [] : [`${counted(limits.concurrency, 'endpoint')} at once`]),
    ...(limits.perAddress === null ? [] : [`${counted(limits.perAddress, 'connection')} to one address`]),
    ...(limits.requestsPerSecond === null ? [] : [`${counted(limits.requestsPerSecond, 'request')} a second`]),
  ].join('; ');
}

function totals({ totals: sums, limits, window, owners }: Plan): readonly (readonly [string, Text])[] {
  const hoursOff = (window?.weekly.length ?? 0) > 0 || owners.some(({ blackouts }) => blackouts.length > 0);
  const rate = sums.peakRequestsPerSecond;
  return [
    [
      'Requests',
      [
        text(
          `about ${count(sums.requestsTypical)} where every endpoint has a login; never above ${count(sums.requestsWorst)} (${limits.requestsPerEndpoint} for one endpoint)`,
        ),
      ],
    ],
    ['Data read', [text(`never above ${bytes(sums.bytesWorst)}`)]],
    [
      'Peak rate',
      [
        text(
          `${rate === null ? 'no limit per second' : `${count(rate)} requests a second`}; ${count(sums.peakConnections)} endpoints at once, ${counted(limits.perAddress, 'connection')} to one address`,
        ),
      ],
    ],
    [
      'Time',
      [
        text(
          `about ${duration(sums.secondsTypical)} where everything responds at once; about ${duration(sums.secondsSilent)} where nothing responds at all${hoursOff ? '; hours in which nothing may be asked are added' : ''}`,
        ),
      ],
    ],
  ];
}

function* endpointAnnex(plan: Plan): Generator<Block, void, void> {
  const { total, atMost, first: shown, resolved } = plan.endpoints;
  const left = (total ?? atMost) - shown.length;
  const own = plan.targets.filter(({ expect, operator }) => expect.kind !== 'closed' || operator !== null);
  const names = plan.declared.namesTotal ?? plan.declared.names.length;
  const scheme = shown.some(({ url }) => !url.includes('://'));
  const more = (all: number): Block | null =>
    all > listed ? note(text(`${count(all - listed)} more: see plan --json`)) : null;
  yield* section(
    'annex-a',
    'Annex A: endpoints',
    null,
    [
      paragraph(
        text(
          `${resolved ? 'Names were looked up, and each address is an endpoint.' : 'Every address of a name is asked, so names may add to the total.'}${scheme ? ' Where no scheme is given, leftopen finds out whether it is HTTP or HTTPS.' : ''}`,
        ),
      ),
      names > first ? terms([['Hosts', some(plan.declared.names, listed, names)]]) : null,
      list(shown.map((planned): Text => [code(formatPlanned(planned), 600)])),
      left > 0
        ? note(text(`${total === null ? 'Up to ' : ''}${count(left)} more: plan --endpoints lists every one`))
        : null,
      paragraph(
        text(
          plan.controls.length === 0
            ? 'Controls: none declared. Without them, a failing network looks like endpoints that do not respond.'
            : `Controls, asked first, every ${usualPacing.controlsEvery / 1000} seconds, and last, in addition to the totals: ${plan.controls.join(' ')}`,
        ),
      ),
      own.length === 0
        ? null
        : list(own.slice(0, listed).map((target): Text => [text(`Target ${targetText(target)}`)])),
      more(own.length),
      plan.owners.length <= first
        ? null
        : list(plan.owners.slice(0, listed).map((owner): Text => [text(`Owner ${owner.name}: ${ownerRules(owner)}`)])),
      more(plan.owners.length),
    ],
    true,
  );
}

function targetText({ id, expect, operator }: Target): string {
  const parts = [
    ...(operator === null ? [] : [`run by ${operator.name}, whose permission is ${operator.permission}`]),
    ...(expect.kind === 'closed' ? [] : [`expected: ${expectationText(expect)}`]),
  ];
  return `${id}: ${parts.join('; ')}`;
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

/** Whether a technique lets something be done: a question put, a transport port asked, a client certificate shown. */
function needed({ questions, declared }: Plan, name: Technique): boolean {
  if (name === 'transportPort') return true;
  if (name === 'credentials') return declared.clientCertificate !== undefined;
  return questions.some(({ technique }) => technique === name);
}

function* techniqueAnnex(plan: Plan): Generator<Block, void, void> {
  yield* section('annex-b', 'Annex B: techniques', null, [
    table(
      'Techniques',
      ['', 'Technique', 'What it allows'],
      plan.techniques.map(({ name, on, default: usual, allows }) => [
        [text(on ? 'on' : 'off')],
        [code(name)],
        [
          ...prose(
            `${allows}${on === usual ? '' : ` (by default ${usual ? 'on' : 'off'})`}${needed(plan, name) ? '' : '; nothing in this plan needs it'}`,
          ),
        ],
      ]),
    ),
  ]);
}

function* questionAnnex(plan: Plan): Generator<Block, void, void> {
  const byId = new Map(plan.questions.map((question) => [question.id, question]));
  const on = plan.questions.filter((question) => question.on);
  const off = plan.questions.filter((question) => !question.on);
  yield* section(
    'annex-c',
    'Annex C: questions that an endpoint could be asked',
    on.length,
    [
      paragraph(
        text(
          'Which of them are asked depends on what the endpoint responds: two to six where it requires a login, about twenty at most where it is open.',
        ),
      ),
      ...on.flatMap(question),
      off.length === 0 ? null : paragraph(text('Not asked, because their technique is off:')),
      off.length === 0 ? null : list(off.map(({ id, technique }): Text => [code(id), text(` (${technique ?? ''})`)])),
    ],
    true,
  );
  yield* section('by-product', 'By product', null, [
    list(
      plan.questionsByProduct.map(({ product, questions: ids }): Text => {
        const expensive = ids.filter((id) => byId.get(id)?.cost !== 'cheap').length;
        return [
          text(
            `${product === 'unknown' ? unknownProduct : productNames[product]}: ${counted(ids.length, 'question')}${expensive === 0 ? '' : `, ${expensive} of them of moderate or high cost`}: `,
          ),
          quiet(ids.join(', '), 20_000),
        ];
      }),
    ),
  ]);
}

function question(one: PlannedQuestion): readonly Block[] {
  const { id, method, path, why, reveals, traces, cost, cap, technique, headers, tls, ifLost, only } = one;
  return [
    { kind: 'heading', level: 3, text: [code(`${method} ${path}`, 2000)], id: null },
    terms([
      [
        'Over',
        tls === null ? [] : [text(`a TLS connection of its own that offers ${tlsNames[tls]} only, closed after it`)],
      ],
      ['Id', [code(id)]],
      ['Why', [text(why)]],
      ['With', headers['origin'] === undefined ? [] : [text(`the header Origin: ${headers['origin']}`)]],
      ['Only', [text(only ?? '')]],
      ['Reveals', [text(reveals)]],
      ['If a proxy drops the query or header', prose(ifLost ?? '')],
      ['Traces', [text(`an access-log line${traces === '' ? '' : `; ${traces}`}`)]],
      [
        'Cost',
        [text(`${cost}; at most ${bytes(cap)} read${technique === null ? '' : `; needs the technique ${technique}`}`)],
      ],
    ]),
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
