// Accepted findings come last, each group with who accepted it and until when. Memory grows with checks and severities alone.
// sysreptor.json: findings as `reptor finding` reads them, for a pentest report.
import { severities, type Finding } from '../../model/finding.js';
import type { Texts } from '../texts/en.js';
import type { Format } from '../format.js';
import { jsonLine } from '../../text/json-line.js';
import { fenced } from '../markdown/escape.js';
import { numberedSteps } from '../steps.js';

/** Endpoints that one finding of the report names; a count stands for the others. */
const mostComponents = 500;

/** A pentest report has one finding per weakness, with the components it affects. */
interface Group {
  readonly worst: Finding;
  readonly components: string[];
  total: number;
}

/** Fields of SysReptor's own designs; a firm's design may name them otherwise (`--sysreptor-fields`). */
function dataOf(
  { worst, components, total }: Group,
  texts: Texts,
): Readonly<Record<string, string | readonly string[]>> {
  const more = total - components.length;
  const { accepted } = worst;
  const words = texts.sysreptor;
  const said = [worst.summary, texts.vantages.seenFrom(worst)].join(' ').trim();
  return {
    title: accepted === null ? worst.title : words.accepted(worst.title),
    cvss: worst.cvss.v31.vector,
    summary: accepted === null ? said : `${words.acceptedBy(texts.accepted.by(accepted), accepted.reason)}\n\n${said}`,
    description: worst.evidence
      .map(({ method, url, shows }) => `* \`${method} ${url.replaceAll('`', '%60')}\`: ${shows}`)
      .join('\n'),
    recommendation: numberedSteps(worst.remedy, texts, (code) => `\n\n${fenced(code)}\n`).join('\n'),
    references: worst.references,
    affected_components: more === 0 ? components : [...components, words.more(more)],
  };
}

export const format = {
  name: 'sysreptor',
  file: 'sysreptor.json',
  write: async (_head, findings, _endpoints, out, { sysreptorFields, texts }) => {
    const groups = new Map<string, Group>();
    for await (const finding of findings()) {
      const { accepted } = finding;
      const by = accepted === null ? '0' : ['1', accepted.until, accepted.approvedBy, accepted.reason].join(' ');
      const key = `${by.slice(0, 1)}${severities.indexOf(finding.severity)} ${finding.check} ${by}`;
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = { worst: finding, components: [], total: 0 }));
      group.total += 1;
      if (group.components.length < mostComponents) group.components.push(finding.endpoint);
    }
    const items = [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, group]) => ({
        status: 'in-progress',
        data: Object.fromEntries(
          Object.entries(dataOf(group, texts)).map(([field, value]) => [sysreptorFields[field] ?? field, value]),
        ),
      }));
    await out.write(`[${items.map((item) => `\n${jsonLine(item)}`).join(',')}\n]\n`);
  },
} satisfies Format;
