// Replaces names of indices and clusters by pseudonyms (`--mask-names`).
import { createHmac } from 'node:crypto';
import { namesOfTopics } from './topics.js';
import { keptTitles } from '../catalogue/dashboard.js';
import { parseFields } from '../catalogue/fields.js';
import { parseListing } from '../catalogue/listing.js';
import type { MaskedNames, NameMask } from '../model/check.js';
import type { EndpointRecord, Exchange, KeptBody } from '../model/exchange.js';
import type { EndpointSummary, Finding } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { ClusterFacts, Observations } from '../model/observation.js';
import { textMask } from '../text/mask.js';

/** Hex digits of a pseudonym: few of 200 names on one page are ever called alike. There may be a million hosts. */
const digitsOf = (kind: Parameters<NameMask>[0]): number => (kind === 'host' || kind === 'address' ? 12 : 8);

/**
 * Gives names their pseudonyms: the same name the same one, everywhere in one output, with nothing kept in memory.
 *
 * @param secret without it, trying names does not reveal which one a pseudonym stands for
 */
export function nameMask(secret: string): NameMask {
  return (kind, name) =>
    `${kind}-${createHmac('sha256', secret).update(`${kind}\n${name}`).digest('hex').slice(0, digitsOf(kind))}`;
}

/** Replaces an id (hex digits) that could be guessed by hashing names: the same one by the same one, of the same length. */
export function idMask(secret: string): (id: string) => string {
  return (id) => createHmac('sha256', secret).update(`id\n${id}`).digest('hex').slice(0, id.length);
}

/** What a name or pattern is called: `*` alone says nothing. */
function isName(name: string | null | undefined): name is string {
  return name !== null && name !== undefined && name !== '' && name !== '*';
}

/** Every name of an index, alias, data view or cluster that a record and what was read of it hold, with its pseudonym. */
export function namesToMask(record: EndpointRecord, observations: Observations, mask: NameMask): MaskedNames {
  const names = new Map<string, string>();
  const add = (kind: Parameters<NameMask>[0], list: readonly (string | null | undefined)[]) => {
    for (const name of list) if (isName(name) && !names.has(name)) names.set(name, mask(kind, name));
  };
  const ofCluster = (facts: ClusterFacts | null) => {
    add('cluster', [facts?.name]);
    add('index', [...(facts?.indices?.list.map(({ name }) => name) ?? []), facts?.searchPermittedOn?.index]);
  };
  const { cluster, dashboard, fields, power, traces } = observations;
  ofCluster(cluster);
  ofCluster(dashboard?.cluster ?? null);
  add('index', traces?.indices.map(({ name }) => name) ?? []);
  add('index', power?.blocks?.names ?? []);
  for (const [kind, name] of namesOfTopics(record, observations.topics)) add(kind, [name]);
  for (const exchange of record.exchanges) ofExchange(exchange, add);
  for (const { title, indices } of dashboard?.dataSources ?? []) {
    add('cluster', [title]);
    add('index', indices?.list.map(({ name }) => name) ?? []);
  }
  add('pattern', dashboard?.savedObjects ?? []);
  add('pattern', fields?.indices ?? []);
  add('pattern', power?.ground?.kind === 'privileges' ? power.ground.deletes : []);
  add('pattern', power?.writes ?? []);
  return names;
}

function ofExchange(
  { blanks, outcome }: Exchange,
  add: (kind: 'index' | 'pattern' | 'cluster', list: readonly string[]) => void,
) {
  add('index', blanks['index']?.split(',') ?? []);
  add('pattern', [blanks['view'] ?? '', blanks['source'] ?? '']);
  if (outcome.kind !== 'answer') return;
  const { body } = outcome;
  if (body.kind === 'error' && blanks['nonce'] === undefined) add('index', [body.resource ?? '']);
  if (body.kind !== 'json') return;
  const object = new Map(typeof body.value === 'object' && body.value !== null ? Object.entries(body.value) : []);
  for (const value of [body.value, object.get('listing')]) {
    const listing = parseListing(value);
    if (listing !== null) add('index', [...listing.list.map(({ name }) => name), ...listing.small]);
  }
  const clusterName = object.get('cluster_name');
  if (typeof clusterName === 'string') add('cluster', [clusterName]);
  const titles = keptTitles.safeParse(body.value);
  // Names of spaces are titles as well, and do not name the contents: they are left.
  if (titles.success)
    add(
      'pattern',
      titles.data.views.flatMap(({ id, title }) => [title, id]),
    );
  add('index', parseFields(body.value)?.indices.map(({ name }) => name) ?? []);
}

