// Data that a cluster without a login held in the last run and holds no more: a check over two runs.
import type { Check } from '../../model/check.js';
import type { ContentsSeen } from '../../model/history.js';
import { clusterQuestions, rungReason, stakeOfReach } from '../access.js';
import { contentsSeen, passingSince } from '../contents-seen.js';
import { ask } from '../remedies.js';
import { blockPort, saveEvidence, thisHour, today } from '../steps.js';
import { aCluster, answeredAs, count, counted, moment, names, paragraph } from '../words.js';

type Facts = {
  /** When the data was there, UTC ISO 8601. */
  readonly seenAt: string;
  readonly before: number;
  readonly lost: number;
  /** Indices with less than they had, or none of it: the largest losses first, at most ten; `total` counts all. */
  readonly indices: readonly string[];
  readonly total: number;
  /** Indices of the same name that were made after the last run, and have less than they had. */
  readonly remade: number;
  /** Whether a note or a name that attackers leave is there now. */
  readonly ransom: boolean;
};

/** Indices that a finding names. */
const named = 10;

/** An index that was made anew with at least this part of its documents was rebuilt: its data is there. */
const rebuilt = 0.9;

type Why = 'too-many-to-compare' | 'contents-not-listed';

export const check: Check<Facts, never, Why, 'ask-owner' | 'close-before-restore' | 'indices-as-before'> = {
  id: 'data-lost',
  scope: 'endpoint',
  about: 'Most of the data that a cluster without a login held in the last run is gone.',
  products: ['elasticsearch', 'opensearch'],
  questions: clusterQuestions,
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/blog/protecting-against-attacks-that-hold-your-data-for-ransom',
  ],
  acceptable: false,
  proof: 'inferred',
  judge(observations, { before }) {
    const { access, traces, cluster } = observations;
    const earlier = before?.(observations.endpoint) ?? [];
    if (earlier.length === 0 || access.state === 'guarded') return { verdict: 'not-applicable' };
    if (access.state !== 'open') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (earlier === 'too-much') return { verdict: 'undetermined', reason: 'too-many-to-compare' };
    const now = contentsSeen(observations);
    if (now === null) return { verdict: 'undetermined', reason: 'contents-not-listed' };
    const then = earlier.find(({ uuid }) => uuid === now.uuid);
    // Another cluster responds there now: what it holds says nothing about the first one.
    if (then === undefined) return { verdict: 'not-applicable' };
    const evidence = [...access.evidence, ...(cluster?.indices?.evidence ?? [])];
    const { losses, lost, before: total } = lossOf(then, now, passingSince(observations, then.at));
    if (lost * 2 <= total) return { verdict: 'pass', evidence };
    return {
      verdict: 'fail',
      facts: {
        seenAt: then.at,
        before: total,
        lost,
        indices: losses.slice(0, named).map(({ name }) => name),
        total: losses.length,
        remade: losses.filter((one) => one.remade).length,
        ransom: traces?.incident === 'strong',
      },
      evidence,
    };
  },
  stake: ({ ransom }, observations) => ({
    ...stakeOfReach(observations),
    kind: ransom ? 'incident' : 'lost',
    incident: ransom ? 'strong' : 'none',
  }),
  remedy: (_facts, observations) => ({
    steps: [saveEvidence, thisHour.do('ask-owner'), blockPort, today.do('close-before-restore')],
    verify: {
      command: ask(observations, '/_cat/indices?h=index,docs.count,creation.date.string'),
      expect: 'indices-as-before',
    },
  }),
  texts: {
    en: {
      title: ({ before, lost, ransom }, observations) =>
        `${share(lost, before)} of the documents in the compared indices of ${aCluster(observations)} are gone since the last run${ransom ? ', and names of a ransom note were found' : ''}`,
      summary({ seenAt, before, lost, indices, total, remade, ransom }, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          `On ${moment(seenAt)} it held ${counted(before, 'document')} in indices that we compare; ${count(lost)} of them are gone. Concerned: ${names(indices, named, total) ?? counted(total, 'index', 'indices')}.`,
          remade === 0
            ? null
            : `${counted(remade, 'index was', 'indices were')} created again since then under the same name, with fewer documents.`,
          'Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves.',
          ransom
            ? 'Together with names that attackers leave, this is a strong sign that the data was deleted by a stranger.'
            : 'Inferred: it has no login, so every caller can delete its data. Its owner may have deleted it too; we cannot see who did.',
        );
      },
      remedy: {
        'ask-owner': 'Ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.',
        'close-before-restore':
          'Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.',
        'indices-as-before': '401 without credentials; with credentials, the indices and their counts as before',
      },
      undetermined: {
        'too-many-to-compare': 'the last run saw more clusters than are compared at once; audit the estate in shards',
        'contents-not-listed': 'its indices were not all listed with their counts, as in the last run',
      },
    },
  },
};

interface Loss {
  readonly name: string;
  readonly documents: number;
  readonly remade: boolean;
}

/**
 * What is gone of what was there. Documents in indices that are new count as moved there, as by a new name or a reindex.
 *
 * @param moved documents in new dated or numbered indices, by the rest of their names: they count for an index of this name alone
 */
function lossOf(
  then: ContentsSeen,
  now: ContentsSeen,
  moved: ReadonlyMap<string, number>,
): { readonly losses: readonly Loss[]; readonly lost: number; readonly before: number } {
  const today = new Map(now.indices.map((index) => [index.name, index]));
  const known = new Set(then.indices.map(({ name }) => name));
  const losses = then.indices.flatMap(({ name, documents }): Loss[] => {
    const index = today.get(name);
    const left = (index?.documents ?? 0) + (moved.get(name) ?? 0);
    const remade = index !== undefined && index.createdAt !== null && index.createdAt > then.at;
    const isGone = remade && left < documents * rebuilt;
    const lost = isGone ? documents : Math.max(0, documents - left);
    return lost === 0 ? [] : [{ name, documents: lost, remade }];
  });
  const sum = (items: readonly { readonly documents: number }[]) => items.reduce((all, one) => all + one.documents, 0);
  const fresh = sum(now.indices.filter(({ name }) => !known.has(name)));
  return {
    losses: losses.sort((a, b) => b.documents - a.documents || (a.name < b.name ? -1 : 1)),
    lost: Math.max(0, sum(losses) - fresh),
    before: sum(then.indices),
  };
}

function share(lost: number, before: number): string {
  return lost >= before ? 'All' : `${Math.floor((lost / before) * 100)}%`;
}
