// Mistakes in what a targets file declares, in English: the authorisation, targets and owners, and what goes with them.
import type { NeverAsked, OutsideScope } from '../../../model/engagement.js';

export const authority = {
  noThirdParties: {
    message: 'the engagement allows no addresses of third parties',
    instead: 'have `techniques: { outsideReaders: true }` authorised and written into the targets file',
  },
  windowClosed: (to: string, now: string) => ({
    message: `the window closed at ${to}, and it is ${now}`,
    instead: 'have the authorisation extended and write its new end',
  }),
  signedInFuture: {
    message: 'this day is in the future',
    instead: 'write the day on which the authorisation was signed',
  },
  /** `example`: the key with a value, as YAML. */
  missing: (key: string, example: string) => ({
    message: `\`${key}\` is missing, which an audit of anything but loopback needs`,
    instead: `add \`${example}\``,
  }),
  noEmail: {
    message: 'no contact has an e-mail address, and one goes into the User-Agent',
    instead: 'add `email:` to one of them',
  },
  severalVantages: (names: readonly string[]) => ({
    message: 'several vantages are listed',
    instead: `choose one with --vantage: ${names.join(', ')}`,
  }),
  /** `meant`: the listed name that is nearest, or null. */
  unknownVantage: (name: string, meant: string | null) => ({
    message: 'the file lists no vantage of this name',
    instead:
      meant === null
        ? `write ${name}:internet (or partner, internal, host), or add it to vantage:`
        : `did you mean ${meant}?`,
  }),
  vantageName: {
    message: 'a name holds letters, digits, `.`, `_` and `-`',
    instead: 'write NAME:exposure:egress, such as office:internal:192.0.2.7',
  },
  unknownExposure: (exposure: string, vantage: string, meant: string | null, known: readonly string[]) => {
    const all = `write ${vantage}: and one of ${known.join(', ')}`;
    return {
      message: `\`${exposure}\` is not an exposure`,
      instead: meant === null ? all : `did you mean ${vantage}:${meant}? Or ${all}`,
    };
  },
  egress: (example: string) => ({ message: 'the egress is not an IP address', instead: `write ${example}` }),
};

const dayAndTime = 'write a day such as 2026-11-30, or a day and time such as 2026-11-30T20:00';
const weeklyHours = 'write days and hours such as Mon-Fri 20:00-06:00, Sat,Sun or daily 01:00-05:00';

export const window = {
  unknownTimeZone: (meant: string | null) => ({
    message: 'there is no such time zone',
    instead: meant === null ? 'write one of the IANA names, such as Europe/Paris or UTC' : `did you mean ${meant}?`,
  }),
  notADay: { message: 'this is not a date', instead: 'write year, month and day, such as 2026-11-30' },
  noSuchDay: { message: 'there is no such day', instead: 'write year, month and day, such as 2026-11-30' },
  notAnInstant: { message: 'this is not a date and time', instead: dayAndTime },
  noSuchTime: { message: 'there is no such time of day', instead: dayAndTime },
  noSuchOffset: { message: 'there is no such offset', instead: dayAndTime },
  notWeekly: { message: 'these are no weekly hours', instead: weeklyHours },
  noSuchHours: { message: 'there is no such time of day', instead: weeklyHours },
  noDuration: {
    message: 'these hours begin and end at the same time',
    instead: `${weeklyHours}; leave the hours out for the whole day`,
  },
  notAWeekday: (part: string) => ({ message: `\`${part}\` is not a day of the week`, instead: weeklyHours }),
};

/** Addresses that are never asked, whatever the file says. */
const never: Readonly<Record<NeverAsked, string>> = {
  thisNetwork: 'an address of "this network" is never asked',
  linkLocal: 'a link-local address is never asked',
  multicast: 'a multicast address is never asked',
  broadcast: 'the broadcast address is never asked',
  unspecified: 'the unspecified address is never asked',
  carriesLoopback: 'an address that carries a loopback address is never asked',
};

function outsideText(what: OutsideScope): string {
  if (typeof what === 'string') return `its ${what} is not in scope.include`;
  return 'host' in what ? `${what.host} is not in scope.include` : `not all of ${what.range} is in scope.include`;
}

export const scope = {
  neverAsked: (why: NeverAsked) => ({ message: never[why], instead: 'leave it out' }),
  outside: (what: OutsideScope) => ({
    message: outsideText(what),
    instead: 'add it there if the authorisation covers it, or leave it out',
  }),
  onlyLoopback: {
    message: 'without an engagement only loopback may be audited',
    instead: 'declare the engagement that authorises it, or name an address of 127.0.0.0/8, ::1 or localhost',
  },
  /** Instead, of what the command line names. */
  nameEngagement:
    'name a targets file whose engagement covers it with --engagement, or an address of 127.0.0.0/8, ::1 or localhost',
  notCovered: {
    message: 'the engagement does not cover this host',
    instead: 'add it to scope.include of the engagement if the authorisation covers it',
  },
  /** `at`: file and line. Names are not looked up for it. */
  excludesNothing: (at: string, entry: string): string =>
    `${at}: \`${entry}\` in scope.exclude matches no declared host; check its spelling, unless it is meant for what a name resolves to`,
  /** Why an address may not be asked; the journal keeps it, in English whatever the language. */
  refused: {
    notAnAddress: 'this is not an IP address',
    otherAddress: 'this is another address than the declared one',
    otherFixed: 'the file fixes another address for this name',
    excludedName: 'its name is excluded',
    excludedAddress: 'its address is excluded',
    notDeclared: 'this host is not declared',
    loopback: 'a loopback address is asked only where the file declares it',
    noEngagement: 'without an engagement only loopback may be asked',
    /** Said by a worker thread. */
    notNamed: 'the run did not name it',
  },
  excludedControl: {
    message: 'a control that is excluded can never answer',
    instead: 'name one that may be asked',
  },
  nothingDeclared: { message: 'no target is declared', instead: 'add targets:, or an include: that has some' },
  allExcluded: {
    message: 'everything that is declared is excluded',
    instead: 'narrow scope.exclude or except:',
  },
};

