// Compares versions with known releases and vulnerabilities.
import { memoised } from '../catalogue/memoise.js';
import { compareVersions, parseVersion, type Version } from '../knowledge/version.js';
import type { JudgeContext, SharedReason } from '../model/check.js';
import { productNames, type Product } from '../model/endpoint.js';
import type { Knowledge, ReleaseLine, Vulnerability } from '../model/knowledge.js';
import type { EvidenceRefs, Observations, Tri } from '../model/observation.js';
import { rungReason } from './access.js';
import { namedFork } from './observed.js';

/** Who built a version that is not the vendor's: a service, Open Distro, the distribution of that name, or one with that suffix. */
export type Builder = {
  readonly kind: 'aws' | 'open-distro' | 'distribution' | 'own-number';
  readonly name: string;
};

/** A version that can be held against the knowledge. */
export interface Known {
  readonly number: string;
  readonly version: Version;
  /** Who built it, where that is not the vendor: they may have fixed what the number does not show. */
  readonly builder: Builder | null;
}

/** What keeps a version from being judged: there is none to judge, or it cannot be trusted, for this reason. */
export type Unknown =
  { readonly verdict: 'not-applicable' } | { readonly verdict: 'undetermined'; readonly reason: SharedReason };

/** Days after which a bundle clears no version any more: too much was published since. */
const clearsForDays = 365;

/** The version of an endpoint, where a real server reports it and it means what it says. */
export function knownVersion(observations: Observations): { readonly known: Known } | Unknown {
  const { identity, access, authenticity } = observations;
  if (identity.product === null || access.state === 'unreachable') return { verdict: 'not-applicable' };
  if (access.state === 'decoy' || access.state === 'other-product') return { verdict: 'not-applicable' };
  // A fork counts in versions of its own, of which the knowledge has none.
  if (namedFork(observations) !== null) return { verdict: 'undetermined', reason: 'fork-not-in-knowledge' };
  const { number, certainty } = identity.version;
  // What could not be shown to be real may say any version.
  if (access.state === 'undetermined' && authenticity.genuine !== 'yes' && observations.dashboard === null)
    return { verdict: 'undetermined', reason: rungReason(observations) };
  if (certainty === 'placeholder') return { verdict: 'undetermined', reason: 'version-placeholder' };
  if (number === null || certainty === 'unknown') return { verdict: 'undetermined', reason: 'version-not-shown' };
  if (certainty === 'approximate') return { verdict: 'undetermined', reason: 'version-approximate' };
  const version = parseVersion(number);
  if (version === null) return { verdict: 'undetermined', reason: 'version-not-of-vendor' };
  return { known: { number, version, builder: builderOf(observations, version) } };
}

/** Distributions that are builds of the vendors themselves. */
const vendorBuilds: ReadonlySet<string> = new Set([
  'default',
  'oss',
  'elastic-cloud',
  'opensearch',
  // plugins on the vendor's own build
  'search-guard',
  'readonlyrest',
  'shield',
]);

function builderOf({ identity }: Observations, { suffix }: Version): Builder | null {
  const { distribution: name } = identity;
  if (name === 'aws' || name === 'aws-serverless') return { kind: 'aws', name };
  if (name === 'open-distro') return { kind: 'open-distro', name };
  if (name !== null && !vendorBuilds.has(name)) return { kind: 'distribution', name };
  return suffix === null ? null : { kind: 'own-number', name: suffix };
}

/** The line of releases that a version belongs to; null where the knowledge has none. */
export function lineOf({ parts }: Knowledge, observations: Observations, { version }: Known): ReleaseLine | null {
  const { product, distribution } = observations.identity;
  const lines = parts.releases.lines.filter(
    (line) => line.product === product && line.line === String(version.numbers[0]),
  );
  return (
    lines.find((line) => line.distribution !== null && line.distribution === distribution) ??
    lines.find((line) => line.distribution === null) ??
    null
  );
}

