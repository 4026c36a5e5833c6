// Snapshot repositories of an open cluster, and when the last snapshot succeeded: is there a way back if it is emptied?
import { z } from 'zod';
import { plain } from '../catalogue/banner.js';
import { kept, refs } from '../catalogue/exchanges.js';
import { canStandInPath } from '../catalogue/index-names.js';
import { optionalNumber, optionalText } from '../catalogue/parse.js';
import { keepRepositories, parseRepositories } from '../catalogue/snapshots.js';
import { defineTopic, type Answers } from '../catalogue/topic.js';
import type { Answer } from '../model/exchange.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs, Tri } from '../model/observation.js';
import { count, countedOrNo, instant } from '../text/words.js';

/** The snapshot repositories that a cluster says it has, and what one of them holds. */
export interface BackupFacts {
  /** null where the list was not shown. */
  readonly repositories: {
    readonly total: number;
    /** Registered read-only here, or of a type that is. */
    readonly readOnly: number;
    /** Kinds, sorted, at most 10: `fs`, `s3`, … */
    readonly types: readonly string[];
    readonly evidence: EvidenceRefs;
  } | null;
  /** The one repository whose snapshots were asked for; null where none was. */
  readonly snapshots: {
    readonly repository: string;
    readonly readOnly: boolean;
    /** `no` where the server says that it cannot read them; `unknown` where the answer was neither that nor a list. */
    readonly readable: Tri;
    /** Status of the answer. */
    readonly status: number;
    readonly total: number;
    /** True where the end of the list was not read: `total` and `succeeded` are lower bounds. */
    readonly atLeast: boolean;
    readonly succeeded: number;
    /** End of the newest one that succeeded. */
    readonly lastSuccessAt: string | null;
    readonly evidence: EvidenceRefs;
  } | null;
}

const row = z.object({ status: optionalText(20), end_epoch: optionalNumber });

const snapshots = z.object({
  total: z.number(),
  succeeded: z.number(),
  /** End of the newest one that succeeded, milliseconds since 1970. */
  lastSuccess: z.number().optional(),
});

