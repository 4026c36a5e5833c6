import { createHash } from 'node:crypto';
import t from 'tap';
import { formatDefaults } from '../../../src/report/format.js';
import { format } from '../../../src/report/formats/html.js';
import {
  clean,
  endpoint,
  finding,
  full,
  notAllAsked,
  notAllAskedWords,
  nothing,
  samples,
  stream,
  unfinished,
} from '../../support/report-sample.js';
import { written } from '../../support/write.js';

for (const [name, sample] of Object.entries(samples)) {
  t.test(`${name}: the page is complete, inert and loads nothing`, async (t) => {
    const page = await written('html', sample);
    t.same(unbalanced(page.replace(/<script>[^]*?<\/script>/, '')), [], 'every element is closed where it should be');
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    t.equal(new Set(ids).size, ids.length, 'no id twice');
    const led = [...page.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
    t.same(
      led.filter((id) => !ids.includes(id)),
      [],
      'every link leads somewhere',
    );

    const bare = page.replace(/(<script>)[^]*?(<\/script>)/, '$1$2');
    const tags = [...bare.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g)];
    t.equal(tags.length + closing(bare).length + 1, [...bare.matchAll(/</g)].length, 'no < but of our own tags');
    t.equal(tags.filter(([, tag]) => tag === 'script').length, 1, 'one script, ours');
    const names = new Set(tags.map(([, tag]) => tag));
    for (const bad of ['img', 'iframe', 'object', 'embed', 'base', 'form', 'link', 'image', 'use']) {
      t.notOk(names.has(bad), `no <${bad}>`);
    }
    const attributes = tags.map(([, , text = '']) => text);
    const active = /\s(?:on[a-z]+|style|src|srcdoc|action|formaction|ping|xlink:href)=/;
    t.same(
      attributes.filter((text) => active.test(text.replace(/="[^"]*"/g, '=""'))),
      [],
      'no attribute that loads or runs',
    );
    const links = attributes.flatMap((text) => /\shref="([^"]*)"/.exec(text)?.[1] ?? []);
    t.same(
      links.filter((href) => !/^(?:#|https?:\/\/|mailto:)/.test(href)),
      [],
      'no link but to the web and to mail',
    );
    t.notMatch(page.replaceAll('\n', ''), /[^\P{C}\p{Cn}]/u, 'no invisible character');

    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    t.match(policy, "default-src 'none'".replaceAll("'", '&#39;'));
    t.match(policy, `style-src &#39;sha256-${hash}&#39;`);
    const script = /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? '';
    t.match(policy, `script-src &#39;sha256-${createHash('sha256').update(script).digest('base64')}&#39;`);
    t.notMatch(policy, /unsafe|\*|https?:/);
  });
}

t.test('the sections come in the order in which they are read', async (t) => {
  const order = (page: string): string[] => [...page.matchAll(/<section id="([^"]*)"/g)].map(([, id = '']) => id);
  t.same(order(await written('html', full)), [
    'summary',
    'actions',
    'owners',
    'act-now',
    'pictures',
    'steps',
    'problems',
    'accepted',
    'undetermined',
    'open',
    'guarded',
    'decoys',
    'other-products',
    'unreachable',
    'coverage',
    'authority',
    'method',
    'glossary',
    'severity',
    'ids',
  ]);
  t.same(order(await written('html', nothing)), ['summary', 'coverage', 'authority', 'method', 'glossary', 'severity']);
});

t.test('the page says whose it is, under which authority and how it can be checked', async (t) => {
  const page = text(await written('html', full));
  for (const part of [
    'Exposure audit: Acme Retail, 2026-11-22',
    'Acme Retail Holding S.A., Luxembourg',
    'Ines Brandt, Chief Information Security Officer (as owner)',
    'Order 2026-0417, annex B, signed on 2026-11-03',
    'office-lux: the internet (198.51.100.7), as declared',
    full.head.run.ledgerSha256 ?? 'none',
    full.head.run.planDigest,
    'catalogue 3f1c9b0a77d2',
    '1,284 on 402 connections, 4.8 MB',
    'public wallboard in the lobby',
    'a maintenance page (503) that names no product',
  ]) {
    t.match(page, part);
  }
});

t.test('a problem has its endpoint, clock, contents, remedy, proof and evidence', async (t) => {
  const page = text(await written('html', full));
  for (const part of [
    'P1 critical A stranger on the internet can enter a cluster past its login, through a dashboard (Kibana) that requires none: 14 indices',
    'Kibana 6.8.23',
    'Without a login for at least 412 days.',
    '14 indices, 1,021,553,204 documents, 24.3 TB',
    'server.host: "127.0.0.1"',
    "curl -sS -o /dev/null -w '%{http_code}\\n' http://kibana.acme.example:5601/kibana/api/spaces/space",
    'E1 GET https://registry-es.acme.example:9200/ : 401',
    'ledger request 211',
  ]) {
    t.match(page, part);
  }
});

t.test('an unfinished run is reported before anything else', async (t) => {
  const page = text(await written('html', unfinished));
  const at = (part: string): number => page.indexOf(part);
  t.ok(at('This audit did not finish') > 0);
  t.ok(at('This audit did not finish') < at('A caller without credentials at 10.20.0.9 can enter'));
  t.match(page, 'The run was interrupted after 39 of 61 endpoints.');
  t.match(page, 'The internet was not tested.');
  t.notMatch(page, 'A stranger on the internet can enter');
  t.notMatch(text(await written('html', full)), 'did not finish');
  t.notMatch(text(await written('html', clean)), /you are safe|is safe|secure/i);
});

t.test('what was not tested is stated on the first page and in the coverage', async (t) => {
  for (const format of ['html', 'md']) {
    const page = format === 'html' ? text(await written(format, notAllAsked)) : await written(format, notAllAsked);
    t.equal(page.split(notAllAskedWords).length - 1, 2, format);
  }
});

t.test('a long run is written in pieces, and stays small', async (t) => {
  const findings = Array.from({ length: 3_000 }, (_, i) => finding({ fingerprint: `f${i}`, problem: `p${i}` }));
  const [first] = full.head.problems;
  const problems = first === undefined ? [] : Array.from({ length: 1_000 }, (_, i) => ({ ...first, id: `p${i}` }));
  const endpoints = Array.from({ length: 20_000 }, (_, i) =>
    endpoint({ state: 'unreachable', reason: i % 2 ? 'refused' : 'reset' }),
  );
  const pieces: string[] = [];
  const write = (piece: string): Promise<void> => {
    pieces.push(piece);
    return Promise.resolve();
  };
  const head = { ...full.head, problems, problemsTotal: 3_000 };
  await format.write(head, stream(findings), stream(endpoints), { write }, formatDefaults);
  const page = pieces.join('');
  t.match(text(page), 'And 2,000 more: see findings.json .');
  t.match(text(page), 'And 19,500 more: see endpoints.jsonl .');
  t.ok(Math.max(...pieces.map((piece) => piece.length)) < 1_000_000, 'nothing is gathered in one piece');
  t.ok(page.length < 6_000_000, `${page.length} characters`);
  // What a browser needs to open it grows with its elements; 52,000 open in under a second.
  const elements = page.match(/<[a-z]/g)?.length ?? 0;
  t.ok(elements < 80_000, `${elements} elements`);
});

/** The text of a page: tags out, entities resolved, white space folded. */
function text(page: string): string {
  return page
    .replace(/<(style|script)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(lt|gt|quot|#39|#96|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' })[name] ?? '&',
    )
    .replace(/\s+/g, ' ');
}

function closing(page: string): RegExpMatchArray[] {
  return [...page.matchAll(/<\/[a-z][a-z0-9]*\s*>/g)];
}

/** Tags that are closed in the wrong place or not at all. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, end, name = '', self] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (self === '/' || ['meta', 'br'].includes(name)) continue;
    if (end === '') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

t.test('what --check left out is stated above everything else, and is not a gap', async (t) => {
  const head = { ...clean.head, run: { ...clean.head.run, checks: ['login-over-plain-http'] } };
  for (const format of ['html', 'md']) {
    const text = (await written(format, { ...clean, head })).replaceAll('\\', '');
    t.match(text, /Narrowed by --check to login-over-plain-http: no other check was judged/);
    t.notMatch(text, /audit is incomplete/);
    t.notMatch(await written(format, clean), /Narrowed/);
  }
});
