// What every judging of a journal needs: which answers count, and what may be known besides them.
import { languageOf } from '../languages/index.js';
import { readRecord } from '../judge/index.js';
import type { JudgeContext, NameMask } from '../model/check.js';
import type { Target } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { RunInfo } from '../model/finding.js';
import type { Knowledge } from '../model/knowledge.js';

/**
 * A block on the way looks like a wall or like silence. Of a stretch in which our vantage was lost, only what its content
 * proves remains: an open endpoint, a decoy. Other answers are put aside, and the endpoint is undetermined.
 */
export async function* provable(records: AsyncIterable<EndpointRecord>): AsyncGenerator<EndpointRecord, void, void> {
  for await (const record of records) {
    const { cut } = record;
    if ((cut !== 'vantage-lost' && cut !== 'source-blocked') || provesItself(record)) {
      yield record;
      continue;
    }
    const outcome = { kind: 'failure', failure: 'interrupted', detail: 'put aside: the vantage was lost' } as const;
    yield { ...record, exchanges: record.exchanges.map((exchange) => ({ ...exchange, outcome })), tls: null };
  }
}

function provesItself(record: EndpointRecord): boolean {
  const { state } = readRecord(record).observations.access;
  return state === 'open' || state === 'decoy';
}

/** What judging may know besides the observations: the run's own time and vantage, whenever and wherever it is done. */
export function contextOf(
  info: Pick<RunInfo, 'id' | 'language' | 'vantage' | 'startedAt' | 'accepted'>,
  targets: readonly Target[],
  knowledge: Knowledge,
  mask?: NameMask,
  before?: JudgeContext['before'],
): JudgeContext {
  return {
    run: info.id,
    texts: languageOf(info.language).judge,
    vantage: info.vantage,
    now: info.startedAt,
    targets: new Map(targets.map((target) => [target.id, target])),
    knowledge,
    accepted: (info.accepted ?? []).filter(({ vulnerabilities }) => vulnerabilities.length > 0),
    ...(mask === undefined ? {} : { mask }),
    ...(before === undefined ? {} : { before }),
  };
}
