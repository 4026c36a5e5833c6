// Writes a document as one self-contained HTML page: nothing is loaded, and its one script and one style sheet are let in by
// their hashes. Everything works without the script.

import { createHash } from 'node:crypto';
import type { Severity } from '../../model/severity.js';
import type { Block, Blocks, DocumentInfo, Filterable, Inline, PageTexts, Part, Row, Text } from '../document.js';
import { isEmpty } from '../document.js';
import type { Out } from '../format.js';
import { block, oneLine, piece } from '../../text/visible.js';
import { figureSvg } from './figures.js';
import { scriptWith } from './script.js';
import { printFooter, style } from './style.js';
import { element, html, link, openTag, rendered, type Child, type Html } from './template.js';

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

/** Writes the page, block by block; without its script it neither filters nor copies. */
export async function renderHtml(
  info: DocumentInfo,
  blocks: Blocks,
  out: Out,
  options: { readonly script: boolean } = { script: true },
): Promise<void> {
  const title = oneLine(info.title, 300);
  const sheet = style + printFooter(`${title}. ${oneLine(info.classification, 80)}`);
  const { page } = info;
  const script = options.script ? scriptWith(page.script, page.severities) : null;
  const policy = `default-src 'none'; style-src ${hashOf(sheet)}; script-src ${script === null ? "'none'" : hashOf(script)}; base-uri 'none'; form-action 'none'`;
  // Elements that stay open over several writes are strings: a template is always complete.
  await out.write(`<!doctype html>\n${openTag('html', { lang: page.language })}\n<head>\n`);
  await out.write(
    rendered(
      html`<meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title> `,
    ),
  );
  await out.write(`<style>${sheet}</style>\n</head>\n<body>\n`);
  await out.write(`${rendered(html`<a class="skip" href="#main">${page.skip}</a>`)}\n`);
  let inMain = false;
  for await (const one of blocks) {
    // The title and notices come before the main part.
    if (!inMain && one.kind === 'open' && one.part.as === 'lead') {
      inMain = true;
      await out.write('<main id="main">\n');
    }
    await out.write(
      one.kind === 'open'
        ? opened(one.part, page)
        : one.kind === 'close'
          ? closed(one.part)
          : rendered(html`${blockOf(one, page)} `),
    );
  }
  await out.write(inMain ? '</main>\n' : '');
  await out.write(`${rendered(html`<footer><p>${page.footer}</p></footer>`)}\n`);
  await out.write(script === null ? '' : `<script>${script}</script>\n`);
  await out.write('</body>\n</html>\n');
}

/** Where a part begins: its element, and its heading. */
function opened(part: Part, page: PageTexts): string {
  switch (part.as) {
    case 'section':
      return `${openTag('section', { id: part.id, class: part.page ? 'page' : null, 'aria-labelledby': `${part.id}-h` })}${rendered(
        html`<h2 id="${part.id}-h">
          ${piece(part.title, 200)}${part.count !== null && html` <span class="count">${page.number(part.count)}</span>`}
        </h2>`,
      )}\n`;
    case 'lead':
      return `${openTag('section', {
        id: part.id,
        class: `lead ${part.severity === null ? 'none' : `s-${part.severity}`}`,
        'aria-labelledby': `${part.id}-h`,
      })}${rendered(html`<h2 id="${part.id}-h">${part.severity !== null && chip(part.severity, page.severities[part.severity])} ${inline(part.title)}</h2>`)}\n`;
    case 'notice':
      return `${openTag('aside', { class: part.grave ? 'gaps' : 'narrowed', 'aria-label': part.title ?? page.note })}${
        part.title === null ? '' : rendered(html`<h2>${part.title}</h2>`)
      }\n`;
    case 'problem':
      return `${openTag('article', {
        id: part.id,
        class: `problem s-${part.severity}`,
        'aria-labelledby': `${part.id}-h`,
        ...filterAttributes(part.filter),
      })}${rendered(html`<h3 id="${part.id}-h">${inline(part.title)}</h3>`)}\n`;
    case 'fold':
      return `<details>${rendered(html`<summary>${piece(part.summary, 300)}</summary>`)}\n`;
  }
}

function closed(part: Part): string {
  const names = {
    section: 'section',
    lead: 'section',
    notice: 'aside',
    problem: 'article',
    fold: 'details',
  };
  return `</${names[part.as]}>\n`;
}

/** What the script filters by. */
function filterAttributes({ severity, owners, state }: Filterable): Record<string, string> {
  return { 'data-state': state, 'data-severity': severity ?? '', 'data-owners': ownersValue(owners) };
}

/** Owners as the value of an attribute: the same here and in the filter's choices. */
function ownersValue(owners: readonly string[]): string {
  return JSON.stringify(owners.slice(0, 500).map((owner) => oneLine(owner, 80)));
}

function chip(severity: Severity, word: string): Html {
  return html`<span class="chip s-${severity}">${word}</span>`;
}

function inline(pieces: Text): Html {
  return html`${pieces.map((one) => (one === null ? null : pieceOf(one)))}`;
}

