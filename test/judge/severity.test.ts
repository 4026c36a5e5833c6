import ae from 'ae-cvss-calculator';
import t from 'tap';
import { severityOf, severityTable } from '../../src/judge/severity.js';
import { sensitivities, type Stake } from '../../src/model/check.js';
import { rungs } from '../../src/model/endpoint.js';
import type { Exposure } from '../../src/model/engagement.js';
import { severities } from '../../src/model/finding.js';
import { en } from '../../src/judge/texts/en.js';
import { inOtherWords } from '../support/second-language.js';
import type { Tri } from '../../src/model/observation.js';

// Every base metric must be there: the calculator scores an incomplete vector 0 without a word.
const full4 =
  /^CVSS:4\.0\/AV:[NALP]\/AC:[LH]\/AT:[NP]\/PR:[NLH]\/UI:[NPA]\/VC:[HLN]\/VI:[HLN]\/VA:[HLN]\/SC:[HLN]\/SI:[HLN]\/SA:[HLN]$/;
const full31 = /^CVSS:3\.1\/AV:[NALP]\/AC:[LH]\/PR:[NLH]\/UI:[NR]\/S:[UC]\/C:[HLN]\/I:[HLN]\/A:[HLN]$/;

t.test('each row', (t) => {
  const table = severityTable();
  t.equal(new Set(table.map((row) => row.id)).size, table.length, 'ids are unique');
  for (const row of table) {
    t.match(row.cvss4.vector, full4, `${row.id}: a complete v4.0 base vector`);
    t.match(row.cvss31.vector, full31, `${row.id}: a complete v3.1 base vector`);
    // `base` would count threat and environment in; only the base metrics are stated.
    t.equal(
      new ae.Cvss4P0(row.cvss4.vector).calculateScores().baseMetricsOnly,
      row.cvss4.score,
      `${row.id}: v4.0 score`,
    );
    t.equal(new ae.Cvss3P1(row.cvss31.vector).calculateScores().base, row.cvss31.score, `${row.id}: v3.1 score`);
    t.match(row.reason, /^[A-Z].*\.$/, `${row.id}: its reason is a sentence`);
  }
  const order = table.map((row) => severities.indexOf(row.severity));
  t.same(
    order,
    [...order].sort((a, b) => a - b),
    'worst first',
  );
  t.end();
});

t.test('the reasons are those of a language, and each of its reasons is used', (t) => {
  const [english, several, other] = [severityTable(), severityTable(en, true), severityTable(inOtherWords(en))];
  t.same(
    other.filter(({ reason }) => /[a-z]/i.test(reason)),
    [],
  );
  t.match(
    other,
    english.map(({ id, severity }) => ({ id, severity })),
  );
  for (const [name, words] of Object.entries({ ...en.severity.kinds, ...en.severity.care, ...en.severity.zones }))
    t.ok(
      english.some(({ reason }) => reason.includes(words)),
      name,
    );
  t.ok(english.some(({ reason }) => reason.includes('not tested')));
  t.notOk(several.some(({ reason }) => /so at least this|was tested/.test(reason)));
  t.end();
});

