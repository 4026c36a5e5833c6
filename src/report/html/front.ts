// The head of the HTML report.
import { severities, type ReportHead } from '../../model/finding.js';
import { authorisedLine, othersByKind, type FirstPage } from '../first-page.js';
import { oneLine } from '../../text/visible.js';
import {
  askedTotal,
  counted,
  findingsTotal,
  narrowedWords,
  notAskedWords,
  number,
  period,
  severityCounts,
  stateWords,
  utc,
  vantageWords,
} from '../words.js';
import { chip, prose, terms } from './parts.js';
import { html, type Html } from './template.js';

/** Whose report it is: the client's name, or the engagement's id. */
export function reportName(head: ReportHead): string {
  const { engagement } = head.run;
  if (engagement.client !== null) return oneLine(engagement.client.name, 160);
  return engagement.loopbackOnly ? 'This machine (loopback)' : oneLine(engagement.id, 160);
}

/** The head of the page: whose report, of what, when, from where. */
export function masthead(head: ReportHead): Html {
  const { run } = head;
  const legal = run.engagement.client?.legalEntity ?? null;
  return html`<header class="masthead">
    <p class="kicker">Exposure audit <span>Elasticsearch, OpenSearch and their dashboards</span></p>
    <h1>${reportName(head)}</h1>
    ${legal !== null && html`<p class="legal">${oneLine(legal, 200)}</p>`}
    ${terms([
      ['Engagement', oneLine(run.engagement.id, 120)],
      ['Asked', period(run.startedAt, run.endedAt)],
      ['From', oneLine(vantageWords(run.vantage), 200)],
      ['Endpoints', number(head.summary.endpoints)],
    ])}
  </header> `;
}

/** What `--check` left out, where it did: above everything else too, though nothing is missing. */
export function narrowedNotice({ run }: ReportHead): Html | null {
  const words = narrowedWords(run);
  return words === '' ? null : html`<aside class="narrowed"><p>${oneLine(words, 2000)}</p></aside> `;
}

/** What is missing from an unfinished or disturbed run: stands above everything else. */
export function gapsNotice(head: ReportHead): Html | null {
  const { run, summary } = head;
  const gaps = [
    ...run.gaps.map((gap) => oneLine(gap, 600)),
    ...(summary.bugs > 0
      ? [
          `${counted(summary.bugs, 'check')} ended in an error of leftopen's own; what they would have said is undetermined.`,
        ]
      : []),
  ];
  if (run.finished && gaps.length === 0) return null;
  return html`<aside class="gaps" aria-labelledby="gaps-h">
    <h2 id="gaps-h">${run.finished ? 'This run has gaps' : 'This run is not finished'}</h2>
    <p>
      ${
        run.finished
          ? 'What follows is true, and not all.'
          : `What follows is what was known when it stopped${run.endedAt === null ? '' : `, at ${utc(run.endedAt)}`}; it says nothing of what was not yet asked.`
      }
    </p>
    ${
      gaps.length > 0 &&
      html`<ul>
        ${gaps.slice(0, 50).map((gap) => html`<li>${gap}</li>`)}
      </ul>`
    }
  </aside> `;
}

/** The page that a manager reads. */
export function firstPageSection(page: FirstPage, head: ReportHead): Html {
  return html`<section
    id="summary"
    class="lead ${page.severity === null ? 'none' : `s-${page.severity}`}"
    aria-labelledby="summary-h"
  >
    <h2 id="summary-h">${page.severity !== null && chip(page.severity)} ${prose(page.headline)}</h2>
    ${
      page.proof !== null &&
      html`<p class="quiet">
        ${page.owners.length > 0 && `${page.owners.length === 1 ? 'Owner' : 'Owners'}: ${page.owners.map((owner) => oneLine(owner, 120)).join(', ')}. `}<a
          href="#F${page.proof.number}"
          >Finding F${page.proof.number}</a
        >${page.proof.evidence !== '' && `, evidence ${page.proof.evidence}`}.
      </p>`
    }
    ${page.paragraphs.map(({ label, text }) => html`<p>${label !== null && html`<strong>${label}</strong> `}${prose(text, 2000)}</p>`)}
    ${
      page.actions.length > 0 &&
      html`<h3 class="vh">What to do</h3>
        <dl class="actions">
          ${page.actions.map(
            ({ when, texts }) =>
              html`<div>
                <dt>${when}</dt>
                ${texts.map((text) => html`<dd>${prose(text, 1000)}</dd>`)}
              </div>`,
          )}
        </dl>`
    }
    ${othersByKind(page).map(
      ({ title, others }) =>
        html`<h3>${title}</h3>
          <ol class="others">
            ${others.map(
              ({ problem, since }) =>
                html`<li>
                  ${chip(problem.severity)}
                  ${prose(problem.title, 240)}${since !== null && html`. <strong>${since}</strong>`}${
                    problem.owners.length > 0 &&
                    html` <span class="quiet">${problem.owners.map((owner) => oneLine(owner, 80)).join(', ')}</span>`
                  }
                </li>`,
            )}
          </ol>`,
    )}
    ${
      page.others.length > 0 &&
      page.othersTotal > page.others.length &&
      html`<p class="quiet">
        And <a href="#problems">${counted(page.othersTotal - page.others.length, 'more problem')}</a>.
      </p>`
    }
    <p class="authorised">${oneLine(authorisedLine(head), 1200)}</p>
  </section> `;
}

/** Findings by severity and endpoints by state, as a bar and two rows of figures. */
export function figures(head: ReportHead): Html {
  const { summary } = head;
  const total = findingsTotal(summary);
  const states = ['open', 'undetermined', 'guarded', 'unreachable', 'other-product', 'decoy'] as const;
  return html`<section id="figures" aria-labelledby="figures-h">
    <h2 id="figures-h">In figures</h2>
    <p>
      ${counted(total, 'finding')} in
      ${counted(summary.problems, 'problem')}${summary.accepted > 0 && `, beside ${number(summary.accepted)} accepted`};
      ${counted(askedTotal(summary), 'endpoint')} asked. ${oneLine(notAskedWords(summary), 2000)}
    </p>
    ${total > 0 && bar(head, total)}
    <dl class="figures">
      ${severities.map(
        (severity) =>
          html`<div class="${summary.findings[severity] === 0 ? 'zero' : `s-${severity}`}">
            <dt>${severity}</dt>
            <dd>${number(summary.findings[severity])}</dd>
          </div>`,
      )}
    </dl>
    <dl class="figures states">
      ${states.map(
        (state) =>
          html`<div>
            <dt>${stateWords[state]}</dt>
            <dd>${number(summary.states[state])}</dd>
          </div>`,
      )}
    </dl>
  </section> `;
}

function bar(head: ReportHead, total: number): Html {
  let x = 0;
  const width = 1000;
  const present = severities.filter((severity) => head.summary.findings[severity] > 0);
  const parts = present.map((severity) => {
    const from = x;
    x += (head.summary.findings[severity] / total) * width;
    return html`<rect
      class="s-${severity}"
      x="${from.toFixed(2)}"
      y="0"
      width="${Math.max(2, x - from - 2).toFixed(2)}"
      height="12"
    />`;
  });
  return html`<svg
    class="bar"
    viewBox="0 0 ${width} 12"
    preserveAspectRatio="none"
    role="img"
    aria-label="Findings by severity: ${severityCounts(head.summary.findings)}"
  >
    ${parts}
  </svg>`;
}
