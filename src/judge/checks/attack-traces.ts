// What attackers leave in an open cluster, told by names, counts and dates; never a fact, and no note is opened.
import type { Check } from '../../model/check.js';
import type { Remedy } from '../../model/finding.js';
import type { IndexFacts, Observations, TraceFacts } from '../../model/observation.js';
import { accessQuestions, rungReason, stakeOfReach } from '../access.js';
import { ask } from '../remedies.js';
import {
  aCluster,
  answeredAs,
  closingNotes,
  counted,
  moment,
  names,
  paragraph,
  reachedCluster,
  said,
} from '../words.js';

/** How far names, counts and dates go. */
type Facts = { readonly incident: 'suspected' | 'strong' };

export const check: Check<Facts> = {
  id: 'attack-traces',
  scope: 'endpoint',
  about: 'The indices that are shown look as attackers leave them: a ransom note, a wipe, names of a known bot.',
  products: ['elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  questions: accessQuestions,
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/blog/protecting-against-attacks-that-hold-your-data-for-ransom',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  ],
  acceptable: false,
  proof: 'inferred',
  judge(observations) {
    const { access, traces } = observations;
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    // what refuses us shows no name: there is nothing to judge
    if (access.state !== 'open') return { verdict: 'not-applicable' };
    if (traces === null) return { verdict: 'undetermined', reason: notShown(observations) };
    if (traces.incident !== 'none')
      return {
        verdict: 'fail',
        facts: { incident: traces.incident },
        evidence: [...observations.identity.evidence, ...traces.evidence],
      };
    return traces.signs.length === 0
      ? { verdict: 'pass', evidence: traces.evidence }
      : { verdict: 'undetermined', reason: unclear(traces) };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'incident' }),
  texts: {
    en: {
      pass: 'All its indices were listed, and none bears a mark that attackers are known to leave.',
      title(facts, observations) {
        const { traces } = observations;
        const which = traces === null ? null : names(namesOf(traces), 3, traces.total);
        const there = observations.dashboard === null ? aCluster(observations) : 'the cluster behind a dashboard';
        return facts.incident === 'strong'
          ? `Strong signs that attackers have been in ${there}: ${which ?? 'marked indices'}`
          : `Something that attackers may have left in ${there}: ${which ?? 'marked indices'}`;
      },
      summary(facts, observations, context) {
        const { traces } = observations;
        return paragraph(
          answeredAs(observations, context),
          traces === null ? null : seen(traces),
          traces === null ? null : signs(traces),
          traces === null || traces.campaigns.length === 0
            ? null
            : `Such a name is known from ${traces.campaigns.join('; ')}.`,
          facts.incident === 'strong'
            ? 'Together these are strong signs that somebody has been there and deleted or took data. They are no proof: judged by names, counts and dates alone, and no record was opened.'
            : 'It may be innocent: judged by names, counts and dates alone, and no record was opened. Ask its owner before anything else is done.',
          'Who came, when, and what was copied before is not known from this.',
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) => respond(facts.incident, observations),
    },
  },
};

function namesOf({ indices }: TraceFacts): readonly string[] {
  return indices.map(({ name }) => name);
}

function notShown(observations: Observations): string {
  const indices = reachedCluster(observations)?.indices ?? null;
  if (indices === null) return 'its indices were not listed, so marks of an attacker were not looked for';
  if (indices.list.some(({ name }) => name === '') && indices.total > 0)
    return 'its indices were listed without their names, so marks of an attacker were not looked for';
  return indices.complete
    ? 'what was kept of the listing does not say whether an index bears a mark of an attacker'
    : 'its indices were listed in part only: no mark of an attacker was seen among those, and the others were not seen';
}

function unclear(traces: TraceFacts): string {
  return `the index ${names(namesOf(traces), 3, traces.total) ?? ''} has a name as attackers give it, and what would decide (its records, its age, the other indices) was not told`;
}

function seen({ indices, total }: TraceFacts): string {
  const [first] = indices;
  const dates = indices.flatMap(({ createdAt }) => createdAt ?? []).sort();
  const [from] = dates;
  const to = dates.at(-1);
  const created =
    from === undefined || to === undefined
      ? ''
      : from.slice(0, 16) === to.slice(0, 16)
        ? `, created on ${moment(from)}`
        : `, created between ${moment(from)} and ${moment(to)}`;
  if (total === 1 && first !== undefined) return `It lists the index ${said(first.name)}${records(first)}${created}.`;
  return `It lists ${counted(total, 'index', 'indices')} of that kind (${
    names(
      indices.map(({ name }) => name),
      5,
      total,
    ) ?? ''
  })${created}.`;
}

function records({ documents }: IndexFacts): string {
  return documents === null ? '' : ` with ${counted(documents, 'record', 'records')}`;
}

function signs(traces: TraceFacts): string {
  return `What speaks for it: ${traces.signs.map(({ words }) => words).join('; ')}.`;
}

/** What to do about an incident, in order. Sources of the clocks: GDPR, Article 33; NIS 2 directive, Article 23. */
function respond(incident: Facts['incident'], observations: Observations): Remedy {
  const { endpoint } = observations;
  return {
    steps: [
      {
        text: `This hour: ${incident === 'strong' ? 'treat it as an incident.' : 'ask the owner of the index; unless it is his, treat it as an incident.'} Keep the evidence: do not restart, delete, restore or clean up; first secure the logs of firewall, proxy and server, the list of open connections, and a copy of the disks and of what is left in it.`,
        code: `date -u; ss -tn '( sport = :${endpoint.port} )'`,
      },
      {
        text: `This hour: at the firewall, let only those who handle the incident reach port ${endpoint.port} of ${endpoint.host}.`,
        code: null,
      },
      {
        text: 'Do not pay first, and do not answer the note alone: in many campaigns of this kind the data was deleted and no copy kept, so that nothing could be bought back.',
        code: null,
      },
      {
        text: 'Today: tell your data-protection officer, counsel, and the police or the national CERT. Clocks of notification may run from the moment you know of it: 72 hours to the supervisory authority where personal data is concerned (GDPR, Article 33), 24 hours for an early warning where NIS 2 applies (Article 23), others elsewhere.',
        code: null,
      },
      {
        text: 'This week: close the door (see the finding on its access), and only then restore, from a snapshot older than the marks: whoever deleted the data once can delete it again. Assume that what lay there was copied.',
        code: null,
      },
    ],
    verify: {
      command: ask(observations, observations.dashboard === null ? '/_cat/indices' : '/api/status'),
      expect: 'no answer but to those who handle the incident; whether the incident is over this does not show',
    },
  };
}
