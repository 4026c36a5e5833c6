import type { Test } from 'tap';
import { judgeAll } from '../../src/judge/pass.js';
import type { Checks } from '../../src/judge/record.js';
import { checks, groupChecks } from '../../src/judge/registry.generated.js';
import { sortersIn } from '../../src/store/sorter.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { Observations } from '../../src/model/observation.js';
import { recordOf } from './observations.js';

/** Every check there is. */
export const allChecks: Checks = { endpoint: checks, group: groupChecks };

const ofAccess: ReadonlySet<string> = new Set([
  'cluster-anonymous-access',
  'cluster-banner-exposed',
  'cluster-metadata-exposed',
  'cluster-open',
  'dashboard-anonymous-access',
  'dashboard-gateway',
  'dashboard-open',
  'dashboard-setup-open',
  'dashboard-status-exposed',
  'login-over-plain-http',
  'unexpected-endpoint',
]);

/** The checks of access: for tests of the pass itself, which other findings would only disturb. */
export const accessChecks: Checks = {
  endpoint: checks.filter(({ id }) => ofAccess.has(id)),
  group: groupChecks.filter(({ id }) => ofAccess.has(id)),
};

/** All that a stream yields. */
export async function all<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** The complete pass over these observations; small sorters, so that spilling is part of it. */
export async function pass(
  t: Test,
  observations: Iterable<Observations>,
  context: JudgeContext,
  options: { checks?: Checks; budget?: number } = {},
) {
  async function* items() {
    for (const each of observations) yield await Promise.resolve({ record: recordOf(each), observations: each });
  }
  const judgement = await judgeAll(
    items(),
    context,
    options.checks ?? allChecks,
    sortersIn(t.testdir(), options.budget ?? 20_000),
  );
  t.teardown(() => judgement.close());
  return { judgement, findings: await all(judgement.findings()), endpoints: await all(judgement.endpoints()) };
}
