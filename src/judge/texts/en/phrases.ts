// The phrases and sentences that titles and summaries share in English. Code decides which of them is said (judge/phrases.ts).

import { productNames, type Product } from '../../../model/endpoint.js';
import { dataClassLabels, type DataClass } from '../../../model/observation.js';
import { count, counted, moment, names, said, size } from '../../../text/words.js';

/** A number, and whether it is a lower bound. */
interface Counted {
  readonly number: number;
  readonly atLeast: boolean;
}

/** Indices that were listed: the user's, or all there are where whose they are is not known. */
interface Listed {
  readonly indices: number;
  readonly complete: boolean;
}

/** Where names of fields were looked at: in all indices, or in so many, of which those with certain names are named. */
type Looked =
  { readonly all: true } | { readonly all: false; readonly indices: number; readonly named: readonly string[] };

function atLeast({ number, atLeast: more }: Counted, words: (number: number) => string): string {
  return `${more ? 'at least ' : ''}${words(number)}`;
}

function listed({ indices, complete }: Listed): string {
  return complete
    ? counted(indices, 'index', 'indices')
    : `at least ${counted(indices, 'index', 'indices')} (its own included)`;
}

const documents = (number: number): string => counted(number, 'document', 'documents');
const indices = (number: number): string => counted(number, 'index', 'indices');

function ofIndices(where: Looked): string {
  return where.all ? 'of all indices' : `of ${indices(where.indices)}`;
}

function inIndices(where: Looked): string {
  return where.all ? 'over all indices' : `in ${names(where.named, 5) ?? ofIndices(where)}`;
}

