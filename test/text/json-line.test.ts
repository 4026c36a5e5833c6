// One line of JSON, safe to embed and to show.
import t from 'tap';
import { jsonLine } from '../../src/text/json-line.js';

t.test('no character that controls a terminal, or is invisible, is written as itself', (t) => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x1_10_00; code += 1) {
    const character = String.fromCodePoint(code);
    const line = jsonLine(character);
    const escaped = /^"[\x20-\x7e]*"$/.test(line);
    if (
      /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(character) ? !escaped : code > 0x7e && !/^\p{Cs}$/u.test(character) && escaped
    )
      wrong.push(code.toString(16));
    else if (JSON.parse(line) !== character) wrong.push(code.toString(16));
  }
  t.strictSame(wrong, []);
  t.end();
});
