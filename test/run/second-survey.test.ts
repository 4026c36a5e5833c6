// A second survey of an endpoint knows what the first one learned, and never undoes what it proved.
import t from 'tap';
import type { EndpointRecord } from '../../src/model/exchange.js';
import { betterOf, learnedFrom } from '../../src/run/second-survey.js';
import { openElasticsearch } from '../support/clusters.js';
import { runSurvey, serve } from '../support/survey.js';

const open = runSurvey(openElasticsearch('7.17.9'));
const gone = runSurvey(() => 'refused');
const walled = runSurvey(
  serve(
    {},
    { status: 401, headers: { 'www-authenticate': 'Basic realm="security"' }, body: { error: 'x', status: 401 } },
  ),
);
const leftInPeace = (record: EndpointRecord): EndpointRecord => ({ ...record, cut: 'left-in-peace' });

t.test('the second visit knows the pace, the strain and the requests of the first', (t) => {
  const times = open.exchanges.flatMap(({ outcome, ms }) => (outcome.kind === 'answer' ? [ms] : []));
  t.ok(times.length > 3);
  const sent = open.exchanges.filter(({ request }) => request > 0).length;
  t.strictSame(learnedFrom(leftInPeace(open)), {
    requestsSpent: sent,
    learned: { answerTimes: times, strained: true },
  });
  t.equal(learnedFrom(open).learned?.strained, false);
  t.end();
});

t.test('what was proved remains, whatever the second survey meets', (t) => {
  const proved = leftInPeace(open);
  for (const [name, second] of Object.entries({ gone, walled })) {
    const counts = betterOf(proved, second, false);
    t.same(counts.exchanges, proved.exchanges, `open, then ${name}`);
    t.ok((counts.otherRequests ?? -1) >= 0, 'with the requests of both');
  }
  t.same(betterOf(leftInPeace(walled), gone, false).exchanges, walled.exchanges, 'denied, then gone');
  t.same(betterOf(leftInPeace(walled), open, false).exchanges, open.exchanges, 'denied, then open');
  t.same(betterOf(leftInPeace(open), walled, true).exchanges, walled.exchanges, 'unless the first proves nothing');
  t.end();
});
