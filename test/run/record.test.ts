import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { formatDefaults } from '../../src/report/index.js';
import type { RunInfo, Severity } from '../../src/model/finding.js';
import { findingStatuses, type FindingStatus } from '../../src/model/history.js';
import { makeFolder } from '../../src/store/files.js';
import { journalFormat, openSegment, segmentPath } from '../../src/store/journal.js';
import { chosenFormats, exitCodeOf, judgeOnly, writeRecord } from '../../src/run/record.js';
import type { Thresholds, WrittenRecord } from '../../src/run/record.js';
import { declared } from './support.js';
import { shipped } from '../support/knowledge.js';

const startedAt = '2026-11-23T02:00:00.000Z';

t.test('a pass that is cancelled leaves nothing behind', async (t) => {
  const folder = t.testdir({});
  const declaration = await declared(t, 'targets: [{ id: a, url: "http://127.0.0.1:9200" }]', folder);
  const { engagement, targets } = declaration;
  const journal = join(folder, 'run', 'journal');
  await makeFolder(journal);
  const segment = openSegment(segmentPath(journal, 1), {
    leftopen: 'journal',
    format: journalFormat,
    run: 'r',
    segment: 1,
    startedAt,
    tool: '0',
    catalogue: 'c',
    knowledge: 'k',
    digest: 'd',
    vantage: engagement.vantage,
    targets,
  });
  for (let ordinal = 0; ordinal < 200; ordinal += 1) {
    const address = `127.0.0.${ordinal + 1}`;
    const endpoint = { host: address, address, port: 9200, basePath: '', scheme: null };
    const record = { ordinal, endpoint, targets: ['a'], at: startedAt, exchanges: [], tls: null, cut: null };
    segment.write({ record, addresses: null, replaces: null, tries: 1 });
  }
  segment.close();
  writeFileSync(join(folder, 'run', 'ledger.jsonl'), '');
  const info: RunInfo = {
    id: 'r',
    tool: { name: 'leftopen', version: '0' },
    catalogue: 'c',
    knowledge: 'k',
    engagement,
    vantage: engagement.vantage,
    startedAt,
    endedAt: null,
    finished: false,
    gaps: [],
    planDigest: 'd',
    ledgerSha256: null,
    userAgent: 'x',
    requests: 0,
    connections: 0,
    bytes: 0,
    declared: declaration.declared,
  };
  const options = {
    runFolder: join(folder, 'run'),
    folder: join(folder, 'run'),
    info,
    knowledge: shipped,
    formats: ['html'],
    formatOptions: formatDefaults,
    history: { baseline: null, absent: () => 'not-asked' as const },
  };
  await t.rejects(writeRecord({ ...options, stop: () => true }), { name: 'PassStopped' });
  t.strictSame(readdirSync(join(folder, 'run')).sort(), ['journal', 'ledger.jsonl']);
  const inMemory = await judgeOnly(options, -1);
  t.strictSame(readdirSync(join(folder, 'run')).sort(), ['journal', 'ledger.jsonl'], 'in memory nothing is written');
  t.equal(inMemory.head.summary.endpoints, 200);
  t.equal(inMemory.endpoints.length, 200);
  t.match(inMemory.head.run.gaps.at(-1), /checks of groups were left out/);
  const written = await writeRecord(options);
  t.equal(written.head.summary.endpoints, 200);
  t.match(written.head.run.gaps[0], /the run was killed/);
  t.equal(written.interrupted, true);
});

t.test('the exit code for new findings', (t) => {
  const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const made = (status: FindingStatus | 'byKnowledge', severity: Severity, gaps: readonly string[] = []): unknown => ({
    interrupted: false,
    head: {
      summary: { findings: { ...none, [severity]: 1 } },
      run: { finished: true, gaps },
      changes: {
        findings: {
          ...Object.fromEntries(findingStatuses.map((one) => [one, none])),
          ...(status !== 'byKnowledge' && { [status]: { ...none, [severity]: 1 } }),
        },
        byKnowledge: status === 'byKnowledge' ? { ...none, [severity]: 1 } : none,
      },
    },
  });
  const code = (record: unknown, thresholds: Thresholds): number | null =>
    isRecord(record) ? exitCodeOf(record, thresholds) : null;
  for (const status of ['new', 'worse', 'reopened'] as const) t.equal(code(made(status, 'high'), {}), 1, status);
  for (const status of ['unchanged', 'better', 'byKnowledge'] as const)
    t.equal(code(made(status, 'critical'), {}), 0, status);
  t.equal(code(made('new', 'medium'), {}), 0, 'below the default');
  t.equal(code(made('new', 'medium'), { failOnNew: 'medium' }), 1);
  t.equal(code(made('byKnowledge', 'high'), { newKnowledge: true }), 1);
  t.equal(code(made('unchanged', 'high'), { failOn: 'high', failOnNew: 'none' }), 1, 'either triggers');
  t.equal(code(made('new', 'medium'), { failOn: 'high', failOnNew: 'medium' }), 1, 'either triggers');
  t.equal(code(made('new', 'critical'), { failOn: 'none' }), 0, 'one that is given replaces the default');
  t.equal(code(made('new', 'critical'), { failOn: 'none', failOnNew: 'none' }), 0);
  t.equal(code(made('unchanged', 'critical', ['x']), {}), 3, 'still incomplete');
  t.end();
});

t.test('the exit code', (t) => {
  const record = (changes: {
    readonly interrupted?: boolean;
    readonly gaps?: readonly string[];
    readonly worst?: Severity;
  }): Pick<WrittenRecord, 'interrupted'> & { head: { summary: object; run: object } } => ({
    interrupted: changes.interrupted ?? false,
    head: {
      summary: {
        findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...(changes.worst && { [changes.worst]: 1 }) },
      },
      run: { finished: true, gaps: changes.gaps ?? [] },
    },
  });
  const cases: readonly [Parameters<typeof record>[0], Severity, number][] = [
    [{}, 'high', 0],
    [{ worst: 'medium' }, 'high', 0],
    [{ worst: 'high' }, 'high', 1],
    [{ worst: 'critical' }, 'high', 1],
    [{ worst: 'info' }, 'info', 1],
    [{ gaps: ['x'] }, 'high', 3],
    [{ gaps: ['x'], worst: 'high' }, 'high', 1],
    [{ gaps: ['x'], worst: 'low' }, 'high', 3],
    [{ interrupted: true, worst: 'critical' }, 'high', 130],
  ];
  for (const [changes, failOn, expected] of cases) {
    const made: unknown = record(changes);
    if (isRecord(made)) t.equal(exitCodeOf(made, { failOn }), expected, JSON.stringify(changes));
  }
  t.end();
});

/** As much of a record as the exit code is made of. */
function isRecord(value: unknown): value is WrittenRecord {
  return typeof value === 'object' && value !== null && 'head' in value;
}

t.test('the record itself is always written', (t) => {
  const names = (wanted: readonly string[]) => chosenFormats(wanted).map(({ name }) => name);
  t.strictSame(names([]), ['endpoints-jsonl', 'findings-jsonl', 'json']);
  t.strictSame(new Set(names(['html', 'json'])), new Set(['endpoints-jsonl', 'findings-jsonl', 'html', 'json']));
  t.end();
});
