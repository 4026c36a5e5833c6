import t from 'tap';
import { formatMistakes, readTargets } from '../../src/engagement/index.js';
import { argument, mistakeList } from '../../src/engagement/mistake.js';
import { engagement, mistakesIn, valid } from './support.js';

// Each row: what is wrong, a file with the wrong text between `▶` and `◀`, what the line must say, and the text that it shows
// where that is another one: without its secrets, or cut.
type Row = readonly [name: string, yaml: string, message: RegExp, instead: RegExp, at?: string];

const target = 'targets: [{ id: a, url: "http://127.0.0.1:9200" }]\n';
const withEngagement = (line: string) => `engagement:\n  id: ACME-1\n  ${line}\n${target}`;
const withTarget = (line: string) => `targets:\n  - id: a\n    hosts: 127.0.0.1\n    ${line}\n`;
const withHosts = (hosts: string) => `targets:\n  - id: a\n    hosts: ${hosts}\n`;
const accepts = (entry: string) => `${target}accepted:\n  - ${entry}\n`;
const risk = 'target: a, check: end-of-life, reason: r, approvedBy: b';
const inScope = (line: string) => `${engagement(line)}targets: [{ id: a, hosts: es.acme.example }]\n`;

const rows: readonly Row[] = [
  ['an unknown key at the top', `▶engagment◀: {}\n${target}`, /not known/, /did you mean `engagement`/],
  ['an unknown key in a target', withTarget('▶host◀: b'), /not known/, /did you mean `hosts`/],
  ['a key like no other', withTarget('▶zzz◀: b'), /not known/, /known here: id, url, hosts/],
  ["a target's key that lost its indentation", `${target}▶hosts◀: b\n`, /not known/, /belongs to a target.*indent/],
  ["the engagement's key at the top", `${target}▶limits◀: {}\n`, /not known/, /under `engagement:`; indent/],
  ["the engagement's key in a target", withTarget('▶scope◀: {}'), /not known/, /under `engagement:`; move it/],
  ['a key of the top in a target', withTarget('▶tls◀: {}'), /not known/, /left margin/],
  ['a prototype key', withTarget('▶__proto__◀: b'), /not known/, /leave it out/],
  ['the file is a list', '▶- a◀\n', /must be a mapping/, /targets.example.yaml/],
  [
    'targets is a mapping',
    '▶targets: a\n'.replace('▶targets: ', 'targets: ▶'),
    /must be a mapping with an id|must be a list/,
    /write/,
    'a',
  ],
  ['targets is empty', 'targets: ▶[]◀\n', /not empty/, /write/],
  ['a target without id', 'targets:\n  - ▶url: http://127.0.0.1◀\n', /`id` is missing/, /add `id: /],
  ['an id with a space', 'targets:\n  - id: ▶a b◀\n    hosts: 127.0.0.1\n', /id holds letters/, /search-prod/],
  [
    'an id that leaves its folder',
    withEngagement('').replace('ACME-1', '▶a/../../b◀'),
    /id holds letters/,
    /ACME-2026-11/,
  ],
  ['an id that is a number', 'targets:\n  - id: ▶007◀\n    hosts: 127.0.0.1\n', /read as a number/, /in quotes/],
  [
    'an id twice',
    'targets:\n  - { id: a, hosts: 127.0.0.1 }\n  - { id: ▶a◀, hosts: 127.0.0.2 }\n',
    /taken \(.*targets.yaml:2\)/,
    /another/,
  ],
  [
    'a risk that says not what it is',
    accepts('▶{ reason: r, approvedBy: b, until: 2026-12-31 }◀'),
    /does not say what/,
    /`finding:`.*`target:` and `check:`/,
  ],
  [
    'a risk without an end',
    accepts('▶{ target: a, check: end-of-life, reason: r, approvedBy: b }◀'),
    /`until` is missing/,
    /add `until: /,
  ],
  ['a risk accepted for ever', accepts(`{ ${risk}, until: ▶2027-12-29◀ }`), /more than 400 days/, /2027-12-28/],
  [
    'a risk of no check',
    accepts('{ target: a, check: ▶end-of-live◀, reason: r, approvedBy: b, until: 2026-12-31 }'),
    /no check/,
    /did you mean `end-of-life`/,
  ],
  [
    'a risk of no target',
    accepts('{ target: ▶b◀, check: end-of-life, reason: r, approvedBy: b, until: 2026-12-31 }'),
    /no target/,
    /id of a target/,
  ],
  [
    'a risk by a short id',
    accepts('{ finding: ▶abc◀, reason: r, approvedBy: b, until: 2026-12-31 }'),
    /not the id of a finding/,
    /leftopen accept/,
  ],
  [
    'a risk by id and target',
    accepts('{ finding: 0123abcd, target: ▶a◀, reason: r, approvedBy: b, until: 2026-12-31 }'),
    /already says/,
    /leave/,
  ],
  [
    'a CVE of another check',
    accepts(`{ ${risk}, cve: ▶CVE-2021-44228◀, until: 2026-12-31 }`),
    /vulnerabilities/,
    /known-vulnerability/,
  ],
  ['no CVE at all', accepts(`{ ${risk}, cve: ▶log4shell◀, until: 2026-12-31 }`), /not the id/, /CVE-2015-1427/],
  [
    'a risk accepted twice',
    `${target}accepted:\n  - { ${risk}, until: 2026-12-31 }\n  - ▶{ ${risk}, until: 2026-11-30 }\n`,
    /same is accepted in .*:3/,
    /keep one/,
    `{ ${risk}, until: 2026-11-30 }`.slice(0, 60),
  ],
  ['an unknown key of a risk', accepts(`{ ${risk}, until: 2026-12-31, ▶approver◀: b }`), /not known/, /approvedBy/],
  ['no endpoint', 'targets:\n  - ▶id: a◀\n', /declares no endpoint/, /add `url:`/],
  [
    'url together with hosts',
    'targets:\n  - id: a\n    url: http://127.0.0.1\n    ▶hosts◀: b\n'.replace('hosts: b', 'hosts: 127.0.0.1'),
    /does not go with `url`/,
    /leave it out/,
  ],
  [
    'url together with ports',
    'targets:\n  - id: a\n    url: http://127.0.0.1\n    ▶ports◀: 1\n',
    /does not go with `url`/,
    /leave it out/,
  ],

  ['no URL', 'targets: [{ id: a, url: ▶es◀ }]\n', /not a URL/, /https:\/\//],
  [
    'a URL without scheme',
    'targets: [{ id: a, url: "▶127.0.0.1:9200" }]\n'.replace('"▶', '▶"'),
    /not a URL/,
    /write http:\/\/127.0.0.1:9200/,
    '"127.0.0.1:9200"',
  ],
  ['another scheme', 'targets: [{ id: a, url: ▶ftp://127.0.0.1◀ }]\n', /not spoken/, /http:\/\//],
  [
    'userinfo in a URL',
    'targets: [{ id: a, url: ▶"http://elastic:s3cr/e?t@127.0.0.1" }]\n',
    /credentials do not belong/,
    /should be changed/,
    '"http://[REDACTED]@127.0.0.1"',
  ],
  [
    'a query in a URL',
    'targets: [{ id: a, url: ▶"http://127.0.0.1/a?key=s3cret" }]\n',
    /no query/,
    /leave out/,
    '"http://127.0.0.1/a?key=[REDACTED]"',
  ],
  ['port 0 in a URL', 'targets: [{ id: a, url: ▶"http://127.0.0.1:0"◀ }]\n', /`0` is not a port/, /1 to 65535/],
  [
    'a port too large in a URL',
    'targets: [{ id: a, url: ▶"http://127.0.0.1:70000"◀ }]\n',
    /`70000` is not a port/,
    /1 to 65535/,
  ],
  ['a hexadecimal host in a URL', 'targets: [{ id: a, url: ▶"http://0x7f.1"◀ }]\n', /not a plain IPv4/, /127\.0\.0\.1/],
  ['two hosts in a URL', 'targets: [{ id: a, url: ▶"http://es-[1-2].localhost"◀ }]\n', /one host/, /hosts:/],
  ['dots in a URL', 'targets: [{ id: a, url: ▶"http://127.0.0.1/a/../b"◀ }]\n', /`\.\.`/, /\/kibana/],
  [
    'a backslash in a URL',
    "targets: [{ id: a, url: ▶'http://127.0.0.1\\@evil' }]\n",
    /credentials do not belong/,
    /write/,
    "'http://[REDACTED]@evil'",
  ],

  ['a leading zero', withHosts('▶010.0.0.1◀'), /leading zeros/, /write 10\.0\.0\.1/],
  ['a short address', withHosts('▶127.1◀'), /must be a host/, /quotes/],
  ['a short address in quotes', withHosts('▶"127.1"◀'), /not a plain IPv4/, /127\.0\.0\.1/],
  ['an address as one number', withHosts('▶"2130706433"◀'), /not a plain IPv4/, /127\.0\.0\.1/],
  ['an octet too large', withHosts('▶127.0.0.256◀'), /not an IPv4 address/, /0 to 255/],
  ['an address with a dot behind', withHosts('▶127.0.0.1.◀'), /no trailing dot/, /write 127\.0\.0\.1/],
  ['full-width digits', withHosts('▶１２７.0.0.1◀'), /look like digits/, /write 127\.0\.0\.1/],
  ['a zone', withHosts('▶"fe80::1%eth0"◀'), /link-local/, /global/],
  ['half an IPv6 address', withHosts('▶"2001:db8:::1"◀'), /not an IPv6 address/, /2001:db8::10/],
  ['a host with a port', withHosts('▶"127.0.0.1:9200"◀'), /takes no port/, /write 127\.0\.0\.1 here/],
  ['a URL as host', withHosts('▶"http://127.0.0.1"◀'), /a URL, not a host/, /url:/],
  [
    'userinfo in a host',
    withHosts('▶"elastic:s3cret@127.0.0.1"'),
    /credentials do not belong/,
    /host alone/,
    '"[REDACTED]@127.0.0.1"',
  ],
  ['bits of the host', withHosts('▶127.0.0.5/24◀'), /bits of the host/, /write 127\.0\.0\.0\/24/],
  ['bits of the host in IPv6', withHosts('▶"::1/64"◀'), /bits of the host/, /write ::\/64/],
  ['a prefix too long', withHosts('▶127.0.0.0/33◀'), /`33` is not a prefix length/, /0 to 32/],
  ['a prefix of nothing', withHosts('▶127.0.0.0/◀'), /not a prefix length/, /\/24/],
  ['a path as host', withHosts('▶es/kibana◀'), /not a CIDR range/, /paths:/],
  ['everything', withHosts('▶0.0.0.0/0◀'), /wider than \/8/, /ranges that are yours/],
  ['a network of IPv6', withHosts('▶"2001:db8::/64"◀'), /wider than \/104/, /list the hosts/],
  ['a star', withHosts('▶"*.localhost"◀'), /only in scope/, /es-\[01-12\]/],
  ['a space in a name', withHosts('▶"a b.localhost"◀'), /host name/, /es\.acme\.example/],
  ['two dots in a name', withHosts('▶a..localhost◀'), /not a host name/, /single dots/],
  [
    'a label too long',
    withHosts(`▶${'a'.repeat(64)}.localhost`),
    /not a host name/,
    /63/,
    `${'a'.repeat(64)}.localhost`,
  ],
  ['an empty host', withHosts('▶""◀'), /must be a host/, /write/],
  ['a number as host', withHosts('▶10.5◀'), /must be a host/, /quotes/],
  [
    'a second host that is wrong',
    'targets:\n  - id: a\n    hosts:\n      - 127.0.0.1\n      - ▶127.0.0.300◀\n',
    /not an IPv4/,
    /255/,
  ],
  ['a pattern backwards', withHosts('▶"es-[12-01].localhost"◀'), /counts backwards/, /\[01-12\]/],
  ['a pattern of two lengths the other way', withHosts('▶"es-[001-10].localhost"◀'), /differ in length/, /\[001-010\]/],
  ['a pattern of two lengths', withHosts('▶"es-[01-100].localhost"◀'), /differ in length/, /\[001-100\]/],
  ['a pattern of letters', withHosts('▶"es-[a-c].localhost"◀'), /not a range of numbers/, /es-\[01-12\]/],
  ['a pattern not closed', withHosts('▶"es-[1-3.localhost"◀'), /do not match/, /es-\[01-12\]/],
  ['a pattern too large', withHosts('▶"es-[1-999999].localhost"◀'), /at most 100000/, /hostsFrom/],
  ['two numbers side by side', withHosts('▶"es[1-9][1-9].localhost"◀'), /two number ranges/, /between/],
  ['a pattern of addresses', withHosts('▶"127.0.0.[1-9]"◀'), /stands for names/, /127\.0\.0\.1-9/],
  [
    'an address for nothing',
    withHosts('{ name: es.localhost }').replace('hosts:', '▶hosts◀:'),
    /`address` is missing/,
    /add `address: 192/,
  ],
  ['no address', withHosts('{ name: es.localhost, address: ▶x◀ }'), /not an IP address/, /192\.0\.2\.10/],
  ['an address for an address', withHosts('{ name: ▶127.0.0.1◀, address: 127.0.0.2 }'), /for a name/, /address alone/],
  [
    'no address among several',
    withHosts('{ name: es.localhost, address: [127.0.0.1, ▶x◀] }'),
    /not an IP address/,
    /192\.0\.2\.10/,
  ],

  ['port 0', withTarget('ports: [9200, ▶0◀]'), /`0` is not a port/, /1 to 65535/],
  ['port 70000', withTarget('ports: ▶70000◀'), /`70000` is not a port/, /1 to 65535/],
  ['half a port', withTarget('ports: ▶9200.5◀'), /not a port/, /9200/],
  [
    'a port in words',
    withTarget('ports: [▶standart◀]'),
    /not a port/,
    /did you mean `standard`.*\(443, 5601, 9200, 9201\)/,
  ],
  ['a port among others', withTarget('ports: ▶9200,70000◀'), /`70000` is not a port/, /1 to 65535/],
  ['ports with a long dash', withTarget('ports: ▶9200–9210◀'), /not a port/, /9200-9205/],
  ['a port with its protocol', withTarget('ports: ▶9200/tcp◀'), /not a port/, /such as 9200/],
  ['ports backwards', withTarget('ports: ▶9205-9200◀'), /counts backwards/, /9200-9205/],
  ['a port scan', withTarget('ports: ▶1-65535◀'), /not a port scanner/, /known to serve/],
  ['ports as a mapping', withTarget('ports: ▶{ a: 1 }◀'), /a list|a port|a list of them/, /9200/],
  [
    'a path of the API',
    withTarget('paths: ▶/_search◀'),
    /`_search` is a path of the product/,
    /_dashboards and _plugin/,
  ],
  ['a path of the API further down', withTarget('paths: [/, ▶/es/_all◀]'), /`_all`/, /\/kibana/],
  ['a path with a query', withTarget('paths: ▶/es?pretty◀'), /no query/, /leave out/],
  ['a path encoded', withTarget('paths: ▶/%5fsearch◀'), /percent-encoding/, /plain/],
  ['a path without slash', withTarget('paths: ▶kibana◀'), /begins with `\/`/, /write \/kibana/],
  ['a path with two slashes', withTarget('paths: ▶/a//b◀'), /empty segment/, /write \/a\/b/],
  ['a path with indices', withTarget('paths: ▶"/a,b"◀'), /letters, digits/, /\/kibana/],
  [
    'another scheme of a target',
    withTarget('scheme: ▶htps◀'),
    /word is not known here/,
    /did you mean `https`.*http, https/,
  ],
  ['a scheme in capitals', withTarget('scheme: ▶HTTPS◀'), /word is not known here/, /did you mean `https`/],
  [
    'a path that is a URL',
    withTarget('paths: ▶"http://es.acme.example:9200/kibana"◀'),
    /begins with `\/`/,
    /write \/kibana here/,
  ],
  ['a path with its port before it', withTarget('paths: ▶:5601/kibana◀'), /begins with/, /write \/kibana here/],
  ['a path that ends in a port', withTarget('paths: ▶/es:9200◀'), /does not end/, /ports:/],
  ['a path that names an index of another cluster', withTarget('paths: ▶/a/other:logs◀'), /does not end/, /ports:/],
  [
    'too many endpoints',
    withTarget(
      `▶ports: [${Array.from({ length: 6 }, (_, i) => `${i + 1}00-${i + 1}99`).join(', ')}]`.replace(
        '▶ports: ',
        'ports: ▶',
      ),
    ),
    /600 endpoints of each host/,
    /500/,
    `[${Array.from({ length: 6 }, (_, i) => `${i + 1}00-${i + 1}99`).join(', ')}]`,
  ],

  [
    'an operator without permission',
    withTarget('▶operator◀: { name: Hosting }'),
    /`permission` is missing/,
    /add `permission: letter/,
  ],
  ['an expectation in other words', withTarget('expect: ▶opn◀'), /word is not known here/, /closed, absent, decoy/],
  ['an expectation with a slip', withTarget('expect: ▶absnt◀'), /word is not known here/, /did you mean `absent`/],
  [
    'a ceiling without reason',
    withTarget('▶expect◀: { upTo: banner, approvedBy: J, until: 2027-01-01 }'),
    /`reason` is missing/,
    /add `reason:/,
  ],
  [
    'an unknown rung',
    withTarget('expect: { upTo: ▶all◀, reason: r, approvedBy: J, until: 2027-01-01 }'),
    /word is not known here/,
    /silent, guarded, banner/,
  ],
  [
    'an unknown product',
    withTarget('expect: { upTo: banner, via: ▶grafana◀, reason: r, approvedBy: J, until: 2027-01-01 }'),
    /word is not known here/,
    /kibana/,
  ],
  [
    'a day that does not exist',
    withTarget('expect: { upTo: banner, reason: r, approvedBy: J, until: ▶2027-02-30◀ }'),
    /no such day/,
    /2026-11-30/,
  ],
  [
    'a day in other order',
    withTarget('expect: { upTo: banner, reason: r, approvedBy: J, until: ▶30.11.2027◀ }'),
    /not a date/,
    /2026-11-30/,
  ],
  ['a label that is not a string', withTarget('labels: { tier: ▶1◀ }'), /read as a number/, /in quotes/],
  ['labels as a list', withTarget('labels: ▶[a]◀'), /mapping of labels/, /tier/],
  ['a front of nothing', withTarget('fronts: ▶b◀'), /no target of this id/, /write the id/],
  [
    'a front with a slip',
    `${withTarget('fronts: ▶serch◀')}  - { id: search, hosts: 127.0.0.2 }\n`,
    /no target of this id/,
    /did you mean `search`/,
  ],
  ['a front of itself', withTarget('fronts: ▶a◀'), /in front of itself/, /cluster/],
  [
    'an owner with a slip',
    `owners: { search-team: {} }\n${withTarget('owner: ▶serach-team◀')}`,
    /no such owner/,
    /did you mean `search-team`/,
  ],
  [
    'an owner with a slip in defaults',
    `owners: { search-team: {} }\ndefaults: { owner: ▶search-taem◀ }\n${withTarget('')}`,
    /no such owner/,
    /did you mean `search-team`/,
  ],
  [
    'an owner twice',
    `owners:\n  a: { name: Search }\n  ▶b◀: { name: Search }\n${target}`,
    /another owner is called `Search`/,
    /another name/,
  ],
  [
    'an owner with a wrong contact',
    `owners: { a: { contact: { name: X, email: ▶x@◀ } } }\n${target}`,
    /not an e-mail address/,
    /security@/,
  ],
  [
    'blackout hours of nothing',
    `owners: { a: { blackout: { weekly: ▶always◀ } } }\n${target}`,
    /not a day of the week/,
    /daily/,
  ],
  [
    'an exception that is not there',
    withTarget('except: [▶127.0.0.9◀]'),
    /not among the hosts/,
    /leave the exception out/,
  ],
  [
    'an exception of a range that is not there',
    withTarget('except: [127.0.0.1-3, ▶127.0.0.7-9◀]'),
    /not among the hosts/,
    /leave the exception out/,
  ],
  ['commas without quotes', 'targets: [{ id: a, hosts: 127.0.0.1,▶5◀ }]\n', /not known/, /in quotes/],
  [
    'an IPv6 address in a URL without brackets',
    'targets: [{ id: a, url: ▶"http://2001:db8::1:9200"◀ }]\n',
    /not a host and port/,
    /in brackets/,
  ],
  ['half an address in a URL', 'targets: [{ id: a, url: ▶"http://127.0.0:9200"◀ }]\n', /missing/, /one host/],
  [
    'two ports in a URL',
    'targets: [{ id: a, url: ▶"http://127.0.0.1:9200:5601"◀ }]\n',
    /`9200:5601` is not a port/,
    /1 to 65535/,
  ],
  ['a range in a URL', 'targets: [{ id: a, url: ▶"http://127.0.0.1-9:9200"◀ }]\n', /one host/, /hosts:/],
  [
    'an exception without settings',
    withTarget('except: [▶{ hosts: 127.0.0.1 }◀]'),
    /no settings of its own/,
    /write 127\.0\.0\.1 alone/,
  ],
  [
    'an exception twice',
    withTarget('except: [127.0.0.1, ▶{ hosts: 127.0.0.1, owner: A }◀]'),
    /is in two entries/,
    /join/,
  ],
  ['a note with an escape', withTarget('notes: ▶"\\e[31mred"◀'), /control characters/, /plain text/],
  [
    'an owner with a bidi override',
    withTarget('owner: ▶"a\\u202Eb"◀'),
    /control characters or invisible/,
    /plain text/,
  ],
  ['a list that is missing', withTarget('hostsFrom: ▶none.txt◀'), /no such file/, /text file/],
  ['an include that is missing', `include: [▶none.yaml◀]\n${target}`, /no such file/, /may read/],
  ['an include that is a folder', `include: ▶.◀\n${target}`, /a folder/, /name a file/],
  ['an include of itself', `include: ▶targets.yaml◀\n${target}`, /includes itself/, /leave this include out/],
  ['a CSV file without columns', `include: ▶hosts.csv◀\n${target}`, /needs `columns`/, /columns:/],

  [
    'no e-mail address',
    withEngagement('authorisedBy: { name: J, role: R, capacity: owner, email: ▶jane◀ }'),
    /not an e-mail address/,
    /security@/,
  ],
  [
    'an unknown capacity',
    withEngagement('authorisedBy: { name: J, role: R, capacity: ▶boss◀, email: j@a.example }'),
    /word is not known here/,
    /owner, controller, processor/,
  ],
  [
    'a role missing',
    withEngagement('▶authorisedBy◀: { name: J, capacity: owner, email: j@a.example }'),
    /`role` is missing/,
    /add `role: CISO`/,
  ],
  ['a name that is empty', withEngagement('client: { name: ▶""◀ }'), /must be a name/, /Acme/],
  [
    'a name too long',
    withEngagement(`client: { name: ▶${'a'.repeat(201)} }`),
    /longer than 200/,
    /write less/,
    `${'a'.repeat(120)}…`,
  ],
  [
    'a signature to come',
    withEngagement('authorisation: { reference: R, signedOn: ▶2026-11-25◀ }'),
    /in the future/,
    /was signed/,
  ],
  [
    'a hash too short',
    withEngagement('authorisation: { reference: R, signedOn: 2026-01-01, documentSha256: ▶abc◀ }'),
    /not a SHA-256/,
    /sha256sum/,
  ],
  [
    'a window in the past',
    withEngagement('window: { from: 2026-01-01, to: ▶2026-11-22◀ }'),
    /closed at 2026-11-23T00:00:00.000Z/,
    /extended/,
  ],
  [
    'a window that ends first',
    withEngagement('window: { from: 2026-12-01, to: ▶2026-11-30◀ }'),
    /ends before it begins/,
    /after `from`/,
  ],
  ['a window without end', withEngagement('▶window◀: { from: 2026-01-01 }'), /`to` is missing/, /add `to: 2026/],
  ['no time', withEngagement('window: { from: ▶tomorrow◀, to: 2026-12-01 }'), /not a date and time/, /20:00/],
  [
    'no time of day',
    withEngagement('window: { from: ▶2026-11-01T25:00◀, to: 2026-12-01 }'),
    /no such time of day/,
    /20:00/,
  ],
  [
    'a time zone with a slip',
    withEngagement('window: { from: 2026-01-01, to: 2026-12-01, timeZone: ▶Europe/Pari◀ }'),
    /no such time zone/,
    /did you mean Europe\/Paris/,
  ],
  [
    'an offset as time zone',
    withEngagement('window: { from: 2026-01-01, to: 2026-12-01, timeZone: ▶"+02:00"◀ }'),
    /no such time zone/,
    /Europe\/Paris/,
  ],
  [
    'no day of the week',
    withEngagement('window: { from: 2026-01-01, to: 2026-12-01, weekly: [Sat, ▶Mondays 20:00-22:00◀] }'),
    /`mondays` is not a day/,
    /Mon-Fri/,
  ],
  [
    'hours of nothing',
    withEngagement('window: { from: 2026-01-01, to: 2026-12-01, weekly: ▶Mon 20:00-20:00◀ }'),
    /at the same time/,
    /whole day/,
  ],
  ['no contacts', withEngagement('contacts: ▶[]◀'), /not empty/, /name/],
  ['a contact without name', withEngagement('contacts: [▶{ email: a@b.example }◀]'), /`name` is missing/, /add `name:/],
  [
    'a telephone number read as a number',
    withEngagement('contacts: [{ name: A, phone: ▶+33123456789◀ }]'),
    /read as a number/,
    /in quotes/,
  ],
  [
    'an unknown exposure',
    withEngagement('vantage: { name: a, exposure: ▶intrnet◀ }'),
    /word is not known here/,
    /did you mean `internet`.*internet, partner, internal, host/,
  ],
  [
    'an egress that is a name',
    withEngagement('vantage: { name: a, exposure: host, egress: ▶proxy◀ }'),
    /not an IP address/,
    /192\.0\.2\.10/,
  ],
  [
    'several vantages',
    withEngagement('▶vantage◀: [{ name: a, exposure: host }, { name: b, exposure: internet }]'),
    /several vantages/,
    /--vantage: a, b/,
  ],
  [
    'a technique with a slip',
    withEngagement('techniques: { ▶guestSesion◀: true }'),
    /not known/,
    /did you mean `guestSession`/,
  ],
  ['a technique of yes', withEngagement('techniques: { names: ▶yes◀ }'), /true or false/, /true or false/],
  ['no concurrency', withEngagement('limits: { concurrency: ▶0◀ }'), /whole number from 1/, /write a number/],
  ['half a connection', withEngagement('limits: { perAddress: ▶1.5◀ }'), /whole number/, /write a number/],
  ['a limit in words', withEngagement('limits: { requestsPerSecond: ▶fast◀ }'), /must be a number/, /write a number/],
  ['an endless timeout', withEngagement('limits: { connectTimeoutMs: ▶.inf◀ }'), /whole number/, /write a number/],
  ['a control that is not a URL', withEngagement('controls: [▶status◀]'), /not a URL/, /https:\/\//],
  [
    'a control out of scope',
    `${engagement('scope: { include: [127.0.0.1] }', 'controls: [▶"http://10.0.0.1"◀]')}${target}`,
    /not in scope\.include/,
    /add it there/,
  ],
  [
    'a control that is excluded',
    `${engagement('scope: { exclude: [127.0.0.2] }', 'controls: [▶"http://127.0.0.2"◀]')}${target}`,
    /can never answer/,
    /may be asked/,
  ],
  [
    'a star in the middle',
    inScope('scope: { include: [▶"es.*.example"◀] }').replace('hosts: es', 'hosts: es'),
    /only at the beginning/,
    /\*\.acme\.example/,
  ],
  ['a star alone', inScope('scope: { exclude: [▶"*"◀] }'), /only at the beginning/, /\*\.acme\.example/],
  ['a star before an address', inScope('scope: { exclude: [▶"*.10.0.0.1"◀] }'), /not before an address/, /CIDR/],
  [
    'a star without quotes',
    inScope('scope: { exclude: [▶*.acme.example◀] }'),
    /an alias in YAML/,
    /in quotes: "\*\.acme\.example"/,
  ],
  ['bits of the host in scope', inScope('scope: { exclude: [▶10.1.2.3/8◀] }'), /bits of the host/, /10\.0\.0\.0\/8/],
  ['a URL in scope', inScope('scope: { exclude: [▶"https://es.acme.example/x"◀] }'), /a URL, not a host/, /host alone/],
  [
    'a host out of scope',
    inScope('scope: { include: ["*.other.example"] }').replace('hosts: es', 'hosts: ▶es'),
    /name is not in scope\.include/,
    /add it there/,
    'es.acme.example',
  ],
  [
    'an address out of scope',
    `${engagement('scope: { include: [10.0.0.0/24] }')}targets: [{ id: a, hosts: [10.0.0.1, ▶10.0.1.1◀] }]\n`,
    /address is not in scope\.include/,
    /add it there/,
  ],
  [
    'a range partly out of scope',
    `${engagement('scope: { include: [10.0.0.0/24] }')}targets: [{ id: a, hosts: ▶10.0.0.0/23◀ }]\n`,
    /not all of 10\.0\.0\.0\/23/,
    /add it there/,
  ],
  [
    'a pattern partly out of scope',
    `${engagement('scope: { include: ["es-[1-3].acme.example"] }')}targets: [{ id: a, hosts: ▶"es-[1-4].acme.example"◀ }]\n`,
    /es-4\.acme\.example is not in/,
    /add it there/,
  ],
  [
    'a link-local address',
    `${engagement()}targets: [{ id: a, hosts: ▶169.254.169.254◀ }]\n`,
    /link-local address is never asked/,
    /leave it out/,
  ],
  [
    'a multicast range',
    `${engagement()}targets: [{ id: a, hosts: ▶224.0.0.0/24◀ }]\n`,
    /multicast address is never asked/,
    /leave it out/,
  ],
  ['an unspecified address', `${engagement()}targets: [{ id: a, hosts: ▶0.0.0.0◀ }]\n`, /never asked/, /leave it out/],
  [
    'an address without engagement',
    withHosts('▶10.0.0.1◀'),
    /without an engagement only loopback/,
    /declare the engagement/,
  ],
  ['a name without engagement', withHosts('▶es.acme.example◀'), /without an engagement only loopback/, /localhost/],
  ['a range without engagement', withHosts('▶126.0.0.0/8◀'), /without an engagement/, /127\.0\.0\.0\/8/],
  ['a notification to nowhere', `notify: [▶{ when: always }◀]\n${target}`, /goes nowhere/, /webhook: or email:/],
  [
    'a notification with two recipients',
    `notify:\n  - ▶webhook: { urlFrom: HOOK }◀\n    email: { to: owners, from: a@b.example, smtp: { host: m.example } }\n${target}`,
    /two recipients/,
    /another entry/,
  ],
  [
    'a URL in the file itself',
    `notify: [{ webhook: { urlFrom: ▶"https://hooks.example/T0/B0"◀ } }]\n${target}`,
    /not the name of an environment variable/,
    /LEFTOPEN_WEBHOOK/,
  ],
  ['url for urlFrom', `notify: [{ webhook: { ▶url◀: HOOK } }]\n${target}`, /not known/, /urlFrom/],
  [
    'a notification for an owner that has no target',
    `notify: [{ webhook: { urlFrom: HOOK }, owners: [▶Someone◀] }]\n${target}`,
    /no target belongs/,
    /key of owners/,
  ],
  [
    'a mail server with a user and no password',
    `notify: [{ email: { to: a@b.example, from: a@b.example, smtp: ▶{ host: m.example, user: a }◀ } }]\n${target}`,
    /both user: and passwordFrom:/,
    /add the other/,
  ],
  [
    'mail to owners that is narrowed to some',
    `notify: [{ email: { to: owners, from: a@b.example, smtp: { host: m.example } }, owners: ▶[Me]◀ }]\ntargets: [{ id: a, hosts: 127.0.0.1, owner: Me }]\n`,
    /already writes to each owner/,
    /leave owners/,
  ],
  [
    'authorised by no one',
    `▶engagement◀:\n  id: A\n  authorisation: { reference: R, signedOn: 2026-01-01 }\n  contacts: [{ name: A, email: a@b.example }]\n  vantage: { name: a, exposure: host }\ntargets: [{ id: a, hosts: 10.0.0.1 }]\n`,
    /`authorisedBy` is missing, which an audit of anything but loopback needs/,
    /add `authorisedBy:/,
  ],
  [
    'no one reachable by e-mail',
    engagement().replace('contacts: [{ name: SOC, email: soc@acme.example }]', '▶contacts◀: [{ name: SOC }]') +
      'targets: [{ id: a, hosts: 10.0.0.1 }]\n',
    /no contact has an e-mail address/,
    /add `email:`/,
  ],
  ['a certificate that is missing', `tls: { authorities: ▶none.pem◀ }\n${target}`, /no such file/, /may read/],
  [
    'a file that is not a certificate',
    `tls: { authorities: ▶targets.yaml◀ }\n${target}`,
    /holds no certificate/,
    /BEGIN CERTIFICATE/,
  ],

  ['a tab', 'targets:\n▶\t- a\n', /tabs/, /spaces/, ''],
  ['a no-break space', 'targets:\n ▶\u00a0- a\n', /only look like spaces/, /plain spaces/, '- a'],
  ['a bracket not closed', 'targets: [{ id: a, hosts: 127.0.0.1 }\n▶', /`\[` is not closed/, /`\]`/, ''],
  [
    'a key that is indented further than the one before it',
    'targets:\n  - id: a\n    hosts: ▶127.0.0.1◀\n      ports: [9200]\n',
    /inconsistent indentation/,
    /column 5/,
  ],
  ['an entry without dash', 'targets:\n  - id: a\n   ▶hosts: b◀\n', /inconsistent indentation/, /align/],
  [
    'a key indented otherwise',
    'engagement:\n  id: x\n  techniques:\n ▶names: y◀\n',
    /inconsistent indentation/,
    /spaces/,
  ],
  ['a list on the line of its key', 'targets: ▶-◀ a\n', /cannot begin on the line/, /next line/],
  ['a second colon', 'targets:\n  - id: ▶a◀: b\n', /second `: `/, /quotes/],
  ['a quote not closed', 'targets:\n  - id: "a\n    hosts: b\n▶', /closing quote/, /close/, ''],
  [
    'a pattern in a list on one line',
    withHosts('[es-▶[01-12].localhost]').replace('es-▶[', 'es-▶['),
    /missing before this/,
    /in quotes, such as "es-/,
    '[',
  ],
  ['a key twice', withTarget('▶hosts◀: 127.0.0.2'), /duplicate key/, /one of the two/],
  ['a merge key', withTarget('▶<<◀: { owner: A }'), /merge keys/, /defaults:/],
  ['a tag', withTarget('notes: ▶!!js/function◀ x'), /tags are not known/, /leave the tag out/],
  ['two documents', `${target}▶---◀\na: 1\n`, /second document/, /include:/],
  ['a key that is a list', `${target}? ▶[a]◀\n: b\n`, /plain text/, /key: value/],
  [
    'an address that ends in a colon',
    'targets:\n  - id: a\n    hosts:\n      - ▶2001:db8::◀\n',
    /must be a host|not known|is missing/,
    /./,
  ],
  ['an alias of itself', withTarget('labels: &a { x: ▶*a◀ }'), /inside what it names/, /write the part out/],
  ['a comment alone', '▶# nothing◀\n', /empty/, /leftopen init/],
];

t.test('credentials written by mistake appear in no excerpt', async (t) => {
  for (const yaml of [
    'targets: [{ headers: { Authorization: "Basic C4NARYxx" } }]\n',
    'targets: [{ headers: { X-Api-Key: C4NARYxx }, id: [a] }]\n',
    'targets:\n  - "password: C4NARYxx"\n',
    'targets:\n  - password: C4NARYxx\n',
    'targets:\n  - id: a\n    token: [C4NARYxx\n',
    'targets:\n  - id: a\n    password: "C4NARYxx\n',
    'targets:\n  - id: a\n    password: C4NARYxx: y\n',
    'targets:\n  - id: a\n    hosts: [127.0.0.1]\n    ports: { apiKey: C4NARYxx }\n',
    'targets:\n  - id: a\n    hosts: "Bearer C4NARYxx"\n',
    'targets:\n  - id: a\n    hosts: "cookie=sid; C4NARYxx"\n',
    `${withHosts('127.0.0.1')}elasticsearch_password: C4NARYxx\n`,
    `engagement:\n  id: A\n  techniques: { credentials: C4NARYxx }\n${target}`,
  ]) {
    const mistakes = await mistakesIn(t, yaml);
    t.not(mistakes.length, 0, yaml);
    t.notMatch(formatMistakes(mistakes), /C4NARY/, yaml);
  }
  const [list] = await mistakesIn(t, 'targets: [{ id: a, hostsFrom: hosts.txt, ports: 9200 }]\n', {
    files: { 'hosts.txt': 'Authorization: Basic C4NARYxx\n' },
  });
  t.match(list?.at, 'Authorization: [REDACTED]');
  const [word] = await mistakesIn(t, `engagement:\n  id: A\n  techniques: { credentials: yes }\n${target}`);
  t.equal(word?.at, 'yes', 'an invalid keyword is shown');
});

t.test('each mistake is shown where it is, with what to write instead', async (t) => {
  for (const [name, marked, message, instead, shown] of rows) {
    const before = marked.slice(0, marked.indexOf('▶')).split('\n');
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    const at = shown ?? /▶([^]*)◀/.exec(marked)?.[1];
    const found = await mistakesIn(t, marked.replace(/[▶◀]/g, ''));
    const hit = found.find(
      (mistake) => mistake.line === line && mistake.column === column && message.test(mistake.message),
    );
    t.ok(hit, `${name}: at ${line}:${column}`, { found });
    t.equal(hit?.at, at, `${name}: the text at fault`);
    t.match(hit?.instead, instead, `${name}: what to write instead`);
    t.ok(
      found.every((mistake) => mistake.file.endsWith('targets.yaml')),
      `${name}: the file`,
    );
    t.notMatch(JSON.stringify(found), /s3cr/, `${name}: no secret`);
  }
});

t.test('one mistake is reported once', async (t) => {
  for (const [name, yaml, instead] of [
    [
      'a pattern without quotes',
      inScope('scope: { include: [10.0.0.0/8, *.acme.example] }'),
      /put it in quotes: "\*\.acme/,
    ],
    ['alone', inScope('scope: { include: *.acme.example }'), /put it in quotes: "\*\.acme/],
    ['brackets in a list', withHosts('[es-[01-12].localhost, localhost]'), /in quotes, such as "es-\[01-12\]/],
    ['brackets first', withHosts('\n      - [01-12].localhost'), /in quotes, such as "es-\[01-12\]/],
    ['in a mapping', 'targets:\n  - { id: a, hosts: es-[01-12].localhost }\n', /in quotes, such as "es-\[01-12\]/],
  ] as const) {
    const found = await mistakesIn(t, yaml);
    t.equal(found.length, 1, name);
    t.match(found[0]?.instead, instead, name);
  }
});

t.test('arguments', async (t) => {
  const two = 'targets:\n  - { id: foo1, hosts: 127.0.0.1 }\n  - { id: bar, hosts: 127.0.0.1 }\n';
  const [found] = await mistakesIn(t, two, { targets: ['foo'] });
  t.match(found, { file: '--target', at: 'foo', instead: 'did you mean `foo1`?; there are foo1, bar' });
  const read = await readTargets('127.0.0.1:9200');
  t.match(read, { ok: false, mistakes: [{ instead: 'write http://127.0.0.1:9200 to name an endpoint' }] });
});

t.test('all mistakes at once, in the order of the file', async (t) => {
  const found = await mistakesIn(
    t,
    [
      'engagement:',
      '  id: a b',
      '  limits: { concurrency: 0 }',
      'owners: { search: { contact: {} } }',
      'targets:',
      '  - id: x',
      '    hosts: [10.0.0.1/24, 10.0.0.1]',
      '    fronts: zz',
      '  - id: y',
      '    owner: serach',
      '    hosts: 127.0.0.1',
      '    ports: [0, 9200, 70000]',
      '  - id: z',
      '    owner: serach',
      '    fronts: y',
      '    hosts: 127.0.0.1',
      '    expect: wrong',
      '  - id: q',
      '    fronts: nobody',
      '    owner: serach',
      '    hosts: 127.0.0.1',
      '',
    ].join('\n'),
  );
  t.same(
    found.map(({ line, column }) => `${line}:${column}`),
    ['2:7', '3:26', '4:21', '7:13', '12:13', '12:22', '17:13', '19:13', '20:12'],
    'all that the schema says, and what entries without such a mistake refer to',
  );
});

t.test('a mistake in one entry hides none in the others', async (t) => {
  const hosts = await mistakesIn(
    t,
    'targets:\n  - id: a\n    hosts: [bad_host!, "http://x"]\n  - id: b\n    hosts: es.acme.example\n',
  );
  t.same(
    hosts.map(({ line, column, at }) => [line, column, at]),
    [
      [3, 13, 'bad_host!'],
      [3, 24, '"http://x"'],
      [5, 12, 'es.acme.example'],
    ],
  );
  t.match(hosts[2]?.message, /without an engagement/);

  const controls = ['169.254.1.1', '224.0.0.1', '0.0.0.0', '127.83.0.76'];
  const urls = controls.map((address) => `"http://${address.includes(':') ? `[${address}]` : address}:9200"`);
  const found = await mistakesIn(
    t,
    `${engagement('scope: { include: [192.0.2.0/24] }', 'controls:', ...urls.map((url) => `  - ${url}`))}targets: [{ id: a, hosts: 192.0.2.1 }]\n`,
  );
  t.same(
    found.map(({ line }) => line),
    [9, 10, 11, 12],
    'each control on its own line',
  );

  const except = await mistakesIn(
    t,
    [
      'targets:',
      '  - id: a',
      '    hosts: 127.0.0.0/24',
      '    except:',
      '      - bad_host!',
      '      - { hosts: 127.0.0.2, owner: 3 }',
      '      - { hosts: [127.0.0.3, "x y"] }',
      '      - 127.0.0.3',
      '',
    ].join('\n'),
  );
  t.same(
    except.map(({ line, column }) => `${line}:${column}`),
    ['5:9', '6:36', '7:30'],
    'the message is that the owner is not a string, not that the entry has no settings',
  );

  const csv = await mistakesIn(
    t,
    'include:\n  - { csv: gone.csv, columns: { hots: Host } }\n  - { csv: here.csv, columns: { host: Host } }\n',
    { files: { 'here.csv': 'Host,A\nbad_host!,1\nes.acme.example,2\n' } },
  );
  t.same(
    csv.map(({ file, line, message }) => [file.split('/').at(-1), line, message.replace(/ \(.*/, '')]),
    [
      ['targets.yaml', 2, 'this key is not known'],
      ['here.csv', 2, csv[1]?.message ?? ''],
      ['here.csv', 3, 'without an engagement only loopback may be audited'],
    ],
  );

  const scope = await mistakesIn(
    t,
    `${engagement('scope: { include: [bad_host!, 192.0.2.0/24], exclude: ["x y"] }')}targets: [{ id: a, hosts: 198.51.100.1 }]\n`,
  );
  t.same(
    scope.map(({ at }) => at),
    ['bad_host!', '"x y"'],
    'what a wrong entry of the scope may have meant is not said to lie outside',
  );
});

t.test('a line each for the terminal, safe to print', (t) => {
  const list = mistakeList();
  list.add(
    { file: 'a\u001b[2J.yaml', line: 3, column: 5, at: 'x\u202Ey\n' },
    {
      message: 'no http://u:p@h',
      instead: 'write b',
    },
  );
  list.add(argument('--vantage'), { message: 'none', instead: 'write a' });
  t.equal(
    formatMistakes(list.found),
    'a\\u{1b}[2J.yaml:3:5: `x\\u{202e}y\\n`: no http://[REDACTED]@h; write b\n--vantage: none; write a\n',
  );
  for (let count = 0; count < 2000; count++)
    list.add({ file: 'f', line: 1, column: 1, at: '' }, { message: 'm', instead: 'i' });
  t.equal(list.found.length, 1000, 'a file with a million mistakes is not read to its end');
  t.match(formatMistakes(list.found), /only the first 1000 mistakes/);
  t.end();
});

t.test('full addresses need the technique that asks for addresses at all', async (t) => {
  const found = await mistakesIn(t, target, { fullAddresses: true });
  t.same(
    found.map(({ file, message }) => [file, message]),
    [['--full-addresses', 'the engagement allows no addresses of third parties']],
  );
  const allowed = `engagement:\n  id: ACME-1\n  techniques: { outsideReaders: true }\n${target}`;
  const on = await valid(t, allowed, { fullAddresses: true });
  t.match(on.engagement.techniques, { outsideReaders: true, fullAddresses: true });
  const off = await valid(t, allowed);
  t.match(off.engagement.techniques, { outsideReaders: true, fullAddresses: false });
  t.not(on.digest, off.digest, 'a lock holds the one from the other');
});

t.test('everything that is wrong with a window is reported at once', async (t) => {
  const found = await mistakesIn(
    t,
    withEngagement('window: { from: 2026-11-31, to: tomorrow, timeZone: Europe/Pari, weekly: [Mo] }'),
  );
  t.strictSame(
    found.map(({ at }) => at),
    ['2026-11-31', 'tomorrow', 'Europe/Pari', 'Mo'],
  );
});
