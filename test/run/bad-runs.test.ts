// Run folders that are damaged, cut, altered or of a newer format: one clear line for each, whichever command meets them.
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { diff, findRun, findRunFolder, indexAll, keepRule, prune, rejudge, render } from '../../src/run/index.js';
import { openIntactRecord } from '../../src/run/open-record.js';
import { verifyFolder } from '../../src/store/verify.js';
import { audited, declared, recorded } from './support.js';

const url = await recorded(t, 'elasticsearch/7.17.9-open');
const folder = t.testdir({});
process.env['LEFTOPEN_KEYS'] = join(folder, 'keys');
const declaration = await declared(t, `engagement: { id: E }\ntargets: [{ id: a, url: "${url}" }]\n`, folder);
const whole = join(folder, 'whole');
const nights = [];
for (const night of [1, 2]) {
  const offset = Date.parse(`2026-11-0${night}T02:00:00Z`) - Date.now();
  const { result } = await audited(declaration, whole, { now: () => new Date(Date.now() + offset) });
  nights.push(basename(result.folder));
}
const [older = '', newer = ''] = nights;

/** The folder of reports, and the newest run in it. */
interface Copy {
  readonly out: string;
  readonly run: string;
  readonly before: string;
}

let copies = 0;
function copyOf(): Copy {
  const out = join(folder, `copy-${(copies += 1)}`);
  cpSync(whole, out, { recursive: true });
  return { out, run: join(out, 'E', newer), before: join(out, 'E', older) };
}

const commands = {
  find: ({ out }: Copy) => findRun(out, undefined),
  'find by name': ({ out, run }: Copy) => findRun(out, basename(run)),
  'open to send': ({ run }: Copy) => openIntactRecord(run),
  diff: ({ out }: Copy) => diff({ out }, ({ head }) => Promise.resolve(head)),
  report: ({ run }: Copy) => render(run, { formats: ['summary'] }),
  'report --redact': ({ run }: Copy) => render(run, { formats: ['summary'], redact: 'all' }),
  rejudge: ({ run }: Copy) => rejudge(run, { formats: [] }),
  verify: ({ run }: Copy) => verifyFolder(run),
  index: ({ out }: Copy) => indexAll(out, true),
  prune: ({ out }: Copy) => prune(out, keepRule('1d'), { remove: false }),
} as const;

const names = [
  'find',
  'find by name',
  'diff',
  'report',
  'report --redact',
  'rejudge',
  'verify',
  'index',
  'prune',
] as const;

/** Runs a command over a copy. */
function over(copy: Copy, name: keyof typeof commands): Promise<unknown> {
  return commands[name](copy);
}

/** Puts a folder in place of a file. */
function folderAt(path: string): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
}

const journal = (run: string): string => join(run, 'journal', readdirSync(join(run, 'journal'))[0] ?? '');
const cut = (path: string): void => {
  truncateSync(path, Math.floor(readFileSync(path).length / 2));
};
const empty = (path: string): void => {
  writeFileSync(path, '');
};

