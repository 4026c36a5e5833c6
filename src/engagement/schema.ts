// The shape of a targets file.
import { z } from 'zod';
import { messages } from '../messages/index.js';
import type { Example, Thing } from '../messages/en/targets/schema.js';
import { products, rungs } from '../model/endpoint.js';
import { webhookForms } from '../model/notify.js';
import { severities } from '../model/severity.js';
import { exposures, oldTechnique, techniques } from '../model/engagement.js';
import type { Json } from '../model/json.js';
import { readAddress, writeAddress } from './address.js';
import { parseHosts, parseScopeEntry, parseSingle } from './host.js';
import { hasUnprintable, wrong, right, type Parsed, type MistakeText } from './mistake.js';
import { nearest } from '../text/nearest.js';
import { parseBasePath, parsePorts, parseUrl } from './url.js';
import { parseDay, parseInstant, parseTimeZone, parseWeekly, joinWeekly } from './window.js';

// Messages of this schema have two lines: what is wrong, and what to write instead. Of unknown keys, the message is the
// known ones. `entry.ts` joins them with where they are. All are made when something is wrong: the language is known then.
function two({ message, instead }: MistakeText): string {
  return `${message}\n${instead}`;
}

/** For mappings that are too large for an example of their own. */
const asInExample = { shownBy: 'example' } as const satisfies Example;

type Issue = z.core.$ZodRawIssue;

/** What is said of a value, or that its key is missing. */
function unlessMissing(example: Example, said: (issue: Issue) => MistakeText) {
  return (issue: Issue): string => {
    const key = missingKey(issue);
    return two(key === null ? said(issue) : messages().targets.schema.missing(key, example));
  };
}

function missingKey({ input, path }: Issue): string | null {
  const key = path?.at(-1);
  return input === undefined && typeof key === 'string' ? key : null;
}

function mustBe(thing: Thing, example: Example) {
  return unlessMissing(example, () => messages().targets.schema.mustBe(thing, example));
}

/** The keys that a mapping may have, without those that are only read for old files. */
function namesOffered(shape: z.ZodRawShape): readonly string[] {
  return Object.entries(shape).flatMap(([key, value]) =>
    z.globalRegistry.get(value)?.deprecated === true ? [] : [key],
  );
}

function mapping<Shape extends z.ZodRawShape>(thing: Thing, example: Example, shape: Shape) {
  const error = mustBe(thing, example);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? namesOffered(shape).join('\n') : error(issue)),
  });
}

interface TextOptions {
  /** An example as YAML, shown in messages and in the JSON Schema. */
  readonly example: string;
  readonly most?: number;
  readonly lines?: boolean;
}

function text(thing: Thing, { example, most = 200, lines = false }: TextOptions) {
  return z
    .string({
      error: unlessMissing(example, ({ input }) =>
        typeof input === 'number' || typeof input === 'boolean'
          ? messages().targets.schema.readAs(thing, typeof input === 'number' ? 'number' : 'boolean')
          : messages().targets.schema.mustBe(thing, example),
      ),
    })
    .min(1, { error: mustBe(thing, example) })
    .max(most, { error: () => two(messages().targets.schema.tooLong(most)) })
    .refine((value) => !hasUnprintable(lines ? value.replace(/[\n\t]/g, '') : value), {
      error: () => two(messages().targets.schema.unprintable),
    })
    .meta({ examples: [example.replace(/^"(.*)"$/, '$1')] });
}

function parsed<T>(thing: Thing, example: string, parse: (value: string) => Parsed<T>) {
  return text(thing, { example, most: 2000 }).transform((value, context) => {
    const result = parse(value);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: two(result) });
    return z.NEVER;
  });
}

/** @param orCeiling whether a ceiling may be written besides the words */
function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices, orCeiling = false) {
  return z.enum(choices, {
    error: (issue) => {
      const key = missingKey(issue);
      const { missingWord, unknownWord } = messages().targets.schema;
      if (key !== null) return two(missingWord(key, choices));
      const meant = typeof issue.input === 'string' ? nearest(issue.input, choices) : null;
      return two(unknownWord(choices, meant, orCeiling));
    },
  });
}

