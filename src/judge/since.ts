// Since when an endpoint has been open, as far as two clocks tell.
import type { Stake } from '../model/check.js';
import type { Since } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { firstRelease } from '../knowledge/version.js';
import { paragraph } from '../text/words.js';
import { sharedTexts, type InLanguage } from './language.js';
import type { RanHow, SharedTexts, Start } from './texts/en.js';
import { letPastLogin, wallsOf } from './observed.js';

type SinceTexts = SharedTexts['since'];

interface Setting {
  readonly kind: NonNullable<Since['setting']>;
  /** How it has run since the process started. */
  readonly ran: RanHow;
  /** Why it is weak; empty for strong. */
  readonly caveats: readonly Caveat[];
}

type Caveat = keyof SinceTexts['caveats'];

/** Milliseconds by which clocks of two machines may differ without one of them being called wrong. */
const clockTolerance = 300_000;

/** Milliseconds by which a process may seem to start before its software was built: clock and time zone of the build are not known. */
const buildTolerance = 24 * 3_600_000;

/** Seconds by which clocks may differ and still be said to agree. */
const agreement = 5;

/**
 * The two clocks (docs/design.md, "Since when"). *Configured open since* is the process start, only where the setting that
 * leaves it open is read at start and nowhere else; *seen open since* is the response that shows it, until history knows an
 * earlier one.
 *
 * @param seenAt when the response that shows it came, UTC ISO 8601
 */
export function sinceOf(
  observations: Observations,
  stake: Stake,
  seenAt: string = observations.at,
  language: InLanguage = {},
): Since {
  const { since: texts } = sharedTexts(language);
  const { transport, topics } = observations;
  const door = isDoor(stake);
  const what = !door ? 'seen' : observations.access.state === 'open' && !offeredOnly(observations) ? 'open' : 'exposed';
  const setting = door && !hasHoles(observations) ? staticSetting(observations) : null;
  const start = setting === null ? null : startOf(observations, texts);
  const wrong = start === null ? null : wrongClock(start, observations);
  const seen: Since['seen'] = {
    reasoning: texts.seen(seenAt),
    strength: 'strong',
  };
  const rest = {
    what,
    seenOpenSince: seenAt,
    seen,
    oldestDataAt: oldestData(observations),
    clusterBornBy: topics.licence?.at ?? null,
    certificateNotBefore: validFrom(transport),
  } as const;
  if (setting === null || start === null || wrong !== null) {
    const reasoning = wrong !== null ? texts.clockWrong[wrong] : whyNoStart(observations, door, setting, texts);
    return {
      ...rest,
      setting: null,
      configuredOpenSince: null,
      configured: { reasoning, strength: null },
      headline: 'seen',
      reasoning,
      strength: 'weak',
      clockAhead: aheadOf(observations, false),
    };
  }
  const caveats = [...setting.caveats, ...start.caveats];
  const strength = caveats.length === 0 ? 'strong' : 'weak';
  const configured = paragraph(
    texts.configured(observations.dashboard === null ? 'node' : 'dashboard', setting.ran, start),
    ...caveats.map((caveat) => texts.caveats[caveat]),
    stake.kind === 'gateway' ? texts.ofDashboardOnly : null,
  );
  return {
    ...rest,
    setting: setting.kind,
    configuredOpenSince: start.at,
    configured: { reasoning: configured, strength },
    headline: 'configured',
    reasoning: paragraph(configured, texts.reached(seenAt)),
    strength,
    clockAhead: aheadOf(observations, start.corrected),
  };
}

/** Whether the clock was wrong at the start, and how: no process starts after it responds, or before its software was built. */
function wrongClock(start: Start, { at, time }: Observations): keyof SinceTexts['clockWrong'] | null {
  const began = Date.parse(start.at);
  if (began > Date.parse(at) + clockTolerance) return 'later';
  const built = Date.parse(time.processStartedAt?.builtAt ?? firstRelease);
  return began < built - buildTolerance ? 'earlier' : null;
}

/** When the oldest index was created, unless a clock was wrong then: before anything of this family, or after it responded. */
function oldestData({ at, time }: Observations): string | null {
  const created = time.oldestDataAt?.at ?? null;
  if (created === null || created < firstRelease) return null;
  return Date.parse(created) > Date.parse(at) + clockTolerance ? null : created;
}

/** From when the certificate is valid; null where none was shown, or it names no date. */
function validFrom({ tls }: Observations['transport']): string | null {
  return tls === null || tls.notBefore === '' ? null : tls.notBefore;
}

/** The start of a process, and how far it can be trusted. */
interface JudgedStart extends Start {
  /** Whether it was corrected by the difference of the clocks. */
  readonly corrected: boolean;
  /** What makes it weak; empty for nothing. */
  readonly caveats: readonly Caveat[];
}

/**
 * The process start by our clock, where that is available. A dashboard's is counted back from its uptime, so no other clock is
 * in it. A node's own clock is corrected by what it said itself, or by a `Date` header that nothing shows to be a proxy's:
 * a proxy's clock is another one.
 */
