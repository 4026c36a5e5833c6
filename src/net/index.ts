// What other rooms may use of the network.
import { catalogue, denied, harmless, rememberAnswers, requestPath } from '../catalogue/index.js';
import { openHttpClientWith, type HttpClient, type HttpClientOptions } from './http-client.js';

export type { HttpClient, HttpClientOptions } from './http-client.js';
export { newRunShare, pacesOf, runCounts } from './run-share.js';
export type { Paces, RunCounts, RunShare } from './run-share.js';
export type { EndpointClient, EndpointClientOptions } from './endpoint-client.js';
export type { ScopeGuard } from './connect.js';
export { retryAfterMs } from './retry-after.js';
export type { Learned } from './strain.js';
export type { OpenAt } from './limits.js';
export type { Resolution } from './resolve.js';

const byId = new Map(catalogue.map((question) => [question.id, question]));

/** Opens the one client of a run. It asks nothing that is not in the catalogue; see {@link Door}. */
export function openHttpClient(options: HttpClientOptions): HttpClient {
  return openHttpClientWith(
    { find: (id) => byId.get(id) ?? null, requestPath, denied, keepAnswer: rememberAnswers(), harmless },
    options,
  );
}
