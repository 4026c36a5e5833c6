// The HTML report's sections on endpoints.
import type { EndpointSummary, ReportHead } from '../../model/finding.js';
import { mostFirst, type EndpointGroup, type EndpointGroups } from '../overview.js';
import { oneLine } from '../../text/visible.js';
import {
  deniedBy,
  guardWords,
  identityWords,
  loginWords,
  number,
  openIntro,
  reasonWords,
  rungNote,
  vantageWords,
} from '../words.js';
import { code, more, prose, section, table, time } from './parts.js';
import { html, type Child, type Html } from './template.js';

/** The sections on endpoints, state by state; a state without an endpoint has no section. */
export function endpointSections(groups: EndpointGroups, head: ReportHead): Html {
  const from = oneLine(vantageWords(head.run.vantage), 200);
  return html`${undeterminedSection(groups.undetermined)} ${openSection(groups.open)}
  ${guardedSection(groups.guarded, from)} ${decoySection(groups.decoy)} ${otherSection(groups['other-product'])}
  ${unreachableSection(groups.unreachable, from)}`;
}

function where(endpoint: EndpointSummary): Html {
  const pinned = endpoint.address === endpoint.host ? null : endpoint.address;
  return html`${code(endpoint.endpoint, 200)}${pinned !== null && html` <span class="quiet">${oneLine(pinned, 60)}</span>`}`;
}

function reason(endpoint: EndpointSummary): Child {
  if (endpoint.reasonText !== null) return prose(endpoint.reasonText, 300);
  return endpoint.reason === null ? null : reasonWords[endpoint.reason];
}

function listSection(id: string, title: string, group: EndpointGroup, intro: Child, list: Html): Html | null {
  if (group.total === 0) return null;
  return section(
    id,
    title,
    group.total,
    html`<p>${intro}</p>`,
    list,
    more(group.rows.length, group.total, 'endpoints.jsonl'),
  );
}

function undeterminedSection(group: EndpointGroup): Html | null {
  return listSection(
    'undetermined',
    'Endpoints that could not be judged',
    group,
    'These are not safe: what they would answer a caller is not known, for the reason given.',
    table(
      'Not judged',
      ['Endpoint', 'Owner', 'Why', 'What it may be', 'When (UTC)'],
      group.rows.map((row) => [where(row), owner(row), reason(row), identity(row), time(row.at)]),
    ),
  );
}

function openSection(group: EndpointGroup): Html | null {
  return listSection(
    'open',
    'Endpoints open to us',
    group,
    openIntro,
    table(
      'Open',
      ['Endpoint', 'Owner', 'Product', 'Cluster', 'Rung'],
      group.rows.map((row) => [
        where(row),
        owner(row),
        identity(row),
        row.clusterName !== null && oneLine(row.clusterName, 100),
        `${row.access} (${row.proof})${rungNote(row)}${row.mixed ? '; answers of several backends' : ''}`,
      ]),
    ),
  );
}

function guardedSection(group: EndpointGroup, from: string): Html | null {
  const by = mostFirst(group.guards).map(([guard, count]) => `${number(count)} by ${oneLine(guardWords(guard), 60)}`);
  return listSection(
    'guarded',
    'What refused us',
    group,
    html`Asked without credentials from ${from}${by.length > 0 && `: ${by.join(', ')}`}. A refusal holds for its time
    and for that address.`,
    foldedTable(group, 'Refused', ['Endpoint', 'Product', 'Refused by', 'Login seen', 'When (UTC)'], (row) => [
      where(row),
      html`${identity(row)}${row.access === 'banner' && html` <span class="quiet">shows its banner</span>`}`,
      row.guardedBy === null ? null : oneLine(deniedBy(row), 200),
      oneLine(loginWords(row.loginSchemes), 200),
      time(row.at),
    ]),
  );
}

function decoySection(group: EndpointGroup): Html | null {
  return listSection(
    'decoys',
    'Decoys',
    group,
    'These gave fabricated answers, as a honeypot does. They are no findings; somebody should know why they are there.',
    table(
      'Decoys',
      ['Endpoint', 'Owner', 'What it poses as, and what gives it away', 'When (UTC)'],
      group.rows.map((row) => [where(row), owner(row), reason(row), time(row.at)]),
    ),
  );
}

function otherSection(group: EndpointGroup): Html | null {
  return listSection(
    'other-products',
    'Other products',
    group,
    'Something else answers here; it was not judged.',
    foldedTable(group, 'Other products', ['Endpoint', 'What it is', 'When (UTC)'], (row) => [
      where(row),
      oneLine(identity(row), 120),
      time(row.at),
    ]),
  );
}

function unreachableSection(group: EndpointGroup, from: string): Html | null {
  const reasons = mostFirst(group.reasons).map(
    ([name, count]) => html`<li>${number(count)}: ${reasonWords[name]}</li>`,
  );
  return listSection(
    'unreachable',
    'Endpoints that could not be reached',
    group,
    html`Not reached from ${from}; somebody elsewhere may reach them.`,
    html`<ul>
        ${reasons}
      </ul>
      ${foldedTable(group, 'Not reached', ['Endpoint', 'Owner', 'Why', 'When (UTC)'], (row) => [
        where(row),
        owner(row),
        reason(row),
        time(row.at),
      ])}`,
  );
}

function foldedTable(
  group: EndpointGroup,
  caption: string,
  columns: readonly string[],
  cells: (row: EndpointSummary) => readonly Child[],
): Html {
  const body = table(caption, columns, group.rows.map(cells));
  if (group.rows.length <= 12) return body;
  return html`<details>
    <summary>
      ${
        group.total > group.rows.length
          ? `The first ${number(group.rows.length)} of ${number(group.total)}`
          : `All ${number(group.total)}`
      }
    </summary>
    ${body}
  </details>`;
}

function owner(endpoint: EndpointSummary): string {
  return endpoint.owner === null ? '' : oneLine(endpoint.owner, 120);
}

function identity(endpoint: EndpointSummary): string {
  return oneLine(identityWords(endpoint), 120);
}
