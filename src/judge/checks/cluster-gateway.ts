// A cluster that lets callers in and is linked to other clusters, which may deny access themselves.
import type { Check } from '../../model/check.js';
import { clusterFieldQuestions, clusterQuestions, reachEvidence } from '../access.js';
import { closeCluster, quoted } from '../remedies.js';
import { thisWeek } from '../steps.js';
import { aCluster, answeredAs, Caller, count, counted, names, paragraph } from '../words.js';

/** The clusters that it reports links to, the first ten by name. */
type Facts = { readonly total: number; readonly connected: number; readonly names: readonly string[] };

/** Names a finding carries. */
const namesKept = 10;

export const check: Check<Facts, 'remotes', 'search-denied-here', 'delete-links' | 'search-logs-of-linked'> = {
  id: 'cluster-gateway',
  scope: 'endpoint',
  about: 'A cluster that lets a caller in is linked to other clusters for cross-cluster search.',
  products: ['elasticsearch', 'opensearch'],
  questions: [...clusterQuestions, ...clusterFieldQuestions],
  needs: ['open', 'remotes'],
  cwe: 'CWE-441',
  references: [
    'https://cwe.mitre.org/data/definitions/441.html',
    'https://www.elastic.co/docs/solutions/search/cross-cluster-search',
    'https://docs.opensearch.org/latest/search-plugins/cross-cluster-search/',
  ],
  // What an owner accepted for this cluster says nothing about the others.
  acceptable: false,
  judge(observations) {
    const { access, topics } = observations;
    const { remotes } = topics;
    if (remotes.total === 0) return { verdict: 'pass', evidence: remotes.evidence };
    if (access.reaches.documents === 'no') return { verdict: 'undetermined', reason: 'search-denied-here' };
    return {
      verdict: 'fail',
      facts: {
        total: remotes.total,
        connected: remotes.connected,
        names: remotes.list.slice(0, namesKept).map(({ name }) => name),
      },
      evidence: [...remotes.evidence, ...reachEvidence(observations)],
    };
  },
  stake: (_facts, { access }) => ({
    kind: 'linked',
    rung: access.rung,
    documents: 'unknown',
    data: 'unknown',
    through: 'cluster',
    incident: 'none',
  }),
  remedy(_facts, observations) {
    const closed = closeCluster(observations);
    return {
      steps: [
        ...closed.steps,
        thisWeek.shell(
          'delete-links',
          `curl -X PUT ${quoted(`${observations.url}/_cluster/settings`)} -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'`,
        ),
        thisWeek.do('search-logs-of-linked'),
      ],
      verify: closed.verify,
    };
  },
  texts: {
    en: {
      title(facts, observations, context) {
        return `${Caller(context)} can enter ${aCluster(observations)} that is linked to ${counted(facts.total, 'other cluster', 'other clusters')}`;
      },
      summary(facts, observations, context) {
        const { total, connected } = facts;
        return paragraph(
          answeredAs(observations, context),
          `It lists ${counted(total, 'remote cluster', 'remote clusters')}, ${connected === total ? (total === 1 ? 'connected' : 'all connected') : `${connected === 0 ? 'none' : count(connected)} of them connected`}: ${names(facts.names, namesKept, total) ?? ''}.`,
          'Inferred from the links: their contents can be searched through it, even where they deny access themselves.',
          'We did not contact them, and made no search through it.',
        );
      },
      remedy: {
        'delete-links': ({ total }) =>
          `Delete the links that are not needed (${counted(total, 'link is', 'links are')} set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.`,
        'search-logs-of-linked':
          'Search the access and audit logs of the linked clusters too, for the entire period in which this one was open.',
      },
      undetermined: {
        'search-denied-here': 'it is linked to other clusters; a search was denied here, and none was tried through it',
      },
    },
  },
};
