// The report's one script, as text: it filters problems and endpoints, keeps the filter in the hash of the address, and adds
// copy buttons. The page is complete without it; the policy lets it in by its hash.

import type { PageTexts } from '../document.js';

/**
 * The script in the language of a page. It runs at the end of the page, reads only data attributes and text, and writes only text,
 * attributes and `hidden`.
 */
export function scriptWith(words: PageTexts['script'], severities: PageTexts['severities']): string {
  // No word can end the element.
  const data = JSON.stringify({ ...words, severities }).replaceAll('<', '\\u003c');
  return script.replace('WORDS', () => data);
}

const script = `(() => {
  'use strict';
  const labels = WORDS;
  const make = (name, attributes, text) => {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
    if (text) made.textContent = text;
    return made;
  };
  for (const block of document.querySelectorAll('pre.shell, pre.yaml, pre.nginx, pre.json')) {
    if (!navigator.clipboard) break;
    const wrap = make('div', { class: 'copyable' });
    const button = make('button', { type: 'button', class: 'copy' }, labels.copy);
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(block.textContent).then(
        () => { button.textContent = labels.copied; setTimeout(() => { button.textContent = labels.copy; }, 2000); },
        () => { button.textContent = labels.copyByHand; getSelection().selectAllChildren(block); });
    });
    block.replaceWith(wrap);
    wrap.append(block, button);
  }
  const place = document.getElementById('filter');
  const items = [...document.querySelectorAll('[data-state]')].filter((item) => item !== place);
  if (!place || items.length < 2) return;
  const list = (name) => JSON.parse(place.getAttribute(name) || '[]');
  const controls = {};
  const select = (name, label, values, names) => {
    const id = 'filter-' + name;
    const control = make('select', { id: id });
    control.append(make('option', { value: '' }, labels.any));
    for (const value of values) control.append(make('option', { value: value }, names ? names[value] : value));
    controls[name] = control;
    const field = make('div', {});
    field.append(make('label', { for: id }, label), control);
    place.append(field);
  };
  select('severity', labels.severity, ['critical', 'high', 'medium', 'low', 'info'].filter((one) => items.some((item) => item.dataset.severity === one)), labels.severities);
  select('owner', labels.owner, list('data-owners'));
  select('state', labels.state, list('data-states'));
  controls.text = make('input', { id: 'filter-text', type: 'search' });
  const field = make('div', { class: 'wide' });
  field.append(make('label', { for: 'filter-text' }, labels.text), controls.text);
  const shown = make('p', { role: 'status', class: 'quiet' });
  place.append(field, shown);
  place.hidden = false;
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const apply = () => {
    const severity = controls.severity.value, owner = controls.owner.value, state = controls.state.value;
    const words = controls.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const item of items) {
      const data = item.dataset;
      const fits = (!severity || !data.severity || data.severity === severity) && (!state || data.state === state) &&
        (!owner || JSON.parse(data.owners).includes(owner)) && words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      if (fits) count += 1;
    }
    const on = severity || owner || state || words.length;
    shown.textContent = on ? labels.shown.replace('{shown}', number(count)).replace('{all}', number(items.length)) : '';
  };
  const save = () => {
    const parameters = new URLSearchParams();
    for (const name of Object.keys(controls)) if (controls[name].value) parameters.set(name, controls[name].value);
    const hash = parameters.toString();
    history.replaceState(null, '', hash ? '#?' + hash : location.pathname + location.search);
    apply();
  };
  const load = () => {
    if (!location.hash.startsWith('#?')) return;
    const parameters = new URLSearchParams(location.hash.slice(2));
    for (const name of Object.keys(controls)) controls[name].value = parameters.get(name) || '';
    apply();
  };
  for (const name of Object.keys(controls)) controls[name].addEventListener('input', save);
  addEventListener('hashchange', load);
  load();
})();
`;
