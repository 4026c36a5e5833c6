// A cluster that a caller is taken to be able to empty, and no snapshot that would bring back what he deleted.
import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import type { BackupFacts } from '../../topics/backups.js';
import { clusterQuestions, dataThere, stakeOfReach } from '../access.js';
import { closeAnonymousUser, closeCluster, quoted } from '../remedies.js';
import {
  aCluster,
  answeredAs,
  caller,
  Caller,
  closingNotes,
  count,
  counted,
  moment,
  names,
  paragraph,
} from '../words.js';

/** Days after which the last snapshot that succeeded is no way back: a nightly job that has failed for a week. */
const freshDays = 7;

/**
 * `none`: no repository; `unreadable`: the only one could not be read; `never`, `stale`: what the only one holds;
 * `in-reach`: the caller may delete the snapshots too.
 */
type Facts = {
  readonly kind: 'none' | 'unreadable' | 'never' | 'stale' | 'in-reach';
  /** Whole days since the last one that succeeded; null where none did or none was asked for. */
  readonly days: number | null;
  /** None of the repositories is registered read-only. */
  readonly inReach: boolean;
};

export const check: Check<Facts> = {
  id: 'no-way-back',
  scope: 'endpoint',
  about: 'What whoever comes may delete could not be brought back: no recent snapshot, or one that he may delete too.',
  products: ['elasticsearch', 'opensearch'],
  questions: [...clusterQuestions, 'snapshot-repositories', 'snapshots'],
  needs: ['open'],
  guarded: 'pass',
  cwe: 'CWE-693',
  references: [
    'https://cwe.mitre.org/data/definitions/693.html',
    'https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore',
    'https://docs.opensearch.org/latest/tuning-your-cluster/availability-and-recovery/snapshots/index/',
  ],
  acceptable: true,
  proof: 'inferred',
  judge(observations) {
    const { access, power, topics } = observations;
    const { backups } = topics;
    if (dataThere(observations) === 'no') return { verdict: 'not-applicable' };
    if (power !== null && power.mayNotDelete !== null) return { verdict: 'pass', evidence: power.mayNotDelete };
    if (power === null || power.ground === null)
      return {
        verdict: 'undetermined',
        reason: 'whether a caller may delete is not known, so its snapshots were not asked for',
      };
    if (backups === null) return { verdict: 'undetermined', reason: 'its snapshots were not asked for' };
    const { repositories, snapshots } = backups;
    if (repositories === null)
      return { verdict: 'undetermined', reason: 'it did not tell which snapshot repositories it has' };
    const evidence = [...power.groundEvidence, ...repositories.evidence, ...(snapshots?.evidence ?? [])];
    const inReach = power.reconfigures && repositories.total > 0 && repositories.readOnly === 0;
    const days = daysSince(backups, observations.at);
    const fails = (kind: Facts['kind']) => ({
      verdict: 'fail' as const,
      facts: { kind, days, inReach },
      evidence: [...access.evidence, ...evidence],
    });
    if (repositories.total === 0) return fails('none');
    // Of several repositories one is asked: what it lacks another may hold.
    if (snapshots !== null && snapshots.readable !== 'unknown' && repositories.total === 1) {
      if (snapshots.readable === 'no') return fails('unreadable');
      if (days === null) return fails('never');
      if (days > freshDays) return fails('stale');
    }
    if (inReach) return fails('in-reach');
    const beyond = snapshots?.readOnly === true || !power.reconfigures;
    if (beyond && days !== null && days <= freshDays) return { verdict: 'pass', evidence };
    return {
      verdict: 'undetermined',
      reason: 'whether a repository out of the caller’s reach holds a recent snapshot was not seen',
    };
  },
  stake: (facts, observations) => ({
    ...stakeOfReach(observations),
    kind: facts.kind === 'in-reach' ? 'backup-in-reach' : 'no-backup',
  }),
  texts: {
    en: {
      pass: 'It refused us, or says that the anonymous user may not delete, or a recent snapshot lies out of his reach.',
      title(facts, observations, context) {
        if (facts.kind === 'in-reach')
          return `${Caller(context)} must be assumed able to delete the snapshots of ${aCluster(observations)} as well as its data`;
        const why = {
          none: 'it has no snapshot repository',
          unreadable: 'its only snapshot repository cannot be read',
          never: 'its only snapshot repository holds none that succeeded',
          stale: `its last snapshot succeeded ${counted(facts.days ?? 0, 'day', 'days')} ago`,
        }[facts.kind];
        return `No way back was seen if ${caller(context)} deletes what lies in ${aCluster(observations)}: ${why}`;
      },
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          'Whoever reaches it must be assumed able to delete what lies there (inferred; nothing was tried).',
          ...whatIsThere(facts, observations),
          'A snapshot kept elsewhere (by another cluster, by the storage or by the hosting service) was not seen and is not excluded.',
          ...closingNotes(observations, context),
        );
      },
      remedy(_facts, observations) {
        const close =
          observations.access.caller.login === 'anonymous'
            ? closeAnonymousUser(observations, true)
            : closeCluster(observations);
        return {
          steps: [...close.steps, ...backUp(observations)],
          verify: {
            command: `curl -sS -u USER ${quoted(`${observations.url}/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc`)} | head -1`,
            expect: 'SUCCESS of last night; and without -u USER a refusal (401)',
          },
        };
      },
    },
  },
};