function number(from: number, to: number, whole = false) {
  const error = (): string =>
    two(messages().targets.schema.notANumber(from, to, whole, Math.min(Math.max(from, 2), to)));
  const some = z.number({ error }).min(from, { error }).max(to, { error });
  return whole ? some.int({ error }) : some;
}

function wholeNumber(from: number, to: number) {
  return number(from, to, true);
}

function list<Item extends z.ZodType>(item: Item, example: Example, least = 1) {
  const error = unlessMissing(example, () => {
    const { notAList, emptyList } = messages().targets.schema;
    return least === 0 ? notAList(example) : emptyList(example);
  });
  return z.array(item, { error }).min(least, { error });
}

/** One entry, or a list of them: read as a list. */
function oneOrMore<Item extends z.ZodType>(item: Item, example: Example, least = 1) {
  return z
    .union([list(item, example, least), item], {
      error: unlessMissing(example, () => messages().targets.schema.notOneOrMore(example)),
    })
    .transform((value): z.output<Item>[] => (Array.isArray(value) ? value : [value]));
}

const email = parsed('email', 'security@acme.example', (value) =>
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(value)
    ? right(value)
    : wrong(messages().targets.schema.notAnEmail),
);

const dayOf = (example: string) => parsed('day', example, parseDay);

const singleAddress = parsed('address', '192.0.2.10', (value) => {
  const address = readAddress(value);
  return address === null ? wrong(messages().targets.schema.notAnAddress) : right(writeAddress(address));
});

const fileName = (example: string) => text('fileName', { example, most: 1000 });

/** An id that may name a folder and be an item of a comma-separated list. */
function id(thing: Thing, example: string) {
  return parsed(thing, example, (value) =>
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(value) && !value.includes('..')
      ? right(value)
      : wrong(messages().targets.schema.notAnId(example)),
  );
}

const contact = mapping('contact', '{ name: …, email: … }', {
  name: text('name', { example: 'Jean Martin' }).describe('Name of the person or the team.'),
  email: email.describe('An e-mail address that is read while the audit runs.').optional(),
  phone: text('phone', { example: '"+33 1 23 45 67 89"', most: 50 })
    .describe('A telephone number, in quotes.')
    .optional(),
});

const timeZone = parsed('timeZone', 'Europe/Paris', parseTimeZone);

const weekly = oneOrMore(
  parsed('weekly', '"Mon-Fri 20:00-06:00"', parseWeekly),
  '["Mon-Fri 20:00-06:00", "Sat,Sun"]',
).transform((stretches) => joinWeekly(stretches.flat()));

/** Read again once the time zone is known; what is wrong with it in any zone is reported with the other mistakes. */
const edge = (example: string, side: 'from' | 'to') =>
  text('edge', { example }).superRefine((value, context) => {
    const read = parseInstant(value, 'UTC', side);
    if (!read.ok) context.addIssue({ code: 'custom', message: two(read) });
  });

const window = mapping('window', '{ from: 2026-11-01, to: 2026-11-30, timeZone: Europe/Paris }', {
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
    if (!edge.ok) context.addIssue({ code: 'custom', path: [key], message: two(edge) });
  }
  if (!from.ok || !to.ok) return z.NEVER;
  if (from.value >= to.value) {
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: two(messages().targets.schema.windowEndsFirst),
    });
    return z.NEVER;
  }
  return { from: from.value, to: to.value, timeZone: zone, weekly: value.weekly ?? [] };
});

const vantage = mapping('vantage', '{ name: office, exposure: internal }', {
  name: id('name', 'paris-office').describe('Name of the place the audit is made from; --vantage chooses by it.'),
  exposure: oneOf(exposures).describe(
    'How far it is from the public: internet, partner network, internal network, or the audited host itself.',
  ),
  egress: singleAddress.describe("The address that targets see, for the owners' logs.").optional(),
});

const scopeEntry = parsed('scopeEntry', '"*.acme.example"', parseScopeEntry);

