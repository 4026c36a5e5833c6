// An open cluster whose caller is taken to be able to delete its contents. Nothing is tried.
import type { Check } from '../../model/check.js';
import type { Observations, PowerFacts } from '../../model/observation.js';
import { clusterQuestions, dataThere, stakeOfReach } from '../access.js';
import { closeAnonymousUser, closeCluster, quoted } from '../remedies.js';
import { thisHour } from '../steps.js';
import { aCluster, answeredAs, Caller, contentsPhrase, counted, names, paragraph, said } from '../words.js';

/**
 * `role`: the role that gives every right; `patterns`: names of indices that the server says the caller may delete; both null
 * where it has no login at all.
 */
type Facts = { readonly role: string | null; readonly patterns: readonly string[] | null };

type Why = 'through-dashboard' | 'roles-do-not-show' | 'changes-not-tested';

export const check: Check<Facts, never, Why, 'require-names'> = {
  id: 'anyone-can-delete',
  scope: 'endpoint',
  about: 'Every caller of a cluster is likely able to change and delete its contents, all at once or by name.',
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
  needs: ['open'],
  guarded: 'pass',
  proof: 'inferred',
  judge(observations) {
    const { access, power, dashboard } = observations;
    if (dashboard !== null) return { verdict: 'undetermined', reason: 'through-dashboard' };
    if (dataThere(observations) === 'no') return { verdict: 'not-applicable' };
    if (power !== null && power.mayNotDelete !== null) return { verdict: 'pass', evidence: power.mayNotDelete };
    if (power === null || power.ground === null)
      return {
        verdict: 'undetermined',
        reason: access.caller.login === 'anonymous' ? 'roles-do-not-show' : 'changes-not-tested',
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
  remedy(_facts, observations) {
    const close =
      observations.access.caller.login === 'anonymous'
        ? closeAnonymousUser(observations, true)
        : closeCluster(observations);
    if (observations.power?.namesRequired?.on === true) return close;
    return { ...close, steps: [...close.steps.slice(0, 2), requireNames(observations), ...close.steps.slice(2)] };
  },
  texts: {
    en: {
      title({ patterns }, observations, context) {
        if (patterns !== null && !patterns.includes('*'))
          return `${Caller(context)} can likely delete indices in ${aCluster(observations)}: ${names(patterns, 5) ?? ''}`;
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} can likely delete ${contents ?? 'the contents'} in ${aCluster(observations)}${howFast(observations)}`;
      },
      summary(facts, observations, context) {
        const { power } = observations;
        return paragraph(
          answeredAs(observations, context),
          grounds(facts, observations),
          inferred(observations),
          power === null ? null : guard(power),
          power === null ? null : protection(power),
        );
      },
      remedy: {
        'require-names':
          'Allow deletion by explicit index name only, until a login is required. This stops wildcard deletes, not targeted ones.',
      },
      undetermined: {
        'through-dashboard': 'what can be changed through a dashboard was not tested: no read shows it',
        'roles-do-not-show':
          'what its anonymous user may change was not tested, and neither its roles nor the server show it',
        'changes-not-tested': 'whether it permits changes was not tested',
      },
    },
  },
};

function grounds({ role, patterns }: Facts, { access }: Observations): string {
  const untested = 'whether something in front denies writes was not tested';
  if (role === null && patterns === null) return `The server has no login of its own; ${untested}.`;
  const user = said(access.caller.user ?? 'anonymous');
  return role === null
    ? `It treats such a caller as its user ${user} and reports that this user may delete the indices that match ${names(patterns ?? [], 5) ?? ''}; ${untested}.`
    : `It treats such a caller as its user ${user} with the role ${said(role)}, which has every privilege; ${untested}.`;
}

function inferred({ access, power }: Observations): string {
  const changes = power?.reconfigures === false ? 'write and delete there' : 'write, delete and change settings';
  return access.reaches.documents === 'yes'
    ? `Reading was shown. Inferred, and not tried: the caller can also ${changes}.`
    : `Inferred, and not tried: the caller can read, ${changes}.`;
}

function howFast({ power }: Observations): string {
  // A configuration file that was not seen may change the default of the version.
  if (power?.namesRequired?.source !== 'said') return '';
  if (power.namesRequired.on) return ', index by index';
  const unprotected = power.clusterBlock !== 'read-only' && (power.blocks?.readOnly ?? 0) === 0;
  return unprotected ? ', with a single request' : '';
}

function guard({ namesRequired }: PowerFacts): string {
  if (namesRequired === null) return 'Whether one request with a wildcard would delete everything was not shown.';
  const setting = 'action.destructive_requires_name';
  if (namesRequired.source === 'default')
    return namesRequired.on
      ? `From this version on, deleting by wildcard is denied by default, so each index has to be named; the setting (${setting}) was not shown.`
      : `In this version, one request with a wildcard deletes everything unless a setting (${setting}) forbids it. The server reports no such setting; its configuration file was not seen.`;
  return namesRequired.on
    ? `Deleting by wildcard is denied (${setting} is true): each index has to be named, or that setting changed first.`
    : `One request with a wildcard would delete everything (${setting} is false).`;
}

function protection({ clusterBlock, blocks, namesRequired }: PowerFacts): string | null {
  if (clusterBlock === 'read-only')
    return 'The cluster is write-protected (cluster.blocks.read_only), but the same caller could remove that.';
  if (clusterBlock === 'read-only-but-deletable')
    return 'Nothing can be written (cluster.blocks.read_only_allow_delete), but deleting is allowed.';
  if (blocks === null || blocks.readOnly === 0) return null;
  const wildcard = namesRequired?.on === false ? ' A wildcard request that matches one of them fails completely.' : '';
  return `${counted(blocks.readOnly, 'index is', 'indices are')} write-protected (${names(blocks.names, 5, blocks.readOnly) ?? ''}): the same caller could remove that and then delete ${blocks.readOnly === 1 ? 'it' : 'them'}.${wildcard}`;
}

function requireNames({ url }: Observations) {
  return thisHour.shell(
    'require-names',
    `curl -sS -X PUT -H 'Content-Type: application/json' ${quoted(`${url}/_cluster/settings`)} -d '{"persistent": {"action.destructive_requires_name": true}}'`,
  );
}
