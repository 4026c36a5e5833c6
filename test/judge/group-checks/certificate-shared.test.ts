import t from 'tap';
import { groupCheck } from '../../../src/judge/group-checks/certificate-shared.js';
import { demoCertificates } from '../../../src/knowledge/demo-certificates.js';
import type { JudgeContext, VerdictName } from '../../../src/model/check.js';
import type { Severity } from '../../../src/model/finding.js';
import type { Observations } from '../../../src/model/observation.js';
import { wellFormed } from '../../support/check-table.js';
import { pass } from '../../support/judged.js';
import {
  contextFrom,
  nothingThere,
  observed,
  openCluster,
  target,
  tlsWith,
  type Mutation,
} from '../../support/observations.js';

const targets = [
  target('shop', { owner: 'Shop team' }),
  target('staging', { environment: 'staging' }),
  target('nobody', { owner: null, environment: null }),
];
const from = (exposure: 'internet' | 'internal') => contextFrom(exposure, { kind: 'closed' }, ...targets);

/** An endpoint of a target with this key; every other fact as it should be. */
const at = (host: string, of: string, key = 'd', more: Mutation = {}) =>
  observed({
    ...more,
    endpoint: { host, address: null, ...more.endpoint },
    targets: [of],
    transport: { tls: tlsWith({ sha256: host.length.toString(16).padStart(64, '0') }, { keySha256: key.repeat(64) }) },
  });

const cases: readonly {
  readonly name: string;
  readonly estate: readonly Observations[];
  readonly context?: JudgeContext;
  readonly verdicts: Readonly<Partial<Record<VerdictName, number>>>;
  readonly severity?: Severity;
  readonly title?: RegExp;
  readonly says?: readonly RegExp[];
}[] = [
  {
    name: 'two owners, two certificates, one key',
    estate: [at('a.acme.example', 'search'), at('bb.acme.example', 'shop')],
    verdicts: { fail: 2 },
    severity: 'low',
    title: /2 endpoints of 2 owners$/,
    says: [/endpoints of this audit use its key; their owners: `Search team`, `Shop team`/],
  },
  {
    name: 'two environments of one owner, from inside',
    estate: [at('a.acme.example', 'search'), at('bb.acme.example', 'staging')],
    context: from('internal'),
    verdicts: { fail: 2 },
    severity: 'info',
    title: /of 2 environments$/,
    says: [/their environments: `production`, `staging`/],
  },
  {
    name: 'the other owner comes after many of the first',
    estate: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map((name) => at(`${name}.acme.example`, 'search'))
      .concat(at('z.acme.example', 'shop')),
    verdicts: { fail: 9 },
    says: [/9 endpoints of this audit use its key/],
  },
  {
    name: 'a wildcard of one owner, a pair behind a load balancer',
    estate: [at('a.acme.example', 'search'), at('b.acme.example', 'search'), at('c.acme.example', 'boards')],
    verdicts: { pass: 3 },
  },
  {
    name: 'a key of its own',
    estate: [at('a.acme.example', 'search'), at('b.acme.example', 'shop', 'e')],
    verdicts: { pass: 2 },
  },
  {
    name: 'an owner, and one that is not declared',
    estate: [at('a.acme.example', 'search'), at('b.acme.example', 'nobody')],
    verdicts: { pass: 2 },
  },
  {
    name: 'a demo certificate is shared with every installation',
    estate: ['search', 'shop'].map((of) =>
      observed({
        endpoint: { host: `${of}.acme.example` },
        targets: [of],
        transport: { tls: tlsWith({ sha256: demoCertificates[0]?.sha256 ?? '' }) },
      }),
    ),
    verdicts: { 'not-applicable': 2 },
  },
  { name: 'plain HTTP and nothing', estate: [openCluster(), nothingThere()], verdicts: { 'not-applicable': 2 } },
  {
    name: 'a journal from before keys were kept, one owner',
    estate: [observed({ transport: { tls: tlsWith({}, null) } })],
    verdicts: { undetermined: 1 },
  },
  {
    name: 'and two owners of one certificate',
    estate: ['search', 'shop'].map((of) =>
      observed({ endpoint: { host: `${of}.acme.example` }, targets: [of], transport: { tls: tlsWith({}, null) } }),
    ),
    verdicts: { fail: 2 },
  },
];

for (const { name, estate, verdicts, severity, title, says = [], ...rest } of cases) {
  void t.test(name, async (t) => {
    const context = rest.context ?? from('internet');
    const { judgement, findings } = await pass(t, estate, context, { checks: { endpoint: [], group: [groupCheck] } });
    t.same(judgement.bugs, []);
    t.match(judgement.summary.verdicts, { fail: 0, pass: 0, 'not-applicable': 0, undetermined: 0, ...verdicts });
    t.equal(findings.length, verdicts.fail ?? 0);
    for (const finding of findings) {
      wellFormed(t, name, finding, context);
      if (severity !== undefined) t.equal(finding.severity, severity);
      if (title !== undefined) t.match(finding.title, title);
      for (const said of says) t.match(finding.summary, said);
      t.ok(finding.also.length > 0 && !finding.also.includes(finding.endpoint), 'names others, not itself');
    }
    if (findings.length > 0) {
      t.equal(judgement.problemsTotal, 1, 'one key is one problem');
      t.match(judgement.problems[0]?.because, /^one (?:private key|certificate)/);
    }
  });
}

void t.test('other findings on the endpoints keep their own problem', async (t) => {
  const estate = [at('a.acme.example', 'search'), at('bb.acme.example', 'shop')].map((each) => ({
    ...each,
    access: { ...openCluster().access },
    cluster: openCluster().cluster,
  }));
  const { findings } = await pass(t, estate, from('internet'));
  const problems = (check: string) => new Set(findings.filter((one) => one.check === check).map((one) => one.problem));
  t.equal(problems('cluster-open').size, 1);
  t.equal(problems('certificate-shared').size, 1);
  t.not([...problems('cluster-open')][0], [...problems('certificate-shared')][0]);
});
