import type { Test } from 'tap';
import { judgeObservations } from '../../src/judge/record.js';
import type { AnyCheck, JudgeContext, VerdictName } from '../../src/model/check.js';
import type { Finding, Severity } from '../../src/model/finding.js';
import type { Observations } from '../../src/model/observation.js';
import { stepText } from '../../src/report/steps.js';
import { en } from '../../src/report/texts/en.js';
import { contextFrom, recordOf } from './observations.js';
import { keepsWording } from './wording.js';

/** One row of a check's table. */
export interface Case {
  readonly name: string;
  readonly observations: Observations;
  readonly context?: JudgeContext;
  readonly verdict: VerdictName;
  /** For `fail`: the severity, and facts that title, summary and remedy must have; their complete wording is in test/wording/. */
  readonly severity?: Severity;
  readonly title?: RegExp;
  readonly says?: readonly RegExp[];
  readonly remedy?: RegExp;
}

/** Judges each row as the runner does, and checks every finding against the rules for all findings. */
export function judgesAs(t: Test, check: AnyCheck, cases: readonly Case[]): void {
  const wording: string[] = [];
  const seen = new Set(cases.map((one) => one.verdict));
  t.same([...seen].sort(), ['fail', 'not-applicable', 'pass', 'undetermined'], 'the table covers all four verdicts');
  for (const one of cases) {
    const context = one.context ?? contextFrom('internet');
    const judged = judgeObservations(recordOf(one.observations), one.observations, context, {
      endpoint: [check],
      group: [],
    });
    t.same(judged.bugs, [], `${one.name}: no bug`);
    t.equal(judged.verdicts[one.verdict], 1, `${one.name}: ${one.verdict}`);
    if (one.verdict === 'undetermined')
      t.ok((judged.summary.undetermined[0]?.reason ?? '').length > 8, `${one.name}: says why it is undetermined`);
    t.equal(judged.found.length, one.verdict === 'fail' ? 1 : 0, `${one.name}: one finding where it fails, else none`);
    const finding = judged.found[0]?.finding;
    if (finding === undefined) continue;
    wellFormed(t, one.name, finding, context);
    wording.push(`## ${one.name}`, wordingOf(finding), '');
    if (one.severity !== undefined)
      t.equal(finding.severity, one.severity, `${one.name}: severity (${finding.severityRow})`);
    if (one.title !== undefined) t.match(finding.title, one.title, `${one.name}: title`);
    for (const said of one.says ?? []) t.match(finding.summary, said, `${one.name}: says ${String(said)}`);
    if (one.remedy !== undefined) t.match(JSON.stringify(finding.remedy), one.remedy, `${one.name}: remedy`);
  }
  keepsWording(t, check.id, wording.join('\n'));
}

/** All that a finding says to people. */
function wordingOf({ title, summary, since, remedy }: Finding): string {
  const steps = remedy.steps.map((step) => [
    stepText(step, en),
    ...(step.code === null ? [] : [step.code.replace(/^/gm, '    ')]),
  ]);
  return [
    title,
    summary,
    since.reasoning,
    ...steps.flat(),
    remedy.verify.command.replace(/^/gm, '    '),
    `Expect: ${remedy.verify.expect}`,
  ].join('\n');
}

/** What holds of every finding, whatever the check. */
export function wellFormed(t: Test, name: string, finding: Finding, context: JudgeContext): void {
  const words = `${finding.title}\n${finding.summary}`;
  if (context.vantage.exposure !== 'internet') {
    t.notMatch(
      words,
      /stranger|anyone on the internet|anybody/i,
      `${name}: speaks of strangers from the internet only`,
    );
    t.match(finding.summary, /internet was not tested|no network was tested/, `${name}: says what was not tested`);
  }
  t.ok(finding.evidence.length > 0, `${name}: has evidence`);
  t.ok(
    finding.evidence.every((piece, i) => piece.id === `E${i + 1}` && piece.request > 0 && piece.shows !== ''),
    `${name}: each piece leads to the ledger and says what it shows`,
  );
  t.notMatch(words, /undefined|null|NaN|\[object/, `${name}: no hole in the words`);
  t.notMatch(JSON.stringify(finding.remedy), /undefined|NaN|\[object/, `${name}: no hole in the remedy`);
  t.ok(finding.title.length <= 200, `${name}: a title of one line`);
  t.ok(
    finding.remedy.steps.length > 0 && /^(?:curl|openssl) /.test(finding.remedy.verify.command),
    `${name}: a remedy and how to verify it`,
  );
  for (const { when, text } of finding.remedy.steps) {
    t.ok(when !== undefined, `${name}: each step has its time: ${text.slice(0, 60)}`);
    t.notMatch(text, /^(?:This|Today|Until|First)\b/, `${name}: each step begins with what to do`);
  }
  t.match(finding.cwe, /^CWE-\d+$/);
  t.match(finding.fingerprint, /^[0-9a-f]{64}$/);
  t.match(finding.problem, /^[0-9a-f]{16}$/);
}