const limits = mapping('limits', '{ concurrency: 64, perAddress: 2 }', {
  concurrency: wholeNumber(1, 5000).describe('Endpoints surveyed at once. Default: 64.').optional(),
  perAddress: wholeNumber(1, 100).describe('Connections open at once to one address. Default: 2.').optional(),
  requestsPerSecond: number(0.01, 100_000)
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

const engagement = mapping('engagement', asInExample, {
  id: id('id', 'ACME').describe(
    'Id of the engagement; names the folder of its reports. Runs of one id are compared: keep it when the authorisation is renewed.',
  ),
  client: mapping('client', '{ name: Acme, legalEntity: Acme Holding SAS }', {
    name: text('name', { example: 'Acme' }).describe('The client as named in the report.'),
    legalEntity: text('legalEntity', { example: 'Acme Holding SAS' })
      .describe('The legal entity that authorises.')
      .optional(),
  })
    .describe('For whom the audit is made.')
    .optional(),
  authorisedBy: mapping('authorisedBy', '{ name: …, role: CISO, capacity: owner, email: … }', {
    name: text('name', { example: 'Jeanne Moreau' }).describe('Who authorised the audit.'),
    role: text('role', { example: 'CISO' }).describe('Their role.'),
    capacity: oneOf(['owner', 'controller', 'processor']).describe(
      'In which capacity: owner of the systems, controller or processor of the data in them.',
    ),
    email: email.describe('Their e-mail address.'),
  })
    .describe('Who authorised the audit. Needed for anything but loopback.')
    .optional(),
  authorisation: mapping('authorisation', '{ reference: LOA-17, signedOn: 2026-10-20 }', {
    reference: text('reference', { example: 'LOA-2026-017' }).describe('Reference of the signed authorisation.'),
    signedOn: dayOf('2026-10-20').describe('The day it was signed.'),
    documentSha256: parsed('sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', (value) =>
      /^[0-9a-f]{64}$/i.test(value) ? right(value.toLowerCase()) : wrong(messages().targets.schema.notASha256),
    )
      .describe('SHA-256 of the signed document, as sha256sum prints it.')
      .optional(),
  })
    .describe('The signed authorisation. Needed for anything but loopback.')
    .optional(),
  window: window.describe('When requests may be sent. Default: any time.').optional(),
  awareAt: parsed('instant', '2026-11-29T08:30:00Z', (value) =>
    /(?:Z|[+-]\d\d:\d\d)$/.test(value)
      ? parseInstant(value, 'UTC', 'from')
      : wrong(messages().targets.schema.noTimeZone),
  )
    .describe('When the organisation became aware of a breach: the report counts notification deadlines from it.')
    .optional(),
  classification: parsed('classification', 'Confidential', (value) =>
    value.length > 60 || hasUnprintable(value) ? wrong(messages().targets.schema.classificationTooLong) : right(value),
  )
    .describe('Who may see the report, such as TLP:AMBER: at the foot of each printed page. Default: Confidential.')
    .optional(),
  contacts: oneOrMore(contact, '[{ name: …, email: … }]')
    .describe('Who can be reached while the audit runs; the first one with an e-mail address goes into the User-Agent.')
    .optional(),
  vantage: oneOrMore(vantage, '{ name: office, exposure: internal, egress: 192.0.2.7 }')
    .describe('Where the audit is made from, or a list of such places of which --vantage NAME chooses one.')
    .optional(),
  scope: mapping('scope', '{ include: ["*.acme.example"], exclude: [] }', {
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
    'techniques',
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
          .boolean({ error: mustBe('boolean', { way: 'boolean' }) })
          .optional()
          .meta(meaning),
      ]),
    ),
  )
    .describe('What is allowed beyond checking whether the endpoint is open.')
    .optional(),
  limits: limits.describe('Upper bounds that are kept.').optional(),
  controls: oneOrMore(parsed('url', 'https://status.acme.example', parseUrl), '[https://status.acme.example]')
    .describe('Endpoints that must respond, so that a dead network is not mistaken for an all-clear.')
    .optional(),
});

