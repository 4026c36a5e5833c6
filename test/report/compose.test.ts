// What the report says, as blocks: facts and links, whatever the wording and the format.

import t from 'tap';
import type { Finding, Problem, RemedyStep, RunInfo, Severity, StepTime } from '../../src/model/finding.js';
import { dataClasses, type DataClass, type IndexFacts } from '../../src/model/observation.js';
import { compose } from '../../src/report/compose/index.js';
import { headlineOf } from '../../src/report/compose/front.js';
import { commonSteps, planSteps } from '../../src/report/steps.js';
import type { Block, Inline, Text } from '../../src/report/document.js';
import { gravestFirst, lastingOf } from '../../src/report/finding-facts.js';
import { gather } from '../../src/report/gather.js';
import { limits } from '../../src/report/limits.js';
import { en } from '../../src/report/texts/en.js';
import { deadlineOf, notificationDuties } from '../../src/report/notification.js';
import { clean, finding, full, nothing, silent, stream, unfinished, type Sample } from '../support/report-sample.js';

async function blocksOf({ head, findings, endpoints }: Sample, extent: 'full' | 'summary' = 'full'): Promise<Block[]> {
  const blocks: Block[] = [];
  for await (const block of compose(head, stream(findings), stream(endpoints), extent, en)) blocks.push(block);
  return blocks;
}

/** The blocks of one part, by its id. */
function partOf(blocks: readonly Block[], id: string): Block[] {
  const from = blocks.findIndex((block) => block.kind === 'open' && 'id' in block.part && block.part.id === id);
  let depth = 0;
  const to = blocks.findIndex((block, i) => {
    if (i < from) return false;
    if (block.kind === 'open') depth += 1;
    if (block.kind === 'close') depth -= 1;
    return depth === 0;
  });
  return from < 0 ? [] : blocks.slice(from, to + 1);
}

function pieces(block: Block): readonly Inline[] {
  const texts: readonly Text[] = (() => {
    switch (block.kind) {
      case 'open':
        return block.part.as === 'lead' || block.part.as === 'problem' ? [block.part.title] : [];
      case 'heading':
      case 'paragraph':
        return [block.text];
      case 'terms':
        return block.rows.map(([, value]) => value);
      case 'list':
        return block.items.map(({ text }) => text);
      case 'table':
        return block.rows.flatMap(({ cells }) => cells);
      default:
        return [];
    }
  })();
  return texts.flat().filter((one) => one !== null);
}

function words(blocks: readonly Block[]): string {
  return blocks
    .map((block) =>
      pieces(block)
        .map((one) => (one.kind === 'severity' ? one.severity : one.text))
        .join(''),
    )
    .join('\n');
}

/** A problem of one endpoint; `part` bends it. */
function problem(part: Partial<Problem> = {}): Problem {
  const one = finding();
  return {
    id: 'alone',
    severity: one.severity,
    title: one.title,
    because: 'one endpoint',
    owners: one.owners,
    doors: [one.endpoint],
    doorsTotal: 1,
    doorsOpen: 1,
    checks: [one.check],
    findings: [one.fingerprint],
    findingsTotal: 1,
    ...part,
  };
}

/** One finding that is a problem of its own. */
function alone(part: Partial<Finding>, run: Partial<RunInfo> = {}): Sample {
  const one = finding({ problem: 'alone', ...part });
  const its = problem({ severity: one.severity, owners: one.owners, doorsOpen: one.state === 'open' ? 1 : 0 });
  const head = { ...full.head, run: { ...full.head.run, ...run }, problems: [its], problemsTotal: 1 };
  return { head, findings: [one], endpoints: [] };
}

