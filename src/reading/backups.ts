import type { Answer, EndpointRecord } from '../model/exchange.js';
import type { BackupFacts } from '../model/observation.js';
import { parseRepositories, parseSnapshots } from '../catalogue/snapshots.js';
import { canStandInPath } from '../catalogue/index-names.js';
import { answerTo, kept, refs } from '../catalogue/exchanges.js';

/**
 * The repository whose snapshots are worth asking for: the first on a disk, where a list costs little, one that is registered
 * read-only before others; null for none.
 */
export function cheapRepository(record: EndpointRecord): string | null {
  const repositories = kept(answerTo(record, 'snapshot-repositories'), parseRepositories);
  // a name that was cut is none
  const cheap =
    repositories?.list.filter(({ type, name }) => type === 'fs' && canStandInPath(name) && !name.endsWith('…')) ?? [];
  return (cheap.find(({ readOnly }) => readOnly) ?? cheap[0])?.name ?? null;
}

/** What a cluster says of its snapshots; null where it was not asked. */
export function readBackups(record: EndpointRecord): BackupFacts | null {
  const listed = answerTo(record, 'snapshot-repositories');
  if (listed === null) return null;
  const repositories = kept(listed, parseRepositories);
  const asked = answerTo(record, 'snapshots');
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
            succeeded: snapshots?.succeeded ?? 0,
            lastSuccessAt: snapshots?.lastSuccess === undefined ? null : instant(snapshots.lastSuccess),
            evidence: refs(asked),
          },
  };
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

function instant(milliseconds: number): string | null {
  // 8.64e15 ms is as far as a Date goes
  return milliseconds > 0 && milliseconds <= 8.64e15 ? new Date(milliseconds).toISOString() : null;
}
