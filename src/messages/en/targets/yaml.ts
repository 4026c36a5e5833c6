// Why a file cannot be read, and mistakes in its YAML, in English.

/** Why the system gives no text for a path: what it is instead of a file, or the system's name of the error. */
const reasons: Readonly<Record<string, string>> = {
  folder: 'it is a folder',
  pipe: 'it is a pipe, not a file',
  device: 'it is a device, not a file',
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is not a folder',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk failed',
  EMFILE: 'too many files are open',
};

function because(reason: string): string {
  return reasons[reason] ?? (reason === '' ? 'unknown error' : reason);
}

export const file = {
  /** A path that is not a file's. */
  odd: {
    folder: { message: 'this is a folder', instead: 'name a file' },
    pipe: { message: 'this is a pipe, not a file', instead: 'name a file' },
    device: { message: 'this is a device, not a file', instead: 'name a file' },
  },
  tooLarge: (megabytes: number) => ({
    message: `the file is larger than ${megabytes} MB`,
    instead:
      'keep the groups in it and put long lists of hosts into text files named with hostsFrom:, which are streamed',
  }),
  notUtf8: { message: 'from here this is not UTF-8 text', instead: 'save it as UTF-8' },
  /** Of a file that another one names. */
  notUtf8From: (line: number, column: number) => ({
    message: `the file is not UTF-8 text from its line ${line}, column ${column}`,
    instead: 'save it as UTF-8',
  }),
  /**
   * `reason`: the system's name of the error. `meant`: what the name is instead of a file's: an endpoint without a scheme (its
   * text), addresses, or null.
   */
  unreadable: (reason: string, meant: { readonly endpoint: string } | 'addresses' | null) => ({
    message: `the file cannot be read (${because(reason)})`,
    instead:
      meant === null
        ? 'name a file that exists and that you may read'
        : meant === 'addresses'
          ? 'write addresses into a targets file (hosts:) or a list (-l), or a URL to name an endpoint'
          : `write http://${meant.endpoint} to name an endpoint`,
  }),
  /** `reason`: `folder`, `pipe`, `device`, or the system's name of the error. */
  listUnreadable: (reason: string) => ({
    message: `the list cannot be read (${because(reason)})`,
    instead: 'name a text file with a host on each line',
  }),
};

export const yaml = {
  oddSpaces: {
    message: 'this indentation has spaces that only look like spaces',
    instead: 'indent with plain spaces',
  },
  oldVersion: { message: 'YAML 1.1 reads `no`, `010` and `<<` in other ways', instead: 'leave the %YAML line out' },
  empty: {
    message: 'the file is empty',
    instead: 'run `leftopen init` for a starter file, or see targets.example.yaml',
  },
  tag: { message: 'tags are not known here', instead: 'leave the tag out' },
  tooDeep: (most: number) => ({
    message: `this is nested more than ${most} levels deep`,
    instead: 'see targets.example.yaml for the shape of the file',
  }),
  tooManyParts: {
    message: 'the file has too many parts to be read at once',
    instead: 'put long lists of hosts into text files named with hostsFrom:, which are streamed',
  },
  secondDocument: {
    message: 'a second document begins here',
    instead: 'keep one document in a file, and name further files under include:',
  },
  /** What the parser finds. */
  syntax: {
    openList: { message: 'a list that begins with `[` is not closed', instead: 'close it with `]` before this' },
    openMapping: { message: 'a mapping that begins with `{` is not closed', instead: 'close it with `}` before this' },
    openQuote: { message: 'the closing quote is missing', instead: 'close the text with the quote it begins with' },
    extraBracket: { message: 'this bracket closes nothing', instead: 'leave it out, or put the text in quotes' },
    textAfter: {
      message: 'this follows a text or a bracket that is closed already',
      instead: 'leave it out, or put the complete text in one pair of quotes',
    },
    outOfPlace: {
      message: 'this belongs to nothing above it',
      instead: 'indent it like the lines that it belongs to, or put the text in quotes',
    },
    extraComma: { message: 'there is no entry before this comma', instead: 'leave the comma out' },
    openBefore: {
      message: 'a bracket above is not closed, and inside of one a list has no `- ` and no lines of its own',
      instead: 'close the bracket before this',
    },
    escape: {
      message: 'in double quotes a backslash begins an escape, and this is not one',
      instead: 'put the text in single quotes',
    },
    comment: {
      message: 'a comment begins here',
      instead: 'put a space before its `#`, or put the text in quotes',
    },
    blockHeader: {
      message: 'after `|` or `>` a text begins on the next line',
      instead: 'begin it there, or put the text in quotes',
    },
    noComma: {
      message: 'a `,` or a closing bracket is missing before this',
      instead: 'put a comma between the entries, or close the bracket',
    },
    noDash: {
      message: 'inconsistent indentation',
      instead: 'align the line with those that it belongs to, or begin it with `- ` if it is an entry of the list',
    },
    otherColumn: {
      message: 'inconsistent indentation',
      instead: 'indent it with as many spaces as the other lines of its mapping or list',
    },
    tabs: { message: 'tabs are not allowed as indentation', instead: 'indent with spaces' },
    secondColon: {
      message: 'a second `: ` on one line makes a mapping within a mapping',
      instead: 'put the text in quotes, or begin a new line',
    },
    listOnKeyLine: {
      message: 'a list with `- ` cannot begin on the line of its key',
      instead: 'begin it on the next line',
    },
    noValue: {
      message: 'this is not a `key: value`',
      instead: 'add the colon and the value, or put a text that goes on over lines in quotes',
    },
    oddStart: { message: 'a plain text cannot begin with this character', instead: 'put the text in quotes' },
    alias: { message: 'a text that begins with `*` is an alias in YAML', instead: 'put the text in quotes' },
    anchor: { message: 'a text that begins with `&` is an anchor in YAML', instead: 'put the text in quotes' },
  },
  mergeConflict: {
    message: 'a merge conflict is left here',
    instead: 'keep one of the two versions, and leave the lines with <<<<<<<, ======= and >>>>>>> out',
  },
  /** `says`: the parser, in its own words. */
  notValid: (says: string) => ({
    message: `this is not valid YAML (${says.charAt(0).toLowerCase()}${says.slice(1)})`,
    instead: 'fix it, or quote the text',
  }),
  /** Instead of any of these: the line has a pattern. */
  quotePattern: 'put a pattern with brackets in quotes, such as "es-[01-12].acme.example"',
  nextLineFurtherRight: (column: number) => ({
    message: 'inconsistent indentation: the next line begins further to the right',
    instead: `begin it in column ${column}, as this one does`,
  }),
  aliasesRepeat: {
    message: 'aliases repeat too much of the file',
    instead: 'write the lists out, or use defaults:',
  },
  unknownAlias: (name: string) => ({
    message: 'a text that begins with `*` is an alias in YAML, and no such anchor is above',
    instead: `put it in quotes: "*${name}"`,
  }),
  aliasInItself: { message: 'the alias is inside what it names', instead: 'write the part out' },
  keyNotText: {
    message: 'keys must be plain text',
    instead: 'write `key: value`; put a text that ends in a colon in quotes',
  },
  mergeKey: {
    message: 'merge keys are not known here',
    instead: 'write what several groups share under defaults:',
  },
  duplicateKey: { message: 'duplicate key', instead: 'keep one of the two' },
};
