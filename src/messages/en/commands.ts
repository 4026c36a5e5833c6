// What the command line says in English: wrong arguments, what commands print, and how they end.
import { counted, size } from '../../text/words.js';
import { meantBy } from './words.js';

export const commands = {
  /** Names that are not known. `meant`: what they may have been. */
  unknown: {
    check: (id: string, meant: readonly string[]): string =>
      `there is no check "${id}"; ${meant.length === 0 ? 'leftopen checks lists them' : meantBy(meant)}`,
    language: (id: string, variable: string, known: readonly string[]): string =>
      `${variable}: there is no language "${id}"; write ${known.join(' or ')}, or leave it unset`,
    schema: (name: string, meant: readonly string[], known: readonly string[]): string =>
      `there is no schema "${name}"; ${meant.length === 0 ? `write one of ${known.join(', ')}` : meantBy(meant)}`,
    shell: (name: string, known: readonly string[]): string =>
      `no completion is written for "${name}"; write one of ${known.join(', ')}`,
  },
  /** What is to be audited: a targets file, URLs or a list. */
  targets: {
    listGoesAlone:
      '-l goes by itself; the targets file whose engagement covers the list is named with --engagement, and URLs in a run of their own',
    missing: "missing required argument 'targets': name a targets file, URLs, or a list of hosts with -l",
    /** `extra`: the second name that was given. */
    severalFiles: (extra: string): string =>
      `${extra} is one name too many; give one targets file, or URLs that all begin with http:// or https://`,
    namelessFile: 'the name of the targets file is empty; name a file, or URLs',
    engagementOfFile: '--engagement goes with URLs and -l; a targets file has an engagement of its own',
    standardInput: 'write -l - for a list of hosts on standard input, or /dev/stdin for a targets file',
    noScheme: (given: string): string => `${given} has no scheme; write http://${given} or https://${given}`,
    /** `mistakes`: those of the file, one on each line. */
    mistakes: (mistakes: string): string => `nothing was sent\n${mistakes}`,
  },
  sysreptorFields: (pair: string, fields: readonly string[]): string =>
    `--sysreptor-fields ${pair}: write FIELD=NAME, with a FIELD of ${fields.join(', ')}`,
  stopping: 'Stopping.',
  stoppingRun: 'Stopping; the report of what is known follows. Once more to end at once.',
  /** How the program fails. */
  ending: {
    /** `why`: the system's name of the error. */
    outputLost: (why: string): string => `standard output could not be written: ${why}`,
    noDescriptors:
      'a file could not be opened: this machine gives too few file descriptors (allow more: ulimit -n 4096), or the installation is incomplete (install it again). Nothing more was sent.',
    /** `path`: null where it is not known; `why`: what the system says. */
    notReadOrWritten: (path: string | null, why: string): string =>
      `${path ?? 'a file'} cannot be read or written: ${why}`,
    bug: 'this is a bug of leftopen, please report it:',
  },
  accept: {
    cveOfAnotherCheck: (check: string): string =>
      `--cve goes with a finding of known-vulnerability; this one comes from ${check}`,
    paste: 'paste this into the first targets file, or its list entry below an accepted: that is there already.',
    byAccount: 'approvedBy is the account that ran this; --approved-by NAME says who accepts it.',
    notADay: (text: string): string => `--until ${text}: write a day, such as 2026-12-31`,
    passed: (text: string, today: string): string => `--until ${text} has passed; write a day from ${today} on`,
    tooFar: (text: string, mostDays: number, latest: string): string =>
      `--until ${text} is more than ${mostDays} days away; write ${latest} or earlier`,
  },
  /** The first line of each script: where it goes. */
  completion: {
    bash: 'bash completion of leftopen: leftopen completion bash > ~/.local/share/bash-completion/completions/leftopen',
    zsh: 'zsh completion of leftopen: leftopen completion zsh > a folder of your fpath, as _leftopen',
    fish: 'fish completion of leftopen: leftopen completion fish > ~/.config/fish/completions/leftopen.fish',
  },
  demo: {
    serving: (endpoints: number): string =>
      `${counted(endpoints, 'endpoint')} of an invented city, open and closed, are up on loopback until Ctrl-C. What is on standard output is their targets file: leftopen demo --serve > demo.yaml, and elsewhere leftopen audit demo.yaml`,
  },
  explain: {
    /** In place of the list of questions. */
    sentInShort: (questions: number, check: string): string =>
      `It rests on the responses to ${questions} ${questions === 1 ? 'question' : 'questions'}: \`leftopen explain ${check} --sent\` lists ${questions === 1 ? 'it' : 'them'}.`,
  },
  index: {
    leftOut: (why: string): string => `left out: ${why}`,
    page: (path: string): string => `Index: ${path}`,
  },
  init: {
    namelessFile: 'the name of the file is empty; write one: leftopen init targets.yaml',
    exists: (file: string): string =>
      `${file} is there already and was left as it is; write another name: leftopen init other.yaml`,
    /** `why`: one of {@link reasons}, or what the system says. */
    notWritten: (file: string, why: string): string => `${file} could not be written: ${why}`,
    /** By the system's name of the error. */
    reasons: {
      ENOENT: 'there is no such folder; make it first, or name a file in one that is there',
      ENOTDIR: 'a part of its path is not a folder; name a file in a folder',
      EACCES: 'permission is denied; name a file in a folder that you may write to',
      EROFS: 'that file system is read-only; name a file elsewhere',
      ENOSPC: 'no space is left on the disk; name a file elsewhere',
    },
    wrote: (file: string): string => `Wrote ${file}. Fill it in, then: leftopen plan ${file}`,
    schema: 'For completion in your editor, in the same folder: leftopen schema targets > targets.schema.json',
  },
  /** `knowledge`, line by line. */
  knowledge: {
    /** `file`: null for the bundle that leftopen ships. */
    bundle: (version: string, file: string | null): string =>
      `Knowledge ${version}, ${file === null ? 'as leftopen ships it' : `of ${file}`}`,
    checksum: (sha256: string): string => `  checksum         ${sha256}`,
    inRunJson: (name: string): string => `  in run.json      ${name}`,
    /** `by`: counts of each product. */
    releases: (date: string, lines: number, by: string): string => `releases           ${date}  ${lines} lines: ${by}`,
    vulnerabilities: (date: string, records: number, by: string): string =>
      `vulnerabilities    ${date}  ${records} records: ${by}`,
    /** Of the vulnerabilities. */
    ofThem: (exploited: number, verified: number, decided: number): string =>
      `                               ${exploited} known to be used by attackers; ${verified} checked against the record of\n` +
      `                               their publisher, the others as collected; ${decided} with a note on a decision`,
  },
  merge: {
    stopped: 'stopped: nothing was written, and the runs are as they were',
    redacted: (path: string): string => `Redacted: ${path}`,
  },
  plan: {
    /** `given`: the words that named the targets. */
    locked: (lock: string, given: string): string => `Locked in ${lock}: leftopen audit ${given} --plan ${lock}`,
  },
  prune: {
    kept: (folder: string, why: string): string => `keep     ${folder}: ${why}`,
    /** `deleted`: it is; else it would be. */
    gone: (folder: string, bytes: number, deleted: boolean): string =>
      `${deleted ? 'deleted' : 'delete '}  ${folder} (${size(bytes)})`,
    total: (gone: number, bytes: number, kept: number, deleted: boolean): string =>
      `${counted(gone, 'run')} ${deleted ? 'deleted' : 'to delete'} (${size(bytes)}), ${counted(kept, 'run')} kept.${deleted || gone === 0 ? '' : ' Nothing was deleted: add --yes.'}`,
  },
  report: {
    twoRuns: (argument: string, run: string): string => `name one run: ${argument}, or --run ${run}`,
    ownerTwice: '--owner names one owner, and --by-owner is for all of them: give one of the two',
    noOwners: 'No owner is declared in this run; nothing was written.',
  },
  stop: {
    none: (folder: string): string => `no running audit writes to ${folder}; name its reports folder`,
    run: (
      {
        engagement,
        vantage,
        pid,
        folder,
      }: {
        readonly engagement: string;
        readonly vantage: string;
        readonly pid: number;
        readonly folder: string;
      },
      ended: boolean,
    ): string =>
      `${engagement} from ${vantage} (pid ${pid}) ${ended ? 'stopped' : 'was asked to stop, but has not ended yet'}: ${folder}`,
  },
  verify: {
    notADigest: '--digest: write the 64 hex digits that leftopen verify printed',
    changed: (file: string): string => `changed: ${file}`,
    missing: (file: string): string => `missing: ${file}`,
    added: (file: string): string => `added: ${file}`,
    otherDigest: (given: string): string => `other digest: SHA256SUMS is not the one that ${given} was printed for`,
    unchanged: (folder: string, files: number): string => `${folder}: ${counted(files, 'file')} unchanged`,
    faults: (folder: string, faults: number): string => `${folder}: ${counted(faults, 'fault')}`,
    digest: (digest: string): string => `digest ${digest}`,
  },
};
