// The evidence of a finding: which responses it rests on, and what each shows.
import { parseFields } from '../catalogue/fields.js';
import { endpointUrl } from '../model/endpoint.js';
import { failures, type EndpointRecord, type Exchange, type KeptBody } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { ClusterFacts, EvidenceRefs, Observations, PowerFacts } from '../model/observation.js';
import { countedOrNo } from '../text/words.js';
import { shownByTopics } from './topics.js';
import { count, counted, moment, productAndVersion, said } from './words.js';

/** Characters of an excerpt at most: enough to recognise the answer, little enough to print. */
const excerptLength = 240;

/** Pieces of evidence a finding carries at most. */
const most = 16;

/** The exchanges that something rests on, in the order they happened, each with what it shows. */
export type EvidenceOf = (refs: EvidenceRefs) => Evidence[];

/** The evidence of one endpoint. Its findings rest on the same few exchanges: each is put into words once. */
export function evidenceFrom(record: EndpointRecord, observations: Observations): EvidenceOf {
  const pieces = new Map<number, Omit<Evidence, 'id'>>();
  return (refs) => {
    const places = [...new Set(refs)].sort((a, b) => a - b).slice(0, most);
    return places.flatMap((place, i) => {
      const exchange = record.exchanges[place];
      if (exchange === undefined) return [];
      const piece = pieces.get(place) ?? pieceOf(exchange, place, observations);
      pieces.set(place, piece);
      return [{ id: `E${i + 1}`, ...piece }];
    });
  };
}

function pieceOf(exchange: Exchange, place: number, observations: Observations): Omit<Evidence, 'id'> {
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
    excerpt: outcome.kind === 'answer' ? excerptOf(outcome.body) : outcome.detail.slice(0, excerptLength),
    sha256: outcome.kind === 'answer' ? outcome.sha256 : '',
    shows: shows(exchange, place, observations),
  };
}

/** One phrase, from the facts that were read from this very exchange. */
function shows(exchange: Exchange, place: number, observations: Observations): string {
  const { identity, authenticity, access, cluster, dashboard, time, transport } = observations;
  const behind = dashboard?.cluster ?? null;
  let text: string | null = null;
  const kept = () => (text ??= keptText(exchange));
  const phrases: string[] = [];
  const say = (refs: EvidenceRefs | undefined, phraseOf: () => string | null) => {
    if (refs?.includes(place) !== true) return;
    const phrase = phraseOf();
    if (phrase !== null) phrases.push(phrase);
  };
  for (const [facts, where] of [
    [cluster, ''],
    [behind, ' through the dashboard'],
  ] as const) {
    say(
      facts?.searchPermittedOn?.evidence,
      () =>
        `lets us count${where}, which requires the privilege to search (${counts(facts?.searchPermittedOn?.documents)})`,
    );
    const indices = facts?.indices ?? null;
    say(facts?.evidence, () => (givesUuid(kept(), facts) ? `shows the id of the cluster${where}` : null));
    say(indices?.evidence, () =>
      indices === null
        ? null
        : `lists ${counted(indices.total, 'index', 'indices')}${indices.system > 0 ? ` (${count(indices.system)} of them ${indices.system === 1 ? 'a system index' : 'system indices'})` : ''}${where}`,
    );
  }
  const refused = isRefusal(exchange);
  say(access.caller.evidence, () => (refused && access.caller.login !== 'required' ? null : whoPhrase(observations)));
  say(dashboard?.setupEvidence, () =>
    dashboard?.setupOpen === true ? 'waits for its first user (interactive setup)' : null,
  );
  say(dashboard?.contentsEvidence, () => (refused ? null : 'its API responds without a login'));
  say(dashboard?.statusEvidence, () =>
    dashboard?.status === 'full'
      ? `shows its full status${saysVersion(exchange, kept(), identity.version.number) ? `, as ${productAndVersion(observations)}` : ''}`
      : null,
  );
  say(dashboard?.backend.evidence, () =>
    dashboard === null ? null : `reports its cluster as ${dashboard.backend.state}`,
  );
  say(time.processStartedAt?.evidence, () =>
    time.processStartedAt === null ? null : `its process started on ${moment(time.processStartedAt.at)}`,
  );
  // A version that is only the lowest to behave so is our judgement, not what it says.
  const itSays = () =>
    identity.version.certainty === 'exact' && !refused && saysVersion(exchange, kept(), identity.version.number);
  say(
    identity.evidence,
    () => `${itSays() ? 'reports that it is' : 'behaves like'} ${productAndVersion(observations)}`,
  );
  say(authenticity.evidence, () =>
    authenticity.genuine === 'yes' ? 'not a decoy: responds as a real server does' : null,
  );
  say(transport.certificate?.evidence, () => certificatePhrase(observations));
  say(transport.evidence, () => 'asks for a login over plain HTTP');
  const { power, traces } = observations;
  say(traces?.evidence, () =>
    traces === null || traces.incident === 'none'
      ? null
      : `lists ${counted(traces.total, 'index', 'indices')} with names that attackers use`,
  );
  say(power?.mayNotDelete ?? undefined, () => 'reports that the anonymous user may not delete an index');
  if (exchange.question === 'own-privileges' && power?.ground?.kind === 'privileges')
    say(power.groundEvidence, () => 'reports which indices the anonymous user may delete');
  if (exchange.question === 'own-privileges' && access.rung === 'documents' && access.proof === 'inferred')
    say(access.evidence, () => 'reports which indices the anonymous user may search');
  say(power?.settingsEvidence, () => (power === null ? null : guardPhrase(power)));
  say(
    power?.blocks?.evidence,
    () => `reports that ${countedOrNo(power?.blocks?.readOnly ?? 0, 'index is', 'indices are')} write-protected`,
  );
  for (const [refs, phrase] of shownByTopics(observations.topics)) say(refs, () => phrase);
  if (phrases.length === 0) return plainly(exchange);
  return phrases.slice(0, 3).join('; ');
}

