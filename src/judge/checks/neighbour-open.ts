// A product beside a cluster that answers callers without credentials by its own API.
import type { Check } from '../../model/check.js';
import { companionProducts } from '../../model/endpoint.js';
import type { Remedy } from '../../model/finding.js';
import type { CompanionFacts, Observations } from '../../model/observation.js';
import { rungReason } from '../access.js';
import { questionsOfCompanions } from '../topics.js';
import { neighbourWords } from '../neighbours.js';
import { afterwards, ask, firstHour } from '../remedies.js';
import { answeredAs, Caller, closingNotes, counted, paragraph } from '../words.js';

/** What the product's own API showed. */
type Facts = Pick<CompanionFacts, 'product' | 'lists' | 'data' | 'login'>;

export const check: Check<Facts> = {
  id: 'neighbour-open',
  scope: 'endpoint',
  about: 'A product beside a cluster (elasticvue, Jaeger, Prometheus, Solr, ZincSearch, Zipkin) lets a caller in.',
  products: companionProducts,
  questions: ['root', ...questionsOfCompanions],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    ...companionProducts.map((product) => neighbourWords[product].reference),
  ],
  acceptable: true,
  judge(observations) {
    const { access, identity, companion } = observations;
    if (companion !== null && access.state === 'open') {
      const { product, lists, data, login } = companion;
      return {
        verdict: 'fail',
        facts: { product, lists, data, login },
        evidence: [...identity.evidence, ...companion.evidence],
      };
    }
    if (access.state === 'guarded') return { verdict: 'pass', evidence: access.evidence };
    return { verdict: 'undetermined', reason: rungReason(observations) };
  },
  stake(facts, { access }) {
    return {
      kind: facts.login === 'yes' ? 'published-login' : 'reach',
      rung: access.rung,
      documents: access.reaches.documents,
      data: dataBehind(facts),
      through: 'dashboard',
      incident: 'none',
    };
  },
  texts: {
    en: {
      pass: 'It did not let us in without credentials.',
      title(facts, _observations, context) {
        const { name } = neighbourWords[facts.product];
        if (facts.login === 'yes')
          return `${Caller(context)} is given a login of a cluster by ${name} that asks for none itself`;
        const list = listed(facts);
        return `${Caller(context)} can enter ${name} without a login${list === null ? '' : `: it lists ${list}`}`;
      },
      summary(facts, observations, context) {
        const { opens } = neighbourWords[facts.product];
        const list = listed(facts);
        return paragraph(
          answeredAs(observations, context),
          'Its API asked for no login.',
          list === null ? null : `It lists ${list}; only the number was kept.`,
          facts.login === 'yes'
            ? `${facts.product === 'zipkin' ? 'It prints the address of the cluster that it stores in' : 'Its list of clusters is given to every caller'}, with a login in it: that login was not kept and not tried.`
            : null,
          facts.data === 'cluster' ? 'It says that it stores in an Elasticsearch or OpenSearch cluster.' : null,
          opens,
          'What can be read through it was not tested.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) => close(facts, observations),
    },
  },
};

/** Whether records of the user's lie behind it: metrics and lists of clusters are none. */
function dataBehind({ product, lists, data }: Facts): 'yes' | 'no' | 'unknown' {
  if (data === 'nowhere' || product === 'prometheus') return 'no';
  if (lists === null) return 'unknown';
  return lists.count > 0 ? 'yes' : 'no';
}

const nouns = {
  clusters: ['cluster', 'clusters'],
  cores: ['core', 'cores'],
  indices: ['index', 'indices'],
  'scrape jobs': ['scrape job', 'scrape jobs'],
  services: ['service', 'services'],
} as const satisfies Record<NonNullable<CompanionFacts['lists']>['what'], readonly [string, string]>;

function listed({ lists }: Facts): string | null {
  if (lists === null) return null;
  const [one, many] = nouns[lists.what];
  return counted(lists.count, one, many);
}

function close({ product, login }: Facts, observations: Observations): Remedy {
  const words = neighbourWords[product];
  return {
    steps: [
      ...firstHour(observations),
      ...(login === 'yes' ? [changeLogin[product === 'zipkin' ? 'store' : 'list']] : []),
      ...words.close,
      ...afterwards,
    ],
    verify: {
      command: ask(observations, words.verify),
      expect: '401 or 403, or no connection at all',
    },
  };
}

const changeLogin = {
  store: {
    text: 'This hour: change the password with which it enters its cluster, and give it to Zipkin apart from the address (ES_USERNAME and ES_PASSWORD, or a file of credentials), so that its health page does not print it.',
    code: 'ES_HOSTS=https://cluster:9200 ES_CREDENTIALS_FILE=/etc/zipkin/credentials.properties',
  },
  list: {
    text: 'This hour: change every password and key that stands in its list of clusters: whoever asked for that file has them.',
    code: null,
  },
} as const;