function pieceOf(one: Inline): Child {
  switch (one.kind) {
    case 'text':
      return piece(one.text, one.max);
    case 'code':
      return one.text === '' ? null : codeOf(oneLine(one.text, one.max));
    case 'strong':
      return html`<strong>${piece(one.text)}</strong>`;
    case 'quiet':
      return html`<span class="quiet">${piece(one.text, one.max)}</span>`;
    case 'link':
      return one.to.startsWith('#')
        ? html`<a href="#${oneLine(one.to.slice(1), 200)}">${piece(one.text, 300)}</a>`
        : link(oneLine(one.to, 300), oneLine(one.text, 300));
    case 'severity':
      return chip(one.severity, one.word);
  }
}

/** An address may break before its port, which is never broken itself. */
function codeOf(words: string): Html {
  const [, host, port] = /^(\w+:\/\/[^/]*?)(:\d+.*)$/s.exec(words) ?? [];
  return host === undefined ? html`<code>${words}</code>` : html`<code>${host}<wbr />${port}</code>`;
}

function blockOf(one: Exclude<Block, { kind: 'open' } | { kind: 'close' }>, page: PageTexts): Child {
  switch (one.kind) {
    case 'title':
      return html`<header class="masthead">
        <p class="kicker">${one.kicker}</p>
        <h1>${oneLine(one.name, 160)}</h1>
        ${one.legal !== null && html`<p class="legal">${oneLine(one.legal, 200)}</p>`} ${termList(one.terms)}
      </header>`;
    case 'heading':
      return one.level === 3 ? html`<h3 class="part">${inline(one.text)}</h3>` : html`<h4>${inline(one.text)}</h4>`;
    case 'paragraph':
      return html`<p class="${one.quiet ? 'quiet' : 'text'}">${inline(one.text)}</p>`;
    case 'terms':
      return termList(one.rows);
    case 'table':
      return tableOf(one.caption, one.columns, one.rows);
    case 'list': {
      const items = one.items.map(({ text, code = null, id = null }) =>
        element('li', { id }, inline(text), code !== null && pre(code.text, code.language, 4000)),
      );
      return one.ordered
        ? html`<ol class="steps">
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'code':
      return pre(one.text, one.language, one.max);
    case 'figure':
      return html`<figure>
        <figcaption>${piece(one.caption, 200)}</figcaption>
        ${figureSvg(one.figure, one.alt, page.number)}
      </figure>`;
    case 'signatures': {
      const { title, party, name, date, signature } = page.signatures;
      return tableOf(
        title,
        [party, name, date, signature].map((column) => ({ name: column, numeric: false })),
        one.parties.map((text): Row => ({ cells: [[{ kind: 'text', text, max: 200 }], [], [], []] })),
        'signatures',
      );
    }
    case 'contents':
      return html`<nav aria-label="${page.contents}">
        <ul>
          ${one.entries.map(
            ({ id, name, count }) =>
              html`<li>
                <a href="#${id}">${name}${count !== null && html` <span class="count">${page.number(count)}</span>`}</a>
              </li>`,
          )}
        </ul>
      </nav>`;
    case 'filter':
      // The script makes the controls of these, so that without it no control is dead.
      return html`<div
        id="filter"
        hidden=""
        data-owners="${ownersValue(one.owners)}"
        data-states="${JSON.stringify(one.states)}"
      ></div>`;
  }
}

function pre(text: string, language: string, max: number): Html {
  return html`<pre class="${language}">${block(text, max)}</pre>`;
}

function termList(rows: readonly (readonly [string, Text])[]): Html {
  return html`<dl class="terms">
    ${rows
      .filter(([, value]) => !isEmpty(value))
      .map(
        ([term, value]) =>
          html`<div>
            <dt>${piece(term, 100)}</dt>
            <dd>${inline(value)}</dd>
          </div>`,
      )}
  </dl>`;
}

/** Whether a cell is one day or instant, which does not break at its hyphens. */
function isDate(cell: Text): boolean {
  const [only] = cell;
  return cell.length === 1 && only?.kind === 'text' && /^\d{4}-\d\d-\d\d(?: [\d:]+ UTC)?$/.test(only.text);
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles say again what the elements mean, because the style
 * of the cards would take the meaning away from some screen readers.
 */
function tableOf(
  caption: string,
  columns: readonly { readonly name: string; readonly numeric: boolean }[],
  rows: readonly Row[],
  kind: string | null = null,
): Html {
  const kinds = columns.map(({ numeric }) => (numeric ? 'numeric' : 'text'));
  const line = ({ cells, filter, id }: Row): Html =>
    element(
      'tr',
      { role: 'row', ...(id === undefined ? {} : { id }), ...(filter === undefined ? {} : filterAttributes(filter)) },
      cells.map((cell, i) => {
        if (isEmpty(cell)) return html`<td role="cell" class="empty"></td>`;
        const [look, name] = [isDate(cell) ? 'date' : kinds[i], columns[i]?.name];
        return html`<td role="cell" class="${look}" data-label="${name}">${inline(cell)}</td>`;
      }),
    );
  return element(
    'table',
    { role: 'table', class: kind },
    html`<caption>
        ${piece(caption, 200)}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(({ name }, i) => html`<th role="columnheader" scope="col" class="${kinds[i]}">${piece(name, 100)}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(line)}
      </tbody> `,
  );
}
