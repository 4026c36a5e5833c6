// In another language, nothing that sending a run or a notification says is in English.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { errors, type DiagnosticResult } from '@elastic/elasticsearch';
import t from 'tap';
import type { Notify } from '../../src/model/notify.js';
import { failureNotice } from '../../src/report/notice.js';
import { en } from '../../src/report/texts/en.js';
import { destinationUrl, failureOf } from '../../src/sink/connection.js';
import { readCredentials, type CredentialSources } from '../../src/sink/credentials.js';
import { deliver } from '../../src/sink/notify.js';
import { errorText } from '../../src/store/mistake.js';
import { englishIn, speakOtherLanguage } from '../support/other-language.js';

const url = new URL('http://127.0.0.1:9200');

/** What the client throws for a response. */
function response(statusCode: number, error: object | string): errors.ResponseError {
  const meta: DiagnosticResult['meta'] = {
    ...{ context: null, name: 'x', connection: null, attempts: 0, aborted: false },
    request: { params: { method: 'GET', path: '/' }, options: {}, id: 1 },
  };
  return new errors.ResponseError({ statusCode, headers: {}, warnings: null, meta, body: { error } });
}

t.test('failures of a cluster', (t) => {
  speakOtherLanguage(t);
  const refused = (trouble: string) =>
    response(401, { type: 'x', reason: 'x', additional_unsuccessful_credentials: `API key: ${trouble}` });
  const failures = [
    response(401, { type: 'x', reason: 'missing authentication credentials' }),
    ...['is expired', 'has been invalidated', 'unable to find apikey', 'invalid ApiKey value', ''].map(refused),
    response(403, {
      type: 'x',
      reason:
        'action [indices:admin/get] is unauthorized for user [x] on indices [logs-x], this action is granted by the index privileges [manage,all]',
    }),
    response(403, 'x'),
    response(500, 'x'),
    ...['altnames', 'certificate has expired', 'self-signed', 'ENOTFOUND', 'EPROTO', 'ECONNRESET', 'x'].map(
      (says) => new errors.ConnectionError(says),
    ),
    new errors.DeserializationError('x', 'x'),
  ];
  t.same(
    failures.map((error) => errorText(failureOf(url, error)).replace('certificate has expired', '')).flatMap(englishIn),
    [],
  );
  t.end();
});

t.test('addresses and credentials', async (t) => {
  const folder = t.testdir({ open: 'x', writable: 'x', empty: '', lines: 'a\nb', large: 'x'.repeat(5_000) });
  const at = (name: string): string => join(folder, name);
  chmodSync(folder, 0o755);
  chmodSync(at('writable'), 0o666);
  chmodSync(at('open'), 0o644);
  speakOtherLanguage(t);
  const said: string[] = [];
  for (const to of ['x', 'https://a:b@c', 'https://c/?d', 'http://c'])
    try {
      destinationUrl(to);
    } catch (error) {
      said.push(errorText(error));
    }
  const sources: readonly Partial<CredentialSources>[] = [
    { apiKeyFile: at('none') },
    { apiKeyFile: at('writable') },
    { apiKeyFile: at('empty') },
    { apiKeyFile: at('lines') },
    { apiKeyFile: at('large') },
    { apiKeyFile: '' },
    { apiKeyFile: at('open'), username: 'u' },
    { username: 'a:b' },
    { username: 'a' },
    { passwordFile: at('open') },
    { username: 'a', passwordFile: at('lines') },
    { environment: { LEFTOPEN_SEND_API_KEY: 'é' } },
    { apiKeyFile: at('open') },
  ];
  for (const source of sources)
    await readCredentials({ environment: {}, ...source }, (text) => said.push(text)).catch((error: unknown) =>
      said.push(errorText(error)),
    );
  t.ok(said.length > 16);
  t.same(said.flatMap(englishIn), []);
});

t.test('notifications', async (t) => {
  speakOtherLanguage(t);
  const entries: readonly Notify['to'][] = [
    { kind: 'webhook', urlFrom: 'NONE', form: 'slack' },
    { kind: 'webhook', urlFrom: 'NO_URL', form: 'slack' },
    { kind: 'webhook', urlFrom: 'PLAIN', form: 'slack' },
    { kind: 'webhook', urlFrom: 'CLOSED', form: 'slack' },
    {
      ...{ kind: 'email', to: ['a@example.org'], from: 'b@example.org' },
      smtp: { host: '127.0.0.1', port: 1, user: null, passwordFrom: null, authority: null },
    },
  ];
  const notices = entries.map((to) => ({
    audience: {
      entry: { to, owners: null, when: 'always', severity: 'info', detail: 'full', at: 'targets.yaml:7' },
      owners: null,
    } as const,
    notice: failureNotice('E', '2026-01-01T00:00:00Z', en),
  }));
  const environment = { NO_URL: 'x', PLAIN: 'http://example.org', CLOSED: 'http://127.0.0.1:1' };
  const said = (await deliver(notices, environment, new Map())).map(({ failure }) => failure ?? 'delivered');
  t.same(said.flatMap(englishIn), []);
  t.notOk(said.includes('delivered'));
});
