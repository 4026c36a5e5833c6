// `leftopen accept` prints an entry that a targets file takes, and refuses what would be no entry.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import { audited, declared, recorded } from '../run/support.js';
import { commandLine } from './program.js';

t.test('the entry that it prints is one that a targets file takes', async (t) => {
  const url = await recorded(t, 'elasticsearch/7.17.9-open');
  const folder = t.testdir({});
  const targets = `targets: [{ id: a, url: "${url}" }]\n`;
  const { findings, result } = await audited(await declared(t, targets, folder), join(folder, 'reports'));
  const idOf = (check: string): string => findings.find((finding) => finding.check === check)?.fingerprint ?? '';
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const accept = (check: string, ...more: string[]) =>
    commandLine(['accept', '--finding', idOf(check), '--until', until, ...more], folder);

  const reason = 'a: "b" # c';
  const good = await accept(
    'known-vulnerability',
    '--reason',
    reason,
    '--cve',
    'CVE-2023-31419',
    '--approved-by',
    'Q: R',
  );
  t.equal(good.code, 0, good.stderr);
  const file = join(folder, 'accepted.yaml');
  writeFileSync(file, `${good.stdout}${targets}`);
  const read = await readTargets(file, { now: new Date() });
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  t.match(read.declaration.accepted, [
    { finding: idOf('known-vulnerability'), vulnerabilities: ['CVE-2023-31419'], reason, approvedBy: 'Q: R' },
  ]);

  for (const [check, more, says] of [
    ['end-of-life', ['--reason', ''], /--reason: this must be a reason/],
    ['end-of-life', ['--reason', 'a\nb'], /--reason: this holds control characters/],
    ['end-of-life', ['--reason', 'a'.repeat(1001)], /--reason: this is longer than 1000 characters/],
    ['end-of-life', ['--reason', 'a', '--approved-by', ''], /--approved-by: this must be a name/],
    ['end-of-life', ['--reason', 'a', '--owner', ''], /--owner: this must be a name/],
    ['end-of-life', ['--reason', 'a', '--cve', 'CVE-2023-31419'], /--cve goes with a finding of known-vulnerability/],
    [
      'known-vulnerability',
      ['--reason', 'a', '--cve', 'foo'],
      /--cve: this is not the id of a vulnerability; write one such as/,
    ],
    ['none', ['--reason', 'a'], /is not a fingerprint/],
  ] as const) {
    const { code, stdout, stderr } = await accept(check, ...more);
    t.strictSame([code, stdout], [2, ''], more.join(' '));
    t.match(stderr, says, stderr);
  }

  // What is accepted is taken from the record, so it has to be as it was written.
  appendFileSync(join(result.folder, 'findings.jsonl'), '{"fingerprint":"0123456789","check":"cluster-open"}\n');
  const altered = await accept('end-of-life', '--reason', 'a');
  t.strictSame([altered.code, altered.stdout], [2, ''], altered.stderr);
  t.match(altered.stderr, /findings\.jsonl/);
});
