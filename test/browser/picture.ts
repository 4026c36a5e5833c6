// Takes the README's picture of the report: npx tsx test/browser/picture.ts
import { fileURLToPath } from 'node:url';
import { full } from '../support/report-sample.js';
import { written } from '../support/write.js';
import { startChromium } from './chromium.js';

const { context, stop } = await startChromium(1.2);
const page = await context.newPage();
await page.setViewportSize({ width: 1180, height: 1200 });
await page.emulateMedia({ colorScheme: 'light' });
await page.setContent(await written('html', full));
await page.screenshot({ path: fileURLToPath(new URL('../../docs/images/report.png', import.meta.url)) });
await stop();
