import type { Remedy } from '../model/finding.js';
import { isNeighbour, type Neighbour, type Product } from '../model/endpoint.js';
import type { LoginAsker, Observations } from '../model/observation.js';
import { letPastLogin, loggedInAs, wallsOf } from './words.js';

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
export function ask({ transport, url }: Observations, path: string): string {
  const loose = (transport.tls?.untrusted ?? null) === null ? '' : '-k ';
  return `curl -sS ${loose}-o /dev/null -w '%{http_code}\\n' ${quoted(`${url}${path}`)}`;
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
  const user = loggedInAs(observations);
  if (user !== null) return [takeCredentialsOut, newPassword(observations, user)];
  if (identity.distribution === 'aws') return awsPolicy;
  const server =
    identity.orItsFork === true
      ? [eitherOne, ...closeElasticsearch(observations), ...closeOpenSearch(observations)]
      : identity.product === 'opensearch'
        ? closeOpenSearch(observations)
        : closeElasticsearch(observations);
  return wallsOf(observations).length === 0 || server.includes(proxyInFront) ? server : [closeHoles, ...server];
}

const eitherOne: Step = {
  text: 'It answers as Elasticsearch or as OpenSearch, which came of it; which of the two it is was not shown. Look at its root page from its own host, and take the steps below that name it.',
  code: 'curl -sS http://127.0.0.1:9200/',
};

const takeCredentialsOut: Step = {
  text: 'Today: its login is on, and something in front (a proxy, a gateway, a script of its own) adds credentials to every request. Take them out, so that each caller is asked for his own.',
  code: '# e.g. nginx: delete this line\nproxy_set_header Authorization "Basic …";',
};

/** Whoever read the configuration in front knows the password of that user. */
function newPassword(observations: Observations, user: string): Step {
  const version = versionOf(observations);
  const text =
    'Today: change the password (or delete the key) that stands in that configuration, and let nothing in front use a user with more rights than it needs.';
  if (observations.identity.product === 'opensearch')
    return {
      text,
      code: [
        'plugins/opensearch-security/tools/hash.sh      # then, into config/opensearch-security/internal_users.yml',
        `# the user ${quoted(user)}`,
        'plugins/opensearch-security/tools/securityadmin.sh -f config/opensearch-security/internal_users.yml -t internalusers -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem',
      ].join('\n'),
    };
  return {
    text,
    code:
      version !== null && version.major >= 8
        ? `bin/elasticsearch-reset-password -i -u ${quoted(user)}`
        : `curl -sS -u ADMINISTRATOR -X PUT -H 'Content-Type: application/json' ${quoted(`${observations.url}/_security/user/${encodeURIComponent(user)}/_password`)} -d '{"password": "…"}'`,
  };
}

const closeHoles: Step = {
  text: 'Today: what stands in front of it asks for a login on some paths only. Let it ask on every path; the login of the server itself then makes sure that a hole opens nothing.',
  code: 'location / { auth_basic "restricted"; auth_basic_user_file /etc/nginx/users; proxy_pass http://127.0.0.1:9200; }',
};

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
  if (free && distribution === null) return [bind('elasticsearch.yml'), switchOn7, ossHasNone];
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