/** What is done to a copy, which commands meet it, and what they say. */
const cases: readonly (readonly [string, (copy: Copy) => void, readonly (keyof typeof commands)[], RegExp])[] = [
  [
    'run.json is empty',
    ({ run }) => empty(join(run, 'run.json')),
    ['find', 'find by name', 'diff', 'report', 'rejudge'],
    /run\.json is not the description of a run, or is damaged/,
  ],
  [
    'run.json was deleted',
    ({ run }) => rmSync(join(run, 'run.json')),
    ['find', 'diff', 'report', 'rejudge'],
    /run\.json was deleted: SHA256SUMS is there without it/,
  ],
  [
    'run.json was made to say that the run is unfinished',
    ({ run }) => {
      const path = join(run, 'run.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"finished": true', '"finished": false'));
    },
    ['find', 'diff'],
    /run\.json was changed after it was written/,
  ],
  [
    'run.json is cut',
    ({ run }) => cut(join(run, 'run.json')),
    ['find', 'report', 'rejudge'],
    /run\.json is not the description/,
  ],
  [
    'run.json names a language that is no text',
    ({ run }) => changed(run, 'run.json', (text) => text.replace('"language": "en"', '"language": 5')),
    ['find', 'find by name', 'diff', 'report', 'rejudge'],
    /run\.json is not the description of a run/,
  ],
  [
    'run.json and findings.json name a language that this version does not know',
    ({ run }) => {
      changed(run, 'run.json', (text) => text.replace('"language": "en"', '"language": "qab"'));
      changed(run, 'findings.json', (text) => text.replace('"language":"en"', '"language":"qab"'));
    },
    ['diff', 'report', 'report --redact', 'rejudge', 'open to send'],
    /in the language "qab"/,
  ],
  [
    'findings.json names a language that is no text',
    ({ run }) => changed(run, 'findings.json', (text) => text.replace('"language":"en"', '"language":["en"]')),
    ['diff', 'report', 'report --redact'],
    /findings\.json is damaged or was cut/,
  ],
  [
    'run.json is a folder',
    ({ run }) => folderAt(join(run, 'run.json')),
    ['find', 'report', 'rejudge'],
    /run\.json cannot be read: the path is a folder/,
  ],
  [
    'findings.json is empty',
    ({ run }) => empty(join(run, 'findings.json')),
    ['diff', 'report', 'report --redact'],
    /findings\.json is damaged or was cut/,
  ],
  [
    'findings.json is cut',
    ({ run }) => cut(join(run, 'findings.json')),
    ['diff', 'report', 'report --redact'],
    /findings\.json (is damaged or was cut|was changed)/,
  ],
  [
    'findings.json is a folder',
    ({ run }) => folderAt(join(run, 'findings.json')),
    ['diff', 'report'],
    /findings\.json cannot be read: the path is a folder/,
  ],
  [
    'findings.json has a newer format',
    ({ run }) => newerFormat(run),
    ['diff', 'report', 'report --redact'],
    /has format 9, and this version reads 1: a newer leftopen wrote it/,
  ],
  [
    'findings.jsonl is cut',
    ({ run }) => cut(join(run, 'findings.jsonl')),
    ['diff', 'report', 'report --redact'],
    /findings\.jsonl was changed after it was written/,
  ],
  [
    'a line of findings.jsonl is no JSON, and its sum was replaced',
    ({ run }) => changed(run, 'findings.jsonl', (text) => `\u{feff}${text}`),
    ['report'],
    /findings\.jsonl:1: not a line of JSON: the file was changed/,
  ],
  [
    'findings.jsonl is missing',
    ({ run }) => rmSync(join(run, 'findings.jsonl')),
    ['diff', 'report'],
    /findings\.jsonl is missing: SHA256SUMS names it/,
  ],
  [
    'findings.jsonl is a folder',
    ({ run }) => folderAt(join(run, 'findings.jsonl')),
    ['diff', 'report'],
    /findings\.jsonl was changed/,
  ],
  [
    'a line was added to history.jsonl',
    ({ run }) => writeFileSync(join(run, 'history.jsonl'), '{"x":\n', { flag: 'a' }),
    ['diff', 'report', 'rejudge'],
    /history\.jsonl was changed/,
  ],
  [
    'the baseline was changed',
    ({ before }) => writeFileSync(join(before, 'history.jsonl'), '\n', { flag: 'a' }),
    ['diff', 'rejudge', 'report --redact'],
    /history\.jsonl was changed after it was written/,
  ],
  [
    'SHA256SUMS is empty',
    ({ run }) => empty(join(run, 'SHA256SUMS')),
    ['diff', 'report', 'report --redact'],
    /run\.json was changed after it was written/,
  ],
  [
    'SHA256SUMS is missing',
    ({ run }) => rmSync(join(run, 'SHA256SUMS')),
    ['diff', 'report', 'verify'],
    /has no SHA256SUMS/,
  ],
  [
    'SHA256SUMS is a folder',
    ({ run }) => folderAt(join(run, 'SHA256SUMS')),
    ['diff', 'report', 'verify'],
    /SHA256SUMS cannot be read: the path is a folder/,
  ],
  [
    'SHA256SUMS is something else',
    ({ run }) => writeFileSync(join(run, 'SHA256SUMS'), 'junk\n'),
    ['diff', 'report', 'verify'],
    /SHA256SUMS:1: not a line/,
  ],
  [
    'the journal is missing',
    ({ run }) => rmSync(join(run, 'journal'), { recursive: true }),
    ['rejudge', 'report --redact'],
    /the journal is missing|has no journal/,
  ],
  [
    'the journal is a file',
    ({ run }) => {
      rmSync(join(run, 'journal'), { recursive: true });
      empty(join(run, 'journal'));
    },
    ['rejudge'],
    /the journal is missing/,
  ],
  [
    'the journal is empty',
    ({ run }) => empty(journal(run)),
    ['rejudge'],
    /the journal in .* is damaged; without its header/,
  ],
  [
    'the journal is empty, for pseudonyms',
    ({ run }) => empty(journal(run)),
    ['report --redact'],
    /\.jsonl\.gz was changed after it was written/,
  ],
  [
    'the journal is cut',
    ({ run }) => cut(journal(run)),
    ['report --redact'],
    /\.jsonl\.gz was changed after it was written/,
  ],
  [
    'a segment is a folder',
    ({ run }) => folderAt(journal(run)),
    ['rejudge'],
    /\.jsonl\.gz cannot be read: the path is a folder/,
  ],
  [
    'exports is a file',
    ({ run }) => empty(join(run, 'exports')),
    ['report', 'report --redact'],
    /cannot make a folder in .*exports: a file is in the way; move it away/,
  ],
  [
    'the list of runs is a folder',
    ({ out }) => folderAt(join(out, 'E', 'runs.jsonl')),
    ['index'],
    /runs\.jsonl cannot be read: the path is a folder/,
  ],
  [
    'the folder of reports is a file',
    ({ out }) => {
      rmSync(out, { recursive: true });
      empty(out);
    },
    ['find', 'find by name', 'diff', 'index', 'prune'],
    /cannot be read: a part of the path is not a folder/,
  ],
];

