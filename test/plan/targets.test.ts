// What a run keeps of the declared targets: never a secret that someone wrote into a note or a label.
import { join } from 'node:path';
import t from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import type { Target } from '../../src/model/endpoint.js';
import { targetsToKeep, withoutSecrets } from '../../src/plan/targets.js';

const canary = 'cAnArY42sEcret';

t.test('notes and labels are kept without secrets', (t) => {
  const target: Target = {
    id: 'search',
    owner: 'Search team',
    ownerContact: null,
    operator: null,
    environment: `production https://x:${canary}@h/`,
    labels: { tier: '1', password: canary, login: `elastic:${canary}@es.example`, 'api-key': canary },
    notes: `moves in May; elastic / password: ${canary}`,
    expect: { kind: 'closed' },
    fronts: null,
    declaredIn: null,
  };
  const [kept] = targetsToKeep({ targets: [target] });
  t.notMatch(JSON.stringify(kept), /cAnArY/);
  t.equal(kept?.labels['tier'], '1');
  t.match(kept?.notes, /^moves in May; elastic \/ password: \[redacted\]$/);
  t.equal(kept?.id, 'search');
  t.match(kept?.environment, /^production /);
  t.end();
});

t.test('so are the reasons of what is accepted and of who operates it', async (t) => {
  const said = `agreed with the owner, password: ${canary}`;
  const file = join(
    t.testdir({
      'targets.yaml': JSON.stringify({
        engagement: { id: 'E', vantage: { name: 'here', exposure: 'internal' } },
        targets: [
          {
            id: 'a',
            url: 'http://127.0.0.1:9200',
            operator: { name: `Hosting, token=${canary}`, permission: said },
            expect: { upTo: 'metadata', reason: said, approvedBy: said, until: '2099-01-01' },
          },
        ],
        accepted: [
          { target: 'a', check: 'end-of-life', reason: said, owner: said, approvedBy: said, until: '2027-06-30' },
        ],
      }),
    }),
    'targets.yaml',
  );
  const read = await readTargets(file);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const { accepted, targets, digest } = withoutSecrets(read.declaration);
  t.notMatch(JSON.stringify([accepted, targets]), /cAnArY/);
  t.match(
    [accepted[0]?.reason, targets[0]?.operator?.permission],
    [/^agreed with the owner, /, /^agreed with the owner, /],
  );
  t.equal(digest, read.declaration.digest);
});