t.test(
  'the first screen: headline, totals, and the worst problems with host, owner, since when and a link',
  async (t) => {
    const lead = partOf(await blocksOf(full), 'summary');
    const [open] = lead;
    t.match(open, { kind: 'open', part: { as: 'lead', severity: 'critical' } });
    t.match(words(lead), new RegExp(`${full.head.problemsTotal} problems`));
    const list = lead.find((block) => block.kind === 'list');
    if (list?.kind !== 'list') throw new Error('the first screen has no list');
    t.equal(list.items.length, Math.min(5, full.head.problemsTotal));
    for (const [i, { text }] of list.items.entries()) {
      const problem = full.head.problems[i];
      t.ok(
        text.some((one) => one?.kind === 'code' && one.text === problem?.doors[0]),
        `${i}: its host`,
      );
      t.ok(
        text.some((one) => one?.kind === 'link' && one.to === `#P${i + 1}`),
        `${i}: its link`,
      );
      for (const owner of problem?.owners ?? [])
        t.ok(
          text.some((one) => one?.kind === 'text' && one.text.includes(owner)),
          `${i}: each owner`,
        );
    }
    t.match(words(lead), /Without a login for at least 412 days/);
  },
);

t.test('every problem has one section, with one plan and a proof', async (t) => {
  const blocks = await blocksOf(full);
  for (const [i, problem] of full.head.problems.entries()) {
    const part = partOf(blocks, `P${i + 1}`);
    t.ok(part.length > 0, `P${i + 1} is there`);
    t.ok(
      part.some((block) => block.kind === 'list' && block.ordered),
      `P${i + 1} has its steps`,
    );
    t.ok(
      part.some((block) => block.kind === 'code' && block.language === 'shell'),
      `P${i + 1} has its proof`,
    );
    for (const owner of problem.owners) t.ok(words(part).includes(owner), `P${i + 1} names ${owner}`);
  }
});

t.test('links within the document lead somewhere', async (t) => {
  for (const sample of [full, clean, unfinished, nothing, silent]) {
    const blocks = await blocksOf(sample);
    const ids = new Set(
      blocks.flatMap((block) => {
        if (block.kind === 'open' && 'id' in block.part) return [block.part.id];
        return block.kind === 'list' ? block.items.flatMap(({ id }) => id ?? []) : [];
      }),
    );
    const led = [
      ...blocks.flatMap((block) =>
        pieces(block).flatMap((one) => (one.kind === 'link' && one.to.startsWith('#') ? [one.to.slice(1)] : [])),
      ),
      ...blocks.flatMap((block) => (block.kind === 'contents' ? block.entries.map(({ id }) => id) : [])),
    ];
    t.same(
      led.filter((id) => !ids.has(id)),
      [],
    );
  }
});

const step = (text: string, rest: Partial<RemedyStep> = {}): RemedyStep => ({
  when: 'today',
  text,
  code: null,
  ...rest,
});
const withSteps = (check: string, ...steps: RemedyStep[]): Finding =>
  finding({ check, remedy: { steps, verify: finding().remedy.verify } });

t.test(
  'a cluster of many nodes has each finding once, with the number of endpoints, and loses none of its steps',
  async (t) => {
    const nodes = Array.from({ length: 20 }, (_, i) => `http://n${i}.example:9200`);
    const ofEach = (check: string, step: (endpoint: string) => string): Partial<Finding>[] =>
      nodes.map((endpoint) => ({
        problem: 'p0',
        check,
        title: `${check} in one cluster`,
        endpoint,
        fingerprint: `${check} ${endpoint}`,
        remedy: {
          steps: [{ text: step(endpoint), code: null }],
          verify: { command: `curl ${endpoint}`, expect: '401' },
        },
      }));
    const sample = several(
      ...ofEach('cluster-open', () => 'Switch security on.'),
      ...ofEach('anyone-can-delete', (endpoint) => `Set it at ${endpoint}.`),
      ...ofEach('end-of-life', () => 'Move to a later line.'),
    );
    const problems = sample.head.problems.map((one) => ({ ...one, doors: nodes, doorsTotal: 20, findingsTotal: 60 }));
    const { details } = await gather({ ...sample.head, problems }, stream(sample.findings)());
    t.same(
      details[0]?.findings.map(({ check }) => check),
      [...Array.from({ length: limits.alike }, () => 'cluster-open'), 'anyone-can-delete', 'end-of-life'],
    );
    t.equal(planSteps(details[0]?.findings ?? []).length, 3);
    const section = words(partOf(await blocksOf({ ...sample, head: { ...sample.head, problems } }), 'P1'));
    t.match(section, /anyone-can-delete in one cluster\. Found at 20 endpoints\./);
    t.match(section, /end-of-life in one cluster\. Found at 20 endpoints\./);
    t.notMatch(section, /see findings\.jsonl/, 'all 60 are described');
    // what says different things of different endpoints is not one finding
    const apart = several(...nodes.map((endpoint, i) => ({ problem: 'p0', endpoint, title: `title ${i}` })));
    const rest = await gather(apart.head, stream(apart.findings)());
    t.equal(rest.details[0]?.findings.length, limits.findings);
  },
);

