// Jenkins' schema, which GitLab and others read too. `undetermined` is an `<error>`: it never passes.
// junit.xml: one test case per endpoint, for CI systems.
import { severities, type EndpointSummary, type Finding } from '../../model/finding.js';
import type { Texts } from '../texts/en.js';
import type { Format } from '../format.js';
import { idOf } from '../ids.js';
import { visible } from '../../text/visible.js';
import { rowNumbers } from '../repeats.js';
import { seenFromNames } from '../vantages.js';

/** GitLab stops at this many test cases (docs.gitlab.com, "Unit test reports"). */
const mostCases = 500_000;

/** Findings whose titles are kept to be named in a test case: the worst. A case names the others by a count. */
const titlesKept = 20_000;

/** Hexadecimal digits that a number holds exactly. */
const digitsHeld = 12;

type Outcome = 'passed' | 'failed' | 'error' | 'skipped';

/** What is known of a finding where its endpoint comes. */
interface Known {
  readonly line: string;
  readonly severity: Finding['severity'];
  readonly accepted: boolean;
}

/** An endpoint fails that has a finding, is an error where it could not be judged, and is skipped where all is accepted. */
function outcomeOf({ state, findings }: EndpointSummary, isAccepted: (fingerprint: string) => boolean): Outcome {
  if (!findings.every(isAccepted)) return 'failed';
  if (state === 'undetermined') return 'error';
  return findings.length > 0 ? 'skipped' : 'passed';
}

/**
 * Distinguishes accepted findings from others, in eight bytes for each accepted one: they come last, and there may be as many as
 * endpoints.
 * Of two addresses with one fingerprint, one that is not accepted counts.
 */
async function acceptedOnes(findings: () => AsyncIterable<Finding>): Promise<(fingerprint: string) => boolean> {
  let held = new Float64Array(1024);
  let count = 0;
  for await (const { fingerprint, accepted } of findings()) {
    if (accepted === null) continue;
    if (count === held.length) {
      const longer = new Float64Array(2 * count);
      longer.set(held);
      held = longer;
    }
    held[count] = numberOf(fingerprint);
    count += 1;
  }
  const sorted = held.subarray(0, count).sort();
  const revoked = new Set<number>();
  const has = (fingerprint: string): boolean => {
    const wanted = numberOf(fingerprint);
    let [from, to] = [0, count];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] ?? 0) < wanted) from = middle + 1;
      else to = middle;
    }
    return sorted[from] === wanted && !revoked.has(wanted);
  };
  if (count > 0)
    for await (const { fingerprint, accepted } of findings())
      if (accepted === null && has(fingerprint)) revoked.add(numberOf(fingerprint));
  return has;
}

function numberOf(fingerprint: string): number {
  return parseInt(idOf([fingerprint]).slice(0, digitsHeld), 16);
}

/** Text as XML 1.0 allows it, escaped for attributes and elements alike. */
function xml(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A test case. Its name has no address, since CI systems take a case with another name for another test. */
function caseOf(
  endpoint: EndpointSummary,
  row: number,
  outcome: Outcome,
  known: ReadonlyMap<string, Known>,
  { junit: words, reasons }: Texts,
): string {
  const { state, reason, reasonText, findings } = endpoint;
  const name = row === 1 ? endpoint.endpoint : `${endpoint.endpoint} (${row})`;
  const said = `<system-out>${xml(endpoint.address === null ? state : `${state}, ${endpoint.address}`)}</system-out>`;
  const classname = ['leftopen', endpoint.owner ?? words.noOwner, endpoint.target].join('.');
  const begin = `<testcase name="${xml(name)}" classname="${xml(classname)}"`;
  if (outcome === 'passed') return `${begin}>${said}</testcase>\n`;
  if (outcome === 'error') {
    const why = reasonText ?? (reason === null ? null : reasons(reason));
    return `${begin}><error type="${xml(reason ?? state)}" message="${xml(words.undetermined(why))}"/>${said}</testcase>\n`;
  }
  const named = findings
    .flatMap((fingerprint) => known.get(fingerprint) ?? [])
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const lines = named.filter(({ accepted }) => accepted === (outcome === 'skipped')).map(({ line }) => line);
  const unnamed = findings.length - named.length;
  const text = [...lines, ...(unnamed === 0 ? [] : [words.moreFindings(unnamed)])];
  if (outcome === 'skipped')
    return `${begin}><skipped message="${xml(words.accepted(text[0] ?? ''))}"/>${said}</testcase>\n`;
  const others = named.flatMap(({ accepted, line }) => (accepted ? [words.accepted(line)] : []));
  const worst = named.find(({ accepted }) => !accepted)?.severity ?? words.finding;
  return `${begin}><failure type="${xml(worst)}" message="${xml(text[0] ?? '')}">${xml([...text, ...others].join('\n'))}</failure>${said}</testcase>\n`;
}

export const format = {
  name: 'junit',
  file: 'junit.xml',
  write: async ({ run }, findings, endpoints, out, { texts }, sources) => {
    const words = texts.junit;
    const known = new Map<string, Known>();
    const isAccepted = await acceptedOnes(findings);
    for await (const finding of findings()) {
      const { fingerprint, severity, accepted } = finding;
      const by = accepted === null ? null : words.acceptedBy(texts.accepted.by(accepted), accepted.reason);
      const line = words.line(finding, seenFromNames(finding), by);
      if (known.get(fingerprint)?.accepted === false) continue;
      known.set(fingerprint, { line, severity, accepted: accepted !== null });
      if (known.size === titlesKept) break;
    }
    const counts: Record<Outcome, number> = { passed: 0, failed: 0, error: 0, skipped: 0 };
    let cases = 0;
    let leftOut = 0;
    for await (const endpoint of endpoints()) {
      if (cases === mostCases) {
        leftOut += 1;
        continue;
      }
      cases += 1;
      counts[outcomeOf(endpoint, isAccepted)] += 1;
    }
    const totals = `tests="${cases}" failures="${counts.failed}" errors="${counts.error}" skipped="${counts.skipped}"`;
    const seconds = run.endedAt === null ? 0 : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
    const time = `time="${seconds.toFixed(3)}" timestamp="${run.startedAt.slice(0, 19)}"`;
    await out.write(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals} time="${seconds.toFixed(3)}">\n`);
    await out.write(`<testsuite name="${xml(`leftopen ${run.engagement.id}`)}" ${totals} ${time}>\n`);
    const rowOf = await rowNumbers(endpoints(), ({ endpoint }) => endpoint, sources);
    let written = 0;
    for await (const endpoint of endpoints()) {
      if (written === mostCases) break;
      written += 1;
      await out.write(caseOf(endpoint, rowOf(endpoint), outcomeOf(endpoint, isAccepted), known, texts));
    }
    const notices = [...run.gaps, ...(leftOut === 0 ? [] : [words.leftOut(leftOut)])];
    if (notices.length > 0) await out.write(`<system-err>${xml(notices.join('\n'))}</system-err>\n`);
    await out.write('</testsuite>\n</testsuites>\n');
  },
} satisfies Format;