t.test('which row', (t) => {
  const reach: Stake = {
    kind: 'reach',
    rung: 'control',
    documents: 'yes',
    data: 'yes',
    through: 'cluster',
    incident: 'none',
    sensitivity: 'unknown',
  };
  const table: [string, Stake, Exposure][] = [
    ['control-data-outside', reach, 'internet'],
    ['control-data-outside', reach, 'partner'],
    ['control-data-inside', reach, 'internal'],
    ['control-data-host', reach, 'host'],
    ['control-data-outside', { ...reach, data: 'unknown' }, 'internet'],
    ['control-empty-outside', { ...reach, data: 'no' }, 'internet'],
    ['documents-outside', { ...reach, rung: 'documents' }, 'internet'],
    ['documents-through-dashboard-outside', { ...reach, rung: 'documents', through: 'dashboard' }, 'internet'],
    ['gateway-documents-outside', { ...reach, kind: 'gateway', rung: 'documents', through: 'dashboard' }, 'internet'],
    ['reach-not-determined-inside', { ...reach, rung: 'metadata', documents: 'unknown' }, 'internal'],
    ['metadata-outside', { ...reach, rung: 'metadata', documents: 'no' }, 'internet'],
    ['metadata-outside', { ...reach, rung: 'documents', data: 'no' }, 'internet'],
    ['guest-outside', { ...reach, rung: 'banner', documents: 'unknown' }, 'internet'],
    ['banner-outside', { ...reach, rung: 'banner', documents: 'no' }, 'internet'],
    ['published-login-outside', { ...reach, kind: 'published-login', rung: 'metadata' }, 'internet'],
    ['published-login-host', { ...reach, kind: 'published-login', rung: 'metadata' }, 'host'],
    ['admin-page-outside', { ...reach, kind: 'admin-page' }, 'internet'],
    ['linked-inside', { ...reach, kind: 'linked' }, 'internal'],
    ['setup-inside', { ...reach, kind: 'setup', rung: 'banner' }, 'internal'],
    ['clear-text-login-host', { ...reach, kind: 'clear-text-login', rung: 'guarded' }, 'host'],
    ['control-data-outside', { ...reach, incident: 'strong' }, 'internet'],
    ['incident-inside', { ...reach, incident: 'strong' }, 'internal'],
    ['incident-outside', { ...reach, data: 'no', incident: 'strong' }, 'internet'],
    ['incident-suspected-outside', { ...reach, rung: 'metadata', documents: 'no', incident: 'suspected' }, 'internet'],
    ['banner-host', { ...reach, rung: 'banner', documents: 'no', incident: 'strong' }, 'host'],
    ['incident-host', { ...reach, kind: 'incident', incident: 'strong' }, 'host'],
    ['incident-suspected-host', { ...reach, kind: 'incident', incident: 'suspected' }, 'host'],
    ['delete-outside', { ...reach, kind: 'delete', incident: 'strong' }, 'internet'],
    ['no-backup-inside', { ...reach, kind: 'no-backup' }, 'internal'],
    ['backup-in-reach-outside', { ...reach, kind: 'backup-in-reach' }, 'internet'],
    ['control-data-outside', { ...reach, sensitivity: 'sensitive' }, 'internet'],
    ['control-data-sensitive-inside', { ...reach, sensitivity: 'sensitive' }, 'internal'],
    ['control-data-inside', { ...reach, sensitivity: 'personal' }, 'internal'],
    ['control-data-host', { ...reach, sensitivity: 'sensitive' }, 'host'],
    ['control-empty-inside', { ...reach, data: 'no', sensitivity: 'sensitive' }, 'internal'],
    ['documents-sensitive-inside', { ...reach, rung: 'documents', sensitivity: 'sensitive' }, 'internal'],
    ['documents-personal-host', { ...reach, rung: 'documents', sensitivity: 'personal' }, 'host'],
    ['documents-host', { ...reach, rung: 'documents', sensitivity: 'none' }, 'host'],
    [
      'reach-not-determined-sensitive-inside',
      { ...reach, rung: 'metadata', documents: 'unknown', sensitivity: 'sensitive' },
      'internal',
    ],
    ['metadata-inside', { ...reach, rung: 'metadata', documents: 'no', sensitivity: 'sensitive' }, 'internal'],
    ['unexpected-outside', { ...reach, kind: 'unexpected', rung: 'silent' }, 'internet'],
    ['visited-host', { ...reach, kind: 'visited' }, 'host'],
    ['visited-perhaps-outside', { ...reach, kind: 'visited-perhaps' }, 'internet'],
    ['vulnerability-grave-outside', { ...reach, kind: 'vulnerability', weight: 'grave' }, 'internet'],
    ['vulnerability-plain-inside', { ...reach, kind: 'vulnerability', weight: 'plain' }, 'internal'],
    ['vulnerability-slight-host', { ...reach, kind: 'vulnerability', rung: 'banner' }, 'host'],
    ['end-of-life-outside', { ...reach, kind: 'end-of-life', weight: 'plain' }, 'partner'],
    ['fixes-elsewhere-outside', { ...reach, kind: 'end-of-life', weight: 'slight' }, 'internet'],
    ['demo-certificate-outside', { ...reach, kind: 'demo-certificate', rung: 'guarded' }, 'internet'],
    ['transport-port-inside', { ...reach, kind: 'transport-port', rung: 'silent' }, 'internal'],
    ['any-origin-host', { ...reach, kind: 'any-origin' }, 'host'],
    ['breakable-certificate-outside', { ...reach, kind: 'breakable-certificate' }, 'partner'],
    ['weak-encryption-outside', { ...reach, kind: 'weak-encryption' }, 'internet'],
    ['unverifiable-certificate-inside', { ...reach, kind: 'unverifiable-certificate' }, 'internal'],
    ['shared-key-outside', { ...reach, kind: 'shared-key' }, 'internet'],
  ];
  for (const [row, stake, exposure] of table)
    t.equal(severityOf(stake, exposure).id, row, JSON.stringify([stake, exposure]));
  t.throws(() => severityOf({ ...reach, rung: 'guarded' }, 'internet'), 'a stake that fits no row is a bug of ours');
  t.end();
});

