// The shape of a targets file.
import { z } from 'zod';
import { products, rungs } from '../model/endpoint.js';
import { webhookForms } from '../model/notify.js';
import { severities } from '../model/severity.js';
import { exposures, oldTechnique, techniques } from '../model/engagement.js';
import type { Json } from '../model/json.js';
import { readAddress, writeAddress } from './address.js';
import { parseHosts, parseScopeEntry, parseSingle } from './host.js';
import { hasUnprintable, wrong, right, type Parsed } from './mistake.js';
import { nearest } from '../text/nearest.js';
import { parseBasePath, parsePorts, parseUrl } from './url.js';
import { parseDay, parseInstant, parseTimeZone, parseWeekly, joinWeekly } from './window.js';

// Messages of this schema have two lines: what is wrong, and what to write instead. Of unknown keys, the message is the
// known ones. `read.ts` joins them with where they are.
function two(message: string, instead: string): string {
  return `${message}\n${instead}`;
}

/** The keys that a mapping may have, without those that are only read for old files. */
function namesOffered(shape: z.ZodRawShape): readonly string[] {
  return Object.entries(shape).flatMap(([key, value]) =>
    z.globalRegistry.get(value)?.deprecated === true ? [] : [key],
  );
}

function mapping<Shape extends z.ZodRawShape>(what: string, example: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? namesOffered(shape).join('\n')
        : two(`this must be ${what}`, example.startsWith('see ') ? example : `write ${example}`),
  });
}

interface TextOptions {
  /** An example as YAML, shown in messages and in the JSON Schema. */
  readonly example: string;
  readonly most?: number;
  readonly lines?: boolean;
}

function text(what: string, { example, most = 200, lines = false }: TextOptions) {
  return z
    .string({
      error: (issue) =>
        typeof issue.input === 'number' || typeof issue.input === 'boolean'
          ? two(`this must be ${what}, and is read as a ${typeof issue.input}`, 'put it in quotes')
          : two(`this must be ${what}`, `write ${example}`),
    })
    .min(1, { error: two(`this must be ${what}`, `write ${example}`) })
    .max(most, { error: two(`this is longer than ${most} characters`, 'write less') })
    .refine((value) => !hasUnprintable(lines ? value.replace(/[\n\t]/g, '') : value), {
      error: two('this holds control characters or invisible ones', 'write plain text'),
    })
    .meta({ examples: [example.replace(/^"(.*)"$/, '$1')] });
}

function parsed<T>(what: string, example: string, parse: (value: string) => Parsed<T>) {
  return text(what, { example, most: 2000 }).transform((value, context) => {
    const result = parse(value);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: two(result.message, result.instead) });
    return z.NEVER;
  });
}

/** @param or what may be written besides the words */
function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices, or = '') {
  return z.enum(choices, {
    error: ({ input }) => {
      const meant = typeof input === 'string' ? nearest(input, choices) : null;
      const all = `write one of ${choices.join(', ')}${or}`;
      return two('this word is not known here', meant === null ? all : `did you mean \`${meant}\`? Or ${all}`);
    },
  });
}

function number(what: string, from: number, to: number) {
  const error = two(
    `this must be ${what} from ${from} to ${to}`,
    `write a number, such as ${Math.min(Math.max(from, 2), to)}`,
  );
  return z.number({ error }).min(from, { error }).max(to, { error });
}

function wholeNumber(from: number, to: number) {
  const error = two(
    `this must be a whole number from ${from} to ${to}`,
    `write a number, such as ${Math.min(Math.max(from, 2), to)}`,
  );
  return number('a whole number', from, to).int({ error });
}

function list<Item extends z.ZodType>(item: Item, example: string, least = 1) {
  const error = two(least === 0 ? 'this must be a list' : 'this must be a list that is not empty', `write ${example}`);
  return z.array(item, { error }).min(least, { error });
}

/** One entry, or a list of them: read as a list. */
function oneOrMore<Item extends z.ZodType>(item: Item, example: string, least = 1) {
  return z
    .union([list(item, example, least), item], {
      error: two('this must be an entry or a list of them', `write ${example}`),
    })
    .transform((value): z.output<Item>[] => (Array.isArray(value) ? value : [value]));
}

