// In another language, nothing that plans, audits, comparisons and merges say is in English.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import t from 'tap';
import { checkPlanLock, writePlanLock } from '../../src/plan/index.js';
import { diff, findRun, keepRule, merge, prune, rejudge, render, retest } from '../../src/run/index.js';
import { criticalHook } from '../../src/run/critical.js';
import { findingsMeant, fingerprintPrefix } from '../../src/run/find-finding.js';
import { openRecord } from '../../src/run/open-record.js';
import { formatsNamed, knownChecks } from '../../src/run/record.js';
import { errorText } from '../../src/store/mistake.js';
import { englishIn, speakOtherLanguage } from '../support/other-language.js';
import { finding } from '../support/report-sample.js';
import { audited, deadPort, declared } from '../run/support.js';

t.test('runs, plans and comparisons', async (t) => {
  const folder = t.testdir({
    lock: '{}',
    notes: 'x',
    'findings.json': '{"schema":"leftopen/findings/1",\n"findings":[\n',
  });
  const at = (name: string): string => join(folder, name);
  const url = `http://127.0.0.1:${await deadPort(t)}`;
  const yaml = (id: string, more = '') => `engagement: { id: ${id}${more} }\ntargets: [{ id: a, url: "${url}" }]\n`;
  const declaration = await declared(t, yaml('E'), folder);
  const other = await declared(t, yaml('F'), folder);
  const moved = await declared(t, yaml('E', ', vantage: { name: out, exposure: internet }'), folder);
  const shutFrom = ', window: { from: 2020-01-01, to: 2020-02-01 }';
  const shut = await declared(t, yaml('E', shutFrom), folder, new Date('2020-01-15'));
  const dark = await declared(t, yaml('E', `, controls: ["${url}"]`), folder);
  const out = at('runs');
  const first = (await audited(declaration, out)).result.folder;
  const second = (await audited(declaration, out)).result.folder;
  const another = (await audited(other, out)).result.folder;
  const signal = new AbortController();
  signal.abort();
  const stopped = (await audited(dark, at('stopped'), { signal: signal.signal })).result.folder;
  await writePlanLock(declaration, at('plan.lock'));
  mkdirSync(join(out, 'E', '2020-01-01T00-00-00Z'));
  writeFileSync(join(out, 'E', '2020-01-01T00-00-00Z', 'run.json'), 'x');
  const record = await openRecord(first);
  speakOtherLanguage(t);

  const said: string[] = [];
  const fails = async (name: string, step: () => unknown): Promise<void> => {
    try {
      await step();
    } catch (error) {
      said.push(errorText(error));
      return;
    }
    t.fail(`${name} does not fail`);
  };
  const use = () => Promise.resolve();
  const options = { out, formats: [], signal: new AbortController().signal };
  const given = { ...options, findings: [] };
  await fails('lock differs', () => checkPlanLock(other, at('plan.lock')));
  await fails('no lock', () => checkPlanLock(declaration, at('lock')));
  await fails('lock not read', () => checkPlanLock(declaration, at('none')));
  await fails('lock exists', () => writePlanLock(declaration, at('lock')));
  await fails('lock not written', () => writePlanLock(declaration, at('none/lock')));
  await fails('window closed', () => audited(shut, out));
  await fails('nothing to resume', () => audited(declaration, out, { resume: true }));
  await fails('format', () => formatsNamed(['htm']));
  await fails('check', () => knownChecks(['x']));
  await fails('no run', () => findRun(at('none'), undefined));
  await fails('no such run', () => findRun(out, 'x'));
  await fails('no finding', () => findingsMeant(record, [fingerprintPrefix('0'.repeat(8))]));
  await fails('no fingerprint', () => fingerprintPrefix('x'));
  await fails('no rule', () => keepRule('x'));
  await fails('no folder of runs', () => prune(at('none'), keepRule('1d'), { remove: false }));
  await fails('no run folder', () => rejudge(folder, { formats: [] }));
  for (const baseline of ['none', 'x', second, another, at('notes'), at('findings.json')])
    await fails(`baseline ${baseline}`, () => diff({ out, run: first, baseline }, use));
  await fails('no earlier run', () => diff({ out, run: another }, use));
  await fails('moved', () => audited(moved, out, { baseline: first }));
  await fails('unfinished', () => diff({ out, run: stopped }, use));
  for (const runs of [[], [first], [first, first], [first, second], [first, another], [first, stopped]])
    await fails(`merge ${runs.map((run) => basename(run)).join()}`, () => merge(runs, options));
  await fails('no findings', () => retest(declaration, { ...given, run: first }));
  await fails('another engagement', () => retest(other, { ...given, run: first }));
  await fails('another vantage', () => retest(moved, { ...given, run: first }));
  await fails('retest of an unfinished run', () => retest(dark, { ...given, run: stopped }));
  await fails('no owner', () => render(first, { formats: ['csv'], owner: 'x' }));
  await fails('no journal', () => render(folder, { formats: ['csv'], redact: 'all' }));
  for (const { why } of await prune(out, keepRule('1d'), { remove: false })) said.push(why ?? '');
  const hook = criticalHook('exit 3', (text) => said.push(text.slice(text.lastIndexOf(':') + 1)));
  hook.call(finding({}), () => undefined);
  await hook.settle(5_000);

  // What ends in the record is in the report's language: it is said as a gap too.
  const notices: string[] = [];
  await audited(declaration, dirname(dirname(stopped)), {
    onEvent(event) {
      if (event.kind === 'notice' && event.gap !== true) notices.push(event.text);
    },
  });
  t.ok(said.length > 40);
  t.same([...said, ...notices].flatMap(englishIn), []);
});
