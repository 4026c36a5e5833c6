// The HTML report's ranking and findings.
import { rungs } from '../../model/endpoint.js';
import type { Evidence, Finding, Problem, ReportHead, SeverityRow } from '../../model/finding.js';
import {
  contentsPhrase,
  copyPhrase,
  sinceDetails,
  sinceHeadline,
  stakeNote,
  stakeRecords,
  stakeRows,
  timed,
} from '../first-page.js';
import { limits } from '../limits.js';
import { same, type Series } from '../series.js';
import { oneLine } from '../../text/visible.js';
import {
  bytes,
  capital,
  counted,
  day,
  evidenceRange,
  keptLabel,
  number,
  productWords,
  rungWords,
  sentence,
} from '../words.js';
import { chip, code, more, pre, prose, table, terms, time } from './parts.js';
import { html, link, type Html } from './template.js';

/** The ranked list of problems. */
export function problemList(head: ReportHead, numbers: ReadonlyMap<string, number>): Html {
  const shown = head.problems.slice(0, limits.problems);
  return html`<ol class="problems">
      ${shown.map((problem) => problemItem(problem, numbers))}
    </ol>
    ${more(shown.length, head.problemsTotal, 'findings.json')}`;
}

function problemItem(problem: Problem, numbers: ReadonlyMap<string, number>): Html {
  const doors = problem.doors.slice(0, limits.doors).map((door) => html`<li>${code(door, 300)}</li>`);
  const rest = problem.doorsTotal - doors.length;
  const list = html`<ul class="doors">
    ${doors}${rest > 0 && html`<li>and ${number(rest)} more</li>`}
  </ul>`;
  return html`<li class="problem s-${problem.severity}">
    <h3>${chip(problem.severity)} ${prose(problem.title)}</h3>
    <p class="quiet">
      ${prose(capital(sentence(problem.because)))}${
        problem.owners.length > 0 && html` Owner: ${problem.owners.map((owner) => oneLine(owner, 120)).join(', ')}.`
      }
    </p>
    ${
      doors.length > 6
        ? html`<details>
            <summary>${counted(problem.doorsTotal, 'door')}</summary>
            ${list}
          </details>`
        : list
    }
    <p class="quiet">${findingLinks(problem, numbers)}</p>
  </li> `;
}

function findingLinks(problem: Problem, numbers: ReadonlyMap<string, number>): Html {
  const links = problem.findings
    .map((fingerprint) => numbers.get(fingerprint))
    .filter((position) => position !== undefined)
    .map((position) => html`<a href="#F${position}">F${position}</a> `);
  const rest = problem.findingsTotal - links.length;
  return html`${problem.findingsTotal === 1 ? 'Finding' : 'Findings'}:
  ${links}${rest > 0 && `${links.length > 0 ? 'and ' : ''}${number(rest)} not shown in full here, see findings.jsonl`}`;
}

/** A finding in full. `position` is its number in rank order. */
export function findingArticle(finding: Finding, position: number, head: ReportHead): Html {
  return html`<article id="F${position}" class="finding s-${finding.severity}" aria-labelledby="F${position}-h">
    <h3 id="F${position}-h"><span class="no">F${position}</span> ${chip(finding.severity)} ${prose(finding.title)}</h3>
    ${findingBody(finding, head)}
  </article>`;
}

/** A finding that says the same as the first of its series, of another door: folded, and only what differs. */
export function findingAgain(finding: Finding, position: number, head: ReportHead, series: Series): Html {
  const { first } = series;
  return html`<article id="F${position}" class="finding again s-${finding.severity}" aria-labelledby="F${position}-h">
    <h3 id="F${position}-h">
      <span class="no">F${position}</span> ${chip(finding.severity)} The same at ${code(finding.endpoint, 300)}
    </h3>
    <details>
      <summary>Details and evidence</summary>
      ${facts(finding)} ${!same(first.summary, finding.summary) && summaryText(finding)}
      ${!same(first.since, finding.since) && sinceText(finding, head)}
      ${!same(first.contents, finding.contents) && contents(finding)}
      ${!same(first.stake, finding.stake) && stake(finding)}
      <p>
        For the rest, and for how to close it, see <a href="#F${series.position}">F${series.position}</a>. To prove it:
      </p>
      ${verify(finding)} ${evidence(finding)}
      <p class="quiet">Fingerprint ${code(finding.fingerprint, 200)}</p>
    </details>
  </article>`;
}

