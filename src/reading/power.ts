// What a caller could change or delete.
import type { EndpointRecord } from '../model/exchange.js';
import type { Identity, PowerFacts, PowerGround } from '../model/observation.js';
import { parseClusterSettings, parseIndexBlocks, parseOwnPrivileges } from '../catalogue/write-protection.js';
import { powerfulRoles } from '../knowledge/powerful-roles.js';
import type { ClusterReading } from './cluster.js';
import { answerTo, kept, refs } from '../catalogue/exchanges.js';

/** What the server says that an anonymous caller may change; null where it did not say. */
function ownPrivileges(record: EndpointRecord): ReturnType<typeof parseOwnPrivileges> {
  return kept(answerTo(record, 'own-privileges'), parseOwnPrivileges);
}

/**
 * Why a caller is taken to be able to change and delete: the server says that it has no login at all, gives the caller a
 * role whose rights its vendor fixed (as an anonymous user, or as the one that something in front logs every caller in as), or
 * lists a privilege of theirs that allows it. Never tried; null where none of them is so.
 */
export function groundOf(record: EndpointRecord, { access, identity, facts }: ClusterReading): PowerGround | null {
  if (access.state !== 'open') return null;
  if (access.reaches.control === 'yes') return { kind: 'no-login' };
  if (access.caller.user === null) return null;
  const role = access.caller.roles.find((name) =>
    powerfulRoles.some((known) => known.role === name && known.product === identity.product),
  );
  if (role !== undefined) return { kind: 'role', role };
  const shown = facts?.indices?.list.filter(({ system }) => !system) ?? [];
  const deletes = (ownPrivileges(record)?.deletes ?? []).filter((pattern) =>
    shown.some(({ name }) => matches(pattern, name)),
  );
  return deletes.length === 0 ? null : { kind: 'privileges', deletes };
}

/**
 * Whether a pattern of a role matches a name: `*` and `?` only; one in slashes is a regular expression of Lucene's. Goes back
 * to the last `*` at most, so that a pattern made to be slow is not.
 */
function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('/')) return false;
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < name.length;) {
    if (pattern[at] === '*') {
      star = at++;
      resume = i;
    } else if (pattern[at] === '?' || (at < pattern.length && pattern[at] === name[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/**
 * Whether indices can be deleted by name only, where the server did not say: required since Elasticsearch 8.0 (breaking
 * changes of 8.0, "action.destructive_requires_name now defaults to true"), and not before, nor in OpenSearch 1 to 3
 * (opensearch-project/OpenSearch DestructiveOperations.java, seen on 2.19).
 */
function requiredByDefault(product: Identity['product'], major: number | null): boolean | null {
  if (product === 'opensearch') return false;
  return product === 'elasticsearch' && major !== null ? major >= 8 : null;
}

/** What a caller could do to an open cluster, and what would prevent it. Null where no cluster is open. */
export function readPower(record: EndpointRecord, cluster: ClusterReading): PowerFacts | null {
  const { access, identity } = cluster;
  if (access.state !== 'open') return null;
  const ground = groundOf(record, cluster);
  const own = ownPrivileges(record);
  const told = answerTo(record, 'own-privileges');
  const toldBy = refs(told);
  const settings = answerTo(record, 'cluster-settings');
  // answers of backends that do not agree are never joined
  const said = access.mixed ? null : kept(settings, parseClusterSettings);
  const byDefault = access.mixed ? null : requiredByDefault(identity.product, identity.major);
  const blocked = answerTo(record, 'index-blocks');
  const blocks = access.mixed ? null : kept(blocked, parseIndexBlocks);
  return {
    ground,
    groundEvidence:
      ground === null
        ? []
        : ground.kind === 'privileges'
          ? refs(access.caller.evidence, toldBy)
          : access.caller.evidence,
    writes: own?.writes ?? [],
    reconfigures: ground !== null && (ground.kind !== 'privileges' || own?.reconfigures === true),
    mayNotDelete: ground === null && own?.deletes.length === 0 && told?.answer.truncated === false ? toldBy : null,
    namesRequired:
      said?.namesRequired !== undefined
        ? { on: said.namesRequired, source: 'said' }
        : byDefault === null
          ? null
          : { on: byDefault, source: 'default' },
    clusterBlock:
      said?.readOnly === true ? 'read-only' : said?.readOnlyAllowDelete === true ? 'read-only-but-deletable' : null,
    settingsEvidence: said === null ? [] : refs(settings),
    blocks: blocks === null ? null : { ...blocks, evidence: refs(blocked) },
  };
}
