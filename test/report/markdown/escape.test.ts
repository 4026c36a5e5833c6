import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import t from 'tap';
import { codeSpan, fenced, plain, plainPiece, prose, table } from '../../../src/report/markdown/escape.js';
import { oneLine } from '../../../src/text/visible.js';
import { hostileTexts } from '../../support/report-sample.js';

/** As a reader that allows everything would show it. */
function shown(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

function words(htmlText: string): string {
  return htmlText
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&')
    .replace(/\n$/, '');
}

t.test('a literal text is shown as it is, alone, in a list and in a table', (t) => {
  const texts = [
    ...hostileTexts,
    '# no heading',
    '- no list',
    '+ none',
    '1. none',
    '12) none',
    '=====',
    '> no quote',
    '*a* _b_ ~~c~~ **d** $e$',
    'a|b\\|c\\\\|d',
    'https://a.example ftp://a.example HTTP://A.EXAMPLE WWW.a.example xmpp:a@b.example',
    '8.15.0http://a.example _www.a.example 1ftp://a.example',
    '[a]: http://b',
    '[^1] footnote',
    '&copy; &#35;',
    'end\\',
    '    four spaces',
  ];
  for (const [i, text] of texts.entries()) {
    const escaped = plain(text, 200);
    const page = shown(escaped);
    t.match(page, /^<p>[^<]*<\/p>$/, `text ${i}`);
    const expected = oneLine(text, 200);
    t.equal(words(page), expected, `text ${i} says the same`);
    t.equal(words(shown(`- ${escaped}`)).trim(), expected, `text ${i} in a list`);
    const cells = [...shown(table(['a', 'b'], [[escaped, 'x']])).matchAll(/<td>([^]*?)<\/td>/g)].map(
      ([, cell = '']) => cell,
    );
    t.same(cells.map(words), [expected, 'x'], `text ${i} in a table`);
  }
  t.equal(words(shown(plain('a|b\\|c\\\\|d *e* <f> &amp;'))), 'a|b\\|c\\\\|d *e* <f> &amp;');
  t.end();
});

t.test('what people copy is written as it is', (t) => {
  for (const text of ['1.7 GB', 'HTTP: set this', 'destructive_requires_name', '401. 200 means'])
    t.equal(plainPiece(text, 200, false), text);
  t.equal(prose('at http://a.test:9200/x_y.'), 'at `http://a.test:9200/x_y`.');
  t.equal(plainPiece('1. no list', 200, true), '1\\. no list');
  t.end();
});

t.test('what is between backticks is code, and nothing else', (t) => {
  t.equal(
    shown(prose('see `a_b`, *c* and `<d>`: `|` ``')),
    '<p>see <code>a_b</code>, *c* and <code>&lt;d&gt;</code>: | ``</p>',
  );
  for (const [i, text] of hostileTexts.entries()) {
    t.notMatch(shown(prose(text, 200)).replace(/<\/?(?:p|code)>/g, ''), '<', `text ${i}`);
  }
  t.end();
});

t.test('a code span holds its text, alone and in a table', (t) => {
  for (const text of ['a', '`', '``', 'a`b``c', '` x `', 'a|b', '\\|', '<b>', '[x](javascript:y)', ...hostileTexts]) {
    const expected = oneLine(text, 200);
    t.equal(words(shown(codeSpan(text, 200))), expected);
    t.notMatch(shown(codeSpan(text, 200)).replace(/<\/?(?:p|code)>/g, ''), '<');
    const cells = [...shown(table(['a', 'b'], [[codeSpan(text, 200), 'x']])).matchAll(/<td>([^]*?)<\/td>/g)];
    t.same(
      cells.map(([, cell = '']) => words(cell)),
      [expected, 'x'],
    );
  }
  t.equal(shown(codeSpan('a`b``c')), '<p><code>a`b``c</code></p>');
  t.equal(codeSpan(''), '');
  t.end();
});

t.test('no text leaves its fence', (t) => {
  for (const text of ['```', '~~~', '````\n# a', 'a\r\nb', '   ```\n```', '<b>', ...hostileTexts]) {
    for (const indent of [0, 2, 3]) {
      const list = indent === 0 ? '' : '-'.padEnd(indent, ' ') + 'item\n\n';
      const page = shown(`${list}${fenced(text, indent, 300)}\n\nafter`);
      t.equal([...page.matchAll(/<pre>/g)].length, 1);
      t.match(page, /<p>after<\/p>$/);
      t.notMatch(page.replace(/<\/?(?:p|pre|ul|li|code)(?: class="language-text")?>/g, ''), '<');
    }
  }
  t.equal(shown(fenced('a\n  b\tc')), '<pre><code class="language-text">a\n  b  c\n</code></pre>');
  t.end();
});
