// Secrets by format, by name in every language, by place and by chance: none passes, and what a verdict needs stays.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { everything } from '../support/sample.js';
import { canStandInPath } from '../../src/catalogue/index-names.js';
import { redact } from '../../src/catalogue/index.js';
import { harmless } from '../../src/catalogue/redact.js';
import { isSecretName } from '../../src/catalogue/secret-names.js';
import { isRandom } from '../../src/catalogue/secrets.js';
import { secretFormats, secretNames, secretSettings } from '../../src/knowledge/secrets.js';

const seed = 20261129;
const canary = 'cAnArY42sEcret';

t.test('every format has a source and an id of its own', (t) => {
  const page = readFileSync('docs/reliability.md', 'utf8');
  t.ok(page.includes(`the formats of ${secretFormats.length} kinds of credentials`), `${secretFormats.length} formats`);
  t.ok(page.includes(`in ${secretNames.length} groups of languages`), `${secretNames.length} groups of languages`);
  t.equal(new Set(secretFormats.map(({ id }) => id)).size, secretFormats.length);
  for (const { id, source } of secretFormats) t.ok(source.length > 3, id);
  t.end();
});

/** Texts in which the canary stays, or in which a second look takes out more. */
function leaks(texts: readonly string[], canary: string): string[] {
  return texts.filter((text) => {
    const result = redact(text);
    return result.includes(canary) || !result.includes('[redacted]') || redact(result) !== result;
  });
}

/** Issued secrets are random: somewhere a digit is next to a letter, or a lower-case letter next to a capital. */
const issued = /[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]/;

t.test('every format, wherever it is written', (t) => {
  for (const { id, pattern } of secretFormats) {
    // Generated here, so that no secret scanner finds one in this repository.
    const made = fc.stringMatching(new RegExp(`^(?:${pattern})$`)).filter((text) => issued.test(text));
    for (const example of fc.sample(made, { numRuns: everything ? 4 : 2, seed })) {
      const texts = [
        example,
        `logs-${example}`,
        `no such index [${example}]`,
        `a ${example}, b`,
        `x=%3D${example}`,
        `"${example}"`,
      ];
      t.strictSame(leaks(texts, example), [], id);
      t.notOk(canStandInPath(harmless(`logs-${example}`, 1000)), `${id}: what is left is not an index name`);
    }
  }
  t.end();
});

const written: readonly ((name: string) => string)[] = [
  (name) => `${name}=${canary}`,
  (name) => `${name}: ${canary}`,
  (name) => `x ${name} : "${canary} with spaces" y`,
  (name) => `${name} [${canary}]`,
  (name) => `{"${name}":"${canary}"}`,
  (name) => `{\\"${name}\\": \\"a\\\\\\"${canary}\\"}`,
  (name) => `'${name}' => '${canary}'`,
  (name) => `{"name":"${name}","value":"${canary}"}`,
  (name) => `<${name}>${canary}</${name}>`,
  (name) => `?a=b&${encodeURIComponent(name)}=${canary}&c=d`,
  (name) => `${name}%3D${canary}`,
  (name) => `my_${name}=${canary}`,
];

t.test('every name of a secret, in every language and spelling', (t) => {
  for (const word of [...secretNames.flatMap(({ words }) => words), ...secretSettings]) {
    const upper = word.toUpperCase();
    const spellings = [word, word.normalize('NFD'), word.replaceAll(' ', '_'), word.replaceAll(' ', '-')];
    // The capital of a Turkish i is another letter; such words are listed.
    if (upper.toLowerCase() === word) spellings.push(upper);
    for (const name of new Set(spellings)) {
      t.strictSame(
        leaks(
          written.map((write) => write(name)),
          'cAnArY',
        ),
        [],
        name,
      );
      t.ok(isSecretName(name), name);
    }
  }
  t.end();
});

