// What a reader needs to doubt or to repeat the audit: coverage, authority, method, severity, ids, and a glossary.

import { rungs } from '../../model/endpoint.js';
import { techniques } from '../../model/engagement.js';
import type { Finding, ReportHead, Summary } from '../../model/finding.js';
import {
  code,
  joined,
  link,
  list,
  note,
  paragraph,
  prose,
  section,
  severityWord,
  strong,
  table,
  terms,
  text,
  within,
  type Block,
  type Inline,
  type Text,
} from '../document.js';
import { limits } from '../limits.js';
import { vantagesOf } from '../vantages.js';
import { sourcesSection } from './vantages.js';
import {
  askedTotal,
  authorityName,
  bytes,
  capital,
  counted,
  credentialWords,
  cvssNote,
  findingsTotal,
  listed,
  maskedWords,
  notAskedTotal,
  notAskedWords,
  number,
  period,
  rungNames,
  rungWords,
  scoreWords,
  sentence,
  utc,
  vantageWords,
} from '../words.js';

/** The appendix. The findings are read once more, for their ids and the rows of the severity table that they used. */
export async function* appendix(
  head: ReportHead,
  findings: () => AsyncIterable<Finding>,
): AsyncGenerator<Block, void, void> {
  yield* coverage(head);
  yield* authority(head);
  yield* method(head);
  yield* sourcesSection(head);
  yield* glossary();
  yield* await ids(head, findings());
}

function some(values: readonly (string | number)[], total = values.length): Inline[] {
  const rest = total - limits.declared;
  return [
    ...joined(values.slice(0, limits.declared).map((value) => code(String(value), 160))),
    ...(rest > 0 ? [text(` and ${number(rest)} more`)] : []),
  ];
}

/** How many endpoints were asked, and how many of them gave a response from which a verdict follows. */
function testedWords(summary: Summary, targets: number): string {
  const asked = askedTotal(summary);
  const silent = summary.states.unreachable;
  const unjudged = summary.states.undetermined - notAskedTotal(summary);
  const without = [
    silent === 0 ? null : `${number(silent)} did not respond`,
    unjudged === 0 ? null : `${number(unjudged)} could not be judged`,
  ].filter((part) => part !== null);
  return `We asked ${counted(asked, 'endpoint')} of ${counted(targets, 'declared target')}${without.length === 0 ? '' : `; ${listed(without)}`}.`;
}

function* coverage({ run, summary }: ReportHead): Generator<Block, void, void> {
  const { declared } = run;
  const internet = run.vantage.exposure === 'internet' ? '' : ' The internet was not tested.';
  yield* section('coverage', 'What this report covers', null, [
    paragraph(
      text(
        `${testedWords(summary, declared.targets)} ${notAskedWords(summary)} We did not look for hosts, ports or paths that were not declared. Of an address in a range, only the address itself was tested, not other sites that it may serve under their own names (virtual hosts).`,
        3000,
      ),
    ),
    paragraph(
      text(
        `Each name was resolved once, and its addresses were kept for the run. Access with credentials, or from other addresses, was not tested.${internet}`,
      ),
    ),
    terms([
      ['Names and ranges', some(declared.names, declared.namesTotal)],
      ['Ports', some(declared.ports)],
      ['Base paths', some(declared.paths.map((path) => (path === '' ? '/' : path)))],
    ]),
  ]);
}

