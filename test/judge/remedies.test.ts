// Each distribution and version gets the steps that close it, and none that stop it from starting.

import t from 'tap';
import { parse } from 'yaml';
import {
  closeAnonymousUser,
  closeCluster,
  closeDashboard,
  closeRest,
  encryptLogin,
  overTls,
  update,
} from '../../src/judge/remedies.js';
import { companionRemedies, companionSteps } from '../../src/judge/companions.js';
import { remedyIn } from '../../src/judge/language.js';
import { blockPort, saveEvidence } from '../../src/judge/steps.js';
import { goalOf, knownVersion } from '../../src/judge/versions.js';
import { productAndVersion } from '../../src/judge/words.js';
import { goalWords } from '../../src/judge/texts/en/remedies.js';
import type { Remedy, RemedyStep } from '../../src/model/finding.js';
import type { Identity, Observations } from '../../src/model/observation.js';
import type { DecidedRemedy, DecidedStep } from '../../src/model/remedy.js';
import { openCluster, openKibana, tls } from '../support/observations.js';

/** The same in English. */
function inWords(decided: DecidedRemedy<keyof typeof companionSteps>): Remedy {
  return remedyIn(decided, companionSteps, null, {});
}

function stepsInWords(steps: readonly DecidedStep<keyof typeof companionSteps>[]): readonly RemedyStep[] {
  return inWords({ steps, verify: { command: '', expect: 'expect-closed' } }).steps;
}

interface Kind {
  readonly name: string;
  readonly product?: 'elasticsearch' | 'opensearch';
  readonly distribution?: string | null;
  readonly version: string | null;
  readonly plugins?: readonly string[];
  readonly securityOff?: true;
  readonly encrypted?: true;
  /** Settings that the YAML of its steps must and must not set: parts of their names. */
  readonly sets: readonly string[];
  readonly never: readonly string[];
  /** What some step must say. */
  readonly says?: readonly RegExp[];
  /** What no step may say. */
  readonly saysNot?: readonly RegExp[];
}

/** With TLS for HTTP: without it the new login would be asked for over plain HTTP. */
const xpack = [
  'xpack.security.enabled',
  'xpack.security.transport.ssl.certificate',
  'xpack.security.http.ssl.enabled',
  'xpack.security.http.ssl.key',
];
const plugin = (prefix: string): string[] =>
  ['disabled', 'ssl_only', 'ssl.transport.pemcert_filepath', 'ssl.http.enabled', 'authcz.admin_dn', 'nodes_dn'].map(
    (name) => `${prefix}.${name}`,
  );
const proxy = /[Pp]ut a proxy with TLS and a login in front of everything/;
const oss = /oss distribution/;
const setup7 = /setup-passwords interactive/;
const setup8 = /elasticsearch-reset-password -u elastic/;

