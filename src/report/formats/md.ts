// `report.md`: the report as Markdown, for issue trackers and wikis.
import { severities, type EndpointSummary, type Finding, type ReportHead } from '../../model/finding.js';
import {
  authorisedLine,
  contentsPhrase,
  copyPhrase,
  firstPage,
  othersByKind,
  sinceDetails,
  sinceHeadline,
  stakeNote,
  stakeRecords,
  stakeRows,
  timed,
} from '../first-page.js';
import type { Format } from '../format.js';
import { limits } from '../limits.js';
import { codeSpan, fenced, plain, prose, table } from '../markdown/escape.js';
import { findingsOverview, groupEndpoints, mostFirst, type EndpointGroup, type EndpointGroups } from '../overview.js';
import { continues, type Series } from '../series.js';
import {
  askedTotal,
  authorityName,
  bytes,
  capital,
  counted,
  credentialWords,
  cvssNote,
  day,
  evidenceRange,
  findingsTotal,
  deniedBy,
  guardWords,
  identityWords,
  keptLabel,
  loginWords,
  namesMasked,
  narrowedWords,
  notAskedWords,
  number,
  openIntro,
  period,
  productWords,
  reasonWords,
  rungNote,
  rungWords,
  sentence,
  stateWords,
  utc,
  vantageWords,
} from '../words.js';

export const format = {
  name: 'md',
  file: 'report.md',
  write: async (head, findings, endpoints, out) => {
    const overview = await findingsOverview(findings());
    const groups = await groupEndpoints(endpoints());
    await out.write(`${title(head)}${gaps(head)}${narrowed(head)}`);
    await out.write(summary(head, overview));
    await out.write(figures(head));
    await out.write(problems(head, overview.numbers));

    const accepted: Finding[] = [];
    let acceptedTotal = 0;
    let counting = 0;
    let series: Series | null = null;
    for await (const finding of findings()) {
      if (finding.accepted !== null) {
        acceptedTotal += 1;
        if (accepted.length < limits.rows) accepted.push(finding);
        continue;
      }
      if (counting === 0) await out.write('## Findings\n\n');
      counting += 1;
      if (counting > limits.findings) continue;
      if (!continues(finding, series)) series = { first: finding, position: counting };
      await out.write(findingText(finding, counting, head, series));
    }
    await out.write(more(limits.findings, counting, 'findings.jsonl'));
    await out.write(acceptedText(accepted, acceptedTotal));
    await out.write(endpointTexts(groups, head));
    await out.write(method(head));
  },
} satisfies Format;

function more(shown: number, total: number, file: string): string {
  return total > shown ? `And ${number(total - shown)} more: see ${codeSpan(file)}.\n\n` : '';
}

function title({ run }: ReportHead): string {
  const { client, id, loopbackOnly } = run.engagement;
  const name = client !== null ? plain(client.name) : loopbackOnly ? 'this machine (loopback)' : plain(id);
  const legalEntity = client?.legalEntity ?? '';
  const legal = legalEntity === '' ? '' : `${plain(legalEntity)}\n\n`;
  return `# Exposure audit: ${name}\n\n${legal}`;
}

function narrowed({ run }: ReportHead): string {
  const words = narrowedWords(run);
  return words === '' ? '' : `${prose(words, 2000)}\n\n`;
}

function gaps({ run, summary }: ReportHead): string {
  if (run.finished && run.gaps.length === 0 && summary.bugs === 0) return '';
  const lines = run.gaps.slice(0, 50).map((gap) => `- ${plain(gap, 600)}`);
  if (summary.bugs > 0) lines.push(`- ${counted(summary.bugs, 'check')} ended in an error of leftopen's own.`);
  const heading = run.finished
    ? 'This run has gaps.'
    : 'This run is not finished: what was not yet asked is not known.';
  return `**${heading}**\n\n${lines.join('\n')}${lines.length > 0 ? '\n\n' : ''}`;
}

