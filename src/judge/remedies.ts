import { endpointUrl } from '../model/endpoint.js';
import type { Remedy } from '../model/finding.js';
import type { Observations } from '../model/observation.js';

type Step = Remedy['steps'][number];

/** Major and minor version as said, or null where it is not known or means nothing. */
export function versionOf(observations: Observations): { readonly major: number; readonly minor: number } | null {
  const { number, certainty } = observations.identity.version;
  if (number === null || certainty === 'placeholder' || certainty === 'unknown') return null;
  const parts = /^(\d{1,4})\.(\d{1,4})/.exec(number);
  return parts === null ? null : { major: Number(parts[1]), minor: Number(parts[2]) };
}

/** A text for a shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * A command that asks one path without credentials and prints the status alone. `-k` because a certificate that nobody
 * vouches for must not hide the answer.
 */
export function ask(observations: Observations, path: string): string {
  const { transport, endpoint, url } = observations;
  const base = transport.scheme === null ? url : endpointUrl(endpoint, transport.scheme);
  const loose = transport.scheme === 'https' && transport.tls?.untrusted != null ? '-k ' : '';
  return `curl -sS ${loose}-o /dev/null -w '%{http_code}\\n' ${quoted(`${base}${path}`)}`;
}

/** What to do at once about anything through which records are reached. */
export function firstHour(observations: Observations): readonly Step[] {
  const { endpoint } = observations;
  return [
    {
      text: `This hour: at the firewall, let only the addresses that need it reach port ${endpoint.port} of ${endpoint.host}.`,
      code: null,
    },
    {
      text: 'This hour: keep the evidence. Do not restart, delete or pay; first secure the logs of firewall, proxy and server, the list of open connections, and a copy of the disks.',
      code: `date -u; ss -tn '( sport = :${endpoint.port} )'`,
    },
  ];
}

/** What follows once the door is shut. */
export const afterwards: readonly Step[] = [
  {
    text: 'This week: read the access logs of the whole time it stood open, tell your data-protection officer (notification clocks may run), and test again from where this audit was made.',
    code: null,
  },
];

/** The command that shows a cluster closed. */
export function verifyCluster(observations: Observations): Remedy['verify'] {
  return {
    command: ask(observations, '/_cat/indices'),
    expect: '401 or 403, or no connection at all; 200 means that it is still open',
  };
}

/** Closes a cluster that has no login, by product and version family. */
export function closeCluster(observations: Observations): Remedy {
  return {
    steps: [...firstHour(observations), ...closeServer(observations), ...afterwards],
    verify: verifyCluster(observations),
  };
}

function closeServer(observations: Observations): readonly Step[] {
  const { identity } = observations;
  if (identity.distribution === 'aws') return awsPolicy;
  return identity.product === 'opensearch' ? closeOpenSearch(observations) : closeElasticsearch(observations);
}

const awsPolicy: readonly Step[] = [
  {
    text: 'Today: in the domain’s access policy, replace `"Principal": "*"` by the roles that need it, turn on fine-grained access control, and move the domain into a VPC where you can.',
    code: 'aws opensearch describe-domain-config --domain-name DOMAIN --query DomainConfig.AccessPolicies',
  },
];

function bind(file: string): Step {
  return {
    text: `Today: let it listen only where its clients are (${file}, then restart node by node).`,
    code: 'network.host: _local_   # or the private address its clients use',
  };
}

const proxyInFront: Step = {
  text: 'Today: put a proxy with a login in front of everything (not of `/` only), and let the server listen only to the proxy.',
  code: 'location / { auth_basic "restricted"; auth_basic_user_file /etc/nginx/users; proxy_pass http://127.0.0.1:9200; }',
};

/**
 * Elasticsearch: free security since 6.8 and 7.1, on by default since 8.0, none in the oss distribution; the tool that
 * sets passwords changed with 8.0. Source: Elastic's release notes of these versions.
 */
