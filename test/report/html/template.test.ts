import t from 'tap';
import { html, link, rendered } from '../../../src/report/html/template.js';
import { hostileTexts } from '../../support/report-sample.js';

t.test('blanks are escaped, markup of our own is not escaped twice', (t) => {
  t.equal(
    rendered(html`<p title="${'"><b>'}">${`<i>&'"\``}${html`<b>${'&amp;'}</b>`}</p>`),
    '<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;&#39;&quot;&#96;<b>&amp;amp;</b></p>',
  );
  t.equal(rendered(html`${[1, 'two', null, undefined, false, [html`<br />`, '<']]}`), '1two<br />&lt;');
  t.equal(rendered(html`<p>${'a\n   b'}</p>`), '<p>a\n   b</p>', 'white space of a text is kept');
  for (const text of hostileTexts) t.notMatch(rendered(html`${text}`), /[<>"'`]/);
  t.end();
});

t.test('only plain http, https and mailto addresses become links', (t) => {
  const cases: [string, boolean][] = [
    ['https://www.elastic.co/guide?a=1&b=2#c', true],
    ['http://opensearch.org/', true],
    ['mailto:soc@acme.example', true],
    ['javascript:alert(1)', false],
    ['JaVaScRiPt:alert(1)', false],
    [' https://a.example', false],
    ['https://a.example/ x', false],
    ['https://a.example/"onclick=alert(1)', false],
    ['data:text/html,<b>', false],
    ['//a.example', false],
    ['java\nscript:alert(1)', false],
    ['vbscript:x', false],
    ['file:///etc/passwd', false],
    ['', false],
  ];
  for (const [address, linked] of cases) t.equal(rendered(link(address)).startsWith('<a href="'), linked, address);
  t.equal(
    rendered(link('https://a.example/?a=1&b=2', '<label>')),
    '<a href="https://a.example/?a=1&amp;b=2" rel="noreferrer noopener">&lt;label&gt;</a>',
  );
  t.end();
});
