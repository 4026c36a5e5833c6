import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
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
  t.test(`${name}: no console messages, and it fits the screen on a desktop and on a phone`, async (t) => {
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

t.test('the style sheet is allowed by its hash', async (t) => {
  const colour = async (dark: boolean): Promise<string> => {
    const { page } = await open('full', { width: 1280, dark });
    const found = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.close();
    return found;
  };
  t.equal(await colour(false), 'rgb(255, 255, 255)');
  t.equal(await colour(true), 'rgb(24, 28, 33)');
});

t.test('the policy blocks a script, a style attribute and an image that got in anyway', async (t) => {
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
  t.equal(asked, 0, 'the image was not requested');
  await page.close();
});

t.test('hostile texts stay text: they create no element and no link', async (t) => {
  const { page } = await open('hostile', { width: 1280, dark: false });
  const found = await page.evaluate(() => ({
    elements: [...new Set([...document.querySelectorAll('main *')].map((element) => element.localName))].sort(),
    links: [...new Set([...document.querySelectorAll('a')].map((link) => new URL(link.href).protocol))].sort(),
    title: document.title,
    shown: document.body.textContent.includes('<script>alert(1)</script><img src=x onerror=alert(2)>'),
  }));
  t.same(
    found.elements.filter((name) => ['script', 'img', 'base', 'iframe', 'form', 'link', 'object'].includes(name)),
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

t.test('a screen reader finds landmarks, headings in order, named tables and named pictures', async (t) => {
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
      unnamed: [...document.querySelectorAll('svg')].filter((picture) => !picture.getAttribute('aria-label')).length,
      pictures: document.querySelectorAll('svg').length > 2,
    };
  });
  t.same(found, {
    lang: 'en',
    landmarks: ['header', 'nav', 'main', 'footer'],
    firsts: 1,
    jumps: 0,
    tables: 0,
    unnamed: 0,
    pictures: true,
  });
  await page.setViewportSize({ width: 390, height: 844 });
  t.match(
    await page.locator('#P1').ariaSnapshot(),
    /table "Indices[^"]*"[^]*cell "Documents 970,112,004"/,
    'a card is still a table',
  );
  await page.close();
});

t.test('axe-core finds nothing, at any width, light and dark, and on paper', async (t) => {
  for (const name of ['full', 'clean', 'unfinished', 'hostile']) {
    for (const [width, dark, media] of [
      [1280, false, 'screen'],
      [768, true, 'screen'],
      [320, false, 'screen'],
      [1280, false, 'print'],
    ] as const) {
      const { page } = await open(name, { width, dark });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', media });
      // Folds open, and nothing left out of the layout, so that all of it is looked at.
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        for (const problem of document.querySelectorAll<HTMLElement>('.problem'))
          problem.style.setProperty('content-visibility', 'visible');
      });
      await page.evaluate(axe.source);
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
      );
      t.same(violations, [], `${name}, ${width}, ${dark ? 'dark' : 'light'}, ${media}`);
      await page.close();
    }
  }
});

