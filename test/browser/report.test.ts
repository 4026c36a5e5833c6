import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import t from 'tap';
import { samples } from '../support/report-sample.js';
import { written } from '../support/write.js';
import { startChromium } from './chromium.js';

const folder = mkdtempSync(join(tmpdir(), 'leftopen-browser-'));
const { context, stop } = await startChromium();

t.teardown(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a sample's report and gathers everything that a report must not do. */
async function open(name: string, options: { width: number; dark: boolean }): Promise<{ page: Page; bad: string[] }> {
  const sample = samples[name];
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const file = join(folder, `${name}.html`);
  writeFileSync(file, await written('html', sample));
  const page = await context.newPage();
  const bad: string[] = [];
  page.on('console', (message) => bad.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => bad.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    bad.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) bad.push(`request: ${request.url()}`);
  });
  await page.setViewportSize({ width: options.width, height: 844 });
  await page.emulateMedia({ colorScheme: options.dark ? 'dark' : 'light' });
  await page.goto(pathToFileURL(file).href);
  return { page, bad };
}

for (const name of Object.keys(samples)) {
  t.test(`${name}: quiet, and within the screen on a desk and on a telephone`, async (t) => {
    for (const [width, dark] of [
      [1280, false],
      [390, true],
      [320, false],
    ] as const) {
      const { page, bad } = await open(name, { width, dark });
      // Folds open too, so that what is in them is measured.
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      const sizes = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        out: [...document.querySelectorAll('body :not(thead, thead *)')]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 80)),
      }));
      t.equal(sizes.content, width, `${width}: nothing to scroll sideways`);
      t.same(sizes.out, [], `${width}: nothing sticks out`);
      t.same(bad, [], `${width}: no message, no dialog, no request`);
      await page.close();
    }
  });
}

t.test('the style sheet is let in by its hash', async (t) => {
  const colour = async (dark: boolean): Promise<string> => {
    const { page } = await open('full', { width: 1280, dark });
    const found = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.close();
    return found;
  };
  t.equal(await colour(false), 'rgb(255, 255, 255)');
  t.equal(await colour(true), 'rgb(24, 28, 33)');
});

t.test('the policy stops a script, a style attribute and an image that got in all the same', async (t) => {
  const { page, bad } = await open('full', { width: 1280, dark: false });
  const file = join(folder, 'broken.html');
  const text = readFileSync(join(folder, 'full.html'), 'utf8');
  let asked = 0;
  const elsewhere = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const address = elsewhere.address();
  const port = typeof address === 'object' ? address?.port : null;
  const intruder = `<script>alert(1)</script><p id="p" style="color: red" onclick="alert(2)">x</p><img src="http://127.0.0.1:${port ?? 0}/">`;
  writeFileSync(file, text.replace('<main id="main">', `<main id="main">${intruder}`));
  await page.goto(pathToFileURL(file).href);
  await page.click('#p');
  t.equal(bad.filter((line) => line.startsWith('dialog')).length, 0);
  t.equal(bad.filter((line) => /Content Security Policy/.test(line)).length, 4, 'each of the four is refused');
  elsewhere.close();
  t.equal(asked, 0, 'nobody was asked for the image');
  await page.close();
});

t.test('hostile texts are text: no element and no link comes of them', async (t) => {
  const { page } = await open('hostile', { width: 1280, dark: false });
  const found = await page.evaluate(() => ({
    elements: [...new Set([...document.querySelectorAll('main *')].map((element) => element.localName))].sort(),
    links: [...new Set([...document.querySelectorAll('a')].map((link) => new URL(link.href).protocol))].sort(),
    title: document.title,
    shown: document.body.textContent.includes('<script>alert(1)</script><img src=x onerror=alert(2)>'),
  }));
  t.same(
    found.elements.filter((name) =>
      ['script', 'img', 'base', 'iframe', 'form', 'input', 'link', 'object'].includes(name),
    ),
    [],
  );
  t.same(
    found.links.filter((protocol) => !['file:', 'https:', 'mailto:'].includes(protocol)),
    [],
  );
  t.match(found.title, '</style></title>');
  t.ok(found.shown, 'they can be read as they are');
  await page.close();
});

t.test('a reader of the screen finds landmarks, headings in order, named tables and named pictures', async (t) => {
  const { page } = await open('full', { width: 1280, dark: false });
  const found = await page.evaluate(() => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) =>
      Number(heading.localName.slice(1)),
    );
    return {
      lang: document.documentElement.lang,
      landmarks: ['header', 'nav', 'main', 'footer'].filter(
        (name) => document.querySelectorAll(`body > ${name}, main > ${name}`).length === 1,
      ),
      firsts: levels.filter((level) => level === 1).length,
      jumps: levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1).length,
      tables: [...document.querySelectorAll('table')].filter(
        (table) => table.caption === null || table.querySelectorAll('th[scope=col]').length === 0,
      ).length,
      pictures: [...document.querySelectorAll('svg')].map((picture) => picture.getAttribute('aria-label')),
    };
  });
  t.same(found, {
    lang: 'en',
    landmarks: ['header', 'nav', 'main', 'footer'],
    firsts: 1,
    jumps: 0,
    tables: 0,
    pictures: ['Findings by severity: 13 critical, 1 high, 1 medium'],
  });
  const tree = await page.locator('main').ariaSnapshot();
  for (const part of [
    'region "critical A stranger on the internet can enter a locked cluster through an unlocked Kibana',
    'article "F1 critical A stranger on the internet can enter',
    'columnheader "Records"',
    'table "The largest indices"',
  ]) {
    t.ok(tree.includes(part), part);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  t.match(
    await page.locator('#F1').ariaSnapshot(),
    /table "The largest indices"[^]*cell "Records 970,112,004"/,
    'a card is still a table',
  );
  await page.close();
});

t.test('the skip link and the folds work from the keyboard', async (t) => {
  const { page } = await open('full', { width: 1280, dark: false });
  await page.keyboard.press('Tab');
  t.equal(await page.evaluate(() => document.activeElement?.textContent), 'To the summary');
  const fold = page.locator('#F1 details').first();
  t.equal(await fold.getAttribute('open'), null);
  await fold.locator('summary').focus();
  await page.keyboard.press('Enter');
  t.not(await fold.getAttribute('open'), null);
  await page.close();
});

t.test('print opens every fold, on white paper, in the dark too', async (t) => {
  const { page } = await open('full', { width: 1280, dark: true });
  const excerpt = page.locator('#F1 .evidence pre').first();
  t.notOk(await excerpt.isVisible(), 'folded on the screen');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  t.ok(await excerpt.isVisible(), 'open on paper');
  t.ok(await page.locator('#F13 .evidence pre').first().isVisible());
  const paper = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    nav: getComputedStyle(document.querySelector('nav') ?? document.body).display,
  }));
  t.same(paper, { ground: 'rgb(255, 255, 255)', ink: 'rgb(29, 34, 41)', nav: 'none' });

  const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true })).toString('latin1');
  t.match(pdf, /^%PDF-/);
  t.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12]/, 'A4');
  t.match(pdf, /\/StructTreeRoot/, 'tagged');
  t.ok([...pdf.matchAll(/\/Type \/Page\b/g)].length > 5);
  await page.close();
});
