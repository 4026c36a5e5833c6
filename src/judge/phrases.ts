// Which of the phrases and sentences that titles and summaries share is said: decided once, and said in the words of a language.
import type { JudgeContext } from '../model/check.js';
import {
  allIndices,
  type ClassTotal,
  type ClusterFacts,
  type FieldsFacts,
  type LoginScheme,
  type Observations,
} from '../model/observation.js';
import { paragraph } from '../text/words.js';
import { loggedInAs, lowerBounds, namedFork, recordsIn, searchRefusedOn, sizesMissing, wallsOf } from './observed.js';
import type { phrases } from './texts/en/phrases.js';

/** The phrases of one language. */
export type Phrases = typeof phrases;

/** What the texts of checks in one language share. */
export interface SharedPhrases {
  /** The caller, for the middle of a sentence: "a stranger" only where the internet was the vantage. */
  readonly caller: (context: JudgeContext) => string;
  /** The caller at the beginning of a sentence. */
  readonly Caller: (context: JudgeContext) => string;
  /** "Elasticsearch 7.17.9", with the certainty where it is not exact; "a server" where nothing is known. */
  readonly productAndVersion: (observations: Observations) => string;
  /** "an Elasticsearch cluster", "an OpenSearch cluster", "an Elasticsearch or OpenSearch cluster", "a cluster". */
  readonly aCluster: (observations: Observations) => string;
  /** "a Kibana instance", "an OpenSearch Dashboards instance", "a dashboard". */
  readonly aDashboard: (observations: Observations) => string;
  /** "On TIME, URL responded to CALLER as PRODUCT VERSION, cluster `NAME`." */
  readonly answeredAs: (observations: Observations, context: JudgeContext) => string;
  /** Documents and indices of the user's, as "12 indices with 3,400 documents (1.2 GB)"; null where nothing was listed. */
  readonly contentsPhrase: (cluster: ClusterFacts | null) => string | null;
  /** What the cluster holds, with its largest indices; null where nothing was shown. */
  readonly holds: (cluster: ClusterFacts | null, how: string) => string | null;
  /** That a count was permitted, and that no document was read; null where none was. */
  readonly searched: (cluster: ClusterFacts | null) => string | null;
  /** Who a cluster that has a login reports us to be, as sentences; null where that is an anonymous user, or none. */
  readonly calledUser: (observations: Observations) => string | null;
  /** Paths other than searches that were denied, as a sentence; null where nothing was denied. */
  readonly holesInWall: (observations: Observations) => string | null;
  /** What field names suggest, as sentences; null where none was shown. That names prove nothing is said wherever this is. */
  readonly fieldsSpeakOf: (observations: Observations) => string | null;
  /** Where a dashboard says that its cluster is, as a sentence; null where it does not say. */
  readonly clusterAt: (addresses: readonly string[]) => string | null;
  /** That documents can be searched through a dashboard: by what it is known, and why it was not tried. */
  readonly searchInferred: string;
  /** The further clusters that a dashboard leads to, as sentences; null for none. */
  readonly leadsToDataSources: (observations: Observations) => string | null;
  /** That the cluster behind a dashboard could not be restored, as a sentence; null where it could be, or it did not say. */
  readonly noRepository: (observations: Observations) => string | null;
  /** What denied access, as a sentence about an endpoint that shows little; null where nothing did. */
  readonly refusedBy: (observations: Observations) => string | null;
}

/** What denies callers by a policy, and asks for no login. */
const policies: ReadonlySet<LoginScheme> = new Set(['iam', 'ip-filter']);

