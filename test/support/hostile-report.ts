// Reports in which every name that a target, or a careless user, can choose is a hostile string.

import type { Test } from 'tap';
import type { ReportHead } from '../../src/model/finding.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { Observations } from '../../src/model/observation.js';
import { everyHostileString } from './hostile-strings.js';
import { pass } from './judged.js';
import { contextFrom, index, listing, openCluster, target } from './observations.js';
import { full, type Sample } from './report-sample.js';

/** What is in the places of the first problem of each report: the others must look like it. */
export const harmless = 'harmless';

/** Problems of one report, of at most as many as have a section of their own. */
const perReport = 120;

/** A report with the strings that it holds: its problems are in their order, the harmless one first. */
export interface HostileReport {
  readonly strings: readonly string[];
  readonly sample: Sample;
}

/** The strings as the names of index, cluster, field, host, owner, environment, note and label, judged by every check. */
export async function hostileReports(
  t: Test,
  texts: readonly string[] = everyHostileString,
): Promise<readonly HostileReport[]> {
  const reports: HostileReport[] = [];
  for (let from = 0; from < texts.length; from += perReport)
    reports.push(await reportOf(t, [harmless, ...texts.slice(from, from + perReport)]));
  return reports;
}

async function reportOf(t: Test, strings: readonly string[]): Promise<HostileReport> {
  const targets = strings.map((text, i) =>
    target(`target-${i}`, { owner: text, environment: text, notes: text, labels: { [text]: text } }),
  );
  const context: JudgeContext = contextFrom('internet', { kind: 'closed' }, ...targets);
  const { judgement, findings, endpoints } = await pass(t, strings.map(clusterNamed), context);
  const head: ReportHead = {
    ...full.head,
    run: { ...full.head.run, gaps: [...strings] },
    summary: judgement.summary,
    problems: judgement.problems,
    problemsTotal: judgement.problemsTotal,
  };
  return { strings, sample: { head, findings, endpoints } };
}

/** An open cluster of which all names are this text; the more documents the earlier, so that the ranking keeps the order. */
function clusterNamed(text: string, i: number): Observations {
  const documents = 10_000 - i;
  return openCluster({
    // The targets file takes no backtick in the name of a host, and sentences show URLs without quotation marks.
    endpoint: { host: text.replaceAll('`', "'"), address: `192.0.${Math.floor(i / 250)}.${i % 250}` },
    targets: [`target-${i}`],
    cluster: {
      name: text,
      uuid: String(i).padStart(22, 'u'),
      indices: listing(index(text, documents, { system: false, bytes: 1000 })),
      searchPermittedOn: { index: text, documents, evidence: [2] },
    },
    fields: {
      indices: [text],
      looked: { indices: 1, indicesTotal: 1, kinds: 1, kindsTotal: 1 },
      total: 1,
      complete: true,
      totals: [{ class: 'credential', certainty: 'strong', indices: 1, fields: 1, documents, atLeast: false }],
      classes: [{ class: 'credential', index: text, fields: [text], fieldsTotal: 1, documents, certainty: 'strong' }],
      evidence: [1],
    },
  });
}

/** A report on nothing much, of a client of this name. */
export function reportFor(name: string, sample: Sample): Sample {
  const { head } = sample;
  const { engagement } = head.run;
  const contact = { name, email: null, phone: name };
  return {
    ...sample,
    head: {
      ...head,
      run: {
        ...head.run,
        engagement: { ...engagement, id: name, client: { name, legalEntity: name }, contacts: [contact] },
        vantage: { ...head.run.vantage, name, egress: name },
        userAgent: name,
      },
    },
  };
}
