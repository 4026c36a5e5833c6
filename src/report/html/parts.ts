// Pieces that the sections of the HTML report share.
import type { Severity } from '../../model/finding.js';
import { block, oneLine, proseParts } from '../../text/visible.js';
import { number, utc } from '../words.js';
import { html, type Child, type Html } from './template.js';

/** The coloured word of a severity. */
export function chip(severity: Severity): Html {
  return html`<span class="chip s-${severity}">${severity}</span>`;
}

/** Something a machine says or is told, on one line. */
export function code(text: string, max = 400): Html {
  return html`<code>${oneLine(text, max)}</code>`;
}

/** A sentence or a paragraph, on one line; what stands between backticks in it is code. */
export function prose(text: string, max = 400): Html {
  return html`${proseParts(text, max).map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** A block of such text, line by line. */
export function pre(text: string, max = 4000): Html {
  return html`<pre>${block(text, max)}</pre>`;
}

/** An instant in UTC. */
export function time(instant: string): Html {
  return html`<time datetime="${oneLine(instant, 40)}">${utc(oneLine(instant, 40))}</time>`;
}

/** Terms with their values; those without a value are left out. */
export function terms(rows: readonly (readonly [string, Child])[]): Html {
  return html`<dl class="terms">
    ${rows
      .filter(([, value]) => !isEmpty(value))
      .map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

function isEmpty(value: Child): boolean {
  return value === null || value === undefined || value === false || value === '';
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles say again what the elements mean, because the style
 * of the cards would take the meaning away from some screen readers.
 *
 * @param columns headings; `numeric` ones are set flush right
 */
export function table(
  caption: string,
  columns: readonly (string | { readonly numeric: string })[],
  rows: readonly (readonly Child[])[],
): Html {
  const heads = columns.map((column) => (typeof column === 'string' ? column : column.numeric));
  const kinds = columns.map((column) => (typeof column === 'string' ? 'text' : 'numeric'));
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((name, i) => html`<th role="columnheader" scope="col" class="${kinds[i]}">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${row.map((cell, i) =>
              isEmpty(cell)
                ? html`<td role="cell" class="empty"></td>`
                : html`<td role="cell" class="${kinds[i]}" data-label="${heads[i]}">${cell}</td>`,
            )}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** Says exactly how many entries are not shown, and which file has them all. */
export function more(shown: number, total: number, file: string): Html | null {
  return total > shown ? html`<p class="more">And ${number(total - shown)} more: see ${code(file)}.</p>` : null;
}

/** A section with its heading, named for screen readers and for links. */
export function section(id: string, title: string, count: number | null, ...content: readonly Child[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">${title}${count === null ? null : html` <span class="count">${number(count)}</span>`}</h2>
    ${content}
  </section> `;
}
