// The pages of test/report/hostile-strings.test.ts in a real browser: nothing in them runs, loads, or becomes an element.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { hostileReports, reportFor } from '../support/hostile-report.js';
import { everyHostileString } from '../support/hostile-strings.js';
import { nothing, type Sample } from '../support/report-sample.js';
import { written } from '../support/write.js';
import { startChromium } from './chromium.js';

const folder = mkdtempSync(join(tmpdir(), 'leftopen-hostile-'));
const { context, stop } = await startChromium();
const page = await context.newPage();
const bad: string[] = [];
let own = '';

// What the policy blocks is reported to the page before any of it runs.
await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
  console.log('policy: ' + event.violatedDirective + ' ' + event.blockedURI);
});`);
page.on('console', (message) => bad.push(`console: ${message.text()}`));
page.on('pageerror', (error) => bad.push(`error: ${error.message}`));
page.on('dialog', (dialog) => {
  bad.push(`dialog: ${dialog.message()}`);
  void dialog.dismiss();
});
page.on('request', (request) => {
  if (request.url() !== own) bad.push(`request: ${request.url()}`);
});
page.on('framenavigated', (frame) => {
  if (frame.url() !== own && frame.url() !== 'about:blank' && !frame.url().startsWith(`${own}#`))
    bad.push(`navigation: ${frame.url()}`);
});

t.teardown(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(format: 'html' | 'summary', sample: Sample): Promise<void> {
  const file = join(folder, 'page.html');
  writeFileSync(file, await written(format, sample));
  own = pathToFileURL(file).href;
  bad.length = 0;
  await page.goto(own);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

/** Elements with the names of their attributes, as the browser made them of each of these parts. */
function shapes(selector: string): Promise<readonly string[]> {
  return page.evaluate(
    (parts) =>
      [...document.querySelectorAll(parts)].map((part) =>
        // Which words are set as code, and where an address may break, follows from their form.
        [part, ...part.querySelectorAll('*:not(code, wbr)')]
          .map((one) => {
            const href = one.getAttribute('href')?.replace(/^#P\d+$/, '#P') ?? '';
            return `${one.localName}[${[...one.attributes].map(({ name }) => name).join(' ')}]${href}`;
          })
          .join('\n'),
      ),
    selector,
  );
}

const hostileRan = (): Promise<boolean> => page.evaluate(() => 'hostile' in window);

t.test('problems with hostile names have the same elements as a harmless one', async (t) => {
  for (const { strings, sample } of await hostileReports(t)) {
    await open('html', sample);
    const [model = '', ...others] = await shapes('article');
    t.equal(others.length + 1, strings.length);
    t.match(model, /h4\[\]/);
    const odd = others.flatMap((shape, i) => {
      const text = strings[i + 1] ?? '';
      // Names that are cut lose marks of ours around them: of these each element must be one that the model has too.
      const fits = text.length > 1000 ? shape.split('\n').every((one) => model.includes(one)) : shape === model;
      return fits ? [] : [text.slice(0, 200)];
    });
    t.same(odd, []);
    // Everything that a reader can click or type into.
    await page.fill('#filter-text', '<script>');
    await page.fill('#filter-text', '');
    for (const owner of strings.slice(0, 20))
      await page.selectOption('#filter-owner', { index: strings.indexOf(owner) + 1 });
    await page.selectOption('#filter-owner', '');
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('main *'))
        for (const kind of ['mouseover', 'focus', 'click'])
          if (one.localName !== 'a') one.dispatchEvent(new Event(kind, { bubbles: true }));
    });
    await page.emulateMedia({ media: 'print' });
    await page.emulateMedia({ media: 'screen' });
    t.equal(await hostileRan(), false, 'nothing ran');
    t.same(bad, [], 'no message, no dialog, no request, no word of the policy');
  }
});

t.test('so do clients with hostile names', async (t) => {
  await open('summary', reportFor('harmless', nothing));
  const [model] = await shapes('body');
  const odd: string[] = [];
  for (const text of everyHostileString) {
    await open('summary', reportFor(text, nothing));
    const [shape] = await shapes('body');
    if (shape !== model || (await hostileRan()) || bad.length > 0) odd.push(`${text.slice(0, 200)}: ${bad.join(', ')}`);
  }
  t.same(odd, []);
});
