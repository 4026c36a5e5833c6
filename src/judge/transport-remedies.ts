// How to fix certificates, TLS versions and origins.
import { versionOf } from '../knowledge/version.js';
import type { Observations } from '../model/observation.js';
import type { DecidedRemedy, DecidedStep, Said } from '../model/remedy.js';
import { quoted } from './remedies.js';
import { certificatesOf } from './security-plugins.js';
import { thisHour, thisMonth, thisWeek, today, type Settings, type StepsAt } from './steps.js';

/** Where certificate and key of HTTP are named, by product and line. */
function certificateSettings(observations: Observations): Settings {
  const { product, distribution } = observations.identity;
  const major = versionOf(observations)?.major ?? null;
  const ofPlugin = (prefix: string): string => certificatesOf(prefix, 'http').join('\n');
  switch (product) {
    case 'elasticsearch':
      if (distribution === 'search-guard') return { file: 'elasticsearch.yml', code: ofPlugin('searchguard') };
      return {
        file: 'elasticsearch.yml',
        code:
          major !== null && major < 7
            ? 'xpack.security.http.ssl.key: node.key\nxpack.security.http.ssl.certificate: node.crt'
            : [
                { code: '', comment: { id: 'creates-keystore', command: 'bin/elasticsearch-certutil http' } },
                'xpack.security.http.ssl.keystore.path: http.p12',
              ],
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

/** A new certificate, for whatever was wrong with the old one. `first` and `expect`: what the check says of that. */
export function replaceCertificate<Own extends string>(
  observations: Observations,
  of: {
    readonly when: StepsAt;
    readonly first: Said<Own>;
    readonly expect: Said<Own>;
    readonly more?: readonly DecidedStep<Own>[];
  },
): DecidedRemedy<Own> {
  const { file, code } = certificateSettings(observations);
  const { when, first } = of;
  return {
    steps: [
      ...(file === 'nginx'
        ? [{ ...when.nginx(first, code), frame: 'in-nginx' as const }]
        : [
            when.do(first),
            when.yaml(
              { id: 'name-certificate', file, product: observations.identity.product ?? 'elasticsearch' },
              code,
            ),
          ]),
      when.do('certificate-in-front'),
      ...(of.more ?? []),
      thisMonth.do('monitor-expiry'),
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
export function endOldTls(observations: Observations): DecidedRemedy {
  const settings = protocolSettings(observations);
  return {
    steps: [
      settings === null
        ? thisWeek.do('update-clients')
        : thisWeek.yaml({ id: 'allow-current-tls', file: settings.file }, settings.code),
      thisWeek.nginx('current-tls-in-front', 'ssl_protocols TLSv1.2 TLSv1.3;'),
    ],
    verify: {
      command: `curl -sSk --tls-max 1.1 --ciphers 'DEFAULT:@SECLEVEL=0' -o /dev/null -w '%{http_code}\\n' ${quoted(`${observations.url}/`)}`,
      expect: 'expect-old-tls-denied',
    },
  };
}

/** Only the origins that are meant. */
export function closeOrigins(observations: Observations): DecidedRemedy {
  const file = `${observations.identity.product === 'opensearch' ? 'opensearch' : 'elasticsearch'}.yml`;
  return {
    steps: [
      today.yaml(
        { id: 'limit-origins', file },
        'http.cors.enabled: false\n# http.cors.enabled: true\n# http.cors.allow-origin: "https://boards.example.org"\n# http.cors.allow-credentials: false',
      ),
      today.do('origins-in-front'),
      thisWeek.do('login-against-origins'),
    ],
    verify: {
      command: `curl -sSk -D - -o /dev/null -H 'Origin: https://leftopen.invalid' ${quoted(`${observations.url}/?filter_path=tagline`)} | grep -i access-control-allow-origin`,
      expect: 'expect-no-origin',
    },
  };
}

/** The nodes' own port, for nodes alone. */
export function closeTransport({ endpoint }: Observations): DecidedRemedy {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return {
    steps: [
      thisHour.do({ id: 'block-transport', host: endpoint.host, port: endpoint.port }),
      today.yaml('bind-transport', 'transport.host: 10.0.0.10'),
      thisWeek.yaml(
        'transport-tls',
        'xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.verification_mode: certificate\nxpack.security.transport.ssl.keystore.path: transport.p12',
      ),
      thisWeek.yaml('transport-tls-of-opensearch', certificatesOf('plugins.security', 'transport').join('\n')),
    ],
    verify: {
      command: `curl -sS --http0.9 -m 10 ${quoted(`http://${host}:${endpoint.port}/`)}`,
      expect: 'expect-transport-closed',
    },
  };
}
