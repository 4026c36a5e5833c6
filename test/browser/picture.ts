// Takes the README's picture, of the demo's report as `npm start` writes it: npm run build && npx tsx test/browser/picture.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startChromium } from './chromium.js';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'leftopen-picture-'));
execFileSync(process.execPath, [program, 'demo', '--out', folder], { stdio: 'ignore' });
const report = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('report.html'));
if (report === undefined) throw new Error(`the demo wrote no report under ${folder}`);

const { context, stop } = await startChromium(1.2);
const page = await context.newPage();
await page.setViewportSize({ width: 1180, height: 1200 });
await page.emulateMedia({ colorScheme: 'light' });
await page.goto(pathToFileURL(join(folder, report)).href);
await page.screenshot({ path: fileURLToPath(new URL('../../docs/images/report.png', import.meta.url)) });
await stop();
rmSync(folder, { recursive: true });
