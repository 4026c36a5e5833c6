import t from 'tap';
import { judgeObservations } from '../../src/judge/record.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { Finding } from '../../src/model/finding.js';
import type { ClassedFields, FieldsFacts, Observations } from '../../src/model/observation.js';
import { allChecks } from '../support/judged.js';
import { contextFrom, openCluster, openKibana, recordOf } from '../support/observations.js';

const phone: ClassedFields = {
  class: 'phone',
  index: 'customers',
  fields: ['phone'],
  fieldsTotal: 1,
  documents: 34_567,
  certainty: 'strong',
};
const identity: ClassedFields = { ...phone, class: 'national-id', fields: ['ssn'] };
const city: ClassedFields = { ...phone, class: 'postal-address', index: 'orders', fields: ['city'], certainty: 'weak' };

function facts(classes: readonly ClassedFields[], complete = true): FieldsFacts {
  return {
    indices: ['customers', 'orders'],
    looked: { indices: 2, indicesTotal: 2, kinds: 2, kindsTotal: 2 },
    total: 12,
    complete,
    totals: classes.map(({ class: of, certainty, documents, fieldsTotal }) => ({
      class: of,
      certainty,
      indices: 1,
      fields: fieldsTotal,
      documents,
      atLeast: false,
    })),
    classes,
    evidence: [2],
  };
}

function findings(observations: Observations, context: JudgeContext): Finding[] {
  const judged = judgeObservations(recordOf(observations), observations, context, allChecks);
  t.same(judged.bugs, []);
  return judged.found.map(({ finding }) => finding);
}

function access(observations: Observations, context: JudgeContext): Finding {
  const found = findings(observations, context).find(
    ({ check }) => check === 'cluster-open' || check === 'dashboard-open',
  );
  if (found === undefined) throw new Error('no finding on access');
  return found;
}

t.test('a finding on access says what field names suggest', (t) => {
  const finding = access(openCluster({ fields: facts([phone, identity, city]) }), contextFrom('internet'));
  t.same(finding.stake, [phone, identity, city]);
  t.match(
    finding.summary,
    /phone numbers and identity document numbers \(in `customers`\), and possibly postal addresses\. We read no document/,
  );
  t.ok(
    finding.evidence.some(({ request }) => request === 3),
    'the answer that shows them is evidence',
  );
  const through = access(openKibana({ fields: facts([phone]) }), contextFrom('internet'));
  t.match(through.summary, /[Ff]ield names suggest phone/);
  t.same(through.stake, [phone]);
  t.end();
});

t.test('what names do not show', (t) => {
  const context = contextFrom('internet');
  const uncertain = access(openCluster({ fields: facts([city]) }), context);
  t.match(uncertain.summary, /[Ff]ield names of 2 indices may indicate postal addresses/);
  const innocent = access(openCluster({ fields: facts([]) }), context);
  t.match(innocent.summary, /do not suggest personal data\. That does not prove/);
  const unasked = access(openCluster(), context);
  t.same(unasked.stake, []);
  t.notMatch(unasked.summary, /[Ff]ield names/);
  for (const { summary } of [uncertain, innocent, unasked]) t.notMatch(summary, /\d[\d,]* (?:persons|people)/);
  t.end();
});

t.test('contents raise the severity of access, and of nothing else', (t) => {
  const row = (classes: readonly ClassedFields[] | null, exposure: 'internal' | 'host') =>
    access(openCluster(classes === null ? {} : { fields: facts(classes) }), contextFrom(exposure)).severityRow;
  t.equal(row(null, 'internal'), 'control-data-inside');
  t.equal(row([phone], 'internal'), 'control-data-inside');
  t.equal(row([phone, identity], 'internal'), 'control-data-sensitive-inside');
  t.equal(
    row([{ ...identity, certainty: 'weak' }], 'internal'),
    'control-data-inside',
    'an uncertain name raises nothing',
  );
  t.equal(row([identity], 'host'), 'control-data-host');
  const inside = contextFrom('internal');
  const others = (fields: FieldsFacts | null) =>
    findings(openCluster(fields === null ? {} : { fields }), inside)
      .filter(({ check }) => check !== 'cluster-open')
      .map(({ check, severityRow, stake }) => [check, severityRow, stake]);
  t.same(others(facts([identity])), others(null), 'no other finding carries it');
  t.end();
});
