// The plan as a document for people: one page to sign (who, what, where, when, how much), and the questions as an annex.
import type { OwnerRules } from '../engagement/index.js';
import { productNames } from '../model/endpoint.js';
import type { Contact, Technique, WeeklyHours } from '../model/engagement.js';
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
  within,
  type Block,
  type DocumentInfo,
  type Inline,
  type Text,
} from '../report/document.js';
import type { Plan, PlannedEndpoint, PlannedQuestion } from '../plan/plan.js';
import { languageInUse } from '../languages/index.js';
import type { Texts } from '../report/texts/en.js';
import { capital } from '../report/words.js';
import { documentText } from './document-text.js';
import { columns, type Screen } from './terminal.js';

/** The plan as plain text, as wide as a terminal, else of at most 100 columns; ends with a line end. */
export function formatPlan(plan: Plan, stream?: Screen): string {
  return documentText(
    planBlocks(plan),
    languageInUse().report.page,
    stream?.isTTY === true ? columns(stream) : undefined,
  );
}

/** What a renderer must know before the first block. */
export function planInfo({ engagement }: Plan, t: Texts = languageInUse().report): DocumentInfo {
  return {
    title: t.plan.document(engagement.client?.name ?? engagement.id),
    page: t.page,
    classification: engagement.classification ?? t.confidential,
  };
}

/** The plan as blocks, for any renderer. */
export function* planBlocks(plan: Plan, t: Texts = languageInUse().report): Generator<Block, void, void> {
  yield* firstPage(plan, t);
  yield* endpointAnnex(plan, t);
  yield* techniqueAnnex(plan, t);
  yield* questionAnnex(plan, t);
}

/** Hosts, owners and contacts on the first page; the annex has the rest. */
const first = 8;

/** Hosts, targets and owners in the annex. */
const listed = 100;

/** The first of a list, and how many more there are. */
function some(items: readonly string[], most: number, t: Texts, total = items.length, between = ', '): Inline[] {
  const shown = items.slice(0, most).join(between);
  return [text(shown, 20_000), ...(total > most ? [text(t.plan.moreInAnnex(total - most))] : [])];
}

function* firstPage(plan: Plan, t: Texts): Generator<Block, void, void> {
  const { engagement, window, declared, vantage, shard, totals, limits, owners } = plan;
  const { client, authorisation, loopbackOnly, contacts } = engagement;
  const { clientCertificate, authorities = [] } = declared;
  const { total, atMost } = plan.endpoints;
  const { who, what, where, when, howMuch, agreed } = t.plan;
  yield {
    kind: 'title',
    kicker: t.plan.kicker,
    name: client?.name ?? (loopbackOnly ? t.title.thisMachine : engagement.id),
    legal: client?.legalEntity ?? null,
    terms: [],
  };
  const lead = t.plan.lead(total, atMost, totals.requestsWorst);
  const title = [text(shard === undefined ? capital(lead) : `${t.plan.shard(shard)}${lead}`)];
  yield* within({ as: 'lead', id: 'summary', severity: null, title }, [paragraph(text(t.plan.promise))]);
  yield* section('who', who.title, null, [
    terms([
      [who.engagement, [text(engagement.id)]],
      [who.authority, [text(who.authorityOf(engagement))]],
      [who.document, authorisation === null ? [] : [text(who.signed(authorisation))]],
      [who.contacts, some(contacts.map(contactText), first, t, contacts.length, '; ')],
      [who.auditor, [text(who.tool(plan.tool.version, plan.catalogue))]],
    ]),
  ]);
  yield* section('what', what.title, null, [
    terms([
      [
        what.endpoints,
        [text(what.endpointsOf(total, atMost)), shard === undefined ? null : text(what.otherShards(shard))],
      ],
      [what.hosts, some(declared.names, first, t, declared.namesTotal)],
      [what.ports, [text(declared.ports.join(', '))]],
      [
        what.paths,
        some(
          declared.paths.map((path) => (path === '' ? '/' : path)),
          first,
          t,
        ),
      ],
      [
        what.included,
        declared.scopeInclude.length === 0 ? [text(what.exactly)] : some(declared.scopeInclude, first, t),
      ],
      [
        what.excluded,
        declared.scopeExclude.length === 0 ? [text(what.nothing)] : some(declared.scopeExclude, first, t),
      ],
    ]),
  ]);
  yield* section('where', where.title, null, [
    terms([
      [where.vantage, [text(`${vantage.name} (${vantage.exposure})`)]],
      [where.egress, [text(vantage.egress ?? where.notStated)]],
      ['User-Agent', [text(plan.userAgent)]],
      ['X-Opaque-Id', [text(where.opaqueId(plan.opaqueId))]],
      [where.authorities, some(authorities.map(where.trusted), 2, t)],
      [
        where.certificate,
        clientCertificate === undefined ? [] : [text(where.shown(clientCertificate.subject, clientCertificate.sha256))],
      ],
    ]),
  ]);
  const weekly = window?.weekly ?? [];
  yield* section('when', when.title, null, [
    terms([
      [when.window, [text(window === null ? when.anyTime : when.windowOf(minuteOf(window.from), minuteOf(window.to)))]],
      [when.weekly, weekly.length === 0 ? [] : [text(when.only(hours(weekly, t), window?.timeZone ?? ''))]],
      ...owners.slice(0, first).map((owner): [string, Text] => [when.owner(owner.name), [text(ownerRules(owner, t))]]),
      [when.otherOwners, owners.length > first ? [text(when.inAnnex(owners.length - first))] : []],
    ]),
  ]);
  const waits = weekly.length > 0 || owners.some(({ blackouts }) => blackouts.length > 0);
  yield* section('how-much', howMuch.title, null, [
    terms([
      [
        howMuch.requests,
        [text(howMuch.requestsOf(totals.requestsTypical, totals.requestsWorst, limits.requestsPerEndpoint))],
      ],
      [howMuch.data, [text(howMuch.dataOf(totals.bytesWorst))]],
      [howMuch.rate, [text(howMuch.rateOf(totals.peakRequestsPerSecond, totals.peakConnections, limits.perAddress))]],
      [howMuch.time, [text(howMuch.timeOf(totals.secondsTypical, totals.secondsSilent, waits))]],
    ]),
  ]);
  yield* section('agreed', agreed.title, null, [
    paragraph(...agreed.digest(code(plan.digest))),
    loopbackOnly ? null : { kind: 'signatures', parties: [client?.name ?? agreed.client, agreed.auditor] },
  ]);
}

