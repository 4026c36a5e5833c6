// A version that its vendor no longer supports.
import type { Check } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import { accessQuestions, stakeOfReach } from '../access.js';
import { update } from '../remedies.js';
import {
  asKnownOn,
  fixesFrom,
  goalOf,
  isTooOld,
  knownVersion,
  lineName,
  lineOf,
  maintained,
  olderThan,
  tooOldWords,
  versionEvidence,
  type Builder,
} from '../versions.js';
import { buildWords } from '../texts/en/remedies.js';
import { answeredAs, paragraph, productAndVersion } from '../words.js';

/** The end of its line, or the minor release to which fixes have moved; `to`: the supported lines. */
type Facts = {
  readonly line: string;
  readonly ended: string | null;
  readonly fixes: { readonly version: string; readonly since: string } | null;
  readonly builder: Builder | null;
  readonly to: readonly string[];
  readonly source: string;
};

type Why = 'line-not-in-knowledge' | 'knowledge-too-old';

export const check: Check<Facts, never, Why> = {
  id: 'end-of-life',
  scope: 'endpoint',
  about: 'A cluster or dashboard runs a version that its vendor no longer supports.',
  products: ['elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  questions: accessQuestions,
  cwe: 'CWE-1104',
  references: [
    'https://cwe.mitre.org/data/definitions/1104.html',
    'https://www.elastic.co/support/eol',
    'https://opensearch.org/releases/',
  ],
  acceptable: false,
  judge(observations, context) {
    const { knowledge, now } = context;
    const version = knownVersion(observations);
    if ('verdict' in version) return version;
    const { known } = version;
    const line = lineOf(knowledge, observations, known);
    if (line === null) return { verdict: 'undetermined', reason: 'line-not-in-knowledge' };
    const today = now.slice(0, 10);
    const ended = line.endOfLife !== null && line.endOfLife < today ? line.endOfLife : null;
    const fixes = fixesFrom(line, now);
    const behind = fixes !== null && olderThan(known, `${fixes.version}.0`) ? fixes : null;
    if (ended === null && behind === null)
      return isTooOld('releases', context)
        ? { verdict: 'undetermined', reason: 'knowledge-too-old' }
        : { verdict: 'pass', evidence: versionEvidence(observations) };
    return {
      verdict: 'fail',
      facts: {
        line: line.line,
        ended,
        fixes: behind,
        builder: line.distribution === null ? known.builder : null,
        to: maintained(knowledge, observations, now),
        source: line.source,
      },
      evidence: versionEvidence(observations),
    };
  },
  stake: ({ ended, builder }, observations) => ({
    ...stakeOfReach(observations),
    kind: 'end-of-life',
    weight: ended !== null && builder === null ? 'plain' : 'slight',
  }),
  remedy: ({ to, builder }, observations) => update(observations, goalOf(null, to), builder),
  texts: {
    en: {
      title: ({ ended, fixes, builder }, observations) =>
        ended === null
          ? `${productAndVersion(observations)} ${builder === null ? 'gets' : 'may get'} no more fixes: they come in ${fixes?.version ?? 'later releases'} and later`
          : `${productAndVersion(observations)} ${builder === null ? 'is' : 'may be'} past its end of life (${ended})`,
      summary({ line, ended, fixes, builder, source }, observations, context) {
        const name = lineName(observations, line);
        return paragraph(
          answeredAs(observations, context),
          ended === null
            ? `Fixes for ${name} come only in ${fixes?.version ?? 'later releases'} and later (since ${fixes?.since ?? 'then'}).`
            : `${vendorOf(observations)} ended support for ${name} on ${ended}; vulnerabilities found since then are not fixed in it.`,
          builder === null
            ? null
            : `It is ${buildWords(builder)}, which may contain fixes that its version number does not show: this finding is potential.`,
          `Source: ${source}, ${asKnownOn(context, 'releases')}.`,
        );
      },
      undetermined: {
        'line-not-in-knowledge': ({ identity }, { knowledge }) =>
          `the knowledge of ${knowledge.parts.releases.date} has no release line for ${identity.version.number ?? 'its version'}`,
        'knowledge-too-old': (_observations, context) => tooOldWords('releases', context),
      },
    },
  },
};

/** Who ends the support of a product. */
function vendorOf({ identity: { product, distribution } }: Observations): string {
  if (distribution === 'open-distro') return 'The Open Distro project';
  return product === 'opensearch' || product === 'opensearch-dashboards' ? 'The OpenSearch project' : 'Elastic';
}