const email = parsed('an e-mail address', 'security@acme.example', (value) =>
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(value)
    ? right(value)
    : wrong('this is not an e-mail address', 'write one such as security@acme.example'),
);

const dayOf = (example: string) => parsed('a day', example, parseDay);

const singleAddress = parsed('an IP address', '192.0.2.10', (value) => {
  const address = readAddress(value);
  return address === null
    ? wrong('this is not an IP address', 'write one such as 192.0.2.10 or 2001:db8::10')
    : right(writeAddress(address));
});

const fileName = (what: string, example: string) => text(what, { example, most: 1000 });

/** An id that may name a folder and be an item of a comma-separated list. */
function id(what: string, example: string) {
  return parsed(what, example, (value) =>
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(value) && !value.includes('..')
      ? right(value)
      : wrong(
          'an id holds letters, digits, `.`, `_` and `-`, at most 80, and begins with a letter or digit',
          `write one such as ${example}`,
        ),
  );
}

const contact = mapping('a person with a name', '{ name: …, email: … }', {
  name: text('a name', { example: 'Jean Martin' }).describe('Name of the person or the team.'),
  email: email.describe('An e-mail address that is read while the audit runs.').optional(),
  phone: text('a telephone number in quotes', { example: '"+33 1 23 45 67 89"', most: 50 })
    .describe('A telephone number, in quotes.')
    .optional(),
});

const timeZone = parsed('a time zone', 'Europe/Paris', parseTimeZone);

const weekly = oneOrMore(
  parsed('weekly hours', '"Mon-Fri 20:00-06:00"', parseWeekly),
  '["Mon-Fri 20:00-06:00", "Sat,Sun"]',
).transform((stretches) => joinWeekly(stretches.flat()));

/** Read again once the time zone is known; what is wrong with it in any zone is reported with the other mistakes. */
const edge = (example: string, side: 'from' | 'to') =>
  text('a day or a day and time', { example }).superRefine((value, context) => {
    const read = parseInstant(value, 'UTC', side);
    if (!read.ok) context.addIssue({ code: 'custom', message: two(read.message, read.instead) });
  });

const window = mapping('a window with from and to', '{ from: 2026-11-01, to: 2026-11-30, timeZone: Europe/Paris }', {
  from: edge('2026-11-02T20:00', 'from').describe(
    'When the audit may begin: a day, or a day and time by the clocks of timeZone.',
  ),
  to: edge('2026-11-30', 'to').describe('When it must have ended: a day (its end counts), or a day and time.'),
  timeZone: timeZone.describe('IANA name of the time zone that the hours are in. Default: UTC.').optional(),
  weekly: weekly
    .describe('The hours of the week in which requests may be sent, such as "Mon-Fri 20:00-06:00". Default: all.')
    .optional(),
}).transform((value, context) => {
  const zone = value.timeZone ?? 'UTC';
  const from = parseInstant(value.from, zone, 'from');
  const to = parseInstant(value.to, zone, 'to');
  for (const [key, edge] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!edge.ok) context.addIssue({ code: 'custom', path: [key], message: two(edge.message, edge.instead) });
  }
  if (!from.ok || !to.ok) return z.NEVER;
  if (from.value >= to.value) {
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: two('the window ends before it begins', 'write an end after `from`'),
    });
    return z.NEVER;
  }
  return { from: from.value, to: to.value, timeZone: zone, weekly: value.weekly ?? [] };
});

const vantage = mapping('a vantage with name and exposure', '{ name: office, exposure: internal }', {
  name: id('a name', 'paris-office').describe('Name of the place the audit is made from; --vantage chooses by it.'),
  exposure: oneOf(exposures).describe(
    'How far it is from the public: internet, partner network, internal network, or the audited host itself.',
  ),
  egress: singleAddress.describe("The address that targets see, for the owners' logs.").optional(),
});

const scopeEntry = parsed(
  'an address, a range of addresses, a host name or a *. pattern',
  '"*.acme.example"',
  parseScopeEntry,
);

