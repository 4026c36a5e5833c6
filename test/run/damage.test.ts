// A journal with damage: a run that is judged again or resumed uses what is left of it, and says what is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { rejudge } from '../../src/run/index.js';
import { segmentPath } from '../../src/store/journal.js';
import { segmentLines } from '../support/journal.js';
import { audited, declared, engagement, recorded, serve, wall } from './support.js';

t.test('a changed line is named, and asked again when the run is resumed', async (t) => {
  const folder = t.testdir({});
  const open = await recorded(t, 'elasticsearch/7.17.9-open');
  const { port } = await serve(t, wall);
  const text = `targets: [{ id: open, url: "${open}" }, { id: walls, hosts: [127.63.3.1, 127.63.3.2], ports: [${port}] }]`;
  const declaration = await declared(t, text, folder);
  const out = join(folder, 'out');
  const whole = await audited(declaration, out);
  t.match(whole.result.head.summary, { endpoints: 3, states: { open: 1, guarded: 2 } });

  const segment = segmentPath(join(whole.result.folder, 'journal'), 1);
  const lines = segmentLines(segment);
  // As a killed run leaves it: without its end. One digit of a finished endpoint is another one.
  const wanted = lines.findIndex((line) => line.includes('"targets":["walls"]'));
  const number = wanted - 1;
  const damaged = lines
    .slice(0, -1)
    .map((line, at) => (at === wanted ? line.replace('"status":401', '"status":200') : line));
  writeFileSync(segment, gzipSync(`${damaged.join('\n')}\n`));
  const info = join(whole.result.folder, 'run.json');
  writeFileSync(info, readFileSync(info, 'utf8').replace('"finished": true', '"finished": false'));

  const again = await rejudge(whole.result.folder, { failOn: 'high', formats: [] });
  t.equal(again.exitCode, 1, 'the open cluster is still found');
  t.match(
    again.head.summary,
    { endpoints: 2, states: { open: 1, guarded: 1 } },
    'a line that is not as it was written is not used',
  );
  t.equal(again.head.run.finished, false);
  t.ok(again.head.run.gaps.includes(`the journal is damaged: segment 1, line ${number}; what it held is missing here`));

  const resumed = await audited(declaration, out, { resume: true });
  t.match(resumed.notices, `the journal is damaged: segment 1, line ${number}; what it held is asked again`);
  t.match(resumed.result.head.summary, { endpoints: 3, states: { open: 1, guarded: 2 } });
  t.equal(resumed.result.head.run.finished, true);
  t.strictSame(resumed.result.head.run.gaps, [
    `the journal is damaged: segment 1, line ${number}; what it held was asked again`,
  ]);

  // What is damaged later was not asked again.
  const second = segmentPath(join(whole.result.folder, 'journal'), 2);
  writeFileSync(
    second,
    gzipSync(
      `${segmentLines(second)
        .filter((line) => !line.includes('"endpoint"'))
        .join('\n')}\n`,
    ),
  );
  const later = await rejudge(whole.result.folder, { failOn: 'critical', formats: [] });
  t.equal(later.head.run.finished, false);
  t.match(later.head.run.gaps.join('\n'), /segment 2, line \d+; what it held is missing here/);
});