function summary(head: ReportHead, overview: Parameters<typeof firstPage>[1]): string {
  const page = firstPage(head, overview);
  const severity = page.severity === null ? '' : `${page.severity.toUpperCase()}. `;
  const owners = page.owners.length === 0 ? '' : ` Owner: ${page.owners.map((owner) => plain(owner)).join(', ')}.`;
  const proof = page.proof === null ? '' : ` ${plain(`[F${page.proof.number}: ${page.proof.evidence}]`)}`;
  const paragraphs = page.paragraphs.map(
    ({ label, text }) => `${label === null ? '' : `**${plain(label)}** `}${prose(text, 2000)}\n\n`,
  );
  const actions = page.actions.flatMap(({ when, texts }) =>
    texts.map(
      (text) => `- **${when}:** ${prose(text, 1000)}
`,
    ),
  );
  const others = othersByKind(page).map(({ title, others }) => {
    const lines = others.map(
      ({ problem, since }) =>
        `1. **${problem.severity}** ${prose(problem.title)}${since === null ? '' : `. ${plain(since)}`}\n`,
    );
    return `${title}:\n\n${lines.join('')}\n`;
  });
  const rest = page.othersTotal - page.others.length;
  return [
    `**${severity}${prose(page.headline)}**${owners}${proof}\n\n`,
    ...paragraphs,
    ...actions,
    actions.length > 0 ? '\n' : '',
    ...others,
    others.length > 0 && rest > 0 ? `And ${counted(rest, 'more problem')}, below.\n\n` : '',
    `${plain(authorisedLine(head), 2000)}\n\n`,
  ].join('');
}

function figures({ summary }: ReportHead): string {
  const states = ['open', 'undetermined', 'guarded', 'unreachable', 'other-product', 'decoy'] as const;
  const accepted = summary.accepted > 0 ? `, beside ${number(summary.accepted)} accepted` : '';
  return `## In figures

${counted(findingsTotal(summary), 'finding')} in ${counted(summary.problems, 'problem')}${accepted}; ${counted(askedTotal(summary), 'endpoint')} asked. ${prose(notAskedWords(summary), 2000)}

${table(
  ['Severity', 'Findings'],
  severities.map((severity) => [severity, number(summary.findings[severity])]),
)}

${table(
  ['Endpoints', 'Count'],
  states.map((state) => [stateWords[state], number(summary.states[state])]),
)}

`;
}

function problems(head: ReportHead, numbers: ReadonlyMap<string, number>): string {
  if (head.problems.length === 0) return '';
  const shown = head.problems.slice(0, limits.problems);
  const rows = shown.map((problem) => [
    problem.severity,
    `${prose(problem.title)} (${prose(problem.because)})`,
    problem.owners.map((owner) => plain(owner, 120)).join(', '),
    `${problem.doors
      .slice(0, 12)
      .map((door) => codeSpan(door, 200))
      .join(', ')}${problem.doorsTotal > 12 ? ` and ${number(problem.doorsTotal - 12)} more` : ''}`,
    problem.findings
      .map((fingerprint) => numbers.get(fingerprint))
      .filter((position) => position !== undefined)
      .map((position) => `F${position}`)
      .join(', '),
  ]);
  return `## Problems, the worst first\n\n${table(['Severity', 'Problem', 'Owner', 'Doors', 'Findings'], rows)}\n\n${more(
    shown.length,
    head.problemsTotal,
    'findings.json',
  )}`;
}