function findingBody(finding: Finding, head: ReportHead): Html {
  const row = head.severityTable.find(({ id }) => id === finding.severityRow);
  return html`${facts(finding)} ${summaryText(finding)} ${sinceText(finding, head)} ${contents(finding)}
    ${stake(finding)}
    <h4>How to close it</h4>
    <ol class="steps">
      ${finding.remedy.steps.slice(0, 20).map((step) => stepItem(step))}
    </ol>
    <h4>Then prove it</h4>
    ${verify(finding)} ${evidence(finding)} ${rating(finding, row)}`;
}

function stepItem(step: Finding['remedy']['steps'][number]): Html {
  const { when, text } = timed(step.text);
  return html`<li>
    ${when !== null && html`<strong>${when}:</strong> `}${prose(text, 1000)}${step.code !== null && pre(step.code)}
  </li>`;
}

function facts(finding: Finding): Html {
  return terms([
    ['Endpoint', code(finding.endpoint, 300)],
    ['Address', code(`${finding.address} port ${finding.port}`, 100)],
    ['Product', oneLine(productWords(finding), 120)],
    ['Owner', finding.owner !== null && oneLine(finding.owner, 120)],
    ['Target', targetWords(finding)],
    ['Reached', finding.since.what !== 'seen' && ladder(finding)],
    ['Also concerns', finding.also.length > 0 && finding.also.slice(0, 10).map((url) => html`${code(url, 300)} `)],
  ]);
}

function summaryText(finding: Finding): Html {
  return html`<p>${prose(finding.summary, 2000)} <span class="proof">[${evidenceRange(finding)}]</span></p>`;
}

function sinceText(finding: Finding, head: ReportHead): Html {
  return html`<h4>Since when</h4>
    <p><strong>${sinceHeadline(finding, head)}</strong> ${prose(sinceDetails(finding.since, head), 1500)}</p>`;
}

function verify({ remedy }: Finding): Html {
  return html`${pre(remedy.verify.command)}
    <p class="quiet">Expect: ${prose(remedy.verify.expect, 600)}</p>`;
}

function targetWords(finding: Finding): string {
  const environment = finding.environment === null ? '' : `, ${oneLine(finding.environment, 60)}`;
  const others = finding.targets.length > 1 ? ` (with ${counted(finding.targets.length - 1, 'other target')})` : '';
  return `${oneLine(finding.target, 120)}${environment}${others}`;
}

function ladder(finding: Finding): Html {
  const reached = rungs.indexOf(finding.access);
  return html`<span class="ladder" aria-hidden="true"
      >${rungs.slice(1).map((_, i) => html`<i class="${i < reached ? 'on' : 'off'}"></i>`)}</span
    >
    ${finding.access} <span class="quiet">(${rungWords[finding.access]}; ${finding.proof})</span>`;
}

function contents(finding: Finding): Html | null {
  const phrase = contentsPhrase(finding);
  const largest = finding.contents?.largest ?? [];
  if (phrase === null && largest.length === 0) return null;
  return html`<h4>What lies there</h4>
    <p>${phrase ?? 'Totals were not said'}. Records are not persons; none was read. ${copyPhrase(finding)}</p>
    ${
      largest.length > 0 &&
      table(
        'The largest indices',
        ['Index', { numeric: 'Records' }, { numeric: 'Size' }, 'Created'],
        largest
          .slice(0, 10)
          .map((index) => [
            code(index.name, 160),
            index.documents !== null && number(index.documents),
            index.bytes !== null && bytes(index.bytes),
            index.createdAt !== null && day(index.createdAt),
          ]),
      )
    }`;
}