t.test('what one check says of two products is one list', (t) => {
  const [first, proxy, monitor] = [step('a.'), step('y.'), step('z.')];
  const plan = planSteps([
    withSteps('certificate-untrusted', first, step('of one.'), proxy, monitor),
    withSteps('certificate-untrusted', first, step('of another.'), proxy, monitor),
  ]).map(({ text }) => text);
  t.same(plan, ['a.', 'of one.', 'of another.', 'y.', 'z.']);
  t.end();
});

t.test('what several problems need is one step, however soon each needs it', (t) => {
  const plans = (['this-week', 'today', 'this-week'] as const).map((when) => ({
    findings: [withSteps('cluster-open', step('Block the port.', { when }))],
  }));
  const [shared, ...others] = commonSteps(plans);
  t.same([shared?.step.text, shared?.step.when, shared?.problems], ['Block the port.', 'today', 3]);
  t.same(others, []);
  t.end();
});

t.test('a plan has each step once, one upgrade, and the order of its times', (t) => {
  const plan = planSteps([
    withSteps(
      'cluster-open',
      step('b.'),
      step('a.', { when: 'this-hour', goal: 'block-port' }),
      step('leave.', { when: 'this-week', goal: 'upgrade' }),
    ),
    withSteps(
      'end-of-life',
      step('First close it.', { goal: 'close-first' }),
      step('to 8.19.', { when: 'this-week', goal: 'upgrade' }),
    ),
    withSteps('known-vulnerability', step('b.'), step('to 8.19.20.', { when: 'this-week', goal: 'upgrade' })),
  ]).map(({ text }) => text);
  t.same(plan, ['a.', 'b.', 'to 8.19.20.']);
  t.end();
});

t.test('a step that several problems share is given once, and referred to by its letter', async (t) => {
  const shared = step('Save the evidence.', { when: 'this-hour', code: 'date -u', language: 'shell' });
  const findings = ['a', 'b', 'c'].map((problem) =>
    finding({
      problem,
      fingerprint: problem,
      remedy: { steps: [shared, step(`Close ${problem}.`)], verify: finding().remedy.verify },
    }),
  );
  const problems = findings.map(({ problem: id }) => problem({ id }));
  const blocks = await blocksOf({ head: { ...full.head, problems, problemsTotal: 3 }, findings, endpoints: [] });
  const codes = blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.flatMap(({ code }) => (code?.text === 'date -u' ? [code] : [])) : [],
  );
  t.equal(codes.length, 1);
  for (const id of ['P1', 'P2', 'P3'])
    t.ok(
      partOf(blocks, id)
        .flatMap(pieces)
        .some((one) => one.kind === 'link' && one.to === '#step-A'),
      id,
    );
});

