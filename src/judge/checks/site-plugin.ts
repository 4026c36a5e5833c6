// An old Elasticsearch that serves administration pages to callers on its own port.
import { versionOf } from '../../knowledge/version.js';
import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import { ask } from '../remedies.js';
import { afterwards, firstHour, thisMonth, today } from '../steps.js';
import { answeredAs, Caller, counted, names, paragraph } from '../words.js';

/** Site plugins by name, the first of them. */
type Facts = { readonly total: number; readonly names: readonly string[] };

export const check: Check<Facts, 'sitePlugins', never, 'remove-plugins' | 'upgrade-old-line' | 'page-gone'> = {
  id: 'site-plugin',
  scope: 'endpoint',
  about: 'Elasticsearch 1 or 2 serves an administration page (head, kopf, HQ, bigdesk) to callers.',
  products: ['elasticsearch'],
  questions: ['root', 'cat-indices', 'nodes'],
  needs: ['open', 'sitePlugins'],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/guide/en/elasticsearch/plugins/2.4/plugin-authors.html',
    'https://nvd.nist.gov/vuln/detail/CVE-2015-3337',
  ],
  acceptable: false,
  judge(observations) {
    const plugins = observations.topics.sitePlugins;
    if (plugins.total === 0) return { verdict: 'pass', evidence: plugins.evidence };
    return {
      verdict: 'fail',
      facts: { total: plugins.total, names: plugins.names.slice(0, 5) },
      evidence: [...plugins.evidence, ...observations.identity.evidence],
    };
  },
  stake: (_facts, { access }) => ({
    kind: 'admin-page',
    rung: access.rung,
    documents: 'unknown',
    data: 'unknown',
    through: 'cluster',
    incident: 'none',
  }),
  remedy(facts, observations) {
    const [first = 'NAME'] = facts.names;
    const command = /^[\w.-]+$/.test(first) ? first : 'NAME';
    return {
      steps: [
        ...firstHour,
        today.shell(
          'remove-plugins',
          versionOf(observations)?.major === 1 ? `bin/plugin --remove ${command}` : `bin/plugin remove ${command}`,
        ),
        {
          ...thisMonth.do('upgrade-old-line'),
          goal: 'upgrade' as const,
        },
        ...afterwards,
      ],
      verify: {
        command: ask(observations, `/_plugin/${command}/`),
        expect: 'page-gone',
      },
    };
  },
  texts: {
    en: {
      title(facts, _observations, context) {
        return `${Caller(context)} can open ${facts.total === 1 ? 'an administration page' : counted(facts.total, 'administration page', 'administration pages')} of an old Elasticsearch cluster: ${names(facts.names, 5, facts.total) ?? ''}`;
      },
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          `It lists ${counted(facts.total, 'plugin that is a web page', 'plugins that are web pages')} (site plugins): ${names(facts.names, 5, facts.total) ?? ''}.`,
          'Such a page gives its visitors tools to search, change and delete, without a login of its own. We did not open it.',
          mayTraverse(observations)
            ? 'Versions before 1.4.5, and 1.5.0 and 1.5.1, let callers read files of the host through such plugins (CVE-2015-3337); that was not tested.'
            : null,
        );
      },
      remedy: {
        'remove-plugins':
          'Remove these plugins on every node and restart. Administrators can run such a page on their own machines.',
        'upgrade-old-line': 'Upgrade. This line has had no fixes for years, and has no free login.',
        'page-gone': '404, 401, 403 or no connection',
      },
    },
  },
};

/** CVE-2015-3337: a directory traversal through site plugins, fixed in 1.4.5 and 1.5.2. */
function mayTraverse({ identity }: Observations): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(identity.version.number ?? '');
  if (parts === null) return false;
  const [major = 0, minor = 0, patch = 0] = parts.slice(1).map(Number);
  return major === 0 || (major === 1 && (minor < 4 || (minor === 4 && patch < 5) || (minor === 5 && patch < 2)));
}
