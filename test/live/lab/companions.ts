import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { cachePath, fetchArtefact } from './cache.js';
import { debianProgram } from './debian.js';
import { javaHome } from './java.js';
import { usualHeap, write, type Start } from './start.js';
import type { CompanionServer } from './types.js';

const run = promisify(execFile);

/** Writes the configuration of a companion and returns how it is started. */
export async function prepareCompanion(server: CompanionServer, folder: string, data: string): Promise<Start> {
  const environment = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    ...server.environment,
  };
  return { ...(await starts[server.program](server, folder, data)), environment };
}

type Command = Pick<Start, 'command' | 'args'>;

const starts: Readonly<
  Record<CompanionServer['program'], (server: CompanionServer, folder: string, data: string) => Promise<Command>>
> = {
  async prometheus(server, folder, data) {
    write(join(folder, 'config'), { 'prometheus.yml': stringify({ global: { scrape_interval: '1h' } }) });
    const config = `--config.file=${join(folder, 'config', 'prometheus.yml')}`;
    const listen = `--web.listen-address=127.0.0.1:${server.port}`;
    return { command: await debianProgram('prometheus'), args: [config, `--storage.tsdb.path=${data}`, listen] };
  },

  async zipkin(server) {
    const [jar = ''] = await packagesOf(server);
    const port = 'armeria.ports[0]';
    const listen = [`--${port}.port=${server.port}`, `--${port}.ip=127.0.0.1`, `--${port}.protocols[0]=http`];
    return { command: java(), args: [`-Xmx${usualHeap}m`, '-jar', jar, ...listen] };
  },

  /** The web application in a Jetty of its own: the archive of the full server is in no package registry. */
  async solr(server, folder, data) {
    const [war = '', ...libraries] = await packagesOf(server);
    write(data, { 'solr.xml': '<solr></solr>\n' });
    const temporary = `-Djava.io.tmpdir=${join(folder, 'tmp')}`;
    const runner = ['-cp', libraries.join(delimiter), 'org.eclipse.jetty.runner.Runner'];
    const listen = ['--host', '127.0.0.1', '--port', String(server.port), '--path', '/solr', war];
    return {
      command: java(),
      args: [`-Xmx${usualHeap}m`, temporary, `-Dsolr.solr.home=${data}`, ...runner, ...listen],
    };
  },

  /** A decoy written in Python, in an environment of its own. */
  async 'qeeqbox-honeypots'(server) {
    const place = join(cachePath('homes'), `honeypots-${server.version}`);
    const python = join(place, 'bin', 'python');
    if (!existsSync(join(place, 'bin', 'honeypots'))) {
      process.stderr.write(`fetching ${server.coordinates.join(', ')}\n`);
      // The system's, where there is one: a Python in someone's home cannot be read by the lab's user.
      const system = '/usr/bin/python3';
      await run(existsSync(system) ? system : 'python3', ['-m', 'venv', place]);
      await run(python, ['-m', 'pip', 'install', '--quiet', ...server.coordinates], { maxBuffer: 1 << 24 });
      await run('chmod', ['-R', 'a+rX', place]);
    }
    const listen = `from honeypots import QElasticServer; QElasticServer(ip="127.0.0.1", port=${server.port}).run_server(process=False)`;
    return { command: python, args: ['-c', listen] };
  },
};

function java(): string {
  return join(javaHome(17), 'bin', 'java');
}

async function packagesOf({ coordinates }: CompanionServer): Promise<readonly string[]> {
  const files: string[] = [];
  for (const coordinate of coordinates) files.push(await fetchArtefact(coordinate, cachePath('packages')));
  return files;
}
