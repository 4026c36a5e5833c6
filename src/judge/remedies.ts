// How to close what is open, by product and version.
import { versionOf } from '../knowledge/version.js';
import type { Product } from '../model/endpoint.js';
import type { LoginAsker, Observations } from '../model/observation.js';
import type { DecidedRemedy, DecidedStep, StepFrame } from '../model/remedy.js';
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
import type { Builder, Goal } from './versions.js';
import { fixedHeadersOf, letPastLogin, loggedInAs, namedFork, wallsOf } from './observed.js';

type Remedy = DecidedRemedy;
type Step = DecidedStep;

/** A text for a shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** The beginning of a command that asks. `-k` because a certificate that no one vouches for must not hide the answer. */
function curl({ transport }: Observations): string {
  return `curl -sS${(transport.tls?.untrusted ?? null) === null ? '' : ' -k'}`;
}

/** A command that asks one path without credentials and prints the status alone. */
export function ask(observations: Observations, path: string): string {
  return `${curl(observations)} -o /dev/null -w '%{http_code}\\n' ${quoted(`${observations.url}${path}`)}`;
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
    expect: 'expect-cluster-closed',
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
  return thisWeek.do({ id: 'security-of-fork', fork });
}

const eitherOne = today.shell('find-product', 'curl -sS http://127.0.0.1:9200/');

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

const takeCredentialsOut = today.nginx('remove-credentials', 'proxy_set_header Authorization "Basic …";');

/** The configuration in front contains the password of that user. */
function newPassword(observations: Observations, user: string): Step {
  const version = versionOf(observations);
  const said = 'change-password-in-front';
  const guard = guardOf(observations);
  if (guard !== null) return today.shell(said, changePassword(guard, quoted(user)));
  return today.shell(
    said,
    version !== null && version.major >= 8
      ? `bin/elasticsearch-reset-password -i -u ${quoted(user)}`
      : `curl -sS -u ADMINISTRATOR -X PUT -H 'Content-Type: application/json' ${quoted(`${overTls(observations.url)}/_security/user/${encodeURIComponent(user)}/_password`)} -d '{"password": "…"}'`,
  );
}

const closeHoles = today.nginx('close-gaps', loginEverywhere(9200));

/** Services whose server is not in the hands of those who fix it, by distribution. */
const managedSteps: Readonly<Record<string, readonly Step[]>> = {
  aws: [
    today.shell(
      'limit-access-policy',
      'aws opensearch describe-domain-config --domain-name DOMAIN --query DomainConfig.AccessPolicies',
    ),
  ],
  'aws-serverless': [
    today.shell(
      'limit-collection-policies',
      'aws opensearchserverless list-security-policies --type network\naws opensearchserverless list-access-policies --type data',
    ),
  ],
  serverless: [today.do('remove-cloud-credentials'), today.do('revoke-cloud-key')],
};

function bind(file: string): Step {
  return today.yaml({ id: 'listen-privately', file }, 'network.host: _local_\n# network.host: [_local_, _site_]');
}

