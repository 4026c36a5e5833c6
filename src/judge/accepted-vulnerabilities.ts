// Single vulnerabilities that the targets file accepts: what is left of the finding without them.
import { covers, type AcceptedRisk } from '../model/acceptance.js';
import type { JudgeContext } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import type { Knowledge } from '../model/knowledge.js';
import type { Observations } from '../model/observation.js';
import type { Severity } from '../model/severity.js';
import { hitsOf, knownVersion } from './versions.js';

/** The accepted vulnerabilities of a finding, and the finding without them. */
export interface AcceptedPart {
  /** Entries that name a vulnerability of it, each with the ones that apply; expired ones are among them. */
  readonly entries: readonly { readonly entry: AcceptedRisk['entry']; readonly ids: readonly string[] }[];
  /** What the finding would be with those alone whose entries hold. */
  readonly severity: Severity;
  /** The finding without these; null where nothing is left. */
  readonly rest: Finding | null;
}

/**
 * What is left of a finding without the vulnerabilities that are accepted; null where none of it is.
 *
 * @param judgedWith judges the same endpoint with other knowledge
 */
export function acceptedPart(
  finding: Finding,
  observations: Observations,
  context: JudgeContext,
  judgedWith: (knowledge: Knowledge) => Finding | null,
): AcceptedPart | null {
  const risks = (context.accepted ?? []).filter((risk) => covers(risk, finding));
  if (risks.length === 0) return null;
  const version = knownVersion(observations);
  if ('verdict' in version) return null;
  const present = new Set(
    hitsOf(context.knowledge, observations, version.known).flatMap(({ there, vulnerability }) =>
      there === 'yes' ? vulnerability.id : [],
    ),
  );
  const entries = risks.flatMap((risk) => {
    const ids = risk.vulnerabilities.filter((id) => present.has(id));
    return ids.length === 0 ? [] : [{ entry: risk.entry, ids }];
  });
  if (entries.length === 0) return null;
  const holding = new Set(
    risks.flatMap(({ until, vulnerabilities }) =>
      until < context.now.slice(0, 10) ? [] : vulnerabilities.filter((id) => present.has(id)),
    ),
  );
  const only = judgedWith(chosenFrom(context.knowledge, (id) => holding.has(id)));
  return {
    entries,
    severity: only?.severity ?? finding.severity,
    rest: holding.size === 0 ? finding : judgedWith(chosenFrom(context.knowledge, (id) => !holding.has(id))),
  };
}

function chosenFrom(knowledge: Knowledge, wanted: (id: string) => boolean): Knowledge {
  const { vulnerabilities } = knowledge.parts;
  return {
    ...knowledge,
    parts: {
      ...knowledge.parts,
      vulnerabilities: { ...vulnerabilities, list: vulnerabilities.list.filter(({ id }) => wanted(id)) },
    },
  };
}
