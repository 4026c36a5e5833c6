// Loads the bundle of knowledge that a run judges with.
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as attackMarks from '../knowledge/attack-marks.js';
import { readBundle } from '../knowledge/bundle.js';
import * as decoys from '../knowledge/decoys.js';
import * as demoCertificates from '../knowledge/demo-certificates.js';
import * as fieldClasses from '../knowledge/field-classes.js';
import * as powerfulRoles from '../knowledge/powerful-roles.js';
import * as products from '../knowledge/products.js';
import * as systemIndices from '../knowledge/system-indices.js';
import * as userAgents from '../knowledge/user-agents.js';
import * as weakCryptography from '../knowledge/weak-cryptography.js';
import { messages } from '../messages/index.js';
import type { Knowledge } from '../model/knowledge.js';
import { storageFailure, UserMistake } from '../store/mistake.js';
import { sha256 } from '../text/digest.js';

/** The knowledge that is not part of the bundle. */
const inCode = [
  attackMarks,
  decoys,
  demoCertificates,
  fieldClasses,
  powerfulRoles,
  products,
  systemIndices,
  userAgents,
  weakCryptography,
];

/** The bundle that the package ships. */
const shippedFile = fileURLToPath(new URL('../../knowledge/bundle.json', import.meta.url));

/**
 * Reads a bundle of knowledge.
 *
 * @param file the user's own; the one that the package ships when absent
 * @throws UserMistake when it cannot be read, is not of the schema, or does not match its checksum
 */
export async function loadKnowledge(file?: string): Promise<Knowledge> {
  const path = file ?? shippedFile;
  let content: string;
  try {
    // A device has no end: it is not read.
    if (!(await stat(path)).isFile()) throw new UserMistake(messages().files.knowledge.notAFile(path));
    content = await readFile(path, 'utf8');
  } catch (error) {
    const why = storageFailure(error);
    if (why === null) throw error;
    throw new UserMistake(messages().files.knowledge.unreadable(path, why));
  }
  const read = readBundle(content);
  if (read.ok) return read.knowledge;
  throw new UserMistake(messages().files.knowledge.wrong(path, read.mistake));
}

/**
 * The knowledge a record is judged with: the bundle's version, and a hash of all of it. Another one may judge the same
 * journal otherwise.
 */
export function knowledgeName(bundle: Knowledge): string {
  const hash = sha256(JSON.stringify([...inCode, bundle.sha256], plain));
  return `${bundle.version}-${hash.slice(0, 16)}`;
}

/** What JSON has no form for: patterns by their source, functions by their text. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof RegExp || typeof value === 'function') return String(value);
  return value instanceof Set || value instanceof Map ? [...value] : value;
}