const proxyInFront = today.nginx('proxy-in-front', loginEverywhere(9200));

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
      ? [file, ...onlyFor('before-8', switchOn7)]
      : [
          file,
          proxyInFront,
          ...onlyFor('from-8', switchOn8),
          ...onlyFor('before-8', switchOn7),
          ...onlyFor('without-login', [noFreeSecurity]),
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
    return [today.shell('login-of-flx', 'sgctl get-config -o sgconfig\nsgctl update-config sgconfig')];
  if (has(/^readonlyrest/) || identity.distribution === 'readonlyrest')
    return [
      today.yaml(
        'login-of-readonlyrest',
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
    return [today.shell('switch-shield-on', 'bin/shield/esusers useradd ADMINISTRATOR -r admin'), noFreeSecurity];
  if (has(/^x-pack$/))
    return [
      today.shell(
        'switch-x-pack-on',
        "curl -sS 'http://127.0.0.1:9200/_xpack/license'\nbin/x-pack/setup-passwords interactive",
      ),
      noFreeSecurity,
    ];
  return null;
}

/** Steps for some versions, where the version is not known: each says which. */
function onlyFor(versions: StepFrame, steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => (step === certificates ? step : { ...step, frame: versions }));
}

/** Certificates for the connections between nodes, under the names that the settings below use. */
const certificates = today.shell(
  'create-certificates',
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

const switchOn8: readonly Step[] = [
  certificates,
  today.yaml(
    'switch-security-on-again',
    ['xpack.security.enabled: true', ...transport, ...httpTlsOfElasticsearch].join('\n'),
  ),
  today.shell('set-passwords', passwords.since8),
];

const switchOn7: readonly Step[] = [
  certificates,
  today.yaml('switch-security-on', ['xpack.security.enabled: true', ...transport].join('\n')),
  today.shell('set-passwords', passwords.before),
  // After the passwords: the tool that sets them connects by the settings of HTTP, and need not trust a new authority.
  today.yaml('switch-http-tls-on', httpTlsOfElasticsearch.join('\n')),
];

const leaveOss: Step = {
  ...thisWeek.do('replace-oss'),
  goal: 'change-distribution',
};

/** Says why the steps of security follow although the banner reports a flavour without one; no step where it does not. */
function assembled({ identity, access }: Observations): readonly Step[] {
  if (identity.distribution !== 'oss') return [];
  const because = access.caller.securityOff === true ? 'said-by-server' : 'no-such-build';
  return [today.do({ id: 'check-certutil', because })];
}

const ossHasNone = today.do('perhaps-oss');

const noFreeSecurity: Step = {
  ...thisWeek.do('upgrade-for-security'),
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
      expect: 'expect-no-anonymous-user',
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
    'delete-anonymous-user',
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
      byProxy ? thisWeek.nginx('login-on-every-path', loginEverywhere(9200)) : thisWeek.do('remove-privileges'),
    ],
    verify:
      access.rung === 'metadata'
        ? verifyCluster(observations)
        : { command: ask(observations, '/'), expect: 'expect-closed' },
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
    expect: 'expect-dashboard-closed',
  };
}

/** A path below the base path, which the URL of the endpoint has already. */
function withoutBase(path: string, { dashboard }: Observations): string {
  const base = dashboard?.basePath ?? '';
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

const accountInFront = today.do('change-password-or-compare');

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
      ...onlyFor('from-8', [...switchOn8, ...kibanaLogin8]),
      ...onlyFor('before-8', [...switchOn7.slice(1), ...kibanaLogin7]),
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
      ...thisWeek.do('upgrade-dashboard'),
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
    today.shell('check-dashboards-plugin', 'bin/opensearch-dashboards-plugin list'),
    today.yaml('set-dashboards-login', [
      'opensearch.username: "kibanaserver"',
      'opensearch.password: "…"',
      ...(version === null
        ? [allowlist, { code: '', comment: { id: 'in-1.x-instead', setting: whitelist } } as const]
        : [version.major < 2 ? whitelist : allowlist]),
    ]),
  ];
}

/** Recorded on 7.4.2 and 7.10.2: no login page, no spaces, and a start that fails on any key that begins with `xpack.`. */
const ossKibana: readonly Step[] = [
  {
    ...thisWeek.do('replace-oss-kibana'),
    goal: 'change-distribution',
  },
  ...switchOn7,
  ...kibanaCredentials(),
];

function bindDashboard(file: string): Step {
  return today.yaml({ id: 'dashboard-listens-privately', file }, 'server.host: "localhost"');
}

const proxyBeforeDashboard = today.nginx('proxy-before-dashboard', loginEverywhere(5601));

/** Kibana asks for a login where its cluster has security: so the cluster is looked at first. */
const askCluster = today.shell(
  'ask-cluster',
  "curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices",
);

const kibanaLogin8: readonly Step[] = [
  today.shell('create-service-token', 'bin/elasticsearch-service-tokens create elastic/kibana kibana-1'),
  today.shell('give-service-token', 'bin/kibana-keystore add elasticsearch.serviceAccountToken'),
];

const kibanaLogin7: readonly Step[] = [today.do('kibana-login-not-off'), ...kibanaCredentials()];

/** How Kibana 6.8 and 7 logs in to a cluster with security. */
function kibanaCredentials(): readonly Step[] {
  return [
    today.yaml('give-kibana-user', 'elasticsearch.username: "kibana_system"'),
    today.shell('give-kibana-password', 'bin/kibana-keystore add elasticsearch.password'),
  ];
}