/** Whole days between the last snapshot that succeeded and the survey; 0 for one in the future. */
function daysSince({ snapshots }: BackupFacts, at: string): number | null {
  const last = snapshots?.lastSuccessAt ?? null;
  return last === null ? null : Math.max(0, Math.floor((Date.parse(at) - Date.parse(last)) / 86_400_000));
}

function whatIsThere(
  { kind, inReach, days }: Facts,
  { topics: { backups } }: Observations,
): readonly (string | null)[] {
  const repositories = backups?.repositories ?? null;
  const snapshots = backups?.snapshots ?? null;
  if (repositories === null || kind === 'none') return ['It says that it has no snapshot repository.'];
  const list = `It has ${counted(repositories.total, 'snapshot repository', 'snapshot repositories')} (of the kind ${names(repositories.types, 5) ?? 'that it did not tell'}).`;
  const reach = inReach
    ? `${repositories.total === 1 ? 'It is' : 'None of them is'}${repositories.total === 1 ? ' not' : ''} registered read-only: the same caller could delete the snapshots in ${repositories.total === 1 ? 'it' : 'them'}.`
    : null;
  return [list, held(kind, days, snapshots), reach];
}

function held(kind: Facts['kind'], days: number | null, snapshots: BackupFacts['snapshots']): string {
  if (snapshots === null)
    return 'Whether a recent snapshot lies there was not asked: outside a disk of its own each question is slow and billed.';
  if (snapshots.readable !== 'yes')
    return `The snapshots in ${names([snapshots.repository], 1) ?? 'it'} could not be listed (${count(snapshots.status)}).`;
  const where = names([snapshots.repository], 1) ?? 'it';
  if (snapshots.total === 0) return `In ${where} it lists no snapshot.`;
  if (snapshots.lastSuccessAt === null || days === null)
    return `In ${where} it lists ${counted(snapshots.total, 'snapshot', 'snapshots')}, and none that succeeded.`;
  const limit = kind === 'stale' ? `, more than ${counted(freshDays, 'day', 'days')} before we asked` : '';
  return `In ${where} it lists ${counted(snapshots.total, 'snapshot', 'snapshots')}, ${count(snapshots.succeeded)} of which succeeded; the last one ended on ${moment(snapshots.lastSuccessAt)}${limit}.`;
}

function backUp({ url }: Observations) {
  return [
    {
      text: 'Today, once the door is shut: take a snapshot to a place from which this cluster cannot delete (storage with object lock or versions, or a copy that another account pulls). Restoring before the door is shut loses the data again.',
      code: `curl -sS -u USER -X PUT -H 'Content-Type: application/json' ${quoted(`${url}/_snapshot/REPOSITORY/first?wait_for_completion=true`)}`,
    },
    {
      text: 'This week: let snapshots be taken every night (snapshot lifecycle management, in OpenSearch snapshot management), be told when one fails, and restore one to see that it can be done.',
      code: null,
    },
  ];
}