t.test('a reference to a shared step is a clause of its own', async (t) => {
  const shared: RemedyStep = {
    when: 'this-week',
    text: 'Schedule snapshots (or copies; either will do): nightly.',
    code: null,
  };
  const findings = ['a', 'b', 'c'].map((problem) =>
    finding({ problem, remedy: { steps: [shared], verify: finding().remedy.verify } }),
  );
  const problems = findings.map(({ problem: id }) => problem({ id }));
  const blocks = await blocksOf({ head: { ...full.head, problems, problemsTotal: 3 }, findings, endpoints: [] });
  t.match(words(partOf(blocks, 'P1')), 'This week: Schedule snapshots (step A).');
});

t.test('the headline on exposure time names the setting, and never calls uptime exposure', (t) => {
  const { since } = finding();
  const cases: [Partial<Finding>, Partial<RunInfo>, string][] = [
    [{}, {}, 'Without a login for at least 112 days.'],
    [{ since: { ...since, setting: 'anonymous-user' } }, {}, 'With an anonymous user for at least 112 days.'],
    [
      { since: { ...since, setting: 'guest-login', strength: 'weak' } },
      {},
      'Probably with a guest login for 112 days.',
    ],
    [
      { since: { ...since, configuredOpenSince: '2026-11-22T10:00:00.000Z' } },
      {},
      'Without a login for at least 10 hours.',
    ],
    [{ since: { ...since, configuredOpenSince: null, setting: null } }, {}, 'Seen open on 2026-11-22 20:00:04 UTC.'],
    [
      { since: { ...since, headline: 'seen', seenOpenSince: '2026-10-01T20:00:04.120Z' } },
      {},
      'Seen open for 52 days.',
    ],
    [{ since: { ...since, headline: 'seen', what: 'seen' } }, {}, 'Seen on 2026-11-22 20:00:04 UTC.'],
  ];
  for (const [part, run, headline] of cases)
    t.equal(en.problem.lasting(lastingOf(finding(part), alone(part, run).head)), headline);
  t.end();
});

t.test('good news has a headline, which never claims that everything is safe', async (t) => {
  for (const sample of [clean, silent, nothing]) {
    const { headline } = headlineOf(sample.head, await gather(sample.head, stream(sample.findings)()), en);
    t.notMatch(headline, /safe|secure/i);
    const { guarded, open } = sample.head.summary.states;
    if (open === 0 && guarded > 0) {
      t.match(headline, /^Nothing was found open/);
      t.ok(headline.includes(`${guarded} endpoints denied access`));
    }
    t.match(words(partOf(await blocksOf(sample), 'summary')), /Not assessed/);
  }
});

t.test('a problem of several owners counts for each, the worst owner first', async (t) => {
  const sample = alone({ owners: ['b', 'a'] });
  const { owners, ownersOf } = await gather(sample.head, stream(sample.findings)());
  t.equal(ownersOf, 'problems');
  t.same(
    owners.map(({ owner, counts }) => [owner, counts.critical]),
    [
      ['a', 1],
      ['b', 1],
    ],
  );
});

t.test(
  'notification deadlines appear where personal data may be exposed, and count from when the client became aware',
  async (t) => {
    const personal = {
      classes: [{ class: 'email', certainty: 'strong', indices: 1, fields: 1, documents: 3, atLeast: false }],
    } as const;
    t.ok(partOf(await blocksOf(alone(personal)), 'act-now').length > 0);
    t.same(partOf(await blocksOf(alone({ state: 'guarded', access: 'banner' })), 'act-now'), []);
    const open = { state: 'open', access: 'documents', classes: [], looked: null, contents: null } as const;
    t.ok(partOf(await blocksOf(alone({ ...open, check: 'cluster-open' })), 'act-now').length > 0, 'not ruled out');
    for (const check of ['end-of-life', 'certificate-shared', 'known-vulnerability'])
      t.same(partOf(await blocksOf(alone({ ...open, check })), 'act-now'), [], `${check} exposes nothing by itself`);
    const awareAt = '2026-11-29T08:30:00.000Z';
    const aware = alone(personal, { engagement: { ...full.head.run.engagement, awareAt } });
    t.match(words(partOf(await blocksOf(aware), 'act-now')), /2026-12-02 08:30:00 UTC.*\n?/);
    t.notMatch(words(partOf(await blocksOf(alone(personal)), 'act-now')), /2026-12-02/, 'never from our proof');
    const hours = notificationDuties.map((duty) => [
      en.duties.each[duty.id].law,
      duty.hours,
      deadlineOf(duty, awareAt) === null,
    ]);
    t.same(
      hours.filter(([, hours]) => hours !== null).map(([law, hours]) => [law, hours]),
      [
        ['GDPR, Article 33(1)', 72],
        ['NIS2, Article 23(4)(a)', 24],
        ['NIS2, Article 23(4)(b)', 72],
      ],
    );
  },
);

