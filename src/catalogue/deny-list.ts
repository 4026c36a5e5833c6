// Paths that are never requested, whatever a question, base path or redirect says.
import { dashboardPages } from '../model/dashboard-pages.js';
import type { Question } from '../model/question.js';

/** A path that is never asked, with the reason. */
export interface DenyRule {
  readonly id: string;
  /** The products the path is dangerous on. */
  readonly product: string;
  /** Matched against the decoded path and query, with a leading slash, repeated slashes collapsed; anywhere in the path. */
  readonly pattern: RegExp;
  readonly why: string;
  /** Questions that may ask this path anyway, and on what condition: the survey keeps it, a test holds it to that. */
  readonly except?: readonly { readonly question: string; readonly only: string }[];
}

/**
 * GETs that are not harmless (wire guide, section S), as data. A rule matches below any base path and behind a dashboard's
 * relay, since it looks at complete segments, wherever they are.
 */
export const denyList: readonly DenyRule[] = [
  {
    id: 'enroll',
    product: 'Elasticsearch 8+',
    pattern: /\/_security\/enroll(?:\/|\?|$)/i,
    why: 'mints a service token, returns keys',
  },
  {
    id: 'maintenance',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_(?:flush|refresh|optimize|forcemerge|upgrade)(?:\/|\?|$)/i,
    why: 'old lines act on GET',
  },
  {
    id: 'cache-clear',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_cache\/clear(?:\/|\?|$)/i,
    why: 'old lines act on GET',
  },
  {
    id: 'shutdown',
    product: 'Elasticsearch up to 1.x',
    pattern: /\/_shutdown(?:\/|\?|$)/i,
    why: 'stops nodes',
  },
  {
    id: 'scroll',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_search\/scroll(?:\/|\?|$)|[?&]scroll(?:_id)?=|\/_pit(?:\/|\?|$)|\/_search\/point_in_time/i,
    why: 'keeps contexts on the server',
  },
  {
    id: 'remote-clusters',
    product: 'Elasticsearch',
    pattern: /\/_resolve\/cluster(?:\/|\?|$)|\/[^/?]*\*:[^/?]*/i,
    why: 'contacts remote clusters, which are out of scope',
  },
  {
    id: 'snapshot-all',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_snapshot\/[^/?]+\/(?:_all|\*)(?:\/|\?|$)/i,
    why: 'expensive on cloud storage',
  },
  {
    id: 'hot-threads',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_?hot_threads(?:\/|\?|$)/i,
    why: 'expensive',
  },
  {
    id: 'cluster-state',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_cluster\/state(?:\/|\?|$)/i,
    why: 'huge, contains everything',
  },
  {
    id: 'fielddata',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_cat\/fielddata(?:\/|\?|$)/i,
    why: 'expensive',
  },
  {
    id: 'all-fields',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_(?:mapping|field_caps)(?:\/|\?|$)(?!.*filter_path=)/i,
    why: 'expensive on thousands of indices when it is not limited by filter_path',
  },
  {
    id: 'count-all',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/(?:_all|\*|[^/?]*\*[^/?]*)\/_count(?:\/|\?|$)/i,
    why: 'wakes search-idle shards of every index into a refresh',
  },
  {
    id: 'count-without-index',
    product: 'Elasticsearch, OpenSearch',
    pattern: /(?:^|\/elasticsearch|\/_dashboards|\/_plugin\/kibana)\/_count(?:\/|\?|$)/i,
    why: 'searches every index',
  },
  {
    id: 'documents',
    product: 'Elasticsearch, OpenSearch',
    pattern:
      /\/_(?:doc|source|mget|termvectors?|mtermvectors|terms_enum|explain|sql|ppl|query|eql|esql|graph|mlt|percolate|suggest|rank_eval|reindex|mvt|knn_search)(?:\/|\?|$)/i,
    why: 'returns what documents hold',
  },
  {
    id: 'search',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_(?:search|msearch|async_search|rollup_search|fleet_search)(?:\/|\?|$)/i,
    why: 'returns documents as soon as size=0 is lost on the way, or a cache answers with the search of another client: a count shows the same right',
  },
  {
    id: 'live-queries',
    product: 'Elasticsearch, OpenSearch',
    pattern: /\/_tasks\?(?:.*&)?detailed/i,
    why: "shows other people's queries",
  },
  {
    id: 'timelion',
    product: 'Kibana, OpenSearch Dashboards',
    pattern: /\/api\/time(?:lion|line)\/validate\/(?:es|opensearch)(?:\/|\?|$)/i,
    why: 'searches all indices',
  },
  {
    id: 'kibana-short-links',
    product: 'Kibana',
    pattern: /\/goto\//i,
    why: 'leaves a trace: counts an access',
  },
  {
    id: 'logout',
    product: 'Kibana, Grafana',
    pattern: /\/logout(?:\/|\?|$)/i,
    why: 'ends a session',
    except: [{ question: 'kibana-guest-logout', only: 'in the guest session that this audit began' }],
  },
  {
    id: 'kibana-settings',
    product: 'Kibana',
    pattern: /\/api\/kibana\/settings(?:\/|\?|$)/i,
    why: 'may create or upgrade the configuration document',
  },
  {
    id: 'dashboard-pages',
    product: 'Kibana, OpenSearch Dashboards',
    pattern: dashboardPages,
    why: 'a page load may create or upgrade the configuration document, or start a guest session',
  },
  {
    id: 'login-page',
    product: 'Kibana, OpenSearch Dashboards',
    pattern: /\/login(?:\/|\?|$)/i,
    why: 'without a login of its own, a dashboard may create or upgrade the configuration document for this page',
    except: [
      { question: 'kibana-login-page', only: 'after the dashboard sent us to this very page' },
      {
        question: 'dashboards-login-page',
        only: 'after the dashboard sent us to this very page, or to its guest login',
      },
    ],
  },
  {
    id: 'login-start',
    product: 'OpenSearch Dashboards',
    pattern: /\/auth\/(?:anonymous|openid|saml)(?:\/|\?|$)/i,
    why: 'starts a login',
    except: [{ question: 'dashboards-guest-session', only: 'where the engagement allows a guest session' }],
  },
  {
    id: 'grafana-snapshots',
    product: 'Grafana',
    pattern: /\/api\/snapshots-delete\//i,
    why: 'deletes',
  },
  { id: 'solr-update', product: 'Solr', pattern: /\/update(?:\/[^?]*)?\?(?:.*&)?stream\./i, why: 'writes' },
  { id: 'solr-admin', product: 'Solr', pattern: /\/admin\/(?:cores|collections)\?(?:.*&)?action=/i, why: 'unloads' },
  {
    id: 'actuator',
    product: 'Spring-based companions',
    pattern: /\/actuator\/(?:heapdump|shutdown|env)(?:\/|\?|$)/i,
    why: 'memory image, stop, secrets',
  },
];

