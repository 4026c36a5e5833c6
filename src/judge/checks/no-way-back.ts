// A cluster that a caller is taken to be able to empty, and no snapshot that would restore the deleted data.
import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import type { BlockLine, DecidedStep } from '../../model/remedy.js';
import type { BackupFacts } from '../../topics/backups.js';
import { clusterQuestions, dataThere, stakeOfReach } from '../access.js';
import { versionOf } from '../../knowledge/version.js';
import { closeAnonymousUser, closeCluster, overTls, quoted } from '../remedies.js';
import { thisWeek, today } from '../steps.js';
import { aCluster, answeredAs, caller, Caller, count, counted, moment, names, paragraph } from '../words.js';

/** Days after which the last successful snapshot is too old: a nightly job that has failed for a week. */
const freshDays = 7;

/**
 * `none`: no repository; `unreadable`: the only one could not be read; `never`, `stale`: what the only one has;
 * `in-reach`: the caller may delete the snapshots too.
 */
type Facts = {
  readonly kind: 'none' | 'unreadable' | 'never' | 'stale' | 'in-reach';
  /** Whole days since the last one that succeeded; null where none did or none was asked for. */
  readonly days: number | null;
  /** None of the repositories is registered read-only. */
  readonly inReach: boolean;
};

type Why = 'deleting-not-known' | 'repositories-not-shown' | 'snapshot-out-of-reach-not-seen';

type Own =
  | 'name-folder'
  | 'register-folder'
  | 'register-bucket'
  | 'take-snapshot'
  | 'schedule-snapshots'
  | 'snapshot-of-last-night';

export const check: Check<Facts, never, Why, Own> = {
  id: 'no-way-back',
  scope: 'endpoint',
  about:
    'The cluster shows no recent snapshot to restore deleted data from, or only one that the same caller may delete too.',
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
    if (power === null || power.ground === null) return { verdict: 'undetermined', reason: 'deleting-not-known' };
    if (backups === null) return { verdict: 'undetermined', reason: 'backups' };
    const { repositories, snapshots } = backups;
    if (repositories === null) return { verdict: 'undetermined', reason: 'repositories-not-shown' };
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
    return { verdict: 'undetermined', reason: 'snapshot-out-of-reach-not-seen' };
  },
  stake: (facts, observations) => ({
    ...stakeOfReach(observations),
    kind: facts.kind === 'in-reach' ? 'backup-in-reach' : 'no-backup',
  }),
  remedy({ kind }, observations) {
    const repository = kind === 'none' ? 'backups' : 'REPOSITORY';
    const close =
      observations.access.caller.login === 'anonymous'
        ? closeAnonymousUser(observations, true)
        : closeCluster(observations);
    return {
      steps: [
        ...close.steps,
        ...(kind === 'none' ? register(observations, repository) : []),
        ...backUp(observations, repository),
      ],
      verify: {
        command: `curl -sS -u USER ${quoted(`${overTls(observations.url)}/_cat/snapshots/${repository}?h=status,end_epoch,end_time&s=end_epoch:desc`)} | head -1`,
        expect: 'snapshot-of-last-night',
      },
    };
  },
  texts: {
    en: {
      title(facts, observations, context) {
        if (facts.kind === 'in-reach')
          return `${Caller(context)} can likely delete the snapshots of ${aCluster(observations)} as well as its data`;
        const why = {
          none: 'No snapshot repository found',
          unreadable: 'The only snapshot repository cannot be read',
          never: 'No successful snapshot found',
          stale: `The last successful snapshot is ${counted(facts.days ?? 0, 'day', 'days')} old`,
        }[facts.kind];
        return `${why}: data that ${caller(context)} deletes from ${aCluster(observations)} could not be restored from it`;
      },
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          'Inferred, and not tried: every caller can delete its contents.',
          ...whatIsThere(facts, observations),
          facts.kind === 'in-reach'
            ? 'Snapshots elsewhere (in another cluster, the storage or the hosting service) were not visible to us.'
            : `The cluster itself offers nothing ${facts.kind === 'stale' ? 'recent ' : ''}to restore deleted data from. Snapshots elsewhere (in another cluster, the storage or the hosting service) were not visible to us.`,
        );
      },
      remedy: {
        'name-folder':
          'Name a folder for snapshots that is on storage shared by all nodes. Set this in elasticsearch.yml on every node, then restart one node at a time.',
        'register-folder':
          'Once the access is closed and TLS is on, register a snapshot repository there. Copy its contents to storage that this cluster cannot reach.',
        'register-bucket':
          'Once the access is closed and TLS is on, register a snapshot repository in a bucket that this cluster cannot delete from (object lock or versioning). For other storage, use its type in place of `s3`.',
        'take-snapshot':
          'Once the access is closed and TLS is on, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.',
        'schedule-snapshots':
          'Schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management; before Elasticsearch 7.4 a cron job) with an alert on failure, and test that one restores.',
        'snapshot-of-last-night': 'SUCCESS from last night, and 401 without -u USER',
      },
      undetermined: {
        'deleting-not-known': 'whether a caller may delete is not known, so its snapshots were not requested',
        'repositories-not-shown': 'it did not show which snapshot repositories it has',
        'snapshot-out-of-reach-not-seen':
          'whether a repository that the caller cannot change has a recent snapshot was not seen',
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
  if (repositories === null || kind === 'none') return ['It reports no snapshot repository.'];
  const list = `It has ${counted(repositories.total, 'snapshot repository', 'snapshot repositories')} (type ${names(repositories.types, 5) ?? 'not shown'}).`;
  const reach = inReach
    ? `${repositories.total === 1 ? 'It is' : 'None of them is'}${repositories.total === 1 ? ' not' : ''} registered read-only: the same caller could delete the snapshots in ${repositories.total === 1 ? 'it' : 'them'}.`
    : null;
  return [list, held(kind, days, snapshots), reach];
}