function* authority({ run }: ReportHead): Generator<Block, void, void> {
  const { engagement } = run;
  const { authorisedBy, authorisation, window } = engagement;
  const signed = authorisation?.documentSha256 ?? null;
  const contacts = engagement.contacts.map(({ name, email, phone }): Inline[] => [
    text(name, 120),
    ...(email === null ? [] : [text(', '), link(`mailto:${email}`, email)]),
    ...(phone === null ? [] : [text(`, ${phone}`, 60)]),
  ]);
  const scope = some(run.declared.scopeInclude);
  yield* section('authority', 'Scope and authorisation', null, [
    engagement.loopbackOnly
      ? paragraph(text('No engagement was declared, so only loopback addresses of this machine were tested.'))
      : null,
    terms([
      ['Client', [text(engagement.client?.name ?? '', 200)]],
      ['Legal entity', [text(engagement.client?.legalEntity ?? '', 200)]],
      ['Engagement', [text(engagement.id, 120)]],
      [
        'Authorised by',
        authorisedBy === null
          ? [text(authorityName(engagement), 200)]
          : [
              text(`${authorisedBy.name}, ${authorisedBy.role} (as ${authorisedBy.capacity}), `, 260),
              link(`mailto:${authorisedBy.email}`, authorisedBy.email),
            ],
      ],
      [
        'Reference',
        authorisation === null ? [] : [text(`${authorisation.reference}, signed on ${authorisation.signedOn}`, 260)],
      ],
      ['Signed document', signed === null ? [] : [text('SHA-256 '), code(signed, 64)]],
      [
        'Window',
        window === null
          ? []
          : [
              text(
                `${period(window.from, window.to)}${window.weekly.length > 0 ? `, within weekly hours (${window.timeZone})` : ''}`,
                200,
              ),
            ],
      ],
      ['Scope', scope.length === 0 ? [text('exactly what the targets declare')] : scope],
      ['Excluded', some(run.declared.scopeExclude)],
      ['Contacts', contacts.flatMap((contact, i) => (i === 0 ? contact : [text('; '), ...contact]))],
      [
        'Vantage',
        [
          text(
            `${listed(vantagesOf(run).map((vantage) => `${vantage.name}: ${vantageWords(vantage)}`))}, as declared; the run cannot verify it`,
            600,
          ),
        ],
      ],
    ]),
  ]);
}

function* method({ run, summary }: ReportHead): Generator<Block, void, void> {
  const shown = run.declared.clientCertificate;
  const allowed = Object.entries(techniques).map(([name, { allows }]): Text => {
    const on = Object.entries(run.engagement.techniques).some(([technique, value]) => technique === name && value);
    return [strong(on ? 'On: ' : 'Off: '), code(name, 60), text(' '), ...prose(sentence(capital(allows)), 400)];
  });
  yield* section('method', 'Method', null, [
    paragraph(
      ...prose(
        `Each endpoint was tested ${credentialWords(run)}, with GET and HEAD requests only, from a published list of questions (\`leftopen plan\` prints it). We read no document, changed nothing and guessed no password. What could not be determined is called undetermined, and never safe.`,
      ),
    ),
    terms([
      ['Time', [text(period(run.startedAt, run.endedAt))]],
      [
        'Requests',
        [text(`${number(run.requests)} on ${counted(run.connections, 'connection')}, ${bytes(run.bytes)} received`)],
      ],
      ['Names', [text(maskedWords(run), 600)]],
      ['User-Agent', [code(run.userAgent, 300)]],
      [
        'Client certificate',
        shown === undefined ? [] : [code(shown.subject, 300), text(', SHA-256 '), code(shown.sha256, 64)],
      ],
      [
        'Results of checks',
        // What passed is known for all owners together only.
        run.onlyOwner !== undefined
          ? []
          : [
              text(
                `${number(summary.verdicts.fail)} fail, ${number(summary.verdicts.pass)} pass, ${number(summary.verdicts['not-applicable'])} not applicable, ${number(summary.verdicts.undetermined)} undetermined`,
              ),
            ],
      ],
      [
        'leftopen',
        [
          text(`${run.tool.version}, catalogue `, 80),
          code(run.catalogue, 80),
          text(', knowledge '),
          code(run.knowledge, 80),
        ],
      ],
      ['Run', [code(run.id, 120)]],
      ['Plan', [text('SHA-256 '), code(run.planDigest, 64)]],
      [
        'Ledger',
        run.sources !== undefined
          ? [text('each source has its own')]
          : run.ledgerSha256 === null
            ? [text('not closed when this was written')]
            : [text('SHA-256 '), code(run.ledgerSha256, 64)],
      ],
    ]),
    ...within({ as: 'fold', summary: 'Techniques' }, [list(allowed)]),
    note(
      text(
        `All times are UTC. Every request is a line of ${run.sources === undefined ? '' : 'the ledger of its run, '}`,
      ),
      code('ledger.jsonl'),
      text(', which you can compare with your own access logs; E-numbers lead to its lines.'),
    ),
  ]);
}