function findingText(finding: Finding, position: number, head: ReportHead, series: Series | null): string {
  const first = series !== null && series.position !== position ? series : null;
  const row = head.severityTable.find(({ id }) => id === finding.severityRow);
  const facts: [string, string][] = [
    ['Endpoint', codeSpan(finding.endpoint, 300)],
    ['Address', codeSpan(`${finding.address} port ${finding.port}`, 100)],
    ['Product', plain(productWords(finding), 120)],
    ['Owner', finding.owner === null ? '' : plain(finding.owner, 120)],
    [
      'Target',
      plain(finding.target, 120) + (finding.environment === null ? '' : `, ${plain(finding.environment, 60)}`),
    ],
    [
      'Reached',
      finding.since.what === 'seen' ? '' : `${finding.access} (${rungWords[finding.access]}; ${finding.proof})`,
    ],
    [
      'Also concerns',
      finding.also
        .slice(0, 10)
        .map((url) => codeSpan(url, 300))
        .join(', '),
    ],
    [
      'Severity',
      `${finding.severity}, row ${codeSpan(finding.severityRow, 80)}${row === undefined ? '' : `: ${prose(row.reason)}`}`,
    ],
    [
      'CVSS',
      `4.0: ${finding.cvss.v4.score.toFixed(1)} ${codeSpan(finding.cvss.v4.vector, 200)}; 3.1: ${finding.cvss.v31.score.toFixed(1)} ${codeSpan(finding.cvss.v31.vector, 200)}`,
    ],
    ['Weakness', plain(finding.cwe, 40)],
    ['Check', codeSpan(finding.check, 80)],
    ['Fingerprint', codeSpan(finding.fingerprint, 200)],
  ];
  const steps = finding.remedy.steps
    .slice(0, 20)
    .map(({ text, code }, i) => `${i + 1}. ${stepText(text)}\n${code === null ? '' : `\n${fenced(code, 3)}\n`}`);
  return `### F${position}. ${finding.severity.toUpperCase()}: ${prose(finding.title)}

${facts
  .filter(([, value]) => value !== '')
  .map(([term, value]) => `- ${term}: ${value}`)
  .join('\n')}

${prose(finding.summary, 2000)} ${plain(`[${evidenceRange(finding)}]`)}

**${plain(sinceHeadline(finding, head))}** ${prose(sinceDetails(finding.since, head), 1500)}

${contents(finding)}${stake(finding)}#### How to close it

${first === null ? steps.join('') : `As F${first.position}.\n`}
#### Then prove it

${fenced(finding.remedy.verify.command)}

Expect: ${prose(finding.remedy.verify.expect, 600)}

${evidence(finding)}${references(finding)}`;
}

function stepText(step: string): string {
  const { when, text } = timed(step);
  return `${when === null ? '' : `**${when}:** `}${prose(text, 1000)}`;
}

function contents(finding: Finding): string {
  const phrase = contentsPhrase(finding);
  const copy = copyPhrase(finding);
  const largest = finding.contents?.largest ?? [];
  if (phrase === null && largest.length === 0) return '';
  const rows = largest
    .slice(0, 10)
    .map((index) => [
      codeSpan(index.name, 160),
      index.documents === null ? '' : number(index.documents),
      index.bytes === null ? '' : bytes(index.bytes),
      index.createdAt === null ? '' : plain(day(index.createdAt), 30),
    ]);
  return `What lies there: ${phrase ?? 'totals were not said'}. Records are not persons; none was read.${copy === null ? '' : ` ${copy}`}\n\n${
    rows.length > 0 ? `${table(['Index', 'Records', 'Size', 'Created'], rows)}\n\n` : ''
  }`;
}

function stake(finding: Finding): string {
  const rows = stakeRows(finding);
  if (rows.length === 0) return '';
  const some = (list: readonly string[], total: number): string => {
    const rest = total - Math.min(list.length, limits.fields);
    return `${list
      .slice(0, limits.fields)
      .map((name) => codeSpan(name, 120))
      .join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}`;
  };
  return `What the names of fields speak of. ${stakeNote}\n\n${table(
    ['Class', 'Fields', 'Indices', 'Records'],
    rows.map((row) => [
      `${plain(row.label, 60)}${row.certain ? '' : ' (perhaps)'}`,
      some(row.fields, row.fieldsTotal),
      some(row.indices, row.indicesTotal),
      stakeRecords(row),
    ]),
  )}\n\n`;
}

