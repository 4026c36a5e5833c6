// Reads a record as that of a dashboard.
import type { EndpointRecord } from '../model/exchange.js';
import type {
  Access,
  Caller,
  DashboardFacts,
  EvidenceRefs,
  Identity,
  ProcessStart,
  Tri,
} from '../model/observation.js';
import { beforeStart, fromDashboard, optional, readDashboardIdentity, statusOf } from './dashboard-identity.js';
import { keptGuest, keptSetup } from '../catalogue/dashboard.js';
import {
  dashboardPath,
  guestSession,
  readDashboardLogin,
  type DashboardLogin,
  type LoginShown,
} from './dashboard-login.js';
import { notReady } from '../knowledge/page-marks.js';
import {
  clusterBehind,
  insideAnswers,
  permittedSearch,
  processStart,
  readBackend,
  readDataSources,
  readRepositories,
  readTitles,
  refusedListings,
  turnedAway,
} from './dashboard-contents.js';
import { guardHolds, knowsItsPaths } from './dashboard-verdict.js';
import { questionById } from '../catalogue/index.js';
import { answersTo, answerTo, kept, refs, said, type Answered } from '../catalogue/exchanges.js';
import { isRateLimit } from '../catalogue/rate-limit.js';
import { isChallenge } from './refusal.js';
import { reading } from '../catalogue/readings.js';

/** What the answers say of a dashboard. */
export interface DashboardReading {
  readonly identity: Identity;
  readonly access: Access;
  readonly facts: DashboardFacts;
  /** The answers that showed a login, and whose. */
  readonly logins: readonly LoginShown[];
  /** Since when it has run with its present settings, where its status says so. */
  readonly processStartedAt: ProcessStart | null;
}

/**
 * Reads a Kibana or OpenSearch Dashboards from a record; null when nothing in it says that one answers here. Open means
 * that the caller gets into its API, proved by content of it and never by words in a page or by the status alone (wire guide
 * D.7, R.3): with a full status a caller may be denied access, with a redacted one they may be inside.
 */
export const readDashboard = reading((record: EndpointRecord): DashboardReading | null => {
  const identity = readDashboardIdentity(record);
  if (identity === null) return null;
  const login = readDashboardLogin(record);
  const setup = setupOpen(record);
  const backend = readBackend(record, login.byCluster);
  const facts: DashboardFacts = {
    basePath: dashboardPath(record),
    login: loginOf(record, login),
    ...readStatus(record),
    setupOpen: setup.length > 0,
    setupEvidence: setup,
    ...readTitles(record),
    backend,
    ...readDataSources(record),
    proof: readProof(record),
    guest: readGuest(record),
    repositories: readRepositories(record),
    cluster: clusterBehind(record),
  };
  return {
    identity,
    access: readAccess(record, identity, login, facts),
    facts,
    logins: login.shown,
    processStartedAt: processStart(record),
  };
});

/**
 * Kibana 8 and later that lets the first caller bind it to a cluster (wire guide D.2, T). Every Kibana from 8 on
 * shows the page of that setup while it starts; the page asks whether it has to wait, and so do we. From 9 on that question
 * gets a 400 from its route for a caller that does not claim to be part of Elastic; the route is there only while it waits.
 * Sources: elastic/kibana src/plugins/interactive_setup/public/app.tsx@61db1de1, server/plugin.ts@c1ae9161.
 */
function setupOpen(record: EndpointRecord): EvidenceRefs {
  const before = beforeStart(record);
  const asked = answerTo(record, 'kibana-setup-status');
  if (before === null || asked === null || !fromDashboard(asked)) return [];
  const told = kept(asked, optional(keptSetup));
  const waits = told === null ? asked.answer.status === 400 : told.onHold && told.connection !== 'configured';
  return waits ? refs(before.root, before.status, asked) : [];
}

function readStatus(record: EndpointRecord): Pick<DashboardFacts, 'status' | 'statusEvidence'> {
  const answered = answerTo(record, 'dashboard-status');
  if (answered === null) return { status: 'unknown', statusEvidence: [] };
  const evidence = refs(answered);
  const shown = statusOf(record);
  if (shown !== null) return { status: shown.status.reach === 'full' ? 'full' : 'redacted', statusEvidence: evidence };
  const { status } = answered.answer;
  const refused = status === 401 || status === 403 || (status >= 300 && status < 400);
  return { status: refused ? 'refused' : 'unknown', statusEvidence: evidence };
}

