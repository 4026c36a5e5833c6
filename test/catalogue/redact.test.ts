import t from 'tap';
import { clean, redact } from '../../src/catalogue/index.js';
import { cookieName, harmless, redactLocation } from '../../src/catalogue/redact.js';

const canary = 'cAnArY42secret';

t.test('secrets are removed wherever they appear', (t) => {
  for (const text of [
    `http://admin:${canary}@10.0.0.1:9200/_cat`,
    `https://${canary}@h.example`,
    `http://u:${canary}/with@h:9200/`,
    `http://u:a?${canary}#b@h`,
    `cloud.id: shop:${canary}`,
    `connect http://a:b@${canary}@h:9200 failed`,
    `initialEndpoints=http://zipkinuser:${canary}@127.0.0.1:19490, index=zipkin`,
    `Authorization: Basic ${canary}==`,
    `authorization=${canary}`,
    `Bearer ${canary}`,
    `ApiKey ${canary}`,
    `ES_PASSWORD=${canary}`,
    `password: ${canary}, user: x`,
    `xpack.security.http.ssl.keystore.secure_password: ${canary}`,
    `{"password":"${canary}"}`,
    `{"password" : "a\\"${canary}"}`,
    `{\\"api_key\\":\\"${canary}\\"}`,
    `{'token': '${canary}'}`,
    `{"password":"${canary}`,
    `client_secret="${canary} with spaces"`,
    `password: "${canary} with spaces"`,
    `a \\"passphrase = \\\\\\"${canary} quoted\\\\\\" x`,
    `?x=1&access_token=${canary}&y=2`,
    `Set-Cookie: sid=${canary}; Path=/`,
    `X-Api-Key: ${canary}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ${canary}.x`,
    `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${canary}`,
    `AKIA${canary.toUpperCase()}`,
    `ghp_${canary}0123456789abcdef`,
    `<input type="password" name="pw" value="${canary}">`,
    `<input value=${canary} name=pw>`,
    `{"html":"<input value=\\"${canary}\\">"}`,
    `bad credentials for user x with password [${canary}]`,
    `password: [${canary}]`,
    `curl -u elastic:${canary} http://x`,
    `curl --user 'elastic:${canary}' http://x`,
    `elastic:${canary}@es.example`,
    `hosts: [elastic:${canary}/a@10.0.0.1:9200]`,
    `elasticsearch.password ${canary}`,
    `ES_PASSWORD ${canary}`,
    `mysql -p${canary}`,
    `mysqldump -u root -p ${canary} shop`,
    `login --password ${canary}`,
    `the password is ${canary}`,
    `contraseña: ${canary}`,
    `contrasen\u0303a: ${canary}`,
    `mot de passe : ${canary}`,
    `Passwort=${canary}`,
    `Kennwort [${canary}]`,
    `пароль: ${canary}`,
    `密码：${canary}`,
    `senha=${canary}`,
  ]) {
    const result = redact(text);
    t.notMatch(result.toLowerCase(), canary.toLowerCase(), text);
    t.match(result, /\[redacted\]/);
    t.equal(redact(result), result, 'twice is once');
  }
  t.end();
});

t.test('what distinguishes one product from another stays', (t) => {
  for (const text of [
    'Basic realm="security", charset="UTF-8"',
    'Bearer realm="OpenSearch Security"',
    'ApiKey',
    'X-Security-IdP realm="OpenSearch Security" location="x"',
    'missing authentication token for REST request [/_cat/indices?format=json]',
    'missing authentication credentials for REST request [/]',
    'action [cluster:monitor/main] is unauthorized for user [_anonymous] with effective roles [reader]',
    'no permissions for [indices:monitor/settings/get] and User [name=opendistro_security_anonymous, backend_roles=[x], requestedTenant=null]',
    'request [/] contains unrecognized parameter: [leftopen_0123456789ab]',
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "Elasticsearch built-in security features are not enabled."',
    'Basic Authentication required',
    'http://10.0.0.1:9200/a@b',
    'http://[::1]:9200/a@b',
    'http://es.example/a:b@c',
    'unknown setting [xpack.security.http.ssl.keystore.secure_password]',
    'missing authentication token for REST request [/_security/_authenticate]',
    'unable to authenticate user [] for REST request [/]',
    'the password has expired',
    'mailto:security@acme.example',
    'node-a:9300 left, node-b@dc2 joined',
  ]) {
    t.equal(redact(text), text);
  }
  t.end();
});

t.test('locations keep the return address of a login, and no token', (t) => {
  t.equal(
    redactLocation('/login?next=%2Fapp%2Fkibana&msg=UNAUTHENTICATED'),
    '/login?next=%2Fapp%2Fkibana&msg=UNAUTHENTICATED',
  );
  t.equal(
    redactLocation(`https://u:${canary}@sso.example/auth?response_type=code&state=${canary}&nonce=${canary}#${canary}`),
    'https://[redacted]@sso.example/auth?response_type=&state=&nonce=',
  );
  t.equal(cookieName(`security_authentication=${canary}; Path=/`), 'security_authentication=');
  t.end();
});

t.test('secrets are found despite invisible characters, and before a text is cut', (t) => {
  for (const [text, max] of [
    [`pass\u200bword=${canary}`, 100],
    [`pass\u001b[1mword: ${canary}`, 100],
    [`password=\u202e${canary}`, 100],
    [`${'x '.repeat(10)}http://u:${canary}@h`, 45],
    [`${' '.repeat(4800)}http://u:${canary}${'x'.repeat(200)}@h`, 100],
    [`${' '.repeat(4800)}-----BEGIN PRIVATE KEY-----\n${canary}${'x'.repeat(200)}`, 100],
  ] as const) {
    t.notMatch(harmless(text, max), /cAnArY/, JSON.stringify(text.trim().slice(0, 60)));
  }
  t.equal(harmless('a\u202eb', 10), 'ab');
  t.equal(harmless('plain', 3), 'pl…');
  t.end();
});

t.test('nothing that moves the cursor, or hides or reverses text, is kept', (t) => {
  t.equal(clean('a\u001b[31mred\u001b[0m b', 100), 'ared b');
  t.equal(clean('a\u001b]0;title\u0007b', 100), 'ab');
  t.equal(clean('a\u009b2Jb\u0000\u0008c', 100), 'abc');
  t.equal(clean('in\u202egpj.\u2066x\u200b\u200f\ufeffy\u00adz', 100), 'ingpj.xyz');
  t.equal(clean('tag\u{e0041}s', 100), 'tags');
  t.equal(clean('lone\ud800 end\udfff', 100), 'lone end');
  t.equal(clean(' a \r\n\t b\u2028c ', 100), 'a b c');
  t.equal(clean('a \u0000 \u200b b', 100), 'a b', 'no double space where something invisible was');
  t.equal(clean('x'.repeat(50), 10), `${'x'.repeat(9)}…`);
  t.equal(clean('😀'.repeat(10), 4).length <= 4, true, 'no half of a character');
  t.equal(clean('<script>', 100), '<script>', 'markup is left to the format that writes it');
  t.end();
});
