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

/**
 * The two clocks (docs/design.md, "Since when"). *Configured open since* is the process start, only where the setting that
 * leaves it open is read at start and nowhere else; *seen open since* is this survey, until history knows an earlier one.
 */
export function sinceOf(observations: Observations, stake: Stake): Since {
  const { time, at } = observations;
  const setting = stake.kind === 'reach' || stake.kind === 'gateway' ? staticSetting(observations) : null;
  const started = setting === null ? null : time.processStartedAt;
  const oldestDataAt = time.oldestDataAt?.at ?? null;
  if (setting === null || started === null) {
    return {
      configuredOpenSince: null,
      seenOpenSince: at,
      headline: 'seen',
      reasoning: `We saw it on ${moment(at)}. ${
        setting === null
          ? 'What leaves it open can be changed while it runs, so the start of the process proves nothing about the time before.'
          : 'It did not tell us when its process started.'
      }`,
      strength: 'weak',
      oldestDataAt,
    };
  }
  return {
    configuredOpenSince: started.at,
    seenOpenSince: at,
    headline: 'configured',
    reasoning: [
      `This ${observations.dashboard === null ? 'node' : 'dashboard'} has run ${setting.words} since ${moment(started.at)} (${started.source}).`,
      setting.caveat,
      `We reached it on ${moment(at)}; the records of firewalls and proxies decide the time between.`,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    strength: setting.strength,
    oldestDataAt,
  };
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
        words: 'with its present settings, without a login,',
        ...strength(followsCluster(identity.version.number)),
      };
    case 'opensearch-dashboards':
      if (dashboard === null || dashboard.login !== 'none' || access.caller.login === 'anonymous') return null;
      return { words: 'with its present settings, without a login,', ...strength(null) };
    case null:
      return null;
  }
}

/**
 * From 5.0 on, whether Kibana asks for a login follows the cluster's licence and security as well, which can change while
 * Kibana runs; 3 and 4 have none of their own (wire guide D.1, D.3).
 */
function followsCluster(version: string | null): string | null {
  const major = version === null ? null : Number.parseInt(version, 10);
  return major !== null && major < 5
    ? null
    : "Whether it asks for a login follows the cluster's security too, which may have been changed while it ran.";
}
