// Where the modules of the program and the tests are, for tests that start one in a process of its own.
import { resolve } from 'node:path';

const compiled = import.meta.filename.endsWith('.js');

/** What Node needs to run such a module: nothing where the tests run compiled (`npm test`), tsx where they don't (`npx tap FILE`). */
export const loader: readonly string[] = compiled ? [] : ['--import=tsx'];

/**
 * The file of a module, in the form in which this process runs it.
 *
 * @param module its path from the root of the project, without an extension: `src/cli/main`
 */
export function moduleFile(module: string): string {
  return compiled ? resolve('build', `${module}.js`) : resolve(`${module}.ts`);
}
