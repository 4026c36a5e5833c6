// The deadlines for notifying authorities and people of a breach of personal data, as a table of data: this is not legal advice.

const gdpr = 'https://eur-lex.europa.eu/eli/reg/2016/679/oj';
const nis2 = 'https://eur-lex.europa.eu/eli/dir/2022/2555/oj';
const pipl = 'https://www.npc.gov.cn/npc/c2/c30834/202108/t20210820_313088.html';

/**
 * The duties of which a report reminds, in the order of their deadlines for each law: hours from the moment of awareness (null
 * where the law says "without undue delay" or "immediately"), and the text of the law. Their words are in `texts/`.
 */
export const notificationDuties = [
  { id: 'gdpr-33-1', hours: 72, source: gdpr },
  { id: 'gdpr-33-2', hours: null, source: gdpr },
  { id: 'gdpr-34', hours: null, source: gdpr },
  { id: 'nis2-early-warning', hours: 24, source: nis2 },
  { id: 'nis2-notification', hours: 72, source: nis2 },
  { id: 'nis2-report', hours: null, source: nis2 },
  { id: 'pipl-57', hours: null, source: pipl },
] as const satisfies readonly NotificationDuty[];

/** One deadline of a law. */
interface NotificationDuty {
  readonly id: string;
  readonly hours: number | null;
  readonly source: string;
}

/** The name of a duty in the catalogue. */
export type DutyId = (typeof notificationDuties)[number]['id'];

/** The deadline of a duty as an instant (UTC ISO 8601), counted from the moment of awareness; null where it has no hours. */
export function deadlineOf({ hours }: Pick<NotificationDuty, 'hours'>, awareAt: string): string | null {
  return hours === null ? null : new Date(Date.parse(awareAt) + hours * 3_600_000).toISOString();
}