const kinds: readonly Kind[] = [
  {
    name: 'default 7.17',
    distribution: 'default',
    version: '7.17.9',
    sets: xpack,
    never: [],
    says: [setup7],
    saysNot: [setup8, oss, proxy],
  },
  {
    name: 'default 6.8',
    distribution: 'default',
    version: '6.8.23',
    sets: xpack,
    never: [],
    says: [setup7],
    saysNot: [oss, proxy],
  },
  {
    name: 'default 7.1',
    distribution: 'default',
    version: '7.1.0',
    sets: xpack,
    never: [],
    says: [setup7],
    saysNot: [oss],
  },
  {
    name: 'oss 7.10',
    distribution: 'oss',
    version: '7.10.2',
    sets: xpack,
    never: [],
    says: [proxy, /Replace the oss distribution.*default distribution of the same version/],
  },
  {
    name: 'oss 6.8',
    distribution: 'oss',
    version: '6.8.23',
    sets: xpack,
    never: [],
    says: [proxy, /Replace the oss distribution/],
  },
  {
    name: 'oss 7.0',
    distribution: 'oss',
    version: '7.0.1',
    sets: [],
    never: ['xpack', 'searchguard'],
    says: [proxy, /no security without a paid licence/],
  },
  {
    name: 'oss 6.3',
    distribution: 'oss',
    version: '6.3.2',
    sets: [],
    never: ['xpack'],
    says: [proxy, /no security without a paid licence/],
  },
  {
    name: 'said oss by a line that has none',
    distribution: 'oss',
    version: '7.17.9',
    sets: xpack,
    never: [],
    says: [setup7, /build flavor says oss.*install the default distribution/],
    saysNot: [oss, proxy],
  },
  {
    name: 'said oss, and its own word is that security is there',
    distribution: 'oss',
    version: '7.9.3',
    securityOff: true,
    sets: xpack,
    never: [],
    says: [/build flavor says oss, but the server itself reports/],
    saysNot: [oss, proxy],
  },
  {
    name: 'a 7.9 that shows no flavour',
    distribution: null,
    version: '7.9.3',
    sets: xpack,
    never: [],
    says: [/If it is the oss distribution/],
  },
  {
    name: 'its own word, and no version',
    distribution: null,
    version: null,
    securityOff: true,
    sets: xpack,
    never: [],
    saysNot: [oss, /paid licence/],
  },
  {
    name: 'default 8',
    distribution: 'default',
    version: '8.16.3',
    sets: [...xpack, 'xpack.security.http.ssl.certificate'],
    never: [],
    says: [setup8],
    saysNot: [setup7, oss, proxy, /build flavor/],
  },
  {
    name: 'default 9',
    distribution: 'default',
    version: '9.4.3',
    sets: [...xpack, 'xpack.security.http.ssl.key'],
    never: [],
    says: [setup8],
    saysNot: [setup7, oss],
  },
  {
    name: 'a 5.6 with X-Pack',
    distribution: null,
    version: '5.6.16',
    plugins: ['x-pack'],
    sets: [],
    never: ['searchguard'],
    says: [proxy, /X-Pack is installed/, /paid licence/],
  },
  {
    name: 'a plain 2.4',
    distribution: null,
    version: '2.4.6',
    plugins: [],
    sets: [],
    never: ['xpack', 'shield'],
    says: [proxy, /paid licence/],
  },
  {
    name: 'a 2.4 with Shield',
    distribution: null,
    version: '2.4.6',
    plugins: ['license', 'shield'],
    sets: [],
    never: ['xpack'],
    says: [proxy, /shield\.enabled/, /paid licence/],
    saysNot: [/X-Pack/],
  },
  {
    name: 'Search Guard 7, off',
    distribution: 'search-guard',
    version: '7.5.1',
    plugins: ['search-guard-7'],
    sets: plugin('searchguard'),
    never: ['xpack', 'plugins.security', 'opendistro'],
    says: [/replace the line `searchguard\.disabled: true`/, /search-guard-7\/tools\/sgadmin\.sh/],
    saysNot: [/xpack/, oss],
  },
  {
    name: 'Search Guard 7, on an oss server',
    distribution: 'oss',
    version: '7.5.1',
    plugins: ['search-guard-7'],
    sets: plugin('searchguard'),
    never: ['xpack'],
    saysNot: [/xpack/, oss],
  },
  {
    name: 'Search Guard 6, only encrypting',
    distribution: 'oss',
    version: '6.5.4',
    plugins: ['search-guard-6'],
    encrypted: true,
    sets: plugin('searchguard'),
    never: ['xpack'],
    says: [/replace the line `searchguard\.ssl_only: true`/, /search-guard-6\//],
  },
  {
    name: 'Search Guard FLX',
    distribution: 'default',
    version: '8.16.3',
    plugins: ['search-guard-flx'],
    sets: [],
    never: ['xpack'],
    says: [/sgctl update-config/],
  },
  {
    name: 'ReadonlyREST',
    distribution: null,
    version: '7.17.9',
    plugins: ['readonlyrest'],
    sets: ['readonlyrest.enable', 'readonlyrest.access_control_rules'],
    never: ['xpack'],
    says: [/readonlyrest\.yml/],
    saysNot: [/xpack/],
  },
  {
    name: 'Open Distro, off',
    distribution: 'oss',
    version: '7.10.2',
    plugins: ['opendistro_security', 'opendistro-sql'],
    sets: plugin('opendistro_security'),
    never: ['xpack', 'plugins.security'],
    says: [/plugins\/opendistro_security\/tools\/securityadmin\.sh/],
    saysNot: [/xpack/, oss],
  },
  {
    name: 'OpenSearch, min',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '2.19.4',
    plugins: [],
    sets: plugin('plugins.security'),
    never: ['xpack', 'opendistro'],
    says: [
      /opensearch-plugin install org\.opensearch\.plugin:opensearch-security:2\.19\.4\.0/,
      /-cd config\/opensearch-security\//,
    ],
  },
  {
    name: 'OpenSearch, plugins not known',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '2.19.4',
    sets: plugin('plugins.security'),
    never: ['xpack'],
    says: [/opensearch-plugin list/],
  },
  {
    name: 'OpenSearch, switched off',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '2.19.4',
    plugins: ['opensearch-security'],
    sets: plugin('plugins.security'),
    never: ['xpack'],
    says: [/replace the line `plugins\.security\.disabled: true`/],
    saysNot: [/opensearch-plugin install/],
  },
  {
    name: 'OpenSearch, only encrypting',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '2.19.4',
    plugins: ['opensearch-security'],
    encrypted: true,
    sets: plugin('plugins.security'),
    never: ['xpack'],
    says: [/replace the line `plugins\.security\.ssl_only: true`/],
    saysNot: [/opensearch-plugin install/, /the line `plugins\.security\.disabled/],
  },
  {
    name: 'OpenSearch 1',
    product: 'opensearch',
    distribution: 'opensearch',
    version: '1.3.20',
    plugins: ['opensearch-security'],
    sets: plugin('plugins.security'),
    never: [],
    says: [/-cd plugins\/opensearch-security\/securityconfig\//],
  },
  {
    name: 'Elastic Cloud Serverless',
    distribution: 'serverless',
    version: null,
    sets: [],
    never: ['xpack', 'network'],
    says: [/revoke the API key/],
    saysNot: [/elasticsearch\.yml/, /certutil/],
  },
  {
    name: 'a managed domain of AWS',
    product: 'opensearch',
    distribution: 'aws',
    version: null,
    sets: [],
    never: ['plugins', 'network'],
    says: [/access policy/],
    saysNot: [/opensearch\.yml/],
  },
  {
    name: 'a serverless collection of AWS',
    product: 'opensearch',
    distribution: 'aws-serverless',
    version: null,
    sets: [],
    never: ['plugins', 'network'],
    says: [/network policy/],
    saysNot: [/opensearch\.yml/],
  },
];

function observationsOf(kind: Kind, login: 'absent' | 'anonymous' = 'absent'): Observations {
  const { version, distribution = null, product = 'elasticsearch' } = kind;
  const said: Identity['version'] =
    version === null
      ? { number: null, certainty: 'unknown', source: '' }
      : { number: version, certainty: 'exact', source: 'banner' };
  return openCluster({
    identity: { product, distribution, version: said },
    caller: { login, ...(kind.securityOff === true ? { securityOff: true } : {}) },
    plugins: kind.plugins === undefined ? null : { names: kind.plugins, evidence: [0] },
    ...(kind.encrypted === true ? { transport: { scheme: 'https' as const, tls } } : {}),
  });
}

/** The settings in a block, by their full names; none where it is not YAML of settings. */
function settingsIn(code: string | null): readonly string[] {
  return code !== null && /^[a-z_.]+:(?: |$)/m.test(code) ? namesIn(parse(code)) : [];
}

function namesIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => namesIn(inner, path === '' ? key : `${path}.${key}`));
}

t.test('an open cluster gets the steps of its distribution and version', (t) => {
  for (const kind of kinds) {
    const { steps } = inWords(closeCluster(observationsOf(kind)));
    const settings = steps.flatMap(({ code }) => settingsIn(code));
    const words = steps.map(({ text, code }) => `${text}\n${code ?? ''}`).join('\n');
    for (const name of kind.sets) t.ok(settings.includes(name), `${kind.name}: sets ${name}`);
    for (const part of kind.never)
      t.notOk(
        settings.some((name) => name.startsWith(part)),
        `${kind.name}: sets nothing of ${part}`,
      );
    for (const said of kind.says ?? [])
      t.match(words.replaceAll('\n', ' '), said, `${kind.name}: says ${String(said)}`);
    for (const said of kind.saysNot ?? [])
      t.notMatch(words.replaceAll('\n', ' '), said, `${kind.name}: does not say ${String(said)}`);
    t.equal(new Set(settings).size, settings.length, `${kind.name}: no setting is given twice`);
  }
  t.end();
});

t.test('an anonymous user is switched off where its plugin keeps it', (t) => {
  const steps = (kind: Kind): string =>
    JSON.stringify(inWords(closeAnonymousUser(observationsOf(kind, 'anonymous'), true)));
  const of = (name: string): string => {
    const kind = kinds.find((one) => one.name === name);
    if (kind === undefined) throw new Error(`no kind is called ${name}`);
    return steps(kind);
  };
  t.match(
    of('Search Guard 7, off'),
    /sg_config\.yml.*sg_anonymous_backendrole.*sg_config:.*sgadmin\.sh.*_searchguard\/authinfo/,
  );
  t.match(of('Search Guard 6, only encrypting'), /searchguard:\\n {2}dynamic:/);
  t.match(of('Open Distro, off'), /opendistro_security\/securityconfig\/config\.yml.*_opendistro\/_security\/authinfo/);
  t.match(of('OpenSearch, switched off'), /config\/opensearch-security\/config\.yml.*_plugins\/_security\/authinfo/);
  t.match(of('default 8'), /xpack\.security\.authc:.*\/_security\/_authenticate/);
  t.match(of('a 5.6 with X-Pack'), /xpack\.security\.authc:.*\/_xpack\/security\/_authenticate/);
  t.match(of('a 2.4 with Shield'), /shield\.authc:.*_shield\/authenticate/);
  for (const name of ['Search Guard 7, off', 'Open Distro, off', 'OpenSearch, switched off'])
    t.notMatch(of(name), /xpack/);
  t.end();
});

t.test('a login over plain HTTP is encrypted by the settings of what asks for it', (t) => {
  const block = (name: string): string => {
    const kind = kinds.find((one) => one.name === name);
    if (kind === undefined) throw new Error(`no kind is called ${name}`);
    return JSON.stringify(inWords(encryptLogin(observationsOf(kind), ['product'])));
  };
  t.match(block('Search Guard 7, off'), /searchguard\.ssl\.http\.enabled/);
  t.match(block('Open Distro, off'), /opendistro_security\.ssl\.http\.enabled/);
  t.match(block('OpenSearch, min'), /plugins\.security\.ssl\.http\.enabled/);
  t.match(block('default 9'), /xpack\.security\.http\.ssl\.enabled/);
  t.match(block('a 2.4 with Shield'), /shield\.http\.ssl/);
  t.match(
    JSON.stringify(
      inWords(
        encryptLogin(
          observationsOf({ name: '', distribution: 'readonlyrest', version: '7.17.9', sets: [], never: [] }),
          ['product'],
        ),
      ),
    ),
    /readonlyrest\.yml/,
  );
  t.end();
});

t.test(
  'the login of OpenSearch Dashboards: its plugin is switched on again, by keys that its version starts with',
  (t) => {
    const of = (number: string | null): string =>
      JSON.stringify(
        inWords(
          closeDashboard(
            openKibana({
              identity: {
                product: 'opensearch-dashboards',
                version: { number, certainty: number === null ? 'unknown' : 'exact', source: '/api/status' },
              },
            }),
            false,
          ),
        ).steps,
      );
    // Tried on 2.8.0: as long as this line is there, the login has no page.
    for (const number of ['1.3.20', '2.8.0', '3.1.0', null])
      t.match(of(number), /delete \\"opensearch_security\.enabled: false/);
    t.match(of('2.8.0'), 'opensearch.requestHeadersAllowlist');
    t.notMatch(of('2.8.0'), 'requestHeadersWhitelist');
    t.match(of('1.3.20'), 'opensearch.requestHeadersWhitelist');
    t.notMatch(of('1.3.20'), 'requestHeadersAllowlist', '1.x does not start with a key that it does not know');
    t.match(of(null), /requestHeadersAllowlist.*# 1\.x instead: opensearch\.requestHeadersWhitelist/);
    t.end();
  },
);

t.test('a fork with a name of its own gets steps by its name, and no version of another product', (t) => {
  const identity: Identity = {
    ...openCluster().identity,
    product: 'elasticsearch',
    orItsFork: true,
    otherProduct: 'INFINI Easysearch',
    distribution: 'easysearch',
    version: { number: '1.15.2', certainty: 'exact', source: 'banner' },
  };
  const observations = openCluster({ identity });
  const steps = inWords(closeCluster(observations))
    .steps.map(({ text, code }) => `${text}\n${code ?? ''}`)
    .join('\n');
  t.match(steps, /Turn on the security of INFINI Easysearch/);
  t.notMatch(steps, /xpack\.|plugins\.security|elasticsearch-reset-password/);
  t.match(knownVersion(observations), { verdict: 'undetermined' });
  t.match(productAndVersion(observations), /^INFINI Easysearch 1\.15\.2$/);
  t.end();
});

/** Every remedy of this file that names a way in, for rules that hold for all of them. */
const allSteps = stepsInWords([
  ...kinds.flatMap((kind) => closeCluster(observationsOf(kind)).steps),
  ...kinds.flatMap((kind) => closeAnonymousUser(observationsOf(kind, 'anonymous'), true).steps),
  ...[true, false].flatMap((locked) => closeDashboard(openKibana(), locked).steps),
  ...closeRest(openCluster({ access: { guardedBy: 'proxy' } })).steps,
  ...encryptLogin(openCluster(), ['product', 'proxy', 'cluster', 'unknown']).steps,
  ...Object.values(companionRemedies).flatMap(({ close }) => close),
]);

t.test('a proxy that asks for a login accepts TLS only, and does not pass the login on', (t) => {
  const logins = allSteps.filter(({ code }) => code?.includes('auth_basic_user_file') === true);
  t.ok(logins.length > 5);
  for (const { code } of logins) {
    t.match(code, /listen 443 ssl;\n.*\n +ssl_certificate .*\n +ssl_certificate_key /);
    t.match(code, 'proxy_set_header Authorization "";');
    t.notMatch(code, /listen (?!443 ssl)/);
  }
  t.end();
});

t.test('where the server gets a login of its own, the proxy gives its login up', (t) => {
  const both = kinds
    .map((kind) => inWords(closeCluster(observationsOf(kind))).steps)
    .filter((steps) => steps.some(({ code }) => code?.includes('auth_basic') === true));
  t.ok(both.length > 3);
  for (const steps of both)
    t.ok(steps.some(({ text }) => /delete the lines `auth_basic`.*only one of the two/.test(text)));
  t.end();
});

t.test('a password never crosses the network over plain HTTP', (t) => {
  const open = openCluster();
  t.match(open.url, /^http:/);
  const steps = [...allSteps, ...inWords(update(open, { fixed: '9.9', lines: [], major: 9 }, null)).steps];
  const commands = steps.flatMap(({ code }) => (code ?? '').split('\n')).filter((line) => /curl .*-u /.test(line));
  for (const command of commands) t.match(command, /'https:|127\.0\.0\.1/);
  t.match(inWords(update(open, { fixed: '9.9', lines: [], major: 9 }, null)).verify.command, 'https:');
  t.end();
});

t.test('the block of a port covers IPv4 and IPv6, needs no table that exists, and leaves the host itself in', (t) => {
  const [block, evidence] = stepsInWords([blockPort, saveEvidence]);
  const code = block?.code ?? '';
  t.match(code, /ip saddr/);
  t.match(code, /ip6 saddr/);
  t.match(code, /^nft add table inet (\w+)\nnft 'add chain inet \1 in .*hook prerouting priority -150/);
  t.equal(code.match(/iif != lo/g)?.length, 2);
  t.match(block?.text, /reboot/);
  t.match(evidence?.code, /^cp .*\.$/m, 'what is missing is said');
  t.notMatch(evidence?.text, /ransom/, 'only where there are traces of an attack');
  t.end();
});

t.test('nodes of a cluster do not lose each other on loopback', (t) => {
  const binds = allSteps.filter(({ code }) => code?.includes('network.host') === true);
  t.ok(binds.length > 0);
  for (const { code, text } of binds) {
    t.match(code, '_site_');
    t.match(text, 'With several nodes');
  }
  t.end();
});

t.test('the proof of TLS does not pass on what plain HTTP gave before', (t) => {
  const { command, expect } = inWords(encryptLogin(openCluster(), ['product'])).verify;
  t.match(command, '%{redirect_url}');
  t.match(expect, /^000 .*https address\. 200, 401 or an http address means/);
  t.end();
});

t.test('an upgrade begins with its name, and counts its stages', (t) => {
  const of = (version: string, fixed: string, major: number, identity: Partial<Identity> = {}): string => {
    const observations = openCluster({
      identity: { version: { number: version, certainty: 'exact', source: 'banner' }, ...identity },
    });
    return (
      inWords(update(observations, { fixed, lines: [], major }, null)).steps.find(({ goal }) => goal === 'upgrade')
        ?.text ?? ''
    );
  };
  t.match(of('7.17.9', '8.19.20', 8), /^Upgrade the cluster\. First take a snapshot/);
  t.notMatch(of('7.17.9', '8.19.20', 8), /one major version/);
  t.notMatch(of('9.4.3', '9.4.5', 9), /one major version/);
  t.match(of('2.4.6', '8.19.20', 8), /^Plan the upgrade.*: 2, 5, 6, 7, 8, .*isolate the server/);
  t.match(of('1.3.20', '3.1', 3, { product: 'opensearch' }), /one major version at a time\./);
  t.end();
});

t.test('an upgrade goes to a supported line', (t) => {
  const movesTo = (fixed: string | null, lines: readonly string[], words: string, major: number | null): void => {
    const goal = goalOf(fixed, lines);
    t.equal(goalWords(goal), words);
    t.equal(goal.major, major);
  };
  movesTo('9.4.5', ['8.19', '9.4'], '9.4.5 or later', 9);
  movesTo('8.19.20', ['8.19', '9.4'], '8.19.20 or later, or the latest release of 9.4', 8);
  movesTo('2.16.0', ['2.19', '3'], 'the latest release of 2.19 or 3', 2);
  movesTo('3.2.1', ['2.19', '3'], '3.2.1 or later', 3);
  movesTo('99.0.0', ['8.19', '9.4'], '99.0.0 or later', 99);
  movesTo(null, ['8.19', '9.4'], 'the latest release of 8.19 or 9.4', 8);
  movesTo(null, ['OpenSearch 2.19', 'OpenSearch 3'], 'the latest release of OpenSearch 2.19 or OpenSearch 3', 2);
  movesTo(null, [], 'a supported product', null);
  t.end();
});

t.test('where the version is known, no step names the versions that it is for', (t) => {
  const texts = (number: string | null): string => {
    const version = { number, certainty: number === null ? 'unknown' : 'exact', source: '' } as const;
    const remedies = [
      inWords(closeCluster(openCluster({ identity: { version } }))),
      inWords(closeDashboard(openKibana({ identity: { version } }), false)),
    ];
    return remedies.flatMap(({ steps }) => steps.map(({ text }) => text)).join('\n');
  };
  for (const number of ['6.8.23', '7.17.9', '8.12.2', '9.4.3']) t.notMatch(texts(number), /^\((?:before )?\d/m, number);
  for (const versions of ['(8.0 and later)', '(6.8, and 7.1 to 7.17)', '(before 6.8, and 7.0)'])
    t.ok(texts(null).includes(`\n${versions} `), versions);
  t.end();
});

t.test('a command with a password goes to where TLS is', (t) => {
  t.equal(overTls('http://a.example:80/base'), 'https://a.example/base');
  t.equal(overTls('http://a.example:80'), 'https://a.example');
  t.equal(overTls('http://a.example'), 'https://a.example');
  t.equal(overTls('http://a.example:8080'), 'https://a.example:8080');
  t.equal(overTls('http://[2001:db8::80]:80'), 'https://[2001:db8::80]');
  t.equal(overTls('http://[2001:db8::80]:9200'), 'https://[2001:db8::80]:9200');
  t.equal(overTls('https://a.example:80'), 'https://a.example:80');
  t.end();
});