/** What became of Open Distro: its users move there. */
const successors = { elasticsearch: 'opensearch', kibana: 'opensearch-dashboards' } as const;

/**
 * Lines that are supported on this day, as "8.19", "9.4": the minor release from which fixes come, where one is set; with the
 * product where it is another one.
 */
export function maintained({ parts }: Knowledge, observations: Observations, now: string): readonly string[] {
  const { product, distribution } = observations.identity;
  const moves = distribution === 'open-distro' && (product === 'elasticsearch' || product === 'kibana');
  const goal = moves ? successors[product] : product;
  const today = now.slice(0, 10);
  return parts.releases.lines
    .filter(
      (line) =>
        line.product === goal && line.distribution === null && (line.endOfLife === null || line.endOfLife >= today),
    )
    .map((line) => {
      const number = fixesFrom(line, now)?.version ?? line.line;
      return moves ? `${productNames[line.product]} ${number}` : number;
    });
}

/** What to move to. */
export interface Goal {
  /** A version without known vulnerabilities, or any later one; null where the lines are all there is. */
  readonly fixed: string | null;
  /** Lines whose latest release will do. */
  readonly lines: readonly string[];
  /** The lowest major version among them; null where none is known. */
  readonly major: number | null;
}

/**
 * What to move to: the version without known vulnerabilities where its line is supported, and the other supported lines that are
 * newer; else the supported lines.
 *
 * @param fixed a version that has no known vulnerability; null for no such version
 * @param lines those of {@link maintained}
 */
export function goalOf(fixed: string | null, lines: readonly string[]): Goal {
  const supported = lines.map((line) => {
    const [major = 0, minor = 0] = (/\d+(?:\.\d+)?$/.exec(line)?.[0] ?? '').split('.').map(Number);
    return { line, major, minor };
  });
  const version = fixed === null ? null : parseVersion(fixed);
  if (fixed === null || version === null) return { fixed: null, lines, major: supported[0]?.major ?? null };
  const [major, minor] = version.numbers;
  const newer = supported.filter((line) => line.major > major || (line.major === major && line.minor > minor));
  const latest = newer.map(({ line }) => line);
  const onSupported = supported.some((line) => line.major === major && line.minor <= minor);
  return !onSupported && newer.length > 0
    ? { fixed: null, lines: latest, major: newer[0]?.major ?? null }
    : { fixed, lines: latest, major };
}

/** The oldest minor release of a line that gets its fixes on this day; null where all do. */
export function fixesFrom({ fixesOnlyFrom }: ReleaseLine, now: string): ReleaseLine['fixesOnlyFrom'][number] | null {
  return fixesOnlyFrom.findLast(({ since }) => since <= now.slice(0, 10)) ?? null;
}

/** Whether a version came out before another; false where either is not a version. */
export function olderThan({ version }: Known, other: string): boolean {
  const parsed = parseVersion(other);
  return parsed !== null && compareVersions(version, parsed) < 0;
}

/** Whether a part of the knowledge is too old to clear a version in this run. */
export function isTooOld(part: keyof Knowledge['parts'], { knowledge, now }: JudgeContext): boolean {
  return (Date.parse(now) - Date.parse(knowledge.parts[part].date)) / 86_400_000 > clearsForDays;
}

/** Why a verdict is undetermined where {@link isTooOld} holds, in words. */
export function tooOldWords(part: keyof Knowledge['parts'], { knowledge, now }: JudgeContext): string {
  return `the knowledge dates from ${knowledge.parts[part].date}, which is too old to clear a version on ${now.slice(0, 10)}`;
}

/** The least first. */
const obstacles = ['nothing', 'condition', 'wall', 'login', 'victim', 'local'] as const;

/** What is between a caller without credentials and a vulnerability; `nothing` where it can be used at once. */
export type Obstacle = (typeof obstacles)[number];