/** The words that a reader may not know. */
const words: readonly (readonly [string, string])[] = [
  [
    'Access level',
    `How far a caller without credentials gets: ${rungs.map((rung, i) => `${i} ${rungNames[rung]} (${rungWords[rung]})`).join(', ')}.`,
  ],
  ['Anonymous user', 'A user account that the server assigns to callers that do not log in.'],
  ['Banner', 'The name, version and health that a server shows.'],
  ['Cluster', 'One or more servers that store data together. An Elasticsearch or OpenSearch cluster contains indices.'],
  ['Dashboard', 'Kibana or OpenSearch Dashboards: the web page in front of a cluster.'],
  ['Decoy', 'A server that gives made-up responses to attract attackers (a honeypot).'],
  ['Document', 'One entry in an index, for example one person, order or log line.'],
  ['Endpoint', 'One address, port and path that was declared and tested.'],
  ['Exposed', 'A caller without credentials got in, or is offered a guest login.'],
  ['Index', 'A named collection of documents.'],
  [
    'Inferred',
    'It follows from what we saw, and one clause says from what. Shown: we have the response that proves it.',
  ],
  ['Ledger', 'The list of every connection and request that this audit made.'],
  ['Problem', 'Findings that are one thing to fix: one cluster, one certificate, or one decision of one owner.'],
  ['Vantage', 'Where the audit was made from.'],
];

function* glossary(): Generator<Block, void, void> {
  yield* section('glossary', 'Glossary', null, [terms(words.map(([word, meaning]) => [word, [text(meaning)]]))]);
}

async function ids(head: ReportHead, findings: AsyncIterable<Finding>): Promise<Iterable<Block>> {
  const rows: Text[][] = [];
  const used = new Set<string>();
  let total = 0;
  for await (const finding of findings) {
    if (finding.accepted !== null) continue;
    total += 1;
    if (rows.length >= limits.rows) continue;
    used.add(finding.severityRow);
    rows.push([
      [severityWord(finding.severity), text(' '), code(finding.check, 80)],
      [code(finding.endpoint, 200)],
      [code(finding.severityRow, 80)],
      [text(`${scoreWords(finding.cvss.v4.score)} / ${scoreWords(finding.cvss.v31.score)}`)],
      [text(finding.cwe, 40)],
      [code(finding.fingerprint.slice(0, 16), 200)],
    ]);
  }
  const usedRules = head.severityTable.filter(({ id }) => used.has(id));
  return severityAndIds(head, rows, total, usedRules);
}

function* severityAndIds(
  head: ReportHead,
  rows: readonly Text[][],
  total: number,
  used: ReportHead['severityTable'],
): Generator<Block, void, void> {
  // Where all rules were used from one side, this is said once.
  const ends = used.map(({ reason }) => /[^.]+\.$/.exec(reason)?.[0].trim() ?? '');
  const common = used.length > 1 && ends.every((end) => end === ends[0]) ? (ends[0] ?? '') : '';
  yield* section('severity', 'How severity is decided', null, [
    paragraph(
      text(
        `The most severe rule that applies decides. Being a test system never lowers it. ${cvssNote} These are the rules that this report used, of ${number(head.severityTable.length)}; docs/severity.md has all of them.${common === '' ? '' : ` All: ${common}`}`,
      ),
    ),
    used.length === 0
      ? null
      : table(
          'Rules that this report used',
          ['Severity', 'Rule', 'Because', '#CVSS 4.0', '#CVSS 3.1'],
          used.map((row) => [
            [severityWord(row.severity)],
            [code(row.id, 80)],
            prose(row.reason.slice(0, row.reason.length - common.length).trim(), 400),
            [text(scoreWords(row.cvss4.score))],
            [text(scoreWords(row.cvss31.score))],
          ]),
        ),
  ]);
  if (rows.length === 0) return;
  yield* section('ids', 'Findings and their ids', findingsTotal(head.summary), [
    ...within({ as: 'fold', summary: `${counted(rows.length, 'finding')} with check, rule, CVSS and fingerprint` }, [
      table(
        'Findings and their ids',
        ['Check', 'Endpoint', 'Rule', 'CVSS 4.0 / 3.1', 'Weakness', 'Fingerprint (beginning)'],
        rows,
      ),
    ]),
    total > rows.length
      ? note(text(`And ${number(total - rows.length)} more: see `), code('findings.jsonl'), text('.'))
      : null,
    note(
      text(
        `Vectors, evidence hashes, references and full fingerprints are in findings.jsonl. Written at the end of the run, ${utc(head.run.endedAt ?? head.run.startedAt)}.`,
      ),
    ),
  ]);
}
