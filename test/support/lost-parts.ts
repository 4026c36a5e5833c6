// Every way in which a request of ours can lose a part of itself on its way through what is in front of a server.

import type { Question } from '../../src/model/question.js';

/** A request as it arrives. */
export interface Arrived {
  /** What was lost, in words. */
  readonly lost: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A request as sent; without its query; without each parameter, each parameter's value, all parameters but one, and each
 * header in turn.
 *
 * @param path with its blanks filled in
 */
export function lostParts({ headers }: Pick<Question, 'headers'>, path: string): readonly Arrived[] {
  const [bare = '', query] = path.split('?', 2);
  const parameters = query?.split('&') ?? [];
  const joined = (kept: readonly string[]): string => (kept.length === 0 ? bare : `${bare}?${kept.join('&')}`);
  const without = (at: number, instead: readonly string[]): string => joined(parameters.toSpliced(at, 1, ...instead));
  const all = [
    { lost: 'nothing', path, headers },
    { lost: 'its query', path: bare, headers },
    ...parameters.flatMap((parameter, at) => [
      { lost: parameter, path: without(at, []), headers },
      { lost: `the value of ${parameter}`, path: without(at, [parameter.replace(/=.*/, '')]), headers },
      { lost: `all but ${parameter}`, path: joined([parameter]), headers },
    ]),
    ...Object.keys(headers).map((name) => ({
      lost: `the header ${name}`,
      path,
      headers: Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name)),
    })),
  ];
  const seen = new Set<string>();
  return all.filter((arrived) => {
    const key = JSON.stringify([arrived.path, arrived.headers]);
    return seen.has(key) ? false : seen.add(key);
  });
}
