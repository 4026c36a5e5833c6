// Mistakes in the shape of a targets file, in English: its keys, and what their values must be.

/** What a value of the file must be. */
const things = {
  accepted: 'an accepted risk',
  address: 'an IP address',
  addresses: 'e-mail addresses, or owners',
  authorisation: 'a reference with its date',
  authorisedBy: 'a person with name, role, capacity and email',
  basePath: 'a base path',
  blackout: 'blackout hours',
  boolean: 'true or false',
  check: 'the id of a check',
  classification: 'a classification',
  client: 'a client with a name',
  clientCertificate: 'a certificate and its key',
  column: 'the name of a column',
  columns: 'a mapping of what leftopen reads to the names of columns',
  contact: 'a person with a name',
  day: 'a day',
  defaults: 'a mapping of settings',
  edge: 'a day or a day and time',
  email: 'an e-mail address',
  engagement: 'a mapping with id, authorisedBy, …',
  environment: 'an environment',
  exception: 'a host, or hosts with settings of their own',
  exceptionHosts: 'a host with settings of its own',
  expectation: 'closed, absent, decoy or a ceiling',
  file: 'a mapping with engagement and targets',
  fileName: 'a file name',
  finding: 'the id of a finding',
  host: 'a host',
  hostAndAddress: 'a host with its address',
  hostName: 'a host name',
  id: 'an id',
  include: 'a file name, or a CSV file with its columns',
  index: 'an index name or pattern',
  instant: 'an instant',
  key: 'a key',
  label: 'a label',
  labels: 'a mapping of labels to texts',
  legalEntity: 'a legal entity',
  limits: 'limits',
  mail: 'an e-mail with to, from and smtp',
  name: 'a name',
  note: 'a note',
  notify: 'a notification with webhook or email',
  operator: 'an operator with name and permission',
  owner: 'an owner',
  ownerName: 'a name or a key of owners:',
  owners: 'a mapping of keys to owners',
  permission: 'a reference to its permission',
  phone: 'a telephone number in quotes',
  port: 'a port',
  reason: 'a reason',
  reference: 'a reference',
  role: 'a role',
  scope: 'a mapping with include and exclude',
  scopeEntry: 'an address, a range of addresses, a host name or a *. pattern',
  sha256: 'a SHA-256',
  smtp: 'a mail server with host',
  target: 'a target with an id',
  targetId: 'the id of a target',
  techniques: 'a mapping of techniques to true or false',
  text: 'a text in quotes',
  timeZone: 'a time zone',
  tls: 'a mapping with authorities and clientCertificate',
  url: 'a URL',
  user: 'a user',
  vantage: 'a vantage with name and exposure',
  variable: 'the name of an environment variable',
  vulnerability: 'the id of a vulnerability',
  webhook: 'a webhook with urlFrom',
  weekly: 'weekly hours',
  window: 'a window with from and to',
};

/** What a value of the file must be. */
export type Thing = keyof typeof things;

/** Ways to write something, where there are several. */
const ways = {
  addresses: '[soc@acme.example], or owners',
  boolean: 'true or false',
  exception: '192.0.2.9, or { hosts: 192.0.2.9, owner: … }',
  expectation: 'closed, or { upTo: metadata, reason: …, approvedBy: …, until: 2026-12-31 }',
  host: 'a name, an address, a range such as 192.0.2.1-50, or { name: …, address: … }; in quotes where it holds a comma or YAML reads it otherwise',
  include: 'teams/search.yaml, or { csv: hosts.csv, columns: { host: Hostname } }',
  port: 'a number such as 9200, a range such as "9200-9205", or standard',
  ports: '[9200, 5601] or standard',
};

/** What to write: YAML, one of the {@link ways}, or what the example of a targets file shows. */
export type Example = string | { readonly way: keyof typeof ways } | { readonly shownBy: 'example' | 'starter' };

function exampleText(example: Example): string {
  if (typeof example === 'string') return example;
  if ('way' in example) return ways[example.way];
  return example.shownBy === 'starter'
    ? 'see targets.example.yaml, or run `leftopen init`'
    : 'see targets.example.yaml';
}

function write(example: Example): string {
  const isShown = typeof example === 'object' && 'shownBy' in example;
  return isShown ? exampleText(example) : `write ${exampleText(example)}`;
}

