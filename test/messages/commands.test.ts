// In another language, nothing that the command line says is in English: help, mistakes, and what commands print.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commandLine } from '../cli/program.js';
import { audited, deadPort, declared } from '../run/support.js';
import { englishIn } from '../support/other-language.js';

const env = { ...process.env, NO_COLOR: '1', LEFTOPEN_TEST_LANGUAGE: 'other' };

const names = [
  ...['audit', 'plan', 'report', 'rejudge', 'merge', 'send', 'verify', 'diff', 'retest', 'accept', 'index', 'prune'],
  ...['stop', 'init', 'schema', 'checks', 'knowledge', 'explain', 'demo', 'completion'],
];

t.test('help', async (t) => {
  for (const args of [['--help'], ['help'], ...names.map((name) => [name, '--help'])]) {
    const { code, stdout } = await commandLine(args, '.', env);
    t.equal(code, 0);
    // The command as it is typed, in the line of its usage.
    t.same(englishIn(stdout.replace(/leftopen \w+/, '')), [], args.join(' '));
  }
});

t.test('wrong command lines', async (t) => {
  const cwd = t.testdir({ 'list.txt': '127.0.0.1\n', 'targets.yaml': 'x' });
  const url = 'http://127.0.0.1:1';
  const until = ['--finding', 'x', '--reason', 'y', '--until'];
  const lines: readonly (readonly string[])[] = [
    ['nonsense'],
    ['audti'],
    ['audit'],
    ['audit', '--owt'],
    ['audit', '--check'],
    ['audit', url, '--check', ''],
    ['audit', url, '--out', ''],
    ['audit', url, '--workers', '0'],
    ['audit', url, '--shard', 'x'],
    ['audit', url, '--fail-on', 'x'],
    ['audit', url, '--format', 'x'],
    ['audit', url, '--sysreptor-fields', 'x'],
    ['audit', url, 'a.yaml'],
    ['audit', url, '-l', 'list.txt'],
    ['audit', '-'],
    ['audit', ''],
    ['audit', '127.0.0.1:9200'],
    ['audit', 'targets.yaml', '--engagement', 'a.yaml'],
    ['plan', '--json', '--md', url],
    ['report', 'a', '--run', 'b'],
    ['report', '--owner', 'a', '--by-owner'],
    ['report', '--run', ''],
    ['send'],
    ['send', '--to', 'https://a', '--namespace', '-'],
    ['verify', '--digest', 'x'],
    ['verify', 'a', 'b'],
    ['explain', 'x'],
    ['explain', 'cluster'],
    ['schema', 'x'],
    ['schema', 'target'],
    ['completion', 'x'],
    ['accept', ...until, 'x'],
    ['accept', ...until, '2020-01-01'],
    ['accept', ...until, '2200-01-01'],
    ['index', '--out', 'none'],
    ['stop', 'none'],
    ['prune', '--keep', 'x'],
    ['init', ''],
    ['init', 'targets.yaml'],
    ['init', 'none/targets.yaml'],
    ['knowledge', '--knowledge', 'none'],
  ];
  for (const args of lines) {
    const { code, stdout, stderr } = await commandLine(args, cwd, env);
    t.equal(code, 2, args.join(' '));
    // The command as it is typed, in what names its help.
    t.same(englishIn((stdout + stderr).replace(/leftopen \w+ --help/, '')), [], args.join(' '));
  }
});

t.test('what commands print', async (t) => {
  const cwd = t.testdir({});
  const targets = `engagement: { id: E }\ntargets: [{ id: a, url: "http://127.0.0.1:${await deadPort(t)}" }]\n`;
  const declaration = await declared(t, targets, cwd);
  const out = join(cwd, 'reports');
  for (const night of ['2026-11-01', '2026-11-02', '2026-11-03']) {
    const offset = Date.parse(`${night}T02:00:00Z`) - Date.now();
    await audited(declaration, out, { now: () => new Date(Date.now() + offset) });
  }
  mkdirSync(join(out, 'E', '2026-10-01T00-00-00Z'));
  for (const args of [
    ['verify'],
    ['verify', '--digest', '0'.repeat(64)],
    ['index'],
    ['prune', '--keep', '1d'],
    ['prune', '--keep', '1d', '--yes'],
    ['report', '--by-owner'],
    ['init', 'new.yaml'],
    ['knowledge'],
    ['plan', 'targets.yaml', '--endpoints', '--lock', 'plan.lock'],
    ['completion', 'bash'],
  ]) {
    const { stdout, stderr } = await commandLine(args, cwd, env);
    // A script is for a shell, after its first line.
    const said = args[0] === 'completion' ? (stdout.split('\n', 1)[0] ?? '') : stdout;
    t.same(englishIn(said + stderr), [], args.join(' '));
  }
});
