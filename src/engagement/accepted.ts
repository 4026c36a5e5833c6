// Accepted risks of a targets file: each names a finding, or a target and a check, and ends on a day.
import { messages } from '../messages/index.js';
import type { AcceptedRisk } from '../model/acceptance.js';
import { checkIds } from '../model/registry.generated.js';
import type { Located } from './entry.js';
import { lineOf, type MistakeList } from './mistake.js';
import { sha256 } from '../text/digest.js';
import { nearest } from '../text/nearest.js';
import { inRepository } from './repository.js';
import type { AcceptedPart } from './schema.js';

/** A risk that is accepted for longer is not looked at again. */
export const mostDaysAccepted = 400;

/** The last day on which a risk may be accepted, from a day on; both `YYYY-MM-DD`. */
export function latestAcceptance(today: string): string {
  return new Date(Date.parse(today) + mostDaysAccepted * 86_400_000).toISOString().slice(0, 10);
}

const vulnerabilityCheck = 'known-vulnerability';

/**
 * The accepted risks in the order of the file.
 *
 * @param targets ids of all targets, those made of `except` among them
 */
export function acceptedOf(
  entries: readonly Located<AcceptedPart>[],
  targets: ReadonlySet<string>,
  now: Date,
  mistakes: MistakeList,
): readonly AcceptedRisk[] {
  const seen = new Map<string, Located<AcceptedPart>>();
  return entries.map((entry): AcceptedRisk => {
    const { value, spot } = entry;
    checkKeys(entry, targets, mistakes);
    checkEnd(entry, now, mistakes);
    const { finding = null, target = null, check = null, cve: vulnerabilities = [], owner = null } = value;
    for (const part of vulnerabilities.length === 0 ? [''] : vulnerabilities) {
      const key = [finding, target, check, part].join(' ');
      const before = seen.get(key);
      if (before === undefined) seen.set(key, entry);
      else mistakes.add(entry.spot([]), messages().targets.accepted.twice(lineOf(before.spot([]))));
    }
    const { reason, approvedBy, until } = value;
    const { file, line } = spot([]);
    const said = { finding, target, check, vulnerabilities, reason, owner, approvedBy, until };
    return {
      entry: sha256(JSON.stringify(said)).slice(0, 16),
      declaredIn: { file: inRepository(file), line },
      ...said,
    };
  });
}

function checkKeys(entry: Located<AcceptedPart>, targets: ReadonlySet<string>, mistakes: MistakeList): void {
  const { finding, target, check, cve } = entry.value;
  if (finding === undefined && (target === undefined || check === undefined)) {
    mistakes.add(entry.spot([]), messages().targets.accepted.nothing);
    return;
  }
  if (finding !== undefined && (target !== undefined || check !== undefined))
    mistakes.add(entry.spot([target === undefined ? 'check' : 'target']), messages().targets.accepted.findingAndTarget);
  if (target !== undefined && !targets.has(target))
    mistakes.add(entry.spot(['target']), messages().targets.target.unknownId(nearest(target, targets)));
  if (check !== undefined && !checkIds.includes(check))
    mistakes.add(entry.spot(['check']), messages().targets.accepted.unknownCheck(nearest(check, checkIds)));
  else if (cve !== undefined && check !== undefined && check !== vulnerabilityCheck)
    mistakes.add(entry.spot(['cve']), messages().targets.accepted.noVulnerabilities(vulnerabilityCheck));
}

function checkEnd(entry: Located<AcceptedPart>, now: Date, mistakes: MistakeList): void {
  const day = latestAcceptance(now.toISOString().slice(0, 10));
  if (entry.value.until > day)
    mistakes.add(entry.spot(['until']), messages().targets.accepted.tooLong(mostDaysAccepted, day));
}
