// Reads targets files and command-line overrides into a declaration, or prints the mistakes in them.
import { messages } from '../messages/index.js';
import { redact } from '../catalogue/redact.js';
import {
  declareList,
  declareUrls,
  formatMistakes,
  readTargets,
  type Declaration,
  type ReadResult,
} from '../engagement/index.js';
import type { Shard } from '../model/series.js';
import { Refusal } from './exit.js';

/** What narrows or overrides a targets file on the command line. */
export interface DeclareOptions {
  readonly target?: readonly string[] | undefined;
  readonly list?: string | undefined;
  readonly vantage?: string | undefined;
  readonly shard?: Shard | undefined;
  readonly engagement?: string | undefined;
  readonly fullAddresses?: true | undefined;
}

function read(targets: readonly string[], options: DeclareOptions): Promise<ReadResult> {
  const { vantage, shard, target, fullAddresses, list, engagement } = options;
  const common = { vantage, shard, targets: target, fullAddresses };
  if (list !== undefined) {
    if (targets.length > 0) throw new Refusal(messages().commands.targets.listGoesAlone);
    return declareList(list, { ...common, engagement, input: process.stdin });
  }
  const urls = targets.filter((target) => /^[a-z][a-z0-9+.-]*:\/\//i.test(target));
  if (urls.length > 0 && urls.length === targets.length) return declareUrls(urls, { ...common, engagement });
  const [file, extra] = targets;
  if (file === undefined) {
    throw new Refusal(messages().commands.targets.missing);
  }
  if (extra !== undefined) {
    throw new Refusal(messages().commands.targets.severalFiles(extra));
  }
  if (file.trim() === '') throw new Refusal(messages().commands.targets.namelessFile);
  if (engagement !== undefined) {
    throw new Refusal(messages().commands.targets.engagementOfFile);
  }
  if (file === '-') {
    throw new Refusal(messages().commands.targets.standardInput);
  }
  if (/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d+(\/|$)/i.test(file)) {
    throw new Refusal(messages().commands.targets.noScheme(file));
  }
  return readTargets(file, common);
}

/**
 * Reads what is to be audited: one targets file, URLs, or a plain list of hosts.
 *
 * @param onMistakes called before a file with mistakes is refused
 * @throws Refusal with every mistake in it, one line each
 */
export async function declare(
  targets: readonly string[],
  options: DeclareOptions,
  onMistakes?: (result: Extract<ReadResult, { ok: false }>) => Promise<void>,
): Promise<Declaration> {
  const result = await read(targets, options);
  if (result.ok) return result.declaration;
  await onMistakes?.(result);
  throw new Refusal(messages().commands.targets.mistakes(withoutSecrets(formatMistakes(result.mistakes)).trimEnd()));
}

/**
 * A mistake quotes what the file says, and a terminal's text is often kept by whatever runs the program. Each quotation is looked
 * at by itself: what we say next to the name of a key is not its value, and neither is the line of a file named `secrets.yaml`.
 */
function withoutSecrets(mistakes: string): string {
  return mistakes
    .split('\n')
    .map((line) => {
      const [place = ''] = /^[^`]*?:\d+:\d+: /.exec(line) ?? [];
      return place + line.slice(place.length).split('`').map(redact).join('`');
    })
    .join('\n');
}
