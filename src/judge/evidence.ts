// The evidence of a finding: which responses it rests on, and what each shows.
import { parseFields } from '../catalogue/fields.js';
import { deniesCaller } from '../catalogue/denials.js';
import { memoised } from '../catalogue/memoise.js';
import { endpointUrl } from '../model/endpoint.js';
import type { Answer, EndpointRecord, Exchange, KeptBody } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { ClusterFacts, EvidenceRefs, Observations, PowerFacts } from '../model/observation.js';
import { sharedTexts, topicTexts, type InLanguage } from './language.js';
import type { SharedTexts } from './texts/en.js';
import { shownByTopics } from './topics.js';

/** Characters of an excerpt at most: enough to recognise the answer, little enough to print. */
const excerptLength = 240;

/** Pieces of evidence a finding carries at most. */
const most = 16;

/** The exchanges that something rests on, in the order they happened, each with what it shows. */
export type EvidenceOf = (refs: EvidenceRefs) => Evidence[];

type EvidenceTexts = SharedTexts['evidence'];

/** The evidence of one endpoint. Its findings rest on the same few exchanges: each is put into words once. */
export function evidenceFrom(
  record: EndpointRecord,
  observations: Observations,
  language: InLanguage = {},
): EvidenceOf {
  const pieces = new Map<number, Omit<Evidence, 'id'>>();
  return (refs) => {
    const places = [...new Set(refs)].sort((a, b) => a - b).slice(0, most);
    return places.flatMap((place, i) => {
      const exchange = record.exchanges[place];
      if (exchange === undefined) return [];
      const piece = pieces.get(place) ?? pieceOf(exchange, place, observations, language);
      pieces.set(place, piece);
      return [{ id: `E${i + 1}`, ...piece }];
    });
  };
}

function pieceOf(
  exchange: Exchange,
  place: number,
  observations: Observations,
  language: InLanguage,
): Omit<Evidence, 'id'> {
  const { outcome } = exchange;
  const site = endpointUrl({ ...observations.endpoint, basePath: '' }, exchange.scheme);
  // As the ledger and access logs write it: without the port that the scheme means anyway.
  const standard = exchange.scheme === 'https' ? /:443$/ : /:80$/;
  return {
    request: exchange.request,
    method: exchange.method,
    url: `${site.replace(standard, '')}${exchange.path}`,
    at: exchange.at,
    status: outcome.kind === 'answer' ? outcome.status : null,
    failure: outcome.kind === 'failure' ? outcome.failure : null,
    excerpt:
      outcome.kind === 'answer'
        ? excerptOf(outcome.body, sharedTexts(language).evidence)
        : outcome.detail.slice(0, excerptLength),
    sha256: outcome.kind === 'answer' ? outcome.sha256 : '',
    shows: shows(exchange, place, observations, language),
  };
}

/** One phrase, from the facts that were read from this very exchange. */
function shows(exchange: Exchange, place: number, observations: Observations, language: InLanguage): string {
  const { evidence, reasons } = sharedTexts(language);
  const { identity, authenticity, access, cluster, dashboard, time, transport, power, traces } = observations;
  const behind = dashboard?.cluster ?? null;
  let text: string | null = null;
  const kept = () => (text ??= keptText(exchange, evidence));
  const phrases: string[] = [];
  const say = (refs: EvidenceRefs | undefined, phraseOf: () => string | null) => {
    if (refs?.includes(place) !== true) return;
    const phrase = phraseOf();
    if (phrase !== null) phrases.push(phrase);
  };
  for (const [facts, where] of [
    [cluster, 'cluster'],
    [behind, 'dashboard'],
  ] as const) {
    const permitted = facts?.searchPermittedOn ?? null;
    say(permitted?.evidence, () => evidence.counted(permitted?.documents ?? null, where));
    const indices = facts?.indices ?? null;
    say(facts?.evidence, () => (givesUuid(kept(), facts) ? evidence.clusterId(where) : null));
    say(indices?.evidence, () => (indices === null ? null : evidence.indices(indices, where)));
  }
  const refused = isRefusal(exchange);
  say(access.caller.evidence, () =>
    refused && access.caller.login !== 'required' ? null : whoPhrase(observations, evidence),
  );
  say(dashboard?.setupEvidence, () => (dashboard?.setupOpen === true ? evidence.setup : null));
  say(dashboard?.contentsEvidence, () => (refused ? null : evidence.respondsWithoutLogin));
  say(dashboard?.statusEvidence, () =>
    dashboard?.status === 'full'
      ? evidence.fullStatus(saysVersion(exchange, kept(), identity.version.number) ? observations : null)
      : null,
  );
  say(dashboard?.backend.evidence, () => (dashboard === null ? null : evidence.backend(dashboard.backend.state)));
  say(time.processStartedAt?.evidence, () =>
    time.processStartedAt === null ? null : evidence.started(time.processStartedAt.at),
  );
  // A version that is only the lowest to behave so is our judgement, not what it says.
  const itSays = () =>
    identity.version.certainty === 'exact' && !refused && saysVersion(exchange, kept(), identity.version.number);
  say(identity.evidence, () => (itSays() ? evidence.reportsToBe(observations) : evidence.behavesLike(observations)));
  say(authenticity.evidence, () => (authenticity.genuine === 'yes' ? evidence.genuine : null));
  const { certificate } = transport;
  say(certificate?.evidence, () => (certificate === null ? null : evidence.certificate(certificate.subject)));
  say(transport.evidence, () => evidence.plainLogin);
  say(traces?.evidence, () =>
    traces === null || traces.incident === 'none' ? null : evidence.attackNames(traces.total),
  );
  say(power?.mayNotDelete ?? undefined, () => evidence.mayNotDelete);
  if (exchange.question === 'own-privileges' && power?.ground?.kind === 'privileges')
    say(power.groundEvidence, () => evidence.mayDelete);
  if (exchange.question === 'own-privileges' && access.rung === 'documents' && access.proof === 'inferred')
    say(access.evidence, () => evidence.maySearch);
  say(power?.settingsEvidence, () => (power === null ? null : evidence.deletion[deletionShown(power)]));
  say(power?.blocks?.evidence, () => evidence.writeProtected(power?.blocks?.readOnly ?? 0));
  for (const [refs, phrase] of shownByTopics(observations.topics, topicTexts(language))) say(refs, () => phrase);
  if (phrases.length > 0) return phrases.slice(0, 3).join('; ');
  const { outcome } = exchange;
  return outcome.kind === 'failure' ? reasons[outcome.failure] : plainly(outcome, evidence);
}

