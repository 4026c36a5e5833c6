// What the HTML report says of scope, authority and method.
import { techniques } from '../../model/engagement.js';
import type { ReportHead } from '../../model/finding.js';
import { limits } from '../limits.js';
import { oneLine } from '../../text/visible.js';
import {
  askedTotal,
  authorityName,
  bytes,
  capital,
  counted,
  credentialWords,
  cvssNote,
  namesMasked,
  notAskedWords,
  number,
  period,
  utc,
  vantageWords,
} from '../words.js';
import { chip, code, prose, section, table, terms } from './parts.js';
import { html, link, type Child, type Html } from './template.js';

/** What was covered, under whose authority, and how: what a reader needs to doubt or to repeat the audit. */
export function methodSections(head: ReportHead): Html {
  return html`${coverage(head)}${authority(head)}${method(head)}${severityRows(head)}`;
}

function some(values: readonly (string | number)[], total = values.length): Child {
  if (values.length === 0) return null;
  const rest = total - limits.declared;
  return html`${values.slice(0, limits.declared).map((value) => html`${code(String(value), 160)} `)}${
    rest > 0 && `and ${number(rest)} more`
  }`;
}

function coverage({ run, summary }: ReportHead): Html {
  const { declared } = run;
  return section(
    'coverage',
    'What this report covers',
    null,
    html`<div class="box">
      <p>
        ${counted(askedTotal(summary), 'endpoint')} of ${counted(declared.targets, 'declared target')}
        ${askedTotal(summary) === 1 ? 'was' : 'were'} asked. ${oneLine(notAskedWords(summary), 2000)} Hosts, ports and
        paths that were not declared were not looked for. Of an address in a range only the address was asked: sites
        that it serves under names of their own (virtual hosts) were not.
      </p>
      <p>
        A name was resolved once and its addresses pinned for the run. What an endpoint answers a caller with
        credentials, or from another address, was not
        tested${run.vantage.exposure === 'internet' ? '' : '; the internet was not tested'}.
      </p>
      ${terms([
        ['Names and ranges', some(declared.names, declared.namesTotal)],
        ['Ports', some(declared.ports)],
        ['Base paths', some(declared.paths.map((path) => (path === '' ? '/' : path)))],
      ])}
    </div>`,
  );
}

function authority({ run }: ReportHead): Html {
  const { engagement } = run;
  const { authorisedBy, authorisation, window } = engagement;
  const documentSha256 = authorisation?.documentSha256 ?? null;
  const contacts = engagement.contacts.map(
    ({ name, email, phone }) =>
      html`${oneLine(name, 120)}${email !== null && html`, ${link(`mailto:${oneLine(email, 200)}`, oneLine(email, 200))}`}${
          phone !== null && `, ${oneLine(phone, 60)}`
        }<br />`,
  );
  return section(
    'authority',
    'Scope and authorisation',
    null,
    engagement.loopbackOnly &&
      html`<p>No engagement was declared, so only loopback addresses of the machine that ran the audit were asked.</p>`,
    terms([
      ['Client', engagement.client !== null && oneLine(engagement.client.name, 200)],
      ['Legal entity', engagement.client !== null && oneLine(engagement.client.legalEntity ?? '', 200)],
      [
        'Authorised by',
        authorisedBy === null
          ? oneLine(authorityName(engagement), 200)
          : html`${oneLine(authorisedBy.name, 120)}, ${oneLine(authorisedBy.role, 120)} (as ${authorisedBy.capacity}),
            ${link(`mailto:${oneLine(authorisedBy.email, 200)}`, oneLine(authorisedBy.email, 200))}`,
      ],
      [
        'Reference',
        authorisation !== null &&
          html`${oneLine(authorisation.reference, 200)}, signed on ${oneLine(authorisation.signedOn, 30)}`,
      ],
      ['Signed document', documentSha256 !== null && html`SHA-256 ${code(documentSha256, 64)}`],
      [
        'Window',
        window !== null &&
          `${period(window.from, window.to)}${
            window.weekly.length > 0 ? `, within weekly hours (${oneLine(window.timeZone, 60)})` : ''
          }`,
      ],
      ['Scope', some(run.declared.scopeInclude) ?? 'exactly what the targets declare'],
      ['Left out', some(run.declared.scopeExclude)],
      ['Contacts', contacts.length > 0 && contacts],
      [
        'Vantage',
        `${oneLine(run.vantage.name, 120)}: ${oneLine(vantageWords(run.vantage), 200)}, as declared: the run cannot check it`,
      ],
    ]),
  );
}

