// Mistakes in what a targets file or the command line names: further files, lists of hosts, inventories, in English.

export const includes = {
  itself: { message: 'this file includes itself, by way of others or directly', instead: 'leave this include out' },
  twice: { message: 'this file is included twice', instead: 'keep one of the two' },
  tooMany: (most: number) => ({ message: `more than ${most} files are included`, instead: 'join some of them' }),
  /** The file of the command line. */
  isList: (name: string) => ({
    message: 'this is a list of hosts, not a targets file',
    instead: `name it with -l ${name}`,
  }),
  /** A file that another one includes. */
  includedList: (name: string) => ({
    message: `${name} is a list of hosts, not a targets file`,
    instead: 'name it under hostsFrom: of a target',
  }),
  onlyInFirst: (key: string) => ({
    message: `\`${key}\` may appear only in the first file`,
    instead: 'move it there',
  }),
  ownerTwice: (key: string, file: string) => ({
    message: `the owner \`${key}\` is declared in ${file} too`,
    instead: 'keep one of the two',
  }),
  csvWithoutColumns: (name: string) => ({
    message: 'a CSV file needs `columns`',
    instead: `write { csv: ${name}, columns: { host: … } }`,
  }),
};

export const lists = {
  endless: { message: 'this line has no end', instead: 'write one host on each line' },
  lineTooLong: { message: 'this line is too long', instead: 'write one host on each line' },
  isTargetsFile: {
    message: 'this is a targets file, not a list of hosts',
    instead: 'name it without -l, or under include:',
  },
  isTable: {
    message: 'this is a table, not a list of hosts',
    instead: 'name it under include: with its columns, or write one host on each line',
  },
  notText: { message: 'this is not UTF-8 text', instead: 'save it as UTF-8, with one host on each line' },
  tooManyRanges: (most: number) => ({
    message: `a list holds at most ${most} ranges and patterns`,
    instead: 'split the list',
  }),
  empty: { message: 'the list is empty', instead: 'write a host on each line' },
  /** Instead of what is advised for a host elsewhere. */
  hostAlone:
    'write the host alone; for a port or a path of its own, name its URL on the command line instead of the list, or in url: of a target',
  oneOnALine: 'write one host on each line; for CSV see include:',
  changed: (file: string) => ({
    message: `${file} changed while it was being used`,
    instead: 'start again, so that the list is read again from its beginning',
  }),
  tooMuchInput: (megabytes: number) => ({
    message: `more than ${megabytes} MB came in`,
    instead: 'write the hosts into a file and name that: a file is streamed, however long it is',
  }),
};

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'the sign |',
};

export const inventory = {
  empty: { message: 'the file is empty', instead: 'begin it with a line of column names' },
  openQuote: { message: 'the closing quote is missing', instead: 'close the field with `"`' },
  noRows: {
    message: 'the inventory has no rows below its header',
    instead: 'add the hosts, or leave it out of include:',
  },
  tooManyFields: (columns: number, delimiter: string) => ({
    message: `this row has more fields than the header, which has ${columns}`,
    instead: `put a field that holds a \`${delimiter}\` in double quotes`,
  }),
  noHost: {
    message: 'this row names no host',
    instead: 'fill in its host, address or URL, or leave the row out',
  },
  nameAsAddress: { message: 'this is not an IP address', instead: 'write the name in the host column' },
  hostsAndAddresses: (hosts: number, addresses: number) => ({
    message: `this row has ${hosts} hosts and ${addresses} addresses`,
    instead: 'write a row for each host with its address',
  }),
  otherDelimiter: (file: string, delimiter: string, declared: string) => ({
    message: `the fields of ${file} are separated by ${delimiterNames[delimiter] ?? delimiter}, not by ${delimiterNames[declared] ?? declared}`,
    instead: `write delimiter: ${JSON.stringify(delimiter)}`,
  }),
  /** `meant`: the column with the nearest name, or null; `columns`: the first of those that there are. */
  noColumn: (file: string, meant: string | null, columns: readonly string[]) => ({
    message: `${file} has no column of this name`,
    instead: meant === null ? `write one of ${columns.join(', ')}` : `did you mean \`${meant}\`?`,
  }),
  columnTwice: (file: string) => ({
    message: `${file} has two columns of this name`,
    instead: 'give one of them another name',
  }),
  noHostColumn: {
    message: 'neither host nor url is among the columns',
    instead: 'add `host: <name of the column>`',
  },
};