const anId = 'write the id of a target';

export const target = {
  idsOfUrls: {
    message: 'URLs and lists have no target ids',
    instead: 'name a targets file with --target, or the URLs or the list alone',
  },
  /** `at`: file and line of the other. */
  idTaken: (at: string) => ({
    message: `this id is taken (${at})`,
    instead: 'write another one, or join the two targets',
  }),
  rowsDiffer: {
    message: 'rows of one target differ in owner, environment or notes',
    instead: 'make them the same, or two targets of them',
  },
  frontsItself: {
    message: 'a target cannot be in front of itself',
    instead: 'name the target that declares the cluster',
  },
  unknownId: (meant: string | null) => ({
    message: 'there is no target of this id',
    instead: meant === null ? anId : `did you mean \`${meant}\`?`,
  }),
  /** Of `--target`. `ids`: the first of those that there are; `more`: how many others. */
  unknownOption: (meant: string | null, ids: readonly string[], more: number) => ({
    message: 'there is no target of this id',
    instead: `${meant === null ? anId : `did you mean \`${meant}\`?`}${ids.length === 0 ? '' : `; there are ${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}`}`,
  }),
  addressWithAddress: {
    message: 'an address is fixed for a name, not for an address',
    instead: 'write the address alone',
  },
  tooManyEndpoints: (endpoints: number, most: number) => ({
    message: `this makes ${endpoints} endpoints of each host`,
    instead: `name the ports and paths that are used, ${most} together at most`,
  }),
  noEndpoint: { message: 'this target declares no endpoint', instead: 'add `url:`, `hosts:` or `hostsFrom:`' },
  besidesUrl: (key: string) => ({
    message: `\`${key}\` does not go with \`url\``,
    instead: 'leave it out, or write hosts:, ports: and paths: instead of the URL',
  }),
  /** Entries of `except`. */
  exceptionTwice: (host: string) => ({ message: `${host} is in two entries`, instead: 'join them' }),
  noSettings: (host: string) => ({
    message: 'this entry has no settings of its own',
    instead: `write ${host} alone to leave it out, or add owner:, expect: …`,
  }),
  notAmongHosts: (host: string) => ({
    message: `${host} is not among the hosts of this target`,
    instead: 'name one of its hosts, or leave the exception out',
  }),
};

export const owners = {
  nameTaken: (name: string) => ({
    message: `another owner is called \`${name}\` too`,
    instead: 'give one of the two another name',
  }),
  unknown: (meant: string) => ({
    message: 'there is no such owner in owners:',
    instead: `did you mean \`${meant}\`? Or add the owner to owners:`,
  }),
};

export const accepted = {
  /** `at`: file and line of the other. */
  twice: (at: string) => ({ message: `the same is accepted in ${at} too`, instead: 'keep one of the two' }),
  nothing: {
    message: 'this does not say what is accepted',
    instead: 'name a finding (`finding:`), or a target and a check (`target:` and `check:`)',
  },
  findingAndTarget: {
    message: '`finding` already says which finding it is',
    instead: 'leave `target` and `check` out, or leave `finding` out',
  },
  unknownCheck: (meant: string | null) => ({
    message: 'there is no check of this id',
    instead: `${meant === null ? '' : `did you mean \`${meant}\`? `}\`leftopen checks\` lists them`,
  }),
  /** `check`: the only one whose findings have vulnerabilities. */
  noVulnerabilities: (check: string) => ({
    message: `only findings of ${check} have vulnerabilities`,
    instead: `write \`check: ${check}\`, or leave \`cve\` out`,
  }),
  tooLong: (most: number, latest: string) => ({
    message: `this is more than ${most} days away`,
    instead: `write ${latest} or earlier, and look at the risk again then`,
  }),
};

export const notify = {
  unknownOwner: {
    message: 'no target belongs to this owner',
    instead: 'write a key of owners:, or the owner as a target names it',
  },
  halfALogin: {
    message: 'a login needs both user: and passwordFrom:',
    instead: 'add the other one, or leave both out',
  },
  ownersTwice: {
    message: 'email.to: owners already writes to each owner about its own',
    instead: 'leave owners: out',
  },
};

export const tls = {
  noCertificate: {
    message: 'this file holds no certificate',
    instead: 'name a PEM file that begins with -----BEGIN CERTIFICATE-----',
  },
  credentialsNotAllowed: {
    message: 'a client certificate is a credential, and the engagement allows none to be shown',
    instead: 'write `techniques: { credentials: true }` in the engagement, or leave the certificate out',
  },
  otherKey: {
    message: 'this key does not belong to the certificate',
    instead: 'name the key that belongs to this certificate',
  },
  noKey: {
    message: 'this file holds no private key that can be read',
    instead: 'name an unencrypted PEM file that only you may read',
  },
  /** How a client certificate is called that names no one. */
  noSubject: 'without a subject',
};
