// A check's page for the terminal: every page is complete, fits, and has its remedy before its method.

import { readFileSync } from 'node:fs';
import t from 'tap';
import { explainPage } from '../../src/cli/explain-page.js';
import { listChecks } from '../../src/judge/index.js';

function pageOf(id: string): string {
  return readFileSync(`docs/checks/${id}.md`, 'utf8');
}

function shown(page: string, sent: boolean, columns = 80): string {
  return explainPage(page, sent, { isTTY: true, columns, write: () => true });
}

/** The words of a page, without marks and emphasis. */
function words(text: string): readonly string[] {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\|[\s|:-]+$/gm, '')
    .replace(/^#+ /gm, '')
    .split(/[\s|]+/)
    .map((word) => word.replace(/^[*:-]+|[*:]+$/g, ''))
    .filter((word) => word !== '')
    .sort();
}

const previous = process.env['NO_COLOR'];
process.env['NO_COLOR'] = '1';
t.teardown(() => {
  if (previous === undefined) delete process.env['NO_COLOR'];
  else process.env['NO_COLOR'] = previous;
});

for (const { id } of listChecks()) {
  t.test(`${id}: nothing is lost, and lines fit`, (t) => {
    const page = pageOf(id);
    for (const columns of [80, 60]) {
      const text = shown(page, true, columns);
      t.same(words(text), words(page));
      const long = text
        .split('\n')
        .filter((line) => line.length > columns && /\S\s+\S/.test(line.trim().replace(/^(?:-|\d+\.) /, '')));
      t.same(long, [], 'only a single word may be longer than a line');
    }
    const short = shown(page, false);
    const at = (heading: string): number => short.indexOf(`\n${heading}\n`);
    t.ok(
      at('What it means') > 0 && at('What it means') < at('How to fix') && at('How to fix') < at('How it is tested'),
    );
    t.ok(short.split('\n').length <= shown(page, true).split('\n').length);
    t.end();
  });
}

t.test('colours are for a terminal that has them', (t) => {
  delete process.env['NO_COLOR'];
  const esc = String.fromCharCode(27);
  t.match(shown(pageOf('cluster-open'), false), `${esc}[1mHow to fix${esc}[22m`);
  process.env['NO_COLOR'] = '1';
  t.notMatch(shown(pageOf('cluster-open'), false), esc);
  t.end();
});