const limits = mapping('limits', '{ concurrency: 64, perAddress: 2 }', {
  concurrency: wholeNumber(1, 5000).describe('Endpoints surveyed at once. Default: 64.').optional(),
  perAddress: wholeNumber(1, 100).describe('Connections open at once to one address. Default: 2.').optional(),
  requestsPerSecond: number('a number', 0.01, 100_000)
    .describe('Requests per second, over the run as a unit. Default: no limit but the others.')
    .optional(),
  requestsPerEndpoint: wholeNumber(1, 1000)
    .describe('Requests that one endpoint may get in one run. Default: 40.')
    .optional(),
  connectTimeoutMs: wholeNumber(10, 120_000)
    .describe('Milliseconds to open a connection (TCP and TLS each). Default: 5000.')
    .optional(),
  exchangeTimeoutMs: wholeNumber(10, 600_000)
    .describe('Milliseconds for one request and its answer. Default: 15000.')
    .optional(),
});

const engagement = mapping('a mapping with id, authorisedBy, …', 'see targets.example.yaml', {
  id: id('an id', 'ACME-2026-11').describe('Id of the engagement; names the folder of its reports.'),
  client: mapping('a client with a name', '{ name: Acme, legalEntity: Acme Holding SAS }', {
    name: text('a name', { example: 'Acme' }).describe('The client as named in the report.'),
    legalEntity: text('a legal entity', { example: 'Acme Holding SAS' })
      .describe('The legal entity that authorises.')
      .optional(),
  })
    .describe('For whom the audit is made.')
    .optional(),
  authorisedBy: mapping(
    'a person with name, role, capacity and email',
    '{ name: …, role: CISO, capacity: owner, email: … }',
    {
      name: text('a name', { example: 'Jeanne Moreau' }).describe('Who authorised the audit.'),
      role: text('a role', { example: 'CISO' }).describe('Their role.'),
      capacity: oneOf(['owner', 'controller', 'processor']).describe(
        'In which capacity: owner of the systems, controller or processor of the data in them.',
      ),
      email: email.describe('Their e-mail address.'),
    },
  )
    .describe('Who authorised the audit. Needed for anything but loopback.')
    .optional(),
  authorisation: mapping('a reference with its date', '{ reference: LOA-17, signedOn: 2026-10-20 }', {
    reference: text('a reference', { example: 'LOA-2026-017' }).describe('Reference of the signed authorisation.'),
    signedOn: dayOf('2026-10-20').describe('The day it was signed.'),
    documentSha256: parsed('a SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', (value) =>
      /^[0-9a-f]{64}$/i.test(value)
        ? right(value.toLowerCase())
        : wrong('this is not a SHA-256', 'write the 64 hexadecimal digits that sha256sum prints'),
    )
      .describe('SHA-256 of the signed document, as sha256sum prints it.')
      .optional(),
  })
    .describe('The signed authorisation. Needed for anything but loopback.')
    .optional(),
  window: window.describe('When requests may be sent. Default: any time.').optional(),
  awareAt: parsed('an instant', '2026-11-29T08:30:00Z', (value) =>
    /(?:Z|[+-]\d\d:\d\d)$/.test(value)
      ? parseInstant(value, 'UTC', 'from')
      : wrong('this instant has no time zone', 'end it with Z for UTC, or with an offset such as +01:00'),
  )
    .describe('When the organisation became aware of a breach: the report counts notification deadlines from it.')
    .optional(),
  classification: parsed('a classification', 'Confidential', (value) =>
    value.length > 60 || hasUnprintable(value)
      ? wrong(
          'this is too long for the foot of a page, or not printable',
          'write at most 60 characters, such as TLP:AMBER',
        )
      : right(value),
  )
    .describe('Who may see the report, such as TLP:AMBER: at the foot of each printed page. Default: Confidential.')
    .optional(),
  contacts: oneOrMore(contact, '[{ name: …, email: … }]')
    .describe('Who can be reached while the audit runs; the first one with an e-mail address goes into the User-Agent.')
    .optional(),
  vantage: oneOrMore(vantage, '{ name: office, exposure: internal, egress: 192.0.2.7 }')
    .describe('Where the audit is made from, or a list of such places of which --vantage NAME chooses one.')
    .optional(),
  scope: mapping('a mapping with include and exclude', '{ include: ["*.acme.example"], exclude: [] }', {
    include: oneOrMore(scopeEntry, '["*.acme.example", 192.0.2.0/24]')
      .describe(
        'Addresses, ranges of addresses, host names and *. patterns that may be asked. Default: what targets declares.',
      )
      .optional(),
    exclude: oneOrMore(scopeEntry, '[192.0.2.9]', 0)
      .describe(
        'Addresses, ranges of addresses, host names and *. patterns that are never asked; wins over everything.',
      )
      .optional(),
  })
    .describe('What the authorisation covers.')
    .optional(),
  techniques: mapping(
    'a mapping of techniques to true or false',
    '{ guestSession: false }',
    Object.fromEntries(
      [
        ...Object.entries(techniques).map(
          ([name, { allows, default: usual }]) =>
            [name, { description: `Allows ${allows}. Default: ${usual}.` }] as const,
        ),
        [oldTechnique.name, { description: `The old name of ${oldTechnique.now}.`, deprecated: true }] as const,
      ].map(([name, meaning]) => [
        name,
        z
          .boolean({ error: two('this must be true or false', 'write true or false') })
          .optional()
          .meta(meaning),
      ]),
    ),
  )
    .describe('What is allowed beyond checking whether the endpoint is open.')
    .optional(),
  limits: limits.describe('Upper bounds that are kept.').optional(),
  controls: oneOrMore(parsed('a URL', 'https://status.acme.example', parseUrl), '[https://status.acme.example]')
    .describe('Endpoints that must respond, so that a dead network is not mistaken for an all-clear.')
    .optional(),
});

