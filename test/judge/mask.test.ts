import t from 'tap';
import { parseListing } from '../../src/catalogue/listing.js';
import { basePathOf, type Recording } from '../../src/demo/replay.js';
import { judgeAll } from '../../src/judge/pass.js';
import { maskProse, nameMask } from '../../src/judge/mask.js';
import { read } from '../../src/judge/record.js';
import { sortersIn } from '../../src/store/sorter.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { EndpointRecord } from '../../src/model/exchange.js';
import { formats } from '../../src/report/index.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { all, allChecks } from '../support/judged.js';
import { contextFrom } from '../support/observations.js';
import { full } from '../support/report-sample.js';
import { everything, sample } from '../support/sample.js';
import { fakeEndpoint } from '../support/survey.js';
import { written } from '../support/write.js';
import { writtenFiles } from '../support/written.js';

/** A survey of recorded or written answers, as one endpoint of a run. */
function surveyed(recording: Recording, ordinal: number): EndpointRecord {
  const dashboard = /kibana|dashboards/.test(recording.head.product);
  const endpoint = {
    ...fakeEndpoint,
    host: `h${ordinal}.example`,
    port: dashboard ? 5601 : 9200,
    scheme: recording.head.scheme,
    basePath: basePathOf(recording),
  };
  const questions = survey(endpoint, { techniques: techniquesWith(), nonce: () => 'x1y2z3a4b5c6' });
  return { ...surveyAgainst(recording, endpoint, questions), ordinal, endpoint };
}

/** Names of indices and clusters that the answers give, each with the record it is from. */
function namesIn({ exchanges }: EndpointRecord): string[] {
  return exchanges.flatMap(({ outcome }) => {
    if (outcome.kind !== 'answer' || outcome.body.kind !== 'json') return [];
    const { value } = outcome.body;
    const object = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
    const listing = parseListing(value) ?? parseListing(object.get('listing'));
    const cluster = object.get('cluster_name');
    return [...(listing?.list.map(({ name }) => name) ?? []), ...(typeof cluster === 'string' ? [cluster] : [])];
  });
}

async function outputs(
  records: readonly EndpointRecord[],
  context: JudgeContext,
  folder: string,
): Promise<Map<string, string>> {
  async function* items() {
    for (const record of records) yield await Promise.resolve(read(record));
  }
  const judgement = await judgeAll(items(), context, allChecks, sortersIn(folder, 20_000));
  const { summary, problems, problemsTotal } = judgement;
  t.equal(summary.bugs, 0, JSON.stringify(judgement.bugs[0] ?? ''));
  const sample = {
    head: { ...full.head, summary, problems, problemsTotal },
    findings: await all(judgement.findings()),
    endpoints: await all(judgement.endpoints()),
  };
  judgement.close();
  const texts = new Map<string, string>();
  for (const { name } of formats) texts.set(name, await written(name, sample));
  return texts;
}

const open = [
  ...recordingNames().map((name) => recordingNamed(name)),
  ...writtenFiles().map(({ recording }) => recording),
].filter(({ head }) => head.truth.state === 'open');
const recordings = sample(open, 20);

/** The recording with a mark before every name, wherever it occurs, so that a name that is left shows at once. */
function marked(recording: Recording): Recording {
  const names = [...new Set(namesIn(surveyed(recording, 0)))].filter((name) => name.length >= 4);
  if (names.length === 0) return recording;
  const alternatives = names
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');
  const pattern = new RegExp(`(?<![A-Za-z0-9_.])(?:${alternatives})(?![A-Za-z0-9_])`, 'g');
  const exchanges = recording.exchanges.map((exchange): typeof exchange => {
    const { wire } = exchange;
    const text = wire.text === undefined ? {} : { text: wire.text.replace(pattern, (name) => `zq${name}`) };
    const path = exchange.path
      .replace(/%2C/g, ',')
      .replace(pattern, (name) => `zq${name}`)
      .replace(/,(?=zq)/g, '%2C');
    return { ...exchange, path, wire: { ...wire, ...text } };
  });
  return { ...recording, exchanges };
}

const records = recordings.map((recording, ordinal) => surveyed(marked(recording), ordinal));

t.test('no name of an index or a cluster survives in any format', async (t) => {
  const context = contextFrom('internet');
  const open = await outputs(records, context, t.testdir());
  const masked = await outputs(records, { ...context, mask: nameMask('a secret') }, t.testdir({ masked: {} }));
  // These name no index at all, masked or not.
  const nameless: readonly string[] = ['github', 'prometheus'];
  // These name indices in the titles of the worst problems only: a sample may have none there.
  const few: readonly string[] = ['junit', 'summary'];
  for (const [format, text] of open) {
    const names = (text.match(/zq[\w.-]+/g) ?? []).length;
    if (nameless.includes(format)) t.equal(names, 0, `${format}: names no index`);
    else if (everything || !few.includes(format))
      t.ok(names > (few.includes(format) ? 0 : 8), `${format}: names are shown where nothing is masked`);
  }
  // The hashes of the page's policy are letters at random.
  for (const [format, text] of masked)
    t.same(
      [...new Set(text.replace(/sha256-[\w+/=]+/g, '').match(/.{0,60}zq[^"' ]{0,40}/g) ?? [])].slice(0, 10),
      [],
      format,
    );
  t.match(masked.get('json'), /index-[0-9a-f]{8}/);
  t.match(masked.get('json'), /cluster-[0-9a-f]{8}/);
});

t.test('masking changes no verdict, no severity and no count', async (t) => {
  const context = contextFrom('internet');
  const judged = async (of: JudgeContext, folder: string) => {
    async function* items() {
      for (const record of records) yield await Promise.resolve(read(record));
    }
    const judgement = await judgeAll(items(), of, allChecks, sortersIn(folder, 20_000));
    const findings = await all(judgement.findings());
    judgement.close();
    return {
      summary: judgement.summary,
      findings: findings.map(({ fingerprint, severityRow, contents, stake, evidence }) => ({
        fingerprint,
        severityRow,
        documents: contents?.documents,
        stake: stake.map(({ class: of_, fields, documents }) => [of_, fields, documents]),
        requests: evidence.map(({ request, sha256, shows }) => [request, sha256, shows]),
      })),
    };
  };
  t.same(
    await judged({ ...context, mask: nameMask('a secret') }, t.testdir({ a: {} })),
    await judged(context, t.testdir({ b: {} })),
  );
});

t.test('pseudonyms', (t) => {
  const mask = nameMask('one');
  t.match(mask('index', 'customers'), /^index-[0-9a-f]{8}$/);
  t.equal(mask('index', 'customers'), nameMask('one')('index', 'customers'), 'the same name the same one');
  t.not(mask('index', 'customers'), mask('index', 'orders'));
  t.not(mask('index', 'customers'), nameMask('two')('index', 'customers'), 'of this output only');
  const names = new Map([
    ['customers', 'index-1'],
    ['o`r', 'index-2'],
  ]);
  t.equal(
    maskProse("It shows `customers`, `others` and `o'r`; customers call.", names),
    'It shows `index-1`, `others` and `index-2`; customers call.',
  );
  t.end();
});
