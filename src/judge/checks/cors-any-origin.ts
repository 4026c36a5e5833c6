// Pages of any origin may read an open cluster.
import type { Check } from '../../model/check.js';
import type { CorsFacts } from '../../topics/cors.js';
import { stakeOfReach } from '../access.js';
import { closeOrigins } from '../transport-remedies.js';
import { moment, paragraph, productAndVersion } from '../words.js';

type Facts = Pick<CorsFacts, 'credentials'> & { readonly allows: 'any' | 'echoed' };

export const check: Check<Facts, 'cors'> = {
  id: 'cors-any-origin',
  scope: 'endpoint',
  about: 'A cluster that lets callers in allows web pages of any origin to read it.',
  products: ['elasticsearch', 'opensearch'],
  questions: [],
  // Where a login is asked for, a page without credentials of the visitor's reads nothing: not asked there.
  needs: ['open', 'cors'],
  cwe: 'CWE-942',
  references: [
    'https://cwe.mitre.org/data/definitions/942.html',
    'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
  ],
  acceptable: false,
  judge(observations) {
    const { allows, credentials, evidence } = observations.topics.cors;
    return allows === 'no'
      ? { verdict: 'pass', evidence }
      : { verdict: 'fail', facts: { allows, credentials }, evidence };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'any-origin' }),
  remedy: (_facts, observations) => closeOrigins(observations),
  texts: {
    en: {
      title: (_facts, observations) => `${productAndVersion(observations)} lets web pages of any origin read it`,
      summary(facts, observations) {
        return paragraph(
          `On ${moment(observations.at)}, ${observations.url} responded to a request from the invented origin https://leftopen.invalid with ${
            facts.allows === 'any'
              ? '`Access-Control-Allow-Origin: *`'
              : 'that very origin in `Access-Control-Allow-Origin`'
          }${facts.credentials ? ', and allows pages to send credentials' : ''}.`,
          'So any web page can read this cluster through the browser of a visitor who can reach it. A firewall does not stop that.',
          'Whether pages may use methods other than GET was not tested.',
        );
      },
    },
  },
};
