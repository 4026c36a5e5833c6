// Help in English: what commands, arguments and options do, what to write for a value, and the exit codes.

function suggested(meant: readonly string[]): string {
  return meant.length === 0 ? '' : `; did you mean ${meant.length > 1 ? 'one of ' : ''}${meant.join(', ')}?`;
}

export const help = {
  about:
    'Finds the Elasticsearch, OpenSearch, Kibana and OpenSearch Dashboards that your own organisation left open.\nReads only: GET and HEAD, declared endpoints only, never a document.',
  /** `exitCodes`: the table of them. */
  after: (exitCodes: string): string =>
    `\nExit codes:\n${exitCodes}\n\nStart with: leftopen init, then leftopen plan targets.yaml`,
  /** What each exit code means. */
  exitCodes: {
    0: 'no finding reaches a threshold',
    1: 'a finding reaches one: new, worse, reopened or no longer accepted at `--fail-on-new` (default `high`), or any at `--fail-on`; of `verify`: a byte was changed',
    2: 'the input is wrong; nothing was sent',
    3: 'no finding reaches a threshold, but the audit is incomplete, or a result could not be written or sent',
    130: 'interrupted; continue with `--resume`',
  },
  commands: {
    audit: 'ask the declared endpoints and write a report; loopback URLs need no file',
    plan: 'show what would be asked, and send nothing: the page a client signs',
    report: 'render a run in other formats into its exports/ folder, as it was judged',
    rejudge: "judge the journal of an earlier run again, with today's checks and knowledge, next to the original",
    merge: 'join finished runs of one engagement, from several vantages or of several shards, into one record',
    send: 'send a run to your own Elasticsearch (8 or later), into data streams; a repeat adds nothing',
    verify: 'check a run folder against its SHA256SUMS; prints one digest for the complete folder',
    diff: 'compare two runs: what is new, worse, fixed, or could not be checked',
    retest: 'look again at the findings of a run: fixed, partly, still open, or could not be verified',
    accept: 'print the YAML that accepts a finding until a date; every report still lists it, but does not count it',
    index: 'write the index page of each engagement: its runs, what is open, since when and whose',
    prune: 'list the run folders that are no longer needed; deletes them only with --yes',
    stop: 'end running audits cleanly; each can be resumed',
    init: 'write a commented targets file to start from; never overwrites one',
    schema: 'print a JSON Schema',
    checks: 'list the checks',
    knowledge: 'show the data behind version checks: dates and counts of each part',
    explain: 'explain one check: what it means, how to fix it, how it is tested',
    demo: 'audit an embedded estate on loopback: an invented city whose servers respond like real ones',
    completion: 'print a completion script for a shell; its first lines say where it goes',
  },
  arguments: {
    targets: 'a targets file, or URLs',
    run: 'the run, as --run names it',
    runs: 'the runs, each as --run names it',
    targetsToday: 'the targets file as it is today: its authorisation, scope and window hold',
    folder: 'where run folders are',
    file: 'the file to write',
    schema: 'targets, findings, finding, endpoint, run, ledger or knowledge',
    check: 'the id of a check',
    shell: 'bash, zsh or fish',
  },
  /** Options that several commands share. */
  options: {
    vantage: 'where this run is made from, instead of what the file says',
    shard: 'only the hosts of this part, such as 3/8: eight runs share the estate, and leftopen merge joins them',
    fullAddresses:
      'keep the full addresses of outside clients, not only their networks (needs techniques.outsideReaders)',
    format: 'formats to write, with commas between them (docs/formats.md lists them; default: html,md,json)',
    csvDelimiter: 'between the cells of the csv format (default: comma)',
    sarifAll: 'list accepted findings in the sarif format too, as suppressed, and those that are gone, as absent',
    detail: 'what the github format names: counts only, or hosts and owners too',
    sysreptorFields: "names of fields in your own SysReptor design, by the sysreptor format's own names",
    runsIn: 'where run folders are',
    maskNames: 'replace names of indices, patterns and clusters by pseudonyms in the reports; names of fields stay',
    redact:
      'replace by pseudonyms, the same in every run of the engagement: names of indices and clusters, or all: hosts, owners, people and the client too',
    knowledge: 'judge with this bundle of knowledge instead of the one that leftopen ships',
    list: 'a plain list of hosts instead, one on each line; - is standard input (loopback, or with --engagement)',
    engagement: 'a targets file whose engagement authorises the URLs or the list given',
    failOn: 'exit 1 for any finding from this severity on',
    failOnNew:
      'exit 1 for findings from this severity on that are new, worse, reopened or no longer accepted since the last run (default: high, unless --fail-on is given)',
    newKnowledge: 'count as new what only a newer leftopen finds in the same responses',
    baseline:
      'compare with this run: a run folder or its name, its history.jsonl or findings.json, or none (default: the last finished run in --out)',
    run: 'a run folder, its name or its id (default: the newest finished run in --out)',
    check: 'only these checks',
    target: 'only these targets of the file',
    noProgress: 'no progress',
    planLock: 'refuse to run where anything differs from this lock (see plan --lock)',
    json: 'as JSON',
    markdown: 'as Markdown',
  },
  /** Options of one command. */
  of: {
    audit: {
      out: 'where run folders go',
      resume: 'continue the last unfinished run of the same plan',
      onCritical:
        'hand the first critical finding of an endpoint to a command, as JSON on its standard input (a preview)',
      workers:
        'threads that ask and judge endpoints; limits stay those of the run (default: one for two cores and 5,000 endpoints each, at most 4)',
      noNotify: 'send no notifications (notify: in the targets file)',
      quiet: 'no progress and no findings while it runs',
      json: 'findings as JSON lines on standard output: previews as they come, then the record',
    },
    plan: {
      resolve: 'look names up, so that the addresses are shown too',
      endpoints: 'list every endpoint instead, one on each line',
      html: 'as one HTML page, to be printed and signed',
      json: 'as JSON; with --endpoints as JSON lines',
      lock: 'write a hash of targets, scope, limits and catalogue, for audit --plan',
    },
    report: {
      owner: 'only the endpoints of this owner (its name, or its key in owners:)',
      byOwner: 'a folder for each owner, with its endpoints alone',
      quiet: 'print nothing',
    },
    merge: {
      out: 'where the merged run goes, and where runs are looked up by name',
    },
    send: {
      to: 'e.g. https://siem.example:9200; credentials come from the environment or a file',
      namespace: 'last part of the names of the data streams',
      setup: 'first install templates, a lifecycle, the data streams and a transform of what is open now',
      authority: "PEM file of the cluster's certificate authority",
      apiKeyFile: 'a file that holds an API key (or set LEFTOPEN_SEND_API_KEY)',
      user: 'a user, where there is no API key',
      passwordFile: "a file that holds the user's password (or set LEFTOPEN_SEND_PASSWORD)",
      evenIfOpen: 'send to a cluster that this run found open',
    },
    verify: {
      digest: 'the digest that it must have, e.g. from a cover letter',
    },
    diff: {
      json: 'as JSON lines: the counts, then every finding that changed',
    },
    retest: {
      finding: 'only these findings: fingerprints or ids, or at least their first 8 digits (default: all of the run)',
      quiet: 'no progress while it runs',
      json: 'the retest as JSON on standard output',
    },
    accept: {
      finding: 'fingerprint or id of the finding, at least its first 8 digits',
      reason: 'why it is accepted',
      until: 'the last day, such as 2026-12-31; at most 400 days away',
      approvedBy: 'who accepts it (default: the account that runs this)',
      owner: "who owns the risk (default: the finding's owner)",
      cve: 'only these vulnerabilities of the finding',
    },
    index: {
      all: 'also one page over all engagements, which names every client',
    },
    prune: {
      keep: 'keep the newest run of each of the last days, weeks, months or years: 30d,12w,12m; the newest run always stays',
      yes: 'delete them',
    },
    knowledge: {
      knowledge: 'of this bundle instead of the one that leftopen ships',
    },
    explain: {
      sent: 'list the questions that it rests on too',
      markdown: 'as Markdown, the page as it is',
    },
    demo: {
      serve: 'keep the estate up and print a targets file for it',
      out: 'where the run folder goes',
    },
  },
  /** What the parser of the command line says. */
  parser: {
    titles: { Usage: 'Usage:', Arguments: 'Arguments:', Options: 'Options:', Commands: 'Commands:' },
    helpOption: 'display help for command',
    helpCommand: 'display help for command',
    version: 'output the version number',
    /** What follows a description. `preset`: as JSON; null for none. */
    extra: (choices: readonly string[], preset: string | null): string => {
      const parts = [
        ...(choices.length === 0 ? [] : [`choices: ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`]),
        ...(preset === null ? [] : [`default: ${preset}`]),
      ];
      return parts.length === 0 ? '' : `(${parts.join(', ')})`;
    },
    /** `mistake`: one of those below; `help`: what lists what there is, such as `leftopen audit --help`. */
    error: (mistake: string, help: string): string => `leftopen: ${mistake} (see ${help})`,
    givenTwice: (flags: string): string => `option '${flags}' is given twice; write it once`,
    missingArgument: (name: string): string => `missing required argument '${name}'`,
    missingValue: (flags: string): string => `option '${flags}' argument missing`,
    missingOption: (flags: string): string => `required option '${flags}' not specified`,
    conflict: (flags: string, other: string): string => `option '${flags}' cannot be used with option '${other}'`,
    /** `meant`: what it may have been. */
    unknownOption: (flag: string, meant: readonly string[]): string => `unknown option '${flag}'${suggested(meant)}`,
    unknownCommand: (name: string, meant: readonly string[]): string => `unknown command '${name}'${suggested(meant)}`,
    /** `command`: null for the program itself. */
    tooManyArguments: (command: string | null, expected: number, got: number): string =>
      `too many arguments${command === null ? '' : ` for '${command}'`}. Expected ${expected} argument${expected === 1 ? '' : 's'} but got ${got}.`,
    /** `instead`: one of {@link write}, or what is allowed. */
    wrongValue: (flags: string, value: string, instead: string): string =>
      `option '${flags}' argument '${value}' is invalid. ${instead}`,
    allowed: (choices: readonly string[]): string => `Allowed choices are ${choices.join(', ')}.`,
  },
  /** What to write instead of a value that is wrong. */
  write: {
    names: 'Write names with commas between them.',
    workers: (most: number): string => `Write a number from 1 to ${most}.`,
    shard: (most: number): string => `Write which part of how many, such as 3/8 (at most ${most} parts).`,
    /** Instead of an empty text. */
    filled: {
      folder: 'Name a folder.',
      file: 'Name a file.',
      list: 'Name a file, or - for standard input.',
      baseline: 'Name a run, or none.',
      run: 'Name a run.',
      command: 'Write a command.',
      owner: 'Name an owner.',
      user: 'Name a user.',
    },
  },
};
