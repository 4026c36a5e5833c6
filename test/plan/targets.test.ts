// What a run keeps of the declared targets: never a secret that someone wrote into a note or a label.
import t from 'tap';
import type { Target } from '../../src/model/endpoint.js';
import { targetsToKeep } from '../../src/plan/targets.js';

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
