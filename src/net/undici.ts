// The parts of undici that an audit needs. Its main module loads fetch, WebSocket, caches and mocks besides: 6 MiB and 0.1 s.
import type * as undici from 'undici';
import undiciClient from 'undici/lib/dispatcher/client.js';
import undiciErrors from 'undici/lib/core/errors.js';

/** undici's client of one connection. `request` and other methods that its main module adds are not there: use `dispatch`. */
export const Client: typeof undici.Client = undiciClient;

/** The errors that it gives. */
export const errors: typeof undici.errors = undiciErrors;