/** The record with its names replaced: what excerpts and URLs of evidence are made of. Never what is judged. */
export function maskRecord(record: EndpointRecord, names: MaskedNames): EndpointRecord {
  const text = textMask(names);
  return {
    ...record,
    exchanges: record.exchanges.map((exchange) => ({
      ...exchange,
      path: maskPath(exchange.path, names),
      outcome:
        exchange.outcome.kind === 'failure'
          ? { ...exchange.outcome, detail: text(exchange.outcome.detail) }
          : { ...exchange.outcome, body: maskBody(exchange.outcome.body, names, text) },
    })),
  };
}

function maskBody(body: KeptBody, names: MaskedNames, text: (said: string) => string): KeptBody {
  switch (body.kind) {
    case 'none':
      return body;
    case 'json':
      return { kind: 'json', value: maskJson(body.value, names, text) };
    case 'error':
      return {
        ...body,
        reason: body.reason === null ? null : text(body.reason),
        resource: body.resource === null ? null : text(body.resource),
        text: text(body.text),
      };
    case 'text':
      return { ...body, text: text(body.text), title: body.title === null ? null : text(body.title) };
  }
}

function maskJson(value: Json, names: MaskedNames, text: (said: string) => string): Json {
  if (typeof value === 'string') return names.get(value) ?? text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => maskJson(item, names, text));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      names.get(key) ?? key,
      // Names of fields stay, also where an index is called as one is.
      key === 'fields' ? item : maskJson(item, names, text),
    ]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A path with its query: segments and values are names, or lists of them. */
function maskPath(path: string, names: MaskedNames): string {
  return path.replace(/[^/?&=]+/g, (part) => {
    const list = decoded(part).split(',');
    return list.some((name) => names.has(name)) ? list.map((name) => names.get(name) ?? name).join('%2C') : part;
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Prose: it quotes a target between backticks, and nowhere else. */
export function maskProse(text: string, names: MaskedNames): string {
  return text.replace(/`([^`]*)`/g, (quoted, name: string) => {
    const pseudonym = names.get(name) ?? [...names].find(([real]) => real.replaceAll('`', "'") === name)?.[1];
    return pseudonym === undefined ? quoted : `\`${pseudonym}\``;
  });
}

/** A finding with the names in it replaced. Its evidence is masked already: it was made of a masked record. */
export function maskFinding(finding: Finding, names: MaskedNames): Finding {
  const prose = (text: string) => maskProse(text, names);
  const name = (real: string) => names.get(real) ?? real;
  const { contents, remedy, since } = finding;
  return {
    ...finding,
    title: prose(finding.title),
    summary: prose(finding.summary),
    contents:
      contents === null
        ? null
        : { ...contents, largest: contents.largest.map((index) => ({ ...index, name: name(index.name) })) },
    stake: finding.stake.map((entry) => ({ ...entry, index: name(entry.index) })),
    since: { ...since, reasoning: prose(since.reasoning) },
    remedy: {
      steps: remedy.steps.map((step) => ({ ...step, text: prose(step.text) })),
      verify: { command: remedy.verify.command, expect: prose(remedy.verify.expect) },
    },
  };
}

/** An endpoint's line with the names in it replaced. */
export function maskSummary(summary: EndpointSummary, names: MaskedNames): EndpointSummary {
  return {
    ...summary,
    clusterName: summary.clusterName === null ? null : (names.get(summary.clusterName) ?? summary.clusterName),
    reasonText: summary.reasonText === null ? null : maskProse(summary.reasonText, names),
    undetermined: summary.undetermined.map(({ check, reason }) => ({ check, reason: maskProse(reason, names) })),
  };
}

/** Only the names that occur in a value: what an endpoint carries until its group checks are worded. */
export function occurring(names: MaskedNames, value: object): MaskedNames {
  const text = JSON.stringify(value);
  return new Map([...names].filter(([name]) => text.includes(JSON.stringify(name).slice(1, -1))));
}
