// What other rooms may use of sending runs.
export { connect, destinationUrl, SendFailure } from './connection.js';
export { readCredentials } from './credentials.js';
export { checkStreams, openHere, send, type SendOptions, type SentRecord } from './send.js';
export { setUp } from './setup.js';
