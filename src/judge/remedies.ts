// How to close what is open, by product and version.
import { versionOf } from '../knowledge/version.js';
import type { Remedy, RemedyStep } from '../model/finding.js';
import type { Product } from '../model/endpoint.js';
import type { LoginAsker, Observations } from '../model/observation.js';
import { changePassword, guardOf, httpTls, switchAnonymousOff, switchOn } from './security-plugins.js';
import {
  afterwards,
  blockPort,
  firstHour,
  loginEverywhere,
  thisHour,
  thisWeek,
  today,
  type Settings,
} from './steps.js';
import { letPastLogin, loggedInAs, namedFork, wallsOf } from './words.js';

type Step = RemedyStep;

/** A text for a shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * A command that asks one path without credentials and prints the status alone. `-k` because a certificate that no one
 * vouches for must not hide the answer.
 */
export function ask({ transport, url }: Observations, path: string): string {
  const loose = (transport.tls?.untrusted ?? null) === null ? '' : '-k ';
  return `curl -sS ${loose}-o /dev/null -w '%{http_code}\\n' ${quoted(`${url}${path}`)}`;
}

/**
 * The URL for a command with credentials: over plain HTTP a password would cross the network in readable form. What is at port 80
 * without TLS is at 443 with it.
 */
export function overTls(url: string): string {
  return url.replace(/^http:\/\/([^/]*?)(?::80)?(?=\/|$)/, 'https://$1');
}

/** The command that shows a cluster closed. */
export function verifyCluster(observations: Observations): Remedy['verify'] {
  return {
    command: ask(observations, '/_cat/indices'),
    expect: '401, 403 or no connection. 200 means that it is still open',
  };
}

