// What a finding is called against the runs before it, night after night, at one place.
import t from 'tap';
import {
  comparePlace,
  comparePlaces,
  type Compared,
  type PlaceCompared,
  type RunNow,
} from '../../src/history/compare.js';
import type { Product, Rung } from '../../src/model/endpoint.js';
import type { Severity } from '../../src/model/finding.js';
import type { EndpointNow, PastPlace } from '../../src/model/history.js';
import type { DataClass } from '../../src/model/observation.js';
import { en } from '../../src/history/texts/en.js';
import { finding } from '../support/report-sample.js';
import { inOtherWords } from '../support/second-language.js';

const place = 'es.acme.example|9200|';

/** A finding of the access to this place, or of another check there. */
function hit(
  check: string,
  severity: Severity = 'critical',
  access: Rung = 'control',
  classes: readonly DataClass[] = [],
): Compared {
  const totals = classes.map((name) => ({
    class: name,
    certainty: 'strong' as const,
    indices: 1,
    fields: 1,
    documents: 1,
    atLeast: false,
  }));
  const primary = ['dashboard-open', 'cluster-open', 'cluster-metadata-exposed', 'cluster-banner-exposed'].includes(
    check,
  );
  return { finding: finding({ check, severity, access, classes: totals, fingerprint: `${check} here` }), primary };
}

function at(part: Partial<EndpointNow<Compared>> = {}): EndpointNow<Compared> {
  return {
    address: '192.0.2.1',
    state: 'open',
    asked: true,
    cut: false,
    why: null,
    passed: {},
    undetermined: {},
    denied: [],
    found: [],
    ...part,
  };
}

const open = (...found: Compared[]) => at({ found });
const guarded = (part: Partial<EndpointNow<Compared>> = {}) =>
  at({ state: 'guarded', passed: { 'cluster-open': [7] }, denied: [7], ...part });
const silent = (part: Partial<EndpointNow<Compared>> = {}) => at({ state: 'unreachable', why: 'no answer', ...part });
const unjudged = at({ state: 'undetermined', why: 'a maintenance page' });

interface Night {
  readonly run?: Partial<RunNow>;
  readonly endpoints: readonly EndpointNow<Compared>[] | null;
}

/** Compares each night with all before it; gives `check: status` of what was found and what is gone. */
function nights(...all: readonly (Night | readonly EndpointNow<Compared>[])[]): string[] {
  return inFull(...all).map(({ endpoints, gone }) =>
    [
      ...endpoints.flatMap(({ found }) => found.map(({ item, history }) => `${item.finding.check}: ${history.status}`)),
      ...gone.map(({ check, status }) => `${check}: ${status}`),
    ].join(', '),
  );
}

function isNight(night: Night | readonly EndpointNow<Compared>[]): night is Night {
  return 'endpoints' in night;
}

function inFull(...all: readonly (Night | readonly EndpointNow<Compared>[])[]): PlaceCompared<EndpointNow<Compared>>[] {
  let past: PastPlace | null = null;
  return all.map((night, i) => {
    const { endpoints, run } = isNight(night) ? night : { endpoints: night, run: {} };
    const compared: PlaceCompared<EndpointNow<Compared>> = comparePlace(
      past,
      endpoints === null ? null : { place, endpoints },
      {
        run: `run-${i + 1}`,
        startedAt: `2026-11-${String(i + 1).padStart(2, '0')}T02:00:00.000Z`,
        checks: null,
        alive: true,
        absent: () => 'not-asked',
        ...run,
      },
    );
    past = compared.past;
    return compared;
  });
}

const clusterOpen = hit('cluster-open');

t.test('a finding is new once, and unchanged until something rises', (t) => {
  t.strictSame(nights([open(clusterOpen)], [open(clusterOpen)]), ['cluster-open: new', 'cluster-open: unchanged']);
  const [, , third] = inFull([open(clusterOpen)], [open(clusterOpen)], [open(clusterOpen)]);
  const history = third?.endpoints[0]?.found[0]?.history;
  t.match(history, {
    firstSeen: '2026-11-01T02:00:00.000Z',
    lastSeen: '2026-11-03T02:00:00.000Z',
    daysOpen: 2,
    before: { severity: 'critical', lastSeen: '2026-11-02T02:00:00.000Z' },
  });
  t.end();
});

