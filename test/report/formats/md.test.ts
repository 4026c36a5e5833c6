import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import t from 'tap';
import {
  clean,
  full,
  hostile,
  notAllAsked,
  notAllAskedWords,
  nothing,
  samples,
  unfinished,
} from '../../support/report-sample.js';
import { written } from '../../support/write.js';

const ours = 'p|h1|h2|h3|h4|ul|ol|li|strong|code|pre|table|thead|tbody|tr|th|td';

for (const [name, sample] of Object.entries(samples)) {
  t.test(`${name}: shows no markup of a target's`, async (t) => {
    const page = micromark(await written('md', sample), {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    const rest = page.replace(new RegExp(`</?(?:${ours})(?: class="language-text")?>`, 'g'), '');
    const links = [...rest.matchAll(/<a href="([^"]*)">/g)].map(([, href = '']) => href);
    t.notMatch(rest.replace(/<a href="[^"]*">|<\/a>|<ol start="\d+">/g, ''), '<');
    t.same(
      links.filter(
        (href) => !/^(?:https:\/\/www\.elastic\.co\/|https:\/\/evil\.example\/__proto__$|mailto:)/.test(href),
      ),
      [],
    );
    t.equal([...page.matchAll(/<h1>/g)].length, 1);
    t.notMatch((await written('md', sample)).replaceAll('\n', ''), /[^\P{C}\p{Cn}]/u);
  });
}

t.test('says what the HTML report says', async (t) => {
  const text = await written('md', full);
  for (const part of [
    '# Exposure audit: Acme Retail\n\nAcme Retail Holding S.A., Luxembourg\n',
    '**CRITICAL. A stranger on the internet can enter a locked cluster through an unlocked Kibana: 14 indices with 1,021,553,204 records (24.3 TB).** Owner: Customer registry. \\[F1: E1–E4\\]',
    '**Without a login for at least 412 days.**',
    '- **This hour:** At the firewall, let only the addresses that need it reach port 5601.',
    'the largest: `person_address_label_info_master`, `mobile_phone_label` and 12 more.',
    '\n2. **Today:** Let it listen only where the people who use it are (`kibana.yml`, then restart it).\n',
    '| critical | 13 |',
    '### F2. CRITICAL: A stranger on the internet can enter an Elasticsearch',
    '#### How to close it\n\nAs F2.\n',
    '- Reached: documents (documents can be searched; inferred)',
    '- **E1** `GET https://registry-es.acme.example:9200/`: 401. The cluster refused us directly.',
    '| public wallboard in the lobby |',
    'Hosts, ports and paths that were not declared were not looked for.',
    '26: nothing answered while connecting; 14: the connection was refused; 1: the name has no address',
  ]) {
    t.ok(text.includes(part), part);
  }
  t.match(await written('md', unfinished), /^# .*\n\n.*\n\n\*\*This run is not finished/);
  t.match(await written('md', nothing), '**Nothing was asked, so nothing was proved.**');
  t.match(await written('md', hostile), 'And 13 more problems, below.');
});

t.test('says of endpoints what the HTML report says', async (t) => {
  const [open] = full.endpoints.filter(({ state }) => state === 'open');
  if (open === undefined) throw new Error('the sample has no open endpoint');
  const text = await written('md', { ...full, endpoints: [{ ...open, mixed: true }, ...full.endpoints] });
  t.match(text, '; answers of several backends |');
  t.match(text, '; shows its banner |');
});

t.test('what was not asked is told in figures and coverage, and is not counted as asked', async (t) => {
  const text = await written('md', notAllAsked);
  const asked = `${clean.head.summary.endpoints} endpoints`;
  t.equal(text.split(notAllAskedWords).length - 1, 3, 'first page, figures, coverage');
  t.ok(text.includes(`${asked} asked. ${notAllAskedWords}`));
  t.match(text, new RegExp(`${asked} of \\d+ declared targets asked\\. 3 endpoints`));
});

t.test('what the names of fields speak of, the certain ones first', async (t) => {
  const text = await written('md', full);
  t.match(text, '| national identity number | `sfzh` | `person_address_label_info_master` | 970,112,004 |');
  t.match(text, /\| phone \|[^]*\| location \(perhaps\) \| `lat`, `lng` \|/);
  t.match(text, 'no record was read and no person counted');
});
