import type { CertificateKind } from './certificates.js';
import type { Product, Rung, Scheme, State } from '../../../src/model/endpoint.js';

/** What an audit without credentials must say of a server: no more and no less. */
export interface Truth {
  readonly state: State;
  readonly product: Product | null;
  /** null where a caller without credentials does not see it. */
  readonly version: string | null;
  readonly distribution: string | null;
  readonly rung: Rung;
  /** Ids of the checks that fail because of the answers, sorted. */
  readonly findings: readonly string[];
  /** Ids of the checks that fail because of the connection, certificate or TLS versions: a recording holds none of these. */
  readonly connection?: readonly string[];
}

/** Which invented data a server is given. */
export type SeedName =
  'shop' | 'none' | 'system' | 'many-indices' | 'wiped' | 'meow' | 'innocent' | 'registry' | 'red' | 'canary';

/** What every server of the lab declares. */
interface Declared {
  /** `<product>-<version>-<configuration>`, unique. */
  readonly name: string;
  /** What it is there to show, one sentence. */
  readonly shows: string;
  /** Loopback port, fixed, so that a recording made twice does not differ by it. */
  readonly port: number;
  readonly scheme: Scheme;
  readonly configuration: string;
  /** The base path of a cluster; '' or absent for the root. */
  readonly basePath?: string;
  readonly truth: Truth;
  /** True where one question has several answers, or none over HTTP/1.1: no recording could hold it. */
  readonly liveOnly?: true;
  /** True where no relay can be in front: two protocols share its port, or the relay cannot read what is spoken. */
  readonly direct?: true;
  /** Takes so long to fill that it is left out unless it is named, and keeps its data in memory where the system can. */
  readonly slow?: boolean;
}

/** Elasticsearch or OpenSearch, started from its package. */
export interface SearchServer extends Declared {
  readonly kind: 'elasticsearch' | 'opensearch';
  readonly version: string;
  /** Maven coordinates `group:artifact:version:packaging`: the server first, then plugins. */
  readonly coordinates: readonly string[];
  readonly java: 17 | 25;
  /** Megabytes, where the usual 384 are not enough. */
  readonly heap?: number;
  /** Lines of the server's YAML next to the common ones. */
  readonly settings: Readonly<Record<string, string | boolean | number | readonly string[]>>;
  /** Which files of the security configuration are laid down next to the settings. */
  readonly security: 'none' | 'x-pack' | 'x-pack-as-shipped' | 'opensearch-security' | 'search-guard';
  /** True for the demo certificates that OpenSearch Security ships, in the place of the lab's own. */
  readonly demoCertificates?: true;
  /** Content of further configuration files by name, relative to the configuration folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Clusters that it is linked to, by name: addresses of their transport ports. Set while it runs. */
  readonly remotes?: Readonly<Record<string, string>>;
  /** Content of plugins that are no packages, by their path below the folder of plugins. */
  readonly plugins?: Readonly<Record<string, string>>;
  readonly seed: SeedName;
  /** A snapshot repository on disk, and whether a snapshot was ever taken into it; absent for no repository. */
  readonly backups?: 'taken' | 'never';
  /** False for a server whose cluster never forms: waiting ends when the port answers. */
  readonly forms?: boolean;
}

/** A proxy in front of other servers of the lab, or alone. */
export interface ProxyServer extends Declared {
  readonly kind: 'nginx' | 'haproxy' | 'apache';
  /** Debian package. */
  readonly coordinates: readonly string[];
  /** Names of the servers behind it; none where it is alone. */
  readonly behind: readonly string[];
  /**
   * Body of nginx's `server` block, of haproxy's `frontend` or of Apache's `VirtualHost`. `FILES` stands for the folder of
   * its files, `HOST1` for `127.0.0.1:<port>` of the first server behind it, `HOST2` for that of the second.
   */
  readonly config: string;
  /** What belongs outside: in nginx's `http` block, in haproxy's `backend`, before Apache's `VirtualHost`. */
  readonly outer?: string;
  /** Words that follow the address where it listens. */
  readonly listen?: string;
  /** The certificate it shows, for `https`. */
  readonly certificate?: CertificateKind;
  /** True where it accepts TLS 1.0 and 1.1 as well; a relay before it then does too. */
  readonly oldTls?: true;
}

/** A product that runs next to a cluster, or poses as one. */
export interface CompanionServer extends Declared {
  readonly kind: 'companion';
  /** The start is written in `companions.ts`; its name files the recording. */
  readonly program: 'zipkin' | 'prometheus' | 'solr' | 'qeeqbox-honeypots';
  readonly version: string;
  /** Maven coordinates, a Debian package, or a requirement for pip. */
  readonly coordinates: readonly string[];
  /** Variables of its environment next to the usual ones. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A server of the lab. */
export type LabServer = SearchServer | ProxyServer | CompanionServer;

/** True for a cluster of ours: it is seeded, and may have a login. */
export function isSearch(server: LabServer): server is SearchServer {
  return server.kind === 'elasticsearch' || server.kind === 'opensearch';
}

/** True for a proxy: it is started after the servers behind it. */
export function isProxy(server: LabServer): server is ProxyServer {
  return server.kind === 'nginx' || server.kind === 'haproxy' || server.kind === 'apache';
}

/** The login the lab gives itself where a server has one. Invented; it guards nothing but loopback. */
export const labLogin = {
  user: 'labadmin',
  password: 'lab-password-1',
  bcrypt: '$2a$10$abcdefghijklmnopqrstuu56joTvon3KIqpkDil.h1G0s0jiNxyBK',
} as const;

/** A single word that analysers leave as it is, planted in every document of the seed `canary`. */
export const canaryWord = 'canaryword7f3a';

/** A value planted in documents: it must never appear in any output. */
export const canary = 'CANARY-DOC-7f3a';
