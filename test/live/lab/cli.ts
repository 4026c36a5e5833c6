import { down, serverNamed, upAll, urlOf, withBackends } from './lab.js';
import { release, runningPid } from './process.js';
import { servers } from './servers/index.js';

const usage = 'usage: npm run lab -- list | up NAME… | down NAME…|all | url NAME';

async function main([command, ...names]: readonly string[]): Promise<number> {
  if (command === 'list') {
    for (const server of servers) {
      const running = runningPid(server.name) === null ? '    ' : 'up  ';
      process.stdout.write(`${running}${server.name.padEnd(44)}${urlOf(server).padEnd(26)}${server.shows}\n`);
    }
    return 0;
  }
  const [first] = names;
  if (command === 'url' && first !== undefined) {
    process.stdout.write(`${urlOf(serverNamed(first))}\n`);
    return 0;
  }
  if (command === 'up' && first !== undefined) {
    const wanted = withBackends(names);
    const before = new Set(wanted.filter(({ name }) => runningPid(name) !== null));
    try {
      await upAll(wanted);
    } catch (error) {
      await Promise.all(wanted.filter((server) => !before.has(server)).map(down));
      throw error;
    }
    for (const { name } of wanted) release(name);
    return 0;
  }
  if (command === 'down' && first !== undefined) {
    const wanted = first === 'all' ? servers : names.map(serverNamed);
    const stopped = await Promise.all(wanted.map(async (server) => ((await down(server)) ? server.name : null)));
    for (const name of stopped) if (name !== null) process.stdout.write(`down ${name}\n`);
    return 0;
  }
  process.stderr.write(`${usage}\n`);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
