// One rule per check and severity, since code scanning ranks rules and not results. Results come first in the file: rules are
// known only when all findings have passed. An endpoint is not a line of code: its location is the line of the targets file that
// declares it.
// leftopen.sarif: SARIF 2.1.0, for code scanning (GitHub and others).
import type { Finding, ReportHead, RunInfo, Severity } from '../../model/finding.js';
import type { FindingHistory, GoneFinding } from '../../model/history.js';
import type { Texts } from '../texts/en.js';
import type { Format } from '../format.js';
import { idOf } from '../ids.js';
import { jsonLine } from '../../text/json-line.js';
import { fenced } from '../markdown/escape.js';
import { numberedSteps, stepText } from '../steps.js';
import { seenFromNames } from '../vantages.js';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** GitHub refuses a file with more results in one run (docs.github.com, "SARIF results exceed one or more limits"). */
const mostResults = 25_000;

/** Acceptances that a notification names. */
const acceptedNamed = 20;

/** GitHub cuts longer texts of rules (docs.github.com, "SARIF support for code scanning", reportingDescriptor). */
const longestText = 1024;

const levels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, 'error' | 'warning' | 'note'>;

/** GitHub ranks by `security-severity`: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. */
const bands = {
  critical: [9.1, 10],
  high: [7, 8.9],
  medium: [4, 6.9],
  low: [0.1, 3.9],
  info: [0, 0],
} as const satisfies Record<Severity, readonly [number, number]>;

/** A rule's score: CVSS 4.0 of its worst finding, moved into the band of the severity that leftopen gives it. */
function securitySeverity({ severity, cvss }: Finding): string {
  const [least, most] = bands[severity];
  return Math.min(most, Math.max(least, cvss.v4.score)).toFixed(1);
}

function ruleOf(finding: Finding, texts: Texts): object {
  const { check, severity, cwe, references, remedy } = finding;
  const words = texts.sarif;
  const steps = numberedSteps(remedy, texts, (code) => `\n\n${fenced(code)}`);
  return {
    id: `${check}/${severity}`,
    name: check,
    shortDescription: { text: words.rule(check, severity) },
    fullDescription: { text: cut(finding.title) },
    help: {
      text: cut(remedy.steps.map((step) => stepText(step, texts)).join(' ')),
      markdown: `**${words.howToFix}** ${words.ofWorst}\n\n${steps.join('\n')}`,
    },
    ...(URL.canParse(references[0] ?? '') ? { helpUri: new URL(references[0] ?? '').href } : {}),
    defaultConfiguration: { level: levels[severity] },
    relationships: [{ target: { id: cwe, toolComponent: { name: 'CWE' } }, kinds: ['superset'] }],
    properties: {
      'security-severity': securitySeverity(finding),
      precision: finding.proof === 'proved' ? 'very-high' : 'high',
      tags: ['security', `external/cwe/${cwe.toLowerCase()}`],
    },
  };
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;
}

/** What SARIF calls a finding against the run before (3.27.24 of the standard); nothing where there was none. */
const baselineStates = {
  new: 'new',
  reopened: 'new',
  worse: 'updated',
  better: 'updated',
  unchanged: 'unchanged',
} as const satisfies Record<FindingHistory['status'], 'new' | 'updated' | 'unchanged'>;

/** A rule of which this run has no finding, only one that is gone. */
function ruleOfGone({ check, severity }: GoneFinding, { sarif: words }: Texts): object {
  return {
    id: `${check}/${severity}`,
    name: check,
    shortDescription: { text: words.rule(check, severity) },
    defaultConfiguration: { level: levels[severity] },
    properties: { 'security-severity': bands[severity][0].toFixed(1), tags: ['security'] },
  };
}

/** A finding that was in the last run and is not in this one: why is in its message, since absent is not always fixed. */
function resultOfGone(gone: GoneFinding, ruleIndex: number, { sarif: words }: Texts): object {
  return {
    ruleId: `${gone.check}/${gone.severity}`,
    ruleIndex,
    kind: 'fail',
    level: levels[gone.severity],
    baselineState: 'absent',
    message: { text: `${gone.title}\n\n${gone.endpoint}\n\n${words.gone(gone.status, gone.why)}` },
    ...placed(gone.endpoint, null, gone.fingerprint),
    fingerprints: { 'leftopen/fingerprint/v1': gone.fingerprint },
    properties: { severity: gone.severity, owner: gone.owner, target: gone.target, status: gone.status },
  };
}

/** Where a result is shown, and by what GitHub knows it again. */
function placed(endpoint: string, declaredIn: Finding['declaredIn'], fingerprint: string, row = 1): object {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname.replaceAll(/[[\]]/g, '') : 'unknown';
  const { file, line } = declaredIn ?? { file: `targets/${host}`, line: 1 };
  // `encodeURI` leaves the characters alone that end a path.
  const uri = encodeURI(file).replaceAll('?', '%3F').replaceAll('#', '%23');
  return {
    locations: [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: endpoint, kind: 'resource' }],
      },
    ],
    // GitHub's own form: sixteen hex digits, and a number that distinguishes results with the same digits. An address in it would
    // open another alert whenever the address of a name changes.
    partialFingerprints: { primaryLocationLineHash: `${idOf([fingerprint]).slice(0, 16)}:${row}` },
  };
}