const expectation = z.union(
  [
    oneOf(['closed', 'absent', 'decoy'], true),
    mapping('expectation', '{ upTo: metadata, reason: …, approvedBy: …, until: 2026-12-31 }', {
      upTo: oneOf(rungs).describe('The highest rung that is accepted.'),
      via: oneOf(products).describe('Accepted only through this product.').optional(),
      indices: oneOrMore(text('index', { example: 'wallboard-*' }), '[wallboard-*]')
        .describe('Index names or * patterns that may be seen. Default: any.')
        .optional(),
      reason: text('reason', { example: 'public wallboard in the lobby', most: 1000 }).describe('Why it is accepted.'),
      approvedBy: text('name', { example: 'Jeanne Moreau' }).describe('Who accepted it.'),
      until: dayOf('2026-12-31').describe('The last day on which it is accepted.'),
    }),
  ],
  { error: mustBe('expectation', { way: 'expectation' }) },
);

const labels = z.record(text('label', { example: 'tier', most: 100 }), text('text', { example: '"1"', most: 500 }), {
  error: mustBe('labels', '{ tier: "1" }'),
});

// What a target, `defaults` and `except` share.
const settings = {
  owner: text('ownerName', { example: 'search-team' })
    .describe('Who owns the endpoints: a plain name, or a key of owners.')
    .optional(),
  operator: mapping('operator', '{ name: Hosting GmbH, permission: letter of 2026-10-02 }', {
    name: text('name', { example: 'Hosting GmbH' }).describe('The third party that runs the endpoints.'),
    permission: text('permission', {
      example: 'letter of 2026-10-02, ref. H-99',
      most: 500,
    }).describe('Reference of its own permission.'),
  })
    .describe('The third party that runs the endpoints, with its own permission.')
    .optional(),
  environment: text('environment', { example: 'production', most: 100 }).describe('production, staging, …').optional(),
  labels: labels.describe('Labels of your own, for filters and exports.').optional(),
  notes: text('note', { example: 'moves to the new cluster in May', most: 5000, lines: true })
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
        error: mustBe('port', { way: 'port' }),
      })
      .transform((value, context) => {
        const result = parsePorts(String(value));
        if (result.ok) return result.value;
        context.addIssue({ code: 'custom', message: two(result) });
        return z.NEVER;
      })
      .meta({ examples: [9200, 'standard', '9200-9205'] }),
    { way: 'ports' },
  )
    .describe(
      'Ports: numbers, ranges such as 9200-9205, "9200,5601", or standard (443, 5601, 9200, 9201), which is the default.',
    )
    .optional(),
  paths: oneOrMore(parsed('basePath', '/kibana', parseBasePath), '[/, /kibana]')
    .describe('Base paths under which the products are served. Default: /.')
    .optional(),
  scheme: oneOf(['http', 'https']).describe('http or https. Default: found out.').optional(),
};

const hostEntry = z.union(
  [
    parsed('host', 'es-[01-12].acme.example', parseHosts),
    mapping('hostAndAddress', '{ name: es.acme.example, address: 192.0.2.10 }', {
      name: parsed('hostName', 'es.acme.example', parseSingle).describe('The host name.'),
      address: oneOrMore(singleAddress, '192.0.2.10').describe(
        'The address to use for it, without a look-up; or several.',
      ),
    }),
  ],
  { error: mustBe('host', { way: 'host' }) },
);

const exception = z.union(
  [
    parsed('host', '192.0.2.9', parseHosts),
    mapping('exceptionHosts', '{ hosts: 192.0.2.9, owner: … }', {
      hosts: oneOrMore(parsed('host', '192.0.2.9', parseHosts), '[192.0.2.9]').describe('Hosts of this target.'),
      ...settings,
    }),
  ],
  { error: mustBe('exception', { way: 'exception' }) },
);

