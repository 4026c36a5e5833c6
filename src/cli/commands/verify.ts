// `leftopen verify`: has anything in a run folder changed since it was written?
import { messages } from '../../messages/index.js';
import { findRunFolder } from '../../run/index.js';
import { verifyFolder } from '../../store/verify.js';
import { Refusal } from '../exit.js';

interface VerifyCommandOptions {
  readonly run?: string;
  readonly out: string;
  readonly digest?: string;
}

/** 0 when every byte is as it was written (and the digest is the one given), 1 when not. */
export async function verify(options: VerifyCommandOptions): Promise<number> {
  const words = messages().commands.verify;
  const wanted = options.digest?.toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{64}$/.test(wanted)) {
    throw new Refusal(words.notADigest);
  }
  const folder = await findRunFolder(options.out, options.run);
  const { digest, files, changed, missing, added } = await verifyFolder(folder);
  const faults = [
    ...changed.map(words.changed),
    ...missing.map(words.missing),
    ...added.map(words.added),
    ...(wanted === undefined || wanted === digest ? [] : [words.otherDigest(wanted)]),
  ];
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''));
  process.stdout.write(
    `${faults.length === 0 ? words.unchanged(folder, files) : words.faults(folder, faults.length)}\n`,
  );
  process.stdout.write(`${words.digest(digest)}\n`);
  return faults.length === 0 ? 0 : 1;
}