function labels(classes: readonly DataClass[]): string {
  const list = [...new Set(classes.map((one) => dataClassLabels[one]))];
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1) ?? ''}`;
}

export const phrases = {
  /** The caller, for the middle of a sentence: `place` is where the run was made from, where that was not the internet. */
  callers: {
    stranger: 'a stranger on the internet',
    without: (place: string): string => `a caller without credentials at ${place}`,
    holder: 'a holder of the client certificate on the internet',
    holderAt: (place: string): string => `a holder of the client certificate at ${place}`,
  },
  /** What responds, with its version. */
  products: {
    unknown: 'a server',
    fork: (name: string, version: string | null): string => (version === null ? name : `${name} ${version}`),
    either: 'Elasticsearch or OpenSearch (which of the two was not shown)',
    versionNotShown: (product: Product): string => `${productNames[product]} (version not shown)`,
    placeholder: (product: Product, version: string): string =>
      `${productNames[product]} (reports ${version}, which is a placeholder)`,
    orLater: (product: Product, version: string): string => `${productNames[product]} (${version} or later)`,
    exact: (product: Product, version: string): string => `${productNames[product]} ${version}`,
  },
  clusters: {
    fork: (name: string): string => `a cluster of ${name}`,
    either: 'an Elasticsearch or OpenSearch cluster',
    elasticsearch: 'an Elasticsearch cluster',
    opensearch: 'an OpenSearch cluster',
    unknown: 'a cluster',
  },
  dashboards: {
    kibana: 'a Kibana instance',
    'opensearch-dashboards': 'an OpenSearch Dashboards instance',
    unknown: 'a dashboard',
  },
  answered: (at: string, url: string, caller: string, as: string, cluster: string | null): string =>
    `On ${moment(at)}, ${url} responded to ${caller} as ${as}${cluster === null ? '' : `, cluster ${said(cluster)}`}.`,
  /** Documents and indices, as a phrase: "12 indices with 3,400 documents (1.2 GB)". */
  contents: {
    none: 'no index',
    systemOnly: (system: number): string => `${indices(system)} of its own and none of the user's`,
    notCounted: (list: Listed): string => `${listed(list)} whose documents were not counted`,
    inCluster: (list: Listed, all: number): string =>
      `${listed(list)}, in a cluster with ${documents(all)} in all (its own included)`,
    counted: (list: Listed, records: Counted, bytes: Counted | null): string =>
      `${listed(list)} with ${atLeast(records, documents)}${bytes === null ? '' : ` (${atLeast(bytes, size)})`}`,
    totals: (all: number, records: number): string =>
      `${indices(all)} with ${documents(records)} in all (its own included)`,
    totalIndices: (all: number): string => `${indices(all)} in all (its own included)`,
    totalDocuments: (records: number): string => `${documents(records)} in all`,
  },
  /** What a cluster holds. `how`: the beginning; `list`: names of indices, the largest where their documents were counted. */
  holds(
    how: string,
    contents: string,
    list: { readonly names: readonly string[]; readonly total: number; readonly largest: boolean },
  ): string {
    const named = names(list.names, 5, list.total);
    return `${how} ${contents}${named === null ? '' : `; ${list.largest ? 'the largest' : 'among them'}: ${named}`}.`;
  },
  searched: (index: string, found: number | null): string =>
    `Shown: we were allowed to count the documents of ${said(index)}${found === null ? '' : ` (${documents(found)})`}, which requires the privilege to search. No document was read.`,
  /** Who a cluster that has a login reports us to be. */
  user(user: string, roles: readonly string[]): string {
    const which = names(roles, 5);
    return `It reports that we are its user ${said(user)}${which === null ? '' : `, with the ${roles.length === 1 ? 'role' : 'roles'} ${which}`}.`;
  },
  credentialsAdded:
    'We sent no credentials. Its login is on, so something in front of it must add credentials to every request.',
  /** Paths at which access was denied, and only there. */
  holes: {
    login: (paths: readonly string[]): string => `It requires a login at ${names(paths, 5) ?? ''} only.`,
    denied: (paths: readonly string[]): string => `It denied access at ${names(paths, 5) ?? ''} only.`,
    searchesToo: 'Apart from that, it denied only searches of some indices.',
    nothingElse: 'It denied no other path that we tried.',
  },
  /** What names of fields suggest. */
  fields: {
    none: (where: Looked): string =>
      `The field names ${ofIndices(where)} that we were shown do not suggest personal data. That does not prove that there is none.`,
    perhaps: (where: Looked, perhaps: readonly DataClass[]): string =>
      `Field names ${ofIndices(where)} may indicate ${labels(perhaps)}; such names are used for other things too.`,
    suggest: (where: Looked, certain: readonly DataClass[], perhaps: readonly DataClass[]): string =>
      `Field names suggest ${labels(certain)} (${inIndices(where)})${perhaps.length === 0 ? '' : `, and possibly ${labels(perhaps)}`}.`,
    kinds: (looked: number, all: number): string =>
      `Indices whose names differ only in dates or numbers count once: we looked at the fields of ${count(looked)} of ${counted(all, 'name', 'names')}; the others may hold more.`,
    indices: (looked: number, all: number): string =>
      `We looked at the fields of ${count(looked)} of ${indices(all)}; the others may hold more.`,
    untilVerified: 'We read no document. Treat the contents as personal data until you have verified otherwise.',
  },
  clusterAt: (addresses: readonly string[]): string =>
    `It reports that its cluster is at ${names(addresses, 3) ?? ''}.`,
  searchInferred:
    'Inferred: documents can be searched through it, because it forwards every caller\u2019s requests to its cluster. We did not try: the only read that would show it searches every index.',
  /** Further clusters that a dashboard leads to. */
  dataSources: {
    lead: (
      total: number,
      shown: readonly { readonly title: string; readonly address: string | null; readonly saved: boolean }[],
    ): string => {
      const each = shown.map(
        ({ title, address, saved }) =>
          `${said(title)} (${address === null ? 'its address could not be read' : said(address)}${saved ? ', with credentials saved in the dashboard' : ''})`,
      );
      const more = total > shown.length ? ` and ${count(total - shown.length)} more` : '';
      return `Its data sources lead to ${counted(total, 'further cluster', 'further clusters')}: ${each.join(', ')}${more}.`;
    },
    lists: (title: string, all: number, records: number): string =>
      `Through ${said(title)} it listed ${indices(all)} of that cluster with ${documents(records)}.`,
    notTested: 'What those clusters expose through it was not tested.',
  },
  noRepository: 'Its cluster has no snapshot repository: deleted data could not be restored from one.',
  /** What denied access to the contents. */
  denied: {
    product: 'It denied access to its contents.',
    proxy: 'A proxy in front of it denied access to its contents.',
    cluster: 'The cluster behind it denied access to its contents.',
    'network-policy': 'A network policy in front of it denied access to its contents.',
    'client-certificate': 'Its contents require a client certificate.',
    unknown: 'Access to its contents was denied; by what could not be determined.',
  },
};
