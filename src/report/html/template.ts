// The one way to write markup, so that forgetting to escape is not possible.

import { visible } from '../../text/visible.js';

const markup = Symbol('markup');

/** Markup that was written by {@link html}: the only text that is not escaped again. */
export interface Html {
  readonly [markup]: string;
}

/** What a template may contain. Nothing is written for null, undefined and false. */
export type Child = Html | string | number | null | undefined | false | readonly Child[];

/**
 * The one way to write markup: a template whose blanks are escaped, and rid of invisible characters, so that forgetting it is
 * not possible. Blanks belong between tags or between double quotes, never in a tag's or attribute's name, and an address
 * only through {@link link}.
 */
export function html(texts: TemplateStringsArray, ...children: readonly Child[]): Html {
  return {
    [markup]: texts.map((text, i) => folded(text) + (i < children.length ? written(children[i]) : '')).join(''),
  };
}

/** The indentation of our own source means nothing to a reader and is a tenth of a long report. */
function folded(text: string): string {
  return text.replace(/\n\s+/g, '\n');
}

/** The text of markup, to be written to a file. */
export function rendered(child: Html): string {
  return child[markup];
}

/** A link, when the address is plain http(s), mailto or a page below this one; anything else stays text and leads nowhere. */
export function link(address: string, label: string = address): Html {
  return /^(?:(?:https?:\/\/|mailto:)[^\s<>"'`\\]+|[\w.-]+\/(?:report|index)\.html)$/i.test(address)
    ? html`<a href="${address}" rel="noreferrer noopener">${label}</a>`
    : html`${label}`;
}

/** An opening tag as text, for an element whose content is written piece by piece; names are ours, values are escaped. */
export function openTag(name: string, attributes: Readonly<Record<string, string | null>>): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === null ? [] : [` ${attribute}="${escapeText(value)}"`],
  );
  return `<${name}${written.join('')}>`;
}

/** Markup within an element of that name, with attributes that may be absent. */
export function element(name: string, attributes: Readonly<Record<string, string | null>>, ...content: Child[]): Html {
  return { [markup]: `${openTag(name, attributes)}${written(content)}</${name}>` };
}

function written(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (typeof child === 'string') return escapeText(child);
  if (typeof child === 'number') return String(child);
  return markup in child ? child[markup] : child.map(written).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escapeText(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}
