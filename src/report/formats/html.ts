// `report.html`: one self-contained file for people, without a script.
import { createHash } from 'node:crypto';
import type { Finding, ReportHead } from '../../model/finding.js';
import { firstPage } from '../first-page.js';
import type { Format } from '../format.js';
import { endpointSections } from '../html/endpoints.js';
import { acceptedTable, findingAgain, findingArticle, problemList } from '../html/findings.js';
import { figures, firstPageSection, gapsNotice, masthead, narrowedNotice, reportName } from '../html/front.js';
import { colophon, methodSections } from '../html/method.js';
import { more, section } from '../html/parts.js';
import { printFooter, style } from '../html/style.js';
import { html, rendered, type Html } from '../html/template.js';
import { limits } from '../limits.js';
import { findingsOverview, groupEndpoints, type EndpointGroups } from '../overview.js';
import { continues, type Series } from '../series.js';
import { day, findingsTotal, number } from '../words.js';

/** Nothing may load, run or be sent from the report; its one style sheet is known by its hash. */
function policyFor(sheet: string): string {
  return `default-src 'none'; style-src 'sha256-${createHash('sha256').update(sheet).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

export const format = {
  name: 'html',
  file: 'report.html',
  write: async (head, findings, endpoints, out) => {
    const write = (part: Html | null): Promise<void> => out.write(part === null ? '' : rendered(part));
    const overview = await findingsOverview(findings());
    const groups = await groupEndpoints(endpoints());
    const sheet = style + printFooter(`Exposure audit: ${reportName(head)}, ${day(head.run.startedAt)}. Confidential`);

    // Elements that stay open over several writes are strings: a template is always whole.
    await out.write('<!doctype html>\n<html lang="en">\n<head>\n');
    await write(
      html`<meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(sheet)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>Exposure audit: ${reportName(head)}, ${day(head.run.startedAt)}</title> `,
    );
    await out.write(`<style>${sheet}</style>\n</head>\n<body>\n`);
    await write(
      html`<a class="skip" href="#main">To the summary</a> ${masthead(head)}${gapsNotice(head)}${narrowedNotice(head)}`,
    );
    await out.write('<main id="main">\n');
    await write(firstPageSection(firstPage(head, overview), head));
    await write(contentsList(head, groups));
    await write(figures(head));
    if (head.problems.length > 0) {
      await write(
        section('problems', 'Problems, the worst first', head.problemsTotal, problemList(head, overview.numbers)),
      );
    }

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
      if (counting === 0) {
        await out.write('<section id="findings" aria-labelledby="findings-h">\n');
        await write(
          html`<h2 id="findings-h">Findings <span class="count">${number(findingsTotal(head.summary))}</span></h2>`,
        );
      }
      counting += 1;
      if (counting > limits.findings) continue;
      if (series !== null && continues(finding, series)) {
        await write(findingAgain(finding, counting, head, series));
      } else {
        series = { first: finding, position: counting };
        await write(findingArticle(finding, counting, head));
      }
    }
    await write(more(limits.findings, counting, 'findings.jsonl'));
    if (counting > 0) await out.write('</section>\n');
    if (acceptedTotal > 0) {
      await write(section('accepted', 'Accepted findings', acceptedTotal, acceptedTable(accepted, acceptedTotal)));
    }
    await write(endpointSections(groups, head));
    await write(methodSections(head));
    await out.write('</main>\n');
    await write(colophon(head));
    await out.write('</body>\n</html>\n');
  },
} satisfies Format;

function contentsList(head: ReportHead, groups: EndpointGroups): Html {
  const entries = [
    ['problems', 'Problems', head.problemsTotal],
    ['findings', 'Findings', findingsTotal(head.summary)],
    ['accepted', 'Accepted', head.summary.accepted],
    ['undetermined', 'Not judged', groups.undetermined.total],
    ['open', 'Open to us', groups.open.total],
    ['guarded', 'Refused us', groups.guarded.total],
    ['decoys', 'Decoys', groups.decoy.total],
    ['other-products', 'Other products', groups['other-product'].total],
    ['unreachable', 'Not reached', groups.unreachable.total],
  ] as const;
  const present = entries.filter(([, , count]) => count > 0);
  return html`<nav aria-label="Contents">
    <ul>
      ${present.map(
        ([id, name, count]) =>
          html`<li>
            <a href="#${id}">${name} <span class="count">${number(count)}</span></a>
          </li>`,
      )}
      <li><a href="#coverage">Coverage</a></li>
      <li><a href="#authority">Authorisation</a></li>
      <li><a href="#method">Method</a></li>
    </ul>
  </nav> `;
}
