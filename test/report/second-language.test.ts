// The frame of all that people are given comes from the catalogue alone: in another language, none of its headings and labels
// stays English.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { planBlocks, planInfo } from '../../src/cli/plan-page.js';
import { differenceText, ranking, retestText, watcher } from '../../src/cli/terminal.js';
import { readTargets } from '../../src/engagement/index.js';
import { english } from '../../src/judge/registry.generated.js';
import { severityTable } from '../../src/judge/severity.js';
import { contradictions, type Finding } from '../../src/model/finding.js';
import type { Notify } from '../../src/model/notify.js';
import type { Overview } from '../../src/model/overview.js';
import { retestOutcomes, type Retest, type Retested } from '../../src/model/retest.js';
import { planOf } from '../../src/plan/index.js';
import { compose, documentInfo } from '../../src/report/compose/index.js';
import { differenceMarkdown, differenceSections } from '../../src/report/difference.js';
import type { DocumentInfo } from '../../src/report/document.js';
import type { Out } from '../../src/report/format.js';
import { ticketLines } from '../../src/report/formats/tickets.js';
import { renderHtml } from '../../src/report/html/render.js';
import { renderMarkdown } from '../../src/report/markdown/render.js';
import { formats } from '../../src/report/index.js';
import { audiencesOf, failureNotice, noticesOf } from '../../src/report/notice.js';
import { writeOverview, writeOverviews } from '../../src/report/overview.js';
import { writeRetest } from '../../src/report/retest.js';
import { en, type Texts } from '../../src/report/texts/en.js';
import { finding, full, samples, stream, unfinished, type Sample } from '../support/report-sample.js';
import { contextIn, judgedIn, recordsOf } from '../support/judged-in.js';
import { commentsIn, inOtherWords, other, withoutSentences } from '../support/second-language.js';
import { sourcesOf, written as writtenAs } from '../support/write.js';

const { vantage, startedAt, endedAt, ledgerSha256 } = full.head.run;

/** The same run, merged from two that disagree on each endpoint. */
const merged: Sample = {
  ...full,
  head: {
    ...full.head,
    run: {
      ...full.head.run,
      sources: (['internet', 'internal'] as const).map((exposure, i) => ({
        run: `run-${exposure}`,
        vantage: { ...vantage, name: `V${i}`, exposure },
        startedAt,
        endedAt,
        tool: '0.1.0',
        requests: 12,
        digest: '00',
        ledgerSha256,
      })),
    },
  },
  findings: full.findings.map((finding) => ({
    ...finding,
    seenFrom: [
      {
        vantage: 'V0',
        exposure: 'internet',
        run: 'run-internet',
        severity: finding.severity,
        access: finding.access,
      },
    ],
  })),
  endpoints: full.endpoints.map((endpoint) => ({
    ...endpoint,
    contradictions,
    vantages: (['open', 'guarded', 'unreachable', 'decoy'] as const).map((state) => ({
      vantage: 'V0',
      exposure: 'internet',
      run: 'run-internet',
      address: '192.0.2.1',
      state,
      access: 'banner',
      reasonText: null,
      guardedBy: null,
      product: 'kibana',
      version: null,
      clusterUuid: 'u',
      at: startedAt,
    })),
  })),
};

type Render = typeof renderHtml | typeof renderMarkdown;

/** What is written to an output. */
async function put(write: (out: Out) => Promise<void>): Promise<string> {
  let page = '';
  const out = {
    write: (text: string): Promise<void> => {
      page += text;
      return Promise.resolve();
    },
  };
  await write(out);
  return page;
}

function written(render: Render, { head, findings, endpoints }: Sample, texts: Texts, extent: 'full' | 'summary') {
  const blocks = compose(head, stream(findings), stream(endpoints), extent, texts);
  return put((out) => render(documentInfo(head, texts), blocks, out));
}

