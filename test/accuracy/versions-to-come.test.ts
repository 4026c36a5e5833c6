import t, { type Test } from 'tap';
import type { Recording } from '../../src/demo/replay.js';
import { judgeObservations } from '../../src/judge/record.js';
import { isCompanionProduct, type MainProduct, type Product, type Scheme } from '../../src/model/endpoint.js';
import type { VersionFact } from '../../src/model/observation.js';
import { observe } from '../../src/reading/index.js';
import { randomId, randomOf } from '../damage/random.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { allChecks } from '../support/judged.js';
import { sample, seed } from '../support/sample.js';
import { writtenFiles } from '../support/written.js';
import {
  all,
  banner,
  headerNames,
  indented,
  mediaType,
  numbersAsText,
  otherIds,
  otherWords,
  passwordOnRoot,
  reversed,
  unknownHeaders,
  unknownKeys,
  versionIs,
  withoutHeaders,
  wordings,
  type Bend,
} from './bend.js';
import { contextAt, surveyed } from './score.js';

// score.test.ts checks the unchanged lines against their truth; here a bent line must match the unchanged one.

interface Line {
  readonly name: string;
  readonly recording: Recording;
  readonly scheme: Scheme | null;
}

const everyLine: readonly Line[] = [
  ...recordingNames().map((name) => ({ name, recording: recordingNamed(name), scheme: null })),
  ...writtenFiles().map(({ name, recording }) => ({ name, recording, scheme: recording.head.scheme })),
];

const lines = sample(everyLine, 60);

/** Everything of a verdict that a change of words, keys or headers must not touch. */
function verdict({ recording, scheme }: Omit<Line, 'name'>) {
  const record = surveyed(recording, scheme);
  const seen = observe(record);
  const { access, identity, authenticity } = seen;
  const judged = judgeObservations(record, seen, contextAt(record.at), allChecks);
  return {
    state: access.state,
    rung: access.rung,
    guardedBy: access.guardedBy,
    login: access.caller.login,
    product: identity.product,
    otherProduct: identity.otherProduct,
    distribution: identity.distribution,
    version: saidVersion(identity.version),
    tells: authenticity.tells,
    findings: judged.found.map(({ finding }) => finding.check).sort(),
    bugs: judged.bugs,
  };
}

/** A version as said. What is only guessed from words and shapes may be guessed otherwise once they change. */
function saidVersion({ number, certainty }: VersionFact): string | null {
  return certainty === 'exact' ? number : null;
}

type Verdict = ReturnType<typeof verdict>;

const unbent = new Map<string, Verdict>();
for (const line of lines) unbent.set(line.name, verdict(line));

/** Checks that look a version up in what is known of its line: another number is another question. */
const ofTheNumber: ReadonlySet<string> = new Set(['end-of-life', 'known-vulnerability']);

/** Without what follows from the number: a Kibana of 7.x is shown to be of the OSS build by paths that it lacks. */
function withoutNumber(one: Verdict): Verdict {
  const distribution = one.distribution === 'oss' ? null : one.distribution;
  return { ...one, distribution, findings: one.findings.filter((check) => !ofTheNumber.has(check)) };
}

/** Without what only words show: that it was the cluster behind a dashboard that denied access. */
function withoutWords(one: Verdict): Verdict {
  return { ...one, guardedBy: one.guardedBy === 'cluster' ? 'product' : one.guardedBy };
}

/** Holds a bent line to the unbent one, but for what the bend itself changes: with the version, what is known of it. */
function holds(t: Test, line: Line, bend: Bend, changes?: (was: Verdict) => Partial<Verdict>) {
  const was = unbent.get(line.name) ?? verdict(line);
  const bent = verdict({ ...line, recording: bend(line.recording) });
  if (changes === undefined) t.strictSame(withoutWords(bent), withoutWords(was), line.name);
  else
    t.strictSame(
      withoutWords(withoutNumber(bent)),
      withoutWords(withoutNumber({ ...was, ...changes(was) })),
      line.name,
    );
}

/** What a version of today may turn into tomorrow: the number of the next majors, and the oldest line that it may grow from. */
const toCome: Readonly<Record<MainProduct, { readonly number: string; readonly from: number }>> = {
  elasticsearch: { number: '12.3.0', from: 7 },
  opensearch: { number: '7.1.0', from: 2 },
  kibana: { number: '11.2.0', from: 7 },
  'opensearch-dashboards': { number: '7.1.0', from: 2 },
};