function contactText({ name, email, phone }: Contact): string {
  return [name, email, phone].filter((part) => part !== null).join(', ');
}

/** `2026-11-10T00:00:00.000Z` as `2026-11-10 00:00`. */
function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

/** Hours of the week, `Mon 20:00-Tue 06:00, Sat 00:00-Mon 00:00`. */
function hours(weekly: readonly WeeklyHours[], t: Texts): string {
  const clock = (minute: number): string => {
    const parts = [Math.floor((minute % 1440) / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
    return `${t.plan.when.days[Math.floor(minute / 1440) % 7] ?? ''} ${parts.join(':')}`;
  };
  return weekly.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}-${clock(toMinute)}`).join(', ');
}

/** What an owner's own hours and limits are. */
function ownerRules({ blackouts, limits }: OwnerRules, t: Texts): string {
  const { when } = t.plan;
  return [
    ...blackouts.map(({ weekly, timeZone }) => when.leftAlone(hours(weekly, t), timeZone)),
    ...(limits.concurrency === null ? [] : [when.atOnce(limits.concurrency)]),
    ...(limits.perAddress === null ? [] : [when.toOneAddress(limits.perAddress)]),
    ...(limits.requestsPerSecond === null ? [] : [when.perSecond(limits.requestsPerSecond)]),
  ].join('; ');
}

function* endpointAnnex(plan: Plan, t: Texts): Generator<Block, void, void> {
  const words = t.plan.endpoints;
  const { total, atMost, first: shown, resolved } = plan.endpoints;
  const left = (total ?? atMost) - shown.length;
  const own = plan.targets.filter(({ expect, operator }) => expect.kind !== 'closed' || operator !== null);
  const names = plan.declared.namesTotal ?? plan.declared.names.length;
  const scheme = shown.some(({ url }) => !url.includes('://'));
  const lines = (items: readonly string[]): (Block | null)[] =>
    items.length === 0
      ? []
      : [
          list(items.slice(0, listed).map((item): Text => [text(item)])),
          items.length > listed ? note(text(t.plan.moreInJson(items.length - listed))) : null,
        ];
  yield* section(
    'annex-a',
    words.title,
    null,
    [
      paragraph(text(`${resolved ? words.resolved : words.unresolved}${scheme ? words.schemes : ''}`)),
      names > first ? terms([[t.plan.what.hosts, some(plan.declared.names, listed, t, names)]]) : null,
      list(shown.map((planned): Text => [code(formatPlanned(planned, t), 600)])),
      left > 0 ? note(text(words.more(left, total !== null))) : null,
      paragraph(
        text(
          plan.controls.length === 0
            ? words.noControls
            : words.controls(usualPacing.controlsEvery / 1000, plan.controls.join(' ')),
        ),
      ),
      ...lines(own.map(words.target)),
      ...lines(plan.owners.length <= first ? [] : plan.owners.map((one) => words.owner(one.name, ownerRules(one, t)))),
    ],
    true,
  );
}

/** Targets named of one endpoint. */
const targetsNamed = 10;

/** An endpoint on one line. */
export function formatPlanned(
  { url, address, targets, transport, refused }: PlannedEndpoint,
  t: Texts = languageInUse().report,
): string {
  const words = t.plan.endpoints;
  const more = targets.length - targetsNamed;
  const named = `${targets.slice(0, targetsNamed).join(', ')}${more > 0 ? t.andMore(more) : ''}`;
  const where = address === null || url.includes(address) ? '' : words.at(address);
  return `${url}${where} [${named}]${transport ? words.transport : ''}${refused === null ? '' : words.refused(refused)}`;
}

/** Whether a technique lets something be done: a question put, a transport port asked, a client certificate shown. */
function needed({ questions, declared }: Plan, name: Technique): boolean {
  if (name === 'transportPort') return true;
  if (name === 'credentials') return declared.clientCertificate !== undefined;
  return questions.some(({ technique }) => technique === name);
}

function* techniqueAnnex(plan: Plan, t: Texts): Generator<Block, void, void> {
  const words = t.plan.techniques;
  yield* section('annex-b', words.title, null, [
    table(
      words.caption,
      [words.technique, words.setting, words.allows],
      plan.techniques.map(({ name, on, default: usual }) => [
        [code(name)],
        [text(on ? words.on : words.off)],
        prose(
          `${t.method.allows[name]}${on === usual ? '' : words.usually(usual)}${needed(plan, name) ? '' : words.notNeeded}`,
        ),
      ]),
    ),
  ]);
}

function* questionAnnex(plan: Plan, t: Texts): Generator<Block, void, void> {
  const words = t.plan.questions;
  const cheap = new Set(plan.questions.flatMap(({ id, cost }) => (cost === 'cheap' ? [id] : [])));
  const on = plan.questions.filter((question) => question.on);
  const off = plan.questions.filter((question) => !question.on);
  yield* section(
    'annex-c',
    words.title,
    on.length,
    [
      paragraph(text(words.intro)),
      ...on.flatMap((one) => question(one, t)),
      off.length === 0 ? null : paragraph(text(words.off)),
      off.length === 0 ? null : list(off.map(({ id, technique }): Text => [code(id), text(` (${technique ?? ''})`)])),
    ],
    true,
  );
  yield* section('by-product', words.byProduct, null, [
    list(
      plan.questionsByProduct.map(({ product, questions: ids }): Text => {
        const name = product === 'unknown' ? words.anyProduct : productNames[product];
        const expensive = ids.filter((id) => !cheap.has(id)).length;
        return [text(words.counts(name, ids.length, expensive)), quiet(ids.join(', '), 20_000)];
      }),
    ),
  ]);
}

function question(one: PlannedQuestion, t: Texts): readonly Block[] {
  const words = t.plan.questions;
  const { id, method, path, cost, cap, technique, headers, tls } = one;
  const { why, reveals, traces, ifLost, only } = words.said(one);
  return [
    { kind: 'heading', level: 3, text: [code(`${method} ${path}`, 2000)] },
    terms([
      [words.over, tls === null ? [] : [text(words.oldTls(tls))]],
      [words.id, [code(id)]],
      [words.why, [text(why)]],
      [words.with, headers['origin'] === undefined ? [] : [text(words.origin(headers['origin']))]],
      [words.only, [text(only ?? '')]],
      [words.reveals, [text(reveals)]],
      [words.ifLost, prose(ifLost ?? '')],
      [words.traces, [text(words.tracesOf(traces))]],
      [words.cost, [text(words.costOf(cost, cap, technique))]],
    ]),
  ];
}