function method(head: ReportHead): Html {
  const { run, summary } = head;
  const shown = run.declared.clientCertificate;
  const allowed = Object.entries(techniques).map(([name, { allows }]) => {
    const on = Object.entries(run.engagement.techniques).some(([technique, value]) => technique === name && value);
    return html`<li><b>${on ? 'On' : 'Off'}</b> ${code(name, 60)} ${capital(allows)}</li>`;
  });
  return section(
    'method',
    'Method',
    null,
    html`<p>
      Each endpoint was asked, ${credentialWords(run)}, with GET and HEAD only, from a printed list of questions. No
      document was read, nothing was changed, no password was guessed. What could not be determined is called
      undetermined.
    </p>`,
    terms([
      ['Time', period(run.startedAt, run.endedAt)],
      ['Requests', `${number(run.requests)} on ${counted(run.connections, 'connection')}, ${bytes(run.bytes)} read`],
      ['Names', run.namesMasked === true && namesMasked],
      ['User-Agent', code(run.userAgent, 300)],
      [
        'Client certificate',
        shown !== undefined && html`${code(shown.subject, 300)}, SHA-256 ${code(shown.sha256, 64)}`,
      ],
      [
        'Verdicts',
        `${number(summary.verdicts.fail)} fail, ${number(summary.verdicts.pass)} pass, ${number(summary.verdicts['not-applicable'])} not applicable, ${number(summary.verdicts.undetermined)} undetermined`,
      ],
      [
        'leftopen',
        html`${run.tool.version}, catalogue ${code(run.catalogue, 80)}, knowledge ${code(run.knowledge, 80)}`,
      ],
      ['Run', code(run.id, 120)],
      ['Plan', html`SHA-256 ${code(run.planDigest, 64)}`],
      [
        'Ledger',
        run.ledgerSha256 === null ? 'not closed when this was written' : html`SHA-256 ${code(run.ledgerSha256, 64)}`,
      ],
    ]),
    html`<details>
      <summary>Techniques</summary>
      <ul class="techniques">
        ${allowed}
      </ul>
    </details>`,
    html`<p class="quiet">
      Times are in UTC, written ${code('YYYY-MM-DD HH:MM:SS')}. Every request is a line of ${code('ledger.jsonl')}, to
      be held against your own access logs; E-numbers lead to its lines.
    </p>`,
  );
}

function severityRows(head: ReportHead): Html | null {
  if (head.severityTable.length === 0) return null;
  return section(
    'severity',
    'How severity is decided',
    null,
    html`<p>The highest row that fits decides. The environment never lowers it. ${cvssNote}</p>`,
    html`<details>
      <summary>The table (${counted(head.severityTable.length, 'row')})</summary>
      ${table(
        'Severity',
        ['Severity', 'Row', 'Because', { numeric: 'CVSS 4.0' }, { numeric: 'CVSS 3.1' }],
        head.severityTable.map((row) => [
          chip(row.severity),
          code(row.id, 80),
          prose(row.reason),
          row.cvss4.score.toFixed(1),
          row.cvss31.score.toFixed(1),
        ]),
      )}
    </details>`,
  );
}

/** The last lines. */
export function colophon({ run }: ReportHead): Html {
  return html`<footer>
    <p>
      Written by leftopen ${run.tool.version} from the journal of run ${code(run.id, 120)}, begun ${utc(run.startedAt)}.
      This file loads nothing and runs no script.
    </p>
  </footer> `;
}