export const schema = {
  mustBe: (thing: Thing, example: Example) => ({ message: `this must be ${things[thing]}`, instead: write(example) }),
  readAs: (thing: Thing, type: 'number' | 'boolean') => ({
    message: `this must be ${things[thing]}, and is read as a ${type}`,
    instead: 'put it in quotes',
  }),
  notANumber: (from: number, to: number, whole: boolean, example: number) => ({
    message: `this must be a ${whole ? 'whole number' : 'number'} from ${from} to ${to}`,
    instead: `write a number, such as ${example}`,
  }),
  notAList: (example: Example) => ({ message: 'this must be a list', instead: write(example) }),
  emptyList: (example: Example) => ({ message: 'this must be a list that is not empty', instead: write(example) }),
  notOneOrMore: (example: Example) => ({
    message: 'this must be an entry or a list of them',
    instead: write(example),
  }),
  tooLong: (most: number) => ({ message: `this is longer than ${most} characters`, instead: 'write less' }),
  unprintable: { message: 'this holds control characters or invisible ones', instead: 'write plain text' },
  /** `meant`: the known word that is nearest, or null. `orCeiling`: a ceiling may be written too. */
  unknownWord: (known: readonly string[], meant: string | null, orCeiling: boolean) => {
    const all = `write one of ${known.join(', ')}${orCeiling ? ', or a ceiling such as { upTo: metadata, … }' : ''}`;
    return {
      message: 'this word is not known here',
      instead: meant === null ? all : `did you mean \`${meant}\`? Or ${all}`,
    };
  },
  unknownDelimiter: { message: 'this delimiter is not known here', instead: 'write comma, semicolon, tab or pipe' },
  missing: (key: string, example: Example) => ({
    message: `\`${key}\` is missing`,
    instead: `add \`${key}: ${exampleText(example)}\``,
  }),
  missingWord: (key: string, known: readonly string[]) => ({
    message: `\`${key}\` is missing`,
    instead: `add \`${key}: one of ${known.join(', ')}\``,
  }),
  /** A key that is not known where it is. `where`: what else it may be. */
  unknownKey: (
    where:
      | { readonly meant: string }
      | { readonly known: readonly string[] }
      | { readonly ofTop: string }
      | 'host-with-comma'
      | 'of-target'
      | 'of-engagement-not-indented'
      | 'of-engagement-in-target',
  ) => ({ message: 'this key is not known', instead: whereKeyBelongs(where) }),
  notAnEmail: { message: 'this is not an e-mail address', instead: 'write one such as security@acme.example' },
  notAnAddress: { message: 'this is not an IP address', instead: 'write one such as 192.0.2.10 or 2001:db8::10' },
  notAnId: (example: string) => ({
    message: 'an id holds letters, digits, `.`, `_` and `-`, at most 80, and begins with a letter or digit',
    instead: `write one such as ${example}`,
  }),
  windowEndsFirst: { message: 'the window ends before it begins', instead: 'write an end after `from`' },
  notASha256: { message: 'this is not a SHA-256', instead: 'write the 64 hexadecimal digits that sha256sum prints' },
  noTimeZone: {
    message: 'this instant has no time zone',
    instead: 'end it with Z for UTC, or with an offset such as +01:00',
  },
  classificationTooLong: {
    message: 'this is too long for the foot of a page, or not printable',
    instead: 'write at most 60 characters, such as TLP:AMBER',
  },
  notAFinding: {
    message: 'this is not the id of a finding',
    instead: 'write its `fingerprint` or `id` (hexadecimal, at least the first 8 digits); `leftopen accept` prints it',
  },
  notAVulnerability: { message: 'this is not the id of a vulnerability', instead: 'write one such as CVE-2015-1427' },
  notAVariable: {
    message: 'this is not the name of an environment variable',
    instead: 'write a name such as LEFTOPEN_WEBHOOK, and put the secret itself into the environment',
  },
  /** A notification with neither or both of `webhook` and `email`. */
  notOneRecipient: (recipients: 0 | 2) => ({
    message: recipients === 0 ? 'this notification goes nowhere' : 'this notification has two recipients',
    instead: 'write either webhook: or email:, and another entry for the other',
  }),
};

function whereKeyBelongs(where: Parameters<typeof schema.unknownKey>[0]): string {
  if (where === 'host-with-comma') return 'put a text that holds a comma in quotes, such as "192.0.2.1,5"';
  if (where === 'of-target') return 'it belongs to a target under `targets:`; indent it as far as the `id` there';
  if (where === 'of-engagement-not-indented') return 'it belongs under `engagement:`; indent it';
  if (where === 'of-engagement-in-target') return 'it belongs under `engagement:`; move it there, and indent it';
  if ('ofTop' in where) return `\`${where.ofTop}:\` begins at the left margin; do not indent it`;
  if ('meant' in where) return `did you mean \`${where.meant}\`?`;
  return `leave it out; known here: ${where.known.join(', ')}`;
}
