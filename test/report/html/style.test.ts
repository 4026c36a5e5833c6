import t from 'tap';
import { style } from '../../../src/report/html/style.js';

const [light = '', dark = ''] = style.split('@media screen and (prefers-color-scheme: dark)');
const colours = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));

for (const [scheme, palette] of [
  ['light', colours(light)],
  ['dark', new Map([...colours(light), ...colours(dark.slice(0, dark.indexOf('.s-critical')))])],
] as const) {
  t.test(`${scheme}: every text has the contrast that WCAG 2 AA asks for`, (t) => {
    const inks = ['ink', 'quiet', 'accent', ...['critical', 'high', 'medium', 'low', 'info'].map((s) => `${s}-ink`)];
    for (const ink of inks) {
      for (const ground of ['paper', 'soft', ...(ink.endsWith('-ink') ? [] : ['code'])]) {
        const ratio = contrast(palette.get(ink), palette.get(ground));
        t.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    for (const severity of ['critical', 'high', 'medium', 'low', 'info']) {
      const ratio = contrast('#ffffff', palette.get(severity));
      t.ok(ratio >= 4.5, `white on ${severity}: ${ratio.toFixed(2)}`);
    }
    t.end();
  });
}

for (const [scheme, palette] of [
  ['light', colours(light)],
  ['dark', new Map([...colours(light), ...colours(dark.slice(0, dark.indexOf('.s-critical')))])],
] as const) {
  t.test(`${scheme}: every bar of a picture has a colour, which is not that of the page`, (t) => {
    for (const colour of ['critical', 'high', 'medium', 'low', 'info', 'neutral', 'good']) {
      t.match(style, new RegExp(`\\.s-${colour}\\b[^}]*--sev: var\\(--${colour}\\)`), colour);
      const ratio = contrast(palette.get(colour), palette.get('paper'));
      t.ok(ratio >= 2.2, `${colour} on paper: ${ratio.toFixed(2)}`);
    }
    t.end();
  });
}

t.test('the style sheet loads nothing', (t) => {
  t.notMatch(style, /url\(|@import|@font-face|https?:|<\//i);
  t.end();
});

/** Contrast ratio of two `#rrggbb` colours (WCAG 2.2, 1.4.3). */
function contrast(one = '', other = ''): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
