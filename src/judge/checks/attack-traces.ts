// What attackers leave in an open cluster, recognised by names, counts and dates; never a fact, and no note is opened.
import type { Check } from '../../model/check.js';
import type { AttackSign, IndexFacts, Observations, TraceFacts } from '../../model/observation.js';
import type { DecidedRemedy } from '../../model/remedy.js';
import { fewDocuments } from '../../reading/attack-traces.js';
import { accessQuestions, stakeOfReach } from '../access.js';
import { ask } from '../remedies.js';
import { blockPort, saveEvidence, thisHour, thisWeek, today } from '../steps.js';
import { reachedCluster } from '../observed.js';
import { aCluster, answeredAs, counted, moment, names, paragraph, said } from '../words.js';

/** How far names, counts and dates go. */
type Facts = { readonly incident: 'suspected' | 'strong' };

type Why = 'indices-not-listed' | 'names-not-listed' | 'listing-not-kept' | 'listed-in-part' | 'unclear';

type Own = 'incident' | 'ask-owner-of-index' | 'do-not-pay' | 'inform' | 'restore-later' | 'only-handlers-see-it';

export const check: Check<Facts, never, Why, Own> = {
  id: 'attack-traces',
  scope: 'endpoint',
  about: 'The indices look as attackers leave them: a ransom note, a wipe, names used by a known bot.',
  products: ['elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  questions: accessQuestions,
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/blog/protecting-against-attacks-that-hold-your-data-for-ransom',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  ],
  acceptable: false,
  needs: ['open'],
  proof: 'inferred',
  judge(observations) {
    const { traces } = observations;
    if (traces === null) return { verdict: 'undetermined', reason: notShown(observations) };
    if (traces.incident !== 'none')
      return {
        verdict: 'fail',
        facts: { incident: traces.incident },
        evidence: [...observations.identity.evidence, ...traces.evidence],
      };
    return traces.signs.length === 0
      ? { verdict: 'pass', evidence: traces.evidence }
      : { verdict: 'undetermined', reason: 'unclear' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'incident' }),
  remedy: (facts, observations) => respond(facts.incident, observations),
  texts: {
    en: {
      title(facts, observations) {
        const { traces } = observations;
        const which = traces === null ? null : names(namesOf(traces), 3, traces.total);
        const there = observations.dashboard === null ? aCluster(observations) : 'the cluster behind a dashboard';
        return facts.incident === 'strong'
          ? `Strong signs that attackers have been in ${there}: ${which ?? 'marked indices'}`
          : `Possible traces of an attack in ${there}: ${which ?? 'marked indices'}`;
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
            ? 'Together these are strong signs that attackers deleted or took data. Inferred from names, counts and dates alone: no document was opened.'
            : 'It may be harmless. Inferred from names, counts and dates alone: no document was opened. Ask the owner before you do anything else.',
          'This does not show who came, when, or what was copied.',
        );
      },
      remedy: {
        incident: 'Treat this as a security incident.',
        'ask-owner-of-index': 'Ask the owner of the index. If it is not theirs, treat this as a security incident.',
        'do-not-pay':
          'Do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.',
        inform:
          'Inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.',
        'restore-later':
          'Close the open access first, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.',
        'only-handlers-see-it':
          'a response only to those who handle the incident. This does not show that the incident is over',
      },
      undetermined: {
        'indices-not-listed': 'its indices were not listed, so traces of an attack were not looked for',
        'names-not-listed': 'its indices were listed without their names, so traces of an attack were not looked for',
        'listing-not-kept': 'what was kept of the listing does not show whether there are traces of an attack',
        'listed-in-part':
          'its indices were listed in part only: no traces of an attack were seen among those, and the others were not seen',
        unclear({ traces }) {
          const which = (traces === null ? null : names(namesOf(traces), 3, traces.total)) ?? '';
          const [have, its] =
            (traces?.total ?? 1) === 1
              ? [`the index ${which} has a name`, 'its']
              : [`the indices ${which} have names`, 'their'];
          return `${have} that attackers use, and what would decide (${its} documents, ${its} age, the other indices) was not shown`;
        },
      },
    },
  },
};

function namesOf({ indices }: TraceFacts): readonly string[] {
  return indices.map(({ name }) => name);
}

function notShown(observations: Observations): Why {
  const indices = reachedCluster(observations)?.indices ?? null;
  if (indices === null) return 'indices-not-listed';
  if (indices.list.some(({ name }) => name === '') && indices.total > 0) return 'names-not-listed';
  return indices.complete ? 'listing-not-kept' : 'listed-in-part';
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
  if (total === 1 && first !== undefined)
    return `It lists the index ${said(first.name)}${documentsOf(first)}${created}.`;
  return `It lists ${counted(total, 'index', 'indices')} of that kind (${
    names(
      indices.map(({ name }) => name),
      5,
      total,
    ) ?? ''
  })${created}.`;
}

function documentsOf({ documents }: IndexFacts): string {
  return documents === null ? '' : ` with ${counted(documents, 'document', 'documents')}`;
}

const signWords: Readonly<Record<AttackSign, (names: string) => string>> = {
  'known-name': (names) => `${names} that attackers are known to leave`,
  'weak-name': (names) => `${names} that attackers have left, and that others may give`,
  'random-prefix': () => 'names that differ by a random prefix only',
  'few-documents': () => `at most ${fewDocuments} documents in each`,
  'no-documents': () => 'no documents in them',
  newest: () => 'created after every other index',
  burst: () => 'created within ten minutes of each other',
  'nothing-else': () => 'no other index of the user’s is left',
};

function signs({ signs: seenSigns, indices }: TraceFacts): string {
  const named = indices.length === 1 ? 'a name' : 'names';
  return `Signs: ${seenSigns.map((sign) => signWords[sign](named)).join('; ')}.`;
}

/** What to do about an incident, in order. */
function respond(incident: Facts['incident'], observations: Observations): DecidedRemedy<Own> {
  return {
    steps: [
      thisHour.do(incident === 'strong' ? 'incident' : 'ask-owner-of-index'),
      saveEvidence,
      blockPort,
      thisHour.do('do-not-pay'),
      today.do('inform'),
      thisWeek.do('restore-later'),
    ],
    verify: {
      command: ask(observations, observations.dashboard === null ? '/_cat/indices' : '/api/status'),
      expect: 'only-handlers-see-it',
    },
  };
}