t.test('secrets by position', (t) => {
  for (const text of [
    `pass ${canary}`,
    `the passcode is ${canary}`,
    `Das Passwort lautet ${canary}`,
    `password for user elastic: ${canary}`,
    `пароль пользователя: ${canary}`,
    `用户密码是：${canary}`,
    `userPassword=${canary}`,
    `passwordHash: ${canary}`,
    `ADMIN_PASSWORDS=${canary}`,
    `sqlplus scott/${canary}@db`,
    `scott/${canary}@//h:1521/x`,
    `jdbc:oracle:thin:scott/${canary}@h:1521:x`,
    `Cookie: a=${canary}; b=${canary}`,
    `password=ab,${canary}`,
    `Authorization: Custom ${canary}`,
    `AccountName=x;AccountKey=${canary}==;EndpointSuffix=core.windows.net`,
    `https://x.example/a?sv=2020&sig=${canary}%3D`,
    `https://h/api?code=${canary}`,
    `machine h login u password ${canary}`,
    `db.example:5432:db:u:${canary}`,
    `a://a:b@c,c://u:${canary}@h`,
    `mongodb://u:${canary}@h1:27017,h2:27017/db?x=y`,
    `http://a@b:c/${canary}@h`,
    `otpauth://totp/x?secret=${canary}`,
    `redis-cli -a ${canary}`,
    `curl -u elastic:${canary} h`,
    `PuTTY-User-Key-File-2: ssh-rsa ${canary}`,
    `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${canary}`,
    `scott/${canary}@db.example:1521/x`,
    `sshpass -p'${canary}' ssh h`,
    `useradd -p ${canary} u`,
    `snmpget -v2c -c ${canary} h`,
    `snmp-server community ${canary} RO`,
    `net use /user:d ${canary}`,
    `echo u:${canary} | chpasswd`,
    `enable password 7 ${canary}`,
    `IDENTIFIED BY '${canary}'`,
    `IDENTIFIED WITH plugin AS "${canary}"`,
    `ALTER USER u WITH PASSWORD '${canary}'`,
    `define('AUTH_KEY', '${canary} $%^')`,
    `ConvertTo-SecureString "${canary}" -AsPlainText`,
    `PSCredential('u', '${canary}')`,
    `auth=('u', '${canary}')`,
    `<entry key="password">${canary}</entry>`,
    `<key>password</key><string>${canary}</string>`,
    `WIFI:T:WPA;S:net;P:${canary};;`,
    `NEO4J_AUTH=neo4j/${canary}`,
    `http://h:8086/write?db=x&u=a&p=${canary}`,
    `PHPSESSID=${canary}`,
    `Splunk ${canary}1`,
  ]) {
    const result = redact(text);
    t.notMatch(result, /cAnArY/, text);
    t.equal(redact(result), result, 'twice is once');
  }
  t.end();
});