const expectation = z.union(
  [
    oneOf(['closed', 'absent', 'decoy'], ', or a ceiling such as { upTo: metadata, … }'),
    mapping('closed, absent, decoy or a ceiling', '{ upTo: metadata, reason: …, approvedBy: …, until: 2026-12-31 }', {
      upTo: oneOf(rungs).describe('The highest rung that is accepted.'),
      via: oneOf(products).describe('Accepted only through this product.').optional(),
      indices: oneOrMore(text('an index name or pattern', { example: 'wallboard-*' }), '[wallboard-*]')
        .describe('Index names or * patterns that may be seen. Default: any.')
        .optional(),
      reason: text('a reason', { example: 'public wallboard in the lobby', most: 1000 }).describe(
        'Why it is accepted.',
      ),
      approvedBy: text('a name', { example: 'Jeanne Moreau' }).describe('Who accepted it.'),
      until: dayOf('2026-12-31').describe('The last day on which it is accepted.'),
    }),
  ],
  {
    error: two(
      'this must be closed, absent, decoy or a ceiling',
      'write closed, or { upTo: metadata, reason: …, approvedBy: …, until: 2026-12-31 }',
    ),
  },
);

const labels = z.record(
  text('a label', { example: 'tier', most: 100 }),
  text('a text in quotes', { example: '"1"', most: 500 }),
  { error: two('this must be a mapping of labels to texts', 'write { tier: "1" }') },
);

// What a target, `defaults` and `except` share.
const settings = {
  owner: text('a name or a key of owners:', { example: 'search-team' })
    .describe('Who owns the endpoints: a plain name, or a key of owners.')
    .optional(),
  operator: mapping(
    'an operator with name and permission',
    '{ name: Hosting GmbH, permission: letter of 2026-10-02 }',
    {
      name: text('a name', { example: 'Hosting GmbH' }).describe('The third party that runs the endpoints.'),
      permission: text('a reference to its permission', {
        example: 'letter of 2026-10-02, ref. H-99',
        most: 500,
      }).describe('Reference of its own permission.'),
    },
  )
    .describe('The third party that runs the endpoints, with its own permission.')
    .optional(),
  environment: text('an environment', { example: 'production', most: 100 })
    .describe('production, staging, …')
    .optional(),
  labels: labels.describe('Labels of your own, for filters and exports.').optional(),
  notes: text('a note', { example: 'moves to the new cluster in May', most: 5000, lines: true })
    .describe('Notes of your own.')
    .optional(),
  expect: expectation
    .describe('What is expected: closed (default), absent, decoy, or a ceiling that is accepted until a date.')
    .optional(),
};

