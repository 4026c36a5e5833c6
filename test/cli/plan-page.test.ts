import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import { readTargets, type Declaration } from '../../src/engagement/index.js';
import { formatPlan, planBlocks, planInfo } from '../../src/cli/plan-page.js';
import { renderHtml } from '../../src/report/html/render.js';
import { renderMarkdown } from '../../src/report/markdown/render.js';
import { planOf } from '../../src/plan/index.js';

const file = (more = '') => `engagement:
  id: ACME-1
  authorisedBy: { name: Jo Doe, role: CISO, capacity: owner, email: jo@acme.example }
  authorisation: { reference: LOA-1, signedOn: 2025-01-02 }
  contacts: [{ name: Desk, email: soc@acme.example }]
  window: { from: 2025-02-01, to: 2035-02-01, timeZone: Europe/Paris, weekly: ["Mon-Fri 20:00-06:00"] }
  vantage: { name: office, exposure: internal, egress: 192.0.2.7 }
  scope: { include: [198.51.100.0/24], exclude: [198.51.100.9] }
  techniques: { names: false }
owners:
  team: { name: Search team, blackout: { weekly: ["daily 08:00-10:00"] }, limits: { perAddress: 1 } }
targets:
  - { id: range, hosts: [198.51.100.0/30], ports: [9200, 443], owner: team }
  - { id: wall, url: "http://198.51.100.40:5601", expect: { upTo: metadata, reason: lobby, approvedBy: Jo, until: 2030-01-01 } }
${more}`;

async function declared(t: Test, text: string): Promise<Declaration> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-plan-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'targets.yaml');
  writeFileSync(path, text);
  const read = await readTargets(path);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return read.declaration;
}

t.test('a plan says who sends what to whom, and what is never sent', async (t) => {
  const plan = await planOf(await declared(t, file()), { resolve: false, first: 3 });
  t.equal(plan.endpoints.total, 9);
  t.equal(plan.endpoints.first.length, 3);
  t.strictSame(
    plan.questions.map(({ id }) => id),
    catalogue.map(({ id }) => id),
  );
  t.equal(
    plan.questions.some(({ technique, on }) => technique === 'names' && on),
    false,
  );
  t.strictSame(JSON.parse(JSON.stringify(plan)), plan, 'it is plain JSON');
  const page = formatPlan(plan);
  for (const said of [
    /Jo Doe, CISO, as owner/,
    /LOA-1, signed on 2025-01-02/,
    /2025-01-31 23:00 to .* UTC\n.*only Mon 20:00-Tue 06:00.*\(Europe\/Paris\)/s,
    /soc@acme\.example/,
    /office \(internal\)/,
    /192\.0\.2\.7/,
    /Included {6}198\.51\.100\.0\/24/,
    /Excluded {6}198\.51\.100\.9/,
    /Hosts {9}198\.51\.100\.0\/30, 198\.51\.100\.40/,
    /wall: expected: up to metadata until 2030-01-01, approved by Jo \(lobby\)/,
    /Search team +left alone .*1 connection to one address/s,
    /^ {2}- 198\.51\.100\.\d+:(?:443|9200) \[range\]$/m,
    /^ {2}6 more: plan --endpoints/m,
    /names +off .*\(by default on\)/,
    /never above 360 \(40 for one/,
    /AGREED[^]*For the client[^]*Signature _+/,
  ]) {
    t.match(page, said);
  }
  for (const [shown, width] of [
    [page, 100],
    [formatPlan(plan, { isTTY: true, columns: 80, write: () => undefined }), 80],
  ] as const)
    t.same(
      shown.split('\n').filter((line) => line.length > width && !/\S{60}/.test(line)),
      [],
      `${width} columns`,
    );
});

t.test('the first page states everything that is signed, and the annex lists the questions', async (t) => {
  const plan = await planOf(await declared(t, file()), { resolve: false });
  const page = formatPlan(plan);
  const [first = '', annex = ''] = page.split(/^(?=ANNEX A)/m);
  t.ok(first.split('\n').length <= 66, 'it fits a sheet of paper');
  for (const heading of ['WHO', 'WHAT', 'FROM WHERE', 'WHEN', 'HOW MUCH', 'AGREED'])
    t.match(first, new RegExp(`^${heading}$`, 'm'));
  t.match(first.replace(/\s+/g, ' '), plan.digest);
  t.notMatch(first, 'GET /', 'no question');
  for (const { method, path, on } of plan.questions) if (on) t.ok(annex.includes(`${method} ${path}\n`), path);
});

t.test('a plan of loopback alone has nothing to sign', async (t) => {
  const plan = await planOf(await declared(t, 'targets: [{ id: here, hosts: [127.0.0.1] }]'), { resolve: false });
  t.notMatch(formatPlan(plan), 'Signature');
});

t.test('the same as Markdown and HTML, with the classification of the engagement', async (t) => {
  const text = file().replace('  id: ACME-1\n', '  id: ACME-1\n  classification: "TLP:AMBER"\n');
  const plan = await planOf(await declared(t, text), { resolve: false });
  const pieces: string[] = [];
  const out = { write: (part: string) => Promise.resolve(void pieces.push(part)) };
  await renderMarkdown(planInfo(plan), planBlocks(plan), out);
  const markdown = pieces.splice(0).join('');
  await renderHtml(planInfo(plan), planBlocks(plan), out);
  const html = pieces.join('');
  for (const page of [markdown, html]) {
    t.match(page, plan.digest);
    t.match(page, /Jo Doe, CISO, as owner/);
    for (const { id } of plan.questions.filter(({ on }) => on)) t.ok(page.includes(id), id);
  }
  t.match(markdown, /^\| the client \| {2}\| {2}\| {2}\|$/m);
  t.match(html, /class="signatures"[^]*the client[^]*the auditor/);
  t.match(html, /TLP\\3a AMBER/, 'at the foot of each printed page');
  t.notMatch(html, 'Confidential');
});
