// What the judge says in English besides the texts of checks and of topics, which are in their own files.

import type { ReasonText, SharedReason, TopicId } from '../../model/check.js';
import { productNames, type Expectation, type Product, type Rung } from '../../model/endpoint.js';
import type {
  AccessReason,
  DashboardFacts,
  DecoyTell,
  IndicesFacts,
  InFront,
  Observations,
} from '../../model/observation.js';
import type { Cut } from '../../model/exchange.js';
import { reasonWords } from '../../text/reasons.js';
import { rungReason } from '../access.js';
import { countedOrNo } from '../../text/words.js';
import { namedFork } from '../observed.js';
import { count, counted, moment, names, productAndVersion, said } from '../words.js';
import { frames, remedies } from './en/remedies.js';

const reachReasons = {
  ...reasonWords,
  'reach-not-shown': 'its responses do not show how far a caller without credentials gets',
};

/** Why checks are undetermined, as the rest of "undetermined: …". */
const reasons: Readonly<
  Record<AccessReason, string> & Record<Exclude<SharedReason, TopicId | AccessReason>, ReasonText>
> = {
  ...reachReasons,
  'genuineness-untestable': untestable,
  'not-identified': 'what answers here could not be identified',
  'check-failed': 'the check itself failed: this is a bug of leftopen, not of the target',
  'certificate-not-kept': 'its certificate was not kept',
  'certificate-details-not-kept': 'the details of its certificate were not kept when it was audited',
  'certificate-key-unreadable': 'the public key of its certificate could not be read',
  'certificate-dates-hide-authority':
    'its certificate is outside its validity dates, which hides whether a known authority signed it',
  'declared-by-address': 'the endpoint was declared by its address, so the name that callers use is not known',
  'fork-not-in-knowledge': (observations) =>
    `the knowledge has no releases of ${namedFork(observations) ?? 'this fork'}`,
  'version-placeholder': 'the version that it reports is a placeholder (serverless, or overridden)',
  'version-not-shown': 'its version is not shown',
  'version-approximate': ({ identity }) =>
    `its version is not shown; it behaves as ${identity.version.number ?? 'one not known'} or later`,
  'version-not-of-vendor': 'its version is not one of its vendor’s numbers',
};

const ran = {
  'without-login': 'without a login of its own',
  'without-security-plugin': 'without the Security plugin',
  'with-settings-without-login': 'with its current settings, without a login of its own,',
  'with-anonymous-user': 'with an anonymous user',
  'with-guest-login': 'with a guest login',
};

const startOf = {
  node: 'start of the node, `_nodes/jvm`',
  'youngest-node': 'start of the youngest node, `_nodes/jvm`',
  dashboard: 'uptime of the process, `/api/status`',
};

const howCompared = { node: 'as it reports', endpoint: 'by its Date header' };

/** What findings, endpoints and the severity table say in one language, whatever the check. */
export type SharedTexts = typeof en;