t.test('severity, access or a new class of data make it worse; better is the opposite, shown', (t) => {
  const steps = (...hits: Compared[]) =>
    nights(...hits.map((one) => [open(one)])).map((status) => status.split(': ')[1]);
  const medium = hit('cluster-open', 'medium', 'documents');
  const names = hit('cluster-open', 'medium', 'documents', ['person-name']);
  const higher = hit('cluster-open', 'high', 'documents');
  const control = hit('cluster-open', 'medium', 'control');
  t.strictSame(steps(medium, higher, medium), ['new', 'worse', 'better']);
  t.strictSame(steps(medium, control, medium), ['new', 'worse', 'better']);
  t.strictSame(steps(medium, names, medium, names), ['new', 'worse', 'unchanged', 'unchanged'], 'a class seen once');
  t.strictSame(
    steps(hit('cluster-open', 'high', 'documents'), hit('cluster-open', 'medium', 'control')),
    ['new', 'worse'],
    'what rose in one respect is not better',
  );
  t.end();
});

t.test('a survey that was cut short does not show an improvement', (t) => {
  const low = hit('cluster-open', 'medium', 'metadata');
  t.strictSame(nights([open(clusterOpen)], [at({ found: [low], cut: true })], [open(clusterOpen)], [open(low)]), [
    'cluster-open: new',
    'cluster-open: unchanged',
    'cluster-open: unchanged',
    'cluster-open: better',
  ]);
  t.end();
});

t.test('the owner that a finding had before is named once, and not where it still concerns that owner', (t) => {
  const of = (owner: string | null, ...others: string[]): Compared => ({
    ...clusterOpen,
    finding: { ...clusterOpen.finding, owner, owners: owner === null ? others : [owner, ...others] },
  });
  const before = (...all: Compared[]) =>
    inFull(...all.map((one) => [open(one)])).map(({ endpoints }) => endpoints[0]?.found[0]?.history.ownerBefore);
  t.strictSame(before(of('Shop'), of('Data'), of('Data')), [undefined, 'Shop', undefined]);
  t.strictSame(before(of('Shop'), of('Data', 'Shop')), [undefined, undefined]);
  t.strictSame(before(of('Shop', 'Data'), of('Shop')), [undefined, undefined], 'an endpoint that shares it is gone');
  t.strictSame(before(of(null), of('Data')), [undefined, null]);
  t.end();
});

t.test('what shows less than before and is not shown to be better says what it was', (t) => {
  const less = at({
    state: 'undetermined',
    undetermined: { 'cluster-open': 'denied by something unknown' },
    found: [hit('cluster-banner-exposed', 'info', 'banner')],
  });
  const [, second, third] = inFull([open(clusterOpen)], [less], [less]);
  for (const night of [second, third]) {
    const history = night?.endpoints[0]?.found[0]?.history;
    t.match(history, { status: 'unchanged', before: { severity: 'critical' } });
    t.match(history?.why, /critical.*control/);
  }
  t.end();
});

t.test('how far a caller gets is one finding per place, whichever check reports it', (t) => {
  const names = hit('cluster-metadata-exposed', 'high', 'metadata');
  const passed = { 'cluster-open': [3] };
  t.strictSame(
    nights([open(clusterOpen)], [at({ found: [names], passed })], [open(clusterOpen)], [guarded()], [open(names)]),
    [
      'cluster-open: new',
      'cluster-metadata-exposed: better',
      'cluster-open: worse',
      'cluster-open: fixed',
      'cluster-metadata-exposed: new',
    ],
  );
  t.strictSame(
    nights([open(clusterOpen)], [at({ found: [names], undetermined: { 'cluster-open': 'not tested' } })]),
    ['cluster-open: new', 'cluster-metadata-exposed: unchanged'],
    'that no more is open was not shown',
  );
  const end = hit('end-of-life', 'medium');
  t.strictSame(
    nights([open(end)], [open(clusterOpen)]),
    ['end-of-life: new', 'cluster-open: new, end-of-life: not-reached'],
    'other checks are not joined',
  );
  t.end();
});

