/** Texts and values as fuzz tests make them: odd characters, markup, secrets, and parts of real files put together wrongly. */
import fc from 'fast-check';

/** Texts that mean something to a terminal, a browser, a parser or a path. */
const odd = [
  '\u001b[31m',
  '\u001b]0;x\u0007',
  '\u202e',
  '\u200b',
  '\u0000',
  '\r\n',
  '\ud800',
  '\u{e0041}',
  '<script>alert(1)</script>',
  '" onload="x',
  '|',
  '`',
  '```\n',
  '](javascript:alert(1))',
  '__proto__',
  'constructor',
  '../',
  '%2e%2e%2f',
  '%',
  '&#x3c;',
  '=cmd()',
  'https://user:hunter2@host/',
  'password=hunter2',
  '9'.repeat(400),
  '-1',
  '1e999',
  '😀',
] as const;

/** A text with odd parts in it. */
export const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...odd), fc.string({ maxLength: 12 })),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

/** A JSON value with odd keys and texts. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.object({ key: text, maxDepth: 3, values: [text, fc.double(), fc.integer(), fc.constant(null), fc.boolean()] }),
);

/** Changes a text at one place: another character, a piece lost, doubled, moved, or something odd put in. */
export function changed(original: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: original.length });
  return fc
    .tuple(fc.constantFrom('put', 'lose', 'double', 'replace', 'cut'), place, fc.nat({ max: 40 }), text)
    .map(([way, at, length, more]) => {
      const [before, piece, behind] = [
        original.slice(0, at),
        original.slice(at, at + length),
        original.slice(at + length),
      ];
      if (way === 'put') return before + more + piece + behind;
      if (way === 'lose') return before + behind;
      if (way === 'double') return before + piece + piece + behind;
      return way === 'replace' ? before + more + behind : before;
    });
}

/** A text changed at a few places, one after another. */
export function changedOften(original: string): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: 4 }).chain((times) => {
    let result = fc.constant(original);
    for (let each = 0; each < times; each += 1) result = result.chain(changed);
    return result;
  });
}

/** A text whose lines are in another order, some of them lost or doubled. */
export function shuffledLines(original: string): fc.Arbitrary<string> {
  const lines = original.split('\n');
  return fc
    .array(fc.nat({ max: lines.length - 1 }), { minLength: 1, maxLength: lines.length })
    .map((order) => order.map((at) => lines[at] ?? '').join('\n'));
}

/** A value as JSON text; `null` where it has none. */
export function jsonText(given: unknown): string {
  return JSON.stringify(given ?? null);
}
