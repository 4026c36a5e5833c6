// What changed since the last run, in words: for the first screen of the terminal and of the reports.
import { changesFacts } from '../history/changes.js';
import type { ReportHead } from '../model/finding.js';
import type { GoneStatus } from '../model/history.js';
import { listed, number, utc } from './words.js';

/** "Since the last run" as a label and what follows it. */
export interface ChangesWords {
  readonly label: string;
  readonly text: string;
}

const goneWords = {
  fixed: 'fixed',
  closed: 'no longer reachable',
  'not-reached': 'could not be checked',
  'not-asked': 'not asked',
  withdrawn: 'no longer declared',
} as const satisfies Record<GoneStatus, string>;

/** The sentence on what changed; it says so where there is nothing to compare with. */
export function changesWords({ changes }: Pick<ReportHead, 'changes'>): ChangesWords {
  const facts = changesFacts(changes);
  if (facts.baseline === null)
    return {
      label: 'First run.',
      text: `There is no earlier run to compare with${facts.news.new.total === 0 ? '' : ', so every finding counts as new'}.`,
    };
  const { news, unchanged, better, byKnowledge, noLongerAccepted, gone } = facts;
  const counts = (['new', 'worse', 'reopened'] as const).map((status) => {
    const { total, worst } = news[status];
    return total === 0 ? null : `${number(total)} ${status}${worst === null ? '' : ` (up to ${worst})`}`;
  });
  const ended = (['fixed', 'closed'] as const).map((status) =>
    gone[status] === 0 ? null : `${number(gone[status])} ${goneWords[status]}`,
  );
  const open = [
    better === 0 ? null : `${number(better)} better`,
    unchanged === 0 ? null : `${number(unchanged)} unchanged`,
    ...(['not-reached', 'not-asked', 'withdrawn'] as const).map((status) =>
      gone[status] === 0 ? null : `${number(gone[status])} ${goneWords[status]}`,
    ),
  ];
  const lapsed = noLongerAccepted === 0 ? null : `${number(noLongerAccepted)} no longer accepted`;
  const first = [...counts, lapsed, ...ended].filter((part) => part !== null);
  const rest = open.filter((part) => part !== null);
  const sentences = [
    first.length === 0 ? 'Nothing new, worse or fixed.' : `${listed(first)}.`,
    rest.length === 0 ? null : `The rest: ${listed(rest)}.`,
    byKnowledge === 0
      ? null
      : `${number(byKnowledge)} more only because leftopen knows more today: the responses of the last run already showed ${byKnowledge === 1 ? 'it' : 'them'}.`,
  ];
  return {
    label: `Since the last run (${utc(facts.baseline.startedAt)}):`,
    text: sentences.filter((sentence) => sentence !== null).join(' '),
  };
}