/** A vulnerability that a version has. */
export interface Hit {
  readonly vulnerability: Vulnerability;
  /** Whether the part that it is in is there: never `no`. */
  readonly there: Exclude<Tri, 'no'>;
  readonly obstacle: Obstacle;
  /** The base score here, which decides the severity: where callers have the privileges it needs, that of an attack without. */
  readonly score: number | null;
  /** The version that fixes it; null where none of its line does. */
  readonly fix: string | null;
  /** The first version without it. */
  readonly free: string;
}

type Affecting = readonly { readonly vulnerability: Vulnerability; readonly range: Vulnerability['ranges'][number] }[];

/** Versions that are remembered: an estate has far fewer. */
const versionsRemembered = 500;

const rangesOf = memoised<readonly Vulnerability[], Map<string, Affecting>>(() => new Map());

/** The vulnerabilities of a product's version, whatever of it is there, each with the range that the version is in. */
function affecting(list: readonly Vulnerability[], product: Product, version: Version): Affecting {
  const known = rangesOf(list);
  const { numbers, before: early } = version;
  const key = [product, ...numbers, early?.stage, early?.number].join(' ');
  let found = known.get(key);
  if (found === undefined) {
    found = list.flatMap((vulnerability) => {
      if (vulnerability.product !== product) return [];
      const range = vulnerability.ranges.find(({ from, before }) => within(version, from, before));
      return range === undefined ? [] : [{ vulnerability, range }];
    });
    if (known.size >= versionsRemembered) known.clear();
    known.set(key, found);
  }
  return found;
}

