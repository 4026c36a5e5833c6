// Since when an endpoint has been open, as far as two clocks tell.
import type { Stake } from '../model/check.js';
import type { Since } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { counted, letPastLogin, moment, names, said as quoted, wallsOf } from './words.js';

interface Setting {
  readonly kind: NonNullable<Since['setting']>;
  /** What has been so since the process started, as the end of "this … has run …". */
  readonly words: string;
  /** Why it is weak, as a sentence; null for strong. */
  readonly caveat: string | null;
}

/** Milliseconds by which clocks of two machines may differ without one of them being called wrong. */
const clockTolerance = 300_000;

/** Seconds by which clocks may differ and still be said to agree. */
const agreement = 5;

/**
 * The two clocks (docs/design.md, "Since when"). *Configured open since* is the process start, only where the setting that
 * leaves it open is read at start and nowhere else; *seen open since* is the response that shows it, until history knows an
 * earlier one.
 *
 * @param seenAt when the response that shows it came, UTC ISO 8601
 */
export function sinceOf(observations: Observations, stake: Stake, seenAt: string = observations.at): Since {
  const { time, at, transport, topics } = observations;
  const door = isDoor(stake);
  const what = !door ? 'seen' : observations.access.state === 'open' && !offeredOnly(observations) ? 'open' : 'exposed';
  const setting = door && !hasHoles(observations) ? staticSetting(observations) : null;
  const start = setting === null ? null : startOf(observations);
  const clockAhead = start !== null && Date.parse(start.at) > Date.parse(at) + clockTolerance;
  const seen: Since['seen'] = {
    reasoning: `It responded to us on ${moment(seenAt)}, from this vantage.`,
    strength: 'strong',
  };
  const rest = {
    what,
    seenOpenSince: seenAt,
    seen,
    oldestDataAt: time.oldestDataAt?.at ?? null,
    clusterBornBy: topics.licence?.at ?? null,
    certificateNotBefore: validFrom(transport),
  } as const;
  if (setting === null || start === null || clockAhead) {
    const reasoning = clockAhead
      ? 'It reports a process start later than our request, so its clock is wrong and the time before is not known.'
      : whyNoStart(observations, door, setting);
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
  const caveats = [setting.caveat, start.caveat].filter((caveat) => caveat !== null);
  const strength = caveats.length === 0 ? 'strong' : 'weak';
  const configured = [
    `This ${observations.dashboard === null ? 'node' : 'dashboard'} has run ${setting.words} since ${moment(start.at)}${start.byWhichClock} (${start.source}).`,
    ...caveats,
    stake.kind === 'gateway'
      ? 'That is the start of the dashboard, and says nothing about the cluster behind it.'
      : null,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
  return {
    ...rest,
    setting: setting.kind,
    configuredOpenSince: start.at,
    configured: { reasoning: configured, strength },
    headline: 'configured',
    reasoning: `${configured} We reached it on ${moment(seenAt)}; firewall and proxy logs will show since when that was possible.`,
    strength,
    clockAhead: aheadOf(observations, start.corrected),
  };
}

/** From when the certificate is valid; null where none was shown, or it names no date. */
function validFrom({ tls }: Observations['transport']): string | null {
  return tls === null || tls.notBefore === '' ? null : tls.notBefore;
}

interface Start {
  readonly at: string;
  readonly source: string;
  /** Whose clock that is, to follow the instant. */
  readonly byWhichClock: string;
  readonly corrected: boolean;
  /** What makes it weak, as a sentence; null for nothing. */
  readonly caveat: string | null;
}

/**
 * The process start by our clock, where that is available. A dashboard's is counted back from its uptime, so no other clock is
 * in it. A node's own clock is corrected by what it said itself, or by a `Date` header that nothing shows to be a proxy's:
 * a proxy's clock is another one.
 */
function startOf({ time, dashboard }: Observations): Start | null {
  const { processStartedAt: said, clock } = time;
  if (said === null) return null;
  const plain = { ...said, corrected: false, caveat: null };
  if (dashboard !== null) return { ...plain, byWhichClock: '' };
  if (clock === null) return { ...plain, byWhichClock: ' by its own clock' };
  if (clock.of === 'proxy') {
    const front = clock.proxy === null ? 'something in front' : `${quoted(clock.proxy)} in front`;
    return {
      ...plain,
      byWhichClock: ` by its own clock, which we could not compare with ours (the Date header comes from ${front})`,
    };
  }
  const how = clock.of === 'node' ? 'as it reports' : 'by its Date header';
  if (Math.abs(clock.aheadSeconds) <= Math.max(agreement, clock.withinSeconds))
    return { ...plain, byWhichClock: ` by its own clock, which agrees with ours ${how}` };
  const direction = clock.aheadSeconds > 0 ? 'ahead of' : 'behind';
  return {
    at: new Date(Date.parse(said.at) - clock.aheadSeconds * 1000).toISOString(),
    source: said.source,
    byWhichClock: `, corrected: its own clock says ${moment(said.at)} and runs ${duration(Math.abs(clock.aheadSeconds))} ${direction} ours ${how}`,
    corrected: true,
    caveat:
      clock.of === 'node'
        ? null
        : 'Servers of this kind send no Date header themselves, so it may come from something in front.',
  };
}

/** Seconds in words: "90 seconds", "45 minutes", "2 hours", "3 days". */
function duration(seconds: number): string {
  if (seconds < 120) return counted(seconds, 'second', 'seconds');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute', 'minutes');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'hour', 'hours');
  return counted(Math.round(seconds / 86_400), 'day', 'days');
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

function whyNoStart(observations: Observations, door: boolean, setting: Setting | null): string {
  const { access, dashboard } = observations;
  if (!door) return 'How long this has been the case is not known.';
  if (access.mixed && dashboard === null)
    return 'Several backends that do not agree respond here: the start of one proves nothing about the others.';
  if (hasHoles(observations)) {
    const where = names(wallsOf(observations), 3);
    return `Something in front of it denied access${where === null ? ' in part' : ` at ${where}`} and let us through elsewhere. That can be changed while the server runs, so its start proves nothing about the time before.`;
  }
  return setting === null
    ? 'The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.'
    : 'It did not show when its process started, so the time before is not known.';
}

/** The setting that leaves it open, where it is only read when the process starts. Source: wire guide, section G. */
function staticSetting(observations: Observations): Setting | null {
  const { identity, access, dashboard } = observations;
  // Behind a service's own gateway the login is a policy that can be changed at any time.
  if (identity.distribution === 'aws' || identity.distribution === 'serverless') return null;
  const several = access.mixed ? 'Several backends respond here; this is the start of one of them.' : null;
  const but = (caveat: string | null): string | null => {
    const caveats = [caveat, several].filter((part) => part !== null);
    return caveats.length === 0 ? null : caveats.join(' ');
  };
  switch (identity.product) {
    case 'elasticsearch':
      // Search Guard keeps its configuration in an index and changes it while running.
      if (identity.distribution === 'search-guard') return null;
      if (access.caller.login === 'absent')
        return { kind: 'no-login', words: 'without a login of its own', caveat: but(null) };
      if (access.caller.login === 'anonymous')
        return {
          kind: 'anonymous-user',
          words: 'with an anonymous user',
          caveat: but('The roles of that user may have been changed since then.'),
        };
      return null;
    case 'opensearch':
      // The plugin is absent or disabled in opensearch.yml; an anonymous role of the plugin changes while it runs.
      return access.caller.login === 'absent'
        ? { kind: 'no-login', words: 'without the Security plugin', caveat: but(null) }
        : null;
    case 'kibana':
      if (dashboard === null) return null;
      if (access.caller.login === 'anonymous' || dashboard.login === 'guest-offered')
        return {
          kind: 'guest-login',
          words: 'with a guest login',
          caveat: but("What a guest may see depends on the cluster's roles, which may have been changed since then."),
        };
      // What lets callers past its own login is in front of it, and can be changed while it runs.
      if (letPastLogin(observations)) return null;
      return {
        kind: 'no-login',
        words: 'with its current settings, without a login of its own,',
        caveat: but(followsCluster(observations)),
      };
    case 'opensearch-dashboards':
      if (dashboard === null || dashboard.login !== 'none' || access.caller.login === 'anonymous') return null;
      // Its login is a plug-in that is loaded, or not, when it starts.
      return { kind: 'no-login', words: 'with its current settings, without a login of its own,', caveat: but(null) };
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
function followsCluster({ identity, access }: Observations): string | null {
  const { number } = identity.version;
  const major = number === null ? null : Number.parseInt(number, 10);
  const off = access.caller.login === 'absent' && major !== null && major >= 7;
  return off || (major !== null && major < 5)
    ? null
    : "Whether it requires a login also depends on the cluster's security, which may have been changed since then.";
}