t.test('a ledger with lines lost or broken is named, and no number is given twice', async (t) => {
  const folder = t.testdir({});
  const open = await recorded(t, 'elasticsearch/7.17.9-open');
  const { port } = await serve(t, wall);
  const text = (walls: string): string =>
    `targets: [{ id: open, url: "${open}" }, { id: walls, hosts: [${walls}], ports: [${port}] }]`;
  const declaration = await declared(t, text('127.22.3.1, 127.22.3.2'), folder);
  const out = join(folder, 'out');
  const whole = await audited(declaration, out);
  t.strictSame(whole.result.head.run.gaps, []);
  const run = whole.result.folder;
  const ledger = join(run, 'ledger.jsonl');
  const lines = readFileSync(ledger, 'utf8').trimEnd().split('\n');
  const isRequest = (line: string): boolean => line.startsWith('{"kind":"request"');
  const requests = lines.filter(isRequest).length;
  const info = join(run, 'run.json');
  const unfinished = readFileSync(info, 'utf8').replace('"finished": true', '"finished": false');

  const damages: readonly (readonly [what: string, text: string, named: RegExp])[] = [
    ['empty', '', new RegExp(`: ${requests} requests named in the journal are missing;`)],
    [
      'a line lost',
      lines.filter((line) => !line.startsWith('{"kind":"request","request":2,')).join('\n'),
      /: 1 request named in the journal is missing;/,
    ],
    [
      'a line broken',
      lines.map((line, at) => (at === 0 ? line.slice(0, 20) : line)).join('\n'),
      /: 1 line cannot be read;/,
    ],
    [
      'not a ledger',
      'null\n[]\n\0\n{"kind":"request","request":"1"}\n{"kind":"request","request":9e15,"connection":1,"bytes":0}',
      /: 5 lines cannot be read, \d+ requests named/,
    ],
  ];
  for (const [what, damaged, named] of damages) {
    writeFileSync(ledger, damaged === '' ? '' : `${damaged}\n`);
    writeFileSync(info, unfinished);
    const again = await rejudge(run, { failOn: 'high', formats: [] });
    t.equal(again.exitCode, 1, `${what}: what was found is still found`);
    t.match(again.head.run.gaps.join('\n'), named, what);
    t.equal(again.head.run.finished, false, what);

    const resumed = await audited(declaration, out, { resume: true });
    t.match(resumed.notices, named, what);
    t.match(resumed.result.head.run, { finished: false, gaps: [named] }, `${what}: it stays incomplete`);
    t.match(resumed.result.head.summary, whole.result.head.summary, what);
  }

  // Its journal lost an endpoint too, which is asked again: the numbers go on.
  const segment = segmentPath(join(run, 'journal'), 1);
  const kept = segmentLines(segment).filter((line) => !line.includes('"targets":["walls"]'));
  writeFileSync(segment, gzipSync(`${kept.join('\n')}\n`));
  writeFileSync(ledger, '');
  writeFileSync(info, unfinished);
  const resumed = await audited(declaration, out, { resume: true });
  t.match(resumed.result.head.summary, { endpoints: 3, states: { open: 1, guarded: 2 } });
  const given = readFileSync(ledger, 'utf8').match(/"kind":"request","request":(\d+)/g) ?? [];
  t.ok(given.length > 0);
  const named =
    segmentLines(segment)
      .join('\n')
      .match(/"request":(\d+)/g) ?? [];
  const numbers = (found: readonly string[]): number[] => found.map((each) => Number(/\d+/.exec(each)?.[0]));
  t.ok(Math.min(...numbers(given)) > Math.max(...numbers(named)), 'after the last one that the journal names');
});

t.test('what an endpoint was asked before a kill counts against its allowance', async (t) => {
  const folder = t.testdir({});
  const asked: string[] = [];
  const { port } = await serve(t, (request, response) => {
    asked.push(request.url ?? '');
    wall(request, response);
  });
  const text = `${engagement.trimEnd()}
  limits: { requestsPerEndpoint: 4 }
targets: [{ id: walls, hosts: [127.63.4.1], ports: [${port}], paths: [/es] }]
`;
  const declaration = await declared(t, text, folder);
  const out = join(folder, 'out');
  const whole = await audited(declaration, out);
  t.match(whole.result.head.summary, { endpoints: 1, states: { guarded: 1 } });
  t.ok(asked.length > 2);

  // As a SIGKILL leaves it, before any endpoint was journalled.
  const segment = segmentPath(join(whole.result.folder, 'journal'), 1);
  const kept = segmentLines(segment).slice(0, -1);
  writeFileSync(segment, gzipSync(`${kept.filter((line) => !line.includes('"targets":["walls"]')).join('\n')}\n`));
  const info = join(whole.result.folder, 'run.json');
  writeFileSync(info, readFileSync(info, 'utf8').replace('"finished": true', '"finished": false'));
  const resumed = await audited(declaration, out, { resume: true });
  t.equal(asked.length, 4, `no more is sent than it may get: ${asked.join(' ')}`);
  t.match(resumed.result.head.summary, { endpoints: 1, states: { undetermined: 1 } });
});