const ossHasNone: Step = {
  text: 'Where it is the oss distribution (it did not tell us; `build_flavor` at `/` says so), it has no security at all: move to the default distribution of the same version first, and let a proxy with a login stand in front of every path until then.',
  code: null,
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

/** Takes rights away from an anonymous user of a cluster. */
export function closeAnonymousUser(observations: Observations, records: boolean): Remedy {
  return {
    steps: [
      ...(records ? firstHour(observations) : []),
      ...(observations.identity.product === 'opensearch' ? [openSearchAnonymous] : [elasticAnonymous(observations)]),
      ...(records ? afterwards : []),
    ],
    verify: {
      command: ask(
        observations,
        observations.identity.product === 'opensearch' ? '/_plugins/_security/authinfo' : '/_security/_authenticate',
      ),
      expect: '401; 200 means that callers without credentials are still somebody',
    },
  };
}

const openSearchAnonymous: Step = {
  text: 'Today: switch anonymous access off (it takes effect at once, without a restart), or take the mapping away from every role that the anonymous back-end role reaches.',
  code: [
    '# config/opensearch-security/config.yml',
    'config:',
    '  dynamic:',
    '    http:',
    '      anonymous_auth_enabled: false',
    '# config/opensearch-security/roles_mapping.yml: remove opendistro_security_anonymous_backendrole',
    'plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem',
  ].join('\n'),
};

function elasticAnonymous(observations: Observations): Step {
  const version = versionOf(observations);
  const shield = version !== null && version.major <= 2;
  return {
    text: 'Today: delete the anonymous user on every node and restart node by node, or take the rights away from its roles (that takes effect at once).',
    code: [
      '# elasticsearch.yml: delete these lines',
      `${shield ? 'shield' : 'xpack.security'}.authc:`,
      '  anonymous:',
      '    username: …',
      '    roles: …',
      '    authz_exception: …',
    ].join('\n'),
  };
}

/** Hides names, counts or a banner that a guarded cluster still tells. */
export function closeRest(observations: Observations): Remedy {
  const { access, endpoint } = observations;
  const byProxy = access.guardedBy === 'proxy' || access.guardedBy === 'unknown';
  return {
    steps: [
      {
        text: `Today: let only the addresses that need it reach port ${endpoint.port} of ${endpoint.host}.`,
        code: null,
      },
      byProxy
        ? {
            text: 'This week: let the proxy ask for the login on every path, not on a list of paths or on all but `/`; and switch the login of the server itself on, so that a hole in the list opens nothing.',
            code: 'location / { auth_basic "restricted"; auth_basic_user_file /etc/nginx/users; proxy_pass http://127.0.0.1:9200; }',
          }
        : {
            text: 'This week: take the rights that show it (`monitor` and `view_index_metadata`, in OpenSearch `cluster_monitor` and `indices_monitor`) away from callers without credentials.',
            code: null,
          },
    ],
    verify:
      access.rung === 'metadata'
        ? verifyCluster(observations)
        : { command: ask(observations, '/'), expect: '401 or 403, or no connection at all' },
  };
}

/** Closes a dashboard that has no login. `records`: something lies behind it. */
export function closeDashboard(observations: Observations): Remedy {
  return {
    steps: [
      ...firstHour(observations),
      ...(letPastLogin(observations) ? [takeCredentialsOut, accountInFront] : closeDashboardServer(observations)),
      accountBehind(observations),
      ...afterwards,
    ],
    verify: verifyDashboard(observations),
  };
}

/** The command that shows a dashboard closed, by the path that proves it open (wire guide D.5, R.3). */
export function verifyDashboard(observations: Observations): Remedy['verify'] {
  const version = versionOf(observations);
  const expect = '401, 403 or 302 to a login, or no connection at all; 200 means that it is still open';
  if (observations.identity.product === 'opensearch-dashboards')
    return {
      command: ask(observations, '/api/saved_objects/_find?type=index-pattern&per_page=1&fields=title'),
      expect,
    };
  if (version !== null && version.major <= 5)
    return { command: ask(observations, '/elasticsearch/_cat/indices'), expect };
  return { command: ask(observations, '/api/spaces/space'), expect };
}

const accountInFront: Step = {
  text: 'Today: change the password (or delete the key) that stands in that configuration. If nothing in front adds any, several servers answer at this address, and one of them asks for no login: compare their settings.',
  code: null,
};

function closeDashboardServer(observations: Observations): readonly Step[] {
  if (observations.identity.product === 'opensearch-dashboards')
    return [
      bindDashboard('opensearch_dashboards.yml'),
      {
        text: 'Today: give it a login. The full distribution ships the plugin `securityDashboards`; where it was removed, install the one of the same version (in a container: unset DISABLE_SECURITY_DASHBOARDS_PLUGIN). It needs the Security plugin in the cluster.',
        code: [
          'bin/opensearch-dashboards-plugin list          # must show securityDashboards',
          '# opensearch_dashboards.yml',
          'opensearch.username: "kibanaserver"',
          'opensearch.password: "…"                       # not the one of the demo configuration',
          'opensearch.requestHeadersAllowlist: [authorization, securitytenant]',
        ].join('\n'),
      },
    ];
  const version = versionOf(observations);
  if (version === null) return [bindDashboard('kibana.yml'), proxyBeforeDashboard, kibanaLogin8, kibanaLogin7];
  const { major, minor } = version;
  if (major >= 8) return [bindDashboard('kibana.yml'), kibanaLogin8];
  if ((major === 7 && minor >= 1) || (major === 6 && minor >= 8)) return [bindDashboard('kibana.yml'), kibanaLogin7];
  return [
    bindDashboard('kibana.yml'),
    proxyBeforeDashboard,
    {
      text: 'This week (before 6.8, and 7.0): this version has no login without a paid licence and gets no more fixes. Upgrade it together with its cluster.',
      code: null,
    },
  ];
}

function bindDashboard(file: string): Step {
  return {
    text: `Today: let it listen only where the proxy or the people who use it are (${file}, then restart it).`,
    code: 'server.host: "localhost"',
  };
}

const proxyBeforeDashboard: Step = {
  text: 'Today: put a proxy with a login in front of every path of it, `/elasticsearch/` and `/api/` included.',
  code: 'location / { auth_basic "restricted"; auth_basic_user_file /etc/nginx/users; proxy_pass http://127.0.0.1:5601; }',
};

const kibanaLogin8: Step = {
  text: 'Today (8.0 and later): Kibana asks for a login once its cluster does. Switch security on there, and connect Kibana with a service token.',
  code: [
    '# elasticsearch.yml',
    'xpack.security.enabled: true',
    '# on the cluster',
    'bin/elasticsearch-service-tokens create elastic/kibana kibana-1',
    '# on Kibana',
    'bin/kibana-keystore add elasticsearch.serviceAccountToken',
  ].join('\n'),
};

const kibanaLogin7: Step = {
  text: 'Today (6.8, and 7.1 to 7.17): Kibana asks for a login once its cluster has security and Kibana has not switched it off.',
  code: [
    '# elasticsearch.yml',
    'xpack.security.enabled: true',
    '# kibana.yml: delete "xpack.security.enabled: false", then (before 7.8 the user is "kibana")',
    'elasticsearch.username: "kibana_system"',
    '# on Kibana',
    'bin/kibana-keystore add elasticsearch.password',
  ].join('\n'),
};

function accountBehind(observations: Observations): Step {
  const file = observations.identity.product === 'opensearch-dashboards' ? 'opensearch_dashboards.yml' : 'kibana.yml';
  return {
    text: `Today: replace the password or token with which it enters its cluster (${file}), and close the other doors of that cluster.`,
    code: null,
  };
}

/** Takes the guest login of a dashboard away. */
export function closeGuestLogin(observations: Observations): Remedy {
  const opensearch = observations.identity.product === 'opensearch-dashboards';
  return {
    steps: [
      {
        text: 'This hour: ask its owner whether a guest login is wanted here, and what the guest may see. If it is not wanted, block the port at the firewall first.',
        code: null,
      },
      opensearch
        ? {
            text: 'Today: switch anonymous access off in the dashboard and in its cluster.',
            code: [
              '# opensearch_dashboards.yml',
              'opensearch_security.auth.anonymous_auth_enabled: false',
              ...(openSearchAnonymous.code === null ? [] : [openSearchAnonymous.code]),
            ].join('\n'),
          }
        : {
            text: 'Today: delete the provider of type `anonymous`, restart Kibana, and take the rights away from the user it logs in as (7.11 and later). Where the cluster itself has an anonymous user, delete that one too.',
            code: [
              '# kibana.yml: delete these lines',
              'xpack.security.authc.providers:',
              '  anonymous.…:',
              '    order: …',
              '    credentials: …',
            ].join('\n'),
          },
    ],
    verify: opensearch
      ? {
          command: `curl -sS -o /dev/null -w '%{redirect_url}\\n' ${quoted(`${observations.url}/`)}`,
          expect: 'a login page, and not /auth/anonymous',
        }
      : {
          command: `curl -sS ${quoted(`${observations.url}/internal/security/login_state`)}`,
          expect: 'no provider of type "anonymous"',
        },
  };
}

/** Hides the full status of a dashboard. */
export function closeStatus(observations: Observations): Remedy {
  const version = versionOf(observations);
  const verify = {
    command: ask(observations, '/api/status'),
    expect: '401, or (Kibana 8.9 and later) 200 with nothing but the overall level',
  };
  if (observations.dashboard?.login === 'none') return { steps: closeDashboardServer(observations), verify };
  if (observations.identity.product === 'opensearch-dashboards')
    return {
      steps: [
        {
          text:
            version !== null && version.major < 2
              ? 'This week: this version shows its status to everybody although it asks for a login. Upgrade to 2.0 or later, or let a proxy refuse /api/status.'
              : 'This week: take /api/status out of the routes that need no login.',
          code:
            version !== null && version.major < 2
              ? 'location = /api/status { deny all; }'
              : '# opensearch_dashboards.yml\nstatus.allowAnonymous: false\nopensearch_security.auth.unauthenticated_routes: ["/api/reporting/stats"]',
        },
      ],
      verify,
    };
  return {
    steps: [
      {
        text: 'This week: show the status to logged-in callers only, and restart Kibana.',
        code: '# kibana.yml\nstatus.allowAnonymous: false',
      },
    ],
    verify,
  };
}

/** Ends interactive setup. */
export function finishSetup(observations: Observations): Remedy {
  return {
    steps: [
      {
        text: `This hour: at the firewall, let only the one who sets it up reach port ${observations.endpoint.port} of ${observations.endpoint.host}; or stop this Kibana.`,
        code: null,
      },
      {
        text: 'Today: finish the setup from the machine itself. A Kibana that knows its cluster does not wait for anybody.',
        code: [
          '# on the cluster',
          'bin/elasticsearch-create-enrollment-token -s kibana',
          '# on Kibana',
          'bin/kibana-setup --enrollment-token TOKEN',
          '# kibana.yml, until it is done',
          'server.host: "localhost"',
        ].join('\n'),
      },
    ],
    verify: {
      command: ask(observations, '/api/spaces/space'),
      expect: '401, or no connection at all',
    },
  };
}

const proxySpeaksTls: Step = {
  text: 'Today: let the proxy that asks for the login speak TLS only.',
  code: 'listen 443 ssl; ssl_certificate proxy.crt; ssl_certificate_key proxy.key;',
};

const tlsOfKibana = 'server.ssl.enabled: true\nserver.ssl.certificate: kibana.crt\nserver.ssl.key: kibana.key';
const tlsOfDashboards =
  'server.ssl.enabled: true\nserver.ssl.certificate: dashboards.crt\nserver.ssl.key: dashboards.key';

function tlsOfProduct(product: Exclude<Product, Neighbour>, version: ReturnType<typeof versionOf>): string {
  switch (product) {
    case 'elasticsearch':
      return version !== null && version.major <= 2
        ? '# elasticsearch.yml\nshield.http.ssl: true'
        : '# elasticsearch.yml (keystore by bin/elasticsearch-certutil http, from 7.0)\nxpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.keystore.path: http.p12';
    case 'opensearch':
      return '# opensearch.yml\nplugins.security.ssl.http.enabled: true\nplugins.security.ssl.http.pemcert_filepath: node.pem\nplugins.security.ssl.http.pemkey_filepath: node-key.pem\nplugins.security.ssl.http.pemtrustedcas_filepath: ca.pem';
    case 'kibana':
      return `# kibana.yml\n${tlsOfKibana}`;
    case 'opensearch-dashboards':
      return `# opensearch_dashboards.yml\n${tlsOfDashboards}\nopensearch_security.cookie.secure: true`;
  }
}

/** The login of the cluster behind a dashboard crosses two ways: from its callers to the dashboard, and on to the cluster. */
function bothWays(product: Product | null): Step {
  const text =
    'Today: the login of the cluster, or of what guards it, reaches callers at this address. Let the address speak TLS only, and the way on to the cluster too.';
  return product === 'opensearch-dashboards'
    ? {
        text,
        code: `# opensearch_dashboards.yml\n${tlsOfDashboards}\nopensearch.hosts: ["https://…:9200"]`,
      }
    : {
        text,
        code: `# kibana.yml (before 6.6: elasticsearch.url)\n${tlsOfKibana}\nelasticsearch.hosts: ["https://…:9200"]`,
      };
}

/** Puts TLS under a login, at each of those who ask for it. */
export function encryptLogin(observations: Observations, by: readonly LoginAsker[]): Remedy {
  const { product } = observations.identity;
  const settings = product === null || isNeighbour(product) ? null : tlsOfProduct(product, versionOf(observations));
  const stepsOf = (one: LoginAsker): readonly Step[] => {
    if (one === 'proxy') return [proxySpeaksTls];
    if (one === 'cluster') return [bothWays(product)];
    if (settings === null)
      return [
        {
          text: 'Today: let what asks for the login speak TLS only, or put a proxy that does in front of it.',
          code: proxySpeaksTls.code,
        },
      ];
    if (one === 'product') return [{ text: 'Today: switch TLS on for HTTP and restart.', code: settings }];
    return [
      { ...proxySpeaksTls, text: 'Today: if it is a proxy in front that asks, let that speak TLS only.' },
      { text: 'Today: if the server asks itself, switch TLS on for HTTP and restart.', code: settings },
    ];
  };
  return {
    steps: [
      ...by.flatMap(stepsOf),
      { text: 'This week: change every password that has crossed the network until then.', code: null },
    ],
    verify: {
      command: `curl -sS -o /dev/null -w '%{http_code}\\n' ${quoted(`${observations.url}/`)}`,
      expect: 'an error, or a redirect to https',
    },
  };
}

/** Clears up what answers where nothing should. */
export function clearUp(observations: Observations): Remedy {
  const { endpoint } = observations;
  return {
    steps: [
      {
        text: 'Today: find out who runs it and why. If nobody does, block the port, and keep logs and disks before it is switched off.',
        code: `ss -ltnp '( sport = :${endpoint.port} )'   # on ${endpoint.host}`,
      },
      {
        text: 'This week: take it down, or correct the targets file (its owner, and what is expected there).',
        code: null,
      },
    ],
    verify: { command: ask(observations, '/'), expect: 'no connection at all' },
  };
}

/** Moves to a version that is mended. `to`: what to move to, as the end of "update to". */
export function update(observations: Observations, to: string, builder: string | null): Remedy {
  const { identity, access } = observations;
  const { product } = identity;
  const dashboard = product === 'kibana' || product === 'opensearch-dashboards';
  return {
    steps: [
      ...(access.state === 'open'
        ? [
            {
              text: 'First: close it to callers without credentials, as its other finding says. No update closes an open door.',
              code: null,
            },
          ]
        : []),
      ...(builder === null
        ? []
        : [
            {
              text: `Today: ask whoever maintains it which of these are mended in it: it is ${builder}, and its number does not tell.`,
              code: null,
            },
          ]),
      {
        text: `This week: take a backup that was restored once on trial, and update to ${to}; ${dashboard ? 'a dashboard goes with the version of its cluster' : 'one major version at a time, dashboards and clients with it'}.`,
        code: null,
      },
      {
        text: 'Until then: let only the addresses that need it reach it, and no user have more rights than he needs.',
        code: null,
      },
    ],
    verify: {
      command: `curl -sS ${(observations.transport.tls?.untrusted ?? null) === null ? '' : '-k '}${quoted(`${observations.url}${dashboard ? '/api/status' : '/'}`)}`,
      expect: `a version of ${to}; with credentials, where it asks for them`,
    },
  };
}
