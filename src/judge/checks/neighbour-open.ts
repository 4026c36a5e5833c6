// A product next to a cluster that answers callers without credentials by its own API.
import type { Check } from '../../model/check.js';
import { companionProducts } from '../../model/endpoint.js';
import type { CompanionFacts, Observations } from '../../model/observation.js';
import type { DecidedRemedy } from '../../model/remedy.js';
import { rungReason } from '../access.js';
import { questionsOfCompanions } from '../topics.js';
import { companionRemedies, companionSteps, companionWords } from '../companions.js';
import { ask } from '../remedies.js';
import { afterwards, firstHour, thisHour } from '../steps.js';
import { answeredAs, Caller, counted, paragraph } from '../words.js';

/** What the product's own API showed. */
type Facts = Pick<CompanionFacts, 'product' | 'lists' | 'data' | 'login'>;

type Own = 'change-login-of-store' | 'change-logins-of-list' | keyof typeof companionSteps;

export const check: Check<Facts, never, never, Own> = {
  id: 'neighbour-open',
  scope: 'endpoint',
  about: 'A product next to a cluster (elasticvue, Jaeger, Prometheus, Solr, ZincSearch, Zipkin) lets a caller in.',
  products: companionProducts,
  questions: ['root', ...questionsOfCompanions],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    ...companionProducts.map((product) => companionRemedies[product].reference),
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
  remedy: (facts, observations) => close(facts, observations),
  texts: {
    en: {
      title(facts, _observations, context) {
        const { name } = companionWords[facts.product];
        if (facts.login === 'yes')
          return `${Caller(context)} can get a cluster login from ${name} that has none itself`;
        const list = listed(facts);
        return `${Caller(context)} can enter ${name} without a login${list === null ? '' : `: it lists ${list}`}`;
      },
      summary(facts, observations, context) {
        const { opens } = companionWords[facts.product];
        const list = listed(facts);
        return paragraph(
          answeredAs(observations, context),
          'Its API requires no login.',
          list === null ? null : `It lists ${list}; only the number was kept.`,
          facts.login === 'yes'
            ? `${facts.product === 'zipkin' ? 'It prints the address of the cluster that it stores in' : 'Its list of clusters is given to every caller'}, with a login in it. We did not keep or try that login.`
            : null,
          facts.data === 'cluster'
            ? 'It reports that it stores its data in an Elasticsearch or OpenSearch cluster.'
            : null,
          opens,
          'What can be read through it was not tested.',
        );
      },
      remedy: {
        ...companionSteps,
        'change-login-of-store':
          'Change the password that it uses for its cluster, and give it to Zipkin separately from the address (ES_USERNAME and ES_PASSWORD, or a credentials file), so that its health page does not show it.',
        'change-logins-of-list':
          'Change every password and key in its list of clusters: every caller could read that file.',
      },
    },
  },
};

/** Whether documents of the user's are behind it: metrics and lists of clusters do not count. */
function dataBehind({ product, lists, data }: Facts): 'yes' | 'no' | 'unknown' {
  if (data === 'nowhere' || product === 'prometheus') return 'no';
  if (lists === null) return 'unknown';
  return lists.count > 0 ? 'yes' : 'no';
}

const nouns = {
  clusters: ['cluster', 'clusters'],
  cores: ['core', 'cores'],
  indices: ['index', 'indices'],
  'scrape-jobs': ['scrape job', 'scrape jobs'],
  services: ['service', 'services'],
} as const satisfies Record<NonNullable<CompanionFacts['lists']>['what'], readonly [string, string]>;

function listed({ lists }: Facts): string | null {
  if (lists === null) return null;
  const [one, many] = nouns[lists.what];
  return counted(lists.count, one, many);
}

function close({ product, login }: Facts, observations: Observations): DecidedRemedy<Own> {
  const remedy = companionRemedies[product];
  return {
    steps: [
      ...firstHour,
      ...(login === 'yes' ? [changeLogin[product === 'zipkin' ? 'store' : 'list']] : []),
      ...remedy.close,
      ...afterwards,
    ],
    verify: {
      command: ask(observations, remedy.verify),
      expect: 'expect-closed',
    },
  };
}

const changeLogin = {
  store: thisHour.shell(
    'change-login-of-store',
    'ES_HOSTS=https://cluster:9200 ES_CREDENTIALS_FILE=/etc/zipkin/credentials.properties',
  ),
  list: thisHour.do('change-logins-of-list'),
} as const;
