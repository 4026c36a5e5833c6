import t from 'tap';
import { count, fit, ranking, watcher, wrap } from '../../src/cli/terminal.js';
import { clean, notAllAsked, notAllAskedWords, stream } from '../support/report-sample.js';

t.test('texts are cut and wrapped by what they take on the screen', (t) => {
  t.equal(fit('short', 10), 'short');
  t.equal(fit('rather long', 7), 'rather…');
  t.equal(fit('数据库数据库', 7), '数据库…');
  t.strictSame(wrap('one two three', 7), ['one two', 'three']);
  t.strictSame(wrap('averyverylongword x', 6), ['avery…', 'x']);
  t.equal(count(1, 'finding'), '1 finding');
  t.equal(count(1200, 'finding'), '1,200 findings');
  t.end();
});

t.test('a gap is said once where the ranking that names it comes to the same terminal', (t) => {
  const heard = (json: boolean, terminal: boolean): string => {
    let text = '';
    const screen = { isTTY: false, columns: 80, write: (part: string) => (text += part) };
    const { onEvent } = watcher({ quiet: false, json }, screen, { isTTY: terminal });
    onEvent({ kind: 'notice', text: 'the run was interrupted', gap: true });
    onEvent({ kind: 'notice', text: 'stopping' });
    return text;
  };
  t.equal(heard(false, true), 'stopping\n');
  t.equal(heard(true, false), 'stopping\n', 'gaps end stderr where JSON is asked for');
  t.equal(heard(false, false), 'the run was interrupted\nstopping\n', 'the ranking goes to a file');
  t.end();
});

t.test('the ranking says what was not asked', async (t) => {
  const screen = { isTTY: false, columns: 80, write: () => true };
  const shown = async ({ head, findings }: typeof clean) =>
    (await ranking(head, stream(findings)(), [], screen)).replaceAll('\n', ' ');
  t.match(await shown(notAllAsked), notAllAskedWords);
  t.notMatch(await shown(clean), 'not asked');
});