t.test('where severity and the CVSS rating differ, a sentence says why', async (t) => {
  const differs = alone({ cvss: { ...finding().cvss, v4: { vector: 'CVSS:4.0/x', score: 7.7 } } });
  const agrees = alone({ cvss: { ...finding().cvss, v4: { vector: 'CVSS:4.0/x', score: 9.3 } } });
  t.match(words(partOf(await blocksOf(differs), 'P1')), /the score rates the weakness alone/);
  t.notMatch(words(partOf(await blocksOf(agrees), 'P1')), /the score rates the weakness alone/);
});

t.test('the summary has no evidence and lists each problem', async (t) => {
  const blocks = await blocksOf(full, 'summary');
  t.notOk(blocks.some((block) => block.kind === 'code'));
  const table = partOf(blocks, 'problems').find((block) => block.kind === 'table');
  t.equal(table?.kind === 'table' ? table.rows.length : 0, full.head.problemsTotal);
  const ids = blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.flatMap(({ id }) => (id === undefined ? [] : [id]))
      : block.kind === 'list'
        ? block.items.flatMap(({ id }) => (id === undefined ? [] : [id]))
        : block.kind === 'open' && 'id' in block.part
          ? [block.part.id]
          : [],
  );
  for (const to of links(blocks)) if (to.startsWith('#')) t.ok(ids.includes(to.slice(1)), to);
});

t.test('a long run is counted exactly, and what is left out names its file', async (t) => {
  const problems = Array.from({ length: 1000 }, (_, i) => problem({ id: `p${i}` }));
  const findings = Array.from({ length: 2345 }, (_, i) => finding({ fingerprint: `f${i}`, problem: `p${i}` }));
  const blocks = await blocksOf({ head: { ...full.head, problems, problemsTotal: 2345 }, findings, endpoints: [] });
  t.equal(blocks.filter((block) => block.kind === 'open' && block.part.as === 'problem').length, limits.sections);
  t.match(words(partOf(blocks, 'more-problems')), /And 1,345 more: see findings\.json/);
});

/** Problems and their findings, one each, in this order. */
function several(...parts: readonly Partial<Finding>[]): Sample {
  const findings = parts.map((part, i) => finding({ problem: `p${i}`, fingerprint: `f${i}`, ...part }));
  const problems = [...new Set(findings.map((one) => one.problem))].map((id) => {
    const own = findings.filter((one) => one.problem === id);
    return problem({
      id,
      severity: own[0]?.severity ?? 'info',
      owners: own[0]?.owners ?? [],
      checks: own.map(({ check }) => check),
    });
  });
  return { head: { ...full.head, problems, problemsTotal: problems.length }, findings, endpoints: full.endpoints };
}

function classed(...names: readonly DataClass[]): Finding['classes'] {
  return names.map((name) => ({
    class: name,
    certainty: 'strong',
    indices: 1,
    fields: 1,
    documents: 3,
    atLeast: false,
  }));
}

/** Where the links of some blocks lead. */
function links(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(pieces).flatMap((one) => (one.kind === 'link' ? [one.to] : []));
}

