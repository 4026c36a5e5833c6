// Constants that known honeypots print.
/** A sign that an answer was made up: a constant in the source of a known decoy. */
export interface DecoyMark {
  readonly id: string;
  /** The decoy it belongs to. */
  readonly decoy: string;
  /** Looked for in the kept body of an answer, written as JSON text, or in its challenge. */
  readonly where: 'body' | 'www-authenticate';
  readonly pattern: RegExp;
  /** True for what the owner of a real server may have chosen: it counts only together with another sign. */
  readonly weak?: true;
  readonly source: string;
}

/** Constants that known decoys print, none of which a real server was seen to print. */
export const decoyMarks: readonly DecoyMark[] = [
  {
    id: 'elasticpot-health-key',
    decoy: 'ElasticPot',
    where: 'body',
    pattern: /"cluser_name"/,
    source: 'wire guide E.2 (elasticpot core/protocol.py@0f2d3c32)',
  },
  {
    id: 'elasticpot-banner',
    decoy: 'ElasticPot',
    where: 'body',
    pattern: /"number":"1\.4\.1"[^}]*"build_hash":"b88f43fc40b0bcd7f173a1f9ee2e97816de80b19"/,
    source: 'wire guide E.2 (elasticpot responses/banner.json): the hash is that of 1.7.1',
  },
  {
    id: 'elastichoney-build-hash',
    decoy: 'elastichoney',
    where: 'body',
    pattern: /"build_hash":"89d3241d670db65f994242c8e838b169779e2d4"/,
    source: 'wire guide E.2 (elastichoney main.go@17cc7589): 39 characters',
  },
  {
    id: 'elastichoney-node',
    decoy: 'elastichoney or ElasticPot',
    where: 'body',
    pattern: /x1JG6g9PRHy6ClCOO2-C4g|08:01:c7:3F:15:DD/i,
    source: 'wire guide E.2: the same node id and hardware address in both',
  },
  {
    id: 'qeeqbox-cluster',
    decoy: 'qeeqbox honeypots',
    where: 'body',
    pattern: /09cf5BKcTCG2U8z2ndwGEw/,
    source: 'wire guide E.2 (qeeqbox honeypots/elastic_server.py@0caeb728)',
  },
  {
    id: 'qeeqbox-cluster-name',
    decoy: 'qeeqbox honeypots',
    where: 'body',
    pattern: /"cluster_name":"R&DBackup"/,
    weak: true,
    source: 'wire guide E.2 (qeeqbox honeypots/elastic_server.py@0caeb728)',
  },
  {
    id: 'qeeqbox-build-type',
    decoy: 'qeeqbox honeypots',
    where: 'body',
    pattern: /"build_type":"en"/,
    source: 'wire guide E.2 (qeeqbox honeypots/elastic_server.py@0caeb728)',
  },
  {
    id: 'qeeqbox-empty-user',
    decoy: 'qeeqbox honeypots',
    where: 'body',
    pattern: /unable to authenticate user \[\] for REST request/,
    source: 'wire guide E.2: a real server says that credentials are missing',
  },
  {
    id: 'qeeqbox-challenge',
    decoy: 'qeeqbox honeypots',
    where: 'www-authenticate',
    pattern: /realm=\\"security\\"/,
    source: 'wire guide E.2: backslashes that belong in JSON, in a header',
  },
];

/**
 * Lucene versions that lines of Elasticsearch were built on, by its version: a banner that pairs others was made up. The
 * newest line may still move on; lines to come are in no row.
 */
export const luceneOf: readonly { readonly line: RegExp; readonly lucene: RegExp }[] = [
  { line: /^0\.90\./, lucene: /^4\./ },
  { line: /^1\./, lucene: /^4\./ },
  { line: /^2\./, lucene: /^5\./ },
  { line: /^5\./, lucene: /^6\./ },
  { line: /^6\./, lucene: /^7\./ },
  { line: /^7\./, lucene: /^8\./ },
  { line: /^8\./, lucene: /^9\./ },
  { line: /^9\./, lucene: /^1\d\./ },
];