/** Closes a cluster that has no login, by product and version family. */
export function closeCluster(observations: Observations): Remedy {
  return {
    steps: [...firstHour, ...closeServer(observations), ...afterwards],
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
  return thisWeek.do(
    `Turn on the security of ${fork} as its documentation describes. Its settings are not those of Elasticsearch or OpenSearch.`,
  );
}

const eitherOne = today.shell(
  'Find out first which product it is: its responses fit Elasticsearch and OpenSearch. Read its root page on its own host, then follow only the steps for that product.',
  'curl -sS http://127.0.0.1:9200/',
);

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

const takeCredentialsOut = today.nginx(
  'Remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:',
  'proxy_set_header Authorization "Basic …";',
);

/** The configuration in front contains the password of that user. */
function newPassword(observations: Observations, user: string): Step {
  const version = versionOf(observations);
  const text =
    'Change the password (or revoke the key) in that configuration. Everyone who could read the file knows it.';
  const guard = guardOf(observations);
  if (guard !== null) return today.shell(text, changePassword(guard, quoted(user)));
  return today.shell(
    text,
    version !== null && version.major >= 8
      ? `bin/elasticsearch-reset-password -i -u ${quoted(user)}`
      : `curl -sS -u ADMINISTRATOR -X PUT -H 'Content-Type: application/json' ${quoted(`${overTls(observations.url)}/_security/user/${encodeURIComponent(user)}/_password`)} -d '{"password": "…"}'`,
  );
}

/** Two logins by the same header exclude each other: what one of them accepts, the other denies. */
const oneLogin =
  'Once the server itself requires a login, delete the lines `auth_basic`, `auth_basic_user_file` and `Authorization`: callers can log in to only one of the two.';

const closeHoles = today.nginx(
  `Make the proxy in front require a login on every path; it does so on some paths only. Then switch on the login of the server itself, so that a gap in the proxy opens nothing. ${oneLogin} In nginx:`,
  loginEverywhere(9200),
);

/** Services whose server is not in the hands of those who fix it, by distribution. */
const managedSteps: Readonly<Record<string, readonly Step[]>> = {
  aws: [
    today.shell(
      'In the domain’s access policy, replace `"Principal": "*"` with the roles that need it and turn on fine-grained access control. Move the domain into a VPC where you can. Show the policy with:',
      'aws opensearch describe-domain-config --domain-name DOMAIN --query DomainConfig.AccessPolicies',
    ),
  ],
  'aws-serverless': [
    today.shell(
      'In the collection’s network policy, replace `"AllowFromPublic": true` with the VPC endpoints that need it. In its data access policies, name only the roles that need it. Show both with:',
      'aws opensearchserverless list-security-policies --type network\naws opensearchserverless list-access-policies --type data',
    ),
  ],
  serverless: [
    today.do(
      'Find the proxy or application that adds credentials to every request, and remove them. Elastic Cloud itself always requires a login.',
    ),
    today.do(
      'In the Cloud console, revoke the API key that it used, and add a network security policy (an IP filter) to the project.',
    ),
  ],
};

function bind(file: string): Step {
  return today.yaml(
    `Make it listen on private addresses only. With one node, set the first line in ${file}. With several nodes, set the second one instead: on loopback alone they lose each other. Then restart one node at a time.`,
    'network.host: _local_\n# network.host: [_local_, _site_]',
  );
}

const proxyInFront = today.nginx(
  `Put a proxy with TLS and a login in front of everything, not of \`/\` only, and make the server listen only to the proxy. ${oneLogin} In nginx:`,
  loginEverywhere(9200),
);

/**
 * Elasticsearch: free security since 6.8 and 7.1, on by default since 8.0, none in the oss distribution, which ended with 7.10;
 * the tool that sets passwords changed with 8.0. Source: Elastic's release notes of these versions. What the server itself
 * says of its security goes before the flavour that its banner says.
 */
function closeElasticsearch(observations: Observations): readonly Step[] {
  const version = versionOf(observations);
  const { distribution } = observations.identity;
  const file = bind('elasticsearch.yml');
  const older = olderPlugin(observations);
  if (older !== null) return [file, proxyInFront, ...older];
  if (version === null)
    return observations.access.caller.securityOff === true
      ? [file, ...onlyFor(before8, switchOn7)]
      : [
          file,
          proxyInFront,
          ...onlyFor(from8, switchOn8),
          ...onlyFor(before8, switchOn7),
          ...onlyFor(withoutLogin, [noFreeSecurity]),
        ];
  const { major, minor } = version;
  if (major >= 8) return [file, ...assembled(observations), ...switchOn8];
  const free = (major === 7 && minor >= 1) || (major === 6 && minor >= 8);
  if (!free) return [file, proxyInFront, noFreeSecurity];
  const mayBeOss = observations.access.caller.securityOff !== true && (major === 6 || minor <= 10);
  if (!mayBeOss) return [file, ...assembled(observations), ...switchOn7];
  if (distribution === 'default') return [file, ...switchOn7];
  return distribution === 'oss' ? [file, proxyInFront, leaveOss, ...switchOn7] : [file, ...switchOn7, ossHasNone];
}

/** The steps of a plugin with rules or a licence of its own, where the nodes list it; null where they do not. */
function olderPlugin({ identity, plugins }: Observations): readonly Step[] | null {
  const has = (pattern: RegExp): boolean => (plugins?.names ?? []).some((name) => pattern.test(name));
  if (has(/^search-?guard.*flx/))
    return [
      today.shell(
        'Make Search Guard FLX, which is installed, require a login. Delete `searchguard.disabled: true` from elasticsearch.yml if it is set, delete any domain of type `anonymous` from sg_authc.yml, and load the files.',
        'sgctl get-config -o sgconfig\nsgctl update-config sgconfig',
      ),
    ];
  if (has(/^readonlyrest/) || identity.distribution === 'readonlyrest')
    return [
      today.yaml(
        'Make ReadonlyREST, which is installed, require a login. In readonlyrest.yml, set `enable: true` and delete each rule that allows access without a login. It reloads the file by itself. The value of auth_key_sha512 is the output of `printf %s USER:PASSWORD | sha512sum`.',
        [
          'readonlyrest:',
          '  enable: true',
          '  prompt_for_basic_auth: true',
          '  access_control_rules:',
          '    - name: staff',
          '      auth_key_sha512: "…"',
        ].join('\n'),
      ),
    ];
  if (has(/^shield$/) || identity.distribution === 'shield')
    return [
      today.shell(
        'Switch Shield on; it is installed, but switched off or without a valid licence. With a licence, delete `shield.enabled: false` from elasticsearch.yml, restart all nodes, and add users.',
        'bin/shield/esusers useradd ADMINISTRATOR -r admin',
      ),
      noFreeSecurity,
    ];
  if (has(/^x-pack$/))
    return [
      today.shell(
        'Switch on the security of X-Pack. X-Pack is installed, but its security is switched off or not in its licence. Read the licence. If it includes security, delete `xpack.security.enabled: false` from elasticsearch.yml, restart all nodes, and set the passwords (from 6.0 on with the second command).',
        "curl -sS 'http://127.0.0.1:9200/_xpack/license'\nbin/x-pack/setup-passwords interactive",
      ),
      noFreeSecurity,
    ];
  return null;
}

/** Steps for some versions, where the version is not known: each says which. */
function onlyFor(versions: string, steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => (step === certificates ? step : { ...step, text: `(${versions}) ${step.text}` }));
}