t.test('the first page counts the kinds of data and what can be destroyed over all problems', async (t) => {
  const sample = several(
    { classes: classed('email') },
    { classes: classed('email', 'health') },
    { check: 'anyone-can-delete', problem: 'p1', classes: [] },
    { check: 'no-way-back', problem: 'p1', classes: [] },
    { state: 'guarded', access: 'banner', classes: classed('credential') },
  );
  const { atStake } = await gather(sample.head, stream(sample.findings)());
  t.same(
    [...atStake.classes],
    [
      ['email', [1, 2]],
      ['health', [2]],
    ],
  );
  t.same([atStake.deletable, atStake.noBackup], [[2], [2]]);
  const said = words(partOf(await blocksOf(sample), 'summary'));
  t.match(said, /health data \(P2\).*e-mail addresses \(P1, P2\)/, 'the gravest first');
  t.notMatch(said, /passwords/);
});

t.test('each class of data has its place among the gravest', (t) => {
  t.same([...gravestFirst].sort(), [...dataClasses].sort());
  t.end();
});

t.test('critical problems that are not among the worst five are counted and linked', async (t) => {
  const parts = Array.from({ length: 9 }, (_, i): Partial<Finding> => ({ severity: i < 7 ? 'critical' : 'low' }));
  const lead = partOf(await blocksOf(several(...parts)), 'summary');
  t.match(words(lead), /4 more problems, 2 of them critical \(P6, P7\)/);
});

t.test('only problems whose plan saves evidence or blocks access are named where that is asked for', async (t) => {
  const { verify } = finding().remedy;
  const urgent = step('Save the evidence.', { when: 'this-hour', goal: 'save-evidence' });
  const ask = step('Ask the owner: is it wanted?');
  const sample = several({ remedy: { steps: [urgent], verify } }, { remedy: { steps: [ask], verify } });
  const rows = partOf(await blocksOf(sample), 'actions').flatMap((block) => (block.kind === 'terms' ? block.rows : []));
  const row = (when: string) =>
    rows
      .find(([name]) => name === when)?.[1]
      .map((one) => (one !== null && 'text' in one ? one.text : ''))
      .join('') ?? '';
  t.match(row('This hour'), /P1/);
  t.notMatch(row('This hour'), /P2/);
  t.match(row('Today'), /P2: Ask the owner/);
});

t.test(
  'the first steps of problems are named together where they are alike, as soon as each plan has them',
  async (t) => {
    const { verify } = finding().remedy;
    const of = (text: string, when: StepTime): Partial<Finding> => ({
      remedy: { steps: [step(text, { when })], verify },
    });
    const sample = several(
      of('Ask the owner: is it wanted?', 'this-hour'),
      of('Ask the owner: is it wanted?', 'this-hour'),
      of('Change the password: all of it.', 'today'),
    );
    const actions = partOf(await blocksOf(sample), 'actions');
    const rows = new Map(
      actions
        .flatMap((block) => (block.kind === 'terms' ? block.rows : []))
        .map(([name, pieces]) => [name, pieces.map((one) => (one !== null && 'text' in one ? one.text : '')).join('')]),
    );
    t.match(rows.get('This hour'), /P1, P2: Ask the owner\./);
    t.match(rows.get('Today'), /P3: Change the password\./);
    t.notMatch(rows.get('Today'), /P1|P2/);
  },
);

t.test('the owners of a problem on the first page are all named or counted', (t) => {
  const { ofOwners } = en.summary;
  t.equal(ofOwners([]), ', no owner declared.');
  t.equal(ofOwners(['A']), ', owner: A.');
  t.equal(ofOwners(['A', 'B', 'C']), ', owners: A, B and C.');
  t.equal(ofOwners('ABCDEFGHI'.split('')), ', owners: A, B, C, D, E, F and 3 more.');
  t.end();
});

