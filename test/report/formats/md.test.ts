import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import t from 'tap';
import { full, nothing, samples, unfinished } from '../../support/report-sample.js';
import { written } from '../../support/write.js';

const ours = 'p|em|h1|h2|h3|h4|ul|ol|li|strong|code|pre|table|thead|tbody|tr|th|td';

for (const [name, sample] of Object.entries(samples)) {
  t.test(`${name}: shows no markup of a target's`, async (t) => {
    const page = micromark(await written('md', sample), {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    const rest = page.replace(new RegExp(`</?(?:${ours})(?: class="language-[a-z]+")?>`, 'g'), '');
    const links = [...rest.matchAll(/<a href="([^"]*)">/g)].map(([, href = '']) => href);
    t.notMatch(rest.replace(/<a href="[^"]*">|<\/a>|<ol start="\d+">/g, ''), '<');
    t.same(
      links.filter(
        (href) =>
          !/^(?:https:\/\/(?:www\.elastic\.co|eur-lex\.europa\.eu|www\.npc\.gov\.cn)\/|https:\/\/evil\.example\/__proto__$)/.test(
            href,
          ),
      ),
      [],
    );
    t.equal([...page.matchAll(/<h1>/g)].length, 1);
    t.notMatch((await written('md', sample)).replaceAll('\n', ''), /[^\P{C}\p{Cn}]/u);
  });
}

t.test('has the content of the HTML report', async (t) => {
  const page = await written('md', full);
  for (const part of [
    '# Exposure audit: Acme Retail, 2026-11-22\n\nAcme Retail Holding S.A., Luxembourg\n',
    '**CRITICAL. A stranger on the internet can enter a cluster past its login, through a dashboard (Kibana) that requires none: 14 indices',
    '**Without a login for at least 412 days.**',
    '| identity document numbers | `sfzh` | `person_address_label_info_master` | 970,112,004 |',
    '| locations (possibly) | `lat`, `lng` |',
    '- **E1** `GET https://registry-es.acme.example:9200/`: 401.',
    '| public wallboard in the lobby |',
    '- Contacts: Acme SOC, ',
    '- Signed document: SHA-256 ',
    'within weekly hours (Europe/Luxembourg)',
  ]) {
    t.ok(page.includes(part), part);
  }
  t.match(await written('md', unfinished), /^# .*\n\n[^]*\*\*This audit did not finish/);
  t.match(await written('md', nothing), '**Nothing was tested, so nothing was proved.**');
});

t.test('describes endpoints as the HTML report does', async (t) => {
  const [open] = full.endpoints.filter(({ state }) => state === 'open');
  if (open === undefined) throw new Error('the sample has no open endpoint');
  const page = await written('md', { ...full, endpoints: [{ ...open, mixed: true }, ...full.endpoints] });
  t.match(page, '; responses of several backends |');
  t.match(page, '; shows its banner |');
});
