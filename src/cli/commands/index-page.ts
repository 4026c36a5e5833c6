// `leftopen index` and `leftopen prune`: the pages that list runs, and which run folders can be deleted.
import { indexAll, keepRule, prune as pruneRuns } from '../../run/index.js';
import { counted, size } from '../../text/words.js';
import { Refusal } from '../exit.js';

/** Writes the index page of each engagement, and with `all` one over all of them. */
export async function index(options: { readonly out: string; readonly all?: true }): Promise<number> {
  const pages = await indexAll(options.out, options.all === true, (why) => {
    process.stderr.write(`leftopen: left out: ${why}\n`);
  });
  if (pages.length === 0) throw new Refusal(`there is no run in ${options.out}; name the folder of reports with --out`);
  process.stdout.write(pages.map((page) => `Index: ${page}\n`).join(''));
  return 0;
}

/** Lists the run folders that the rule does not keep, and deletes them only with `yes`. */
export async function prune(options: {
  readonly keep: string;
  readonly out: string;
  readonly yes?: true;
}): Promise<number> {
  const remove = options.yes === true;
  const runs = await pruneRuns(options.out, keepRule(options.keep), { remove });
  const gone = runs.filter(({ why }) => why === null);
  for (const { folder, why, bytes } of runs)
    process.stdout.write(
      why === null ? `${remove ? 'deleted' : 'delete '}  ${folder} (${size(bytes)})\n` : `keep     ${folder}: ${why}\n`,
    );
  const bytes = gone.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(
    `${counted(gone.length, 'run')} ${remove ? 'deleted' : 'to delete'} (${size(bytes)}), ${counted(runs.length - gone.length, 'run')} kept.${remove || gone.length === 0 ? '' : ' Nothing was deleted: add --yes.'}\n`,
  );
  return 0;
}