/** The vulnerabilities of a version by what is there, the highest published score first. */
export function hitsOf({ parts }: Knowledge, observations: Observations, known: Known, version = known.version): Hit[] {
  const { product } = observations.identity;
  return (product === null ? [] : affecting(parts.vulnerabilities.list, product, version))
    .flatMap(({ vulnerability, range }) => {
      const there = partThere(vulnerability, observations, known);
      if (there === 'no') return [];
      return [
        {
          vulnerability,
          there,
          obstacle: obstacleTo(vulnerability, observations),
          score:
            (hasRights(vulnerability, observations) ? vulnerability.scoreWithoutLogin : null) ?? vulnerability.score,
          fix: range.fix,
          free: range.fix ?? range.before,
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.there === 'yes') - Number(a.there === 'yes') ||
        (b.vulnerability.score ?? 0) - (a.vulnerability.score ?? 0) ||
        Number(b.vulnerability.exploited) - Number(a.vulnerability.exploited) ||
        (b.score ?? 0) - (a.score ?? 0) ||
        obstacles.indexOf(a.obstacle) - obstacles.indexOf(b.obstacle) ||
        (a.vulnerability.id < b.vulnerability.id ? 1 : -1),
    );
}

/** A version that has none of the hits and none of its own, reached from fix to fix; null for no hits. */
export function mendedIn(
  knowledge: Knowledge,
  observations: Observations,
  known: Known,
  hits: readonly Hit[],
): string | null {
  let mended: { readonly number: string; readonly version: Version } | null = null;
  for (let left = hits; left.length > 0; left = hitsOf(knowledge, observations, known, mended.version)) {
    for (const { free } of left) {
      const version = parseVersion(free);
      // A range ends where the version begins that is free of it: each round ends at a later one.
      if (version !== null && (mended === null || compareVersions(version, mended.version) > 0))
        mended = { number: free, version };
    }
    if (mended === null) return null;
  }
  return mended?.number ?? null;
}

function within(version: Version, from: string, before: string): boolean {
  const [first, end] = [parseVersion(from), parseVersion(before)];
  return first !== null && end !== null && compareVersions(version, first) >= 0 && compareVersions(version, end) < 0;
}

/** A version at least as high as this. */
function from(version: Version, major: number, minor: number): boolean {
  return version.numbers[0] > major || (version.numbers[0] === major && version.numbers[1] >= minor);
}

function partThere({ part, plugin }: Vulnerability, observations: Observations, known: Known): Tri {
  switch (part) {
    case 'core':
      return 'yes';
    case 'x-pack':
      return xpackThere(observations, known);
    case 'security':
      return securityOn(observations, known);
    case 'plugin': {
      const names = observations.plugins?.names;
      if (names === undefined) return 'unknown';
      // Open Distro wrote its names with an underscore before 1.13.
      return names.some((name) => name.replaceAll('_', '-') === plugin) ? 'yes' : 'no';
    }
  }
}

/**
 * Elastic's own features: a plugin until 6.3, part of the default build since, and of every build since 7.11, but for the
 * OSS builds that some repositories still hold (wire guide A.1, A.3).
 */
function xpackThere({ identity, plugins }: Observations, { version }: Known): Tri {
  const { distribution } = identity;
  if (distribution === 'oss' || distribution === 'open-distro' || distribution === 'aws') return 'no';
  if (distribution === 'default' || distribution === 'elastic-cloud') return 'yes';
  if (from(version, 7, 11)) return 'yes';
  if (identity.product !== 'elasticsearch' || from(version, 6, 3) || plugins === null) return 'unknown';
  return plugins.names.some((name) => /^x-pack(?:-|$)/.test(name)) ? 'yes' : 'no';
}

/** The product's own login, switched on: where the server knows none there is nothing to pass by. */
function securityOn(observations: Observations, known: Known): Tri {
  const { identity, access, dashboard, plugins } = observations;
  if (identity.product === 'elasticsearch' || identity.product === 'kibana') {
    if (xpackThere(observations, known) === 'no' || identity.distribution === 'search-guard') return 'no';
  } else if (identity.product === 'opensearch' && plugins !== null) {
    if (!plugins.names.includes('opensearch-security')) return 'no';
  } else if (identity.product === 'opensearch-dashboards' && plugins !== null) {
    if (!plugins.names.includes('securityDashboards')) return 'no';
  }
  if (dashboard === null ? access.caller.login === 'absent' : dashboard.login === 'none') return 'no';
  const asked = access.guardedBy === 'product' || access.caller.login === 'anonymous';
  return asked ? 'yes' : 'unknown';
}

const rights = ['none', 'low', 'high'] as const;

/** The privileges of a caller without credentials: all where the product has no login, a user's where it lets callers in. */
function rightsOf({ access, dashboard }: Observations): (typeof rights)[number] {
  if (dashboard === null ? access.caller.login === 'absent' : dashboard.login === 'none') return 'high';
  return access.state === 'open' && access.reaches.documents === 'yes' ? 'low' : 'none';
}

function hasRights({ login }: Vulnerability, observations: Observations): boolean {
  return rights.indexOf(rightsOf(observations)) >= rights.indexOf(login);
}

function obstacleTo(vulnerability: Vulnerability, observations: Observations): Obstacle {
  const { guardedBy } = observations.access;
  if (vulnerability.local) return 'local';
  if (!hasRights(vulnerability, observations)) return 'login';
  // What denied access elsewhere may deny this too: it was not tried.
  if (guardedBy !== null && guardedBy !== 'product') return 'wall';
  if (vulnerability.victim) return 'victim';
  return vulnerability.condition === null ? 'nothing' : 'condition';
}

/** The responses that show version, distribution, plugins and login. */
export function versionEvidence({ identity, access, dashboard, plugins }: Observations): EvidenceRefs {
  return [
    ...identity.evidence,
    ...(plugins?.evidence ?? []),
    ...access.caller.evidence,
    ...(dashboard?.statusEvidence ?? []),
  ];
}

/** "Elasticsearch 7" for the line of a version. */
export function lineName(observations: Observations, line: string): string {
  const { product } = observations.identity;
  return `${product === null ? 'its line' : productNames[product]} ${line === '0' ? '0.x' : line}`;
}

/** The day up to which a part of the knowledge goes, as the end of a sentence. */
export function asKnownOn(context: JudgeContext, part: keyof Knowledge['parts']): string {
  return `as known on ${context.knowledge.parts[part].date}`;
}
