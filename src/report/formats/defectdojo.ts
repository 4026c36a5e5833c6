// Accepted findings are `risk_accepted`. An incomplete run must not close old findings there: docs/formats.md.
// defectdojo.json: DefectDojo's Generic Findings Import.
import type { Finding, ReportHead, Severity } from '../../model/finding.js';
import type { Texts } from '../texts/en.js';
import type { DojoGap } from '../texts/en/exports.js';
import type { Format } from '../format.js';
import { jsonLine } from '../../text/json-line.js';
import { rowNumbers } from '../repeats.js';
import { isNarrowed } from '../words.js';
import { numberedSteps } from '../steps.js';

const severityNames = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
} as const satisfies Record<Severity, string>;

/** Only keys that its parser admits (dojo/tools/generic/json_parser.py): it refuses a file with any other. */
function itemOf(finding: Finding, row: number, at: string, texts: Texts): object {
  const { remedy, accepted, evidence, since } = finding;
  const words = texts.defectdojo;
  const steps = numberedSteps(remedy, texts, (code) => `\n\n    ${code.replaceAll('\n', '\n    ')}`);
  const weakness = /^CWE-(\d+)$/.exec(finding.cwe)?.[1];
  return {
    title: finding.title.slice(0, 511),
    severity: severityNames[finding.severity],
    description: [
      finding.summary,
      accepted === null ? '' : words.accepted(texts.accepted.by(accepted), accepted.reason),
      [texts.vantages.seenFrom(finding), words.owners(finding.owners), words.target(finding.target)].join(' ').trim(),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    mitigation: steps.join('\n'),
    steps_to_reproduce: evidence
      .map(({ method, url, status, shows }) => `${method} ${url} (${status ?? words.failed}): ${shows}`)
      .join('\n'),
    severity_justification: words.severity(finding.severityRow),
    references: finding.references.join('\n'),
    date: at.slice(0, 10),
    ...(weakness === undefined ? {} : { cwe: Number(weakness) }),
    cvssv3: finding.cvss.v31.vector,
    cvssv3_score: finding.cvss.v31.score,
    cvssv4: finding.cvss.v4.vector,
    cvssv4_score: finding.cvss.v4.score,
    active: accepted === null,
    verified: finding.proof === 'proved',
    risk_accepted: accepted !== null,
    false_p: false,
    static_finding: false,
    dynamic_finding: true,
    // Not the finding's id: that contains the address, which may differ in the next run.
    unique_id_from_tool: row === 1 ? finding.fingerprint : `${finding.fingerprint}:${row}`,
    vuln_id_from_tool: finding.check,
    ...(finding.product === null ? {} : { component_name: finding.product }),
    ...(finding.version === null ? {} : { component_version: finding.version }),
    publish_date: since.seenOpenSince.slice(0, 10),
    tags: ['leftopen', finding.check, ...(finding.environment === null ? [] : [finding.environment])],
    endpoints: [finding.endpoint],
  };
}

/** Why findings that this run does not have may still be open. */
function gapOf({ run, changes }: ReportHead): DojoGap | null {
  if (!run.finished || run.gaps.length > 0) return 'incomplete';
  if (isNarrowed(run)) return 'part';
  return changes.gone['not-reached'] + changes.gone['not-asked'] > 0 ? 'unchecked' : null;
}

export const format = {
  name: 'defectdojo',
  file: 'defectdojo.json',
  write: async (head, findings, _endpoints, out, { texts }, sources) => {
    const { run } = head;
    const about = {
      name: `leftopen ${run.engagement.id}`,
      type: 'leftopen',
      version: run.tool.version,
      description: texts.defectdojo.run(run.id, run.vantage.name, gapOf(head)),
      dynamic_tool: true,
      static_tool: false,
    };
    await out.write(`${jsonLine(about).slice(0, -1)},\n"findings":[`);
    let between = '\n';
    const rowOf = await rowNumbers(findings(), ({ fingerprint }) => fingerprint, sources);
    for await (const finding of findings()) {
      await out.write(between + jsonLine(itemOf(finding, rowOf(finding), run.startedAt, texts)));
      between = ',\n';
    }
    await out.write(']}\n');
  },
} satisfies Format;