function resultOf(
  finding: Finding,
  { ruleIndex, row, hasBaseline }: { readonly ruleIndex: number; readonly row: number; readonly hasBaseline: boolean },
  texts: Texts,
): object {
  const { id, fingerprint, declaredIn, accepted } = finding;
  return {
    ruleId: `${finding.check}/${finding.severity}`,
    ruleIndex,
    kind: 'fail',
    level: levels[finding.severity],
    ...(hasBaseline && finding.history !== null && { baselineState: baselineStates[finding.history.status] }),
    message: {
      text: [finding.title, finding.endpoint, finding.summary, texts.vantages.seenFrom(finding)]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    ...placed(finding.endpoint, declaredIn, fingerprint, row),
    fingerprints: { 'leftopen/v1': id, 'leftopen/fingerprint/v1': fingerprint },
    ...(accepted === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'external' as const,
              status: 'accepted' as const,
              justification: texts.sarif.justification(accepted.reason, texts.accepted.by(accepted)),
            },
          ],
        }),
    properties: {
      severity: finding.severity,
      owner: finding.owner,
      target: finding.target,
      environment: finding.environment,
      ...(finding.seenFrom !== undefined && { seenFrom: seenFromNames(finding) }),
      cvss40: finding.cvss.v4.vector,
      cvss31: finding.cvss.v31.vector,
    },
  };
}

/** The parts of GitHub's category: an upload closes the alerts of earlier uploads of the same category only. */
function category({ engagement, vantage, shard, onlyOwner }: RunInfo): readonly string[] {
  return [
    'leftopen',
    engagement.id,
    vantage.name,
    ...(shard === undefined ? [] : [`shard ${shard}`]),
    ...(onlyOwner === undefined ? [] : [onlyOwner]),
  ];
}

function notificationsOf(
  { run, summary }: ReportHead,
  leftOut: number,
  accepted: ReadonlySet<string>,
  { sarif: words, gaps }: Texts,
): readonly object[] {
  const note = (text: string, level: 'warning' | 'note') => ({ message: { text }, level });
  const { undetermined } = summary.states;
  const narrowed = gaps.narrowed(run);
  return [
    ...run.gaps.map((gap) => note(gap, 'warning')),
    ...(narrowed === '' ? [] : [note(narrowed, 'warning')]),
    ...(undetermined === 0 ? [] : [note(words.undetermined(undetermined), 'warning')]),
    ...(accepted.size === 0 ? [] : [note(words.accepted(summary.accepted, [...accepted]), 'note')]),
    ...(leftOut === 0 ? [] : [note(words.leftOut(leftOut, mostResults), 'warning')]),
  ];
}

export const format = {
  name: 'sarif',
  file: 'leftopen.sarif',
  write: async (head, findings, _endpoints, out, { sarifAll, texts }) => {
    const { run: info } = head;
    const rules: object[] = [];
    const indexes = new Map<string, number>();
    const weaknesses = new Set<string>();
    await out.write(`{"$schema":${jsonLine(schema)},\n"version":"2.1.0",\n"runs":[{"results":[`);
    let written = 0;
    let leftOut = 0;
    /** Writes a result; `rule` makes its rule where it is the first of it. */
    const put = async (id: string, rule: () => object, result: (ruleIndex: number) => object): Promise<void> => {
      const index = indexes.get(id) ?? rules.push(rule()) - 1;
      indexes.set(id, index);
      await out.write(`${written === 0 ? '\n' : ',\n'}${jsonLine(result(index))}`);
      written += 1;
    };
    const hasBaseline = head.changes.baseline !== null;
    const accepted = new Set<string>();
    const rows = new Map<string, number>();
    for await (const finding of findings()) {
      if (finding.accepted !== null && !sarifAll) {
        if (accepted.size < acceptedNamed)
          accepted.add(texts.sarif.acceptedCheck(finding.check, texts.accepted.by(finding.accepted)));
        continue;
      }
      if (written === mostResults) {
        leftOut += 1;
        continue;
      }
      const row = (rows.get(finding.fingerprint) ?? 0) + 1;
      rows.set(finding.fingerprint, row);
      await put(
        `${finding.check}/${finding.severity}`,
        () => {
          weaknesses.add(finding.cwe);
          return ruleOf(finding, texts);
        },
        (ruleIndex) => resultOf(finding, { ruleIndex, row, hasBaseline }, texts),
      );
    }
    // GitHub knows no absent results, and would show them as open.
    for (const gone of sarifAll ? head.changes.goneFindings : []) {
      if (written === mostResults) break;
      await put(
        `${gone.check}/${gone.severity}`,
        () => ruleOfGone(gone, texts),
        (index) => resultOfGone(gone, index, texts),
      );
    }
    const rest = {
      tool: {
        driver: {
          name: 'leftopen',
          version: info.tool.version,
          semanticVersion: info.tool.version,
          rules,
          supportedTaxonomies: [{ name: 'CWE' }],
        },
      },
      taxonomies: [
        {
          name: 'CWE',
          organization: 'MITRE',
          shortDescription: { text: 'Common Weakness Enumeration' },
          taxa: [...weaknesses].map((id) => ({ id })),
        },
      ],
      automationDetails: { id: [...category(info).map(encodeURIComponent), info.id].join('/') },
      columnKind: 'utf16CodeUnits',
      redactionTokens: ['[REDACTED]'],
      invocations: [
        {
          executionSuccessful: info.finished,
          startTimeUtc: info.startedAt,
          ...(info.endedAt === null ? {} : { endTimeUtc: info.endedAt }),
          toolExecutionNotifications: notificationsOf(head, leftOut, accepted, texts),
        },
      ],
    };
    await out.write(`],\n${jsonLine(rest).slice(1, -1)}}]}\n`);
  },
} satisfies Format;