/** Classes of data by the names of fields. */
function stake(finding: Finding): Html | null {
  const rows = stakeRows(finding);
  if (rows.length === 0) return null;
  return html`${table(
      'What the names of fields speak of',
      ['Class', 'Fields', 'Indices', { numeric: 'Records' }],
      rows.map((row) => [
        `${row.label}${row.certain ? '' : ' (perhaps)'}`,
        names(row.fields, limits.fields, row.fieldsTotal),
        names(row.indices, limits.fields, row.indicesTotal),
        stakeRecords(row),
      ]),
    )}
    <p class="quiet">${stakeNote}</p>`;
}

/** Names as code, the first `most` and how many more there are. */
function names(list: readonly string[], most: number, total: number): Html {
  const rest = total - Math.min(list.length, most);
  return html`${list.slice(0, most).map((name, i) => html`${i > 0 && ', '}${code(name, 120)}`)}${rest > 0 && ` and ${number(rest)} more`}`;
}

function evidence(finding: Finding): Html | null {
  if (finding.evidence.length === 0) return null;
  const shown = finding.evidence.slice(0, limits.evidence);
  return html`<details class="evidence">
    <summary>Evidence: ${counted(finding.evidence.length, 'answer')} (${evidenceRange(finding)})</summary>
    <ol>
      ${shown.map(evidenceItem)}
    </ol>
    ${more(shown.length, finding.evidence.length, 'findings.jsonl')}
  </details>`;
}

function evidenceItem(item: Evidence): Html {
  return html`<li>
    <p class="asked">
      <b>${oneLine(item.id, 12)}</b> ${code(`${item.method} ${item.url}`, 400)}
      <b>${item.status ?? oneLine(item.failure ?? 'no answer', 60)}</b>
    </p>
    <p>
      ${prose(capital(sentence(item.shows)))}
      <span class="quiet"
        >${time(item.at)}, request ${number(item.request)} of the
        ledger${
          item.sha256 !== '' && html`, SHA-256 of the whole body <span class="hash">${oneLine(item.sha256, 64)}</span>`
        }</span
      >
    </p>
    ${
      item.excerpt !== '' &&
      html`<p class="quiet">${keptLabel}</p>
        ${pre(item.excerpt, 3000)}`
    }
  </li>`;
}

function rating(finding: Finding, row: SeverityRow | undefined): Html {
  const { v4, v31 } = finding.cvss;
  return html`<details class="rating">
    <summary>Rating, references and fingerprint</summary>
    ${terms([
      [
        'Severity',
        html`${finding.severity}, row
        ${code(finding.severityRow, 80)}${row !== undefined && html`: ${prose(row.reason)}`}`,
      ],
      ['CVSS 4.0', html`${v4.score.toFixed(1)} ${code(v4.vector, 200)}`],
      ['CVSS 3.1', html`${v31.score.toFixed(1)} ${code(v31.vector, 200)}`],
      ['Weakness', oneLine(finding.cwe, 40)],
      ['Check', code(finding.check, 80)],
      ['Fingerprint', code(finding.fingerprint, 200)],
      [
        'References',
        finding.references.length > 0 &&
          finding.references.slice(0, 10).map((url) => html`${link(oneLine(url, 300))}<br />`),
      ],
    ])}
  </details>`;
}

/** Accepted findings: what is accepted, why, by whom and until when. */
export function acceptedTable(accepted: readonly Finding[], total: number): Html {
  return html`<p>The targets file accepts these. They are listed, not counted.</p>
    ${table(
      'Accepted findings',
      ['Endpoint', 'What', 'Reason', 'Approved by', 'Until (UTC)'],
      accepted.map((finding) => [
        code(finding.endpoint, 200),
        html`${chip(finding.severity)} ${prose(finding.title, 200)}`,
        oneLine(finding.accepted?.reason ?? '', 300),
        oneLine(finding.accepted?.approvedBy ?? '', 120),
        oneLine(finding.accepted?.until ?? '', 30),
      ]),
    )}
    ${more(accepted.length, total, 'findings.jsonl')}`;
}
