// What the program says to those who run it: mistakes, notices and help, in the language in use.
import { en } from './en/index.js';

/** Every message. Another language is one more value of this type. */
export type Messages = typeof en;

let inUse: Messages = en;

/** The messages of the language in use. To be called where something is said, not when a module is loaded. */
export function messages(): Messages {
  return inUse;
}

/** Takes another language's messages into use, for the entire process. To be called before anything is said. */
export function useMessages(these: Messages): void {
  inUse = these;
}
