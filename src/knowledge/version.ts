// Version numbers, as servers and bundles of knowledge write them.
import type { Identity } from '../model/observation.js';
import { remembered } from '../text/remembered.js';

/**
 * When the first product of this family was released: Elasticsearch 0.4.0, on 8 February 2010. An earlier instant comes from a
 * clock that was not set, or is in seconds.
 */
export const firstRelease = '2010-02-08T00:00:00.000Z';

/** A version as a server or a bundle writes it. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  /** alpha, beta and rc come before the release; null for a release. */
  readonly before: { readonly stage: number; readonly number: number } | null;
  /** What follows and does not belong to the vendor's own numbering (`-SNAPSHOT`, `+dfsg`, `.1-amzn`); null for none. */
  readonly suffix: string | null;
}

// a suffix begins behind the third number, never within it
const pattern =
  /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4})(?!\d)|(?!\.\d))(?:[-.](alpha|beta|rc)\.?(\d{0,3}))?([-+.~][\w.+~-]{1,40})?$/i;

const stages = ['alpha', 'beta', 'rc'] as const;

/**
 * Reads `7.17.9`, `1.4.0.Beta1`, `6.0.0-beta1`, `9.0.0-SNAPSHOT` and the like; null for anything else. Two numbers mean a
 * third of 0.
 */
export const parseVersion = remembered((text): Version | null => {
  const parts = pattern.exec(text);
  if (parts === null) return null;
  const [, major, minor, patch = '0', stage, number, suffix] = parts;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    before:
      stage === undefined
        ? null
        : { stage: stages.findIndex((one) => one === stage.toLowerCase()), number: Number(number ?? '') },
    suffix: suffix ?? null,
  };
});

/** Negative where `a` came out before `b`. A suffix counts for nothing. */
export function compareVersions(a: Version, b: Version): number {
  for (const place of [0, 1, 2] as const) {
    const difference = a.numbers[place] - b.numbers[place];
    if (difference !== 0) return difference;
  }
  if (a.before === null || b.before === null) return Number(a.before === null) - Number(b.before === null);
  return a.before.stage - b.before.stage || a.before.number - b.before.number;
}

/** Whether a version is at least that; false where it is not known. */
export function isFrom(number: string | null, major: number, minor: number): boolean {
  const parts = /^(\d+)\.(\d+)/.exec(number ?? '');
  return parts !== null && (Number(parts[1]) > major || (Number(parts[1]) === major && Number(parts[2]) >= minor));
}

/** Major and minor version as said, or null where it is not known or means nothing. */
export function versionOf({
  identity,
}: {
  readonly identity: Pick<Identity, 'version'>;
}): { readonly major: number; readonly minor: number } | null {
  const { number, certainty } = identity.version;
  if (number === null || certainty === 'placeholder' || certainty === 'unknown') return null;
  const parts = /^(\d{1,4})\.(\d{1,4})/.exec(number);
  return parts === null ? null : { major: Number(parts[1]), minor: Number(parts[2]) };
}
