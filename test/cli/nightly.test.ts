// The templates of docs/run-it-nightly.md: valid, free of host names, without uploads, and the script works.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { z } from 'zod';
import { recorded } from '../run/support.js';

const page = readFileSync('docs/run-it-nightly.md', 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = '', code = '']) => ({ language, code }));
const of = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);
const script = of('sh').find((code) => code.startsWith('#!/bin/sh')) ?? '';

/** A folder with the script and the program. */
function installed(t: Test): { readonly folder: string; readonly bin: string; readonly out: string } {
  const folder = t.testdir();
  const [bin, out] = [join(folder, 'bin'), join(folder, 'reports')];
  mkdirSync(bin);
  const main = resolve('dist/cli/main.js');
  writeFileSync(join(bin, 'leftopen'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  writeFileSync(join(bin, 'leftopen-nightly'), script);
  for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755);
  return { folder, bin, out };
}

t.test('the script: one line without a host, the exit code of leftopen, and old runs are deleted', async (t) => {
  const { folder, bin, out } = installed(t);
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const targets = join(folder, 'targets.yaml');
  writeFileSync(targets, `engagement: { id: NIGHT }\ntargets: [{ id: a, url: "${url}" }]\n`);
  const night = async () => {
    const child = spawn('leftopen-nightly', [], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LEFTOPEN_TARGETS: targets, LEFTOPEN_OUT: out },
    });
    const [said, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    t.notMatch(said + error, /127\.|localhost|opensearch/i, 'no host');
    return { code: child.exitCode, said: said.trim(), error };
  };
  t.match(await night(), { code: 1, said: 'leftopen: new findings, see the newest report', error: '' });
  t.match(await night(), { code: 0, said: 'leftopen: nothing new', error: '' });
  const plain = readFileSync(targets, 'utf8');
  writeFileSync(targets, `${plain}notify: [{ webhook: { urlFrom: NO_SUCH_VARIABLE }, when: always }]\n`);
  t.match(await night(), {
    code: 0,
    said: /^leftopen: nothing new\nleftopen: a notification was not delivered.*$/,
    error: '',
  });
  writeFileSync(targets, plain);
  const engagement = join(out, 'NIGHT');
  const runs = (): readonly string[] => readdirSync(engagement).filter((name) => name.startsWith('20'));
  const [newest] = [...runs()].sort().slice(-1);
  const info = readFileSync(join(engagement, newest ?? 'none', 'run.json'), 'utf8');
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const nameOf = (at: string): string => at.slice(0, 19).replaceAll(':', '-') + 'Z';
  const ages = [30, 60, 89, 95, 200, 400].map((days) => ({ days, at: daysAgo(days) }));
  for (const { at } of ages) {
    mkdirSync(join(engagement, nameOf(at)));
    writeFileSync(
      join(engagement, nameOf(at), 'run.json'),
      info.replace(/"startedAt":\s*"[^"]*"/, `"startedAt": "${at}"`),
    );
  }
  writeFileSync(targets, 'engagement: { id: NIGHT }\ntargets: []\n');
  t.equal((await night()).code, 2);
  writeFileSync(
    targets,
    'engagement: { id: NIGHT }\ntargets: [{ id: a, hosts: ["opensearch localhost"], ports: [9200] }]\n',
  );
  t.match(await night(), { code: 2, said: /nightly\.log$/, error: '' });
  t.match(readFileSync(join(out, 'nightly.log'), 'utf8'), /targets\.yaml:2.*opensearch localhost/, 'what is wrong');
  t.same(
    ages.filter(({ at }) => runs().includes(nameOf(at))).map(({ days }) => days),
    [30, 60, 89],
  );
  t.ok(newest !== undefined && runs().includes(newest), 'the newest, which the next is compared with');
});

