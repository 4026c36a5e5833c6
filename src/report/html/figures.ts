// Pictures as inline SVG, drawn from data: colours come from the style sheet, so that they follow the dark mode and paper.

import type { Figure } from '../document.js';
import { piece } from '../../text/visible.js';
import { day } from '../words.js';
import { element, html, type Child, type Html } from './template.js';

/** A picture with its text alternative; `number`: how the language of the document writes numbers. */
export function figureSvg(figure: Figure, alt: string, number: (value: number) => string): Html {
  switch (figure.kind) {
    case 'bars':
      return bars(figure, alt, number);
    case 'chain':
      return chain(figure, alt);
    case 'timeline':
      return timeline(figure, alt);
  }
}

/** `fit`: on which screens it is shown; a picture for all where there is none. */
function svg(width: number, height: number, alt: string, content: Child, fit: 'wide' | 'narrow' | '' = ''): Html {
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': piece(alt, 1500), class: `figure ${fit}`.trim() },
    content,
  );
}

function label(x: number, y: number, text: string, most: number, anchor = 'start', kind = 'label'): Html {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return element('text', { x: String(x), y: String(y), 'text-anchor': anchor, class: kind }, piece(short, most + 20));
}

type Bars = Extract<Figure, { kind: 'bars' }>;

/** With names to the left of the bars, and for a narrow screen above them. */
function bars(figure: Bars, alt: string, number: (value: number) => string): Html {
  return html`${barsAt(figure, alt, number, [480, 210, 22], 'wide')}${barsAt(figure, alt, number, [300, 0, 38], 'narrow')}`;
}

function barsAt(
  { rows }: Bars,
  alt: string,
  number: (value: number) => string,
  [width, start, line]: readonly [width: number, start: number, line: number],
  fit: 'wide' | 'narrow',
): Html {
  const totals = rows.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0));
  const unit = (width - start - 44) / Math.max(1, ...totals);
  const above = fit === 'narrow' ? 16 : 0;
  return svg(
    width,
    rows.length * line + 4,
    alt,
    rows.map(({ label: name, segments }, i) => {
      let x = start;
      const y = i * line + 4 + above;
      const drawn = segments
        .filter(({ value }) => value > 0)
        .map(({ colour, value }) => {
          const from = x;
          x += value * unit;
          return element('rect', {
            class: `fill s-${colour}`,
            x: from.toFixed(1),
            y: String(y),
            width: Math.max(1.5, value * unit - 1).toFixed(1),
            height: '14',
          });
        });
      const caption = above === 0 ? label(start - 8, y + 11, name, 33, 'end') : label(0, y - 5, name, 45);
      return html`${caption}${drawn}${label(x + 5, y + 11, number(totals[i] ?? 0), 12)}`;
    }),
    fit,
  );
}

type Box = Extract<Figure, { kind: 'chain' }>['boxes'][number];

/** From left to right, and for a narrow screen from top to bottom. */
function chain({ boxes }: Extract<Figure, { kind: 'chain' }>, alt: string): Html {
  const [width, gap, height] = [640, 48, 92];
  const size = (width - gap * (boxes.length - 1)) / boxes.length;
  const across = boxes.map((box, i) => {
    const x = i * (size + gap);
    const arrow =
      i === 0 ? null : arrowTo(`M${x - gap + 5} ${height / 2} H${x - 9}`, `M${x - 5} ${height / 2} l-9 -5 v10 z`);
    return html`${arrow}${boxAt(box, x, 1, size, height - 2)}`;
  });
  const [narrow, drop] = [300, 30];
  const down = boxes.map((box, i) => {
    const y = i * (height + drop);
    const arrow =
      i === 0 ? null : arrowTo(`M${narrow / 2} ${y - drop + 3} V${y - 9}`, `M${narrow / 2} ${y - 3} l-5 -9 h10 z`);
    return html`${arrow}${boxAt(box, 1, y + 1, narrow - 2, height - 2)}`;
  });
  return html`${svg(width, height, alt, across, 'wide')}${svg(narrow, boxes.length * (height + drop) - drop, alt, down, 'narrow')}`;
}

function arrowTo(line: string, tip: string): Html {
  return html`${element('path', { class: 'arrow', d: line })}${element('path', { class: 'tip', d: tip })}`;
}

function boxAt({ title, note, state }: Box, x: number, y: number, width: number, height: number): Html {
  // A note is an address with its state behind the last colon: host and port have a line each, the scheme has none.
  const [place = '', what = ''] = note.includes(': ') ? note.split(/: (?=[^:]*$)/) : [note];
  const [, host = place, port = ''] = /^(?:\w+:\/\/)?(.*?)(:\d+.*)?$/.exec(place) ?? [];
  const middle = x + width / 2;
  return html`${element('rect', {
    class: `box ${state}`,
    x: x.toFixed(1),
    y: String(y),
    width: width.toFixed(1),
    height: String(height),
    rx: '5',
  })}${label(middle, y + 23, title, 24, 'middle', 'strong')}${label(middle, y + 42, host, 31, 'middle', 'small')}${label(middle, y + 58, port, 31, 'middle', 'small')}${label(middle, y + 78, what, 24, 'middle', `strong ${state}`)}`;
}

/** Not to scale: what counts is the order, and each point has its date. */
function timeline({ points }: Extract<Figure, { kind: 'timeline' }>, alt: string): Html {
  const [width, height, margin] = [640, 62, 60];
  const step = (width - 2 * margin) / Math.max(1, points.length - 1);
  const across = [
    element('path', { class: 'axis', d: `M${margin} 24 H${width - margin}` }),
    points.map(({ label: name, at }, i) => {
      const x = margin + i * step;
      return html`${element('circle', { class: 'point', cx: x.toFixed(1), cy: '24', r: '5' })}${label(x, 12, day(at), 12, 'middle', 'small')}${label(x, 44, name, 22, 'middle')}`;
    }),
  ];
  const line = 26;
  const down = [
    element('path', { class: 'axis', d: `M8 12 V${(points.length - 1) * line + 12}` }),
    points.map(({ label: name, at }, i) => {
      const y = i * line + 12;
      return html`${element('circle', { class: 'point', cx: '8', cy: String(y), r: '5' })}${label(24, y + 4, day(at), 12)}${label(110, y + 4, name, 26)}`;
    }),
  ];
  return html`${svg(width, height, alt, across, 'wide')}${svg(300, points.length * line, alt, down, 'narrow')}`;
}
