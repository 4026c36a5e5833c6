// An open cluster whose caller is taken to be able to delete what lies there. Nothing is tried.
import type { Check } from '../../model/check.js';
import type { Observations, PowerFacts } from '../../model/observation.js';
import { clusterQuestions, dataThere, rungReason, stakeOfReach } from '../access.js';
import { closeAnonymousUser, closeCluster, quoted } from '../remedies.js';
import {
  aCluster,
  answeredAs,
  Caller,
  closingNotes,
  contentsPhrase,
  counted,
  names,
  paragraph,
  said,
} from '../words.js';

/**
 * `role`: the role that gives every right; `patterns`: names of indices that the server says the caller may delete; both null
 * where it has no login at all.
 */
type Facts = { readonly role: string | null; readonly patterns: readonly string[] | null };

export const check: Check<Facts> = {
  id: 'anyone-can-delete',
  scope: 'endpoint',
  about: 'Whoever reaches a cluster must be assumed able to change and delete what lies there, at once or by name.',
  products: ['elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  questions: [...clusterQuestions, 'cluster-settings', 'index-blocks'],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/index-management-settings',
    'https://www.elastic.co/docs/reference/elasticsearch/index-settings/index-block',
    'https://docs.opensearch.org/latest/install-and-configure/configuring-opensearch/index-settings/',
  ],
  acceptable: true,
  proof: 'inferred',
  judge(observations) {
    const { access, power, dashboard } = observations;
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (access.state === 'guarded') return { verdict: 'pass', evidence: access.evidence };
    if (access.state !== 'open') return { verdict: 'not-applicable' };
    if (dashboard !== null) return { verdict: 'undetermined', reason: throughDashboard };
    if (dataThere(observations) === 'no') return { verdict: 'not-applicable' };
    if (power !== null && power.mayNotDelete !== null) return { verdict: 'pass', evidence: power.mayNotDelete };
    if (power === null || power.ground === null)
      return {
        verdict: 'undetermined',
        reason: access.caller.login === 'anonymous' ? rolesDoNotTell : 'whether it permits changes was not tested',
      };
    return {
      verdict: 'fail',
      facts: {
        role: power.ground.kind === 'role' ? power.ground.role : null,
        patterns: power.ground.kind === 'privileges' ? power.ground.deletes : null,
      },
      evidence: [
        ...access.evidence,
        ...power.groundEvidence,
        ...power.settingsEvidence,
        ...(power.blocks?.evidence ?? []),
        ...(observations.cluster?.indices?.evidence ?? []),
      ],
    };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'delete' }),
  texts: {
    en: {
      pass: 'It refused us, or says that the anonymous user may not delete an index.',
      title({ patterns }, observations, context) {
        if (patterns !== null && !patterns.includes('*'))
          return `${Caller(context)} must be assumed able to delete indices in ${aCluster(observations)}: ${names(patterns, 5) ?? ''}`;
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} must be assumed able to delete ${contents ?? 'what lies there'} in ${aCluster(observations)}${howFast(observations)}`;
      },
      summary(facts, observations, context) {
        const { power } = observations;
        return paragraph(
          answeredAs(observations, context),
          grounds(facts, observations),
          inferred(observations),
          power === null ? null : guard(power),
          power === null ? null : protection(power),
          ...closingNotes(observations, context),
        );
      },
      remedy(_facts, observations) {
        const close =
          observations.access.caller.login === 'anonymous'
            ? closeAnonymousUser(observations, true)
            : closeCluster(observations);
        if (observations.power?.namesRequired?.on === true) return close;
        return { ...close, steps: [...close.steps.slice(0, 2), requireNames(observations), ...close.steps.slice(2)] };
      },
    },
  },
};

const throughDashboard = 'what can be changed through a dashboard was not tested: no read shows it';
const rolesDoNotTell =
  'what its anonymous user may change was not tested, and neither his roles nor the server tell it';

function grounds({ role, patterns }: Facts, { access }: Observations): string {
  const untested = 'whether something in front refuses writes was not tested';
  if (role === null && patterns === null) return `The server has no login of its own; ${untested}.`;
  const user = said(access.caller.user ?? 'anonymous');
  return role === null
    ? `It calls such a caller ${user} and says that he may delete the indices that match ${names(patterns ?? [], 5) ?? ''}; ${untested}.`
    : `It calls such a caller ${user} and gives him the role ${said(role)}, which has every right; ${untested}.`;
}

function inferred({ access, power }: Observations): string {
  const changes = power?.reconfigures === false ? 'write and delete there' : 'write, delete and change settings';
  return access.reaches.documents === 'yes'
    ? `That he can read was shown; that he can ${changes} is inferred, and none of it was tried.`
    : `That he can read, ${changes} is inferred, and none of it was tried.`;
}

function howFast({ power }: Observations): string {
  // what only the version tells, a file that was not seen may say otherwise
  if (power?.namesRequired?.source !== 'said') return '';
  if (power.namesRequired.on) return ', index by index';
  const unprotected = power.clusterBlock !== 'read-only' && (power.blocks?.readOnly ?? 0) === 0;
  return unprotected ? ', with a single request' : '';
}

function guard({ namesRequired }: PowerFacts): string {
  if (namesRequired === null) return 'Whether one request with a wildcard would delete all of it was not told.';
  const setting = 'action.destructive_requires_name';
  if (namesRequired.source === 'default')
    return namesRequired.on
      ? `From this version on a wildcard is refused unless a setting (${setting}) says otherwise, which it did not tell: each index would have to be named.`
      : `In this version one request with a wildcard deletes all of it unless a setting (${setting}) forbids it; the server named no such setting, and its own file was not seen.`;
  return namesRequired.on
    ? `A wildcard is refused (${setting} is true): each index would have to be named, or that setting changed first.`
    : `One request with a wildcard would delete all of it (${setting} is false).`;
}

function protection({ clusterBlock, blocks, namesRequired }: PowerFacts): string | null {
  if (clusterBlock === 'read-only')
    return 'The whole cluster is write-protected (cluster.blocks.read_only); the same caller could lift that.';
  if (clusterBlock === 'read-only-but-deletable')
    return 'Nothing can be written (cluster.blocks.read_only_allow_delete), but deleting is allowed.';
  if (blocks === null || blocks.readOnly === 0) return null;
  const wildcard =
    namesRequired?.on === false ? ' A request with a wildcard that meets one of them fails as a whole.' : '';
  return `${counted(blocks.readOnly, 'index is', 'indices are')} write-protected (${names(blocks.names, 5, blocks.readOnly) ?? ''}): that has to be lifted before ${blocks.readOnly === 1 ? 'it' : 'they'} can be deleted, which the same caller could do.${wildcard}`;
}

function requireNames({ url }: Observations) {
  return {
    text: 'Today, until the login stands: let indices be deleted by name only. It stops a wildcard, and nobody who knows the names.',
    code: `curl -sS -X PUT -H 'Content-Type: application/json' ${quoted(`${url}/_cluster/settings`)} -d '{"persistent": {"action.destructive_requires_name": true}}'`,
  };
}