/** @param header whether no other step removes a fixed header */
function accountBehind(observations: Observations, header: boolean): readonly Step[] {
  const headers = fixedHeadersOf(observations);
  return [
    ...(header ? [today.do({ id: 'delete-header', ...headers })] : []),
    today.do({ id: 'change-account-behind', file: headers.file }),
  ];
}

/** Takes the guest login of a dashboard away. */
export function closeGuestLogin(observations: Observations): Remedy {
  const opensearch = observations.identity.product === 'opensearch-dashboards';
  return {
    steps: [
      thisHour.do('ask-about-guests'),
      ...(opensearch
        ? [
            today.yaml('switch-guests-off', 'opensearch_security.auth.anonymous_auth_enabled: false'),
            today.yaml(
              'switch-guests-off-behind',
              'config:\n  dynamic:\n    http:\n      anonymous_auth_enabled: false',
            ),
          ]
        : [
            today.yaml(
              'delete-guest-provider',
              ['xpack.security.authc.providers:', '  anonymous.…:', '    order: …', '    credentials: …'].join('\n'),
            ),
          ]),
    ],
    verify: opensearch
      ? {
          command: `curl -sS -o /dev/null -w '%{redirect_url}\\n' ${quoted(`${observations.url}/`)}`,
          expect: 'expect-login-page',
        }
      : {
          command: [
            `curl -sS ${quoted(`${observations.url}/internal/security/login_state`)}`,
            `curl -sS -o /dev/null -D - ${quoted(`${observations.url}/`)} | grep -i '^set-cookie: sid='`,
          ].join('\n'),
          expect: 'expect-no-guests',
        },
  };
}

/** Hides the full status of a dashboard. */
export function closeStatus(observations: Observations): Remedy {
  const version = versionOf(observations);
  const verify: Remedy['verify'] = { command: ask(observations, '/api/status'), expect: 'expect-status-hidden' };
  if (observations.access.guardedBy === 'cluster') return { steps: closeBeforeCluster(observations), verify };
  if (observations.dashboard?.login === 'none') return { steps: closeDashboardServer(observations), verify };
  if (observations.identity.product === 'opensearch-dashboards')
    return {
      steps: [
        version !== null && version.major < 2
          ? thisWeek.nginx('deny-status', 'location = /api/status { deny all; }')
          : thisWeek.yaml(
              'login-for-status',
              'status.allowAnonymous: false\nopensearch_security.auth.unauthenticated_routes: ["/api/reporting/stats"]',
            ),
      ],
      verify,
    };
  return {
    steps: [thisWeek.yaml('status-for-users-only', 'status.allowAnonymous: false')],
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
  const noHeader = today.do({ id: 'delete-header-here-and-in-front', ...fixedHeadersOf(observations) });
  if (product === 'opensearch-dashboards') return [...closeDashboardServer(observations), noHeader];
  const server =
    distribution === 'oss' ? ossBeforeCluster : version !== null && version.major >= 8 ? noGuest : kibanaBeforeCluster;
  return [bindDashboard('kibana.yml'), proxyBeforeDashboard, server, noHeader];
}

const ossBeforeCluster: Step = {
  ...thisWeek.do('replace-oss-kibana-only'),
  goal: 'change-distribution',
};

const kibanaBeforeCluster = today.yaml('switch-kibana-login-on', 'xpack.security.enabled: false');

/** From 8.0 on Kibana asks wherever its cluster does, and has no setting against it: another way in was configured. */
const noGuest = today.do('find-guest');

/** Ends interactive setup. */
export function finishSetup(observations: Observations): Remedy {
  return {
    steps: [
      { ...thisHour.do('block-port-or-stop'), goal: 'block-port' },
      thisHour.yaml('loopback-until-setup', 'server.host: "localhost"'),
      today.shell('create-enrollment-token', 'bin/elasticsearch-create-enrollment-token -s kibana'),
      today.shell('give-enrollment-token', 'bin/kibana-setup --enrollment-token TOKEN'),
    ],
    verify: {
      command: ask(observations, '/api/spaces/space'),
      expect: 'expect-setup-ended',
    },
  };
}

const tlsOfProxy = 'listen 443 ssl;\nssl_certificate proxy.crt;\nssl_certificate_key proxy.key;';

const proxySpeaksTls = today.nginx('proxy-speaks-tls', tlsOfProxy);

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
          code: [
            { code: '', comment: { id: 'creates-keystore-from-7', command: 'bin/elasticsearch-certutil http' } },
            'xpack.security.http.ssl.enabled: true',
            'xpack.security.http.ssl.keystore.path: http.p12',
          ],
        },
  ];
}

