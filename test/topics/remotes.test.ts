import t from 'tap';
import { basePathOf } from '../../src/demo/replay.js';
import { keepRemotes } from '../../src/topics/remotes.js';
import { keepSitePlugins } from '../../src/topics/site-plugins.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';

function seen(name: string) {
  const recording = recordingNamed(name);
  const endpoint = {
    host: '127.0.0.1',
    address: '127.0.0.1',
    port: 9200,
    basePath: basePathOf(recording),
    scheme: recording.head.scheme,
  };
  const options = { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' };
  const record = surveyAgainst(recording, endpoint, survey(endpoint, options));
  return { observations: observe(record), asked: record.exchanges.map(({ question }) => question) };
}

t.test('a real cluster that is linked to itself and to one out of reach', (t) => {
  const { observations } = seen('elasticsearch/7.17.9-gateway');
  t.match(observations.topics.remotes, {
    total: 2,
    connected: 1,
    list: [
      { name: 'branch', connected: true },
      { name: 'archive', connected: false },
    ],
  });
  t.end();
});

t.test('a real node that serves a page', (t) => {
  const { observations } = seen('elasticsearch/2.4.6-site-plugin');
  t.match(observations.topics.sitePlugins, { names: ['head'], total: 1 });
  t.equal(observations.topics.remotes, null);
  t.end();
});

t.test('a node without any plugin has no page, and is not asked for them', (t) => {
  const { observations, asked } = seen('elasticsearch/2.4.6-open');
  t.match(observations.topics.sitePlugins, { names: [], total: 0 });
  t.notOk(asked.includes('site-plugins'));
  t.end();
});

t.test('what would contact remote clusters is never asked', (t) => {
  let asked = 0;
  for (const name of recordingNames()) {
    const one = seen(name);
    const { product, version } = one.observations.identity;
    const major = Number.parseInt(version.number ?? '', 10);
    if (!one.asked.includes('remote-info')) continue;
    asked += 1;
    t.equal(one.observations.access.state, 'open', name);
    t.ok(product === 'opensearch' || (product === 'elasticsearch' && major >= 7), `${name}: ${version.number ?? '?'}`);
  }
  t.ok(asked > 5, `${asked} were asked`);
  t.end();
});

t.test('only explicit values are kept', (t) => {
  t.same(keepRemotes({}), { total: 0, connected: 0, list: [] }, 'linked to nothing');
  t.same(keepRemotes({ a: { connected: true, seeds: ['10.0.0.1:9300'] } }), {
    total: 1,
    connected: 1,
    list: [{ name: 'a', connected: true }],
  });
  for (const other of [null, [], 'x', { error: { type: 'x' }, status: 400 }, { a: { connected: 'yes' } }])
    t.equal(keepRemotes(other), null, JSON.stringify(other));
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`c${n}`, { connected: false }]));
  t.match(keepRemotes(many), { total: 300, connected: 0 });
  const nodes = (...plugins: unknown[]) => ({ nodes: { n1: { plugins }, n2: { plugins }, n3: 7 } });
  t.same(keepSitePlugins(nodes({ name: 'kopf', site: true }, { name: 'jvm', site: false }, { name: 'x' }, 3)), {
    names: ['kopf'],
    total: 1,
  });
  t.equal(keepSitePlugins({ error: 'x', status: 404 }), null);
  t.end();
});