/** The snapshots of one repository, as kept. */
export function parseSnapshots(value: unknown): z.infer<typeof snapshots> | null {
  const parsed = snapshots.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const snapshotsShape = z.array(row);

/**
 * Counts the rows of `_cat/snapshots/{repository}`. Only full successes count: a partial one lacks shards. Of a list that was cut
 * and has the oldest first, as lines before 5.1 have it, the newest are missing: it shows nothing of them.
 */
export function keepSnapshots(value: unknown, cut = false): Json | null {
  const parsed = snapshotsShape.safeParse(value);
  if (!parsed.success || !parsed.data.every(({ status }) => status !== undefined)) return null;
  const ends = parsed.data.flatMap(({ status, end_epoch: end }) => (status === 'SUCCESS' ? [(end ?? 0) * 1000] : []));
  if (cut && (ends[0] ?? 0) < (ends.at(-1) ?? 0)) return null;
  return plain({
    total: parsed.data.length,
    succeeded: ends.length,
    lastSuccess: ends.length === 0 ? undefined : ends.reduce((a, b) => Math.max(a, b)),
  } satisfies z.infer<typeof snapshots>);
}

export const topic = defineTopic({
  questions: [
    /** Is there a way back? Addresses, buckets and keys of the repositories never cross the wire. Wire guide C. */
    {
      id: 'snapshot-repositories',
      method: 'GET',
      path: `/_snapshot?filter_path=*.type,*.settings.readonly`,
      askedOf: ['elasticsearch', 'opensearch'],
      why: 'Shows whether the cluster has a place for snapshots, and whether a caller who may delete the data may delete the snapshots as well.',
      reveals: 'names and kinds of the snapshot repositories, and whether they are registered read-only',
      traces:
        'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepRepositories, text: 200 },
      when: ({ mayChange, holdsData }) => mayChange && holdsData,
    },
    /**
     * When the last snapshot was taken. The server reads one small file per snapshot: quick on a disk, slow and billed by the
     * request on cloud storage, so it is put to one repository of the kind `fs` and to no other. Wire guide C, S.
     */
    {
      id: 'snapshots',
      method: 'GET',
      path: `/_cat/snapshots/{repository}?format=json&h=status,end_epoch&s=end_epoch:desc`,
      askedOf: ['elasticsearch', 'opensearch'],
      why: 'Shows when the last snapshot succeeded. Asked of one named repository on disk only; the server reads one small file per snapshot.',
      reveals: 'how many snapshots there are, how they ended and when; not their names',
      traces:
        'reads in the snapshot repository; where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
      cost: 'expensive',
      technique: null,
      cap: 256 * 1024,
      answers500: true,
      headers: {},
      keep: { headers: [], json: keepSnapshots, text: 200 },
      when: ({ mayChange }) => mayChange,
      blanks(answers) {
        const repository = cheapRepository(answers);
        return repository === null ? null : { repository };
      },
    },
  ],
  phase: 'beside',
  order: 30,
  isAbout: ({ access }) => access.state === 'open' && !access.mixed,
  read(answers): BackupFacts | null {
    const listed = answers.last('snapshot-repositories');
    if (listed === null) return null;
    const repositories = kept(listed, parseRepositories);
    const asked = answers.last('snapshots');
    const snapshots = kept(asked, parseSnapshots);
    const name = asked?.exchange.blanks['repository'] ?? '';
    return {
      repositories:
        repositories === null
          ? null
          : {
              total: repositories.total,
              readOnly: repositories.readOnly,
              types: repositories.types,
              evidence: refs(listed),
            },
      snapshots:
        asked === null
          ? null
          : {
              repository: name,
              readOnly: repositories?.list.some((one) => one.name === name && one.readOnly) ?? false,
              readable: snapshots !== null ? 'yes' : cannotRead(asked.answer) ? 'no' : 'unknown',
              status: asked.answer.status,
              total: snapshots?.total ?? 0,
              atLeast: asked.answer.truncated,
              succeeded: snapshots?.succeeded ?? 0,
              lastSuccessAt: instant(snapshots?.lastSuccess),
              evidence: refs(asked),
            },
    };
  },
  names: () => [],
  shows: ({ repositories, snapshots }, texts) => [
    [repositories?.evidence, repositories === null ? null : texts.repositories(repositories.total)],
    [snapshots?.evidence, snapshots?.readable === 'yes' ? texts.snapshots(snapshots) : null],
  ],
  texts: {
    en: {
      unknown: 'its snapshots were not requested',
      repositories: (total: number): string =>
        `lists ${countedOrNo(total, 'snapshot repository', 'snapshot repositories')}`,
      snapshots({ total, atLeast, succeeded }: { total: number; atLeast: boolean; succeeded: number }): string {
        const of = atLeast ? 'of those read' : 'of them';
        return `lists ${atLeast ? 'at least ' : ''}${countedOrNo(total, 'snapshot')}${total === 0 ? '' : `, ${count(succeeded)} ${of} complete`}`;
      },
    },
  },
});

/**
 * The repository whose snapshots are worth asking for: the first on a disk, where a list costs little, one that is registered
 * read-only before others; null for none.
 */
function cheapRepository(answers: Answers<'snapshot-repositories'>): string | null {
  const repositories = kept(answers.last('snapshot-repositories'), parseRepositories);
  // a name that was cut cannot be used
  const cheap =
    repositories?.list.filter(({ type, name }) => type === 'fs' && canStandInPath(name) && !name.endsWith('…')) ?? [];
  return (cheap.find(({ readOnly }) => readOnly) ?? cheap[0])?.name ?? null;
}

/**
 * The server's own error about the repository (`repository_exception`, 500; seen on 2.4 with a folder it may not read), and
 * not that of a proxy, nor of a line that has no such page (before 2.1 it is read as the name of an index, and 404).
 */
function cannotRead({ status, body }: Answer): boolean {
  return (
    status === 500 && body.kind === 'error' && /repositor|snapshot/i.test(`${body.type ?? ''} ${body.reason ?? ''}`)
  );
}
