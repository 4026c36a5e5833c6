// How to fix certificates, TLS versions and origins.
import { versionOf } from '../knowledge/version.js';
import { productNames } from '../model/endpoint.js';
import type { Remedy, RemedyStep } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { quoted } from './remedies.js';
import { thisHour, thisMonth, thisWeek, today, type Settings, type StepsAt } from './steps.js';

type Step = RemedyStep;

/** Where certificate and key of HTTP are named, by product and line. */
function certificateSettings(observations: Observations): Settings {
  const { product, distribution } = observations.identity;
  const major = versionOf(observations)?.major ?? null;
  const ofPlugin = (prefix: string): string =>
    `${prefix}.ssl.http.pemcert_filepath: node.pem\n${prefix}.ssl.http.pemkey_filepath: node-key.pem\n${prefix}.ssl.http.pemtrustedcas_filepath: ca.pem`;
  switch (product) {
    case 'elasticsearch':
      if (distribution === 'search-guard') return { file: 'elasticsearch.yml', code: ofPlugin('searchguard') };
      return {
        file: 'elasticsearch.yml',
        code:
          major !== null && major < 7
            ? 'xpack.security.http.ssl.key: node.key\nxpack.security.http.ssl.certificate: node.crt'
            : '# bin/elasticsearch-certutil http creates the keystore\nxpack.security.http.ssl.keystore.path: http.p12',
      };
    case 'opensearch':
      return { file: 'opensearch.yml', code: ofPlugin('plugins.security') };
    case 'kibana':
      return { file: 'kibana.yml', code: 'server.ssl.certificate: kibana.crt\nserver.ssl.key: kibana.key' };
    case 'opensearch-dashboards':
      return {
        file: 'opensearch_dashboards.yml',
        code: 'server.ssl.certificate: dashboards.crt\nserver.ssl.key: dashboards.key',
      };
    default:
      return { file: 'nginx', code: 'ssl_certificate server.crt;\nssl_certificate_key server.key;' };
  }
}

/** What shows a certificate as it is served now. */
function showCertificate({ endpoint }: Observations): string {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  const name = /^[\d.]+$|:/.test(endpoint.host) ? '' : ` -servername ${quoted(endpoint.host)}`;
  return `openssl s_client -connect ${quoted(`${host}:${endpoint.port}`)}${name} </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u`;
}

/** A new certificate, for whatever was wrong with the old one. */
export function replaceCertificate(
  observations: Observations,
  of: { readonly when: StepsAt; readonly first: string; readonly expect: string; readonly more?: readonly Step[] },
): Remedy {
  const { file, code } = certificateSettings(observations);
  const { when, first } = of;
  return {
    steps: [
      file === 'nginx' ? when.nginx(`${first} In nginx:`, code) : when.do(first),
      ...(file === 'nginx'
        ? []
        : [
            when.yaml(
              `Name the new certificate in ${file} (${productNames[observations.identity.product ?? 'elasticsearch']}), then restart it.`,
              code,
            ),
          ]),
      when.do('If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.'),
      ...(of.more ?? []),
      thisMonth.do('Monitor the expiry dates of all certificates, with weeks of notice.'),
    ],
    verify: { command: showCertificate(observations), expect: of.expect },
  };
}

/** Where the versions of TLS are named, by product; null where only what is in front could be meant. */
function protocolSettings({ identity: { product, distribution } }: Observations): Settings | null {
  switch (product) {
    case 'elasticsearch':
      return {
        file: 'elasticsearch.yml',
        code:
          distribution === 'search-guard'
            ? 'searchguard.ssl.http.enabled_protocols: ["TLSv1.2", "TLSv1.3"]'
            : 'xpack.security.http.ssl.supported_protocols: ["TLSv1.3", "TLSv1.2"]',
      };
    case 'opensearch':
      return { file: 'opensearch.yml', code: 'plugins.security.ssl.http.enabled_protocols: ["TLSv1.2", "TLSv1.3"]' };
    case 'kibana':
      return { file: 'kibana.yml', code: 'server.ssl.supportedProtocols: ["TLSv1.2", "TLSv1.3"]' };
    case 'opensearch-dashboards':
      return { file: 'opensearch_dashboards.yml', code: 'server.ssl.supportedProtocols: ["TLSv1.2"]' };
    default:
      return null;
  }
}

/** Old versions switched off. */
export function endOldTls(observations: Observations): Remedy {
  const settings = protocolSettings(observations);
  const find = 'Find the clients that still need an old version in the logs, and update them.';
  return {
    steps: [
      settings === null
        ? thisWeek.do(find)
        : thisWeek.yaml(`${find} Then allow only current versions in ${settings.file}, and restart:`, settings.code),
      thisWeek.nginx(
        'If a proxy or a load balancer in front of it terminates TLS, change it there instead. In nginx:',
        'ssl_protocols TLSv1.2 TLSv1.3;',
      ),
    ],
    verify: {
      command: `curl -sSk --tls-max 1.1 --ciphers 'DEFAULT:@SECLEVEL=0' -o /dev/null -w '%{http_code}\\n' ${quoted(`${observations.url}/`)}`,
      expect: 'a handshake error and 000. Any other status means that the old version is still accepted',
    },
  };
}

/** Only the origins that are meant. */
export function closeOrigins(observations: Observations): Remedy {
  const file = `${observations.identity.product === 'opensearch' ? 'opensearch' : 'elasticsearch'}.yml`;
  return {
    steps: [
      today.yaml(
        `If no web page needs to read the cluster, switch this off. If one does, name it instead (the lines with #). Set this in ${file}, then restart each node.`,
        'http.cors.enabled: false\n# http.cors.enabled: true\n# http.cors.allow-origin: "https://boards.example.org"\n# http.cors.allow-credentials: false',
      ),
      today.do('Make sure that no proxy in front of it adds the header to every response.'),
      thisWeek.do(
        'Require a login. A page of another origin reads nothing where a login is required and pages may not send credentials.',
      ),
    ],
    verify: {
      command: `curl -sSk -D - -o /dev/null -H 'Origin: https://leftopen.invalid' ${quoted(`${observations.url}/?filter_path=tagline`)} | grep -i access-control-allow-origin`,
      expect: 'no line',
    },
  };
}

/** The nodes' own port, for nodes alone. */
export function closeTransport({ endpoint }: Observations): Remedy {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return {
    steps: [
      thisHour.do(
        `At the firewall, allow only the nodes of the cluster to reach port ${endpoint.port} of ${endpoint.host}.`,
      ),
      today.yaml(
        'Bind it to a private address of this node that only the other nodes reach (127.0.0.1 for a single node). Set this in elasticsearch.yml or opensearch.yml, then restart.',
        'transport.host: 10.0.0.10',
      ),
      thisWeek.yaml(
        '(Elasticsearch) Require TLS with client certificates between the nodes, so that others cannot speak to the port. Set this in elasticsearch.yml on every node, then restart all nodes together.',
        'xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.verification_mode: certificate\nxpack.security.transport.ssl.keystore.path: transport.p12',
      ),
      thisWeek.yaml(
        '(OpenSearch) Do the same with the settings of the Security plugin in opensearch.yml.',
        'plugins.security.ssl.transport.pemcert_filepath: node.pem\nplugins.security.ssl.transport.pemkey_filepath: node-key.pem\nplugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem',
      ),
    ],
    verify: {
      command: `curl -sS --http0.9 -m 10 ${quoted(`http://${host}:${endpoint.port}/`)}`,
      expect:
        'no connection from where this audit was made. "This is not an HTTP port" means that it is still reachable',
    },
  };
}
