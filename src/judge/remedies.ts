// How to close what is open, by product and version.
import { versionOf } from '../knowledge/version.js';
import type { Remedy } from '../model/finding.js';
import type { Product } from '../model/endpoint.js';
import type { LoginAsker, Observations } from '../model/observation.js';
import { changePassword, guardOf, httpTls, switchAnonymousOff, switchOn } from './security-plugins.js';
import { letPastLogin, loggedInAs, namedFork, wallsOf } from './words.js';

type Step = Remedy['steps'][number];

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
  const managed = managedSteps[identity.distribution ?? ''];
  if (managed !== undefined) return managed;
  const fork = namedFork(observations);
  if (fork !== null) return [proxyInFront, ownSecurity(fork)];
  const server =
    identity.orItsFork === true
      ? [eitherOne, ...closeElasticsearch(observations), ...closeByPlugin(asOpenSearch(observations))]
      : closeByPlugin(observations);
  return wallsOf(observations).length === 0 || server.includes(proxyInFront) ? server : [closeHoles, ...server];
}

function ownSecurity(fork: string): Step {
  return {
    text: `This week: turn on the security of ${fork} as its documentation describes. Its settings are not those of Elasticsearch or OpenSearch.`,
    code: null,
  };
}

const eitherOne: Step = {
  text: 'It answers as Elasticsearch or as OpenSearch, which came of it; which of the two it is was not shown. Look at its root page from its own host, and take the steps below that name it.',
  code: 'curl -sS http://127.0.0.1:9200/',
};

/** The steps where a security plugin guards the cluster or could, else those of Elasticsearch's own security. */
function closeByPlugin(observations: Observations): readonly Step[] {
  const guard = guardOf(observations);
  if (guard === null) return closeElasticsearch(observations);
  const { version } = observations.identity;
  const number = version.certainty === 'exact' ? version.number : null;
  return [bind(guard.family.file), ...switchOn(guard, number, observations.transport.scheme === 'https')];
}

function asOpenSearch(observations: Observations): Observations {
  const version = { number: null, certainty: 'unknown', source: '' } as const;
  return { ...observations, identity: { ...observations.identity, product: 'opensearch', version } };
}

const takeCredentialsOut: Step = {
  text: 'Today: its login is on, and something in front (a proxy, a gateway, a script of its own) adds credentials to every request. Take them out, so that each caller is asked for his own.',
  code: '# e.g. nginx: delete this line\nproxy_set_header Authorization "Basic …";',
};