t.test('a dashboard at the place of a cluster is another finding, and its login fixes no cluster', (t) => {
  const dashboard = hit('dashboard-open');
  t.strictSame(
    nights([open(clusterOpen)], [at({ product: 'kibana', found: [dashboard] })])[1],
    ['dashboard-open: new', 'cluster-open: not-reached'].join(', '),
  );
  const [, replaced] = inFull([open(clusterOpen)], [at({ product: 'kibana', found: [dashboard] })]);
  t.match(replaced?.gone, [{ why: en.gone.otherProduct }]);
  const login = (product: Product | null, check: string) =>
    nights([open(hit(check))], [at({ state: 'guarded', product, denied: [7] })])[1]?.split(': ')[1];
  t.equal(login('kibana', 'cluster-open'), 'not-reached');
  t.equal(login('elasticsearch', 'dashboard-open'), 'not-reached');
  t.equal(login('opensearch', 'cluster-open'), 'fixed');
  t.equal(login('kibana', 'dashboard-open'), 'fixed');
  t.equal(login(null, 'cluster-open'), 'fixed', 'what denies every caller denies this one');
  t.end();
});

t.test('only a response shows that a finding is fixed', (t) => {
  const gone = (...all: readonly (Night | readonly EndpointNow<Compared>[])[]) =>
    nights([open(clusterOpen)], ...all).slice(1);
  t.strictSame(gone([guarded()], [guarded()]), ['cluster-open: fixed', ''], 'said once');
  t.strictSame(gone([at({ state: 'guarded', denied: [4] })]), ['cluster-open: fixed'], 'by a login of something else');
  t.strictSame(gone([guarded({ cut: true })]), ['cluster-open: not-reached'], 'its survey was cut short');
  t.strictSame(gone([unjudged]), ['cluster-open: not-reached']);
  t.strictSame(gone([at({ undetermined: { 'cluster-open': 'not tested' } })]), ['cluster-open: not-reached']);
  t.strictSame(
    gone([silent({ passed: { 'cluster-open': [1] } })]),
    ['cluster-open: not-reached'],
    'silence is not proof',
  );
  t.strictSame(gone({ endpoints: null }), ['cluster-open: not-asked']);
  t.strictSame(gone([at({ asked: false, why: 'blackout hours' })]), ['cluster-open: not-asked']);
  t.strictSame(gone({ endpoints: [guarded()], run: { checks: ['end-of-life'] } }), ['cluster-open: not-asked']);
  t.strictSame(
    gone(
      { endpoints: null, run: { absent: () => 'withdrawn' } },
      { endpoints: null, run: { absent: () => 'withdrawn' } },
    ),
    ['cluster-open: withdrawn', ''],
  );
  const [, fixed] = inFull([open(clusterOpen)], [guarded()]);
  t.strictSame(fixed?.gone[0]?.shownBy, [7]);
  t.end();
});

t.test('a finding on a version is not fixed by a login that hides the version', (t) => {
  const version = hit('end-of-life', 'medium');
  t.strictSame(nights([open(version)], [guarded()]), ['end-of-life: new', 'end-of-life: not-reached']);
  t.strictSame(nights([open(version)], [guarded({ passed: { 'end-of-life': [2] } })])[1], 'end-of-life: fixed');
  t.end();
});

t.test('a place is closed when two runs did not reach it while others responded', (t) => {
  const gone = (...all: readonly (Night | readonly EndpointNow<Compared>[])[]) =>
    nights([open(clusterOpen)], ...all).slice(1);
  const dead: Night = { endpoints: [silent()], run: { alive: false } };
  t.strictSame(gone([silent()], [silent()], [silent()]), ['cluster-open: not-reached', 'cluster-open: closed', '']);
  t.strictSame(gone([silent()], dead, [silent()]), [
    'cluster-open: not-reached',
    'cluster-open: not-reached',
    'cluster-open: closed',
  ]);
  t.strictSame(
    gone(dead, dead, dead),
    Array.from({ length: 3 }, () => 'cluster-open: not-reached'),
  );
  t.strictSame(gone([silent()], [open(clusterOpen)], [silent()]), [
    'cluster-open: not-reached',
    'cluster-open: unchanged',
    'cluster-open: not-reached',
  ]);
  t.strictSame(gone([silent()], [unjudged], [silent()])[1], 'cluster-open: not-reached');
  const nginx = at({ state: 'other-product' });
  t.strictSame(
    gone([nginx], [nginx]),
    ['cluster-open: not-reached', 'cluster-open: closed'],
    'something else is there',
  );
  t.strictSame(gone([silent()], [silent()], [guarded()]), [
    'cluster-open: not-reached',
    'cluster-open: closed',
    'cluster-open: fixed',
  ]);
  t.end();
});

