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

/** The role that gives every right; null where the server has no login at all. */
type Facts = { readonly role: string | null };

/** An open cluster whose caller is taken to be able to delete what lies there. Nothing is tried. */
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
    if (power === null || power.ground === null)
      return {
        verdict: 'undetermined',
        reason: access.caller.login === 'anonymous' ? rolesDoNotTell : 'whether it permits changes was not tested',
      };
    return {
      verdict: 'fail',
      facts: { role: power.ground.kind === 'role' ? power.ground.role : null },
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
      pass: 'It refused us.',
      title(_facts, observations, context) {
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} must be assumed able to delete ${contents ?? 'what lies there'} in ${aCluster(observations)}${howFast(observations)}`;
      },
      summary(facts, observations, context) {
        const { access, power } = observations;
        return paragraph(
          answeredAs(observations, context),
          facts.role === null
            ? 'The server has no login of its own; whether something in front refuses writes was not tested.'
            : `It calls such a caller ${said(access.caller.user ?? 'anonymous')} and gives him the role ${said(facts.role)}, which has every right; whether something in front refuses writes was not tested.`,
          access.reaches.documents === 'yes'
            ? 'That he can read was shown; that he can write, delete and change settings is inferred, and none of it was tried.'
            : 'That he can read, write, delete and change settings is inferred, and none of it was tried.',
          power === null ? null : guard(power),
          power === null ? null : protection(power),
          ...closingNotes(observations, context),
        );
      },
      remedy(facts, observations) {
        const close = facts.role === null ? closeCluster(observations) : closeAnonymousUser(observations, true);
        if (observations.power?.namesRequired?.on === true) return close;
        return { ...close, steps: [...close.steps.slice(0, 2), requireNames(observations), ...close.steps.slice(2)] };
      },
    },
  },
};

const throughDashboard = 'what can be changed through a dashboard was not tested: no read shows it';
const rolesDoNotTell = 'what its anonymous user may change was not tested, and the names of his roles do not tell';

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