const where = {
  ports: oneOrMore(
    z
      .union([z.number().meta({ minimum: 1, maximum: 65_535 }), z.string()], {
        error: two('this must be a port', 'write a number such as 9200, a range such as "9200-9205", or standard'),
      })
      .transform((value, context) => {
        const result = parsePorts(String(value));
        if (result.ok) return result.value;
        context.addIssue({ code: 'custom', message: two(result.message, result.instead) });
        return z.NEVER;
      })
      .meta({ examples: [9200, 'standard', '9200-9205'] }),
    '[9200, 5601] or standard',
  )
    .describe(
      'Ports: numbers, ranges such as 9200-9205, "9200,5601", or standard (443, 5601, 9200, 9201), which is the default.',
    )
    .optional(),
  paths: oneOrMore(parsed('a base path', '/kibana', parseBasePath), '[/, /kibana]')
    .describe('Base paths under which the products are served. Default: /.')
    .optional(),
  scheme: oneOf(['http', 'https']).describe('http or https. Default: found out.').optional(),
};

const hostEntry = z.union(
  [
    parsed('a host', 'es-[01-12].acme.example', parseHosts),
    mapping('a host with its address', '{ name: es.acme.example, address: 192.0.2.10 }', {
      name: parsed('a host name', 'es.acme.example', parseSingle).describe('The host name.'),
      address: oneOrMore(singleAddress, '192.0.2.10').describe(
        'The address to use for it, without a look-up; or several.',
      ),
    }),
  ],
  {
    error: two(
      'this must be a host',
      'write a name, an address, a range such as 192.0.2.1-50, or { name: …, address: … }; in quotes where it holds a comma or YAML reads it otherwise',
    ),
  },
);

const exception = z.union(
  [
    parsed('a host', '192.0.2.9', parseHosts),
    mapping('a host with settings of its own', '{ hosts: 192.0.2.9, owner: … }', {
      hosts: oneOrMore(parsed('a host', '192.0.2.9', parseHosts), '[192.0.2.9]').describe('Hosts of this target.'),
      ...settings,
    }),
  ],
  {
    error: two(
      'this must be a host, or hosts with settings of their own',
      'write 192.0.2.9, or { hosts: 192.0.2.9, owner: … }',
    ),
  },
);

const target = mapping('a target with an id', '{ id: search, hosts: [es.acme.example] }', {
  id: id('an id', 'search-prod').describe('Id of the target, unique over all files.'),
  url: parsed('a URL', 'https://es.acme.example:9200', parseUrl)
    .describe('One endpoint: scheme, host, port and base path.')
    .optional(),
  hosts: oneOrMore(hostEntry, '[es.acme.example, 192.0.2.0/24]')
    .describe(
      'Names, addresses, ranges (192.0.2.0/24, 192.0.2.1-50), numbered patterns such as es-[01-12].acme.example, { name, address }.',
    )
    .optional(),
  hostsFrom: oneOrMore(fileName('a file name', 'hosts.txt'), '[hosts.txt]')
    .describe('Text files with a host on each line, streamed; relative to this file.')
    .optional(),
  ...where,
  ...settings,
  fronts: text('the id of a target', { example: 'search-prod' })
    .describe('Id of the target that declares the cluster behind this dashboard.')
    .optional(),
  except: oneOrMore(exception, '[192.0.2.9]')
    .describe('Single hosts of this target: left out, or with settings of their own.')
    .optional(),
});

const defaults = mapping('a mapping of settings', '{ ports: standard, environment: production }', {
  ...where,
  ...settings,
});