/** The first request without a header of its own whose answer proved that the caller is inside: anyone can repeat it. */
function readProof(record: EndpointRecord): string | null {
  const inside = insideAnswers(record).map(({ exchange }) => exchange);
  const plain = inside.find(({ question }) => Object.keys(questionById(question).headers).length === 0);
  return (plain ?? inside[0])?.path ?? null;
}

/** Who a guest session was given to, by the server's word. */
function readGuest(record: EndpointRecord): DashboardFacts['guest'] {
  const session = guestSession(record);
  if (session === null) return null;
  const told = answersTo(record, 'kibana-guest', 'dashboards-guest').at(-1) ?? null;
  const found = kept(told, optional(keptGuest));
  return {
    user: found?.user ?? null,
    roles: found?.roles ?? [],
    evidence: refs(session, found === null ? null : told),
  };
}

function loginOf(record: EndpointRecord, login: DashboardLogin): DashboardFacts['login'] {
  if (login.guest.length > 0) return 'guest-offered';
  if (login.byProduct.length > 0 || login.byPolicy.length > 0 || login.on.length > 0) return 'asked';
  if (insideAnswers(record).length > 0 || login.byCluster.length > 0) return 'none';
  return login.byProxy.length > 0 ? 'asked' : 'unknown';
}

function readAccess(record: EndpointRecord, identity: Identity, login: DashboardLogin, facts: DashboardFacts): Access {
  const inside = insideAnswers(record);
  const banner: Tri = facts.status === 'full' || identity.version.certainty === 'exact' ? 'yes' : 'unknown';
  const base = {
    loginSchemes: login.schemes,
    realm: login.realm,
    mixed: false,
    guardedBy: null,
    reason: record.cut,
    proof: 'proved',
    reaches: { banner, metadata: 'unknown', documents: 'unknown', control: 'unknown' },
    rung: banner === 'yes' ? 'banner' : 'guarded',
    caller: caller('unknown', []),
  } as const;

  if (inside.length > 0 && !knowsItsPaths(record)) {
    const evidence = refs(...inside, ...answersTo(record, 'dashboard-unknown-path'));
    return { ...base, state: 'undetermined', reason: record.cut ?? 'not-authenticated-as-genuine', evidence };
  }
  if (inside.length > 0) return insideAccess(record, login, facts, inside, base);
  if (facts.guest !== null && facts.backend.state !== 'unreachable') {
    // The session was given, and what was asked in it was denied: the guest is a user with few rights.
    return {
      ...base,
      state: 'open',
      rung: 'banner',
      proof: 'proved',
      reason: 'guest-sees-nothing',
      caller: guestCaller(facts.guest),
      reaches: { ...base.reaches, banner: 'yes', metadata: 'no' },
      evidence: refs(login.guest, facts.guest.evidence),
    };
  }
  if (facts.setupOpen) {
    return {
      ...base,
      state: 'open',
      rung: 'banner',
      proof: 'inferred',
      reason: 'not-ready',
      evidence: facts.setupEvidence,
    };
  }
  if (login.guest.length > 0) {
    return {
      ...base,
      state: 'open',
      rung: 'banner',
      proof: 'inferred',
      reason: 'guest-login-offered',
      caller: caller('anonymous', login.guest),
      evidence: login.guest,
    };
  }
  const holds = guardHolds({ record, identity, login });
  if (holds && login.byCluster.length > 0 && login.byProduct.length === 0) {
    const reaches = { ...base.reaches, banner: 'yes', metadata: 'no' } as const;
    return {
      ...base,
      state: 'guarded',
      rung: 'banner',
      guardedBy: 'cluster',
      reaches,
      caller: caller('required', login.byCluster),
      evidence: refs(login.byCluster, facts.backend.evidence),
    };
  }
  if (login.contradicted.length > 0)
    return {
      ...base,
      state: 'undetermined',
      rung: banner === 'yes' ? 'banner' : 'silent',
      reason: record.cut ?? 'answers-contradict',
      mixed: true,
      evidence: login.contradicted,
    };
  const wall = [...login.byProduct, ...login.byProxy, ...login.byPolicy];
  if (holds && wall.length > 0) {
    const product = login.byProduct.length > 0;
    return {
      ...base,
      state: 'guarded',
      guardedBy: product ? 'product' : login.byProxy.length > 0 ? 'proxy' : 'network-policy',
      caller: caller(login.byPolicy.length === wall.length ? 'unknown' : 'required', refs(wall)),
      reaches: { ...base.reaches, metadata: product ? 'no' : 'unknown' },
      evidence: refs(wall, banner === 'yes' ? facts.statusEvidence : []),
    };
  }
  const rung = banner === 'yes' ? 'banner' : 'silent';
  return {
    ...base,
    state: 'undetermined',
    rung,
    reason: whyNot(record, facts, [...wall, ...login.byCluster]),
    evidence: refs(...answersTo(record)),
  };
}

