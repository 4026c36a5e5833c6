// The completion scripts, sourced by the shells themselves; bash is everywhere, zsh and fish are asked where they are installed.

import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { formats } from '../../src/report/index.js';
import { listChecks } from '../../src/judge/index.js';

const main = resolve('dist/cli/main.js');
const folder = t.testdir();

function scriptFor(shell: string): string {
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, execFileSync(process.execPath, [main, 'completion', shell]));
  return file;
}

const bashScript = scriptFor('bash');

/** What bash offers for the last word of a line. */
function offered(...line: readonly string[]): readonly string[] {
  const ask =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _leftopen; printf "%s\\n" "${COMPREPLY[@]}"';
  const text = execFileSync('bash', ['-c', ask, 'bash', bashScript, ...line], { encoding: 'utf8' });
  return text.split('\n').filter((word) => word !== '');
}

t.test('bash: commands, options, and the values they take', (t) => {
  t.same(offered('leftopen', 'au'), ['audit']);
  t.same(offered('leftopen', 'completion', ''), ['bash', 'zsh', 'fish', '--help']);
  const ofAudit = offered('leftopen', 'audit', '--');
  t.ok(['--resume', '--plan', '--json', '--fail-on-new'].every((one) => ofAudit.includes(one)));
  t.same(offered('leftopen', 'audit', '--fail-on', 'm'), ['medium']);
  t.same(offered('leftopen', 'plan', '--fail-on'), [], 'an option of another command');
  const checks = listChecks().map(({ id }) => id);
  t.same(
    offered('leftopen', 'explain', 'd'),
    checks.filter((id) => id.startsWith('d')),
  );
  t.same(offered('leftopen', 'audit', '--check', 'cluster-open,old'), ['cluster-open,old-tls-version']);
  const ofFormat = offered('leftopen', 'report', '--format', '');
  t.ok(formats.every(({ name }) => ofFormat.includes(name)));
  t.end();
});

t.test('every command and every long option is in each of the scripts', (t) => {
  const commands = offered('leftopen', '').filter((word) => !word.startsWith('-') && word !== 'help');
  t.ok(commands.length > 12);
  const options = new Map(commands.map((command) => [command, offered('leftopen', command, '--')]));
  for (const shell of ['zsh', 'fish']) {
    const script = execFileSync(process.execPath, [main, 'completion', shell], { encoding: 'utf8' });
    for (const [command, ofCommand] of options) {
      t.match(script, command, `${shell}: ${command}`);
      for (const option of ofCommand)
        if (option !== '--help')
          t.match(script, shell === 'fish' ? `-l ${option.slice(2)}` : option, `${shell}: ${command} ${option}`);
    }
  }
  t.end();
});

t.test('the shells that are installed read their scripts', (t) => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    if (spawnSync(shell, ['-c', 'true']).error !== undefined) continue;
    const { status, stderr } = spawnSync(shell, ['-n', scriptFor(shell)], { encoding: 'utf8' });
    t.same([status, stderr], [0, ''], shell);
  }
  t.end();
});
