import { existsSync } from 'node:fs';
import t from 'tap';
import { commandLine, listening } from './program.js';

t.test('a mistake of the user exits with 2 and one line each, and nothing is sent', async (t) => {
  const { url, arrived } = await listening(t);
  const port = new URL(url).port;
  const folder = t.testdir({
    'far.txt': '192.0.2.1-9\n',
    'keys.yaml': `engagement: { authorization: { reference: x } }\nnotify: [{ webhook: { format: slack } }, { email: { to: owners } }]\n`,
    'wrong.yaml': `targets:\n  - id: one\n    hosts: [127.0.0.1]\n    ports: [${port}, 70000]\n    ownr: me\n`,
  });
  const cases: [string[], RegExp][] = [
    [['audit', 'wrong.yaml'], /wrong\.yaml:4:\d+.*70000[\s\S]*wrong\.yaml:5:\d+.*ownr[\s\S]*owner/],
    [['audit', 'missing.yaml'], /missing\.yaml/],
    [['audit', '127.0.0.1:9200'], /has no scheme; write http:\/\/127\.0\.0\.1:9200 or https:/],
    [['audit', 'http://192.0.2.1:9200'], /loopback/],
    [['audit', url, 'other.yaml'], /targets file, or URLs/],
    [['audit', '-'], /-l -/],
    [['audit', '-l', 'none.txt'], /-l: `none\.txt`.*no such file/],
    [['audit', '-l', 'far.txt'], /far\.txt:1:1: `192\.0\.2\.1-9`.*--engagement/],
    [['audit', 'far.txt'], /far\.txt:1:1.*-l far\.txt/],
    [['audit', url, '-l', 'far.txt'], /-l goes by itself/],
    [['plan'], /missing required argument/],
    [['plan', '10.20.4.1-50'], /hosts:/],
    [['audit', url, '--fail-on', 'awful'], /critical, high, medium, low, info/],
    [['audit', url, '--check', 'no-such-check'], /no-such-check/],
    [['audit', url, '--format', 'docx'], /docx/],
    [['audit', url, '--knowledge', 'wrong.yaml'], /the knowledge wrong\.yaml is not JSON/],
    [['audit', url, '--knowledge', 'none.json'], /none\.json cannot be read: there is no such file/],
    [['knowledge', '--knowledge', 'wrong.yaml'], /wrong\.yaml is not JSON/],
    [['audit'], /missing required argument/],
    [['audit', url, '--out', ''], /--out <folder>.*Name a folder/],
    // what a shell makes of a variable that is not set
    ...['--on-critical', '--plan', '--knowledge', '--engagement', '--baseline', '--check', '--format', '--list'].map(
      (option): [string[], RegExp] => [['audit', url, option, ''], /argument '' is invalid\. (?:Name|Write)/],
    ),
    [['audit', 'keys.yaml'], /`authorization`: this key is not known; did you mean `authorisation`/],
    [['audit', 'keys.yaml'], /`urlFrom` is missing[\s\S]*passwordFrom: SMTP_PASSWORD/],
    [['audit', ''], /is empty/],
    [['audit', 'http://u:p4ss@127.0.0.1:9200'], /command line stays in histories/],
    [['init', 'none/a.yaml'], /none\/a\.yaml could not be written: there is no such folder; make it first/],
    [['init', ''], /is empty/],
    ...(existsSync('/dev/zero')
      ? [['plan', '/dev/zero']].map((args): [string[], RegExp] => [args, /not a file; name a file/])
      : []),
    [['report', 'no-such-run'], /no-such-run/],
    [['diff', '--json', '--md'], /'--json' cannot be used with option '--md'/],
    [['plan', url, '--md', '--html'], /'--md' cannot be used with option '--html'/],
    [['plan', url, '--json', '--html'], /'--html' cannot be used with option '--json'/],
    [['index', '--out', 'far.txt'], /far\.txt cannot be read: a part of the path is not a folder/],
    [['nonsense'], /unknown command/],
    [['nonsense', '--help'], /unknown command 'nonsense'/],
    [['help', 'adit'], /unknown command 'adit'; did you mean audit\?/],
    [['audit', url, '--out', 'a', '--out', 'b'], /'--out <folder>' is given twice/],
    [['audit', url, '--plan', 'agreed.lock', '--plan=other.lock'], /'--plan <lock>' is given twice/],
    [['audit', url, '--fail-on', 'high', '--fail-on', 'none'], /'--fail-on <severity>' is given twice/],
    [['plan', '-l', 'far.txt', '--list', 'far.txt'], /is given twice/],
    [['plan', url, '--target', 'a', '--target', 'b'], /--target: `a`/],
  ];
  for (const [args, said] of cases) {
    const ended = await commandLine(args, folder);
    t.equal(ended.code, 2, args.join(' '));
    t.match(ended.stderr, said, args.join(' '));
    t.notMatch(ended.stderr, /bug of leftopen|at .*\.js:\d+/, args.join(' '));
    t.equal(ended.stdout, '', args.join(' '));
  }
  for (const args of [
    ['audit', url, '--fali-on', 'high'],
    ['report', '--format'],
    ['prune'],
    ['retest'],
    ['index', 'a'],
  ]) {
    const { code, stderr } = await commandLine(args, folder);
    t.equal(code, 2, args.join(' '));
    t.match(
      stderr,
      new RegExp(`^leftopen: [^\\n]+ \\(see leftopen ${args[0]} --help\\)\\n$`),
      'one line, and the help that lists it',
    );
  }
  const { stderr: named } = await commandLine(['plan', 'secrets.yaml'], t.testdir({ 'secrets.yaml': 'targets: []\n' }));
  t.match(named, 'secrets.yaml:1:10: `[]`', 'the name of a file hides no line of it');
  t.strictSame(arrived, []);
});

t.test('a nightly audit that cannot begin is reported to those who asked to be notified', async (t) => {
  const { url, arrived } = await listening(t);
  const file = (notify: string, rest: string): string =>
    `targets: [{ id: a, url: "http://127.0.0.1:9" }]\n${rest}\nnotify: [{ webhook: { urlFrom: HOOK${notify} } }]\n`;
  const cwd = t.testdir({
    'wrong.yaml': file('', 'engagment: { id: A }'),
    'ended.yaml': file('', 'engagement: { id: A, window: { from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z } }'),
    'unclear.yaml': file(', format: pigeon', 'engagment: { id: A }'),
  });
  const env = { ...process.env, NO_COLOR: '1', HOOK: `${url}/hook` };
  for (const name of ['wrong.yaml', 'ended.yaml']) {
    arrived.length = 0;
    const { code, stderr } = await commandLine(['audit', name], cwd, env);
    t.equal(code, 2, stderr);
    t.strictSame(arrived, ['POST /hook'], name);
    await commandLine(['plan', name], cwd, env);
    await commandLine(['audit', name, '--no-notify'], cwd, env);
    t.equal(arrived.length, 1, 'not for a plan, and not where it is off');
  }
  arrived.length = 0;
  t.equal((await commandLine(['audit', 'unclear.yaml'], cwd, env)).code, 2);
  t.strictSame(arrived, [], 'it is not clear who is meant');
});