/** What a reader finds their way by, without what comes from the record: titles of problems, names of owners, commands. */
function labelsOf(html: string): string[] {
  const page = html
    .replace(/<(code|pre|script|style)\b[^]*?<\/\1>/g, '')
    .replace(/<h3 id="P\d+-h">[^]*?<\/h3>/g, '')
    .replace(/<h2 id="summary-h">[^]*?<\/h2>/g, '');
  const elements = [
    ...page.matchAll(/<(h[234]|th|dt|caption|summary|figcaption|footer|nav|text)\b[^>]*>([^]*?)<\/\1>/g),
  ];
  const attributes = [...page.matchAll(/ (?:aria-label|data-label|data-states)="([^"]*)"/g)];
  const chips = [...page.matchAll(/<span class="chip[^"]*">([^<]*)<\/span>/g)];
  return [
    ...elements.map(([, , text = '']) => text.replace(/<[^>]*>/g, ' ')),
    ...[...attributes, ...chips].map(([, text = '']) => text),
  ].map((text) => text.replace(/&\w+;|&#\d+;/g, ' ').trim());
}

/** Names that are the same in every language. */
const names = /CVSS|User-Agent|X-Opaque-Id|leftopen|UTC|SHA-256|\b[EPRV]\d+/g;

function isEnglish(text: string): boolean {
  return /[a-z]{2,}/i.test(text.replace(names, ''));
}

/** Headings, terms and heads of tables, without titles of problems. */
function markdownLabels(markdown: string): string[] {
  return (markdown.match(/^#+ .*|^- [^`*:\n]+:|^\| (?!---).*(?=\n\| ---)/gm) ?? []).filter(
    (line) => !/^(?:# |### \*\*P\d)/.test(line),
  );
}

/** Style, script and attributes for machines of a page, the User-Agent, the name of a product, a formula over names of fields. */
const notWords =
  /<(style|script)\b[^]*?<\/\1>|<!doctype html>| (?:class|content|rel)="[^"]*"|\(authorised read-only audit;[^<\n]*|OpenSearch Dashboards|, rounded up/g;

/** Texts of a part of the catalogue that are no single words. */
function phrasesOf(part: unknown): string[] {
  if (typeof part === 'string') return part.trim().includes(' ') ? [part.trim()] : [];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(phrasesOf) : [];
}

/** A finding for each outcome of a retest. */
const retested: readonly Retested[] = retestOutcomes.map((outcome) => ({
  ...{
    outcome,
    why: '1',
    check: '2',
    fingerprint: '3',
    id: '4',
    endpoint: '5',
    address: '6',
    target: '7',
    owner: null,
  },
  before: { title: '8', severity: 'high', version: null, at: startedAt, requests: [] },
  now: { at: null, title: null, severity: 'high', version: null, accepted: true, requests: [] },
}));

t.test('in another language, no heading and no label is English', async (t) => {
  for (const [name, sample] of Object.entries({ ...samples, merged })) {
    if (name === 'hostile') continue;
    const { gaps } = sample.head.run;
    const owners = sample.findings.flatMap((one) => one.owners);
    const unnamed = (label: string) => owners.reduce((left, owner) => left.replaceAll(owner, ''), label);
    for (const extent of ['full', 'summary'] as const) {
      const labels = labelsOf(await written(renderHtml, sample, other, extent));
      t.ok(labels.length > 2, `${name}, ${extent}: there are labels`);
      t.same(labels.map(unnamed).filter(isEnglish), [], `${name}, ${extent}`);
      const markdown = await written(renderMarkdown, sample, other, extent);
      const lines = markdownLabels(markdown).filter((line) => !gaps.some((gap) => gap.startsWith(line.slice(2, 20))));
      t.same(lines.filter(isEnglish), [], `${name}, ${extent}, Markdown`);
      for (const time of Object.values(en.actions.times))
        t.notMatch(markdown, `**${time}`, `${name}, ${extent}: ${time}`);
    }
  }
});

t.test('the same report in English has these labels', async (t) => {
  const labels = labelsOf(await written(renderHtml, full, en, 'full'));
  for (const label of ['What to do', 'How to fix it', 'Access level', 'Glossary', 'Notification deadlines'])
    t.ok(
      labels.some((one) => one.startsWith(label)),
      label,
    );
  t.ok(labels.filter(isEnglish).length > 100);
});

const targets = `engagement:
  id: ACME-1
  authorisedBy: { name: Jo Doe, role: CISO, capacity: owner, email: jo@acme.example }
  authorisation: { reference: LOA-1, signedOn: 2025-01-02 }
  contacts: [{ name: Desk, email: soc@acme.example }]
  window: { from: 2025-02-01, to: 2035-02-01, weekly: ["Mon-Fri 20:00-06:00"] }
  vantage: { name: office, exposure: internal, egress: 192.0.2.7 }
  scope: { include: [198.51.100.0/24] }
owners:
  team: { name: Search team, blackout: { weekly: ["daily 08:00-10:00"] }, limits: { perAddress: 1 } }
targets:
  - { id: range, hosts: [198.51.100.0/30], ports: [9200, 443], owner: team }
  - { id: wall, url: "http://198.51.100.40:5601", expect: { upTo: metadata, reason: lobby, approvedBy: Jo, until: 2030-01-01 } }
`;

t.test('a plan', async (t) => {
  const path = join(t.testdir(), 'targets.yaml');
  writeFileSync(path, targets);
  const read = await readTargets(path);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const plan = await planOf(read.declaration, { resolve: false });
  const info: DocumentInfo = planInfo(plan, other);
  const html = await put((out) => renderHtml(info, planBlocks(plan, other), out));
  const labels = labelsOf(html);
  t.ok(labels.length > 100);
  t.same(labels.filter(isEnglish), []);
  const markdown = await put((out) => renderMarkdown(info, planBlocks(plan, other), out));
  t.same(
    markdownLabels(markdown)
      .filter((line) => !line.startsWith('### '))
      .filter(isEnglish),
    [],
  );
  for (const page of [html, markdown]) {
    for (const phrase of phrasesOf(en.plan)) t.notOk(page.includes(phrase), phrase);
    t.same([...new Set(phrasesIn(page.replace(notWords, '')))], []);
  }
});

/** The same finding in each state against the last run. */
const news = (['new', 'worse', 'reopened', 'unchanged'] as const).map((status): Finding => {
  const made = finding({ check: `check-${status}` });
  return { ...made, history: made.history && { ...made.history, status, why: null } };
});

t.test('messages', async (t) => {
  const entry: Notify = {
    to: { kind: 'webhook', urlFrom: 'HOOK', form: 'generic' },
    owners: null,
    when: 'always',
    severity: 'info',
    detail: 'full',
    at: 'targets.yaml:7',
  };
  for (const { head } of [full, unfinished]) {
    const record = { head, findings: stream(news), endpoints: stream([]), history: stream([]) };
    const [told] = await noticesOf(record, audiencesOf([entry], new Map()), new Map(), other);
    const failed = failureNotice('ACME', startedAt, other);
    for (const { headline, lines, moreLines } of [told?.notice ?? failed, failed])
      t.same([headline, ...lines, moreLines(3)].filter(isEnglish), []);
    t.ok((told?.notice?.lines.length ?? 0) > 5);
  }
});

t.test('tickets', async (t) => {
  const { findings } = full;
  const sample = { ...full, findings: [...findings, ...news] };
  let tickets = 0;
  for await (const line of ticketLines(sample.head, stream(sample.findings)(), sourcesOf(sample), other)) {
    tickets += 1;
    const { body, comment } = { body: '', comment: '', ...line };
    t.same(markdownLabels(body.replace(/^(## .*) \(.*\)$/gm, '$1')).filter(isEnglish), []);
    t.notOk(isEnglish(comment.split('\n', 1)[0] ?? 'no comment'));
    for (const phrase of [...phrasesOf(en.tickets), ...Object.values(en.actions.times).map((time) => `. ${time}:`)])
      t.notOk(body.includes(phrase), phrase);
  }
  t.ok(tickets > 2);
});

t.test('the list of runs, and a retest', async (t) => {
  const severity = 'high';
  const counts = { critical: 0, high: 1, medium: 0, low: 0, info: 0 };
  const overview: Overview = {
    engagement: '7',
    folder: 'f',
    name: '7',
    runs: [
      {
        ...{ folder: 'f', run: '1', vantage: '8', startedAt, endedAt, finished: true, gaps: 0, present: true },
        ...{ endpoints: 3, exposed: 1, problems: 1, open: counts, accepted: 1 },
        statuses: { new: 1, worse: 1, reopened: 0, better: 0, unchanged: 0 },
        gone: { fixed: 1, closed: 0, 'not-reached': 0, 'not-asked': 0, withdrawn: 0 },
      },
    ],
    open: [
      {
        ...{ vantage: '8', folder: 'f', total: 2, owners: [['', counts]] },
        oldest: [
          {
            ...{ check: '1', fingerprint: '2', endpoint: '3', title: '4', owner: null, severity },
            ...{ openSince: startedAt, daysOpen: 3, lastSeen: startedAt },
          },
        ],
      },
    ],
    openTotal: 2,
  };
  const retest: Retest = {
    of: full.head.run,
    run: full.head.run,
    findings: retested,
  };
  const pages = [
    await put((out) => writeOverview(overview, out, other)),
    await put((out) => writeOverviews([overview, overview], out, other)),
  ];
  await writeRetest(
    retest,
    async (name, write) => (name.endsWith('.html') ? pages.push(await put(write)) : null),
    other,
  );
  t.equal(pages.length, 3);
  for (const page of pages) t.same(labelsOf(page).filter(isEnglish), []);
});

/** Formats whose texts are looked at above, or that hold the record alone. */
const otherwise: ReadonlySet<string> = new Set(['html', 'md', 'summary', 'json', 'findings-jsonl', 'endpoints-jsonl']);

/** English that is left in a text: two words in a row that are no name, request or command. */
function phrasesIn(text: string): readonly string[] {
  return (
    text
      .replaceAll('\\n', '\n')
      .replace(/\b(?:GET|HEAD|HELP|TYPE|leftopen) \S+|<[/?]?\w+|\w+=(?=")/g, '')
      .replace(/Common Weakness Enumeration|```[^]*?```/g, '')
      .match(/[a-z]{2,} [a-z]{2,}[^"\n]*/gi) ?? []
  );
}

/** Findings in each state against the last run, and one that no one has to fix. */
const [some] = full.findings;
if (some === undefined) throw new Error('the sample has findings');
const acceptance = { approvedBy: 'Jo', reason: '1', until: '2030-01-01', source: 'targets.yaml:7' };
const eventful: Sample = withoutSentences({
  ...merged,
  head: {
    ...merged.head,
    run: { ...merged.head.run, finished: false, gaps: ['1'] },
    summary: {
      ...merged.head.summary,
      accepted: 1,
      bugs: 1,
      states: { ...merged.head.summary.states, undetermined: 2 },
    },
  },
  findings: [...merged.findings, ...news, { ...some, accepted: acceptance }],
});

t.test('formats that other programs read', async (t) => {
  const looked: string[] = [];
  for (const { name } of formats.filter((one) => !otherwise.has(one.name))) {
    const options = { texts: other, sarifAll: true, detail: 'full' } as const;
    const pages = [
      await writtenAs(name, eventful, options),
      await writtenAs(name, eventful, { ...options, sarifAll: false, detail: 'counts' }),
    ];
    for (const page of pages) t.same(phrasesIn(page), [], name);
    looked.push(name);
  }
  t.same(
    looked.sort(),
    ['csv', 'defectdojo', 'ecs', 'github', 'junit', 'prometheus', 'sarif', 'sysreptor', 'tickets'],
    'a new format is looked at too',
  );
  t.not(phrasesIn(await writtenAs('github', eventful)).length, 0, 'in English there are phrases');
});

t.test('a record that was judged in that language, in every format', async (t) => {
  const texts = inOtherWords(english);
  const { findings, endpoints, problems } = await judgedIn(recordsOf(24), contextIn(texts));
  const shown = findings.map((one): Finding => ({
    ...one,
    evidence: one.evidence.map((piece) => ({ ...piece, excerpt: '' })),
    remedy: {
      steps: one.remedy.steps.map((step) => ({ ...step, code: step.code && commentsIn(step.code) })),
      verify: { ...one.remedy.verify, command: commentsIn(one.remedy.verify.command) },
    },
  }));
  const sample: Sample = {
    ...eventful,
    head: { ...eventful.head, problems, problemsTotal: problems.length, severityTable: severityTable(texts) },
    findings: shown,
    endpoints,
  };
  for (const { name } of formats) {
    const page = await writtenAs(name, sample, { texts: other, sarifAll: true, detail: 'full' });
    t.same([...new Set(phrasesIn(page.replace(notWords, '')))], [], name);
  }
});

const screen = { isTTY: false, columns: 100, write: (): boolean => true };

t.test('the terminal', async (t) => {
  const head = withoutSentences(eventful.head);
  const shown: string[] = [
    ranking(head, ['1'], screen, other),
    ranking(withoutSentences(unfinished.head), [], screen, other),
  ];
  const gone = (['fixed', 'closed', 'not-reached', 'not-asked', 'withdrawn'] as const).map((status) => ({
    ...{ fingerprint: '1', endpoint: '2', target: '3', owner: null, title: '4', severity: 'high' as const, check: '5' },
    ...{
      firstSeen: startedAt,
      lastSeen: startedAt,
      status,
      cause: 'estate' as const,
      why: '6',
      daysOpen: 1,
      shownBy: [],
    },
  }));
  const sections = await differenceSections(stream([...eventful.findings])(), stream(gone)(), other);
  t.ok(sections.length > 5);
  shown.push(differenceText(head, sections, screen, other), differenceMarkdown(head, sections, other));
  shown.push(retestText({ of: head.run, run: head.run, findings: retested }, head, ['1'], screen, other));
  let lines = '';
  const lively = {
    isTTY: true,
    columns: 100,
    write: (text: string) => {
      lines += text;
      return true;
    },
  };
  const { onEvent } = watcher({}, lively, screen, other);
  onEvent({ kind: 'started', runFolder: '1', total: 7 });
  onEvent({ kind: 'finding', finding: { ...some, endpoint: '1', check: '2' } });
  onEvent({ kind: 'progress', done: 1, total: 7, perSecond: 2, findings: head.summary.findings });
  onEvent({ kind: 'judging', endpoints: 7 });
  shown.push(lines);
  for (const text of shown) {
    const plain = text.replace(/\x1b\[[0-9;]*[a-zA-Z]/g, '').replace(/https?:\S+/g, '');
    t.same(phrasesIn(plain), []);
  }
  t.not(phrasesIn(ranking(head, [], screen)).length, 0);
});