/** The condition on which a question may ask a path that is on the list; null for none. */
export function exceptionFor({ id }: Pick<Question, 'id'>): { readonly only: string } | null {
  return denyList.flatMap(({ except = [] }) => except).find(({ question }) => question === id) ?? null;
}

/** The path as a server may understand it: decoded up to three times, slashes collapsed, dot segments resolved. */
function understood(path: string): string {
  let text = path;
  for (let round = 0; round < 3 && text.includes('%'); round++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      text = text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  }
  const question = text.indexOf('?');
  const before = question < 0 ? text : text.slice(0, question);
  const segments: string[] = [];
  for (const segment of before.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  const slash = /[/\\]$/.test(before) && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${slash}${question < 0 ? '' : text.slice(question)}`;
}

/** What matches no part of this matches no rule. */
const anyRule = new RegExp(denyList.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'is');

/** Paths that no rule forbids: each is looked at by the survey and by the client, and most are the same at every endpoint. */
const innocent = new Set<string>();
const innocentAtMost = 1_000;

/**
 * The rule that forbids a path, or null. `path` is a path with its query as it would be sent, base path included, or the
 * path of a redirect; percent-encoding, doubled slashes and dot segments do not hide anything.
 *
 * @param question the one that is to be put, where one is: a rule may except it, and then exactly its own path
 */
export function denied(path: string, question?: Pick<Question, 'id' | 'path'>): DenyRule | null {
  if (innocent.has(path)) return null;
  const text = understood(path);
  if (!anyRule.test(text)) {
    if (innocent.size === innocentAtMost) innocent.clear();
    if (path.length <= 500) innocent.add(path);
    return null;
  }
  const excepted = ({ except = [] }: DenyRule): boolean =>
    question !== undefined && path.endsWith(question.path) && except.some((each) => each.question === question.id);
  return denyList.find((rule) => rule.pattern.test(text) && !excepted(rule)) ?? null;
}
