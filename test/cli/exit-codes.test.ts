// One table of exit codes in README, --help and docs.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { exitCodes, exitCodesText } from '../../src/cli/exit.js';
import { commandLine } from './program.js';

for (const file of ['README.md', 'docs/exit-codes.md']) {
  t.test(`the table of ${file} is the one of --help`, (t) => {
    const text = readFileSync(file, 'utf8');
    const rows = [...text.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)].map(([, code, meaning]) => [Number(code), meaning]);
    t.strictSame(rows, exitCodes());
    t.end();
  });
}

t.test('the table of --help fits a terminal', (t) => {
  const lines = exitCodesText().split('\n');
  t.ok(lines.every((line) => line.length <= 80));
  t.equal(
    lines.map((line) => line.slice(7)).join(' '),
    exitCodes()
      .map(([, meaning]) => meaning.replaceAll('`', ''))
      .join(' '),
  );
  t.end();
});

t.test('the page says of every command how it ends', async (t) => {
  const page = readFileSync('docs/exit-codes.md', 'utf8');
  const { stdout } = await commandLine(['--help'], t.testdir());
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) [^-\n]*(?:\[options\]|<|\[)/gm)].map(([, name = '']) => name);
  t.ok(commands.length > 15, commands.join(' '));
  for (const name of commands.filter((name) => name !== 'help')) t.ok(page.includes(`\`${name}\``), name);
});