t.test('a long value that looks random is cut', (t) => {
  const base64 = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length}}$`));
  for (const length of [28, 32, 40, 64]) {
    const values = fc.sample(base64(length), { numRuns: 300, seed });
    const missed = values.filter((value) => !isRandom(value));
    t.ok(missed.length <= 6, `${missed.length} of ${values.length} of ${length} characters`);
  }
  for (const value of [
    ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
    Buffer.from(canary.repeat(4)).toString('base64'),
  ]) {
    t.equal(redact(`logged ${value} in`), 'logged [redacted] in');
    t.equal(redact(value), '[redacted]');
  }
  t.end();
});

t.test('a name and a value in base64, and the words of a seed', (t) => {
  const login = Buffer.from(`u:${canary}`).toString('base64');
  for (const text of [`_auth=${login}`, `{"auth":"${login}"}`, `logs-${login}`, `read ${login} in`])
    t.notMatch(redact(text), login);
  const seed = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  for (const text of [seed, `${seed} ${seed}`, `no such index [${seed}]`, `"${seed}"`])
    t.notMatch(redact(text), /sausage/, text);
  t.end();
});

t.test('names, ids, hashes and the words of products stay', (t) => {
  for (const text of [
    'ef48222227ee6b9e70e502f0f0daa52435ee634d',
    '299 Elasticsearch-12.3.0-SNAPSHOT-3ae9ac9a93c95bd0cdc054951cf95d88e1e18d96 "x"',
    'Elasticsearch-8.0.0-rc1-ABC-4dcd6c77-2f5b-4a6e-9d8e-1f2a3b4c5d6e',
    'd41d8cd98f00b204e9800998ecf8427e',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'uWs6Do3ERJGJRHLHHG6qGw',
    '/_nodes/uWs6Do3ERJGJRHLHHG6qGw/stats',
    '{node-1}{uWs6Do3ERJGJRHLHHG6qGw}{Xk1dP3WsQ8S_3pSQHcPxVA}{10.0.0.1}{10.0.0.1:9300}{dim}',
    '4dcd6c77-2f5b-4a6e-9d8e-1f2a3b4c5d6e',
    '4DCD6C77-2F5B-4A6E-9D8E-1F2A3B4C5D6E',
    'instance-0000000012',
    'logs-2026.11.29-000001',
    '.ds-metrics-system.cpu-default-2026.11.29-000012',
    'tenant-01hf3k9x2z8q7w6e5r4t3y2u1i-orders',
    'backup-d41d8cd98f00b204e9800998ecf8427e',
    'restored-.ds-logs-apache.access-default-2026.10.01-000003',
    'customerShippingAddressLine1PostcodeOrZip',
    'CUSTOMER_SHIPPING_ADDRESS_LINE_1_POSTCODE',
    'HTTPResponseHeaderXForwardedFor',
    'org.elasticsearch.xpack.core.security.authc.Authentication$1',
    'io.netty.channel.AbstractChannel$AnnotatedConnectException: finishConnect(..) failed: Connection refused',
    '2022-01-31T05:34:43.355724082Z',
    'search-mydomain-abcdefghijklmnop2qrstuvwxy.eu-west-1.es.amazonaws.com',
    'token_filter',
    'tokenizer: standard',
    'the field [passenger_name]',
    'PASSENGER: x',
    'mapping: strict',
    'secretary: x',
    'inside: x',
    'spin: 3',
    'signed: x',
    'passwords',
    'user_password',
    'session_id',
    'api_key',
    'plugin:security@6.4.2',
    'core:elasticsearch@7.10.2',
    '2001:4860:4860:8888:8844:0:0:1',
    '127.0.0.1:9300',
    'node:9200:9300',
    'security_exception',
    'request [/] contains unrecognized parameter: [leftopen_0123456789ab]',
    'password: null',
    'all shards failed because the cluster has been closed for new writes by its owner',
    'customerOrganizationUnits',
    'internationalization',
    'identified by [node-1]',
    'the routing_key: orders.created',
    'community edition 7',
  ])
    t.equal(redact(text), text);
  for (const key of ['name', 'index', 'key', 'keys', 'tokenizer', 'passenger', 'kind', 'state', 'hash', 'build_hash'])
    t.notOk(isSecretName(key), key);
  t.end();
});

/** Texts that make a careless rule slow, of that many characters. */
const slow: Readonly<Record<string, string>> = {
  schemes: 'a://',
  'schemes after an at sign': '@a://',
  users: 'a://a:',
  'bare users': ',a:',
  'names of secrets': 'password=',
  'names in text': 'password for user a ',
  'quoted names': '"password":"',
  dots: 'a.',
  'schemes of logins': 'Bearer+',
  tags: '<input ',
  'tags with values': '<input value=',
  keys: '-----BEGIN PRIVATE KEY-----',
  commands: 'mysql ',
  options: ' -u a',
  tokens: 'eyJaaaaaaaa.',
  capitals: 'A',
  mixed: 'A1a',
  'Chinese names': '密码 ',
  cookies: 'a=b;',
  oracle: 'sqlplus a/',
  colons: 'a.b:9200:a:b:',
  'at signs': 'a/b@',
  backslashes: '\\',
  quotes: '\\"',
  spaces: 'password   ',
  escapes: 'a%3A',
  'escape sequences': '\u001b[',
  'white space': ' \t',
  brackets: 'password [',
};

t.test('ten times the text takes about ten times as long, whatever the text', (t) => {
  const took = (text: string): number => {
    let best = Infinity;
    for (let round = 0; round < 2; round += 1) {
      const before = process.cpuUsage();
      harmless(text, 1_000_000);
      best = Math.min(best, process.cpuUsage(before).user);
    }
    return best;
  };
  for (const [name, part] of Object.entries(slow))
    for (const before of ['', '@', 'password="']) {
      const text = (length: number): string => (before + part.repeat(length / part.length)).slice(0, length);
      const [once, ten] = [took(text(8_000)), took(text(80_000))];
      // A rule that is quadratic takes a hundred times as long. CPU of this process, so other work does not count.
      t.ok(ten < 35 * Math.max(once, 1_000), `${name} after ${JSON.stringify(before)}: ${once} and ${ten} µs`);
    }
  t.end();
});
