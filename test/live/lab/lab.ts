import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './http.js';
import { giveTo } from './cache.js';
import { dataFolder, instanceFolder, prepare, type Launch } from './launch.js';
import { runningPid, start, stop } from './process.js';
import { sow } from './seed.js';
import { servers } from './servers/index.js';
import { isProxy, isSearch, type LabServer } from './types.js';

/** How long a server may take until it answers: two that boot at once on two slow cores. */
const patience = 300_000;

/** A server by its name. Throws with the names that exist. */
export function serverNamed(name: string): LabServer {
  const found = servers.find((server) => server.name === name);
  if (!found) throw new Error(`there is no server "${name}" in the lab; \`npm run lab -- list\` names them`);
  return found;
}

/** Where a server listens, without a slash at the end. */
export function urlOf(server: LabServer): string {
  return `${server.scheme}://127.0.0.1:${server.port}`;
}

/** The servers a list of names means, each behind the one it is in front of. */
export function withBackends(names: readonly string[]): readonly LabServer[] {
  const order = new Map<string, LabServer>();
  const add = (name: string): void => {
    const server = serverNamed(name);
    if (isProxy(server)) for (const behind of server.behind) add(behind);
    order.set(name, server);
  };
  for (const name of names) add(name);
  return [...order.values()];
}

/**
 * Starts a server from scratch, waits until it answers and seeds it; one that runs already is left as it is.
 * Stops it again when that fails.
 */
export async function up(server: LabServer): Promise<void> {
  if (runningPid(server.name) !== null) return;
  const launch = await prepare(server, (name) => serverNamed(name).port);
  launches.set(server.name, launch);
  rmSync(readyMark(server), { force: true });
  start(server.name, launch);
  try {
    await ready(server);
    if (isSearch(server)) await sow(server, urlOf(server));
    writeFileSync(readyMark(server), '');
  } catch (error) {
    await down(server);
    throw error;
  }
}

/** How each server that was brought up by this process was started. */
const launches = new Map<string, Launch>();

/**
 * Stops a server that {@link up} started and starts it again on its present configuration and data. Resolves
 * once `url` responds, with whatever status.
 */
export async function restart(server: LabServer, url: string): Promise<void> {
  const launch = launches.get(server.name);
  if (launch === undefined) throw new Error(`${server.name} was not started by this process`);
  await stop(server.name);
  giveTo(launch.user, launch.folder);
  start(server.name, launch);
  const until = Date.now() + patience;
  for (;;) {
    if (runningPid(server.name) === null) throw new Error(`${server.name} ended while starting:\n${logTail(server)}`);
    try {
      await ask(url);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(250);
    }
  }
}

/** Starts servers two at a time (what two cores can boot), backends before the proxies in front of them. */
export async function upAll(wanted: readonly LabServer[]): Promise<void> {
  const inRounds = [wanted.filter((server) => !isProxy(server)), wanted.filter(isProxy)];
  for (const round of inRounds) {
    const waiting = [...round];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const began = Date.now();
        await up(next);
        process.stderr.write(`up ${next.name} ${urlOf(next)} after ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
      }
    };
    await Promise.all([worker(), worker()]);
  }
}

/** Stops a server and removes its data; true when it was running. */
export async function down(server: LabServer): Promise<boolean> {
  rmSync(readyMark(server), { force: true });
  const wasRunning = await stop(server.name);
  rmSync(dataFolder(server), { recursive: true, force: true });
  return wasRunning;
}

/** What a server that answers and is seeded leaves in its folder, until it is stopped. */
function readyMark(server: LabServer): string {
  return join(instanceFolder(server.name), 'ready');
}

/** True where a server runs, answers and is seeded: not while it starts or is being stopped. */
export function isUp(server: LabServer): boolean {
  return runningPid(server.name) !== null && existsSync(readyMark(server));
}

async function ready(server: LabServer): Promise<void> {
  const until = Date.now() + patience;
  let last = 'nothing answered';
  while (Date.now() < until) {
    if (runningPid(server.name) === null) throw new Error(`${server.name} ended while starting:\n${logTail(server)}`);
    try {
      // A proxy is not asked: some count requests, others do not speak HTTP/1.1.
      if (isProxy(server)) {
        await listens(server.port);
        return;
      }
      const answer = await ask(`${urlOf(server)}${readyPath(server)}`, {
        login: isSearch(server) && server.security !== 'none',
      });
      if (isReady(server, answer.status, answer.body)) return;
      last = `${answer.status} ${answer.body.slice(0, 200)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(250);
  }
  throw new Error(`${server.name} was not ready in time: ${last}\n${logTail(server)}`);
}

/** Resolves when something accepts connections on a port of loopback; rejects when nothing does. */
function listens(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

function readyPath(server: LabServer): string {
  return !isSearch(server) || server.forms === false ? '/' : '/_cluster/health';
}

function isReady(server: LabServer, status: number, body: string): boolean {
  if (!isSearch(server) || server.forms === false) return status > 0;
  // As shipped, no one knows its password: it can only deny requests.
  if (server.security === 'x-pack-as-shipped') return status === 401;
  return status === 200 && /"status":"(green|yellow)"/.test(body);
}

function logTail(server: LabServer): string {
  try {
    return readFileSync(join(instanceFolder(server.name), 'output.log'), 'utf8')
      .split('\n')
      .slice(-30)
      .join('\n');
  } catch {
    return '';
  }
}
