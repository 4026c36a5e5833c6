// Releases, ends of life and vulnerabilities.
import type { MainProduct } from './endpoint.js';

/** Versions from `from` up to, but without, `before`. */
export interface VersionRange {
  readonly from: string;
  readonly before: string;
  /** The version that fixes these; null where no release of their line does. */
  readonly fix: string | null;
}

/** A published vulnerability of a product. An id occurs more than once where it does different harm to different versions. */
export interface Vulnerability {
  readonly id: string;
  readonly product: MainProduct;
  /**
   * What must be there for it: `core`: the product as such; `x-pack`: Elastic's own features, which an OSS build lacks;
   * `security`: the product's own login (x-pack security, OpenSearch Security), switched on; `plugin`: the one named.
   */
  readonly part: 'core' | 'x-pack' | 'security' | 'plugin';
  /** As `_nodes` names it; null unless `part` is `plugin`. */
  readonly plugin: string | null;
  /** What an attacker can do, in one line. */
  readonly title: string;
  /** Sorted, without overlaps. */
  readonly ranges: readonly VersionRange[];
  /** CVSS base score; null where none was published. */
  readonly score: number | null;
  /** The vector (v2, v3.x or v4.0) behind `score`; null where it is not known. */
  readonly vector: string | null;
  /** The base score of the same vector where no login is in front of the product (`PR:N`); null without a vector. */
  readonly scoreWithoutLogin: number | null;
  /** The rights that it asks of the attacker: none, those of a user, those of a user with many rights. */
  readonly login: 'none' | 'low' | 'high';
  /** Whether another user must do something, such as open a link. */
  readonly victim: boolean;
  /** Whether it is used on the machine itself, not over the network. */
  readonly local: boolean;
  /** A setting or circumstance without which it does no harm, and which an answer does not show. */
  readonly condition: string | null;
  /** In the catalogue of vulnerabilities that attackers are known to use (CISA KEV). */
  readonly exploited: boolean;
  /** Whether ranges and score were compared with the record of the vendor or publisher. */
  readonly verified: boolean;
  readonly source: string;
  /** What had to be decided about the record, and why. */
  readonly note: string | null;
}

/** A line of releases and how long its vendor fixes it. */
export interface ReleaseLine {
  readonly product: MainProduct;
  /** Null for the vendor's own; else its distribution, as {@link Identity.distribution} names it. */
  readonly distribution: string | null;
  /** The major version. */
  readonly line: string;
  /** ISO dates. */
  readonly released: string;
  /** The last day of fixes; null while none is set. */
  readonly endOfLife: string | null;
  /** Since these days fixes of the line come in this minor release and later ones only; sorted. */
  readonly fixesOnlyFrom: readonly { readonly version: string; readonly since: string }[];
  readonly source: string;
  readonly note: string | null;
}

/** What is known of products besides what they answer: data, with the day up to which each part was collected. */
export interface Knowledge {
  readonly format: 'leftopen-knowledge/1';
  readonly version: string;
  /** SHA-256 (hex) of everything else in the bundle, in canonical form. */
  readonly sha256: string;
  readonly parts: {
    readonly releases: { readonly date: string; readonly lines: readonly ReleaseLine[] };
    readonly vulnerabilities: { readonly date: string; readonly list: readonly Vulnerability[] };
  };
}
