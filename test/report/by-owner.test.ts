// Problems of one owner: titles that are true of that owner's part of them.
import t from 'tap';
import type { Finding, Problem } from '../../src/model/finding.js';
import { ownersHead } from '../../src/report/index.js';
import { en } from '../../src/report/texts/en.js';
import { firstInMemory } from '../../src/store/sorter.js';
import { finding, full, stream } from '../support/report-sample.js';

const [known] = full.head.problems;

async function titleOf(parts: readonly Partial<Finding>[], whole: Partial<Problem>): Promise<string | undefined> {
  const findings = parts.map((part, i) =>
    finding({ problem: 'p', endpoint: `https://es-${i}.acme.example:9200`, title: 'a title', ...part }),
  );
  const problems = known === undefined ? [] : [{ ...known, id: 'p', ...whole }];
  const own = { findings: stream(findings), endpoints: stream([]), history: stream([]) };
  const head = await ownersHead(
    { ...full.head, problems },
    'Search team',
    own,
    firstInMemory(() => 1e6),
    en,
  );
  t.equal(head.problems.length, 1);
  return head.problems[0]?.title;
}

t.test('a title counts what is the owner’s, by the rules of the complete problem', async (t) => {
  const guarded = { state: 'guarded', check: 'end-of-life' } as const;
  const open = { state: 'open', check: 'cluster-open' } as const;
  const more = { doorsTotal: 9, findingsTotal: 9, title: 'of all owners' };
  for (const [name, parts, whole, title] of [
    ['all of it', [open, open], { doorsTotal: 2, findingsTotal: 2, title: 'as it was' }, 'as it was'],
    ['one endpoint', [open], more, 'a title'],
    ['several', [open, open], more, 'a title, at 2 endpoints'],
    ['a key, which counts by itself', [1, 2, 3].map(() => ({ check: 'certificate-shared' })), more, 'a title'],
    [
      'other versions, which the title does not name',
      [guarded, { ...guarded, title: 'another' }, guarded],
      more,
      'a title (and 2 more endpoints need the same fix)',
    ],
    ['ways in alone', [open, open, { ...guarded, title: 'a login' }], more, 'a title, at 2 endpoints'],
    [
      'a certificate, at what is closed too',
      [
        { state: 'open', check: 'certificate-expired' },
        { state: 'guarded', check: 'certificate-expired' },
      ],
      more,
      'a title, at 2 endpoints',
    ],
  ] as const) {
    t.equal(await titleOf(parts, whole), title, name);
  }
});