/** As a newer leftopen would write it. */
function newerFormat(run: string): void {
  changed(run, 'findings.json', (text) => text.replace('leftopen/findings/1', 'leftopen/findings/9'));
}

/** Changes a file together with its sum. */
function changed(run: string, file: string, change: (text: string) => string): void {
  const [path, sums] = [join(run, file), join(run, 'SHA256SUMS')];
  const sum = (): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const before = sum();
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(before, sum()));
}

for (const [what, damage, met, says] of cases) {
  t.test(what, async (t) => {
    const copy = copyOf();
    damage(copy);
    for (const name of met) await t.rejects(over(copy, name), { name: 'UserMistake', message: says }, name);
  });
}

t.test('every command takes the runs as they were written', async (t) => {
  const copy = copyOf();
  for (const name of names) await t.resolves(over(copy, name), name);
});

t.test('verify names what is there in place of a file, and works without a run.json', async (t) => {
  const { out, run } = copyOf();
  rmSync(join(run, 'ledger.jsonl'));
  symlinkSync('/etc/hostname', join(run, 'ledger.jsonl'));
  symlinkSync('/etc', join(run, 'link'));
  empty(join(run, 'run.json'));
  for (const given of [run, newer]) {
    t.match(await verifyFolder(await findRunFolder(out, given)), {
      changed: ['ledger.jsonl', 'run.json'],
      missing: [],
      added: ['link'],
    });
  }
  rmSync(join(run, 'run.json'));
  t.match(await verifyFolder(await findRunFolder(out, newer)), { missing: ['run.json'] });
});

t.test('a run that cannot be read is left out of the index, and named', async (t) => {
  const { out, run } = copyOf();
  empty(join(run, 'run.json'));
  const leftOut: string[] = [];
  t.equal((await indexAll(out, false, (why) => leftOut.push(why))).length, 1);
  t.match(leftOut, [/run\.json is not the description/]);
});

t.test('--baseline none leaves nothing to compare', async (t) => {
  const { out } = copyOf();
  await t.rejects(
    diff({ out, baseline: 'none' }, () => Promise.resolve()),
    {
      name: 'UserMistake',
      message: /--baseline none leaves nothing/,
    },
  );
});
