// One decision is one problem: the same check, owner and remedy, however many endpoints need it.

import t, { type Test } from 'tap';
import { lineWithProblem } from '../../src/judge/problems.js';
import type { Finding, Problem, ReportHead } from '../../src/model/finding.js';
import { ranking } from '../../src/cli/terminal.js';
import { formatDefaults, type Format } from '../../src/report/format.js';
import { format as html } from '../../src/report/formats/html.js';
import { format as json } from '../../src/report/formats/json.js';
import { format as summary } from '../../src/report/formats/summary.js';
import { limits } from '../../src/report/limits.js';
import type { Observations, VersionFact } from '../../src/model/observation.js';
import { accessChecks, allChecks, pass } from '../support/judged.js';
import { contextFrom, index, listing, observed, openCluster, target, tlsWith } from '../support/observations.js';
import { full, stream } from '../support/report-sample.js';
import { sourcesOf } from '../support/write.js';

const context = contextFrom('internet', { kind: 'closed' }, target('other', { owner: 'Board team' }));

/** A login over plain HTTP at an endpoint of its own. */
function login(i: number, more: Parameters<typeof observed>[0] = {}): Observations {
  return observed({
    endpoint: { host: `es${i}.acme.example`, address: `192.0.${Math.floor(i / 250)}.${i % 250}` },
    transport: { scheme: 'http', tls: null, plainLogin: { by: ['product'], schemes: ['basic'] } },
    ...more,
  });
}

function exactly(number: string): VersionFact {
  return { number, certainty: 'exact', source: 'banner' };
}

/** An open cluster of its own, which also asks for a login over plain HTTP. */
function open(i: number): Observations {
  return openCluster({
    endpoint: { host: `open${i}.acme.example`, address: `198.51.100.${i}` },
    cluster: { uuid: String(i).padStart(22, 'u'), indices: listing(index('logs', 7)) },
    transport: { scheme: 'http', tls: null, plainLogin: { by: ['product'], schemes: ['basic'] } },
  });
}

