// The frame of a report comes from its catalogue alone: in another language, none of its headings and labels stays English.

import t from 'tap';
import { contradictions } from '../../src/model/finding.js';
import { compose, documentInfo } from '../../src/report/compose/index.js';
import { renderHtml } from '../../src/report/html/render.js';
import { renderMarkdown } from '../../src/report/markdown/render.js';
import { en, type Texts } from '../../src/report/texts/en.js';
import { full, samples, stream, type Sample } from '../support/report-sample.js';
import { other } from '../support/second-language.js';

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

async function written(
  render: Render,
  { head, findings, endpoints }: Sample,
  texts: Texts,
  extent: 'full' | 'summary',
) {
  let page = '';
  const out = {
    write: (text: string): Promise<void> => {
      page += text;
      return Promise.resolve();
    },
  };
  await render(documentInfo(head, texts), compose(head, stream(findings), stream(endpoints), extent, texts), out);
  return page;
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
const names = /CVSS|User-Agent|leftopen|UTC|SHA-256|\b[EPV]\d+/g;

function isEnglish(text: string): boolean {
  return /[a-z]{2,}/i.test(text.replace(names, ''));
}

t.test('in another language, no heading and no label is English', async (t) => {
  for (const [name, sample] of Object.entries({ ...samples, merged })) {
    if (name === 'hostile') continue;
    const { gaps } = sample.head.run;
    for (const extent of ['full', 'summary'] as const) {
      const labels = labelsOf(await written(renderHtml, sample, other, extent));
      t.ok(labels.length > 2, `${name}, ${extent}: there are labels`);
      t.same(labels.filter(isEnglish), [], `${name}, ${extent}`);
      const markdown = await written(renderMarkdown, sample, other, extent);
      const lines = (markdown.match(/^#+ .*|^- [^`*:\n]+:|^\| (?!---).*(?=\n\| ---)/gm) ?? []).filter(
        (line) => !/^(?:# |### \*\*P\d)/.test(line) && !gaps.some((gap) => gap.startsWith(line.slice(2, 20))),
      );
      t.same(lines.filter(isEnglish), [], `${name}, ${extent}, Markdown`);
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
