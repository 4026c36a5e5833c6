// `leftopen verify`: has anything in a run folder changed since it was written?
import { findRunFolder } from '../../run/index.js';
import { verifyFolder } from '../../store/verify.js';
import { Refusal } from '../exit.js';
import { counted } from '../../text/words.js';

interface VerifyCommandOptions {
  readonly run?: string;
  readonly out: string;
  readonly digest?: string;
}

/** 0 when every byte is as it was written (and the digest is the one given), 1 when not. */
export async function verify(options: VerifyCommandOptions): Promise<number> {
  const wanted = options.digest?.toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{64}$/.test(wanted)) {
    throw new Refusal('--digest: write the 64 hex digits that leftopen verify printed');
  }
  const folder = await findRunFolder(options.out, options.run);
  const { digest, files, changed, missing, added } = await verifyFolder(folder);
  const faults = [
    ...changed.map((name) => `changed: ${name}`),
    ...missing.map((name) => `missing: ${name}`),
    ...added.map((name) => `added: ${name}`),
    ...(wanted === undefined || wanted === digest
      ? []
      : [`other digest: SHA256SUMS is not the one that ${wanted} was printed for`]),
  ];
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''));
  process.stdout.write(
    `${folder}: ${faults.length === 0 ? `${counted(files, 'file')} unchanged` : counted(faults.length, 'fault')}\n`,
  );
  process.stdout.write(`digest ${digest}\n`);
  return faults.length === 0 ? 0 : 1;
}