function guardPhrase({ namesRequired }: PowerFacts): string {
  if (namesRequired?.source !== 'said') return 'does not show whether deleting requires an index name';
  return namesRequired.on ? 'allows deletion by index name only' : 'allows deletion by wildcard';
}

function certificatePhrase({ transport }: Observations): string | null {
  const { certificate } = transport;
  return certificate === null ? null : `presents the certificate of ${said(certificate.subject)}`;
}

function counts(documents: number | null | undefined): string {
  return documents === null || documents === undefined ? 'no count given' : counted(documents, 'document', 'documents');
}

function whoPhrase(observations: Observations): string | null {
  const { login, user, roles } = observations.access.caller;
  const withRoles = roles.length > 0 ? ` with ${counted(roles.length, 'role', 'roles')}` : '';
  switch (login) {
    case 'absent':
      return 'shows that it has no login of its own';
    case 'anonymous':
      if (observations.dashboard?.login === 'guest-offered') return 'offers a guest login';
      return `treats us as its user ${said(user ?? 'anonymous')}${withRoles}`;
    case 'required':
      return user === null ? 'asks for a login' : `reports that we are its user ${said(user)}${withRoles}`;
    case 'unknown':
      return null;
  }
}

/** The beginning of what was kept of a response, in which names and versions are looked for. */
function keptText({ outcome }: Exchange): string {
  if (outcome.kind !== 'answer') return '';
  const { body } = outcome;
  return body.kind === 'json' ? head(body.value, 4_000) : body.kind === 'text' ? body.text : '';
}

function givesUuid(kept: string, facts: ClusterFacts | null): boolean {
  const uuid = facts?.uuid ?? null;
  return uuid !== null && kept.includes(uuid);
}

function isRefusal({ outcome }: Exchange): boolean {
  return outcome.kind === 'answer' && (outcome.status === 401 || outcome.status === 403);
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

function plainly({ outcome }: Exchange): string {
  if (outcome.kind === 'failure') return failures[outcome.failure];
  const { body } = outcome;
  if (outcome.status < 300 && body.kind === 'json') {
    const listed = entriesOf(body.value);
    if (parseFields(body.value) !== null) return 'shows names of fields';
    if (listed !== null) return `lists ${countedOrNo(listed, 'entry', 'entries')}`;
  }
  if (outcome.status === 401 || outcome.status === 403) return `denies access (${count(outcome.status)})`;
  if (outcome.status >= 300 && outcome.status < 400) return `redirects (${count(outcome.status)})`;
  return outcome.status < 300 ? `responds (${count(outcome.status)})` : `responds with ${count(outcome.status)}`;
}

/** How many entries a listing had, as our digests keep it. */
function entriesOf(value: Json): number | null {
  if (value === null || typeof value !== 'object' || isList(value)) return null;
  const { total } = value;
  return typeof total === 'number' ? total : null;
}

function excerptOf(body: KeptBody): string {
  switch (body.kind) {
    case 'none':
      return '';
    case 'json':
      return cut(head(body.value, excerptLength));
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
const plainNames: ReadonlyMap<string, string> = new Map([
  ['total', 'listed'],
  ['system', 'of them system indices'],
  ['returned', 'documents returned'],
  ['oldest', 'oldest created'],
  ['newest', 'newest created'],
  ['reach', 'status shown'],
  ['uptimeMs', 'uptime in ms'],
  ['overall', 'overall status'],
  ['started', 'process started'],
  ['successful', 'shards that responded'],
  ['namesRequired', 'deletion by name only'],
  ['readOnly', 'read-only'],
  ['readOnlyAllowDelete', 'read-only but deletable'],
  ['writeOnly', 'not writable but deletable'],
  ['lastSuccess', 'last that succeeded'],
]);

/** Parts of a digest that only the survey needs. */
const inner: ReadonlySet<string> = new Set(['small', 'layout']);

/** The beginning of a value as JSON, without writing out the rest, or what is empty in it: a listing may be long. */
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
        const item = part[key] ?? null;
        if (item === null || inner.has(key) || (typeof item === 'object' && isList(item) && item.length === 0))
          continue;
        put(`${first ? '' : ','}${JSON.stringify(plainNames.get(key) ?? key)}:`);
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
