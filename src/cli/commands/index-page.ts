// `leftopen index` and `leftopen prune`: the pages that list runs, and which run folders can be deleted.
import { messages } from '../../messages/index.js';
import { indexAll, keepRule, prune as pruneRuns } from '../../run/index.js';
import { complain, Refusal } from '../exit.js';

/** Writes the index page of each engagement, and with `all` one over all of them. */
export async function index(options: { readonly out: string; readonly all?: true }): Promise<number> {
  const pages = await indexAll(options.out, options.all === true, (why) => {
    complain(messages().commands.index.leftOut(why));
  });
  if (pages.length === 0) throw new Refusal(messages().runs.find.noneIn(options.out));
  process.stdout.write(pages.map((page) => `${messages().commands.index.page(page)}\n`).join(''));
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
  const words = messages().commands.prune;
  for (const { folder, why, bytes } of runs)
    process.stdout.write(`${why === null ? words.gone(folder, bytes, remove) : words.kept(folder, why)}\n`);
  const bytes = gone.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(`${words.total(gone.length, bytes, runs.length - gone.length, remove)}\n`);
  return 0;
}
