// What a target or a careless user calls things is text in every output: more than 200 hostile strings, in every place that shows
// a name, in HTML, Markdown and on the terminal. test/browser/hostile-strings.test.ts opens the same pages in Chromium.

import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import t from 'tap';
import { differenceText, ranking, watcher } from '../../src/cli/terminal.js';
import { differenceSections } from '../../src/report/difference.js';
import { en } from '../../src/report/texts/en.js';
import { isCalm, isPlain } from '../hostile/outputs.js';
import { harmless, hostileReports, reportFor } from '../support/hostile-report.js';
import { everyHostileString, hostileStrings } from '../support/hostile-strings.js';
import { nothing, stream } from '../support/report-sample.js';
import { sample as sampled } from '../support/sample.js';
import { written } from '../support/write.js';

const reports = await hostileReports(t, sampled(everyHostileString, 120));

/** The markup without its text: elements, names of attributes, and where links lead. */
function skeleton(html: string): string {
  // What is set as an address, and where it may break before its port, is ours and follows from its form.
  return [...html.matchAll(/<(?!wbr \/>|\/?code>)[^>]*>/g)]
    .map(([tag]) => tag.replace(/(\s(?!href)[\w-]+)="[^"]*"/g, '$1').replace(/"#P\d+"/, '"#P"'))
    .join('');
}

/** What a reader of Markdown makes of it; without code spans, since a name that none can hold in a table is literal text. */
function asHtml(markdown: string): string {
  const page = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return page.replace(/<\/?code>/g, '');
}

/** Names that are cut may lose marks of ours around them: of these only elements are compared. */
function isCut(text: string): boolean {
  return text.length > 1000;
}

function elements(html: string): string {
  return [...new Set(skeleton(html).match(/<[^>]*>/g))].sort().join(' ');
}

t.test('there are more than 200, no two alike', (t) => {
  t.ok(everyHostileString.length >= 240, String(everyHostileString.length));
  t.equal(new Set(everyHostileString).size, everyHostileString.length);
  t.ok(Object.values(hostileStrings).every((strings) => strings.length > 4));
  t.end();
});

t.test('HTML: each problem has the elements, attributes and links of a harmless one', async (t) => {
  for (const { strings, sample } of reports) {
    const page = await written('html', sample);
    isPlain(t, page, 'the page');
    const sections = page.match(/<article [^]*?<\/article>/g) ?? [];
    t.equal(sections.length, strings.length);
    const [model = ''] = sections;
    t.match(model, harmless);
    const odd = strings.filter((text, i) => {
      const section = sections[i] ?? '';
      return isCut(text)
        ? elements(section) !== elements(model) && !elements(model).includes(elements(section))
        : skeleton(section) !== skeleton(model);
    });
    t.same(odd, []);
    t.equal(page.match(/<script>/g)?.length, 1);
    t.equal(page.match(/<style>/g)?.length, 1);
  }
});

t.test('Markdown: they create no link, picture, markup, heading or cell', async (t) => {
  for (const { strings, sample } of reports) {
    const markdown = await written('md', sample);
    isPlain(t, markdown, 'the document');
    const page = asHtml(markdown);
    const sections = page.split(/(?=<h3>)/).filter((part) => /^<h3><strong>P\d+<\/strong>/.test(part));
    t.equal(sections.length, strings.length);
    const [model = ''] = sections;
    const odd = strings.filter((text, i) => {
      // The last section is followed by other parts of the document.
      const section = (sections[i] ?? '').replace(/<h2>[^]*/, '');
      return isCut(text)
        ? elements(section) !== elements(model) && !elements(model).includes(elements(section))
        : skeleton(section) !== skeleton(model);
    });
    t.same(odd, []);
    t.same(page.match(/<(?:img|script|svg|iframe|input|del|hr|br|blockquote|section|sup)\b[^>]*>/g), null);
  }
});

/** The parts of a document that name the client, the engagement, the contacts and the vantage. */
function named(markdown: string): string {
  const [front = ''] = markdown.split(/^## /m);
  const authority = /^## Scope and authorisation\n[^]*?(?=^## )/m.exec(markdown)?.[0] ?? '';
  return front + authority;
}

t.test('the client, the engagement, the contacts and the vantage', async (t) => {
  const model = reportFor(harmless, nothing);
  const htmlModel = skeleton(await written('html', model));
  const markdownModel = skeleton(asHtml(named(await written('md', model))));
  t.ok(named(await written('md', model)).split(harmless).length > 6);
  const odd: string[] = [];
  for (const text of sampled(everyHostileString, 40)) {
    const sample = reportFor(text, nothing);
    if (skeleton(await written('html', sample)) !== htmlModel) odd.push(`HTML: ${text.slice(0, 80)}`);
    if (skeleton(asHtml(named(await written('md', sample)))) !== markdownModel)
      odd.push(`Markdown: ${text.slice(0, 80)}`);
  }
  t.same(odd, []);
});

t.test('the terminal is sent no escape, no control and no invisible character', async (t) => {
  for (const { strings, sample } of reports) {
    let shown = '';
    const screen = { isTTY: true, columns: 80, write: (text: string) => (shown += text) };
    const { onEvent } = watcher({ quiet: false, json: false }, screen);
    for (const finding of sample.findings) onEvent({ kind: 'finding', finding });
    for (const text of sample.head.run.gaps) onEvent({ kind: 'notice', text });
    // The table shows 25 problems: here all of them take their turn. Some titles hold names, here all of them do.
    const problems = sample.head.problems.map((problem, i) => ({ ...problem, title: strings[i] ?? harmless }));
    for (let i = 0; i < problems.length; i += 25)
      shown += ranking({ ...sample.head, problems: problems.slice(i, i + 25) }, [], screen);
    const sections = await differenceSections(stream(sample.findings)(), stream([])(), en);
    shown += differenceText(sample.head, sections, screen);
    isCalm(t, shown, 'the terminal');
    t.match(shown, harmless);
  }
});