/** The lines that versions to come grow from, with the number of one. */
const current = lines.flatMap((line) => {
  const { product } = line.recording.head.truth;
  const next = product === null || isCompanionProduct(product) ? undefined : toCome[product];
  const major = Number.parseInt(line.recording.head.version, 10);
  return next === undefined || major < next.from ? [] : [{ line, number: next.number }];
});

const random = randomOf(seed);
const drawnId = (): string => randomId(random);

function idWithoutDigit(): string {
  let id = drawnId();
  while (/\d/.test(id)) id = drawnId();
  return id;
}

const shapes: Readonly<Record<string, Bend>> = {
  'unknown keys in every object': unknownKeys,
  'unknown headers on every answer': unknownHeaders,
  'names of headers in the other case': headerNames((name) =>
    name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase(),
  ),
  'a media type with a version': mediaType,
  'errors in other words': otherWords,
  'rows, keys and headers in reverse order': reversed,
  'indented JSON': indented,
  'numbers as text': numbersAsText,
  'other random ids': otherIds(drawnId),
  'other random ids, without digits': otherIds(idWithoutDigit),
  'other random ids that begin with - and _': otherIds(() => `-_${drawnId().slice(2)}`),
};

for (const [name, bend] of Object.entries(shapes)) {
  t.test(`${name}: every line ends as before, including decoys and other products`, (t) => {
    for (const line of lines) holds(t, line, bend);
    t.end();
  });
}

t.test('every wording that is bent occurs in some line', (t) => {
  const said = everyLine.flatMap(({ recording }) =>
    recording.exchanges.map(({ wire }) => (wire.kind === 'answer' ? (wire.text ?? '') : '')),
  );
  for (const [words] of wordings)
    t.ok(
      said.some((text) => text.search(words) >= 0),
      String(words),
    );
  t.end();
});

t.ok(current.length > lines.length / 10, 'there are lines that versions to come grow from');
for (const suffix of ['', '-SNAPSHOT', '-rc1']) {
  t.test(`a future number${suffix}: the same verdict, and the version as stated`, (t) => {
    for (const { line, number } of current) {
      const said = `${number}${suffix}`;
      holds(t, line, versionIs(said), ({ version }) => ({ version: version === null ? null : said }));
    }
    t.end();
  });
}

t.test('all bends at once', (t) => {
  for (const { line, number } of current) {
    const bend = all(versionIs(number), ...Object.values(shapes));
    holds(t, line, bend, ({ version }) => ({ version: version === null ? null : number }));
  }
  t.end();
});

t.test('a future version with a password on / only is known from its nodes', (t) => {
  let told = 0;
  for (const { line, number } of current) {
    for (const own of [[], ['x-elastic-product', 'x-opensearch-version', 'warning']]) {
      const hide = all(passwordOnRoot, withoutHeaders(...own));
      const { access, identity } = observe(surveyed(hide(line.recording), line.scheme));
      if (access.state !== 'open' || !/^nodes$| header$/.test(identity.version.source)) continue;
      const { state, product, version } = verdict({ ...line, recording: hide(versionIs(number)(line.recording)) });
      t.strictSame(
        { state, product, version },
        { state: 'open', product: line.recording.head.truth.product, version: number },
        `${line.name}, ${own.length} headers less`,
      );
      told++;
    }
  }
  t.ok(told > 10);
  t.end();
});

/** Lines of a product that say their version. */
function ofProduct(product: Product): readonly Line[] {
  return current.flatMap(({ line }) =>
    line.recording.head.truth.product === product && line.recording.head.truth.version !== null ? [line] : [],
  );
}

/** Distributions that a banner shows: what a service or a plugin says of itself outweighs it. */
const toldByBanner: ReadonlySet<string | null> = new Set([null, 'default', 'oss', 'opensearch']);

/** Those among them that show their banner, and nothing that outweighs it: what is bent in it must come through. */
function withBanner(product: Product, of: readonly Line[] = ofProduct(product)): readonly Line[] {
  return of.filter(
    ({ recording }) =>
      toldByBanner.has(recording.head.truth.distribution) &&
      recording.exchanges.some(
        ({ question, wire }) =>
          question === 'root' &&
          wire.kind === 'answer' &&
          / 200\b/.test(wire.head[0] ?? '') &&
          // a cache in front may hold a part of it only
          (wire.text ?? '').includes('"number"'),
      ),
  );
}

const fork = { distribution: 'riverbed', number: '3.1.0' };
const noKeys = { lucene_version: null, minimum_wire_compatibility_version: null, build_type: null };