t.test(
  'known flaws of a version: more weight and exposure never lower the severity, and an open cluster is worse',
  (t) => {
    const exposures = ['host', 'internal', 'partner', 'internet'] as const;
    const open: Stake = {
      kind: 'reach',
      rung: 'control',
      documents: 'yes',
      data: 'yes',
      through: 'cluster',
      incident: 'none',
      sensitivity: 'unknown',
    };
    const place = (stake: Stake, exposure: Exposure) => severities.indexOf(severityOf(stake, exposure).severity);
    for (const kind of ['vulnerability', 'end-of-life'] as const)
      for (const [x, exposure] of exposures.entries())
        for (const [w, weight] of (['slight', 'plain', 'grave'] as const).entries()) {
          const stake: Stake = { ...open, kind, weight };
          const here = place(stake, exposure);
          t.ok(here > place(open, exposure), `${kind}, ${weight}, ${exposure}: below an open cluster`);
          for (const wider of exposures.slice(x)) t.ok(place(stake, wider) <= here, `${kind}, ${weight}: ${wider}`);
          for (const heavier of (['slight', 'plain', 'grave'] as const).slice(w))
            t.ok(place({ ...stake, weight: heavier }, exposure) <= here, `${kind}, ${exposure}: ${heavier}`);
        }
    t.end();
  },
);

t.test('more reach, data, exposure or damage never lowers the severity', (t) => {
  const exposures = ['host', 'internal', 'partner', 'internet'] as const;
  const tris = ['no', 'unknown', 'yes'] as const satisfies readonly Tri[];
  const incidents = ['none', 'suspected', 'strong'] as const satisfies readonly Stake['incident'][];
  const ladder = rungs.filter((rung) => rung !== 'silent' && rung !== 'guarded');
  const worse = (a: Stake, at: Exposure, b: Stake, bt: Exposure) =>
    severities.indexOf(severityOf(b, bt).severity) <= severities.indexOf(severityOf(a, at).severity);
  const wrong: string[] = [];
  let compared = 0;
  const hold = (less: Stake, lessAt: Exposure, more: Stake, moreAt: Exposure) => {
    compared += 1;
    if (!worse(less, lessAt, more, moreAt)) wrong.push(JSON.stringify({ less, lessAt, more, moreAt }));
  };
  for (const through of ['cluster', 'dashboard'] as const)
    for (const [r, rung] of ladder.entries())
      for (const [d, data] of tris.entries())
        for (const [x, exposure] of exposures.entries())
          // What a rung says of documents: readable from `documents` up, else not or not known.
          for (const documents of rung === 'documents' || rung === 'control'
            ? (['yes'] as const)
            : (['no', 'unknown'] as const)) {
            for (const [i, incident] of incidents.entries())
              for (const [c, sensitivity] of sensitivities.entries()) {
                const stake: Stake = { kind: 'reach', rung, documents, data, through, incident, sensitivity };
                for (const other of sensitivities.slice(c))
                  hold(stake, exposure, { ...stake, sensitivity: other }, exposure);
                for (const other of incidents.slice(i)) hold(stake, exposure, { ...stake, incident: other }, exposure);
                for (const other of exposures.slice(x)) hold(stake, exposure, stake, other);
                for (const other of tris.slice(d)) hold(stake, exposure, { ...stake, data: other }, exposure);
                hold(stake, exposure, { ...stake, kind: 'gateway' }, exposure);
                if (documents === 'no') {
                  hold(stake, exposure, { ...stake, documents: 'unknown' }, exposure);
                  for (const higher of ladder.slice(r))
                    hold(
                      stake,
                      exposure,
                      {
                        ...stake,
                        rung: higher,
                        documents: higher === 'documents' || higher === 'control' ? 'yes' : 'no',
                      },
                      exposure,
                    );
                }
                if (documents === 'yes')
                  for (const higher of ladder.slice(r)) hold(stake, exposure, { ...stake, rung: higher }, exposure);
                // Where there are documents, being able to read them is worse than not knowing.
                if (documents === 'unknown' && data !== 'no')
                  for (const higher of ['documents', 'control'] as const)
                    hold(stake, exposure, { ...stake, rung: higher, documents: 'yes' }, exposure);
              }
          }
  t.ok(compared > 500, `compared ${compared} pairs`);
  t.same(wrong, []);
  t.end();
});
