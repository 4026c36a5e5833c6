// What a reader needs to doubt or to repeat the audit: coverage, authority, method, severity, ids, and a glossary.

import { techniqueNames } from '../../model/engagement.js';
import type { Finding, ReportHead } from '../../model/finding.js';
import { totalOf } from '../../model/severity.js';
import {
  code,
  joined,
  link,
  list,
  more,
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
import type { Texts } from '../texts/en.js';
import { sourcesSection } from './vantages.js';
import { capital, scoreWords, sentence } from '../words.js';

/** The appendix. The findings are read once more, for their ids and the rows of the severity table that they used. */
export async function* appendix(
  head: ReportHead,
  findings: () => AsyncIterable<Finding>,
  t: Texts,
): AsyncGenerator<Block, void, void> {
  yield* coverage(head, t);
  yield* authority(head, t);
  yield* method(head, t);
  yield* sourcesSection(head, t);
  yield* section('glossary', t.glossary.title, null, [
    terms(t.glossary.words.map(([word, meaning]) => [word, [text(meaning)]])),
  ]);
  yield* await ids(head, findings(), t);
}

function some(values: readonly (string | number)[], t: Texts, total = values.length): Inline[] {
  const rest = total - limits.declared;
  return [
    ...joined(values.slice(0, limits.declared).map((value) => code(String(value), 160))),
    ...(rest > 0 ? [text(t.andMore(rest))] : []),
  ];
}

function* coverage(head: ReportHead, t: Texts): Generator<Block, void, void> {
  const { declared, vantage } = head.run;
  yield* section('coverage', t.coverage.title, null, [
    paragraph(text(t.coverage.tested(head), 3000)),
    paragraph(text(t.coverage.limits(vantage.exposure === 'internet'))),
    terms([
      [t.coverage.names, some(declared.names, t, declared.namesTotal)],
      [t.coverage.ports, some(declared.ports, t)],
      [
        t.coverage.paths,
        some(
          declared.paths.map((path) => (path === '' ? '/' : path)),
          t,
        ),
      ],
    ]),
  ]);
}

function* authority({ run }: ReportHead, t: Texts): Generator<Block, void, void> {
  const words = t.authority;
  const { engagement } = run;
  const { authorisedBy, authorisation, window } = engagement;
  const signed = authorisation?.documentSha256 ?? null;
  const contacts = engagement.contacts.map(({ name, email, phone }): Inline[] => [
    text(name, 120),
    ...(email === null ? [] : [text(', '), link(`mailto:${email}`, email)]),
    ...(phone === null ? [] : [text(`, ${phone}`, 60)]),
  ]);
  const scope = some(run.declared.scopeInclude, t);
  yield* section('authority', words.title, null, [
    engagement.loopbackOnly ? paragraph(text(words.loopbackOnly)) : null,
    terms([
      [words.client, [text(engagement.client?.name ?? '', 200)]],
      [words.legalEntity, [text(engagement.client?.legalEntity ?? '', 200)]],
      [words.engagement, [text(engagement.id, 120)]],
      [
        words.authorisedBy,
        [
          text(words.nameOf(engagement), 260),
          ...(authorisedBy === null ? [] : [text(', '), link(`mailto:${authorisedBy.email}`, authorisedBy.email)]),
        ],
      ],
      [
        words.reference,
        authorisation === null ? [] : [text(words.signed(authorisation.reference, authorisation.signedOn), 260)],
      ],
      [words.document, signed === null ? [] : [text('SHA-256 '), code(signed, 64)]],
      [
        words.window,
        window === null
          ? []
          : [text(words.windowOf(window.from, window.to, window.weekly.length > 0, window.timeZone), 200)],
      ],
      // The scope of a run may name hosts of other owners.
      [words.scope, run.onlyOwner !== undefined ? [] : scope.length === 0 ? [text(words.exactly)] : scope],
      [words.excluded, some(run.declared.scopeExclude, t)],
      [words.contacts, contacts.flatMap((contact, i) => (i === 0 ? contact : [text('; '), ...contact]))],
      [words.vantage, [text(words.vantages(run), 600)]],
    ]),
  ]);
}

function* method({ run, summary }: ReportHead, t: Texts): Generator<Block, void, void> {
  const words = t.method;
  const shown = run.declared.clientCertificate;
  const allowed = techniqueNames.map((name): Text => [
    strong(run.engagement.techniques[name] ? words.on : words.off),
    code(name, 60),
    text(' '),
    ...prose(sentence(capital(words.allows[name])), 400),
  ]);
  yield* section('method', words.title, null, [
    paragraph(...prose(words.how(run))),
    terms([
      [words.time, [text(t.period(run.startedAt, run.endedAt))]],
      [words.requests, [text(words.requestsOf(run))]],
      [words.names, [text(words.masked(run), 600)]],
      ['User-Agent', [code(run.userAgent, 300)]],
      [
        words.clientCertificate,
        shown === undefined ? [] : [code(shown.subject, 300), text(', SHA-256 '), code(shown.sha256, 64)],
      ],
      // What passed is known for all owners together only.
      [words.results, run.onlyOwner !== undefined ? [] : [text(words.resultsOf(summary))]],
      ['leftopen', words.tool(run.tool.version, code(run.catalogue, 80), code(run.knowledge, 80))],
      [words.run, [code(run.id, 120)]],
      [words.plan, [text('SHA-256 '), code(run.planDigest, 64)]],
      [
        words.ledger,
        run.sources !== undefined
          ? [text(words.ledgerOfEach)]
          : run.ledgerSha256 === null
            ? [text(words.ledgerOpen)]
            : [text('SHA-256 '), code(run.ledgerSha256, 64)],
      ],
    ]),
    ...within({ as: 'fold', summary: words.techniques }, [list(allowed)]),
    note(...words.verify(code('ledger.jsonl'), run.sources !== undefined)),
  ]);
}

async function ids(head: ReportHead, findings: AsyncIterable<Finding>, t: Texts): Promise<Iterable<Block>> {
  const rows: Text[][] = [];
  const used = new Set<string>();
  let total = 0;
  for await (const finding of findings) {
    if (finding.accepted !== null) continue;
    total += 1;
    if (rows.length >= limits.rows) continue;
    used.add(finding.severityRow);
    rows.push([
      [severityWord(finding.severity, t.severities), text(' '), code(finding.check, 80)],
      [code(finding.endpoint, 200)],
      [code(finding.severityRow, 80)],
      [text(`${scoreWords(finding.cvss.v4.score)} / ${scoreWords(finding.cvss.v31.score)}`)],
      [text(finding.cwe, 40)],
      [code(finding.fingerprint.slice(0, 16), 200)],
    ]);
  }
  const usedRules = head.severityTable.filter(({ id }) => used.has(id));
  return severityAndIds(head, rows, total, usedRules, t);
}

function* severityAndIds(
  head: ReportHead,
  rows: readonly Text[][],
  total: number,
  used: ReportHead['severityTable'],
  t: Texts,
): Generator<Block, void, void> {
  // Where all rules were used from one side, this is said once.
  const ends = used.map(({ reason }) => /[^.]+\.$/.exec(reason)?.[0].trim() ?? '');
  const common = used.length > 1 && ends.every((end) => end === ends[0]) ? (ends[0] ?? '') : '';
  yield* section('severity', t.rules.title, null, [
    paragraph(text(t.rules.intro(head.severityTable.length, common))),
    used.length === 0
      ? null
      : table(
          t.rules.caption,
          [t.rules.severity, t.rules.rule, t.rules.because, '#CVSS 4.0', '#CVSS 3.1'],
          used.map((row) => [
            [severityWord(row.severity, t.severities)],
            [code(row.id, 80)],
            prose(row.reason.slice(0, row.reason.length - common.length).trim(), 400),
            [text(scoreWords(row.cvss4.score))],
            [text(scoreWords(row.cvss31.score))],
          ]),
        ),
  ]);
  if (rows.length === 0) return;
  yield* section('ids', t.ids.title, totalOf(head.summary.findings), [
    ...within({ as: 'fold', summary: t.ids.summary(rows.length) }, [
      table(
        t.ids.title,
        [t.ids.check, t.ids.endpoint, t.ids.rule, 'CVSS 4.0 / 3.1', t.ids.weakness, t.ids.fingerprint],
        rows,
      ),
    ]),
    more(rows.length, total, 'findings.jsonl', t),
    note(text(t.ids.rest(head.run.endedAt ?? head.run.startedAt))),
  ]);
}
