// How to fix certificates, TLS versions and origins.
import { versionOf } from '../knowledge/version.js';
import type { Remedy } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { quoted } from './remedies.js';

type Step = Remedy['steps'][number];

/** Where certificate and key of HTTP are named, by product and line. */
function certificateSettings(observations: Observations): string {
  const { product, distribution } = observations.identity;
  const major = versionOf(observations)?.major ?? null;
  switch (product) {
    case 'elasticsearch':
      if (distribution === 'search-guard')
        return '# elasticsearch.yml\nsearchguard.ssl.http.pemcert_filepath: node.pem\nsearchguard.ssl.http.pemkey_filepath: node-key.pem\nsearchguard.ssl.http.pemtrustedcas_filepath: ca.pem';
      return major !== null && major < 7
        ? '# elasticsearch.yml\nxpack.security.http.ssl.key: node.key\nxpack.security.http.ssl.certificate: node.crt'
        : '# bin/elasticsearch-certutil http makes the keystore\n# elasticsearch.yml\nxpack.security.http.ssl.keystore.path: http.p12';
    case 'opensearch':
      return '# opensearch.yml\nplugins.security.ssl.http.pemcert_filepath: node.pem\nplugins.security.ssl.http.pemkey_filepath: node-key.pem\nplugins.security.ssl.http.pemtrustedcas_filepath: ca.pem';
    case 'kibana':
      return '# kibana.yml\nserver.ssl.certificate: kibana.crt\nserver.ssl.key: kibana.key';
    case 'opensearch-dashboards':
      return '# opensearch_dashboards.yml\nserver.ssl.certificate: dashboards.crt\nserver.ssl.key: dashboards.key';
    default:
      return '# nginx\nssl_certificate server.crt;\nssl_certificate_key server.key;';
  }
}

/** What shows a certificate as it is served now (curl 7.88 or later). */
function showCertificate({ url }: Observations): string {
  return `curl -sSk -o /dev/null -w '%{certs}' ${quoted(`${url}/`)} | grep -E '^(Subject|Issuer|Expire date|Signature Algorithm|RSA Public Key)' | head -5`;
}

/** A new certificate, for whatever was wrong with the old one. */
export function replaceCertificate(
  observations: Observations,
  of: { readonly first: string; readonly expect: string; readonly more?: readonly Step[] },
): Remedy {
  return {
    steps: [
      { text: of.first, code: certificateSettings(observations) },
      {
        text: 'If something in front of it ends TLS (a proxy, a load balancer), the certificate is replaced there instead.',
        code: null,
      },
      ...(of.more ?? []),
      {
        text: 'This month: let monitoring ask for the end of every certificate, weeks before it comes.',
        code: null,
      },
    ],
    verify: { command: showCertificate(observations), expect: of.expect },
  };
}

/** Where the versions of TLS are named, by product; null where only what stands in front could be meant. */
function protocolSettings({ identity: { product, distribution } }: Observations): string | null {
  switch (product) {
    case 'elasticsearch':
      return distribution === 'search-guard'
        ? '# elasticsearch.yml\nsearchguard.ssl.http.enabled_protocols: ["TLSv1.2", "TLSv1.3"]'
        : '# elasticsearch.yml\nxpack.security.http.ssl.supported_protocols: ["TLSv1.3", "TLSv1.2"]';
    case 'opensearch':
      return '# opensearch.yml\nplugins.security.ssl.http.enabled_protocols: ["TLSv1.2", "TLSv1.3"]';
    case 'kibana':
      return '# kibana.yml\nserver.ssl.supportedProtocols: ["TLSv1.2", "TLSv1.3"]';
    case 'opensearch-dashboards':
      return '# opensearch_dashboards.yml\nserver.ssl.supportedProtocols: ["TLSv1.2"]';
    default:
      return null;
  }
}

/** Old versions switched off. */
export function endOldTls(observations: Observations): Remedy {
  return {
    steps: [
      {
        text: 'This week: find out from the logs which clients still need an old version, and renew them; then switch it off.',
        code: protocolSettings(observations),
      },
      {
        text: 'If something in front of it ends TLS (a proxy, a load balancer), it is switched off there instead.',
        code: '# nginx\nssl_protocols TLSv1.2 TLSv1.3;',
      },
    ],
    verify: {
      command: `curl -sSk --tls-max 1.1 --ciphers 'DEFAULT:@SECLEVEL=0' -o /dev/null -w '%{http_code}\\n' ${quoted(`${observations.url}/`)}`,
      expect: 'an error of the handshake and 000; any other status means that it is still accepted',
    },
  };
}

/** Only the origins that are meant. */
export function closeOrigins(observations: Observations): Remedy {
  const opensearch = observations.identity.product === 'opensearch';
  return {
    steps: [
      {
        text: 'Today: switch it off where no page needs it; else name the pages that do, one by one. Then restart each node.',
        code: `# ${opensearch ? 'opensearch' : 'elasticsearch'}.yml\nhttp.cors.enabled: false\n# or, for one page:\n# http.cors.enabled: true\n# http.cors.allow-origin: "https://boards.example.org"\n# http.cors.allow-credentials: false`,
      },
      {
        text: 'Today: see that a proxy in front of it does not add the header to every answer.',
        code: null,
      },
      {
        text: 'This week: put a login on it. Where one is asked for and credentials are not allowed to pages, a foreign page reads nothing.',
        code: null,
      },
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
      {
        text: `This hour: at the firewall, let only the nodes of the cluster reach port ${endpoint.port} of ${endpoint.host}.`,
        code: null,
      },
      {
        text: 'Today: bind it to an address that only the nodes reach, and restart.',
        code: '# elasticsearch.yml or opensearch.yml\ntransport.host: 10.0.0.10   # a private address of this node\n# or, for a single node: 127.0.0.1',
      },
      {
        text: 'This week: switch TLS with client certificates on between the nodes, so that whoever reaches the port cannot speak to it.',
        code: '# Elasticsearch\nxpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.verification_mode: certificate\nxpack.security.transport.ssl.keystore.path: transport.p12\n# OpenSearch: plugins.security.ssl.transport.pemcert_filepath and its neighbours',
      },
    ],
    verify: {
      command: `curl -sS --http0.9 -m 10 ${quoted(`http://${host}:${endpoint.port}/`)}`,
      expect:
        'no connection, from where this audit was made; "This is not an HTTP port" means that it is still reached',
    },
  };
}