export const en = {
  /** Why a row of the severity table has its severity: what was found, what its contents are, and from where it was tested. */
  severity: {
    kinds: {
      'control-data':
        'A server without a login that contains documents: assume that callers can read, copy, change and delete them.',
      'gateway-documents': 'A dashboard without a login opens the documents of a cluster that itself denies access.',
      documents: 'Documents can be searched without credentials.',
      'documents-through-dashboard':
        'Documents of the cluster behind it can be searched through a dashboard without credentials.',
      incident: 'Names, counts and dates are as attackers leave them: treat it as a security incident.',
      'incident-suspected': 'Something looks as attackers leave it, and may be harmless: look at it first.',
      'published-login':
        'Callers without credentials can get a login for a cluster; whether the cluster can be reached with it was not tested.',
      linked:
        'A cluster that lets callers in is linked to other clusters: assume that these can be searched through it; that was not tested.',
      'control-empty': 'A server without a login, empty so far: every caller can fill, use or stop it.',
      'reach-not-determined':
        'Names of its contents are shown without credentials; whether the documents can be read was not determined.',
      delete: 'Assume that every caller can change and delete its contents; nothing was tried.',
      'no-backup': 'Deleted data could not be restored from a recent snapshot of the cluster.',
      'data-lost': 'Most of the data that was there in the last run is gone, and every caller can delete it.',
      'backup-in-reach': 'Assume that every caller can delete its snapshots as well as its data.',
      visited: 'Clients from outside, or scanners, were connected to an open server: it is known and used.',
      'visited-perhaps':
        'A header names clients from outside that were connected to an open server; a caller can forge it.',
      guest:
        'Callers get in without credentials as a guest or an anonymous user; what they can see was not determined.',
      setup:
        'A product waits for its first user: any caller can make it contact other hosts, and with its code connect it to their own cluster.',
      'vulnerability-grave':
        'Its version has a known vulnerability that lets an attacker take it over, or that attackers use, without a login.',
      metadata: 'Names and counts are shown without credentials; no readable documents of the user were seen.',
      'admin-page': 'Tools to search, change and delete are served to callers of a cluster that lets them in.',
      'clear-text-login': 'Passwords cross the network in a form that anyone on the path can read.',
      'vulnerability-plain':
        'Its version has a known vulnerability whose CVSS score is high where no login is needed, as here.',
      'end-of-life': 'Its release line has ended: vulnerabilities found from now on are not fixed.',
      'demo-certificate':
        'The private key of its certificate is public, so anyone can impersonate the server. In the demo configuration, a second public certificate makes its holder an administrator.',
      'transport-port':
        'The protocol between nodes is reachable and unencrypted: where it has no login, anyone who speaks it can join the cluster and read and change everything.',
      'any-origin':
        'Any web page can read it through the browser of a visitor who can reach it; a firewall does not stop that.',
      'breakable-certificate':
        'Keys of that size have been factored, or signatures of that kind forged: an attacker on the network path can impersonate the server.',
      'weak-encryption':
        'The protection of the connection is obsolete, and a strong attacker on the network path can break it.',
      'unverifiable-certificate':
        'Callers cannot distinguish the server from an impostor, and learn to ignore the warning.',
      'shared-key':
        'Several owners or environments have the same private key: anyone who takes it from one can impersonate all.',
      unexpected:
        'Something responds where the owner says that nothing does: the inventory is wrong, or someone else put it there.',
      'vulnerability-slight':
        'Its version has known vulnerabilities that need a login, user interaction or a special setting, have limited impact, or may be fixed by its vendor.',
      'fixes-elsewhere':
        'Fixes for its line come in later minor releases only, or its line has ended and its vendor may still fix it.',
      banner: 'Product, version or health are shown without credentials; nothing more was seen.',
    },
    care: {
      personal: 'Field names suggest personal data.',
      sensitive: 'Field names suggest sensitive personal data, or keys.',
    },
    zones: {
      outside: 'Tested from outside (the internet or a partner).',
      inside: 'Tested from an internal network, so at least this; the internet was not tested.',
      host: 'Tested from the machine itself, so at least this; no network was tested.',
    },
    /** The same of a run that was merged from several places. */
    zonesOfSeveral: {
      outside: 'Tested from outside (the internet or a partner).',
      inside: 'Tested from an internal network.',
      host: 'Tested from the machine itself.',
    },
  },
  reasons,
  /** What a response shows, as phrases that follow on it: "lists 3 indices". */
  evidence: {
    counted: (documents: number | null, where: Where): string =>
      `lets us count${through(where)}, which requires the privilege to search (${documents === null ? 'no count given' : counted(documents, 'document')})`,
    clusterId: (where: Where): string => `shows the id of the cluster${through(where)}`,
    indices: ({ total, system }: Pick<IndicesFacts, 'total' | 'system'>, where: Where): string =>
      `lists ${counted(total, 'index', 'indices')}${system > 0 ? ` (${count(system)} of them ${system === 1 ? 'a system index' : 'system indices'})` : ''}${through(where)}`,
    /** Who the server takes the caller for. */
    caller: {
      noLogin: 'shows that it has no login of its own',
      guest: 'offers a guest login',
      anonymous: (user: string | null, roles: number): string =>
        `treats us as its user ${said(user ?? 'anonymous')}${withRoles(roles)}`,
      login: 'asks for a login',
      user: (user: string, roles: number): string => `reports that we are its user ${said(user)}${withRoles(roles)}`,
    },
    setup: 'waits for its first user (interactive setup)',
    respondsWithoutLogin: 'its API responds without a login',
    /** `as`: what it reports to be; null where this response does not show it. */
    fullStatus: (as: Observations | null): string =>
      `shows its full status${as === null ? '' : `, as ${productAndVersion(as)}`}`,
    backend: (state: DashboardFacts['backend']['state']): string => `reports its cluster as ${state}`,
    started: (at: string): string => `its process started on ${moment(at)}`,
    reportsToBe: (observations: Observations): string => `reports that it is ${productAndVersion(observations)}`,
    behavesLike: (observations: Observations): string => `behaves like ${productAndVersion(observations)}`,
    genuine: 'not a decoy: responds as a real server does',
    certificate: (subject: string): string =>
      subject === '' ? 'presents a certificate without a subject' : `presents the certificate of ${said(subject)}`,
    plainLogin: 'asks for a login over plain HTTP',
    attackNames: (total: number): string => `lists ${counted(total, 'index', 'indices')} with names that attackers use`,
    mayNotDelete: 'reports that the anonymous user may not delete an index',
    mayDelete: 'reports which indices the anonymous user may delete',
    maySearch: 'reports which indices the anonymous user may search',
    deletion: {
      notShown: 'does not show whether deleting requires an index name',
      byName: 'allows deletion by index name only',
      byWildcard: 'allows deletion by wildcard',
    },
    writeProtected: (indices: number): string =>
      `reports that ${countedOrNo(indices, 'index is', 'indices are')} write-protected`,
    fields: 'shows names of fields',
    entries: (total: number): string => `lists ${countedOrNo(total, 'entry', 'entries')}`,
    denied: (status: number): string => `denies access (${count(status)})`,
    redirects: (status: number): string => `redirects (${count(status)})`,
    responds: (status: number): string => `responds (${count(status)})`,
    respondsWith: (status: number): string => `responds with ${count(status)}`,
    /** What excerpts call the parts of what was kept. */
    digest: {
      total: 'listed',
      system: 'of them system indices',
      returned: 'documents returned',
      oldest: 'oldest created',
      newest: 'newest created',
      reach: 'status shown',
      uptimeMs: 'uptime in ms',
      overall: 'overall status',
      started: 'process started',
      successful: 'shards that responded',
      namesRequired: 'deletion by name only',
      readOnly: 'read-only',
      readOnlyAllowDelete: 'read-only but deletable',
      writeOnly: 'not writable but deletable',
      lastSuccess: 'last that succeeded',
    },
  },
  /** Since when something has been so, as sentences. */
  since: {
    seen: (at: string): string => `It responded to us on ${moment(at)}, from this vantage.`,
    reached: (at: string): string =>
      `We reached it on ${moment(at)}; firewall and proxy logs will show since when that was possible.`,
    clockWrong: {
      later:
        'It reports a process start later than our request, so its clock is wrong and the time before is not known.',
      earlier:
        'It reports a process start earlier than its software existed, so its clock was wrong and the time before is not known.',
    },
    configured: (what: 'node' | 'dashboard', how: RanHow, start: Start): string =>
      `This ${what} has run ${ran[how]} since ${moment(start.at)}${start.byWhichClock} (${startOf[start.of]}).`,
    /** Whose clock an instant is by, to follow it. */
    clocks: {
      own: ' by its own clock',
      /** `proxy`: what calls itself so in the headers; null where nothing does. */
      notCompared: (proxy: string | null): string =>
        ` by its own clock, which we could not compare with ours (the Date header comes from ${proxy === null ? 'something in front' : `${said(proxy)} in front`})`,
      agrees: (of: OwnClock): string => ` by its own clock, which agrees with ours ${howCompared[of]}`,
      corrected: (saidAt: string, aheadSeconds: number, of: OwnClock): string =>
        `, corrected: its own clock says ${moment(saidAt)} and runs ${duration(Math.abs(aheadSeconds))} ${aheadSeconds > 0 ? 'ahead of' : 'behind'} ours ${howCompared[of]}`,
    },
    /** What makes the start of a process a weak sign. */
    caveats: {
      'date-perhaps-of-proxy':
        'Servers of this kind send no Date header themselves, so it may come from something in front.',
      'one-of-several-backends': 'Several backends respond here; this is the start of one of them.',
      'roles-of-user-may-have-changed': 'The roles of that user may have been changed since then.',
      'roles-of-guest-may-have-changed':
        "What a guest may see depends on the cluster's roles, which may have been changed since then.",
      'login-follows-cluster':
        "Whether it requires a login also depends on the cluster's security, which may have been changed since then.",
    },
    ofDashboardOnly: 'That is the start of the dashboard, and says nothing about the cluster behind it.',
    /** Why the start of a process says nothing. */
    notKnown: {
      howLong: 'How long this has been the case is not known.',
      severalBackends:
        'Several backends that do not agree respond here: the start of one proves nothing about the others.',
      /** `paths`: where access was denied; empty where that is not known. */
      guardedInPart(paths: readonly string[]): string {
        const where = names(paths, 3);
        return `Something in front of it denied access${where === null ? ' in part' : ` at ${where}`} and let us through elsewhere. That can be changed while the server runs, so its start proves nothing about the time before.`;
      },
      changeable:
        'The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.',
      noStart: 'It did not show when its process started, so the time before is not known.',
    },
  },
  /** What the targets file says of what was reached, where that does not accept it. */
  expectation: {
    absent: 'The targets file says that nothing responds here.',
    decoy:
      'The targets file declares a decoy here, but it behaves like a real server: either it is one, or the decoy is very good.',
    aboveCeiling: {
      expired: (ceiling: Ceiling): string => `${accepted(ceiling)}: that date has passed.`,
      above: (ceiling: Ceiling, rung: Rung): string =>
        `${accepted(ceiling)}: what is reached ("${rung}") is above that.`,
      moreNotDetermined: (ceiling: Ceiling): string =>
        `${accepted(ceiling)}: whether more than that is reached was not determined.`,
      otherWay: (ceiling: Ceiling, via: Product, product: Product | null): string =>
        `${accepted(ceiling)}, but only through ${productNames[via]}; this is ${product === null ? 'something else' : productNames[product]}.`,
      otherIndices: (ceiling: Ceiling, others: readonly string[]): string =>
        `${accepted(ceiling)}, and ${onlyIndices(ceiling)}; others are exposed too: ${names(others, 5) ?? ''}.`,
      listIncomplete: (ceiling: Ceiling): string =>
        `${accepted(ceiling)}, and ${onlyIndices(ceiling)}; the list of indices was incomplete, so this could not be checked.`,
    },
  },
  /** What is said of an endpoint that was not judged, or is a decoy. */
  endpoint: {
    /** Another product by its name, or "a web site" and the like: as the knowledge and the readings call it. */
    otherProduct: (name: string): string => name,
    /** `why`: one of the reasons; `protocol`: what is spoken there in place of HTTP. */
    spokenThere: (why: string, protocol: string): string => `${why} (${protocol})`,
    posesAs: (vendor: string, version: string): string => `It poses as ${vendor} ${version}.`,
    tells: (list: readonly DecoyTell[]): string => `Signs that it is fabricated: ${list.map(tellWords).join('; ')}.`,
  },
  /** What ends each summary, as sentences. */
  notes: {
    inFront: {
      'query-lost': 'A proxy in front of it drops the query of a request.',
      cached: 'Some responses came out of a cache in front of it.',
      'errors-replaced': 'A proxy in front of it replaces its error messages with web pages.',
      'agent-denied':
        'A proxy in front of it denies requests by their User-Agent: under that of a browser it responded.',
      'errors-as-success': 'A proxy in front of it turns its errors into successful responses.',
    },
    mixed:
      'Several backends respond at this address and do not agree: at least one of them responds as described here.',
    ended: (cut: Cut): string =>
      `The test of this endpoint ended early (${reasonWords[cut]}); everything after that is unknown.`,
    certificateShown:
      'It requested a client certificate, and we presented the one in the targets file; access without one was not tested.',
    /** From where it was tested, where that was not the internet; `besidesOutside`: from nearer to the public too. */
    testedFrom: {
      alone: {
        partner: "Tested from a partner's network; the internet was not tested.",
        internal: 'Tested from an internal network; the internet was not tested.',
        host: 'Tested from the machine itself; no network was tested.',
      },
      besidesOutside: {
        partner: "Tested from a partner's network.",
        internal: 'Tested from an internal network.',
        host: 'Tested from the machine itself.',
      },
    },
  },
  /** What remedies say, by id, and the words around the text of a step. */
  remedies,
  frames,
  /** Titles of problems with several findings, and what holds these together. */
  problems: {
    andSameFix: (title: string, others: number): string =>
      `${title} (and ${counted(others, 'more endpoint needs', 'more endpoints need')} the same fix)`,
    at: (title: string, endpoints: number): string => `${title}, at ${counted(endpoints, 'endpoint')}`,
    because: {
      endpoint: 'one endpoint',
      cluster: 'one cluster',
      certificate: 'one certificate',
      key: 'one private key',
      decision: 'one decision: the same check, owner and remedy',
      behind: (url: string): string => `the cluster behind it, ${url}`,
    },
  },
};

