import t from 'tap';
import { compareVersions, parseVersion, type Version } from '../../src/knowledge/version.js';

function read(text: string): Version {
  const version = parseVersion(text);
  if (version === null) throw new Error(`${text} is not a version`);
  return version;
}

t.test('what is read', (t) => {
  t.strictSame(parseVersion('7.17.9'), { numbers: [7, 17, 9], before: null, suffix: null });
  t.strictSame(parseVersion('4.3'), { numbers: [4, 3, 0], before: null, suffix: null });
  t.strictSame(parseVersion('1.4.0.Beta1'), { numbers: [1, 4, 0], before: { stage: 1, number: 1 }, suffix: null });
  t.strictSame(parseVersion('6.0.0-rc2'), { numbers: [6, 0, 0], before: { stage: 2, number: 2 }, suffix: null });
  t.strictSame(parseVersion('9.0.0-beta1-SNAPSHOT'), {
    numbers: [9, 0, 0],
    before: { stage: 1, number: 1 },
    suffix: '-SNAPSHOT',
  });
  t.strictSame(parseVersion('1.7.6+dfsg-1'), { numbers: [1, 7, 6], before: null, suffix: '+dfsg-1' });
  t.equal(parseVersion('2.11.1.0')?.suffix, '.0', 'a fourth number comes from another vendor');
  for (const none of ['', '7', 'seven', '7.x', '<8.0.0', '7.17.9 ', '__proto__', `7.17.${'9'.repeat(40)}`])
    t.equal(parseVersion(none), null, none);
  t.end();
});

t.test('which came first', (t) => {
  const order = [
    '0.90.13',
    '1.4.0.Beta1',
    '1.4.0',
    '6.0.0-alpha2',
    '6.0.0-beta1',
    '6.0.0-rc1',
    '6.0.0-rc2',
    '6.0.0',
    '7.9.3',
    '7.10.0',
    '7.17.9',
    '10.0.0',
  ];
  for (const [at, one] of order.entries())
    for (const [other, another] of order.entries())
      t.equal(Math.sign(compareVersions(read(one), read(another))), Math.sign(at - other), `${one} and ${another}`);
  t.equal(compareVersions(read('7.17.9'), read('7.17.9-SNAPSHOT')), 0, 'a suffix counts for nothing');
  t.end();
});
