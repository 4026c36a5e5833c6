// Owners of endpoints: contacts, hours and limits.
import { messages } from '../messages/index.js';
import type { Contact } from '../model/engagement.js';
import type { Files } from './files.js';
import type { MistakeList, Spot } from './mistake.js';
import { nearest } from '../text/nearest.js';
import type { OwnerPart } from './schema.js';
import type { Blackout } from './window.js';

/** What holds for the endpoints of one owner. */
export interface OwnerRules {
  readonly name: string;
  readonly contact: Contact | null;
  readonly blackouts: readonly Blackout[];
  /** The owner's own upper bounds, in addition to the engagement's; null where there is none. */
  readonly limits: {
    readonly concurrency: number | null;
    readonly perAddress: number | null;
    readonly requestsPerSecond: number | null;
  };
}

/** The owners of a declaration. */
export interface Owners {
  /** By what a target says: the owner's key or name, or else a plain name; what is nearly a key is a mistake. */
  find(text: string, at: Spot | null): OwnerRules;
}

/** A person as the file names them. */
export function contactOf({ name, email, phone }: NonNullable<OwnerPart['contact']>): Contact {
  return { name, email: email ?? null, phone: phone ?? null };
}

/** Reads the owners; two of the same name are a mistake, and so is an owner in `defaults` that is nearly one of them. */
export function ownersOf(files: Files, mistakes: MistakeList): Owners {
  const known = new Map<string, OwnerRules>();
  for (const [key, { value, spot }] of files.owners) {
    const { contact, blackout, limits } = value;
    const name = value.name ?? key;
    const rules: OwnerRules = {
      name,
      contact: contact === undefined ? null : contactOf(contact),
      blackouts:
        blackout === undefined ? [] : [{ owner: name, timeZone: blackout.timeZone ?? 'UTC', weekly: blackout.weekly }],
      limits: {
        concurrency: limits?.concurrency ?? null,
        perAddress: limits?.perAddress ?? null,
        requestsPerSecond: limits?.requestsPerSecond ?? null,
      },
    };
    for (const word of new Set([key, name])) {
      if (known.has(word)) mistakes.add(spot([], 'key'), messages().targets.owners.nameTaken(word));
      else known.set(word, rules);
    }
  }
  const plain = new Map<string, OwnerRules>();
  const owners: Owners = {
    find: (text, at) => {
      const rules = known.get(text);
      if (rules !== undefined) return rules;
      // A name with a space cannot be a key; a word that resembles a known key is meant as one.
      const meant = /^[A-Za-z0-9._-]+$/.test(text) ? nearest(text, files.owners.keys()) : null;
      if (meant !== null && at !== null) mistakes.add(at, messages().targets.owners.unknown(meant));
      const made = plain.get(text) ?? {
        name: text,
        contact: null,
        blackouts: [],
        limits: { concurrency: null, perAddress: null, requestsPerSecond: null },
      };
      plain.set(text, made);
      return made;
    },
  };
  for (const { value, spot } of files.defaults) {
    if (value.owner !== undefined) owners.find(value.owner, spot(['owner']));
  }
  return owners;
}