function evidence(finding: Finding): string {
  if (finding.evidence.length === 0) return '';
  const items = finding.evidence.slice(0, limits.evidence).map((item) => {
    const result = item.status ?? plain(item.failure ?? 'no answer', 60);
    const hash = item.sha256 === '' ? '' : `, SHA-256 of the whole body ${codeSpan(item.sha256, 64)}`;
    const excerpt = item.excerpt === '' ? '' : `\n  ${keptLabel}\n\n${fenced(item.excerpt, 2, 3000)}\n`;
    return `- **${plain(item.id, 12)}** ${codeSpan(`${item.method} ${item.url}`)}: ${result}. ${prose(capital(sentence(item.shows)))} ${plain(utc(item.at), 40)}, request ${number(item.request)} of the ledger${hash}\n${excerpt}`;
  });
  return `#### Evidence\n\n${items.join('')}\n${more(items.length, finding.evidence.length, 'findings.jsonl')}`;
}

function references(finding: Finding): string {
  const links = finding.references
    .slice(0, 10)
    .map((url) => (/^https?:\/\/[^\s<>()[\]\\|`]+$/.test(url) ? `<${url}>` : plain(url)));
  return links.length === 0 ? '' : `References: ${links.join(', ')}\n\n`;
}

function acceptedText(accepted: readonly Finding[], total: number): string {
  if (total === 0) return '';
  const rows = accepted.map((finding) => [
    codeSpan(finding.endpoint, 200),
    `${finding.severity}: ${prose(finding.title, 200)}`,
    plain(finding.accepted?.reason ?? '', 300),
    plain(finding.accepted?.approvedBy ?? '', 120),
    plain(finding.accepted?.until ?? '', 30),
  ]);
  return `## Accepted findings\n\nThe targets file accepts these. They are listed, not counted.\n\n${table(
    ['Endpoint', 'What', 'Reason', 'Approved by', 'Until (UTC)'],
    rows,
  )}\n\n${more(accepted.length, total, 'findings.jsonl')}`;
}

function endpointTexts(groups: EndpointGroups, head: ReportHead): string {
  const from = plain(vantageWords(head.run.vantage));
  const where = (row: EndpointSummary): string => codeSpan(row.endpoint, 200);
  const identity = (row: EndpointSummary): string => plain(identityWords(row), 120);
  const why = (row: EndpointSummary): string =>
    row.reasonText !== null ? prose(row.reasonText, 300) : row.reason === null ? '' : reasonWords[row.reason];
  const part = (
    group: EndpointGroup,
    heading: string,
    intro: string,
    columns: string[],
    cells: (row: EndpointSummary) => string[],
  ): string =>
    group.total === 0
      ? ''
      : `## ${heading}\n\n${intro}\n\n${table(columns, group.rows.map(cells))}\n\n${more(group.rows.length, group.total, 'endpoints.jsonl')}`;
  const guards = mostFirst(groups.guarded.guards).map(
    ([guard, count]) => `${number(count)} by ${plain(guardWords(guard), 60)}`,
  );
  const reasons = mostFirst(groups.unreachable.reasons).map(
    ([name, count]) => `${number(count)}: ${reasonWords[name]}`,
  );
  return [
    part(
      groups.undetermined,
      'Endpoints that could not be judged',
      'These are not safe: what they would answer a caller is not known, for the reason given.',
      ['Endpoint', 'Why', 'What it may be', 'When'],
      (row) => [where(row), why(row), identity(row), plain(utc(row.at), 40)],
    ),
    part(groups.open, 'Endpoints open to us', openIntro, ['Endpoint', 'Product', 'Cluster', 'Rung'], (row) => [
      where(row),
      identity(row),
      plain(row.clusterName ?? '', 100),
      `${row.access} (${row.proof})${rungNote(row)}${row.mixed ? '; answers of several backends' : ''}`,
    ]),
    part(
      groups.guarded,
      'What refused us',
      `Asked without credentials from ${from}${guards.length > 0 ? `: ${guards.join(', ')}` : ''}. A refusal holds for its time and for that address.`,
      ['Endpoint', 'Product', 'Refused by', 'Login seen', 'When'],
      (row) => [
        where(row),
        `${identity(row)}${row.access === 'banner' ? '; shows its banner' : ''}`,
        plain(deniedBy(row), 200),
        plain(loginWords(row.loginSchemes), 200),
        plain(utc(row.at), 40),
      ],
    ),
    part(
      groups.decoy,
      'Decoys',
      'These gave fabricated answers, as a honeypot does. They are no findings.',
      ['Endpoint', 'What it poses as, and what gives it away'],
      (row) => [where(row), why(row)],
    ),
    part(
      groups['other-product'],
      'Other products',
      'Something else answers here; it was not judged.',
      ['Endpoint', 'What it is'],
      (row) => [where(row), identity(row)],
    ),
    part(
      groups.unreachable,
      'Endpoints that could not be reached',
      `Not reached from ${from}; somebody elsewhere may reach them. ${reasons.join('; ')}`,
      ['Endpoint', 'Why', 'When'],
      (row) => [where(row), why(row), plain(utc(row.at), 40)],
    ),
  ].join('');
}

function method({ run, summary, severityTable }: ReportHead): string {
  const { engagement, declared } = run;
  const shown = declared.clientCertificate;
  const some = (values: readonly (string | number)[], total = values.length): string => {
    const rest = total - limits.declared;
    return `${values
      .slice(0, limits.declared)
      .map((value) => codeSpan(String(value), 160))
      .join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}`;
  };
  const lines: [string, string][] = [
    ['Names and ranges', some(declared.names, declared.namesTotal)],
    ['Ports', some(declared.ports)],
    ['Base paths', some(declared.paths.map((path) => (path === '' ? '/' : path)))],
    ['Scope', declared.scopeInclude.length === 0 ? 'exactly what the targets declare' : some(declared.scopeInclude)],
    ['Left out', some(declared.scopeExclude)],
    ['Engagement', plain(engagement.id)],
    ['Authorised by', plain(authorityName(engagement))],
    [
      'Reference',
      engagement.authorisation === null
        ? ''
        : plain(`${engagement.authorisation.reference}, signed on ${engagement.authorisation.signedOn}`),
    ],
    ['Window', engagement.window === null ? '' : period(engagement.window.from, engagement.window.to)],
    ['Time', period(run.startedAt, run.endedAt)],
    ['From', `${plain(run.vantage.name)}: ${plain(vantageWords(run.vantage))}, as declared: the run cannot check it`],
    ['Requests', `${number(run.requests)} on ${counted(run.connections, 'connection')}, ${bytes(run.bytes)} read`],
    ['Names', run.namesMasked === true ? namesMasked : ''],
    ['User-Agent', codeSpan(run.userAgent)],
    ['Client certificate', shown === undefined ? '' : `${codeSpan(shown.subject)}, SHA-256 ${codeSpan(shown.sha256)}`],
    [
      'leftopen',
      `${plain(run.tool.version)}, catalogue ${codeSpan(run.catalogue)}, knowledge ${codeSpan(run.knowledge)}`,
    ],
    ['Run', codeSpan(run.id)],
    ['Plan', `SHA-256 ${codeSpan(run.planDigest)}`],
    [
      'Ledger',
      run.ledgerSha256 === null ? 'not closed when this was written' : `SHA-256 ${codeSpan(run.ledgerSha256)}`,
    ],
  ];
  const internet = run.vantage.exposure === 'internet' ? '' : ' The internet was not tested.';
  return `## Coverage, authorisation and method

${counted(askedTotal(summary), 'endpoint')} of ${counted(declared.targets, 'declared target')} asked. ${prose(notAskedWords(summary), 2000)} Hosts, ports and paths that were not declared were not looked for. Of an address in a range only the address was asked: sites that it serves under names of their own (virtual hosts) were not.${internet}

Each endpoint was asked, ${credentialWords(run)}, with GET and HEAD only. No document was read, nothing was changed, no password was guessed. Times are in UTC.

${lines
  .filter(([, value]) => value !== '')
  .map(([term, value]) => `- ${term}: ${value}`)
  .join('\n')}

## How severity is decided

The highest row that fits decides. The environment never lowers it. ${cvssNote}

${table(
  ['Severity', 'Row', 'Because', 'CVSS 4.0', 'CVSS 3.1'],
  severityTable.map((row) => [
    row.severity,
    codeSpan(row.id, 80),
    prose(row.reason),
    row.cvss4.score.toFixed(1),
    row.cvss31.score.toFixed(1),
  ]),
)}
`;
}