/** Up to where an owner accepted what is reached. */
export type Ceiling = Extract<Expectation, { kind: 'up-to' }>;

function accepted({ approvedBy, rung, until }: Ceiling): string {
  return `${approvedBy} accepted up to "${rung}" here until ${until}`;
}

function onlyIndices({ indices }: Ceiling): string {
  return `only the indices ${indices.join(', ')}`;
}

function tellWords(tell: DecoyTell): string {
  if (typeof tell === 'object') return `a value that only the honeypot ${tell.decoy} sends (${tell.value})`;
  switch (tell) {
    case 'odd-lucene-version':
      return 'the version and its Lucene version never went together';
    case 'contents-everywhere':
      return 'a dashboard that gives its contents under a path that cannot exist';
    case 'random-index-described':
      return 'describes an index with a random name, which cannot exist';
    case 'error-for-other-path':
      return 'reports an error for a path that was never requested';
    case 'other-index-missing':
      return 'says that an index is missing that was never asked for';
  }
}

/** How something has run since its process started. */
export type RanHow = keyof typeof ran;

/** The start of a process, by a clock. */
export interface Start {
  /** UTC ISO 8601. */
  readonly at: string;
  readonly of: keyof typeof startOf;
  /** Whose clock that is, to follow the instant; empty for ours. */
  readonly byWhichClock: string;
}