t.test('what could not be assessed is never an all-clear', async (t) => {
  const { head } = several();
  const states = {
    ...head.summary.states,
    open: 0,
    guarded: 0,
    undetermined: 0,
    unreachable: 2,
    decoy: 0,
    'other-product': 0,
  };
  const findings = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const silentHead = {
    ...head,
    summary: { ...head.summary, endpoints: 2, states, findings, accepted: 0, problems: 0 },
  };
  const lead = await blocksOf({ head: silentHead, findings: [], endpoints: [] });
  t.match(words(partOf(lead, 'summary')), /Nothing could be assessed/);
  t.notMatch(words(partOf(lead, 'summary')), /No problem/);
  t.notMatch(words(partOf(lead, 'coverage')), /were tested/);
  const half = { ...silentHead, summary: { ...silentHead.summary, endpoints: 3, states: { ...states, guarded: 1 } } };
  t.match(
    words(partOf(await blocksOf({ head: half, findings: [], endpoints: [] }), 'summary')),
    /2 of 3 endpoints could not be assessed/,
  );
});

t.test('the picture of access levels has all endpoints, and that of owners all their problems', async (t) => {
  const [figure, owners] = partOf(await blocksOf(full), 'pictures').filter((block) => block.kind === 'figure');
  const bars = figure?.figure.kind === 'bars' ? figure.figure.rows : [];
  const all = bars.flatMap(({ segments }) => segments).reduce((sum, { value }) => sum + value, 0);
  t.equal(all, full.head.summary.endpoints);
  const gathered = await gather(full.head, stream(full.findings)());
  const sum = (rows: readonly Readonly<Record<Severity, number>>[]) =>
    rows.flatMap((counts) => Object.values(counts)).reduce((a, b) => a + b, 0);
  const drawn = owners?.figure.kind === 'bars' ? owners.figure.rows : [];
  t.equal(
    drawn.flatMap(({ segments }) => segments).reduce((total, { value }) => total + value, 0),
    sum(gathered.owners.map(({ counts }) => counts)),
  );
  t.ok(drawn.length > 1);
});

t.test('each step that is given once is referred to', async (t) => {
  const upgrade = (to: string) => step(`Upgrade to ${to}.`, { when: 'this-week', goal: 'upgrade' });
  const { verify } = finding().remedy;
  const parts = ['p0', 'p1', 'p2'].flatMap((problem): Partial<Finding>[] => [
    { problem, check: 'known-vulnerability', remedy: { steps: [upgrade(problem)], verify } },
    { problem, check: 'end-of-life', remedy: { steps: [upgrade('a supported line')], verify } },
  ]);
  const blocks = await blocksOf(several(...parts));
  const given = partOf(blocks, 'steps').flatMap((block) =>
    block.kind === 'list' ? block.items.map(({ id }) => id) : [],
  );
  for (const id of given) t.ok(links(partOf(blocks, 'problems')).includes(`#${id}`), id ?? '');
  t.same(given, []);
});

t.test('a total that the cluster gives itself is not said to be what was listed', async (t) => {
  const index = (name: string, documents: number | null, bytes: number | null = null): IndexFacts => ({
    name,
    documents,
    bytes,
    createdAt: null,
    system: false,
  });
  const atLeast = { indices: false, documents: false };
  const total = (part: Partial<NonNullable<Finding['contents']>>) =>
    en.problem.contentsOf(
      finding({ contents: { indices: 2, documents: 97_953, bytes: null, atLeast, largest: [], ...part } }),
    ) ?? '';
  const uncounted = total({ largest: [index('a', null), index('b', null)] });
  t.match(uncounted, /2 indices listed; the cluster reports 97,953/);
  t.match(total({ indices: null }), /the cluster reports 97,953/);
  t.notMatch(total({ largest: [index('a', 97_000, 1), index('b', 953, 1)] }), /reports/);
  const sized = (bytes: number | null) =>
    total({ bytes: 5_000_000, largest: [index('a', 97_000, 5_000_000), index('b', 953, bytes)] });
  t.match(sized(null), /at least 5\.0 MB/);
  t.notMatch(sized(0), /at least/);
  const largest = Array.from({ length: 8 }, (_, i) => index(`i${i}`, 100 - i, i === 1 ? null : 10));
  const stake: Finding['stake'] = [
    { class: 'health', certainty: 'strong', index: 'i7', fields: ['diagnosis'], fieldsTotal: 1, documents: 93 },
  ];
  const blocks = partOf(
    await blocksOf(alone({ contents: { indices: 11, documents: 772, bytes: 70, atLeast, largest }, stake })),
    'P1',
  );
  const table = blocks.find((block) => block.kind === 'table');
  const rows =
    table?.kind === 'table'
      ? table.rows.map(({ cells }) =>
          cells.map((cell) => cell.map((one) => (one !== null && 'text' in one ? one.text : '')).join('')),
        )
      : [];
  t.same(rows[0]?.[0], 'i7', 'the most sensitive first');
  t.ok(
    rows.flat().every((cell) => cell !== ''),
    'no cell is blank',
  );
  for (const { name } of largest) t.ok(words(blocks).includes(name), name);
  t.match(words(blocks), /3 that are not named/);
});