function held(kind: Facts['kind'], days: number | null, snapshots: BackupFacts['snapshots']): string {
  if (snapshots === null)
    return 'Whether it has a recent snapshot was not requested: outside a local disk, such requests are slow and may be billed.';
  if (snapshots.readable !== 'yes')
    return `The snapshots in ${names([snapshots.repository], 1) ?? 'it'} could not be listed (${count(snapshots.status)}).`;
  const where = names([snapshots.repository], 1) ?? 'it';
  if (snapshots.total === 0) return `In ${where} it lists no snapshot.`;
  if (snapshots.lastSuccessAt === null || days === null)
    return `In ${where} it lists ${counted(snapshots.total, 'snapshot', 'snapshots')}, none of them successful.`;
  const limit = kind === 'stale' ? `, more than ${counted(freshDays, 'day', 'days')} before this audit` : '';
  return `In ${where} it lists ${counted(snapshots.total, 'snapshot', 'snapshots')}, ${count(snapshots.succeeded)} of them successful; the last one ended on ${moment(snapshots.lastSuccessAt)}${limit}.`;
}

/**
 * Registers a repository where there is none. The S3 type comes with Elasticsearch 8 and is a plugin before and in OpenSearch; its
 * keys are in the keystore since 5.5. Source: Elastic's and OpenSearch's pages on repositories.
 */
function register(observations: Observations, repository: string): readonly DecidedStep<Own>[] {
  const { product } = observations.identity;
  const major = versionOf(observations)?.major ?? null;
  const put = (body: string): string =>
    `curl -sS -u USER -X PUT -H 'Content-Type: application/json' ${quoted(`${overTls(observations.url)}/_snapshot/${repository}`)} -d '${body}'`;
  if (product !== 'opensearch' && (major === null || major < 6))
    return [
      today.yaml('name-folder', 'path.repo: ["/mnt/backups"]'),
      today.shell('register-folder', put('{"type": "fs", "settings": {"location": "/mnt/backups"}}')),
    ];
  const name = product === 'opensearch' ? 'opensearch' : 'elasticsearch';
  const onEveryNode = (command: string): BlockLine => ({ code: `${command}      `, comment: 'on-every-node' });
  const plugin =
    product === 'opensearch' || (major ?? 0) < 8 ? [onEveryNode(`bin/${name}-plugin install repository-s3`)] : [];
  return [
    today.shell('register-bucket', [
      ...plugin,
      onEveryNode(`bin/${name}-keystore add s3.client.default.access_key`),
      `bin/${name}-keystore add s3.client.default.secret_key`,
      put('{"type": "s3", "settings": {"bucket": "BUCKET"}}'),
    ]),
  ];
}

function backUp({ url }: Observations, repository: string): readonly DecidedStep<Own>[] {
  return [
    today.shell(
      'take-snapshot',
      `curl -sS -u USER -X PUT -H 'Content-Type: application/json' ${quoted(`${overTls(url)}/_snapshot/${repository}/first?wait_for_completion=true`)}`,
    ),
    thisWeek.do('schedule-snapshots'),
  ];
}
