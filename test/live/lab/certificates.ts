import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The ways in which a lab certificate can be wrong. */
export type CertificateKind =
  'own-ca' | 'self-signed' | 'expired' | 'not-yet-valid' | 'foreign-name' | 'weak-key' | 'weak-signature';

/** Distinguished names of the certificates, as the security plugins want them written. */
export const distinguishedNames = {
  node: 'CN=lab-node-1,OU=lab,O=leftopen lab',
  admin: 'CN=lab-admin,OU=lab,O=leftopen lab',
} as const;

/** Half a year that is over, and one that is to come, as `openssl ca` wants them. */
const otherDates = {
  expired: ['-startdate', '250101000000Z', '-enddate', '250701000000Z'],
  'not-yet-valid': ['-startdate', '480101000000Z', '-enddate', '480701000000Z'],
} as const;

/** Signs for a time that is not now: `openssl x509` cannot, `openssl ca` can. */
const datingAuthority = `[ca]
default_ca = dated
[dated]
certificate = ca.pem
private_key = ca.key
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
x509_extensions = names
policy = any
[any]
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[names]
subjectAltName = DNS:localhost,IP:127.0.0.1
`;

/**
 * Makes `certs/` in a configuration folder: a CA, a node certificate for loopback (`node.pem`, `node.key` in PKCS#8) and
 * an administrator's (`admin.pem`, `admin.key`).
 */
export async function layCertificates(config: string, kind: CertificateKind = 'own-ca'): Promise<void> {
  const folder = join(config, 'certs');
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: readonly string[]): Promise<unknown> => run('openssl', args, { cwd: folder });
  const name = kind === 'foreign-name' ? 'DNS:shop.example' : 'DNS:localhost,IP:127.0.0.1,IP:::1';
  writeFileSync(join(folder, 'node.ext'), `subjectAltName=${name}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  writeFileSync(join(folder, 'ca.cnf'), datingAuthority);
  writeFileSync(join(folder, 'index.txt'), '');
  const subject = (dn: string): string => `/${dn.split(',').reverse().join('/')}`;
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/O=leftopen lab/CN=lab-ca',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  for (const [file, dn] of Object.entries(distinguishedNames)) {
    await openssl(
      'req',
      '-newkey',
      kind === 'weak-key' ? 'rsa:1024' : 'rsa:2048',
      '-nodes',
      '-subj',
      subject(dn),
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.csr`,
    );
    if (kind === 'expired' || kind === 'not-yet-valid') {
      const signing = ['ca', '-batch', '-notext', '-config', 'ca.cnf', ...otherDates[kind]];
      await openssl(...signing, '-in', `${file}.csr`, '-out', `${file}.pem`);
      continue;
    }
    const signer =
      kind === 'self-signed' ? ['-signkey', `${file}.key`] : ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    const sign = ['x509', '-req', '-in', `${file}.csr`, ...signer, '-days', '825', '-extfile', 'node.ext'];
    await openssl(...sign, ...(kind === 'weak-signature' ? ['-sha1'] : []), '-out', `${file}.pem`);
  }
}

/**
 * Makes `certs/` in a configuration folder from the demo certificates that OpenSearch Security ships, under the names that the
 * lab's own have.
 *
 * @param home the folder of the server, with the plugin
 * @param java home of a Java
 */
export async function layDemoCertificates(config: string, home: string, java: string): Promise<void> {
  const folder = join(config, 'certs');
  mkdirSync(folder, { recursive: true });
  const source = fileURLToPath(new URL('java/DemoCertificates.java', import.meta.url));
  await run(join(java, 'bin', 'java'), ['-cp', join(home, 'plugins', 'opensearch-security', '*'), source, folder]);
  for (const [shipped, own] of [
    ['esnode.pem', 'node.pem'],
    ['esnode-key.pem', 'node.key'],
    ['kirk.pem', 'admin.pem'],
    ['kirk-key.pem', 'admin.key'],
    ['root-ca.pem', 'ca.pem'],
  ] as const)
    renameSync(join(folder, shipped), join(folder, own));
}
