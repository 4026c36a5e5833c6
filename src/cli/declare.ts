import { declareUrls, formatMistakes, readTargets, type Declaration, type ReadResult } from '../engagement/index.js';
import { Refusal } from './exit.js';

/** What narrows or overrides a targets file on the command line. */
export interface DeclareOptions {
  readonly target?: readonly string[] | undefined;
  readonly vantage?: string | undefined;
  readonly engagement?: string | undefined;
  readonly fullAddresses?: true | undefined;
}

function read(targets: readonly string[], options: DeclareOptions): Promise<ReadResult> {
  const { vantage, target, fullAddresses } = options;
  const common = { vantage, targets: target, fullAddresses };
  const urls = targets.filter((target) => /^[a-z][a-z0-9+.-]*:\/\//i.test(target));
  if (urls.length === targets.length) return declareUrls(urls, { ...common, engagement: options.engagement });
  const [file] = targets;
  if (file === undefined || targets.length > 1) {
    throw new Refusal('give one targets file, or URLs that all begin with http:// or https://');
  }
  if (options.engagement !== undefined) {
    throw new Refusal('--engagement goes with URLs; a targets file has an engagement of its own');
  }
  if (/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d+(\/|$)/i.test(file)) {
    throw new Refusal(`${file} has no scheme; write http://${file} or https://${file}`);
  }
  return readTargets(file, common);
}

/**
 * Reads what is to be audited: one targets file, or URLs.
 *
 * @throws Refusal with every mistake in it, one line each
 */
export async function declare(targets: readonly string[], options: DeclareOptions): Promise<Declaration> {
  const result = await read(targets, options);
  if (result.ok) return result.declaration;
  throw new Refusal(`nothing was sent\n${formatMistakes(result.mistakes).trimEnd()}`);
}