/** Forks by what is left of their origin. Their numbers are their own, and older than what they grew from. */
const forks: readonly (readonly [string, Product, Bend])[] = [
  ['keeps the tagline', 'elasticsearch', banner({ version: fork })],
  ['keeps the header, has no tagline', 'elasticsearch', banner({ top: { tagline: null }, version: fork })],
  [
    'keeps the flavour, has a tagline of its own and no header',
    'elasticsearch',
    all(
      withoutHeaders('x-elastic-product'),
      banner({ top: { tagline: 'Rivers, found' }, version: { ...fork, ...noKeys } }),
    ),
  ],
  ['counts years', 'elasticsearch', banner({ version: { ...fork, number: '2027.1.0' } })],
  ['keeps the tagline', 'opensearch', banner({ version: fork })],
  ['has no tagline', 'opensearch', banner({ top: { tagline: null }, version: fork })],
];

t.test('a distribution with no trace of the family left keeps its own name and gets no finding on its version', (t) => {
  const foreign = banner({ top: { tagline: 'Rivers, found', name: null }, version: { ...fork, ...noKeys } });
  for (const line of withBanner('opensearch')) {
    const was = unbent.get(line.name);
    const bent = verdict({ ...line, recording: foreign(line.recording) });
    t.equal(bent.state, was?.state, `${line.name}: as open as before`);
    t.match(bent, { distribution: fork.distribution, bugs: [] }, line.name);
    t.strictSame(
      bent.findings.filter((check) => ofTheNumber.has(check)),
      [],
      line.name,
    );
  }
  t.end();
});

for (const [name, product, bend] of forks) {
  t.test(`a fork of ${product} that ${name} belongs to the family, under its own name and number`, (t) => {
    const number = name === 'counts years' ? '2027.1.0' : fork.number;
    for (const line of withBanner(product)) {
      // Whether a fork contacts the clusters it is linked to when it is asked for them is not known: it is not asked.
      holds(t, line, all(versionIs(number), bend), ({ findings }) => ({
        version: number,
        distribution: fork.distribution,
        findings: findings.filter((id) => product !== 'elasticsearch' || id !== 'cluster-gateway'),
      }));
    }
    t.end();
  });
}

t.test('a fork without a name and with an old number is asked who the caller is', (t) => {
  const bare = banner({ top: { tagline: null }, version: { number: '3.1.0', build_flavor: null, ...noKeys } });
  for (const line of ofProduct('elasticsearch')) {
    const bend = all(versionIs('3.1.0'), withoutHeaders('x-elastic-product'), bare);
    const { state, rung, login, product, version } = verdict({ ...line, recording: bend(line.recording) });
    const was = unbent.get(line.name);
    t.strictSame(
      { state, rung, login, product, version },
      { state: was?.state, rung: was?.rung, login: was?.login, product: 'elasticsearch', version: '3.1.0' },
      line.name,
    );
  }
  t.end();
});

t.test('a future build flavour is reported as stated', (t) => {
  for (const line of withBanner('elasticsearch'))
    holds(t, line, banner({ version: { build_flavor: 'lakehouse' } }), () => ({ distribution: 'lakehouse' }));
  t.end();
});

t.test('serverless has a meaningless number and always a login', (t) => {
  const placeholder = banner({
    version: { build_flavor: 'serverless', number: '8.11.0', build_hash: '00000000', build_date: '2023-10-31' },
  });
  for (const line of withBanner('elasticsearch')) {
    const bend = all(withoutHeaders('warning'), placeholder);
    const { state, rung, product, version, distribution } = verdict({ ...line, recording: bend(line.recording) });
    const was = unbent.get(line.name);
    t.strictSame(
      { state, product, version, distribution },
      { state: was?.state, product: 'elasticsearch', version: null, distribution: 'serverless' },
      line.name,
    );
    if (was?.rung === 'control') t.match(rung, /^(?:documents|metadata)$/, `${line.name}: no control`);
    else t.equal(rung, was?.rung, line.name);
  }
  t.end();
});

t.test('the newest line may move to another Lucene version', (t) => {
  // Of all lines, since a sample may have none of the newest.
  const newest = everyLine.filter(({ name }) => name.startsWith('elasticsearch/9.'));
  const saying = withBanner('elasticsearch', newest);
  t.ok(saying.length > 0);
  for (const line of saying) holds(t, line, banner({ version: { lucene_version: '11.2.0' } }));
  t.end();
});