t.test('what was fixed or closed and is back is reopened, and its days count from zero', (t) => {
  const back = inFull([open(clusterOpen)], [guarded()], { endpoints: null }, [open(clusterOpen)], [open(clusterOpen)]);
  t.strictSame(
    back.slice(3).map(({ endpoints }) => endpoints[0]?.found[0]?.history.status),
    ['reopened', 'unchanged'],
  );
  t.match(back[4]?.endpoints[0]?.found[0]?.history, {
    firstSeen: '2026-11-01T02:00:00.000Z',
    openSince: '2026-11-04T02:00:00.000Z',
    daysOpen: 1,
  });
  t.strictSame(nights([open(clusterOpen)], [silent()], [silent()], [open(clusterOpen)])[3], 'cluster-open: reopened');
  const withdrawn: Night = { endpoints: null, run: { absent: () => 'withdrawn' } };
  t.strictSame(
    nights([open(clusterOpen)], withdrawn, [open(clusterOpen)])[2],
    'cluster-open: unchanged',
    'declared again',
  );
  t.end();
});

t.test('a name with several addresses is one finding until each of them is shown to be fixed', (t) => {
  const a = (found: Compared[]) => at({ address: '192.0.2.1', found });
  const b = (found: Compared[]) => at({ address: '192.0.2.2', found });
  const bGuarded = guarded({ address: '192.0.2.2' });
  t.strictSame(nights([a([clusterOpen]), b([clusterOpen])], [a([clusterOpen]), bGuarded], [guarded(), bGuarded]), [
    'cluster-open: new, cluster-open: new',
    'cluster-open: unchanged',
    'cluster-open: fixed',
  ]);
  t.strictSame(
    nights([a([clusterOpen]), bGuarded], [a([clusterOpen]), b([clusterOpen])])[1],
    'cluster-open: worse, cluster-open: worse',
    'an address that denied access is open',
  );
  t.strictSame(nights([a([clusterOpen])], [b([clusterOpen])])[1], 'cluster-open: unchanged', 'the name moved');
  t.strictSame(
    nights([a([clusterOpen])], [bGuarded], [bGuarded]).slice(1),
    ['cluster-open: not-reached', 'cluster-open: closed'],
    'the old address was not asked: never fixed',
  );
  t.strictSame(
    nights([a([clusterOpen]), b([clusterOpen])], [guarded(), silent({ address: '192.0.2.2' })])[1],
    'cluster-open: not-reached',
  );
  t.end();
});