function many(count: number, make: (i: number) => Observations): Observations[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

async function problemsOf(t: Test, estate: readonly Observations[]): Promise<readonly Problem[]> {
  const { judgement, findings } = await pass(t, estate, context, { checks: accessChecks });
  const { problems } = judgement;
  t.equal(problems.length, judgement.problemsTotal);
  for (const { id, findingsTotal } of problems)
    t.equal(findings.filter(({ problem }) => problem === id).length, findingsTotal, 'findings lead to their problem');
  return problems;
}

t.test('5,000 logins over plain HTTP are one problem in every output', async (t) => {
  const estate = [...many(5_000, login), open(1)];
  const { judgement, findings } = await pass(t, estate, context, { checks: accessChecks, budget: 500_000 });
  const { problems, problemsTotal } = judgement;
  t.equal(problemsTotal, 2);
  const [worst, decision] = problems;
  t.match(worst?.checks, ['cluster-open', 'login-over-plain-http'], 'an open cluster keeps what is found at it');
  t.match(decision, {
    checks: ['login-over-plain-http'],
    owners: ['Search team'],
    doorsTotal: 5_000,
    findingsTotal: 5_000,
  });
  t.match(decision?.title, /, at 5,000 endpoints$/);
  t.match(decision?.because, /one decision/);
  t.equal(decision?.doors.length, 50);
  t.equal(findings.filter(({ problem }) => problem === decision?.id).length, 5_000);

  const head: ReportHead = { ...full.head, summary: judgement.summary, problems, problemsTotal };
  const written = async ({ write }: Format): Promise<string> => {
    let text = '';
    const out = { write: (more: string) => Promise.resolve(void (text += more)) };
    await write(head, stream(findings), stream([]), out, formatDefaults, sourcesOf(full));
    return text;
  };
  t.match(JSON.parse(await written(json)), { problemsTotal: 2, summary: { problems: 2 }, problems: { length: 2 } });
  const page = await written(html);
  t.match(page, /2 problems/);
  t.equal(page.match(/<article/g)?.length, 2, 'a section for each problem');
  t.match(page, /Endpoints \(5,000\)/);
  t.ok(page.includes(`findings.jsonl</code>, under problem <code>${decision?.id}`), 'a pointer to the data file');
  const shown = [...new Set(page.match(/http:\/\/es\d+\.acme\.example/g))].length;
  t.ok(shown <= limits.rows + limits.endpoints, 'no list of them all');
  const short = await written(summary);
  t.match(short, /2 problems/);
  t.match(short, /5,000 endpoints/);
  const screen = ranking(head, [], { isTTY: false, columns: 80, write: () => true });
  t.match(screen.replace(/\s+/g, ' '), /5,002 findings .* in 2 problems/);
  t.match(screen, /^2 +medium +5,000 /m);
});

t.test('other owners, other checks and other remedies are other decisions', async (t) => {
  const proxied = {
    transport: { scheme: 'http', tls: null, plainLogin: { by: ['proxy'], schemes: ['basic'] } },
  } as const;
  const problems = await problemsOf(t, [
    ...many(3, login),
    ...[3, 4].map((i) => login(i, { targets: ['other'] })),
    ...[5, 6].map((i) => login(i, proxied)),
  ]);
  t.same(problems.map(({ owners, doorsTotal }) => [...owners, doorsTotal]).sort(), [
    ['Board team', 2],
    ['Search team', 2],
    ['Search team', 3],
  ]);
});

t.test('endpoints without an owner share a decision, but not with owned ones', async (t) => {
  const nobody = contextFrom('internet', { kind: 'closed' }, target('none', { owner: null }));
  const estate = [0, 1, 2, 3].map((i) => login(i, i < 2 ? {} : { targets: ['none'] }));
  const { judgement } = await pass(t, estate, nobody, { checks: accessChecks });
  t.same(judgement.problems.map(({ owners, doorsTotal }) => [owners, doorsTotal]).sort(), [
    [[], 2],
    [['Search team'], 2],
  ]);
});

t.test('a single endpoint keeps its findings together', async (t) => {
  const { judgement } = await pass(t, [login(1, { identity: { version: exactly('6.8.0') } })], context, {
    checks: allChecks,
  });
  t.equal(judgement.problemsTotal, 1);
  t.ok((judgement.problems[0]?.checks.length ?? 0) > 1);
});

t.test('clusters that let callers in stay problems of their own', async (t) => {
  const problems = await problemsOf(t, many(20, open));
  t.equal(problems.length, 20, 'each has contents of its own');
});

t.test('a title names no version that only some endpoints have', async (t) => {
  const { judgement } = await pass(
    t,
    ['6.8.0', '6.8.1', '6.8.2'].map((version, i) => login(i, { identity: { version: exactly(version) } })),
    context,
    { checks: { endpoint: allChecks.endpoint.filter(({ id }) => id === 'end-of-life'), group: [] } },
  );
  const [problem] = judgement.problems;
  t.equal(judgement.problemsTotal, 1);
  t.match(problem?.title, /6\.8\.\d .*\(and 2 more endpoints need the same fix\)$/);
});

t.test(
  'a certificate of several owners stays one problem, and certificates of one owner are one decision',
  async (t) => {
    const flawed = (i: number, sha256: string, targets: readonly string[]): Observations =>
      observed({
        endpoint: { host: `tls${i}.acme.example`, address: `192.0.2.${i}` },
        transport: { tls: tlsWith({ sha256, selfSigned: true, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) },
        targets,
      });
    const only = { endpoint: allChecks.endpoint.filter(({ id }) => id === 'certificate-untrusted'), group: [] };
    const shared = await pass(
      t,
      [flawed(1, 'a'.repeat(64), ['search']), flawed(2, 'a'.repeat(64), ['other'])],
      context,
      {
        checks: only,
      },
    );
    t.match(shared.judgement.problems, [
      { because: 'one certificate', owners: ['Board team', 'Search team'], doorsTotal: 2 },
    ]);
    const several = await pass(
      t,
      [1, 2, 3].map((i) => flawed(i, String(i).repeat(64), ['search'])),
      context,
      { checks: only },
    );
    t.match(several.judgement.problems, [{ because: /one decision/, doorsTotal: 3 }]);
  },
);

t.test('the order of the endpoints changes nothing', async (t) => {
  const estate = [...many(7, login), open(1), open(2)];
  const forth = await pass(t, estate, context, { checks: accessChecks });
  const back = await pass(t, [...estate].reverse(), context, { checks: accessChecks, budget: 1e6 });
  t.same(back.judgement.problems, forth.judgement.problems);
  t.same(problemsBy(back.findings), problemsBy(forth.findings));
});

function problemsBy(findings: readonly Finding[]): readonly (readonly string[])[] {
  return findings.map(({ id, problem }) => [id, problem]);
}

t.test('a line with another problem is the same finding under it', (t) => {
  const [own, other] = ['0123456789abcdef', 'fedcba9876543210'];
  const quoted = { title: `it says "problem":"${own}"}`, nested: { problem: own } };
  for (const finding of [
    { ...quoted, problem: own },
    { problem: own, ...quoted },
  ])
    t.same(JSON.parse(lineWithProblem(JSON.stringify(finding), other)), { ...finding, problem: other });
  t.end();
});