/** Versions of Elasticsearch and Kibana by the way their login is switched on. */
const from8 = '8.0 and later';
const before8 = '6.8, and 7.1 to 7.17';
const withoutLogin = 'before 6.8, and 7.0';

/** Certificates for the connections between nodes, under the names that the settings below use. */
const certificates = today.shell(
  'Create certificates. Put `ca.crt`, `instance.crt` and `instance.key` into `config/certs` on every node. Store `ca.key` somewhere else.',
  [
    'bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip',
    'bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip',
  ].join('\n'),
);

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

const httpTlsOfElasticsearch = [
  'xpack.security.http.ssl.enabled: true',
  'xpack.security.http.ssl.certificate: certs/instance.crt',
  'xpack.security.http.ssl.key: certs/instance.key',
] as const;

/** The same words for both lines: where the settings go, and that nodes with and without them do not connect to each other. */
const setAndRestart =
  'Set this in elasticsearch.yml on every node, in place of `xpack.security.enabled: false`; keep TLS settings that are already there. Then restart all nodes together.';

const clients = 'Then give credentials to every client: Kibana, Logstash, Beats and your applications.';

const switchOn8: readonly Step[] = [
  certificates,
  today.yaml(
    `Switch security on again; a setting turned it off. ${setAndRestart}`,
    ['xpack.security.enabled: true', ...transport, ...httpTlsOfElasticsearch].join('\n'),
  ),
  today.shell(`After the restart, set the passwords on one node. ${clients}`, passwords.since8),
];

const switchOn7: readonly Step[] = [
  certificates,
  today.yaml(
    `Switch security on; it is free, and off by default. ${setAndRestart}`,
    ['xpack.security.enabled: true', ...transport].join('\n'),
  ),
  today.shell(`After the restart, set the passwords on one node. ${clients}`, passwords.before),
  // After the passwords: the tool that sets them connects by the settings of HTTP, and need not trust a new authority.
  today.yaml(
    'Switch on TLS for HTTP, so that passwords do not cross the network in readable form. Add this to elasticsearch.yml on every node, and restart all nodes. Then give every client, Kibana included, the https address and `ca.crt`.',
    httpTlsOfElasticsearch.join('\n'),
  ),
];

const leaveOss: Step = {
  ...thisWeek.do(
    'Replace the oss distribution, which has no security, with the default distribution of the same version, where security is free. Then switch security on as described in the next steps.',
  ),
  goal: 'change-distribution',
};

/** Says why the steps of security follow although the banner reports a flavour without one; no step where it does not. */
function assembled({ identity, access }: Observations): readonly Step[] {
  if (identity.distribution !== 'oss') return [];
  const why =
    access.caller.securityOff === true
      ? 'the server itself reports that its security is there and off'
      : 'Elastic shipped no such build of this version, so someone else assembled it';
  return [
    today.do(
      `Check that \`bin/elasticsearch-certutil\` exists. The build flavor says oss, but ${why}. If the tool is missing, first install the default distribution of the same version, which includes security.`,
    ),
  ];
}

const ossHasNone = today.do(
  'If it is the oss distribution (`build_flavor` at `/` shows that; it was not shown to us), it has no security. Put a proxy with a login in front of every path, then move to the default distribution of the same version.',
);