t.test('the script: a run that starts while one goes on says so, and keeps its errors apart', async (t) => {
  const { folder, bin, out } = installed(t);
  // It answers nothing until the second run has ended.
  const held: ServerResponse[] = [];
  const server = createServer((_, response) => void held.push(response)).listen(0, '127.0.0.1');
  const hold = once(server, 'request');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const address = server.address();
  const targets = join(folder, 'targets.yaml');
  writeFileSync(
    targets,
    `engagement: { id: NIGHT }\ntargets: [{ id: a, url: "http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}" }]\n`,
  );
  const night = async () => {
    const child = spawn('leftopen-nightly', [], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LEFTOPEN_TARGETS: targets, LEFTOPEN_OUT: out },
    });
    const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
    return { code: child.exitCode, said: said.trim(), log: readFileSync(join(out, 'nightly.log'), 'utf8') };
  };
  const first = night();
  await hold;
  t.match(await night(), { code: 2, said: /could not begin, nothing was sent/, log: /another run of NIGHT/ });
  server.on('request', (_, response) => response.destroy());
  for (const response of held) response.destroy();
  t.notMatch((await first).log, 'another run of NIGHT');
  t.strictSame(
    readdirSync(out).filter((name) => name.endsWith('.log')),
    ['nightly.log'],
  );
});

t.test('the script: what ends it alone, as a container is ended, ends the audit cleanly', async (t) => {
  const { folder, bin, out } = installed(t);
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  const asked = once(server, 'request');
  await once(server, 'listening');
  t.teardown(() => server.closeAllConnections());
  t.teardown(() => server.close());
  const address = server.address();
  const targets = join(folder, 'targets.yaml');
  const port = typeof address === 'object' ? address?.port : 0;
  writeFileSync(targets, `engagement: { id: NIGHT }\ntargets: [{ id: a, url: "http://127.0.0.1:${port}" }]\n`);
  const child = spawn('leftopen-nightly', [], {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LEFTOPEN_TARGETS: targets, LEFTOPEN_OUT: out },
  });
  await asked;
  child.kill('SIGTERM');
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  t.match({ code: child.exitCode, said }, { code: 130, said: /^leftopen: interrupted/ });
  const [run = ''] = readdirSync(join(out, 'NIGHT')).filter((name) => name.startsWith('20'));
  t.ok(readdirSync(join(out, 'NIGHT', run)).includes('report.html'));
});

t.test('units: each line is a section or a setting, and the timer has a moment', (t) => {
  const [service = '', timer = ''] = of('ini');
  for (const unit of [service, timer]) {
    for (const line of unit.split('\n'))
      t.match(line, /^(\[(Unit|Service|Timer|Install)\]|[A-Z][A-Za-z]+=\S.*|#.*|)$/, line);
  }
  t.match(service, /^ExecStart=\/usr\/local\/bin\/leftopen-nightly$/m);
  t.match(service, /^Type=oneshot$/m);
  t.match(timer, /^OnCalendar=\*-\*-\* 02:00:00$/m);
  t.match(of('cron')[0], /^PATH=\/usr\/local\/bin:\S+\n(\S+ ){5}leftopen \/usr\/local\/bin\/leftopen-nightly\n$/);
  t.end();
});

const cronJob = z.object({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  spec: z.object({
    schedule: z.string(),
    concurrencyPolicy: z.literal('Forbid'),
    jobTemplate: z.object({
      spec: z.object({
        backoffLimit: z.literal(0),
        template: z.object({
          spec: z.object({
            restartPolicy: z.literal('Never'),
            containers: z.array(z.object({ volumeMounts: z.array(z.object({ name: z.string() })) })).length(1),
            volumes: z.array(z.object({ name: z.string() })),
          }),
        }),
      }),
    }),
  }),
});

t.test('YAML: a CronJob, a workflow, a job and an alert, which upload nothing and print no host', (t) => {
  const documents: unknown[] = of('yaml').map((code): unknown => parse(code));
  const [job, workflow, gitlab, alert] = documents;
  const { containers, volumes } = cronJob.parse(job).spec.jobTemplate.spec.template.spec;
  t.strictSame(containers[0]?.volumeMounts.map(({ name }) => name).sort(), volumes.map(({ name }) => name).sort());
  t.match(workflow, { permissions: { contents: 'read' }, jobs: { audit: { 'runs-on': ['self-hosted', 'leftopen'] } } });
  t.match(gitlab, { leftopen: { script: ['leftopen-nightly'], allow_failure: { exit_codes: 3 } } });
  t.match(alert, { groups: [{ rules: [{ alert: 'LeftopenDidNotRun' }] }] });
  t.notMatch(of('yaml').join('\n'), /upload-artifact|artifacts:|--detail full|--json/);
  t.match(script, />\/dev\/null/);
  t.end();
});