function closeElasticsearch(observations: Observations): readonly Step[] {
  const version = versionOf(observations);
  const { distribution } = observations.identity;
  if (version === null) return [bind('elasticsearch.yml'), switchOn8, switchOn7, noFreeSecurity];
  const { major, minor } = version;
  if (major >= 8) return [bind('elasticsearch.yml'), switchOn8];
  const free = (major === 7 && minor >= 1) || (major === 6 && minor >= 8);
  if (free && distribution === 'oss')
    return [
      bind('elasticsearch.yml'),
      proxyInFront,
      {
        text: `This week: this is the oss distribution, which has no security at all. Move to the default distribution of the same version, where it is free, and then set:`,
        code: switchOn7.code,
      },
    ];
  return free ? [bind('elasticsearch.yml'), switchOn7] : [bind('elasticsearch.yml'), proxyInFront, noFreeSecurity];
}

const switchOn8: Step = {
  text: 'Today (8.0 and later): security is on unless somebody switched it off. Take the `false` away, restart, and set the passwords.',
  code: [
    '# elasticsearch.yml',
    'xpack.security.enabled: true',
    'xpack.security.http.ssl.enabled: true        # keystore by bin/elasticsearch-certutil http',
    'xpack.security.transport.ssl.enabled: true   # keystore by bin/elasticsearch-certutil cert',
    '# then, on one node',
    'bin/elasticsearch-reset-password -u elastic',
    'bin/elasticsearch-reset-password -u kibana_system',
  ].join('\n'),
};

const switchOn7: Step = {
  text: 'Today (6.8, and 7.1 to 7.17): security is free but off until it is set. Switch it on on every node, restart, and set the passwords.',
  code: [
    '# elasticsearch.yml',
    'xpack.security.enabled: true',
    'xpack.security.transport.ssl.enabled: true   # certificates by bin/elasticsearch-certutil',
    'xpack.security.transport.ssl.verification_mode: certificate',
    'xpack.security.transport.ssl.keystore.path: elastic-certificates.p12',
    'xpack.security.transport.ssl.truststore.path: elastic-certificates.p12',
    '# then, on one node',
    'bin/elasticsearch-setup-passwords interactive',
  ].join('\n'),
};

const noFreeSecurity: Step = {
  text: 'This week (before 6.8, and 7.0): this version has no security without a paid licence and gets no more fixes. Upgrade to a supported version (through 5.6 and 6.8 where it is older), where it is free.',
  code: null,
};

/** OpenSearch: the Security plugin ships with the full distribution, and is switched off by one setting. */
function closeOpenSearch(observations: Observations): readonly Step[] {
  const version = versionOf(observations);
  const demo =
    version === null || version.major > 2 || (version.major === 2 && version.minor >= 12)
      ? ' From 2.12 on, its demo configuration asks for OPENSEARCH_INITIAL_ADMIN_PASSWORD; do not use the demo certificates.'
      : ' Do not use the demo certificates or the demo users.';
  return [
    bind('opensearch.yml'),
    {
      text: `Today: switch the Security plugin on, on every node. The full distribution ships it; where it was removed, install the one of exactly the same version.${demo}`,
      code: [
        '# opensearch.yml: delete "plugins.security.disabled: true", then',
        'plugins.security.ssl.transport.pemcert_filepath: node.pem',
        'plugins.security.ssl.transport.pemkey_filepath: node-key.pem',
        'plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem',
        'plugins.security.ssl.http.enabled: true',
        'plugins.security.ssl.http.pemcert_filepath: node.pem',
        'plugins.security.ssl.http.pemkey_filepath: node-key.pem',
        'plugins.security.ssl.http.pemtrustedcas_filepath: ca.pem',
        'plugins.security.authcz.admin_dn: ["CN=admin,O=ACME"]',
        '# after the restart, load users and roles',
        'plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem',
      ].join('\n'),
    },
  ];
}
