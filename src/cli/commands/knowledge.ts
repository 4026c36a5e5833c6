// `leftopen knowledge`: shows and checks the bundle of releases and vulnerabilities.
import { messages } from '../../messages/index.js';
import { mainProducts } from '../../model/endpoint.js';
import type { Product } from '../../model/endpoint.js';
import { knowledgeName, loadKnowledge } from '../../run/index.js';

/** How many of a list there are in all and by product. */
interface Counts {
  readonly total: number;
  readonly products: Readonly<Partial<Record<Product, number>>>;
}

function countsOf(list: readonly { readonly product: Product }[]): Counts {
  const counted = mainProducts.map(
    (product) => [product, list.filter((one) => one.product === product).length] as const,
  );
  return { total: list.length, products: Object.fromEntries(counted.filter(([, count]) => count > 0)) };
}

function words({ products: by }: Counts): string {
  return Object.entries(by)
    .map(([product, count]) => `${product} ${count}`)
    .join(', ');
}

/**
 * `leftopen knowledge`: the dates and counts of each part of the bundle that judges.
 *
 * @throws UserMistake for a file that is not a knowledge bundle
 */
export async function knowledge(options: { readonly knowledge?: string; readonly json?: true }): Promise<number> {
  const bundle = await loadKnowledge(options.knowledge);
  const { releases, vulnerabilities } = bundle.parts;
  const { list } = vulnerabilities;
  const facts = {
    file: options.knowledge ?? null,
    version: bundle.version,
    sha256: bundle.sha256,
    inRunJson: knowledgeName(bundle),
    parts: {
      releases: { date: releases.date, lines: countsOf(releases.lines) },
      vulnerabilities: {
        date: vulnerabilities.date,
        list: countsOf(list),
        exploited: list.filter(({ exploited }) => exploited).length,
        verified: list.filter(({ verified }) => verified).length,
        decided: list.filter(({ note }) => note !== null).length,
      },
    },
  };
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return 0;
  }
  const { exploited, verified, decided } = facts.parts.vulnerabilities;
  const said = messages().commands.knowledge;
  const lines = [
    said.bundle(bundle.version, facts.file),
    said.checksum(bundle.sha256),
    said.inRunJson(facts.inRunJson),
    said.releases(releases.date, releases.lines.length, words(facts.parts.releases.lines)),
    said.vulnerabilities(vulnerabilities.date, list.length, words(facts.parts.vulnerabilities.list)),
    said.ofThem(exploited, verified, decided),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