function startOf({ time, dashboard }: Observations, { clocks }: SinceTexts): JudgedStart | null {
  const { processStartedAt: said, clock } = time;
  if (said === null) return null;
  const plain = { at: said.at, of: said.of, corrected: false, caveats: [] };
  if (dashboard !== null) return { ...plain, byWhichClock: '' };
  if (clock === null) return { ...plain, byWhichClock: clocks.own };
  if (clock.of === 'proxy') return { ...plain, byWhichClock: clocks.notCompared(clock.proxy) };
  if (Math.abs(clock.aheadSeconds) <= Math.max(agreement, clock.withinSeconds))
    return { ...plain, byWhichClock: clocks.agrees(clock.of) };
  return {
    at: new Date(Date.parse(said.at) - clock.aheadSeconds * 1000).toISOString(),
    of: said.of,
    byWhichClock: clocks.corrected(said.at, clock.aheadSeconds, clock.of),
    corrected: true,
    caveats: clock.of === 'node' ? [] : ['date-perhaps-of-proxy'],
  };
}

function aheadOf({ time: { clock } }: Observations, corrected: boolean): Since['clockAhead'] {
  if (clock === null) return null;
  return { seconds: clock.aheadSeconds, withinSeconds: clock.withinSeconds, of: clock.of, corrected };
}

/**
 * Kinds of findings about a way in, and about what can be done through it: all of them on one server have one clock, since
 * what can be deleted can be deleted for as long as the way in is open.
 */
const doors: ReadonlySet<Stake['kind']> = new Set([
  'reach',
  'gateway',
  'published-login',
  'delete',
  'no-backup',
  'backup-in-reach',
]);

/** Whether a finding is about a way in, and not about how a login travels or what was not expected. */
function isDoor({ kind }: Stake): boolean {
  return doors.has(kind);
}

/** Whether no more was seen than the offer of a guest login, which was not used. */
function offeredOnly({ access, dashboard }: Observations): boolean {
  return dashboard?.login === 'guest-offered' && access.rung === 'banner';
}

/**
 * Whether something in front guards a part of it: its holes may be of this morning, however long the process has run. What
 * a cluster refuses behind its dashboard is another login.
 */
function hasHoles(observations: Observations): boolean {
  const { access, dashboard } = observations;
  if (access.guardedBy !== null) return access.guardedBy !== 'product';
  return dashboard === null && access.caller.login === 'absent' && wallsOf(observations).length > 0;
}

function whyNoStart(
  observations: Observations,
  door: boolean,
  setting: Setting | null,
  { notKnown }: SinceTexts,
): string {
  const { access, dashboard } = observations;
  if (!door) return notKnown.howLong;
  if (access.mixed && dashboard === null) return notKnown.severalBackends;
  if (hasHoles(observations)) return notKnown.guardedInPart(wallsOf(observations));
  return setting === null ? notKnown.changeable : notKnown.noStart;
}

/** The setting that leaves it open, where it is only read when the process starts. Source: wire guide, section G. */
function staticSetting(observations: Observations): Setting | null {
  const { identity, access, dashboard } = observations;
  // Behind a service's own gateway the login is a policy that can be changed at any time.
  if (identity.distribution === 'aws' || identity.distribution === 'serverless') return null;
  const but = (...caveats: readonly Caveat[]): readonly Caveat[] =>
    access.mixed ? [...caveats, 'one-of-several-backends'] : caveats;
  switch (identity.product) {
    case 'elasticsearch':
      // Search Guard keeps its configuration in an index and changes it while running.
      if (identity.distribution === 'search-guard') return null;
      if (access.caller.login === 'absent') return { kind: 'no-login', ran: 'without-login', caveats: but() };
      if (access.caller.login === 'anonymous')
        return { kind: 'anonymous-user', ran: 'with-anonymous-user', caveats: but('roles-of-user-may-have-changed') };
      return null;
    case 'opensearch':
      // The plugin is absent or disabled in opensearch.yml; an anonymous role of the plugin changes while it runs.
      return access.caller.login === 'absent'
        ? { kind: 'no-login', ran: 'without-security-plugin', caveats: but() }
        : null;
    case 'kibana':
      if (dashboard === null) return null;
      if (access.caller.login === 'anonymous' || dashboard.login === 'guest-offered')
        return { kind: 'guest-login', ran: 'with-guest-login', caveats: but('roles-of-guest-may-have-changed') };
      // What lets callers past its own login is in front of it, and can be changed while it runs.
      if (letPastLogin(observations)) return null;
      return {
        kind: 'no-login',
        ran: 'with-settings-without-login',
        caveats: followsCluster(observations) ? but('login-follows-cluster') : but(),
      };
    case 'opensearch-dashboards':
      if (dashboard === null || dashboard.login !== 'none' || access.caller.login === 'anonymous') return null;
      // Its login is a plug-in that is loaded, or not, when it starts.
      return { kind: 'no-login', ran: 'with-settings-without-login', caveats: but() };
    default:
      // Nothing of a companion shows since when it has its settings.
      return null;
  }
}

/**
 * From 5.0 on, whether Kibana asks for a login follows the cluster's licence and security as well, which can change while
 * Kibana runs; 3 and 4 have none of their own (wire guide D.1, D.3). Where it serves no login state (a caller's login is
 * then said to be absent; from 7.0), its security is switched off or missing, which is decided when it starts.
 */
function followsCluster({ identity, access }: Observations): boolean {
  const { number } = identity.version;
  const major = number === null ? null : Number.parseInt(number, 10);
  const off = access.caller.login === 'absent' && major !== null && major >= 7;
  return !off && (major === null || major >= 5);
}