/** The shared phrases in the words of a language. */
export function phrasesIn(words: Phrases): SharedPhrases {
  function caller({ vantage, asHolder }: JudgeContext): string {
    const { stranger, without, holder, holderAt } = words.callers;
    const place = vantage.egress ?? vantage.name;
    if (vantage.exposure === 'internet') return asHolder === true ? holder : stranger;
    return asHolder === true ? holderAt(place) : without(place);
  }

  function productAndVersion(observations: Observations): string {
    const { product, version, orItsFork } = observations.identity;
    const { unknown, fork, either, versionNotShown, placeholder, orLater, exact } = words.products;
    if (product === null) return unknown;
    const name = namedFork(observations);
    if (name !== null) return fork(name, version.number);
    if (orItsFork === true) return either;
    if (version.number === null || version.certainty === 'unknown') return versionNotShown(product);
    if (version.certainty === 'placeholder') return placeholder(product, version.number);
    return version.certainty === 'approximate' ? orLater(product, version.number) : exact(product, version.number);
  }

  function contentsPhrase(cluster: ClusterFacts | null): string | null {
    if (cluster === null) return null;
    const { contents } = words;
    const { indices, totals } = cluster;
    if (indices !== null) {
      const own = indices.total - indices.system;
      if (own === 0) return indices.total === 0 ? contents.none : contents.systemOnly(indices.system);
      const records = recordsIn(indices);
      // Whose the indices are that were not shown is not known.
      const { complete } = indices;
      const list = { indices: complete ? own : indices.total, complete };
      if (records === null)
        return totals.documents === null ? contents.notCounted(list) : contents.inCluster(list, totals.documents);
      const bytes = indices.bytes > 0 ? { number: indices.bytes, atLeast: sizesMissing(indices) } : null;
      return contents.counted(list, { number: records, atLeast: lowerBounds(indices).documents }, bytes);
    }
    if (totals.documents !== null && totals.indices !== null) return contents.totals(totals.indices, totals.documents);
    if (totals.indices !== null) return contents.totalIndices(totals.indices);
    return totals.documents === null ? null : contents.totalDocuments(totals.documents);
  }

  /** How many of how many kinds of indices were looked at, where it was not all of them; null where it was, or is not known. */
  function lookedAt({ looked: { kinds, kindsTotal, indices, indicesTotal } }: FieldsFacts): string | null {
    if (kindsTotal !== null && kinds < kindsTotal) return words.fields.kinds(kinds, kindsTotal);
    if (kindsTotal === null && indicesTotal !== null && indices < indicesTotal)
      return words.fields.indices(indices, indicesTotal);
    return null;
  }

  return {
    caller,
    Caller(context) {
      const one = caller(context);
      return one.charAt(0).toUpperCase() + one.slice(1);
    },
    productAndVersion,
    aCluster(observations) {
      const { product, orItsFork } = observations.identity;
      const fork = namedFork(observations);
      if (fork !== null) return words.clusters.fork(fork);
      if (orItsFork === true) return words.clusters.either;
      return words.clusters[product === 'elasticsearch' || product === 'opensearch' ? product : 'unknown'];
    },
    aDashboard({ identity: { product } }) {
      return words.dashboards[product === 'kibana' || product === 'opensearch-dashboards' ? product : 'unknown'];
    },
    answeredAs(observations, context) {
      const { at, url, cluster } = observations;
      return words.answered(at, url, caller(context), productAndVersion(observations), cluster?.name ?? null);
    },
    contentsPhrase,
    holds(cluster, how) {
      const contents = contentsPhrase(cluster);
      if (contents === null) return null;
      const indices = cluster?.indices ?? null;
      const names = indices === null ? [] : indices.list.filter(({ system }) => !system).map(({ name }) => name);
      return words.holds(how, contents, {
        names,
        total: indices?.complete === true ? indices.total - indices.system : names.length,
        largest: indices === null || recordsIn(indices) !== null,
      });
    },
    searched(cluster) {
      const permitted = cluster?.searchPermittedOn ?? null;
      return permitted === null ? null : words.searched(permitted.index, permitted.documents);
    },
    calledUser(observations) {
      const { login, user, roles } = observations.access.caller;
      if (login !== 'required' || user === null || user === '') return null;
      return paragraph(words.user(user, roles), loggedInAs(observations) === null ? null : words.credentialsAdded);
    },
    holesInWall(observations) {
      const paths = wallsOf(observations);
      if (paths.length === 0) return null;
      const { login, denied, searchesToo, nothingElse } = words.holes;
      return paragraph(
        observations.access.loginSchemes.some((scheme) => !policies.has(scheme)) ? login(paths) : denied(paths),
        searchRefusedOn(observations).length > 0 ? searchesToo : nothingElse,
      );
    },
    fieldsSpeakOf({ fields }) {
      if (fields === null) return null;
      const { none, perhaps, suggest, untilVerified } = words.fields;
      const of = (certainty: ClassTotal['certainty']) =>
        fields.totals.filter((one) => one.certainty === certainty).map((one) => one.class);
      const [certain, weak] = [of('strong'), of('weak')];
      const strong = fields.classes.filter(({ certainty }) => certainty === 'strong').map(({ index }) => index);
      const where = fields.indices.includes(allIndices)
        ? ({ all: true } as const)
        : ({ all: false, indices: fields.indices.length, named: [...new Set(strong)] } as const);
      if (certain.length === 0 && weak.length === 0) return paragraph(none(where), lookedAt(fields));
      return paragraph(
        certain.length === 0 ? perhaps(where, weak) : suggest(where, certain, weak),
        lookedAt(fields),
        untilVerified,
      );
    },
    clusterAt: (addresses) => (addresses.length === 0 ? null : words.clusterAt(addresses)),
    searchInferred: words.searchInferred,
    leadsToDataSources({ dashboard }) {
      const sources = dashboard?.dataSources ?? [];
      if (dashboard === null || sources.length === 0) return null;
      const { lead, lists, notTested } = words.dataSources;
      const shown = sources.slice(0, 5).map(({ title, address, login }) => ({
        title,
        address,
        saved: login !== null && login !== 'no_auth',
      }));
      const listed = sources.flatMap(({ title, indices }) =>
        indices === null ? [] : [lists(title, indices.total, indices.documents)],
      );
      return paragraph(
        lead(dashboard.dataSourcesTotal ?? sources.length, shown),
        ...listed,
        listed.length > 0 ? null : notTested,
      );
    },
    noRepository: ({ dashboard }) => (dashboard?.repositories?.total === 0 ? words.noRepository : null),
    refusedBy: ({ access: { guardedBy } }) => (guardedBy === null ? null : words.denied[guardedBy]),
  };
}
