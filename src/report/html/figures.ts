// Pictures as inline SVG, drawn from data: colours come from the style sheet, so that they follow the dark mode and paper.

import type { Figure } from '../document.js';
import { piece } from '../../text/visible.js';
import { day, number } from '../words.js';
import { element, html, type Child, type Html } from './template.js';

/** A picture with its text alternative. */
export function figureSvg(figure: Figure, alt: string): Html {
  switch (figure.kind) {
    case 'bars':
      return bars(figure, alt);
    case 'chain':
      return chain(figure, alt);
    case 'timeline':
      return timeline(figure, alt);
  }
}

function svg(width: number, height: number, alt: string, content: Child): Html {
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': piece(alt, 1500), class: 'figure' },
    content,
  );
}

function label(x: number, y: number, text: string, most: number, anchor = 'start', kind = 'label'): Html {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return element('text', { x: String(x), y: String(y), 'text-anchor': anchor, class: kind }, piece(short, most + 20));
}

function bars({ rows }: Extract<Figure, { kind: 'bars' }>, alt: string): Html {
  const [width, start, line] = [480, 210, 22];
  const totals = rows.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0));
  const unit = (width - start - 44) / Math.max(1, ...totals);
  return svg(
    width,
    rows.length * line + 4,
    alt,
    rows.map(({ label: name, segments }, i) => {
      let x = start;
      const y = i * line + 4;
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
      return html`${label(start - 8, y + 11, name, 33, 'end')}${drawn}${label(x + 5, y + 11, number(totals[i] ?? 0), 12)}`;
    }),
  );
}

function chain({ boxes }: Extract<Figure, { kind: 'chain' }>, alt: string): Html {
  const [width, gap, height] = [640, 48, 74];
  const box = (width - gap * (boxes.length - 1)) / boxes.length;
  return svg(
    width,
    height,
    alt,
    boxes.map(({ title, note, state }, i) => {
      const x = i * (box + gap);
      const y = height / 2;
      const arrow =
        i === 0
          ? null
          : html`${element('path', { class: 'arrow', d: `M${x - gap + 5} ${y} H${x - 9}` })}${element('path', {
              class: 'tip',
              d: `M${x - 5} ${y} l-9 -5 v10 z`,
            })}`;
      // Notes are URLs: broken into two lines at the colon before the state.
      const [place, what] = note.includes(': ') ? note.split(/: (?=[^:]*$)/) : [note];
      return html`${arrow}${element('rect', {
        class: `box ${state}`,
        x: x.toFixed(1),
        y: '1',
        width: box.toFixed(1),
        height: String(height - 2),
        rx: '5',
      })}${label(x + box / 2, 24, title, 24, 'middle', 'strong')}${label(x + box / 2, 43, place ?? '', 34, 'middle', 'small')}${label(x + box / 2, 60, what ?? '', 24, 'middle', `strong ${state}`)}`;
    }),
  );
}

function timeline({ points }: Extract<Figure, { kind: 'timeline' }>, alt: string): Html {
  const [width, height, margin] = [640, 62, 60];
  const step = (width - 2 * margin) / Math.max(1, points.length - 1);
  // Not to scale: what counts is the order, and each point has its date.
  return svg(width, height, alt, [
    element('path', { class: 'axis', d: `M${margin} 24 H${width - margin}` }),
    points.map(({ label: name, at }, i) => {
      const x = margin + i * step;
      return html`${element('circle', { class: 'point', cx: x.toFixed(1), cy: '24', r: '5' })}${label(x, 12, day(at), 12, 'middle', 'small')}${label(x, 44, name, 22, 'middle')}`;
    }),
  ]);
}
