// The types of undici's own files, which it declares for its main module only.
declare module 'undici/lib/dispatcher/client.js' {
  import type * as undici from 'undici';
  const client: typeof undici.Client;
  export default client;
}

declare module 'undici/lib/core/errors.js' {
  import type * as undici from 'undici';
  const errors: typeof undici.errors;
  export default errors;
}
