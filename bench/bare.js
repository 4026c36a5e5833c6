// The fewest lines of undici that put the same questions to the same hosts: a Client for each host, its questions one after
// the other, each answer parsed. Usage: node bench/bare.js FILE: the port, how many at once, how many hosts, and the paths of each kind.
import { readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { Client } from 'undici';

const { port, concurrency, hosts, paths } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

async function ask(host) {
  const client = new Client(`http://127.${128 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}:${port}`);
  for (const path of paths[host % paths.length]) {
    const { body } = await client.request({ method: 'GET', path, headers: { accept: 'application/json' } });
    const text = await body.text();
    if (/^[[{]/.test(text)) JSON.parse(text);
  }
  await client.close();
}

function* numbers() {
  for (let host = 1; host <= hosts; host += 1) yield host;
}

const limit = pLimit(concurrency);
const running = new Set();
for (const host of numbers()) {
  const one = limit(ask, host).finally(() => running.delete(one));
  running.add(one);
  if (running.size >= concurrency) await Promise.race(running);
}
await Promise.all(running);
