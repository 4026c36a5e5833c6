// The table of promises matches the code: each rule is in its place and its test exists. `npm run promises` removes the rules.
import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { rules } from './rules.js';

t.test('each rule occurs once in its place, and its test exists', (t) => {
  t.equal(new Set(rules.map(({ id }) => id)).size, rules.length, 'ids are unique');
  for (const { id, place, rule, without, test, part } of rules) {
    t.equal(readFileSync(place, 'utf8').split(rule).length - 1, 1, `${id}: ${place} has the rule once`);
    t.not(rule, without, id);
    t.ok(
      existsSync(test) &&
        part.split(' > ').every((words) => readFileSync(test, 'utf8').includes(words.replace('$', ''))),
      `${id}: ${test} has ${JSON.stringify(part)}`,
    );
  }
  t.end();
});

t.test('the table in the documents is the one that is tested', (t) => {
  const table = readFileSync('docs/reliability.md', 'utf8').replace(/ +/g, ' ');
  for (const { id, promise, place, test } of rules)
    t.ok(table.includes(`| ${promise} | \`${place}\` | \`${test}\` (\`${id}\`) |`), id);
  t.end();
});