t.test('the filter hides what does not match, and the address bar keeps it', async (t) => {
  const { page, bad } = await open('full', { width: 1280, dark: false });
  const shown = (): Promise<number> =>
    page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.problem')].filter((one) => !one.hidden).length);
  const all = await shown();
  await page.selectOption('#filter-severity', 'critical');
  const critical = await shown();
  t.ok(critical > 0 && critical < all, `${critical} of ${all}`);
  await page.fill('#filter-text', 'no such words anywhere');
  t.equal(await shown(), 0);
  t.match(page.url(), /#\?severity=critical&text=no\+such/);
  await page.reload();
  t.equal(await shown(), 0, 'the address brings the filter back');
  t.same(bad, []);
  await page.close();
});

t.test('without its script the page is complete, and no control is dead', async (t) => {
  await open('full', { width: 1280, dark: false });
  const browser = context.browser();
  const plain = await browser?.newContext({ javaScriptEnabled: false });
  const page = await plain?.newPage();
  await page?.goto(pathToFileURL(join(folder, 'full.html')).href);
  t.equal(await page?.locator('#filter').isVisible(), false);
  t.equal(await page?.locator('button').count(), 0);
  t.ok(((await page?.locator('.problem').count()) ?? 0) > 2);
  await plain?.close();
});

t.test('the skip link and the folds work from the keyboard', async (t) => {
  const { page } = await open('full', { width: 1280, dark: false });
  await page.keyboard.press('Tab');
  t.equal(await page.evaluate(() => document.activeElement?.textContent), 'To the summary');
  const fold = page.locator('#P1 details').first();
  t.equal(await fold.getAttribute('open'), null);
  await fold.locator('summary').focus();
  await page.keyboard.press('Enter');
  t.not(await fold.getAttribute('open'), null);
  await page.close();
});

t.test('print is on white paper without controls, also in dark mode', async (t) => {
  const { page } = await open('full', { width: 1280, dark: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  t.notOk(await page.locator('#P1 details pre').first().isVisible(), 'evidence is not printed');
  const paper = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    hidden: ['nav', '#filter', '.copy'].map(
      (name) => getComputedStyle(document.querySelector(name) ?? document.body).display,
    ),
  }));
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll('h2, h3, h4, h3 + .terms, table')]
      .filter((part) => part.tagName !== 'TABLE' || part.querySelectorAll('tbody tr').length < 5)
      .filter((part) => getComputedStyle(part).breakInside !== 'avoid')
      .map((part) => part.outerHTML.slice(0, 80)),
  );
  t.same(broken, [], 'a heading, the facts of a problem and a short table stay on one page');
  const loose = await page.evaluate(
    () =>
      [...document.querySelectorAll('h2, h3, h4, h3 + .terms')].filter(
        (part) => getComputedStyle(part).breakAfter !== 'avoid',
      ).length,
  );
  t.equal(loose, 0, 'none of them is the last on its page');
  t.same(paper, { ground: 'rgb(255, 255, 255)', ink: 'rgb(29, 34, 41)', hidden: ['none', 'none', 'none'] });

  const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true })).toString('latin1');
  t.match(pdf, /^%PDF-/);
  t.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12]/, 'A4');
  t.match(pdf, /\/StructTreeRoot/, 'tagged');
  await page.close();
});

/** Pages of a report on paper. */
async function pages(file: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  await page.close();
  return [...pdf.matchAll(/\/Type \/Page\b/g)].length;
}

t.test('the demo prints on at most 25 pages, its summary on at most 4, and its list of runs fits', async (t) => {
  const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  const out = join(folder, 'demo');
  execFileSync(process.execPath, [program, 'demo', '--out', out, '-q'], { stdio: 'ignore' });
  const [run = ''] = readdirSync(join(out, 'demo'));
  // Exit code 1 says that there are findings.
  spawnSync(process.execPath, [program, 'report', join(out, 'demo', run), '--format', 'html,summary', '-q']);
  const files = readdirSync(join(out, 'demo', run), { recursive: true, encoding: 'utf8' });
  const summary = files.find((file) => file.endsWith('summary.html'));
  t.ok((await pages(join(out, 'demo', run, 'report.html'))) <= 25);
  t.ok((await pages(join(out, 'demo', run, summary ?? 'none'))) <= 4);

  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(pathToFileURL(join(out, 'demo', run, 'report.html')).href);
  const ends = await page.evaluate(() =>
    [...document.querySelectorAll('.lead .steps > li')].map((item) => item.getBoundingClientRect().bottom),
  );
  t.equal(ends.length, 5);
  t.ok(
    ends.every((end) => end <= 900),
    `the first screen shows the five worst problems: ${ends.join(', ')}`,
  );
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(pathToFileURL(join(out, 'demo', 'index.html')).href);
    const { content, highest } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      highest: Math.max(...[...document.querySelectorAll('tr')].map((row) => row.getBoundingClientRect().height)),
    }));
    t.equal(content, width, `${width}: nothing to scroll sideways`);
    t.ok(highest < (width > 400 ? 300 : 600), `${width}: no column is too narrow for its texts (a row of ${highest})`);
    await page.evaluate(axe.source);
    t.same(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))'), [], `${width}`);
  }
  const plan = join(folder, 'plan.html');
  writeFileSync(plan, execFileSync(process.execPath, [program, 'plan', 'targets.example.yaml', '--html']));
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(pathToFileURL(plan).href);
    await page.evaluate(axe.source);
    const faults = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))');
    t.same(faults, [], `the plan, ${width}`);
    t.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `the plan, ${width}: fits`);
  }
  await page.close();
});
