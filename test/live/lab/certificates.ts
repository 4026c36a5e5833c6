import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The names a lab certificate can be wrong in. */
export type CertificateKind = 'own-ca' | 'self-signed' | 'expired' | 'foreign-name';

/** Distinguished names of the certificates, as the security plugins want them written. */
export const distinguishedNames = {
  node: 'CN=lab-node-1,OU=lab,O=leftopen lab',
  admin: 'CN=lab-admin,OU=lab,O=leftopen lab',
} as const;

/** Signs for half a year that is over: `openssl x509` cannot date a certificate back, `openssl ca` can. */
const pastAuthority = `[ca]
default_ca = past
[past]
certificate = ca.pem
private_key = ca.key
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
default_startdate = 250101000000Z
default_enddate = 250701000000Z
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
  writeFileSync(join(folder, 'ca.cnf'), pastAuthority);
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
      'rsa:2048',
      '-nodes',
      '-subj',
      subject(dn),
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.csr`,
    );
    if (kind === 'expired') {
      await openssl('ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${file}.csr`, '-out', `${file}.pem`);
      continue;
    }
    const signer =
      kind === 'self-signed' ? ['-signkey', `${file}.key`] : ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    const sign = ['x509', '-req', '-in', `${file}.csr`, ...signer, '-days', '825', '-extfile', 'node.ext'];
    await openssl(...sign, '-out', `${file}.pem`);
  }
}
