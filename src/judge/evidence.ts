import { endpointUrl } from '../model/endpoint.js';
import { failures, type EndpointRecord, type Exchange, type KeptBody } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs, Observations } from '../model/observation.js';
import { count, counted, moment, productAndVersion } from './words.js';

/** Characters of an excerpt at most: enough to recognise the answer, little enough to print. */
const excerptLength = 240;

/** Pieces of evidence a finding carries at most. */
const most = 12;

/** The exchanges a finding rests on, in the order they happened, each with what it shows. */
export function evidenceOf(record: EndpointRecord, observations: Observations, refs: EvidenceRefs): Evidence[] {
  const places = [...new Set(refs)].sort((a, b) => a - b).slice(0, most);
  return places.flatMap((place, i) => {
    const exchange = record.exchanges[place];
    return exchange === undefined ? [] : [pieceOf(exchange, place, observations, `E${i + 1}`)];
  });
}

function pieceOf(exchange: Exchange, place: number, observations: Observations, id: string): Evidence {
  const { outcome } = exchange;
  const site = endpointUrl({ ...observations.endpoint, basePath: '' }, exchange.scheme);
  return {
    id,
    request: exchange.request,
    method: exchange.method,
    url: `${site}${exchange.path}`,
    at: exchange.at,
    status: outcome.kind === 'answer' ? outcome.status : null,
    failure: outcome.kind === 'failure' ? outcome.failure : null,
    excerpt: outcome.kind === 'answer' ? excerptOf(outcome.body) : outcome.detail.slice(0, excerptLength),
    sha256: outcome.kind === 'answer' ? outcome.sha256 : '',
    shows: shows(exchange, place, observations),
  };
}

/** One phrase, from the facts that were read from this very exchange. */
function shows(exchange: Exchange, place: number, observations: Observations): string {
  const { identity, authenticity, access, cluster, dashboard, time, transport } = observations;
  const behind = dashboard?.cluster ?? null;
  const phrases: string[] = [];
  const say = (refs: EvidenceRefs | undefined, phrase: string | null) => {
    if (phrase !== null && refs?.includes(place) === true) phrases.push(phrase);
  };
  for (const [facts, where] of [
    [cluster, ''],
    [behind, ' through the dashboard'],
  ] as const) {
    say(
      facts?.searchPermittedOn?.evidence,
      `permits a search${where} (size=0: ${counts(facts?.searchPermittedOn?.documents)})`,
    );
    const indices = facts?.indices ?? null;
    say(indices?.evidence, indices === null ? null : `lists ${counted(indices.total, 'index', 'indices')}${where}`);
  }
  say(access.caller.evidence, whoPhrase(observations));
  say(dashboard?.setupEvidence, dashboard?.setupOpen === true ? 'waits for its first user (interactive setup)' : null);
  say(dashboard?.contentsEvidence, 'its API answers without a login');
  say(dashboard?.statusEvidence, dashboard?.status === 'full' ? 'gives its full status' : null);
  say(dashboard?.backend.evidence, dashboard === null ? null : `says of its cluster: ${dashboard.backend.state}`);
  say(
    time.processStartedAt?.evidence,
    time.processStartedAt === null ? null : `its process started on ${moment(time.processStartedAt.at)}`,
  );
  say(identity.evidence, `names itself ${productAndVersion(observations)}`);
  say(authenticity.evidence, authenticity.genuine === 'yes' ? 'answers as a real server does' : null);
  say(transport.evidence, transport.loginOverPlainHttp ? 'asks for a login over plain HTTP' : null);
  if (phrases.length === 0) return plainly(exchange);
  return phrases.slice(0, 3).join('; ');
}

function counts(documents: number | null | undefined): string {
  return documents === null || documents === undefined ? 'no count given' : counted(documents, 'record', 'records');
}

function whoPhrase(observations: Observations): string | null {
  const { login, user, roles } = observations.access.caller;
  switch (login) {
    case 'absent':
      return 'knows no login';
    case 'anonymous':
      return `calls us \`${user ?? 'anonymous'}\`${roles.length > 0 ? ` with ${counted(roles.length, 'role', 'roles')}` : ''}`;
    case 'required':
      return 'asks for a login';
    case 'unknown':
      return null;
  }
}

function plainly({ outcome }: Exchange): string {
  if (outcome.kind === 'failure') return failures[outcome.failure];
  if (outcome.status === 401 || outcome.status === 403) return `refused us (${count(outcome.status)})`;
  if (outcome.status >= 300 && outcome.status < 400) return `sent us elsewhere (${count(outcome.status)})`;
  return outcome.status < 300 ? `answered us (${count(outcome.status)})` : `answered with ${count(outcome.status)}`;
}

function excerptOf(body: KeptBody): string {
  switch (body.kind) {
    case 'none':
      return '';
    case 'json':
      return head(body.value, excerptLength);
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

/** The beginning of a value as JSON, without writing out the rest: a listing may be long. */
function head(value: Json, room: number): string {
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
        put(`${first ? '' : ','}${JSON.stringify(key)}:`);
        first = false;
        write(part[key] ?? null);
      }
      put('}');
    }
  };
  write(value);
  return cut(parts.join(''));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
