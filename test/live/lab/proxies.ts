// Writes the configuration of a proxy (nginx, haproxy, Apache) and returns how it is started.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layCertificates } from './certificates.js';
import { debianProgram } from './debian.js';
import { write, type Start } from './start.js';
import { labLogin, type ProxyServer } from './types.js';

/** Writes the configuration of a proxy into its folder. `portOf` looks up the ports of the servers behind it. */
export async function prepareProxy(
  server: ProxyServer,
  folder: string,
  portOf: (name: string) => number,
): Promise<Start> {
  const config = join(folder, 'config');
  const filled = (text: string): string =>
    server.behind
      .reduce((so, name, at) => so.replaceAll(`HOST${at + 1}`, `127.0.0.1:${portOf(name)}`), text)
      .replaceAll('FILES', config);
  if (server.scheme === 'https') {
    await layCertificates(config, server.certificate);
    const pair = ['node.pem', 'node.key'].map((name) => readFileSync(join(config, 'certs', name), 'utf8'));
    write(config, { 'certs/pair.pem': pair.join('') });
  }
  const sha = createHash('sha1').update(labLogin.password).digest('base64');
  write(config, { passwords: `${labLogin.user}:{SHA}${sha}\n`, ...fileOf[server.kind](server, folder, filled) });
  const environment = { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin', HOME: folder };
  return { ...(await commandOf[server.kind](folder, config)), environment };
}

type Kind = ProxyServer['kind'];

/** How each is started in the foreground, on the file that {@link fileOf} writes. */
const commandOf: Readonly<Record<Kind, (folder: string, config: string) => Promise<Pick<Start, 'command' | 'args'>>>> =
  {
    nginx: async (folder, config) => ({
      command: await debianProgram('nginx'),
      args: ['-p', folder, '-c', join(config, 'nginx.conf')],
    }),
    haproxy: async (_, config) => ({
      command: await debianProgram('haproxy'),
      args: ['-db', '-f', join(config, 'haproxy.cfg')],
    }),
    apache: async (folder, config) => {
      const command = await debianProgram('apache2', 'apache2-bin');
      const modules = join(command, '..', '..', 'lib', 'apache2', 'modules');
      const loaded = ['-C', `Define MODULES ${modules}`];
      return { command, args: ['-DFOREGROUND', '-d', folder, ...loaded, '-f', join(config, 'apache.conf')] };
    },
  };

const fileOf: Readonly<
  Record<
    Kind,
    (server: ProxyServer, folder: string, filled: (text: string) => string) => Readonly<Record<string, string>>
  >
> = {
  nginx: ({ port, scheme, listen, outer = '', config }, folder, filled) => ({
    'nginx.conf': `daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/logs/error.log;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log ${folder}/logs/access.log;
  client_body_temp_path ${folder}/tmp/body;
  proxy_temp_path ${folder}/tmp/proxy;
  fastcgi_temp_path ${folder}/tmp/fastcgi;
  uwsgi_temp_path ${folder}/tmp/uwsgi;
  scgi_temp_path ${folder}/tmp/scgi;
  default_type application/octet-stream;
  ${filled(outer)}
  server {
    listen 127.0.0.1:${port}${scheme === 'https' ? ' ssl' : ''}${listen === undefined ? '' : ` ${listen}`};
    server_name localhost;
${scheme === 'https' ? filled('    ssl_certificate FILES/certs/node.pem;\n    ssl_certificate_key FILES/certs/node.key;\n') : ''}${filled(config)}
  }
}
`,
  }),
  haproxy: ({ port, scheme, listen = '', outer = 'server one HOST1', behind, config }, _, filled) => ({
    'haproxy.cfg': `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
userlist staff
  user ${labLogin.user} insecure-password ${labLogin.password}
frontend lab
  bind 127.0.0.1:${port} ${filled(`${scheme === 'https' ? 'ssl crt FILES/certs/pair.pem ' : ''}${listen}`)}
${indented(filled(config))}
  ${behind.length === 0 ? '' : 'default_backend shop'}
backend shop
${behind.length === 0 ? '' : indented(filled(outer))}
`,
  }),
  apache: ({ port, scheme, outer = '', config }, folder, filled) => ({
    'apache.conf': `ServerName localhost
PidFile ${folder}/apache.pid
ErrorLog ${folder}/logs/error.log
DefaultRuntimeDir ${folder}/tmp
Listen 127.0.0.1:${port}
${apacheModules.map((name) => `LoadModule ${name}_module \${MODULES}/mod_${name}.so`).join('\n')}
Mutex file:${folder}/tmp default
StartServers 1
DocumentRoot ${folder}/tmp
${filled(outer)}
<VirtualHost 127.0.0.1:${port}>
  AllowEncodedSlashes NoDecode
${scheme === 'https' ? filled('  SSLEngine on\n  SSLCertificateFile FILES/certs/node.pem\n  SSLCertificateKeyFile FILES/certs/node.key\n') : ''}${indented(filled(config))}
</VirtualHost>
`,
  }),
};

const apacheModules = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_host',
  'authz_user',
  'auth_basic',
  'alias',
  'cache',
  'cache_disk',
  'headers',
  'rewrite',
  'proxy',
  'proxy_http',
  'slotmem_shm',
  'proxy_balancer',
  'lbmethod_byrequests',
  'socache_shmcb',
  'ssl',
] as const;

function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
