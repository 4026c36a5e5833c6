// A cluster that names its indices or counts their records to a caller without credentials, and shows no more.
import type { Check } from '../../model/check.js';
import { besideQuestions, clusterFieldQuestions, clusterQuestions, reachEvidence, stakeOfReach } from '../access.js';
import { closeCluster, closeRest } from '../remedies.js';
import { whyReachUnknown } from '../texts/en.js';
import { loggedInAs } from '../observed.js';
import {
  aCluster,
  answeredAs,
  calledUser,
  Caller,
  contentsPhrase,
  fieldsSpeakOf,
  holds,
  holesInWall,
  paragraph,
} from '../words.js';

/** `refused`: reading documents was denied; otherwise it was not determined. */
type Facts = { readonly refused: boolean };

export const check: Check<Facts> = {
  id: 'cluster-metadata-exposed',
  scope: 'endpoint',
  about:
    'An Elasticsearch or OpenSearch cluster lists its indices to a caller without credentials, and no more was seen.',
  products: ['elasticsearch', 'opensearch'],
  questions: [...clusterQuestions, ...clusterFieldQuestions, ...besideQuestions],
  cwe: 'CWE-200',
  references: [
    'https://cwe.mitre.org/data/definitions/200.html',
    'https://www.elastic.co/docs/deploy-manage/security',
    'https://docs.opensearch.org/latest/security/',
  ],
  acceptable: true,
  needs: ['open'],
  guarded: 'pass',
  judge(observations) {
    const { access } = observations;
    if (access.caller.login === 'anonymous' || access.rung !== 'metadata') return { verdict: 'not-applicable' };
    return {
      verdict: 'fail',
      facts: { refused: access.reaches.documents === 'no' },
      evidence: [...reachEvidence(observations), ...observations.refused.evidence],
    };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  remedy: (facts, observations) =>
    facts.refused && loggedInAs(observations) === null ? closeRest(observations) : closeCluster(observations),
  texts: {
    en: {
      title(_facts, observations, context) {
        const contents = contentsPhrase(observations.cluster);
        return `${Caller(context)} can list the indices of ${aCluster(observations)}${contents === null ? '' : `: ${contents}`}`;
      },
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          calledUser(observations),
          holesInWall(observations),
          holds(observations.cluster, 'It lists'),
          fieldsSpeakOf(observations),
          facts.refused
            ? 'Reading documents was denied.'
            : `Whether documents can be read was not determined (${whyReachUnknown(observations)}): treat them as exposed until you know.`,
        );
      },
    },
  },
};