const noFreeSecurity: Step = {
  ...thisWeek.do(
    'Upgrade to a supported version, where security is free; older versions upgrade through 5.6 and 6.8. This version has no security without a paid licence and gets no fixes.',
  ),
  goal: 'upgrade',
};

/** Takes rights away from an anonymous user of a cluster. */
export function closeAnonymousUser(observations: Observations, records: boolean): Remedy {
  const guard = guardOf(observations);
  return {
    steps: [
      ...(records ? firstHour : []),
      ...(guard === null ? [elasticAnonymous(observations)] : switchAnonymousOff(guard)),
      ...(records ? afterwards : []),
    ],
    verify: {
      command: ask(observations, guard?.family.page ?? authenticatePage(observations)),
      expect: '401. 200 means that there still is an anonymous user',
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
  return today.yaml(
    'Delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.',
    [
      `${shield ? 'shield' : 'xpack.security'}.authc:`,
      '  anonymous:',
      '    username: …',
      '    roles: …',
      '    authz_exception: …',
    ].join('\n'),
  );
}

/** Hides names, counts or a banner that a cluster shows although it denies access to its contents. */
export function closeRest(observations: Observations): Remedy {
  const { access } = observations;
  const byProxy = access.guardedBy === 'proxy' || access.guardedBy === 'unknown';
  return {
    steps: [
      { ...blockPort, when: 'today' },
      byProxy
        ? thisWeek.nginx(
            `Make the proxy require a login on every path, not on a list of paths or on all but \`/\`. Then switch on the login of the server itself, so that a gap in the list opens nothing. ${oneLogin} In nginx:`,
            loginEverywhere(9200),
          )
        : thisWeek.do(
            'Remove the privileges that show it (`monitor` and `view_index_metadata`; in OpenSearch `cluster_monitor` and `indices_monitor`) from callers without credentials.',
          ),
    ],
    verify:
      access.rung === 'metadata'
        ? verifyCluster(observations)
        : { command: ask(observations, '/'), expect: '401, 403 or no connection' },
  };
}

/**
 * Closes a dashboard that has no login.
 *
 * @param clusterIsLocked the cluster behind it denied us access itself: it has a login, and nothing is to be switched on there
 */
export function closeDashboard(observations: Observations, clusterIsLocked: boolean): Remedy {
  const past = letPastLogin(observations);
  const before = clusterIsLocked && !past;
  return {
    steps: [
      ...firstHour,
      ...(past
        ? [takeCredentialsOut, accountInFront]
        : before
          ? closeBeforeCluster(observations)
          : closeDashboardServer(observations)),
      ...accountBehind(observations, !before),
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
      '401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path',
  };
}

/** A path below the base path, which the URL of the endpoint has already. */
function withoutBase(path: string, { dashboard }: Observations): string {
  const base = dashboard?.basePath ?? '';
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

const accountInFront = today.do(
  'Change the password (or revoke the key) in that configuration. If nothing in front adds credentials, several servers share this address and one of them has no login: compare their settings.',
);

function closeDashboardServer(observations: Observations): readonly Step[] {
  if (observations.identity.product === 'opensearch-dashboards')
    return [bindDashboard('opensearch_dashboards.yml'), ...loginOfDashboards(versionOf(observations))];
  const version = versionOf(observations);
  const bound = bindDashboard('kibana.yml');
  // The steps of both lines, each of which says its versions; the certificates are the same.
  if (version === null)
    return [
      bound,
      proxyBeforeDashboard,
      askCluster,
      ...onlyFor(from8, [...switchOn8, ...kibanaLogin8]),
      ...onlyFor(before8, [...switchOn7.slice(1), ...kibanaLogin7]),
    ];
  const { major, minor } = version;
  if (observations.identity.distribution === 'oss') return [bound, proxyBeforeDashboard, ...ossKibana];
  if (major >= 8) return [bound, askCluster, ...switchOn8, ...kibanaLogin8];
  if ((major === 7 && minor >= 1) || (major === 6 && minor >= 8))
    return [bound, askCluster, ...switchOn7, ...kibanaLogin7];
  return [
    bound,
    proxyBeforeDashboard,
    {
      ...thisWeek.do(
        'Upgrade it together with its cluster. This version has no login without a paid licence and gets no fixes.',
      ),
      goal: 'upgrade',
    },
  ];
}

/**
 * Tried on 2.8.0: with `opensearch_security.enabled: false` left in place the cluster denies callers, but no page asks users
 * for their login. An unknown key keeps a dashboard from starting, and 1.x knows the list of headers by its old name alone.
 * Source: opensearch-project/OpenSearch-Dashboards src/core/server/opensearch/opensearch_config.ts (2.x renames the old key).
 */
function loginOfDashboards(version: ReturnType<typeof versionOf>): readonly Step[] {
  const allowlist = 'opensearch.requestHeadersAllowlist: [authorization, securitytenant]';
  const whitelist = 'opensearch.requestHeadersWhitelist: [authorization, securitytenant]';
  return [
    today.shell(
      'Give the dashboard a login. List its plugins: `securityDashboards` must be among them. If it is missing, install the plugin of the same version (in a container: unset DISABLE_SECURITY_DASHBOARDS_PLUGIN). The cluster needs the Security plugin too.',
      'bin/opensearch-dashboards-plugin list',
    ),
    today.yaml(
      'In opensearch_dashboards.yml, delete "opensearch_security.enabled: false" and set this, with a password of your own and not the one of the demo configuration. Then restart the dashboard.',
      [
        'opensearch.username: "kibanaserver"',
        'opensearch.password: "…"',
        ...(version === null
          ? [allowlist, `# 1.x instead: ${whitelist}`]
          : [version.major < 2 ? whitelist : allowlist]),
      ].join('\n'),
    ),
  ];
}

/** Recorded on 7.4.2 and 7.10.2: no login page, no spaces, and a start that fails on any key that begins with `xpack.`. */
const ossKibana: readonly Step[] = [
  {
    ...thisWeek.do(
      'Install the default distribution of the same version in place of this OSS build, of Kibana and of Elasticsearch. The OSS build has no login and does not start with `xpack.*` settings. Keep kibana.yml.',
    ),
    goal: 'change-distribution',
  },
  ...switchOn7,
  ...kibanaCredentials(),
];

function bindDashboard(file: string): Step {
  return today.yaml(
    `Make it listen only where the proxy or its users are. Set this in ${file}, then restart it.`,
    'server.host: "localhost"',
  );
}

const proxyBeforeDashboard = today.nginx(
  'Put a proxy with TLS and a login in front of every path, including `/elasticsearch/` and `/api/`. In nginx:',
  loginEverywhere(5601),
);

/** Kibana asks for a login where its cluster has security: so the cluster is looked at first. */
const askCluster = today.shell(
  'Check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.',
  "curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices",
);

const kibanaLogin8: readonly Step[] = [
  today.shell(
    'Create a service token on a node of the cluster. Kibana requires a login as soon as its cluster does.',
    'bin/elasticsearch-service-tokens create elastic/kibana kibana-1',
  ),
  today.shell(
    'Give the token to Kibana and restart it. If Kibana has no keystore yet, run `bin/kibana-keystore create` first.',
    'bin/kibana-keystore add elasticsearch.serviceAccountToken',
  ),
];

const kibanaLogin7: readonly Step[] = [
  today.do(
    'In kibana.yml, delete the line `xpack.security.enabled: false` if it is there. Kibana then requires a login as soon as its cluster does.',
  ),
  ...kibanaCredentials(),
];

/** How Kibana 6.8 and 7 logs in to a cluster with security. */
function kibanaCredentials(): readonly Step[] {
  return [
    today.yaml(
      'Give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").',
      'elasticsearch.username: "kibana_system"',
    ),
    today.shell(
      'Store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run `bin/kibana-keystore create` first.',
      'bin/kibana-keystore add elasticsearch.password',
    ),
  ];
}

/** @param header whether no other step removes a fixed header */
function accountBehind(observations: Observations, header: boolean): readonly Step[] {
  const opensearch = observations.identity.product === 'opensearch-dashboards';
  const file = opensearch ? 'opensearch_dashboards.yml' : 'kibana.yml';
  const headers = opensearch ? '`opensearch.customHeaders`' : '`elasticsearch.customHeaders`';
  return [
    ...(header
      ? [today.do(`Delete any Authorization header from ${headers} in ${file}: it logs every caller in.`)]
      : []),
    today.do(
      `Change the password or token that the dashboard uses to log in to its cluster, enter the new one in ${file} or its keystore, and restart the dashboard.`,
    ),
  ];
}

/** Takes the guest login of a dashboard away. */
export function closeGuestLogin(observations: Observations): Remedy {
  const opensearch = observations.identity.product === 'opensearch-dashboards';
  return {
    steps: [
      thisHour.do(
        'Ask the owner whether a guest login is wanted here, and what guests may see. If it is not wanted, block the port at the firewall first.',
      ),
      ...(opensearch
        ? [
            today.yaml(
              'Switch anonymous access off in opensearch_dashboards.yml, and restart the dashboard.',
              'opensearch_security.auth.anonymous_auth_enabled: false',
            ),
            today.yaml(
              'Switch it off in the cluster as well, in config/opensearch-security/config.yml, and load the file with securityadmin.sh.',
              'config:\n  dynamic:\n    http:\n      anonymous_auth_enabled: false',
            ),
          ]
        : [
            today.yaml(
              'Delete the provider of type `anonymous` (these lines) from kibana.yml and restart Kibana. Remove the privileges of the user that it logs in as. If the cluster has an anonymous user of its own, delete that too.',
              ['xpack.security.authc.providers:', '  anonymous.…:', '    order: …', '    credentials: …'].join('\n'),
            ),
          ]),
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
        version !== null && version.major < 2
          ? thisWeek.nginx(
              'Upgrade to 2.0 or later, or make a proxy deny /api/status. This version shows its status without the login that it has. In nginx:',
              'location = /api/status { deny all; }',
            )
          : thisWeek.yaml(
              'Require the login for /api/status too. Set this in opensearch_dashboards.yml, then restart the dashboard.',
              'status.allowAnonymous: false\nopensearch_security.auth.unauthenticated_routes: ["/api/reporting/stats"]',
            ),
      ],
      verify,
    };
  return {
    steps: [
      thisWeek.yaml(
        'Show the status to logged-in users only. Set this in kibana.yml, then restart Kibana.',
        'status.allowAnonymous: false',
      ),
    ],
    verify,
  };
}

/**
 * A dashboard without a login in front of a cluster that has one: the cluster is secured already, what is missing is the
 * dashboard's own login, or a proxy in front of it.
 */
function closeBeforeCluster(observations: Observations): readonly Step[] {
  const { product, distribution } = observations.identity;
  const version = versionOf(observations);
  const headers =
    product === 'kibana'
      ? '`elasticsearch.customHeaders` in kibana.yml'
      : '`opensearch.customHeaders` in opensearch_dashboards.yml';
  const keep = today.do(
    `Delete any Authorization header from ${headers}, and from any proxy in front. It opens the cluster to every caller.`,
  );
  if (product === 'opensearch-dashboards') return [...closeDashboardServer(observations), keep];
  const server =
    distribution === 'oss' ? ossBeforeCluster : version !== null && version.major >= 8 ? noGuest : kibanaBeforeCluster;
  return [bindDashboard('kibana.yml'), proxyBeforeDashboard, server, keep];
}

const ossBeforeCluster: Step = {
  ...thisWeek.do(
    'Install the default distribution of the same version in place of this OSS build, which has no login. The cluster has a login already: keep the user in kibana.yml, and restart Kibana.',
  ),
  goal: 'change-distribution',
};

const kibanaBeforeCluster = today.yaml(
  'Switch the login of Kibana on. The cluster has a login already, so nothing changes there. Delete this line from kibana.yml and restart Kibana:',
  'xpack.security.enabled: false',
);

/** From 8.0 on Kibana asks wherever its cluster does, and has no setting against it: another way in was configured. */
const noGuest = today.do(
  'Find out why Kibana requires no login although its cluster does. From 8.0 on, only a provider of type `anonymous` under `xpack.security.authc.providers`, or credentials added by something in front, can cause that. Delete it and restart Kibana.',
);

/** Ends interactive setup. */
export function finishSetup(observations: Observations): Remedy {
  return {
    steps: [
      { ...blockPort, text: `${blockPort.text.replace(/ On the host.*/, '')} Or stop this Kibana.`, code: null },
      thisHour.yaml(
        'Let Kibana listen on loopback only until its setup is finished. Set this in kibana.yml, then restart Kibana:',
        'server.host: "localhost"',
      ),
      today.shell(
        'Finish the setup from the machine itself. On a node of the cluster, create an enrollment token:',
        'bin/elasticsearch-create-enrollment-token -s kibana',
      ),
      today.shell('Give the token to Kibana. The setup ends there.', 'bin/kibana-setup --enrollment-token TOKEN'),
    ],
    verify: {
      command: ask(observations, '/api/spaces/space'),
      expect: '401 or no connection',
    },
  };
}

const tlsOfProxy = 'listen 443 ssl;\nssl_certificate proxy.crt;\nssl_certificate_key proxy.key;';

const proxySpeaksTls = today.nginx(
  'Make the proxy that asks for the login accept TLS only. In nginx, in place of `listen 80`:',
  tlsOfProxy,
);

const tlsOfKibana = 'server.ssl.enabled: true\nserver.ssl.certificate: kibana.crt\nserver.ssl.key: kibana.key';
const tlsOfDashboards =
  'server.ssl.enabled: true\nserver.ssl.certificate: dashboards.crt\nserver.ssl.key: dashboards.key';

/** The settings by which a product encrypts what callers send; none for a product that is not one of ours. */
function tlsOfProduct(observations: Observations): readonly Settings[] {
  const { product, distribution } = observations.identity;
  if (product === 'kibana') return [{ file: 'kibana.yml', code: tlsOfKibana }];
  if (product === 'opensearch-dashboards')
    return [{ file: 'opensearch_dashboards.yml', code: `${tlsOfDashboards}\nopensearch_security.cookie.secure: true` }];
  if (product !== 'elasticsearch') return [];
  if (distribution === 'readonlyrest')
    return [
      { file: 'elasticsearch.yml', code: 'http.type: ssl_netty4' },
      {
        file: 'readonlyrest.yml',
        code: 'readonlyrest:\n  ssl:\n    keystore_file: keystore.jks\n    keystore_pass: "…"\n    key_pass: "…"',
      },
    ];
  const version = versionOf(observations);
  return [
    version !== null && version.major <= 2
      ? { file: 'elasticsearch.yml', code: 'shield.http.ssl: true' }
      : {
          file: 'elasticsearch.yml',
          code: '# bin/elasticsearch-certutil http creates the keystore (7.0 and later)\nxpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.keystore.path: http.p12',
        },
  ];
}

/** The login of the cluster behind a dashboard crosses two ways: from its callers to the dashboard, and on to the cluster. */
function bothWays(product: Product | null): Step {
  const text = (file: string) =>
    `Encrypt both connections: from callers to this address, and from the dashboard to the cluster whose login is asked for. Set this in ${file}`;
  return product === 'opensearch-dashboards'
    ? today.yaml(
        `${text('opensearch_dashboards.yml')}, then restart the dashboard.`,
        `${tlsOfDashboards}\nopensearch.hosts: ["https://…:9200"]`,
      )
    : today.yaml(
        `${text('kibana.yml')} (before 6.6 the last setting is called elasticsearch.url), then restart Kibana.`,
        `${tlsOfKibana}\nelasticsearch.hosts: ["https://…:9200"]`,
      );
}

/** Puts TLS under a login, at each of those who ask for it. */
export function encryptLogin(observations: Observations, by: readonly LoginAsker[]): Remedy {
  const { product } = observations.identity;
  const guard = guardOf(observations);
  const settings = guard === null ? tlsOfProduct(observations) : [httpTls(guard)];
  const ofServer = (start: string): readonly Step[] =>
    settings.map(({ file, code }) => today.yaml(`${start} in ${file}, then restart it.`, code));
  const stepsOf = (one: LoginAsker): readonly Step[] => {
    if (one === 'proxy') return [proxySpeaksTls];
    if (one === 'cluster') return [bothWays(product)];
    if (settings.length === 0)
      return [
        today.nginx(
          'Make whatever asks for the login accept TLS only, or put a proxy that does in front of it. In nginx:',
          tlsOfProxy,
        ),
      ];
    if (one === 'product') return ofServer('Switch on TLS for HTTP: set this');
    return [
      today.nginx('If a proxy in front asks for the login, make it accept TLS only. In nginx:', tlsOfProxy),
      ...ofServer('If the server itself asks, switch on TLS for HTTP: set this'),
    ];
  };
  return {
    steps: [
      ...by.flatMap(stepsOf),
      thisWeek.do('Change every password that was sent over the unencrypted connection.'),
    ],
    verify: {
      command: `curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' ${quoted(`${observations.url}/`)}`,
      expect:
        '000 (no connection), or 301, 302, 307 or 308 followed by an https address. 200, 401 or an http address means that it still accepts plain HTTP',
    },
  };
}

/** Clears up what responds where nothing should. */
export function clearUp(observations: Observations): Remedy {
  const { endpoint } = observations;
  return {
    steps: [
      today.shell(
        'Find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:',
        `ss -ltnp '( sport = :${endpoint.port} )'`,
      ),
      thisWeek.do('Shut it down, or correct the targets file (owner and expectation).'),
    ],
    verify: { command: ask(observations, '/'), expect: 'no connection' },
  };
}

/** Versions to move to: as the end of "upgrade to", and the lowest major version among them; null where none is known. */
export interface Goal {
  readonly words: string;
  readonly major: number | null;
}

/** The major versions of Elasticsearch, with which Kibana moves; 3 and 4 were never published of the server. */
const majors: readonly number[] = [1, 2, 5, 6, 7, 8, 9];

/** How an upgrade over several major versions goes, as sentences; null where it is one step. */
function stages({ identity }: Observations, from: number | null, to: Goal['major']): string | null {
  if (from === null || to === null || to <= from) return null;
  if (identity.product === 'opensearch' || identity.product === 'opensearch-dashboards')
    return to - from > 1 ? 'Upgrade one major version at a time.' : null;
  const path = majors.filter((major) => major > from && major <= to);
  if (path.length < 2) return null;
  return `Upgrade one major version at a time: ${[from, ...path].join(', ')}, with reindexing on the way. That takes longer than a week: start with the plan, and isolate the server until it is done. A new cluster, filled from the source of the data, is often faster.`;
}

/** Moves to a version that is fixed. `to`: what to move to. */
export function update(observations: Observations, to: Goal, builder: string | null): Remedy {
  const { identity, access } = observations;
  const { product } = identity;
  const dashboard = product === 'kibana' || product === 'opensearch-dashboards';
  const path = stages(observations, versionOf(observations)?.major ?? null, to.major);
  const how = `First take a snapshot and test that it restores. Then move to ${to.words}${dashboard ? '' : ', with dashboards and clients'}.`;
  return {
    steps: [
      // A plan that closes the access has both of these steps already.
      access.state === 'open'
        ? {
            ...today.do('Close the open access first, as described for that finding. An upgrade does not close it.'),
            goal: 'close-first',
          }
        : {
            ...today.do(
              'Restrict network access to the addresses that need it, and apply least privilege, until the upgrade is done.',
            ),
            goal: 'close-first',
          },
      ...(builder === null
        ? []
        : [
            today.do(
              `Ask its vendor which of these vulnerabilities are fixed in it. It is ${builder}, and the version number does not show that.`,
            ),
          ]),
      {
        ...thisWeek.do(
          path === null
            ? `Upgrade the ${dashboard ? 'dashboard together with its cluster' : 'cluster'}. ${how}`
            : `Plan the upgrade of the ${dashboard ? 'dashboard and its cluster' : 'cluster'}. ${how} ${path}`,
        ),
        goal: 'upgrade',
      },
    ],
    verify: {
      command: `curl -sS ${(observations.transport.tls?.untrusted ?? null) === null ? '' : '-k '}${quoted(`${overTls(observations.url)}${dashboard ? '/api/status' : '/'}`)}`,
      expect: `${/^\d/.test(to.words) ? 'version ' : ''}${to.words}. If it requires a login, add -u USER`,
    },
  };
}
