import type { Stake } from '../model/check.js';
import type { Since } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { moment } from './words.js';

interface Setting {
  /** What has stood since the process started, as the end of "this … has run …". */
  readonly words: string;
  readonly strength: Since['strength'];
  /** Why it is weak, as a sentence; null for strong. */
  readonly caveat: string | null;
}

/** Milliseconds by which clocks of two machines may differ without one of them being called wrong. */
const clockTolerance = 300_000;

/**
 * The two clocks (docs/design.md, "Since when"). *Configured open since* is the process start, only where the setting that
 * leaves it open is read at start and nowhere else; *seen open since* is this survey, until history knows an earlier one.
 */
export function sinceOf(observations: Observations, stake: Stake): Since {
  const { time, at } = observations;
  const door = stake.kind === 'reach' || stake.kind === 'gateway';
  const what = !door ? 'seen' : observations.access.state === 'open' && !offeredOnly(observations) ? 'open' : 'exposed';
  const setting = door ? staticSetting(observations) : null;
  const said = setting === null ? null : time.processStartedAt;
  const clockAhead = said !== null && Date.parse(said.at) > Date.parse(at) + clockTolerance;
  const started = clockAhead ? null : said;
  const oldestDataAt = time.oldestDataAt?.at ?? null;
  if (setting === null || started === null) {
    return {
      what,
      configuredOpenSince: null,
      seenOpenSince: at,
      headline: 'seen',
      reasoning: clockAhead
        ? 'It says that its process started later than we asked it: its clock is wrong, so the time before is not known.'
        : whyNoStart(door, setting),
      strength: 'weak',
      oldestDataAt,
    };
  }
  return {
    what,
    configuredOpenSince: started.at,
    seenOpenSince: at,
    headline: 'configured',
    reasoning: [
      `This ${observations.dashboard === null ? 'node' : 'dashboard'} has run ${setting.words} since ${moment(started.at)}${observations.dashboard === null ? ' by its own clock' : ''} (${started.source}).`,
      setting.caveat,
      `We reached it on ${moment(at)}; the records of firewalls and proxies decide the time between.`,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    strength: setting.strength,
    oldestDataAt,
  };
}

/** Whether no more was seen than the offer of a guest login, which was not used. */
function offeredOnly({ access, dashboard }: Observations): boolean {
  return dashboard?.login === 'guest-offered' && access.rung === 'banner';
}

function whyNoStart(door: boolean, setting: Setting | null): string {
  if (!door) return 'How long it has been so is not known.';
  return setting === null
    ? 'What lets callers in can be changed while it runs, so the start of the process would prove nothing about the time before.'
    : 'It did not tell us when its process started, so the time before is not known.';
}

/** The setting that leaves it open, where it is only read when the process starts. Source: wire guide, section G. */
function staticSetting(observations: Observations): Setting | null {
  const { identity, access, dashboard } = observations;
  // Behind a service's own gateway the login is a policy that changes while everything runs.
  if (identity.distribution === 'aws' || identity.distribution === 'serverless') return null;
  const several = access.mixed ? 'Several backends answer here; this is the start of one of them.' : null;
  const strength = (caveat: string | null): Pick<Setting, 'strength' | 'caveat'> => {
    const caveats = [caveat, several].filter((part) => part !== null);
    return {
      strength: caveats.length === 0 ? 'strong' : 'weak',
      caveat: caveats.length === 0 ? null : caveats.join(' '),
    };
  };
  switch (identity.product) {
    case 'elasticsearch':
      // Search Guard keeps its configuration in an index and changes it while running.
      if (identity.distribution === 'search-guard') return null;
      if (access.caller.login === 'absent') return { words: 'without a login of its own', ...strength(null) };
      if (access.caller.login === 'anonymous')
        return {
          words: 'with an anonymous user',
          ...strength('What the roles of that user allow may have been changed while it ran.'),
        };
      return null;
    case 'opensearch':
      // The plugin is absent or disabled in opensearch.yml; an anonymous role of the plugin changes while it runs.
      return access.caller.login === 'absent' ? { words: 'without the Security plugin', ...strength(null) } : null;
    case 'kibana':
      if (dashboard === null) return null;
      if (access.caller.login === 'anonymous' || dashboard.login === 'guest-offered')
        return {
          words: 'with a guest login',
          ...strength("What a guest may see follows the cluster's roles, which may have been changed while it ran."),
        };
      return {
        words: 'with its present settings, without a login of its own,',
        ...strength(followsCluster(observations)),
      };
    case 'opensearch-dashboards':
      if (dashboard === null || dashboard.login !== 'none' || access.caller.login === 'anonymous') return null;
      // Its login is a plug-in that is loaded, or not, when it starts.
      return { words: 'with its present settings, without a login of its own,', ...strength(null) };
    case null:
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
    : "Whether it asks for a login follows the cluster's security too, which may have been changed while it ran.";
}