type OwnClock = keyof typeof howCompared;

/** Seconds in words: "90 seconds", "45 minutes", "2 hours", "3 days". */
function duration(seconds: number): string {
  if (seconds < 120) return counted(seconds, 'second', 'seconds');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute', 'minutes');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'hour', 'hours');
  return counted(Math.round(seconds / 86_400), 'day', 'days');
}

/** Whether something was reached in the cluster itself or through its dashboard. */
type Where = 'cluster' | 'dashboard';

function through(where: Where): string {
  return where === 'dashboard' ? ' through the dashboard' : '';
}

function withRoles(roles: number): string {
  return roles > 0 ? ` with ${counted(roles, 'role')}` : '';
}

/** Why how far a caller gets is not known, for the middle of a sentence. */
export function whyReachUnknown(observations: Observations): string {
  const reason = rungReason(observations);
  return reason === 'genuineness-untestable' ? untestable(observations) : reachReasons[reason];
}

function untestable({ cluster, authenticity }: Observations): string {
  const list = counted(cluster?.indices?.total ?? 0, 'index', 'indices');
  return `it lists ${list}; whether it is genuine could not be tested, because ${whyUntestable(authenticity.inFront)}`;
}

/** Why no test of authenticity could be made, as the rest of a sentence. */
function whyUntestable(inFront: readonly InFront[]): string {
  const errors = inFront.includes('errors-replaced') || inFront.includes('errors-as-success');
  const query = inFront.includes('query-lost');
  if (errors && query) return 'something in front of it drops the query of a request and replaces error messages';
  if (errors) return 'something in front of it replaces error messages, and nothing else that could be tested passes';
  return query
    ? 'something in front of it drops the query of a request, and nothing else that could be tested passes'
    : 'no request that could test it got a response';
}
