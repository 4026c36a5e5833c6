// `leftopen demo`: an audit of the embedded estate on loopback.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messages } from '../../messages/index.js';
import { openEstate } from '../../demo/serve.js';
import { targetsOf } from '../../demo/targets.js';
import { audit as runAudit } from '../../run/index.js';
import { declare } from '../declare.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { readable } from './audit.js';

interface DemoOptions {
  readonly serve?: true;
  readonly out: string;
  readonly quiet?: true;
}

/**
 * `leftopen demo`: audits the embedded estate through the same code as `leftopen audit`. Exit code 0 when the audit
 * itself worked, whatever it found.
 */
export async function demo(options: DemoOptions): Promise<number> {
  const watch = watcher(options);
  const signal = stopSignal(() => watch.say(messages().commands.stopping));
  const estate = await openEstate();
  const folder = await mkdtemp(join(tmpdir(), 'leftopen-demo-'));
  try {
    const targets = targetsOf(estate.demoServers);
    if (options.serve === true) {
      process.stdout.write(targets);
      process.stderr.write(`${messages().commands.demo.serving(estate.demoServers.length)}\n`);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      return 0;
    }
    const file = join(folder, 'targets.yaml');
    await writeFile(file, targets, { mode: 0o600 });
    const declaration = await declare([file], {});
    const result = await watch.during(
      runAudit(declaration, {
        out: options.out,
        failOn: 'high',
        formats: ['html', 'md', 'json'],
        signal,
        onEvent: watch.onEvent,
      }),
    );
    process.stdout.write(ranking(result.head, readable(result)));
    return result.exitCode === 130 ? 130 : result.head.run.finished && result.head.summary.bugs === 0 ? 0 : 3;
  } finally {
    await estate.close();
    await rm(folder, { recursive: true, force: true });
  }
}
