import { createHash } from 'node:crypto';
import t from 'tap';
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
  t.test(`${name}: the page is whole, inert and loads nothing`, async (t) => {
    const page = await written('html', sample);
    t.same(unbalanced(page), [], 'every element is closed where it should be');
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    t.equal(new Set(ids).size, ids.length, 'no id twice');
    const led = [...page.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
    t.same(
      led.filter((id) => !ids.includes(id)),
      [],
      'every link leads somewhere',
    );

    const tags = [...page.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g)];
    t.equal(tags.length + closing(page).length + 1, [...page.matchAll(/</g)].length, 'no < but of our own tags');
    const names = new Set(tags.map(([, tag]) => tag));
    for (const bad of ['script', 'img', 'iframe', 'object', 'embed', 'base', 'form', 'link', 'image', 'use']) {
      t.notOk(names.has(bad), `no <${bad}>`);
    }
    const attributes = tags.map(([, , text = '']) => text);
    const active = /\s(?:on[a-z]+|style|src|srcdoc|action|formaction|ping|xlink:href)=/;
    t.same(
      attributes.filter((text) => active.test(text)),
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
    t.notMatch(policy, /unsafe|\*|https?:/);
  });
}

t.test('the sections come in the order in which they are read', async (t) => {
  const order = (page: string): string[] => [...page.matchAll(/<section\s+id="([^"]*)"/g)].map(([, id = '']) => id);
  t.same(order(await written('html', full)), [
    'summary',
    'figures',
    'problems',
    'findings',
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
    'severity',
  ]);
  t.same(order(await written('html', nothing)), ['summary', 'figures', 'coverage', 'authority', 'method', 'severity']);
});

t.test('the page says whose it is, under which authority and how it can be checked', async (t) => {
  const page = text(await written('html', full));
  for (const part of [
    'Exposure audit: Acme Retail, 2026-11-22',
    'Acme Retail Holding S.A., Luxembourg',
    'Ines Brandt, Chief Information Security Officer (as owner)',
    'Order 2026-0417, annex B, signed on 2026-11-03',
    'office-lux: the internet (198.51.100.7), as declared: the run cannot check it',
    full.head.run.ledgerSha256 ?? 'none',
    full.head.run.planDigest,
    'catalogue 3f1c9b0a77d2',
    '1,284 on 402 connections, 4.8 MB read',
    'Hosts, ports and paths that were not declared were not looked for.',
    'sites that it serves under names of their own (virtual hosts) were not',
    'Asked without credentials from the internet (198.51.100.7): 3 by its own login, 1 by a network policy.',
    '26: nothing answered while connecting',
    'public wallboard in the lobby',
    'fabricated answers',
    'a maintenance page (503) that names no product',
  ]) {
    t.match(page, part);
  }
});

t.test('a finding has its endpoint, clocks, contents, remedy, proof and evidence', async (t) => {
  const page = text(await written('html', full));
  for (const part of [
    'F1 critical A stranger on the internet can enter a locked cluster through an unlocked Kibana: 14 indices',
    'the largest: person_address_label_info_master , mobile_phone_label and 12 more.',
    'This hour: At the firewall, let only the addresses that need it reach port 5601.',
    'Today: (6.8, and 7.1 to 7.17) Kibana asks for a login once its cluster has security',
    'Kibana 6.8.23',
    'Without a login for at least 412 days.',
    'that is the age of the data, not of the exposure',
    '14 indices, 1,021,553,204 records, 24.3 TB',
    'server.host: "127.0.0.1"',
    "curl -sS -o /dev/null -w '%{http_code}\\n' http://kibana.acme.example:5601/kibana/api/spaces/space",
    'E1 GET https://registry-es.acme.example:9200/ 401',
    'request 211 of the ledger',
    'critical, row documents-internet : A stranger on the internet can search documents.',
    '8.7 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    'F3 critical The same at http://es-02.acme.example:9200',
    'and for how to close it, see F2',
  ]) {
    t.match(page, part);
  }
});

t.test('what the names of fields speak of, the certain ones first', async (t) => {
  const text = await written('html', full);
  t.match(text, 'What the names of fields speak of');
  t.match(text, /national identity number<\/td>[^]*<code>sfzh<\/code>[^]*970,112,004/);
  t.match(text, /phone<\/td>[^]*location \(perhaps\)/);
});

t.test('an unfinished run says so before anything else', async (t) => {
  const page = text(await written('html', unfinished));
  const at = (part: string): number => page.indexOf(part);
  t.ok(at('This run is not finished') > 0);
  t.ok(at('This run is not finished') < at('A caller without credentials at 10.20.0.9 can enter'));
  t.match(page, 'The run was interrupted after 39 of 61 endpoints.');
  t.match(page, 'was not tested; the internet was not tested.');
  t.notMatch(page, 'A stranger on the internet can enter');
  t.notMatch(text(await written('html', full)), 'not finished');
  t.notMatch(text(await written('html', clean)), /you are safe|is safe|secure/i);
});

t.test('what was not asked is told on the first page, in figures and coverage', async (t) => {
  const page = text(await written('html', notAllAsked));
  t.equal(page.split(notAllAskedWords).length - 1, 3);
  t.match(page, `${clean.head.summary.endpoints} endpoints asked. 3 endpoints were not asked`);
});

t.test('a long run ends in exact counts of what is not shown', async (t) => {
  const findings = Array.from({ length: 2_345 }, (_, i) => finding({ fingerprint: `f${i}`, problem: `p${i}` }));
  const endpoints = Array.from({ length: 1_700 }, (_, i) =>
    endpoint({ state: 'unreachable', reason: i % 2 ? 'refused' : 'reset' }),
  );
  const pieces: string[] = [];
  const write = (piece: string): Promise<void> => {
    pieces.push(piece);
    return Promise.resolve();
  };
  await format.write({ ...full.head, problemsTotal: 2_345 }, stream(findings), stream(endpoints), { write });
  t.equal([...pieces.join('').matchAll(/<article /g)].length, 2_000);
  const page = text(pieces.join(''));
  t.match(page, 'And 345 more: see findings.jsonl .');
  t.match(page, 'And 1,200 more: see endpoints.jsonl .');
  t.match(page, 'And 2,341 more: see findings.json .');
  t.match(page, '850: the connection was refused');
  t.ok(Math.max(...pieces.map((piece) => piece.length)) < 1_000_000, 'nothing is gathered in one piece');
});

/** The text of a page: tags out, entities resolved, white space folded. */
function text(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, '')
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

t.test('what --check left out is said above everything else, and is no gap', async (t) => {
  const head = { ...clean.head, run: { ...clean.head.run, checks: ['login-over-plain-http'] } };
  for (const format of ['html', 'md']) {
    const text = (await written(format, { ...clean, head })).replaceAll('\\', '');
    t.match(text, /Narrowed by --check to login-over-plain-http: no other check was judged/);
    t.notMatch(text, /has gaps/);
    t.notMatch(await written(format, clean), /Narrowed/);
  }
});