/** Whoever read the configuration in front knows the password of that user. */
function newPassword(observations: Observations, user: string): Step {
  const version = versionOf(observations);
  const text =
    'Today: change the password (or delete the key) that stands in that configuration, and let nothing in front use a user with more rights than it needs.';
  const guard = guardOf(observations);
  if (guard !== null) return { text, code: changePassword(guard, quoted(user)) };
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

/** Services whose server is not in the hands of the one who fixes it, by distribution. */
const managedSteps: Readonly<Record<string, readonly Step[]>> = {
  aws: [
    {
      text: 'Today: in the domain’s access policy, replace `"Principal": "*"` with the roles that need it, turn on fine-grained access control, and move the domain into a VPC where you can.',
      code: 'aws opensearch describe-domain-config --domain-name DOMAIN --query DomainConfig.AccessPolicies',
    },
  ],
  'aws-serverless': [
    {
      text: 'Today: in the collection’s network policy, replace `"AllowFromPublic": true` with the VPC endpoints that need it. In its data access policies, name only the roles that need it.',
      code: 'aws opensearchserverless list-security-policies --type network\naws opensearchserverless list-access-policies --type data',
    },
  ],
  serverless: [
    {
      text: 'Today: Elastic Cloud always asks for a login, so something in front of it adds credentials to every request. Find that proxy or application and take them out.',
      code: null,
    },
    {
      text: 'Today: in the Cloud console, revoke the API key that it used, and add a network security policy (an IP filter) to the project.',
      code: null,
    },
  ],
};

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
 * Elasticsearch: free security since 6.8 and 7.1, on by default since 8.0, none in the oss distribution, which ended with 7.10;
 * the tool that sets passwords changed with 8.0. Source: Elastic's release notes of these versions. What the server itself
 * says of its security goes before the flavour that its banner says.
 */
function closeElasticsearch(observations: Observations): readonly Step[] {
  const version = versionOf(observations);
  const { distribution } = observations.identity;
  const file = bind('elasticsearch.yml');
  const old = olderPlugin(observations);
  if (old !== null) return [file, proxyInFront, ...old];
  if (version === null)
    return observations.access.caller.securityOff === true
      ? [file, ...switchOn7]
      : [file, proxyInFront, ...switchOn8, ...switchOn7, noFreeSecurity];
  const { major, minor } = version;
  if (major >= 8) return [file, ...switchOn8];
  const free = (major === 7 && minor >= 1) || (major === 6 && minor >= 8);
  if (!free) return [file, proxyInFront, noFreeSecurity];
  const mayBeOss = observations.access.caller.securityOff !== true && (major === 6 || minor <= 10);
  if (!mayBeOss || distribution === 'default') return [file, ...switchOn7];
  return distribution === 'oss' ? [file, proxyInFront, leaveOss, ...switchOn7] : [file, ...switchOn7, ossHasNone];
}

/** The steps of a plugin with rules or a licence of its own, where the nodes list it; null where they do not. */
function olderPlugin({ identity, plugins }: Observations): readonly Step[] | null {
  const has = (pattern: RegExp): boolean => (plugins?.names ?? []).some((name) => pattern.test(name));
  if (has(/^search-?guard.*flx/))
    return [
      {
        text: 'Today: Search Guard FLX is installed and lets every caller in. Delete `searchguard.disabled: true` from elasticsearch.yml where it is set, take a domain of type `anonymous` out of sg_authc.yml, and load the files.',
        code: 'sgctl get-config -o sgconfig\nsgctl update-config sgconfig',
      },
    ];
  if (has(/^readonlyrest/) || identity.distribution === 'readonlyrest')
    return [
      {
        text: 'Today: ReadonlyREST is installed and lets every caller in. In readonlyrest.yml, set `enable: true`, and delete each rule that allows without a login. It reloads the file by itself.',
        code: [
          'readonlyrest:',
          '  enable: true',
          '  prompt_for_basic_auth: true',
          '  access_control_rules:',
          '    - name: staff',
          '      auth_key_sha512: "…"   # printf %s USER:PASSWORD | sha512sum',
        ].join('\n'),
      },
    ];
  if (has(/^shield$/) || identity.distribution === 'shield')
    return [
      {
        text: 'Today: Shield is installed and switched off, or its licence has expired. With a valid licence, delete `shield.enabled: false` from elasticsearch.yml, restart all nodes, and add users.',
        code: 'bin/shield/esusers useradd ADMINISTRATOR -r admin',
      },
      noFreeSecurity,
    ];
  if (has(/^x-pack$/))
    return [
      {
        text: 'Today: X-Pack is installed and its security is switched off, or its licence does not include it. With a licence that does, delete `xpack.security.enabled: false` from elasticsearch.yml, restart all nodes, and set the passwords.',
        code: "curl -sS 'http://127.0.0.1:9200/_xpack/license'\nbin/x-pack/setup-passwords interactive   # from 6.0 on",
      },
      noFreeSecurity,
    ];
  return null;
}

/** Certificates for the connections between nodes, under the names that the settings below use. */
const certutil = [
  'bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip',
  'bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip',
].join('\n');

const certificates: Step = {
  text: 'Today: make certificates. Put `ca.crt`, `instance.crt` and `instance.key` into `config/certs` on every node. Keep `ca.key` elsewhere.',
  code: certutil,
};

const passwords = {
  since8: 'bin/elasticsearch-reset-password -u elastic\nbin/elasticsearch-reset-password -u kibana_system',
  before: 'bin/elasticsearch-setup-passwords interactive',
} as const;

const transport = [
  'xpack.security.transport.ssl.enabled: true',
  'xpack.security.transport.ssl.verification_mode: certificate',
  'xpack.security.transport.ssl.certificate: certs/instance.crt',
  'xpack.security.transport.ssl.key: certs/instance.key',
  'xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]',
] as const;

/** The same words for both lines: where the settings go, and that nodes with and without them do not speak to each other. */
const setAndRestart =
  'In elasticsearch.yml on every node, set this (replace `xpack.security.enabled: false`; keep TLS settings that are already there, and leave the new ones out), then restart all nodes together.';

const clients = 'Then give credentials to every client of the cluster: Kibana, Logstash, Beats and your applications.';

const switchOn8: readonly Step[] = [
  certificates,
  {
    text: `Today (8.0 and later): switch security on again. It is on by default, and a setting turned it off. ${setAndRestart}`,
    code: [
      'xpack.security.enabled: true',
      ...transport,
      'xpack.security.http.ssl.enabled: true',
      'xpack.security.http.ssl.certificate: certs/instance.crt',
      'xpack.security.http.ssl.key: certs/instance.key',
    ].join('\n'),
  },
  {
    text: `Today, after the restart (8.0 and later): set the passwords on one node. ${clients}`,
    code: passwords.since8,
  },
];

const switchOn7: readonly Step[] = [
  certificates,
  {
    text: `Today (6.8, and 7.1 to 7.17): switch security on. It is free, and off until you set it. ${setAndRestart}`,
    code: ['xpack.security.enabled: true', ...transport].join('\n'),
  },
  {
    text: `Today, after the restart (6.8, and 7.1 to 7.17): set the passwords on one node. ${clients}`,
    code: passwords.before,
  },
];

const leaveOss: Step = {
  text: 'This week: replace the oss distribution, which has no security, with the default distribution of the same version, where security is free. Then follow the next steps.',
  code: null,
};

const ossHasNone: Step = {
  text: 'If it is the oss distribution (`build_flavor` at `/` says so; it did not tell us), it has no security. Put a proxy with a login in front of every path today, and move to the default distribution of the same version.',
  code: null,
};

const noFreeSecurity: Step = {
  text: 'This week (before 6.8, and 7.0): this version has no security without a paid licence and gets no more fixes. Upgrade it to a supported version (through 5.6 and 6.8 if it is older), where security is free.',
  code: null,
};

/** Takes rights away from an anonymous user of a cluster. */
export function closeAnonymousUser(observations: Observations, records: boolean): Remedy {
  const guard = guardOf(observations);
  return {
    steps: [
      ...(records ? firstHour(observations) : []),
      ...(guard === null ? [elasticAnonymous(observations)] : switchAnonymousOff(guard)),
      ...(records ? afterwards : []),
    ],
    verify: {
      command: ask(observations, guard?.family.page ?? authenticatePage(observations)),
      expect: '401; 200 means that callers without credentials still have a user',
    },
  };
}

/** The page of Elasticsearch's own security that says who a caller is, by version. */
function authenticatePage(observations: Observations): string {
  const major = versionOf(observations)?.major ?? 8;
  if (major <= 2) return '/_shield/authenticate';
  return major <= 6 ? '/_xpack/security/_authenticate' : '/_security/_authenticate';
}

function elasticAnonymous(observations: Observations): Step {
  const version = versionOf(observations);
  const shield = version !== null && version.major <= 2;
  return {
    text: 'Today: delete the anonymous user from elasticsearch.yml on every node (the lines below, also in the form with dots) and restart node by node. Removing privileges from its roles takes effect at once.',
    code: [
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
  const proof = observations.dashboard?.proof ?? null;
  const old = version !== null && version.major <= 5 ? '/elasticsearch/_cat/indices' : null;
  // Answered 200 where it is open and 401 where it is not by every line from 5.6 on, with and without x-pack.
  const usual = '/api/saved_objects/_find?type=index-pattern&per_page=1&fields=title';
  const path = proof === null ? (old ?? usual) : withoutBase(proof, observations);
  return {
    command: ask(observations, path),
    expect:
      '401, 403 or 302 to a login, or no connection at all. 200 means that it is still open. 404 proves nothing: check the path',
  };
}

/** A path below the base path, which the URL of the endpoint has already. */
function withoutBase(path: string, { dashboard }: Observations): string {
  const base = dashboard?.basePath ?? '';
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

const accountInFront: Step = {
  text: 'Today: change the password (or delete the key) that stands in that configuration. If nothing in front adds any, several servers answer at this address, and one of them asks for no login: compare their settings.',
  code: null,
};

function closeDashboardServer(observations: Observations): readonly Step[] {
  if (observations.identity.product === 'opensearch-dashboards')
    return [bindDashboard('opensearch_dashboards.yml'), loginOfDashboards(versionOf(observations))];
  const version = versionOf(observations);
  if (version === null) return [bindDashboard('kibana.yml'), proxyBeforeDashboard, kibanaLogin8, kibanaLogin7];
  const { major, minor } = version;
  if (observations.identity.distribution === 'oss')
    return [bindDashboard('kibana.yml'), proxyBeforeDashboard, ossKibana];
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

/**
 * Tried on 2.8.0: with `opensearch_security.enabled: false` left in place the cluster denies callers, but no page asks users
 * for their login. An unknown key keeps a dashboard from starting, and 1.x knows the list of headers by its old name alone.
 * Source: opensearch-project/OpenSearch-Dashboards src/core/server/opensearch/opensearch_config.ts (2.x renames the old key).
 */
function loginOfDashboards(version: ReturnType<typeof versionOf>): Step {
  const allowlist = 'opensearch.requestHeadersAllowlist: [authorization, securitytenant]';
  const whitelist = 'opensearch.requestHeadersWhitelist: [authorization, securitytenant]';
  return {
    text: 'Today: give it a login. Delete the line that switches its plugin `securityDashboards` off (in a container: unset DISABLE_SECURITY_DASHBOARDS_PLUGIN), or install the plugin of the same version if it was removed. It needs the Security plugin in the cluster. Then restart it.',
    code: [
      'bin/opensearch-dashboards-plugin list          # must show securityDashboards',
      '# opensearch_dashboards.yml: delete "opensearch_security.enabled: false", then',
      'opensearch.username: "kibanaserver"',
      'opensearch.password: "…"                       # not the one of the demo configuration',
      ...(version === null ? [allowlist, `# 1.x instead: ${whitelist}`] : [version.major < 2 ? whitelist : allowlist]),
    ].join('\n'),
  };
}

/** Recorded on 7.4.2 and 7.10.2: no login page, no spaces, and a start that fails on any key that begins with `xpack.`. */
const ossKibana: Step = {
  text: 'This week: install the default distribution of the same version in place of this OSS build, which has no login and does not start with `xpack.*` settings. Keep kibana.yml, switch security on in the cluster, and restart Kibana.',
  code: [
    '# elasticsearch.yml (default distribution of Elasticsearch too)',
    'xpack.security.enabled: true',
    '# on the cluster, once it was restarted: sets the password of Kibana too',
    'bin/elasticsearch-setup-passwords interactive',
    '# kibana.yml (before 7.8 the user is "kibana")',
    'elasticsearch.username: "kibana_system"',
    '# on Kibana',
    'bin/kibana-keystore add elasticsearch.password',
  ].join('\n'),
};

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
    '# on the cluster, once it was restarted: sets the password of Kibana too',
    'bin/elasticsearch-setup-passwords interactive',
    '# kibana.yml: delete "xpack.security.enabled: false", then (before 7.8 the user is "kibana")',
    'elasticsearch.username: "kibana_system"',
    '# on Kibana',
    'bin/kibana-keystore add elasticsearch.password',
  ].join('\n'),
};

function accountBehind(observations: Observations): Step {
  const opensearch = observations.identity.product === 'opensearch-dashboards';
  const file = opensearch ? 'opensearch_dashboards.yml' : 'kibana.yml';
  const headers = opensearch ? '`opensearch.customHeaders`' : '`elasticsearch.customHeaders`';
  return {
    text: `Today: delete any Authorization header from ${headers} (${file}), replace the password or token with which it enters its cluster, restart it, and close the other ways into that cluster.`,
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
            text: 'Today: switch anonymous access off in the dashboard, and in its cluster: there in config/opensearch-security/config.yml, which securityadmin.sh then loads.',
            code: '# opensearch_dashboards.yml\nopensearch_security.auth.anonymous_auth_enabled: false\n# config/opensearch-security/config.yml on the cluster\nconfig:\n  dynamic:\n    http:\n      anonymous_auth_enabled: false',
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
          command: [
            `curl -sS ${quoted(`${observations.url}/internal/security/login_state`)}`,
            `curl -sS -o /dev/null -D - ${quoted(`${observations.url}/`)} | grep -i '^set-cookie: sid='`,
          ].join('\n'),
          expect: 'no provider of type "anonymous", and no cookie',
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
  if (observations.access.guardedBy === 'cluster') return { steps: closeBeforeCluster(observations), verify };
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

/**
 * A dashboard without a login in front of a cluster that has one: the cluster is secured already, what is missing is the
 * dashboard's own login, or a proxy before it.
 */
function closeBeforeCluster(observations: Observations): readonly Step[] {
  const { product, distribution } = observations.identity;
  const keep: Step = {
    text: `Today: check that neither ${product === 'kibana' ? '`elasticsearch.customHeaders` in kibana.yml' : '`opensearch.customHeaders` in opensearch_dashboards.yml'} nor a proxy in front adds an Authorization header. It would open the cluster to every caller.`,
    code: null,
  };
  if (product === 'opensearch-dashboards') return [...closeDashboardServer(observations), keep];
  const server = distribution === 'oss' ? ossBeforeCluster : kibanaBeforeCluster;
  return [bindDashboard('kibana.yml'), proxyBeforeDashboard, server, keep];
}

const ossBeforeCluster: Step = {
  text: 'This week: install the default distribution of the same version in place of this OSS build, which has no login. The cluster asks for one already: keep the user of kibana.yml, and restart Kibana.',
  code: null,
};

const kibanaBeforeCluster: Step = {
  text: 'Today: switch the login of Kibana on. The cluster has security already: delete the line below from kibana.yml and restart Kibana.',
  code: '# kibana.yml: delete this line\nxpack.security.enabled: false',
};

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

/** The settings by which a product encrypts what callers send; null where it is none of ours, or its plugin knows. */
function tlsOfProduct(observations: Observations): string | null {
  const { product, distribution } = observations.identity;
  if (product === 'kibana') return `# kibana.yml\n${tlsOfKibana}`;
  if (product === 'opensearch-dashboards')
    return `# opensearch_dashboards.yml\n${tlsOfDashboards}\nopensearch_security.cookie.secure: true`;
  if (product !== 'elasticsearch') return null;
  if (distribution === 'readonlyrest')
    return '# elasticsearch.yml\nhttp.type: ssl_netty4\n# readonlyrest.yml\nreadonlyrest:\n  ssl:\n    keystore_file: keystore.jks\n    keystore_pass: "…"\n    key_pass: "…"';
  const version = versionOf(observations);
  return version !== null && version.major <= 2
    ? '# elasticsearch.yml\nshield.http.ssl: true'
    : '# elasticsearch.yml (keystore by bin/elasticsearch-certutil http, from 7.0)\nxpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.keystore.path: http.p12';
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
  const guard = guardOf(observations);
  const settings = guard === null ? tlsOfProduct(observations) : httpTls(guard);
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