/** Inside: what is reached through the dashboard decides the rung. */
function insideAccess(
  record: EndpointRecord,
  login: DashboardLogin,
  facts: DashboardFacts,
  inside: readonly Answered[],
  base: Omit<Access, 'state' | 'evidence'>,
): Access {
  const search = permittedSearch(record);
  const refused = [...refusedListings(record), ...answersTo(record, 'kibana-proxy-count').filter(turnedAway)];
  const evidence = refs(...inside, search?.answered, ...answersTo(record, 'dashboard-unknown-path'));
  // Own refusals next to content of the inside come from several servers behind one address, some open and some not.
  const mixed =
    facts.guest === null &&
    answersTo(record).some(({ at, answer }) => login.byProduct.includes(at) && answer.status !== 403);
  const who =
    facts.guest !== null
      ? guestCaller(facts.guest)
      : facts.login === 'none' && login.securityAbsent.length > 0
        ? caller('absent', login.securityAbsent)
        : facts.login === 'asked' && login.on.length > 0
          ? caller('required', login.on)
          : base.caller;
  const reaches = { ...base.reaches, banner: 'yes', metadata: 'yes' } as const;
  // What denied access on some paths, and let this through on others.
  const guardedBy =
    login.byProxy.length > 0 ? 'proxy' : mixed ? 'product' : login.byPolicy.length > 0 ? 'network-policy' : null;
  const open = { ...base, state: 'open', guardedBy, mixed, caller: who, reaches } as const;
  if (search !== null) return { ...open, rung: 'documents', reaches: { ...reaches, documents: 'yes' }, evidence };
  // Behind a dashboard only a POST would show a search: what lists and is refused nowhere is taken to search as well.
  const reached = facts.backend.state !== 'refuses' && facts.backend.state !== 'unreachable';
  if (refused.length === 0 && login.byCluster.length === 0 && reached) {
    return { ...open, rung: 'documents', proof: 'inferred', reaches: { ...reaches, documents: 'yes' }, evidence };
  }
  return { ...open, rung: 'metadata', evidence: refs(evidence, ...refused) };
}

function guestCaller(guest: NonNullable<DashboardFacts['guest']>): Caller {
  return { login: 'anonymous', user: guest.user, roles: guest.roles, backendRoles: [], evidence: guest.evidence };
}

function caller(login: Caller['login'], evidence: EvidenceRefs): Caller {
  return { login, user: null, roles: [], backendRoles: [], evidence };
}

/** Why it could not be judged: not started, its cluster not reached, nothing at this path, or what denied access on some paths. */
function whyNot(record: EndpointRecord, facts: DashboardFacts, wall: EvidenceRefs): Access['reason'] {
  const answers = answersTo(record);
  const last = record.exchanges.at(-1)?.outcome;
  if (answers.some(({ answer }) => notReady.test(said(answer)))) return 'not-ready';
  const status = statusOf(record);
  if (status?.answered.answer.status === 503 || facts.backend.state === 'unreachable') return 'not-ready';
  const settings = answerTo(record, 'kibana-config-js');
  if (settings !== null && !wall.includes(settings.at)) return 'runs-in-the-browser';
  if (record.cut !== null) return record.cut;
  if (last?.kind === 'failure') return last.failure;
  if (answers.some(isChallenge)) return 'challenged';
  if (answers.every(({ answer }) => answer.status === 404)) return 'no-such-path';
  if (answers.some(({ answer }) => answer.status >= 500 || isRateLimit(answer))) return 'generic-error';
  return wall.length > 0 ? 'unknown-wall' : 'generic-error';
}
