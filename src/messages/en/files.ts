// What went wrong with a file, a folder or a record, in English.
import { seriesName } from '../../model/series.js';
import { counted } from '../../text/words.js';
import { nothingSent, type Series } from './words.js';

/** What the user can do about a record that is not as it was written. */
const restore = {
  copy: 'restore it from a copy',
  newAudit: 'restore it from a copy, or make the audit anew',
  newAuditOfFolder: 'restore the run folder from a copy, or make the audit anew',
  rejudge: 'restore it from a copy, or judge the journal again with leftopen rejudge',
  otherRun: 'restore it from a copy, or name another run with --run',
  otherSource: 'restore it from a copy, or name another run',
  otherBaseline: 'restore it, or name another run with --baseline (none: compare with nothing)',
};

/** Which of the ways to go on a message names. */
export type Restore = keyof typeof restore;

export const files = {
  /** Why the system could not read or write something, by its own name of the error. */
  storage: {
    ENOSPC: 'no space is left on the disk',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'the file would become larger than this system allows',
    EROFS: 'the file system is read-only',
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EIO: 'the disk reports an error',
    EEXIST: 'a file is in the way',
    ENOTDIR: 'a part of the path is not a folder',
    EISDIR: 'the path is a folder',
    ENOENT: 'there is no such file or folder',
    EMFILE: 'no file descriptor is free',
    ENFILE: 'no file descriptor is free',
  },
  /** `why`: what the system says, here as everywhere below. */
  unreadable: (path: string, why: string): string => `${path} cannot be read: ${why}`,
  /** Before anything was sent. `inTheWay`: something else has the name. */
  cannotBegin: (step: 'make-folder-in' | 'write-to', path: string, why: string, inTheWay: boolean): string =>
    `${step === 'write-to' ? 'cannot write to' : 'cannot make a folder in'} ${path}: ${why}; ${inTheWay ? 'move it away' : 'name another folder with --out, or make room there'}. ${nothingSent}`,
  /** A record of an earlier run is not as it was written. `sums`: the name of the file with its checksums. */
  altered: {
    infoDeleted: (path: string, sums: string) => ({
      message: `${path} was deleted: ${sums} is there without it`,
      instead: restore.newAudit,
    }),
    noInfo: (path: string) => ({
      message: `${path} is not the description of a run, or is damaged`,
      instead: restore.newAudit,
    }),
    notASum: (path: string, line: number): string =>
      `${path}:${line}: not a line of coreutils' sha256sum: the file was changed`,
    noSums: (folder: string, sums: string, instead: Restore) => ({
      message: `${folder} has no ${sums}, so nothing shows that it is as it was written`,
      instead: restore[instead],
    }),
    changed: (path: string, sums: string, instead: Restore) => ({
      message: `${path} was changed after it was written: it does not match ${sums}`,
      instead: restore[instead],
    }),
    missing: (path: string, sums: string, instead: Restore) => ({
      message: `${path} is missing: ${sums} names it`,
      instead: restore[instead],
    }),
    notJson: (path: string, line: number) => ({
      message: `${path}:${line}: not a line of JSON: the file was changed`,
      instead: restore.rejudge,
    }),
    headCut: (path: string) => ({ message: `${path} is damaged or was cut`, instead: restore.rejudge }),
    historyChanged: (path: string) => ({
      message: `${path} was changed or cut after it was written: its lines do not match the checksum at its end`,
      instead: 'restore it, name another run with --baseline, or start afresh with --baseline none',
    }),
  },
  noSums: (folder: string, sums: string): string =>
    `${folder} has no ${sums}: it is not a run folder, or the run is not finished`,
  /** A file has format `format`, and this version reads `known`. */
  newer: (path: string, format: number, known: number): string =>
    `${path} has format ${format}, and this version reads ${known}: a newer leftopen wrote it; use that version`,
  /** Of a run that a version with more languages made. */
  otherLanguage: (id: string, known: readonly string[]): string =>
    `this run is in the language "${id}", and this version knows ${known.join(', ')}: another leftopen made it; use that one`,
  notAHistory: (path: string): string =>
    `${path} is not a history of leftopen; name a run folder, or its history.jsonl`,
  journal: {
    missing: (folder: string): string =>
      `the journal is missing: there is no folder ${folder}; ${restore.newAuditOfFolder}`,
    /** `name`: that of a file as only the first format has one. */
    firstFormat: (folder: string, name: string, known: number): string =>
      `the journal in ${folder} has format 1 (${name}), and this version reads ${known}: an earlier leftopen wrote it; use that one, or make the audit anew`,
    otherFormat: (folder: string, format: number, known: number, segment: number): string =>
      `the journal in ${folder} has format ${format}, and this version reads ${known}: another leftopen wrote segment ${segment}; use that one`,
    /** Where lines are missing: segment and line as in the journal. `to`: null where it is not known how many there were. */
    damage: (segment: number, from: number, to: number | null, lost: boolean): string => {
      const lines =
        to === null ? `line ${from} and all after it` : from === to ? `line ${from}` : `lines ${from} to ${to}`;
      return `segment ${segment}, ${lines}${lost ? '' : ' (a checksum is wrong, no line is lost)'}`;
    },
    /** `where`: what {@link damage} says of the first damaged place; null where none is known. */
    headerLost: (journal: string, where: string | null): string =>
      `the journal in ${journal} is damaged${where === null ? '' : `: ${where}`}; without its header it cannot be judged; ${restore.newAuditOfFolder}`,
    unreadable: (folder: string): string => `${folder} has no journal that can be read; ${restore.newAudit}`,
  },
  /** Lines that cannot be read, and requests of the journal that the ledger lacks. */
  ledgerDamaged: (lines: number, missing: number): string => {
    const faults = [
      ...(lines > 0 ? [`${counted(lines, 'line')} cannot be read`] : []),
      ...(missing > 0
        ? [`${counted(missing, 'request')} named in the journal ${missing === 1 ? 'is' : 'are'} missing`]
        : []),
    ];
    return `the ledger is damaged: ${faults.join(', ')}; ${restore.newAudit}`;
  },
  /** Only one run of a vantage and shard may write. */
  lock: {
    held: (
      run: Series,
      engagement: string,
      folder: string,
      since: string,
      by: { readonly process: number } | { readonly machine: string; readonly lock: string },
    ): string => {
      const what = `another run of ${engagement} from ${seriesName(run)} has been writing ${folder} since ${since}`;
      return 'process' in by
        ? `${what} (process ${by.process}): wait for it, or end it with "leftopen stop"`
        : `${what} on the machine ${by.machine}; if that run is dead, remove ${by.lock}`;
    },
    contested: (path: string): string =>
      `the lock ${path} changes hands too often: is another program starting runs of this engagement?`,
  },
  /** The key that pseudonyms are made with. */
  maskKey: {
    readByOthers: (path: string): string =>
      `${path} can be read by others, who could then find out what the pseudonyms mean: chmod 600 ${path}`,
    notKept: (path: string, why: string): string =>
      `cannot keep the key of the pseudonyms in ${path}: ${why}; name another folder with LEFTOPEN_KEYS`,
    damaged: (path: string): string =>
      `${path} is damaged: restore it from a copy, or remove it; pseudonyms are then other ones than before`,
  },
  /** Bundles of knowledge. */
  knowledge: {
    notAFile: (path: string): string => `the knowledge ${path} is not a file`,
    unreadable: (path: string, why: string): string => `the knowledge ${path} cannot be read: ${why}`,
    /** `mistake`: one of {@link bundle}. */
    wrong: (path: string, mistake: string): string => `the knowledge ${path} ${mistake}`,
    /** What is wrong with the content of a bundle, as what follows its name. */
    bundle: {
      tooLarge: (megabytes: number): string => `is larger than ${megabytes} MB`,
      notJson: 'is not JSON',
      /** The first places that are wrong, '' for the bundle itself, with what the schema says; `more`: how many others. */
      notOfSchema: (first: readonly { readonly at: string; readonly says: string }[], more: number): string =>
        `is not of the schema: ${first.map(({ at, says }) => `${at === '' ? 'the bundle' : at}: ${says}`).join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      otherChecksum: (sum: string, stated: string): string =>
        `does not match its checksum: its content has ${sum}, it says ${stated}`,
    },
  },
};
