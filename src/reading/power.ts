import type { EndpointRecord } from '../model/exchange.js';
import type { Access, Identity, PowerFacts, PowerGround } from '../model/observation.js';
import { parseClusterSettings, parseIndexBlocks } from '../catalogue/changes.js';
import { powerfulRoles } from '../knowledge/powerful-roles.js';
import type { ClusterReading } from './cluster.js';
import { answerTo, kept, refs } from './exchanges.js';

/**
 * Why a caller is taken to be able to change and delete: the server says that it has no login at all, or calls him by a role
 * whose rights its makers fixed. Inferred either way; null where neither is so.
 */
export function groundOf(access: Access, product: Identity['product']): PowerGround | null {
  if (access.state !== 'open') return null;
  if (access.reaches.control === 'yes') return { kind: 'no-login' };
  if (access.caller.login !== 'anonymous') return null;
  const role = access.caller.roles.find((name) =>
    powerfulRoles.some((known) => known.role === name && known.product === product),
  );
  return role === undefined ? null : { kind: 'role', role };
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

/** What a caller could do to an open cluster, and what would stand in his way. Null where no cluster is open. */
export function readPower(record: EndpointRecord, { access, identity }: ClusterReading): PowerFacts | null {
  if (access.state !== 'open') return null;
  const ground = groundOf(access, identity.product);
  const settings = answerTo(record, 'cluster-settings');
  // answers of backends that do not agree are never joined
  const said = access.mixed ? null : kept(settings, parseClusterSettings);
  const byDefault = access.mixed ? null : requiredByDefault(identity.product, identity.major);
  const blocked = answerTo(record, 'index-blocks');
  const blocks = access.mixed ? null : kept(blocked, parseIndexBlocks);
  return {
    ground,
    groundEvidence: ground === null ? [] : access.caller.evidence,
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
