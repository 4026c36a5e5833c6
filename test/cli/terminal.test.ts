import t from 'tap';
import { counted } from '../../src/text/words.js';
import { fit, ranking, watcher, wrap } from '../../src/cli/terminal.js';
import { clean, full, notAllAsked, notAllAskedWords, silent } from '../support/report-sample.js';

t.test('texts are cut and wrapped by their width on the screen', (t) => {
  t.equal(fit('short', 10), 'short');
  t.equal(fit('rather long', 7), 'rather…');
  t.equal(fit('数据库数据库', 7), '数据库…');
  t.strictSame(wrap('one two three', 7), ['one two', 'three']);
  t.strictSame(wrap('averyverylongword x', 6), ['avery…', 'x']);
  t.equal(counted(1, 'finding'), '1 finding');
  t.equal(counted(1200, 'finding'), '1,200 findings');
  t.end();
});

t.test('a gap is reported once where the ranking on the same terminal names it', (t) => {
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

const screen = { isTTY: false, columns: 80, write: () => true };

t.test('the ranking says what was not audited', (t) => {
  const shown = ({ head }: typeof clean) => ranking(head, [], screen).replaceAll('\n', ' ');
  t.match(shown(notAllAsked), notAllAskedWords);
  t.notMatch(shown(clean), 'not asked');
  t.end();
});

t.test('the ranking has a row for each problem, with the number of its endpoints', (t) => {
  const [first] = full.head.problems;
  if (first === undefined) throw new Error('the sample has no problem');
  const folder = (end: string) => `https://${'kibana.'.repeat(12)}acme.example:5601/a/${end}`;
  const problems = [
    { ...first, doors: [folder('one'), folder('two')], doorsTotal: 13 },
    { ...first, doors: [folder('two')], doorsTotal: 1 },
    ...Array.from({ length: 30 }, () => first),
  ];
  const text = ranking({ ...full.head, problems, problemsTotal: 1200 }, [], screen);
  t.ok(text.split('\n').every((line) => line.length <= 80));
  t.equal(text.match(/^\d+ +(?:critical|high|medium|low|info) /gm)?.length, 25);
  t.match(text, /^1 {4}critical {2}13 {9}https:/m);
  t.match(text, /^2 {4}critical {2}1 {10}https:/m);
  const urls = text.replace(/\s+/g, '');
  t.match(urls, folder('one'));
  t.match(urls, folder('two'), 'two base paths of a long host can be distinguished');
  t.match(text, 'and 1,175 more problems in the report');
  t.match(text.replaceAll('\n', ' '), /\d+ findings \(.*\)(?:, \d+ accepted)? in 1,200 problems/);
  t.notMatch(ranking({ ...clean.head, problems: [], problemsTotal: 0 }, [], screen), 'SEVERITY');
  t.end();
});

t.test('what --check left out is reported, and is not a gap', (t) => {
  const head = { ...clean.head, run: { ...clean.head.run, checks: ['login-over-plain-http'] } };
  const text = ranking(head, [], screen).replaceAll('\n', ' ');
  t.match(text, 'Narrowed by --check to login-over-plain-http: no other check was judged');
  t.notMatch(text, 'Incomplete');
  t.end();
});

t.test('a run that could not assess an endpoint does not end in "no findings" alone', (t) => {
  const { summary } = silent.head;
  const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const shown = (states: Partial<typeof summary.states>) => {
    const all = { open: 0, guarded: 0, undetermined: 0, unreachable: 0, decoy: 0, 'other-product': 0, ...states };
    const endpoints = Object.values(all).reduce((sum, count) => sum + count, 0);
    const head = { ...silent.head, summary: { ...summary, endpoints, states: all, findings: none, accepted: 0 } };
    return ranking({ ...head, problems: [], problemsTotal: 0 }, [], screen).replaceAll('\n', ' ');
  };
  t.match(shown({ unreachable: 2 }), /^Nothing could be assessed/);
  t.match(shown({ unreachable: 1, guarded: 2 }), /^No findings, but 1 of 3 endpoints could not be assessed/);
  t.match(shown({ guarded: 2 }), /^No findings, tested/);
  t.end();
});