const target = mapping('target', '{ id: search, hosts: [es.acme.example] }', {
  id: id('id', 'search-prod').describe('Id of the target, unique over all files.'),
  url: parsed('url', 'https://es.acme.example:9200', parseUrl)
    .describe('One endpoint: scheme, host, port and base path.')
    .optional(),
  hosts: oneOrMore(hostEntry, '[es.acme.example, 192.0.2.0/24]')
    .describe(
      'Names, addresses, ranges (192.0.2.0/24, 192.0.2.1-50), numbered patterns such as es-[01-12].acme.example, { name, address }.',
    )
    .optional(),
  hostsFrom: oneOrMore(fileName('hosts.txt'), '[hosts.txt]')
    .describe('Text files with a host on each line, streamed; relative to this file.')
    .optional(),
  ...where,
  ...settings,
  fronts: text('targetId', { example: 'search-prod' })
    .describe('Id of the target that declares the cluster behind this dashboard.')
    .optional(),
  except: oneOrMore(exception, '[192.0.2.9]')
    .describe('Single hosts of this target: left out, or with settings of their own.')
    .optional(),
});

const defaults = mapping('defaults', '{ ports: standard, environment: production }', {
  ...where,
  ...settings,
});

const owner = mapping('owner', '{ name: Search team, contact: { name: …, email: … } }', {
  name: text('name', { example: 'Search team' }).describe('The name in the report. Default: the key.').optional(),
  contact: contact.describe('Who to tell.').optional(),
  blackout: mapping('blackout', '{ timeZone: Europe/Paris, weekly: ["daily 08:00-10:00"] }', {
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

const columnName = text('column', { example: 'Hostname' });

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

const csvInclude = mapping('include', '{ csv: hosts.csv, columns: { host: Hostname } }', {
  csv: fileName('inventory.csv').describe('A CSV file with a header line; relative to this file.'),
  delimiter: z
    .enum([',', ';', '\t', '|', '\\t', 'tab', 'comma', 'semicolon', 'pipe'], {
      error: () => two(messages().targets.schema.unknownDelimiter),
    })
    .transform((word) => delimiters[word])
    .describe('What separates its fields: comma (the default), semicolon, tab or pipe, or the character itself.')
    .optional(),
  columns: mapping('columns', '{ host: Hostname, port: Port }', {
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
});

const include = z.union([fileName('teams/search.yaml'), csvInclude], {
  error: mustBe('include', { way: 'include' }),
});

const tls = mapping('tls', '{ authorities: [ca.pem] }', {
  authorities: oneOrMore(fileName('ca.pem'), '[ca.pem]')
    .describe('PEM files with certificate authorities of your own; relative to this file.')
    .optional(),
  clientCertificate: mapping('clientCertificate', '{ certificate: audit.pem, key: audit.key }', {
    certificate: fileName('audit.pem').describe('PEM file with the certificate.'),
    key: fileName('audit.key').describe('PEM file with its unencrypted key.'),
  })
    .describe('A client certificate of your own.')
    .optional(),
});

const accepted = mapping(
  'accepted',
  '{ target: search, check: end-of-life, reason: …, approvedBy: …, until: 2026-12-31 }',
  {
    finding: parsed('finding', '3f2a9c…', (value) =>
      /^[0-9a-f]{8,64}$/i.test(value) ? right(value.toLowerCase()) : wrong(messages().targets.schema.notAFinding),
    )
      .describe(
        'The finding: its `fingerprint` (all addresses of the host) or its `id` (one address), or at least the first 8 digits.',
      )
      .optional(),
    target: text('targetId', { example: 'search-prod' })
      .describe('Instead of `finding`, with `check`: the target whose findings of this check are accepted.')
      .optional(),
    check: text('check', { example: 'end-of-life' }).describe('The check, as `leftopen checks` lists it.').optional(),
    cve: oneOrMore(
      parsed('vulnerability', 'CVE-2015-1427', (value) =>
        /^[A-Z]{2,10}-[0-9A-Za-z-]{4,40}$/.test(value)
          ? right(value)
          : wrong(messages().targets.schema.notAVulnerability),
      ),
      '[CVE-2015-1427]',
    )
      .describe('Single vulnerabilities of a `known-vulnerability` finding; it stays open for the others.')
      .optional(),
    reason: text('reason', {
      example: 'replaced in March 2027, reachable from the office only',
      most: 1000,
    }).describe('Why it is accepted.'),
    owner: text('name', { example: 'Search team' }).describe('Who owns the risk.').optional(),
    approvedBy: text('name', { example: 'Jeanne Moreau' }).describe('Who accepted it.'),
    until: dayOf('2026-12-31').describe('The last day on which it is accepted, at most 400 days away.'),
  },
);

/** A file that `acceptedFrom` names: the list by itself, or under the key `accepted`. */
export const acceptedFile = list(accepted, '[{ target: …, check: …, reason: …, approvedBy: …, until: … }]', 0);

const variable = parsed('variable', 'LEFTOPEN_WEBHOOK', (value) =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? right(value) : wrong(messages().targets.schema.notAVariable),
);

const webhook = mapping('webhook', '{ urlFrom: LEFTOPEN_WEBHOOK, format: slack }', {
  urlFrom: variable.describe('Environment variable that holds the URL: anyone who knows the URL can post to it.'),
  format: oneOf(webhookForms)
    .describe(
      'Shape of the message: generic (JSON of leftopen, the default), slack, teams (a Workflows URL), mattermost.',
    )
    .optional(),
});

const mail = mapping(
  'mail',
  '{ to: [soc@acme.example], from: leftopen@acme.example, smtp: { host: mail.acme.example } }',
  {
    to: z
      .union([oneOf(['owners']), oneOrMore(email, '[soc@acme.example]')], {
        error: mustBe('addresses', { way: 'addresses' }),
      })
      .describe('Addresses; or owners: a message to the contact of each owner, about its own endpoints.'),
    from: email.describe('The sender.'),
    smtp: mapping('smtp', '{ host: mail.acme.example, user: leftopen, passwordFrom: SMTP_PASSWORD }', {
      host: parsed('hostName', 'mail.acme.example', parseSingle).describe('The mail server.'),
      port: wholeNumber(1, 65_535).describe('Default: 587 (STARTTLS). On 465 TLS is spoken from the start.').optional(),
      user: text('user', { example: 'leftopen' }).describe('A user, where the server wants a login.').optional(),
      passwordFrom: variable.describe('Environment variable that holds the password of user.').optional(),
      authority: fileName('ca.pem')
        .describe('PEM file with a certificate authority of your own; relative to this file.')
        .optional(),
    }).describe('The server that takes the mail. TLS is required, except on loopback.'),
  },
);

const notify = mapping('notify', '{ webhook: { urlFrom: LEFTOPEN_WEBHOOK, format: slack } }', {
  webhook: webhook.describe('Posts to a webhook.').optional(),
  email: mail.describe('Sends an e-mail.').optional(),
  owners: oneOrMore(text('ownerName', { example: 'search-team' }), '[search-team]')
    .describe('Only findings of these owners. Default: all.')
    .optional(),
  when: oneOf(['change', 'always'])
    .describe(
      'change (default): when something is new, worse, open again, no longer accepted, new to leftopen, fixed or no longer seen; a failed or incomplete run always.',
    )
    .optional(),
  severity: oneOf(severities).describe('Only findings from this severity on. Default: info, which is all.').optional(),
  detail: oneOf(['counts', 'full'])
    .describe('counts (default): counts, checks and owners; full: endpoints too, which a chat keeps.')
    .optional(),
}).superRefine(({ webhook, email }, context) => {
  if ((webhook === undefined) !== (email === undefined)) return;
  context.addIssue({
    code: 'custom',
    message: two(messages().targets.schema.notOneRecipient(webhook === undefined ? 0 : 2)),
  });
});

/** The parts of a targets file, each by itself: a mistake in one does not hide the mistakes in another. */
export const parts = { engagement, tls, owner, defaults, target, include, accepted, notify } as const;

/** A complete targets file. */
export const fileSchema = mapping(
  'file',
  { shownBy: 'starter' },
  {
    engagement: engagement.describe('The authorisation. Without one only loopback may be audited.').optional(),
    tls: tls.describe('Certificates of your own.').optional(),
    owners: z
      .record(id('key', 'search-team'), owner, {
        error: mustBe('owners', '{ search-team: { name: … } }'),
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
    acceptedFrom: fileName('accepted.yaml')
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
