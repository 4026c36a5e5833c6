import { rmSync } from 'node:fs';
import t from 'tap';
import { auditUrls, placeOf } from './audited.js';
import { recordingNamed, recordingNames, serveRecording } from './replay.js';
import { sample } from './support/sample.js';

void t.test('every recorded server is judged as it truly is', async (t) => {
  const served = await Promise.all(
    sample(recordingNames(), 50).map(async (name) => {
      const recording = recordingNamed(name);
      const server = await serveRecording(recording, { address: '127.0.0.4', port: 0 });
      const base = /^\/[a-z]+(?=\/$)/.exec(
        recording.exchanges.find(({ question }) => question === 'root')?.path ?? '/',
      )?.[0];
      return {
        name,
        truth: recording.head.truth,
        server,
        url: `${recording.head.scheme}://127.0.0.4:${server.port}${base ?? ''}`,
      };
    }),
  );
  t.teardown(() => Promise.all(served.map(({ server }) => server.close())));
  const audited = await auditUrls(served.map(({ url }) => url));
  t.teardown(() => {
    rmSync(audited.folder, { recursive: true });
  });
  t.equal(audited.bugs, 0);
  for (const { name, truth, url, server } of served) {
    const seen = audited.endpoints.get(placeOf(url));
    const told = { ...seen?.told, findings: lasting(seen?.told.findings ?? []) };
    t.strictSame(told, { ...truth, findings: lasting(truth.findings) }, name);
    const own = audited.ledger.filter((line) => line.url.startsWith(`${url}/`));
    t.equal(server.requests.length, own.length, `${name}: what arrived is what the ledger says`);
  }
});

/**
 * Findings that do not hang on the day of the test (versions are fixed until some day) or on the replay (the certificate is
 * its own). The score judges versions, on a fixed day.
 */
function lasting(findings: readonly string[]): readonly string[] {
  return findings.filter((check) => !/^(?:certificate-|end-of-life$|known-vulnerability$)/.test(check));
}