t.test('what was not tried is not said to be shown', (t) => {
  t.match(en.proof('control', 'proved'), /rest inferred/);
  t.equal(en.proof('control', 'inferred'), 'inferred');
  t.equal(en.proof('documents', 'inferred'), 'inferred');
  t.equal(en.proof('documents', 'proved'), 'shown');
  t.equal(en.proof('banner', 'inferred'), 'shown', 'a banner was seen, whatever else was inferred');
  t.end();
});

t.test('the endpoints, products and evidence of a shared problem are those of all its findings', async (t) => {
  const [first] = finding().evidence;
  if (first === undefined) throw new Error('the sample has no evidence');
  const parts = [1, 2, 3].map((i): Partial<Finding> => ({
    problem: 'p0',
    check: 'certificate-untrusted',
    version: `${i}.0.0`,
    endpoint: `https://h${i}.example:9200`,
    also: ['https://h1.example:9200', 'https://h2.example:9200', 'https://else.example:9200'],
    evidence: [{ ...first, request: i }],
  }));
  const sample = several(...parts);
  const problems = sample.head.problems.map((one) => ({
    ...one,
    doors: parts.map(({ endpoint = '' }) => endpoint),
    doorsTotal: 3,
  }));
  const blocks = partOf(await blocksOf({ ...sample, head: { ...sample.head, problems } }), 'P1');
  t.match(words(blocks), /E1–E3/);
  const rows = blocks.flatMap((block) => (block.kind === 'terms' ? block.rows : []));
  const value = (name: string) =>
    rows
      .find(([term]) => term === name)?.[1]
      .map((one) => (one !== null && 'text' in one ? one.text : ''))
      .join('') ?? '';
  t.equal(value('Also concerns'), 'https://else.example:9200');
  for (const { version = '' } of parts) t.match(value('Product'), version ?? '');
});

t.test(
  'good news: no problem is called the one above, nothing is said twice, and nothing is "also" of nothing',
  async (t) => {
    const guarded = several({ severity: 'medium', state: 'guarded', access: 'guarded' });
    const states = { ...guarded.head.summary.states, open: 0, guarded: 3, undetermined: 0, unreachable: 0 };
    const findings = { critical: 0, high: 0, medium: 1, low: 0, info: 0 };
    const summary = { ...guarded.head.summary, endpoints: 3, states, findings };
    const good = words(partOf(await blocksOf({ ...guarded, head: { ...guarded.head, summary } }), 'summary'));
    t.notMatch(good, en.summary.theHeadline.trim());
    t.match(good, /We did not test undeclared/);
    const none = await blocksOf({ ...silent, findings: [] });
    const said = words(partOf(none, 'summary'));
    t.equal(said.match(/could be assessed/g)?.length ?? 0, 1, 'the headline alone says so');
    t.match(said, /We also did not test undeclared/);
    t.equal(en.summary.worst(1, 1), 'The problem');
    t.equal(en.summary.worst(4, 4), 'The 4 problems');
    t.equal(en.summary.worst(5, 16), 'The 5 worst problems');
  },
);
