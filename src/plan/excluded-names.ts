// Leaves the addresses of excluded names out of the scope: a plan and its run do it in the same way.
import type { Scope } from '../engagement/index.js';
import { messages } from '../messages/index.js';
import type { HttpClient } from '../net/index.js';
import { UserMistake } from '../store/mistake.js';

/**
 * The scope without the addresses that its excluded names have now.
 *
 * @throws UserMistake where one cannot be looked up: what it stands for could not be left out
 */
export async function withoutExcluded(scope: Scope, client: Pick<HttpClient, 'resolve'>): Promise<Scope> {
  const addresses: string[] = [];
  for (const name of scope.excludedNames) {
    const resolved = await client.resolve(name);
    if ('addresses' in resolved) addresses.push(...resolved.addresses);
    else if (resolved.failure !== 'no-such-name' && resolved.failure !== 'interrupted') {
      throw new UserMistake(messages().runs.start.excludedNotFound(name));
    }
  }
  return scope.excluding(addresses);
}
