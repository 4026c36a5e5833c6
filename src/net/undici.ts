// The parts of undici that an audit needs. Its main module loads fetch, WebSocket, caches and mocks besides: 7 MB and 0.1 s.
import type * as undici from 'undici';
import undiciClient from 'undici/lib/dispatcher/client.js';
import undiciErrors from 'undici/lib/core/errors.js';

/** undici's client of one connection: `request` and the other methods of its main module are not there, only `dispatch`. */
export const Client: typeof undici.Client = undiciClient;

/** The errors that it gives. */
export const errors: typeof undici.errors = undiciErrors;