function deletionShown({ namesRequired }: PowerFacts): keyof EvidenceTexts['deletion'] {
  if (namesRequired?.source !== 'said') return 'notShown';
  return namesRequired.on ? 'byName' : 'byWildcard';
}

function whoPhrase({ access, dashboard }: Observations, { caller }: EvidenceTexts): string | null {
  const { login, user, roles } = access.caller;
  switch (login) {
    case 'absent':
      return caller.noLogin;
    case 'anonymous':
      return dashboard?.login === 'guest-offered' ? caller.guest : caller.anonymous(user, roles.length);
    case 'required':
      return user === null ? caller.login : caller.user(user, roles.length);
    case 'unknown':
      return null;
  }
}

/** The beginning of what was kept of a response, in which names and versions are looked for. */
function keptText({ outcome }: Exchange, evidence: EvidenceTexts): string {
  if (outcome.kind !== 'answer') return '';
  const { body } = outcome;
  return body.kind === 'json' ? head(body.value, 4_000, evidence) : body.kind === 'text' ? body.text : '';
}

function givesUuid(kept: string, facts: ClusterFacts | null): boolean {
  const uuid = facts?.uuid ?? null;
  return uuid !== null && kept.includes(uuid);
}

function isRefusal({ outcome }: Exchange): boolean {
  return outcome.kind === 'answer' && deniesCaller(outcome);
}

/** Whether the kept part of the answer contains the version. */
function saysVersion({ outcome }: Exchange, kept: string, version: string | null): boolean {
  if (outcome.kind !== 'answer' || version === null) return false;
  return (
    kept.includes(version) ||
    Object.values(outcome.headers)
      .flat()
      .some((text) => text.includes(version))
  );
}

function plainly(answer: Answer, evidence: EvidenceTexts): string {
  const { body, status } = answer;
  if (status < 300 && body.kind === 'json') {
    if (parseFields(body.value) !== null) return evidence.fields;
    const listed = entriesOf(body.value);
    if (listed !== null) return evidence.entries(listed);
  }
  if (deniesCaller(answer)) return evidence.denied(status);
  if (status >= 300 && status < 400) return evidence.redirects(status);
  return status < 300 ? evidence.responds(status) : evidence.respondsWith(status);
}

/** How many entries a listing had, as our digests keep it. */
function entriesOf(value: Json): number | null {
  if (value === null || typeof value !== 'object' || isList(value)) return null;
  const { total } = value;
  return typeof total === 'number' ? total : null;
}

function excerptOf(body: KeptBody, evidence: EvidenceTexts): string {
  switch (body.kind) {
    case 'none':
      return '';
    case 'json':
      return cut(head(body.value, excerptLength, evidence));
    case 'error':
      return cut([body.type, body.reason].filter((part) => part !== null).join(': ') || body.text);
    case 'text':
      return cut(body.title ?? body.text);
  }
}

function cut(text: string): string {
  // Not in the middle of a surrogate pair.
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What our own digests call things (catalogue, `keep`), in words that a reader of a report knows. */
const plainNames = memoised(
  (names: EvidenceTexts['digest']): ReadonlyMap<string, string> => new Map(Object.entries(names)),
);

/** Parts of a digest that only the survey needs. */
const inner: ReadonlySet<string> = new Set(['small', 'layout']);

/** The beginning of a value as JSON, without writing out the rest, or what is empty in it: a listing may be long. */
function head(value: Json, room: number, { digest }: EvidenceTexts): string {
  const names = plainNames(digest);
  const parts: string[] = [];
  let left = room;
  const put = (text: string) => {
    parts.push(text);
    left -= text.length;
  };
  const write = (part: Json): void => {
    if (left <= 0) return;
    if (part === null || typeof part !== 'object') {
      put(JSON.stringify(typeof part === 'string' ? part.slice(0, room) : part));
    } else if (isList(part)) {
      put('[');
      for (const [i, item] of part.entries()) {
        if (left <= 0) break;
        if (i > 0) put(',');
        write(item);
      }
      put(']');
    } else {
      put('{');
      let first = true;
      for (const key in part) {
        if (left <= 0) break;
        const item = part[key] ?? null;
        if (item === null || inner.has(key) || (typeof item === 'object' && isList(item) && item.length === 0))
          continue;
        put(`${first ? '' : ','}${JSON.stringify(names.get(key) ?? key)}:`);
        first = false;
        write(item);
      }
      put('}');
    }
  };
  write(value);
  return parts.join('');
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
