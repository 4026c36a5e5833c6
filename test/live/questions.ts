import { catalogue } from '../../src/catalogue/index.js';

/** What the recorder asks: a question with its path still holding `{index}` and `{nonce}`. */
export interface RecordedQuestion {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cap: number;
}

/** Unknown paths by their shape: a replay answers with these what was not recorded. */
export const unknownPaths: readonly RecordedQuestion[] = [
  '/{nonce}',
  '/_{nonce}',
  '/{nonce}/x',
  '/_{nonce}/x',
  '/{nonce}/x/x',
  '/_{nonce}/x/x',
].map((path) => ({ id: 'unknown-path', method: 'GET', path, headers: {}, cap: 65_536 }));

/**
 * Every question of the catalogue, except those about the connection rather than the answer. Of questions with
 * one path the first: a replay answers by method and path.
 */
export const catalogueQuestions: readonly RecordedQuestion[] = catalogue.filter(
  ({ tls, method, path }, at) =>
    tls === undefined && catalogue.findIndex((other) => other.method === method && other.path === path) === at,
);
