import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { answersTo } from '../../src/catalogue/exchanges.js';
import { reading, recordSoFar } from '../../src/catalogue/readings.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { EndpointRecord } from '../../src/model/exchange.js';
import { readCluster } from '../../src/reading/cluster.js';
import { readDashboardIdentity } from '../../src/reading/dashboard-identity.js';
import { readDashboardLogin } from '../../src/reading/dashboard-login.js';
import { readDashboard } from '../../src/reading/dashboard.js';
import { observe } from '../../src/reading/index.js';
import { readOtherProduct } from '../../src/reading/other-product.js';
import { survey } from '../../src/survey/index.js';
import { surveyed } from '../accuracy/score.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { sample } from '../support/sample.js';
import { writtenFiles } from '../support/written.js';

const endpoint: Endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: '', scheme: null };

const readings = { readCluster, readDashboard, readDashboardIdentity, readDashboardLogin, readOtherProduct, observe };

/** The record as it was after each of its exchanges, each grown out of the one before. */
function grown({ endpoint: own, exchanges }: EndpointRecord): readonly EndpointRecord[] {
  const steps: EndpointRecord[] = [];
  for (let length = 0; length <= exchanges.length; length += 1)
    steps.push(recordSoFar(own, exchanges.slice(0, length), steps.at(-1) ?? null));
  return steps;
}

/** The same with nothing that is remembered of it. */
function anew({ ordinal, endpoint: own, targets, at, exchanges, tls, cut }: EndpointRecord): EndpointRecord {
  const copies = exchanges.map((exchange) => structuredClone(exchange));
  return { ordinal, endpoint: { ...own }, targets, at, exchanges: copies, tls, cut };
}

t.test('whatever an answer adds, a reading is the one that a fresh look would give', (t) => {
  const records = [
    ...sample(recordingNames(), 16).map((name) => surveyed(recordingNamed(name), null)),
    ...sample(writtenFiles(), 10).map(({ recording }) => {
      const at = { ...endpoint, scheme: recording.head.scheme };
      return surveyAgainst(recording, at, survey(at, { techniques: techniquesWith({}), nonce: () => 'q7w8e9r0t1y0' }));
    }),
  ];
  let compared = 0;
  for (const record of records) {
    const steps = grown(record);
    for (const step of [...steps, record, { ...record, cut: 'interrupted' } as const]) {
      for (const [name, read] of Object.entries(readings)) {
        const [one, other] = [read(step), read(anew(step))];
        if (!isDeepStrictEqual(one, other)) t.same(one, other, `${name} after ${step.exchanges.length} exchanges`);
        compared += 1;
      }
    }
  }
  t.ok(compared > 500, `${compared} readings compared`);
  t.end();
});

t.test('is asked again only for what it looks at', (t) => {
  const record = surveyed(recordingNamed('elasticsearch/7.17.9-open'), 'http');
  const seen: number[] = [];
  const roots = reading((one) => {
    seen.push(answersTo(one, 'root').length);
    return answersTo(one, 'root');
  });
  const outer = reading((one) => roots(one).length);
  const late = reading((one) => `${one.cut ?? 'whole'} ${one.ordinal}`);
  const steps = grown(record);
  const asked = steps.map((step) => [outer(step), late(step)]);
  t.same(seen, [0, 1], 'before and after the root page');
  t.same(asked.at(-1), [1, 'whole 0']);
  t.equal(outer(record), 1);
  t.equal(seen.length, 2, 'nor when the survey is over');
  t.equal(late({ ...record, ordinal: 7, cut: 'interrupted' }), 'interrupted 7');
  t.end();
});