/** The login of the cluster behind a dashboard crosses two ways: from its callers to the dashboard, and on to the cluster. */
function bothWays(product: Product | null): Step {
  return product === 'opensearch-dashboards'
    ? today.yaml('encrypt-both-of-dashboards', `${tlsOfDashboards}\nopensearch.hosts: ["https://…:9200"]`)
    : today.yaml('encrypt-both-of-kibana', `${tlsOfKibana}\nelasticsearch.hosts: ["https://…:9200"]`);
}

/** Puts TLS under a login, at each of those who ask for it. */
export function encryptLogin(observations: Observations, by: readonly LoginAsker[]): Remedy {
  const { product } = observations.identity;
  const guard = guardOf(observations);
  const settings = guard === null ? tlsOfProduct(observations) : [httpTls(guard)];
  const ofServer = (id: 'server-speaks-tls' | 'server-speaks-tls-if-it-asks'): readonly Step[] =>
    settings.map(({ file, code }) => today.yaml({ id, file }, code));
  const stepsOf = (one: LoginAsker): readonly Step[] => {
    if (one === 'proxy') return [proxySpeaksTls];
    if (one === 'cluster') return [bothWays(product)];
    if (settings.length === 0) return [today.nginx('anything-speaks-tls', tlsOfProxy)];
    if (one === 'product') return ofServer('server-speaks-tls');
    return [today.nginx('proxy-speaks-tls-if-it-asks', tlsOfProxy), ...ofServer('server-speaks-tls-if-it-asks')];
  };
  return {
    steps: [...by.flatMap(stepsOf), thisWeek.do('change-sent-passwords')],
    verify: {
      command: `curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' ${quoted(`${observations.url}/`)}`,
      expect: 'expect-tls-only',
    },
  };
}

/** Clears up what responds where nothing should. */
export function clearUp(observations: Observations): Remedy {
  const { endpoint } = observations;
  return {
    steps: [today.shell('find-owner', `ss -ltnp '( sport = :${endpoint.port} )'`), thisWeek.do('shut-down-or-declare')],
    verify: { command: ask(observations, '/'), expect: 'expect-nothing' },
  };
}

/** The major versions of Elasticsearch, with which Kibana moves; 3 and 4 were never published of the server. */
const majors: readonly number[] = [1, 2, 5, 6, 7, 8, 9];

/** The upgrade from a major version: at once, or over several, which are named where each of them has to be passed. */
function upgrade({ identity: { product } }: Observations, from: number | null, to: Goal): Step {
  const ofDashboard = product === 'kibana' || product === 'opensearch-dashboards';
  const facts = { what: ofDashboard ? 'dashboard' : 'cluster', to } as const;
  const { major: goal } = to;
  if (from !== null && goal !== null && goal > from) {
    const path = [from, ...majors.filter((major) => major > from && major <= goal)];
    if (product === 'opensearch' || product === 'opensearch-dashboards') {
      if (goal - from > 1) return thisWeek.do({ id: 'upgrade-in-stages', ...facts });
    } else if (path.length > 2) return thisWeek.do({ id: 'upgrade-over-majors', ...facts, majors: path });
  }
  return thisWeek.do({ id: 'upgrade', ...facts });
}

/** Moves to a version that is fixed. `to`: what to move to. */
export function update(observations: Observations, to: Goal, builder: Builder | null): Remedy {
  const { identity, access, url } = observations;
  const { product } = identity;
  const page = product === 'kibana' || product === 'opensearch-dashboards' ? '/api/status' : '/';
  return {
    steps: [
      // A plan that closes the access has both of these steps already.
      {
        ...today.do(access.state === 'open' ? 'close-before-upgrade' : 'restrict-until-upgrade'),
        goal: 'close-first',
      },
      ...(builder === null ? [] : [today.do({ id: 'ask-builder', builder })]),
      { ...upgrade(observations, versionOf(observations)?.major ?? null, to), goal: 'upgrade' },
    ],
    verify: {
      command: `${curl(observations)} ${quoted(`${overTls(url)}${page}`)}`,
      expect: { id: 'expect-upgraded', to },
    },
  };
}