const owner = mapping('an owner', '{ name: Search team, contact: { name: …, email: … } }', {
  name: text('a name', { example: 'Search team' }).describe('The name in the report. Default: the key.').optional(),
  contact: contact.describe('Who to tell.').optional(),
  blackout: mapping('blackout hours', '{ timeZone: Europe/Paris, weekly: ["daily 08:00-10:00"] }', {
    timeZone: timeZone.describe('IANA name of the time zone of the hours. Default: UTC.').optional(),
    weekly: weekly.describe('Hours of the week in which nothing is sent to the endpoints of this owner.'),
  })
    .describe('When the endpoints of this owner are left alone.')
    .optional(),
  limits: mapping('limits', '{ perAddress: 1 }', {
    concurrency: limits.shape.concurrency,
    perAddress: limits.shape.perAddress,
    requestsPerSecond: limits.shape.requestsPerSecond,
  })
    .describe('Upper bounds for the endpoints of this owner.')
    .optional(),
});

const columnName = text('the name of a column', { example: 'Hostname' });

/** The columns a CSV file may be read by. */
export const csvColumns = [
  'target',
  'url',
  'host',
  'address',
  'port',
  'path',
  'scheme',
  'owner',
  'environment',
  'notes',
] as const;

/** What may separate the fields of a CSV file. */
export const csvDelimiters = [',', ';', '\t', '|'] as const;

const delimiters = {
  ...{ ',': ',', ';': ';', '\t': '\t', '|': '|' },
  ...{ '\\t': '\t', tab: '\t', comma: ',', semicolon: ';', pipe: '|' },
} as const;

const csvInclude = mapping(
  'a file name, or a CSV file with its columns',
  '{ csv: hosts.csv, columns: { host: Hostname } }',
  {
    csv: fileName('a file name', 'inventory.csv').describe('A CSV file with a header line; relative to this file.'),
    delimiter: z
      .enum([',', ';', '\t', '|', '\\t', 'tab', 'comma', 'semicolon', 'pipe'], {
        error: () => two('this delimiter is not known here', 'write comma, semicolon, tab or pipe'),
      })
      .transform((word) => delimiters[word])
      .describe('What separates its fields: comma (the default), semicolon, tab or pipe, or the character itself.')
      .optional(),
    columns: mapping('a mapping of what leftopen reads to the names of columns', '{ host: Hostname, port: Port }', {
      target: columnName
        .describe('Target id; rows with the same one form a group. Default: each row is a target, <file>-<line>.')
        .optional(),
      url: columnName.describe('URL.').optional(),
      host: columnName
        .describe('Hosts as in hosts: one, or several with spaces, commas or semicolons between them.')
        .optional(),
      address: columnName
        .describe('Address to use for the name in host; by itself where the row has no name.')
        .optional(),
      port: columnName.describe('Ports as in ports: one, several, a range, or standard.').optional(),
      path: columnName.describe('Base path.').optional(),
      scheme: columnName.describe('http or https.').optional(),
      owner: columnName.describe('Owner.').optional(),
      environment: columnName.describe('Environment.').optional(),
      notes: columnName.describe('Notes.').optional(),
    }).describe('Which column holds what.'),
  },
);

const include = z.union([fileName('a file name', 'teams/search.yaml'), csvInclude], {
  error: two(
    'this must be a file name, or a CSV file with its columns',
    'write teams/search.yaml, or { csv: hosts.csv, columns: { host: Hostname } }',
  ),
});

const tls = mapping('a mapping with authorities and clientCertificate', '{ authorities: [ca.pem] }', {
  authorities: oneOrMore(fileName('a file name', 'ca.pem'), '[ca.pem]')
    .describe('PEM files with certificate authorities of your own; relative to this file.')
    .optional(),
  clientCertificate: mapping('a certificate and its key', '{ certificate: audit.pem, key: audit.key }', {
    certificate: fileName('a file name', 'audit.pem').describe('PEM file with the certificate.'),
    key: fileName('a file name', 'audit.key').describe('PEM file with its unencrypted key.'),
  })
    .describe('A client certificate of your own.')
    .optional(),
});

