import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/**
 * Debian's Chromium (or the one that `CHROMIUM` names) with an empty profile, which asks nothing of the outside.
 *
 * @param deviceScaleFactor pixels of a picture for one of the page
 */
export async function startChromium(
  deviceScaleFactor = 1,
): Promise<{ context: BrowserContext; stop: () => Promise<void> }> {
  const executablePath = process.env['CHROMIUM'] ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  const profile = mkdtempSync(join(tmpdir(), 'leftopen-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    deviceScaleFactor,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const stop = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, stop };
}
