// In another language, nothing that is wrong with a file of a run is said in English.
import { join } from 'node:path';
import t from 'tap';
import { checkHistory } from '../../src/history/file.js';
import { readBundle } from '../../src/knowledge/bundle.js';
import { loadKnowledge } from '../../src/run/knowledge.js';
import { readHead, readJsonLines } from '../../src/run/record-files.js';
import { createBits } from '../../src/store/bits.js';
import { makeTimedFolder, readRunInfo } from '../../src/store/folder.js';
import { damageText, listSegments } from '../../src/store/journal.js';
import { ledgerDamage, readLedger } from '../../src/store/ledger.js';
import { takeLock } from '../../src/store/lock.js';
import { maskKey } from '../../src/store/mask-key.js';
import { errorText, reading, storageFailure } from '../../src/store/mistake.js';
import { matchSums, verifyFolder } from '../../src/store/verify.js';
import { englishIn, speakOtherLanguage } from '../support/other-language.js';

const isObject = (value: unknown): value is object => typeof value === 'object';

/** What is said where a step fails; a step that does not fail is a fault of the test. */
async function mistakeOf(name: string, step: () => Promise<unknown>): Promise<string> {
  try {
    await step();
  } catch (error) {
    return `${name}: ${errorText(error)}`;
  }
  throw new Error(`${name} did not fail`);
}

async function read(lines: AsyncIterable<unknown>): Promise<void> {
  for await (const line of lines) if (line === undefined) return;
}

t.test('files, folders and records', async (t) => {
  const claim = { engagement: 'E', vantage: 'V', shard: '1/2', folder: 'F', since: '2026-01-01' } as const;
  const folder = t.testdir({
    file: 'x',
    readable: { 'E.key': 'x' },
    damaged: { 'run.json': '{}' },
    unsummed: {},
    summed: { SHA256SUMS: `${'0'.repeat(64)}  gone\n` },
    wrong: { SHA256SUMS: 'x\n' },
    old: { 'segment-0001.jsonl.gz': '' },
    'lines.jsonl': '{}\nx\n',
    'newer.json': '{"schema":"leftopen/findings/99"\n',
    'newer.jsonl': '{"leftopen":"history","format":99}\n{}\n',
    'ledger.jsonl': 'x\n',
  });
  const at = (name: string): string => join(folder, name);
  const lock = await takeLock(folder, claim);
  t.teardown(() => lock.release());
  speakOtherLanguage(t);
  const said = await Promise.all([
    mistakeOf('a-folder-in-a-file', () => makeTimedFolder(at('file'), new Date())),
    mistakeOf('info-damaged', () => readRunInfo(at('damaged'))),
    mistakeOf('info-deleted', () => readRunInfo(at('summed'))),
    mistakeOf('no-sums', () => matchSums(at('unsummed'), () => [], 'rejudge')),
    mistakeOf('no-sums-to-verify', () => verifyFolder(at('unsummed'))),
    mistakeOf('changed', () => matchSums(at('summed'), (names) => names, 'otherBaseline')),
    mistakeOf('no-sum', () => verifyFolder(at('wrong'))),
    mistakeOf('unreadable', () =>
      reading(at('file'), () => Promise.reject(Object.assign(new Error(), { code: 'EACCES' }))),
    ),
    mistakeOf('locked', () => takeLock(folder, claim)),
    mistakeOf('no-journal', () => listSegments(at('none'))),
    mistakeOf('key-damaged', () => maskKey('E', at('readable'))),
    mistakeOf('no-json', () => read(readJsonLines(at('lines.jsonl'), isObject))),
    mistakeOf('newer-record', () => readHead(at('newer.json'))),
    mistakeOf('newer-history', () => checkHistory(at('newer.jsonl'))),
    mistakeOf('no-history', () => checkHistory(at('file'))),
    mistakeOf('no-knowledge', () => loadKnowledge(at('none'))),
    mistakeOf('knowledge-folder', () => loadKnowledge(at('old'))),
    mistakeOf('not-a-bundle', () => loadKnowledge(at('file'))),
  ]);
  const requests = createBits();
  requests.add(3);
  said.push(
    damageText({ segment: 1, from: 2, to: 3, lost: false }),
    damageText({ segment: 1, from: 2, to: null, lost: true }),
    ledgerDamage(await readLedger(at('ledger.jsonl')), requests) ?? 'no damage',
    JSON.stringify([readBundle('x'), readBundle(' '.repeat(20_000_001))]),
    ...['ENOSPC', 'EROFS', 'EMFILE'].map((code) => storageFailure(Object.assign(new Error(), { code })) ?? code),
  );
  t.same(said.flatMap(englishIn), []);
});