const accepted = mapping(
  'an accepted risk',
  '{ target: search, check: end-of-life, reason: …, approvedBy: …, until: 2026-12-31 }',
  {
    finding: parsed('the id of a finding', '3f2a9c…', (value) =>
      /^[0-9a-f]{8,64}$/i.test(value)
        ? right(value.toLowerCase())
        : wrong(
            'this is not the id of a finding',
            'write its `fingerprint` or `id` (hexadecimal, at least the first 8 digits); `leftopen accept` prints it',
          ),
    )
      .describe(
        'The finding: its `fingerprint` (all addresses of the host) or its `id` (one address), or at least the first 8 digits.',
      )
      .optional(),
    target: text('the id of a target', { example: 'search-prod' })
      .describe('Instead of `finding`, with `check`: the target whose findings of this check are accepted.')
      .optional(),
    check: text('the id of a check', { example: 'end-of-life' })
      .describe('The check, as `leftopen checks` lists it.')
      .optional(),
    cve: oneOrMore(
      parsed('the id of a vulnerability', 'CVE-2015-1427', (value) =>
        /^[A-Z]{2,10}-[0-9A-Za-z-]{4,40}$/.test(value)
          ? right(value)
          : wrong('this is not the id of a vulnerability', 'write one such as CVE-2015-1427'),
      ),
      '[CVE-2015-1427]',
    )
      .describe('Single vulnerabilities of a `known-vulnerability` finding; it stays open for the others.')
      .optional(),
    reason: text('a reason', {
      example: 'replaced in March 2027, reachable from the office only',
      most: 1000,
    }).describe('Why it is accepted.'),
    owner: text('a name', { example: 'Search team' }).describe('Who owns the risk.').optional(),
    approvedBy: text('a name', { example: 'Jeanne Moreau' }).describe('Who accepted it.'),
    until: dayOf('2026-12-31').describe('The last day on which it is accepted, at most 400 days away.'),
  },
);

/** A file that `acceptedFrom` names: the list by itself, or under the key `accepted`. */
export const acceptedFile = list(accepted, '[{ target: …, check: …, reason: …, approvedBy: …, until: … }]', 0);

const variable = parsed('the name of an environment variable', 'LEFTOPEN_WEBHOOK', (value) =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)
    ? right(value)
    : wrong(
        'this is not the name of an environment variable',
        'write a name such as LEFTOPEN_WEBHOOK, and put the secret itself into the environment',
      ),
);

const webhook = mapping('a webhook with urlFrom', '{ urlFrom: LEFTOPEN_WEBHOOK, format: slack }', {
  urlFrom: variable.describe('Environment variable that holds the URL: anyone who knows the URL can post to it.'),
  format: oneOf(webhookForms)
    .describe(
      'Shape of the message: generic (JSON of leftopen, the default), slack, teams (a Workflows URL), mattermost.',
    )
    .optional(),
});

const mail = mapping(
  'an e-mail with to, from and smtp',
  '{ to: [soc@acme.example], from: leftopen@acme.example, smtp: { host: mail.acme.example } }',
  {
    to: z
      .union([oneOf(['owners']), oneOrMore(email, '[soc@acme.example]')], {
        error: two('this must be e-mail addresses, or owners', 'write [soc@acme.example], or owners'),
      })
      .describe('Addresses; or owners: a message to the contact of each owner, about its own endpoints.'),
    from: email.describe('The sender.'),
    smtp: mapping(
      'a mail server with host',
      '{ host: mail.acme.example, user: leftopen, passwordFrom: SMTP_PASSWORD }',
      {
        host: parsed('a host name', 'mail.acme.example', parseSingle).describe('The mail server.'),
        port: wholeNumber(1, 65_535)
          .describe('Default: 587 (STARTTLS). On 465 TLS is spoken from the start.')
          .optional(),
        user: text('a user', { example: 'leftopen' }).describe('A user, where the server wants a login.').optional(),
        passwordFrom: variable.describe('Environment variable that holds the password of user.').optional(),
        authority: fileName('a file name', 'ca.pem')
          .describe('PEM file with a certificate authority of your own; relative to this file.')
          .optional(),
      },
    ).describe('The server that takes the mail. TLS is required, except on loopback.'),
  },
);

