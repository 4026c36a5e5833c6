import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { labUser } from './cache.js';
import { javaHome } from './java.js';
import { homeOf, instanceFolder } from './launch.js';
import { isSearch, type LabServer, type SearchServer } from './types.js';

const run = promisify(execFile);

/** The certificate and key that a TLS server of the lab shows, in PEM: laid down by us, or made by the server itself. */
export async function certificateOf(server: LabServer): Promise<{ cert: string; key: string }> {
  const config = join(instanceFolder(server.name), 'config');
  const node = join(config, 'certs', 'node.pem');
  if (existsSync(node))
    return { cert: readFileSync(node, 'utf8'), key: readFileSync(join(config, 'certs', 'node.key'), 'utf8') };
  if (server.kind === 'companion') return ownPair(server);
  if (!isSearch(server)) throw new Error(`${server.name} has no certificate`);
  const password = await keystoreEntry(server, 'xpack.security.http.ssl.keystore.secure_password');
  const store = ['pkcs12', '-in', join(config, 'certs', 'http.p12'), '-nodes', '-passin', `pass:${password}`];
  const { stdout } = await run('openssl', store);
  const certs = stdout.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  const keys = stdout.match(/-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----/g) ?? [];
  // The store holds the authority's pair as well; the server's own is the one that is not an authority.
  const cert = certs.find((pem) => !new X509Certificate(pem).ca);
  const key = keys.find(
    (pem) => cert !== undefined && new X509Certificate(cert).checkPrivateKey(createPrivateKey(pem)),
  );
  if (cert === undefined || key === undefined) throw new Error(`${server.name} keeps no pair of certificate and key`);
  const chain = certs.filter((pem) => pem !== cert && !isSelfIssued(pem));
  return { cert: [cert, ...chain].join('\n'), key };
}

/** The pair that a companion made for itself, in the folder of its temporary files. */
function ownPair({ name }: LabServer): { cert: string; key: string } {
  const folder = join(instanceFolder(name), 'tmp');
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8'));
  const cert = texts.find((text) => text.startsWith('-----BEGIN CERTIFICATE-----'));
  const key = texts.find((text) => /^-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(text));
  if (cert === undefined || key === undefined) throw new Error(`${name} keeps no pair of certificate and key`);
  return { cert, key };
}

function isSelfIssued(pem: string): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.issuer === certificate.subject;
}

/** A value of Elasticsearch's own keystore. */
async function keystoreEntry(server: SearchServer, name: string): Promise<string> {
  const place = await homeOf(server);
  const config = join(instanceFolder(server.name), 'config');
  const args = [
    '-Dcli.name=keystore',
    '-Dcli.libs=lib/tools/keystore-cli',
    `-Des.path.home=${place}`,
    `-Des.path.conf=${config}`,
    '-Des.distribution.type=zip',
    '-Des.java.type=ES_JAVA_HOME',
    '-cp',
    `${place}/lib/*:${place}/lib/cli-launcher/*`,
    'org.elasticsearch.launcher.CliToolLauncher',
    'show',
    name,
  ];
  const user = await labUser();
  const asRoot = process.getuid?.() === 0;
  const java = join(javaHome(server.java), 'bin', 'java');
  const { stdout } = await run(java, args, { cwd: place, ...(asRoot ? { uid: user.uid, gid: user.gid } : {}) });
  return stdout.trim();
}
