// The longest that one response, its reading and its judging hold the event loop: hostile servers audited one after the other.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bodyGroups } from '../test/hostile/bodies.js';
import { corruptedGroups } from '../test/hostile/corrupted.js';
import { always, http, openEstate, targetsOf, type Hostile } from '../test/hostile/estate.js';
import { heavyGroups } from '../test/hostile/heavy.js';
import { wireGroups } from '../test/hostile/wire.js';

/** CPU time of the main thread that one turn of the event loop may take, in milliseconds. */
const allowedMs = 100;
/** Servers that drip or say nothing take all of it. */
const patienceMs = 8_000;
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const preload = fileURLToPath(new URL('turns.js', import.meta.url));

const turnsSchema = z.array(z.object({ ms: z.number(), at: z.number() }));

/** Every behaviour of `test/hostile` that is not slow, and odd TLS, audited one at a time by the built program in one run. */
export async function benchLoop(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-loop-'));
  const wanted = new RegExp(process.env['BENCH_LOOP'] ?? '');
  const groups = [...heavyGroups, ...bodyGroups, ...wireGroups, ...corruptedGroups];
  const hostiles = [
    ...oddTls(folder),
    ...groups.filter((group) => group.patienceMs > 1_000).flatMap((group) => group.hostiles),
  ].filter(({ id }) => wanted.test(id));
  /** Which server was asked when. */
  const asked: { readonly id: string; readonly at: number }[] = [];
  const estate = await openEstate(
    hostiles.map((hostile) => ({
      ...hostile,
      greet(socket) {
        asked.push({ id: hostile.id, at: Date.now() });
        hostile.greet?.(socket);
      },
      answer(socket, request, ports) {
        asked.push({ id: hostile.id, at: Date.now() });
        hostile.answer?.(socket, request, ports);
      },
    })),
  );
  try {
    const limits = { concurrency: 1, connectTimeoutMs: patienceMs, exchangeTimeoutMs: patienceMs };
    writeFileSync(join(folder, 'targets.yaml'), targetsOf(estate, limits));
    const into = join(folder, 'turns.json');
    const args = ['--import', preload, main, 'audit', 'targets.yaml', '--quiet', '--format', 'json'];
    const env = { ...process.env, TURNS_INTO: into };
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', env });
    await once(child, 'exit');
    const turns = turnsSchema.parse(JSON.parse(readFileSync(into, 'utf8')));
    // Soon after the last request nothing is held up: the record is written.
    const end = (asked.at(-1)?.at ?? 0) + 500;
    const [atTheEnd] = turns.filter(({ at }) => at > end);
    const whileAsking = turns.filter(({ at }) => at <= end);
    for (const { ms, at } of whileAsking.slice(0, 10))
      console.log(
        `loop: ${ms.toFixed(0)} ms of CPU, ${asked.findLast((request) => request.at <= at)?.id ?? 'at the beginning'}`,
      );
    const worst = whileAsking[0]?.ms ?? Infinity;
    console.log(
      `loop: ${hostiles.length} endpoints one by one, the longest turn takes ${worst.toFixed(0)} ms of CPU: ` +
        `${worst <= allowedMs ? 'within' : 'ABOVE'} the ${allowedMs} ms allowed; ${(atTheEnd?.ms ?? 0).toFixed(0)} ms while the record is written`,
    );
    if (worst > allowedMs) process.exitCode = 1;
  } finally {
    await estate.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Servers whose handshake is work: as many names as OpenSSL takes, the largest groups of Diffie and Hellman, a long chain. */
function oddTls(folder: string): readonly Hostile[] {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = Array.from({ length: 9_000 }, (_, i) => `DNS:a${i.toString(36)}.x`).join(',');
  const config = join(folder, 'openssl.cnf');
  writeFileSync(
    config,
    `[req]\ndistinguished_name = dn\nx509_extensions = ext\nprompt = no\n[dn]\nCN = x\n[ext]\nsubjectAltName = ${names}\n`,
  );
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '9', '-config', config, '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  const wall = always(http('401 Unauthorized', ['www-authenticate: Basic realm="x"']));
  return [{ id: 'tls-9000-names', tls: pair, declaredTls: true, answer: wall, ends: [] }];
}