t.test('what only newer knowledge finds in the old responses is not news about the estate', (t) => {
  const [first] = inFull([open(hit('end-of-life', 'medium'))]);
  const past = first?.past ?? { place, checks: [] };
  const judgedAgain = (byKnowledge: 'new' | 'worse' | 'gone'): PastPlace => ({
    place,
    checks: past.checks.map((check) => ({ ...check, byKnowledge })),
  });
  const run: RunNow = {
    run: 'run-2',
    startedAt: '2026-11-02T02:00:00.000Z',
    checks: null,
    alive: true,
    absent: () => 'not-asked',
  };
  const again = (byKnowledge: 'new' | 'worse' | 'gone', endpoint: EndpointNow<Compared>) =>
    comparePlace(judgedAgain(byKnowledge), { place, endpoints: [endpoint] }, run);
  const found = open(hit('end-of-life', 'medium'));
  t.match(again('new', found).endpoints[0]?.found[0]?.history, { status: 'new', cause: 'knowledge' });
  t.match(again('worse', found).endpoints[0]?.found[0]?.history, { status: 'worse', cause: 'knowledge' });
  t.match(
    again('new', open(hit('end-of-life', 'high'))).endpoints[0]?.found[0]?.history,
    { status: 'worse', cause: 'estate' },
    'more than the old responses show',
  );
  t.match(again('gone', at()).gone, [{ status: 'withdrawn', cause: 'knowledge' }]);
  t.strictSame(again('new', guarded()).gone, [], 'it was in no record');
  t.match(again('gone', at()).past.checks, [{ last: { status: 'withdrawn', cause: 'knowledge' } }], 'for its ticket');
  const back = comparePlace(again('gone', at()).past, { place, endpoints: [found] }, { ...run, run: 'run-3' });
  t.match(
    back.endpoints[0]?.found[0]?.history,
    { status: 'new', firstSeen: run.startedAt },
    'said once, then forgotten',
  );
  t.strictSame(comparePlace(again('gone', at()).past, { place, endpoints: [at()] }, run).past.checks, []);
  const waiting = again('new', silent()).past;
  t.match(waiting.checks, [{ byKnowledge: 'new', last: { run: 'run-1' } }]);
  for (const between of [{ place, endpoints: [silent()] }, { place, endpoints: [unjudged] }, null]) {
    const next = comparePlace(waiting, between, { ...run, run: 'run-3' });
    t.strictSame(next.gone, []);
    t.match(
      comparePlace(next.past, { place, endpoints: [found] }, { ...run, run: 'run-4' }).endpoints[0]?.found[0]?.history,
      { status: 'new', cause: 'knowledge' },
      'it is not the estate that changed, however long nothing saw it',
    );
  }
  t.strictSame(again('new', at({ passed: { 'end-of-life': [3] } })).past.checks, [], 'shown not to be there');
  t.strictSame(comparePlace(waiting, null, { ...run, absent: () => 'withdrawn' }).past.checks, []);
  for (const [status, endpoint] of [
    ['not-reached', silent()],
    ['not-asked', at({ asked: false })],
    ['fixed', at({ passed: { 'end-of-life': [3] } })],
  ] as const) {
    const kept = again('worse', endpoint).past.checks;
    t.match(kept, [{ check: 'end-of-life', last: { status } }], `newer knowledge forgets nothing that is ${status}`);
    t.notOk(kept[0] && 'byKnowledge' in kept[0], 'and is not written');
  }
  t.end();
});

t.test('of several vantages, each counts for what it found itself, and each of its runs once', (t) => {
  const from = (vantage: string, day: number, part: EndpointNow<Compared>): EndpointNow<Compared> => ({
    ...part,
    address: `192.0.2.1 from ${vantage}`,
    from: vantage,
    seenAt: `2026-11-${String(day).padStart(2, '0')}T01:00:00.000Z`,
  });
  const found = [from('internet', 1, open(clusterOpen)), from('office', 1, open(clusterOpen))];
  t.strictSame(
    nights(
      found,
      [from('internet', 2, silent()), from('office', 2, guarded())],
      [from('internet', 2, silent()), from('office', 3, guarded())],
      [from('internet', 4, silent()), from('office', 4, guarded())],
    ).slice(1),
    ['cluster-open: not-reached', 'cluster-open: not-reached', 'cluster-open: closed'],
    'a run that is merged twice was silent once',
  );
  const officeAlone = [from('office', 1, open(clusterOpen)), from('internet', 1, guarded())];
  const withoutOffice = (day: number) => [from('internet', day, guarded())];
  t.strictSame(
    nights(officeAlone, withoutOffice(2), withoutOffice(3), [from('office', 4, guarded()), ...withoutOffice(4)]).slice(
      1,
    ),
    ['cluster-open: not-asked', 'cluster-open: not-asked', 'cluster-open: fixed'],
    'a vantage that did not ask closes nothing',
  );
  t.strictSame(nights(found, withoutOffice(2))[1], 'cluster-open: not-asked', 'fixed for one, not asked by the other');
  const [, moved] = inFull(found, [
    from('internet', 2, guarded()),
    { ...from('office', 2, open(clusterOpen)), address: '192.0.2.2 from office' },
  ]);
  t.strictSame(
    moved?.past.checks[0]?.addresses.map(({ address, result }) => [address, result]),
    [
      ['192.0.2.1 from internet', 'good'],
      ['192.0.2.1 from office', 'away'],
      ['192.0.2.2 from office', 'fail'],
    ],
  );
  t.end();
});

