// The deadlines for notifying authorities and people of a breach of personal data, as a table of data: this is not legal advice.

/** One deadline of a law. */
export interface NotificationDuty {
  readonly law: string;
  /** Whom it concerns, and when it applies. */
  readonly applies: string;
  /** What has to be done, and to whom. */
  readonly duty: string;
  /** Hours from the moment of awareness; null where the law says "without undue delay" or "immediately". */
  readonly hours: number | null;
  /** The deadline in words. */
  readonly within: string;
  /** The text of the law. */
  readonly source: string;
}

const gdpr = 'https://eur-lex.europa.eu/eli/reg/2016/679/oj';
const nis2 = 'https://eur-lex.europa.eu/eli/dir/2022/2555/oj';
const pipl = 'https://www.npc.gov.cn/npc/c2/c30834/202108/t20210820_313088.html';

/** The duties of which a report reminds, in the order of their deadlines for each law. */
export const notificationDuties: readonly NotificationDuty[] = [
  {
    law: 'GDPR, Article 33(1)',
    applies: 'Controllers of personal data, unless the breach is unlikely to result in a risk',
    duty: 'Notify the supervisory authority',
    hours: 72,
    within: '72 hours after the controller becomes aware of the breach, where feasible',
    source: gdpr,
  },
  {
    law: 'GDPR, Article 33(2)',
    applies: 'Processors',
    duty: 'Notify the controller',
    hours: null,
    within: 'without undue delay after becoming aware of the breach',
    source: gdpr,
  },
  {
    law: 'GDPR, Article 34',
    applies: 'Controllers, if the risk to the people concerned is likely to be high',
    duty: 'Inform the people concerned',
    hours: null,
    within: 'without undue delay',
    source: gdpr,
  },
  {
    law: 'NIS2, Article 23(4)(a)',
    applies: 'Essential and important entities, if the incident is significant',
    duty: 'Early warning to the CSIRT or the competent authority',
    hours: 24,
    within: '24 hours after becoming aware of the significant incident',
    source: nis2,
  },
  {
    law: 'NIS2, Article 23(4)(b)',
    applies: 'As above',
    duty: 'Incident notification',
    hours: 72,
    within: '72 hours after becoming aware',
    source: nis2,
  },
  {
    law: 'NIS2, Article 23(4)(d)',
    applies: 'As above',
    duty: 'Final report',
    hours: null,
    within: 'one month after the incident notification',
    source: nis2,
  },
  {
    law: 'PIPL, Article 57 (China)',
    applies: 'Only handlers of personal information of people in China',
    duty: 'Notify the authority and the people concerned',
    hours: null,
    within: 'immediately',
    source: pipl,
  },
];

/** The deadline of a duty as an instant (UTC ISO 8601), counted from the moment of awareness; null where it has no hours. */
export function deadlineOf({ hours }: NotificationDuty, awareAt: string): string | null {
  return hours === null ? null : new Date(Date.parse(awareAt) + hours * 3_600_000).toISOString();
}