const notify = mapping(
  'a notification with webhook or email',
  '{ webhook: { urlFrom: LEFTOPEN_WEBHOOK, format: slack } }',
  {
    webhook: webhook.describe('Posts to a webhook.').optional(),
    email: mail.describe('Sends an e-mail.').optional(),
    owners: oneOrMore(text('a name or a key of owners:', { example: 'search-team' }), '[search-team]')
      .describe('Only findings of these owners. Default: all.')
      .optional(),
    when: oneOf(['change', 'always'])
      .describe(
        'change (default): when something is new, worse, open again, fixed or gone; a failed or incomplete run always.',
      )
      .optional(),
    severity: oneOf(severities)
      .describe('Only findings from this severity on. Default: info, which is all.')
      .optional(),
    detail: oneOf(['counts', 'full'])
      .describe('counts (default): counts, checks and owners; full: endpoints too, which a chat keeps.')
      .optional(),
  },
).superRefine(({ webhook, email }, context) => {
  if ((webhook === undefined) !== (email === undefined)) return;
  context.addIssue({
    code: 'custom',
    message: two(
      webhook === undefined ? 'this notification goes nowhere' : 'this notification has two recipients',
      'write either webhook: or email:, and another entry for the other',
    ),
  });
});

/** The parts of a targets file, each by itself: a mistake in one does not hide the mistakes in another. */
export const parts = { engagement, tls, owner, defaults, target, include, accepted, notify } as const;

/** A complete targets file. */
export const fileSchema = mapping(
  'a mapping with engagement and targets',
  'see targets.example.yaml, or write `leftopen init`',
  {
    engagement: engagement.describe('The authorisation. Without one only loopback may be audited.').optional(),
    tls: tls.describe('Certificates of your own.').optional(),
    owners: z
      .record(id('a key', 'search-team'), owner, {
        error: two('this must be a mapping of keys to owners', 'write { search-team: { name: … } }'),
      })
      .describe('Owners that targets name by key.')
      .optional(),
    defaults: defaults
      .describe('What targets of this file, and of files it includes, have unless they say otherwise.')
      .optional(),
    targets: list(target, '[{ id: search, hosts: [es.acme.example] }]').describe('What is audited.').optional(),
    include: oneOrMore(include, '[teams/search.yaml]')
      .describe('Further files, YAML or CSV; relative to this file.')
      .optional(),
    accepted: list(accepted, '[{ target: …, check: …, reason: …, approvedBy: …, until: … }]', 0)
      .describe('Risks that are accepted until a day: shown in every report, not counted. First file only.')
      .optional(),
    acceptedFrom: fileName('a file name', 'accepted.yaml')
      .describe('A YAML file with such a list, relative to this file. First file only.')
      .optional(),
    notify: oneOrMore(notify, '[{ webhook: { urlFrom: LEFTOPEN_WEBHOOK, format: slack } }]')
      .describe('Who is notified of how a run ended. The plan does not include it: a change needs no new signature.')
      .optional(),
  },
);

/** A target as the file has it. */
export type TargetPart = z.output<typeof target>;

/** `defaults` as the file has them. */
export type DefaultsPart = z.output<typeof defaults>;

/** An owner as the file has it. */
export type OwnerPart = z.output<typeof owner>;

/** The engagement as the file has it. */
export type EngagementPart = z.output<typeof engagement>;

/** `tls` as the file has it. */
export type TlsPart = z.output<typeof tls>;

/** An entry of `include` as the file has it. */
export type IncludePart = z.output<typeof include>;

/** A CSV file of `include` as the file has it. */
export type CsvPart = z.output<typeof csvInclude>;

/** An entry of `notify` as the file has it. */
export type NotifyPart = z.output<typeof notify>;

/** An expectation as the file has it. */
export type ExpectPart = z.output<typeof expectation>;

/** An entry of `accepted` as the file has it. */
export type AcceptedPart = z.output<typeof accepted>;

/** An entry of `except` as the file has it. */
export type ExceptionPart = z.output<typeof exception>;

/** The JSON Schema (draft 7) of a targets file, for editors: shipped as `schema/targets.schema.json`. */
export function targetsJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' });
  const whole: unknown = {
    $schema,
    title: 'Targets file of leftopen',
    description: 'What leftopen may audit: the authorisation, the targets and their owners.',
    ...schema,
  };
  return z.json().parse(whole);
}