t.test('the reason why it is not known concerns an address that is not good', (t) => {
  const b = guarded({ address: '192.0.2.2' });
  const [, , third] = inFull([open(clusterOpen), at({ address: '192.0.2.2', found: [clusterOpen] })], [b], [b]);
  t.match(third?.gone, [{ status: 'closed', why: en.gone.twice(en.gone.leadsElsewhere(['192.0.2.1'])) }]);
  t.end();
});

t.test('two sorted streams are merged place by place, and unsorted ones are our bug', async (t) => {
  async function* stream<Item>(...items: Item[]) {
    for (const item of items) yield await Promise.resolve(item);
  }
  const [first] = inFull([open(clusterOpen)]);
  const checks = first?.past.checks ?? [];
  const past = ['a|1|', 'c|1|', 'd|1|'].map((name) => ({ place: name, checks }));
  const now = ['b|1|', 'c|1|'].map((name) => ({ place: name, endpoints: [open(clusterOpen)] }));
  const run = { run: 'r', startedAt: '2026-11-02T02:00:00.000Z', checks: null, alive: true };
  const seen: string[] = [];
  for await (const one of comparePlaces(stream(...past), stream(...now), { ...run, absent: () => 'not-asked' }))
    seen.push(`${one.place} ${one.gone[0]?.status ?? one.endpoints[0]?.found[0]?.history.status ?? ''}`);
  t.strictSame(seen, ['a|1| not-asked', 'b|1| new', 'c|1| unchanged', 'd|1| not-asked']);
  const wrong = comparePlaces(stream(...past.reverse()), stream(...now), { ...run, absent: () => 'not-asked' });
  await t.rejects(async () => {
    for await (const one of wrong) t.ok(one.place);
  }, /out of order/);
});

t.test('in another language, no reason is English', (t) => {
  const texts = inOtherWords(en);
  const run = { texts };
  const low = hit('cluster-open', 'high', 'documents');
  const elsewhere = at({ address: '192.0.2.9', found: [] });
  const seen = inFull(
    { run, endpoints: [open(low)] },
    { run, endpoints: [open(hit('cluster-open', 'critical', 'control', ['health']))] },
    { run, endpoints: [open(low)] },
    { run, endpoints: [silent({ why: null })] },
    { run, endpoints: [silent({ why: null })] },
    { run, endpoints: [open(low)] },
    { run, endpoints: [guarded()] },
    { run, endpoints: [open(low)] },
    { run, endpoints: [at({ asked: false })] },
    { run: { ...run, alive: false }, endpoints: [silent({ why: null })] },
    { run, endpoints: [at({ state: 'undetermined', why: null })] },
    { run, endpoints: [at({ state: 'decoy' })] },
    { run, endpoints: [at({ state: 'other-product' })] },
    { run, endpoints: [at({ cut: true })] },
    { run, endpoints: [elsewhere] },
    { run: { ...run, checks: [] }, endpoints: [open()] },
    { run: { ...run, absent: () => 'not-asked' }, endpoints: null },
    { run: { ...run, absent: () => 'withdrawn' }, endpoints: null },
  );
  const whys = seen.flatMap(({ endpoints, gone }) => [
    ...endpoints.flatMap(({ found }) => found.map(({ history }) => history.why)),
    ...gone.map(({ why }) => why),
  ]);
  const said = whys.filter((why) => why !== null && why !== '');
  t.ok(new Set(said).size > 10, `${new Set(said).size} reasons`);
  // Severities and rungs keep their names: they are ids of the record.
  t.same(
    said.filter((why) => /[a-z]{2,} [a-z]{2,}/i.test(why ?? '')),
    [],
  );
  t.end();
});
