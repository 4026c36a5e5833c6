// The severity table: which row a finding gets.
import { rungs, type Rung } from '../model/endpoint.js';
import type { Exposure } from '../model/engagement.js';
import { severities, type Severity, type SeverityRow } from '../model/finding.js';
import { sensitivities, type Stake } from '../model/check.js';
import { paragraph } from '../text/words.js';
import { en, type SharedTexts } from './texts/en.js';

/** Where a run was made from, as far as severity distinguishes. The internet and a partner's network are both outside. */
type Zone = 'outside' | 'inside' | 'host';

const zoneOf = {
  internet: 'outside',
  partner: 'outside',
  internal: 'inside',
  host: 'host',
} as const satisfies Record<Exposure, Zone>;

/** CVSS attack vector: what was shown is an attack from the run's place in the network; from elsewhere nothing was tested. */
const attackVector = { outside: 'N', inside: 'A', host: 'L' } as const satisfies Record<Zone, string>;

const zones = ['outside', 'inside', 'host'] as const;

interface Kind {
  readonly id: keyof SharedTexts['severity']['kinds'];
  /** Conditions only ask for "at least": more reach, more data or more exposure then never lowers the severity. */
  readonly fits: (stake: Stake) => boolean;
  /** For each zone: severity, CVSS v4.0 base score, CVSS v3.1 base score. */
  readonly outside: readonly [Severity, number, number];
  readonly inside: readonly [Severity, number, number];
  readonly host: readonly [Severity, number, number];
  readonly v4: string;
  readonly v31: string;
  /**
   * What it is raised to where the names of fields speak of persons, or of sensitive data. Only where that is more than the
   * kind's own severity is there a row of its own; its vectors and scores are the kind's.
   */
  readonly raised?: Readonly<Partial<Record<Care, Readonly<Partial<Record<Zone, Severity>>>>>>;
}

/** What raises a severity. */
type Care = 'personal' | 'sensitive';

const atLeast = (stake: Stake, rung: Rung) =>
  (stake.kind === 'reach' || stake.kind === 'gateway') && rungs.indexOf(stake.rung) >= rungs.indexOf(rung);

const careAtLeast = ({ sensitivity = 'unknown' }: Stake, care: Care) =>
  sensitivities.indexOf(sensitivity) >= sensitivities.indexOf(care);

/** Where names are shown, what has already happened counts, however far a caller gets today. */
const tracesCount = (stake: Stake) => stake.kind === 'incident' || atLeast(stake, 'metadata');

const weights: readonly NonNullable<Stake['weight']>[] = ['slight', 'plain', 'grave'];

const weighs = ({ weight = 'slight' }: Stake, least: NonNullable<Stake['weight']>) =>
  weights.indexOf(weight) >= weights.indexOf(least);

const kinds: readonly Kind[] = [
  {
    id: 'control-data',
    fits: (stake) => atLeast(stake, 'control') && stake.data !== 'no',
    outside: ['critical', 9.3, 9.8],
    inside: ['high', 8.7, 8.8],
    host: ['high', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    raised: { sensitive: { inside: 'critical' } },
  },
  {
    id: 'gateway-documents',
    fits: (stake) => stake.kind === 'gateway' && atLeast(stake, 'documents') && stake.data !== 'no',
    outside: ['critical', 7.7, 8.6],
    inside: ['high', 6.3, 7.4],
    host: ['high', 6.1, 7.1],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:H/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N',
    raised: { sensitive: { inside: 'critical' } },
  },
  {
    id: 'documents',
    fits: (stake) => atLeast(stake, 'documents') && stake.data !== 'no' && stake.through === 'cluster',
    outside: ['critical', 8.7, 7.5],
    inside: ['high', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
    raised: { sensitive: { inside: 'critical' }, personal: { host: 'high' } },
  },
  {
    id: 'documents-through-dashboard',
    fits: (stake) => atLeast(stake, 'documents') && stake.data !== 'no' && stake.through === 'dashboard',
    outside: ['critical', 7.7, 8.6],
    inside: ['high', 6.3, 7.4],
    host: ['medium', 6.1, 7.1],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:H/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N',
    raised: { sensitive: { inside: 'critical' }, personal: { host: 'high' } },
  },
  {
    id: 'incident',
    fits: (stake) => tracesCount(stake) && stake.incident === 'strong',
    outside: ['critical', 9.3, 9.8],
    inside: ['critical', 8.7, 8.8],
    host: ['critical', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'incident-suspected',
    fits: (stake) => tracesCount(stake) && stake.incident !== 'none',
    outside: ['high', 6.9, 7.3],
    inside: ['high', 5.3, 6.3],
    host: ['medium', 5.1, 5.9],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
  },
  {
    id: 'published-login',
    fits: (stake) => stake.kind === 'published-login',
    outside: ['high', 9.2, 8.6],
    inside: ['high', 8.3, 7.4],
    host: ['medium', 8.2, 7.1],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:H/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N',
  },
  {
    id: 'linked',
    fits: (stake) => stake.kind === 'linked',
    outside: ['high', 6.9, 5.8],
    inside: ['medium', 5.3, 4.7],
    host: ['low', 5.1, 4.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'control-empty',
    fits: (stake) => atLeast(stake, 'control'),
    outside: ['high', 8.8, 8.6],
    inside: ['medium', 7.2, 7.6],
    host: ['medium', 7, 7.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H',
  },
  {
    id: 'reach-not-determined',
    fits: (stake) => atLeast(stake, 'metadata') && stake.documents !== 'no' && stake.data !== 'no',
    outside: ['high', 6.9, 6.5],
    inside: ['medium', 5.3, 5.4],
    host: ['low', 5.1, 5.1],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N',
    raised: { sensitive: { inside: 'high', host: 'medium' } },
  },
  {
    id: 'delete',
    fits: (stake) => stake.kind === 'delete',
    outside: ['high', 8.8, 9.1],
    inside: ['medium', 7.2, 8.1],
    host: ['medium', 7, 7.7],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  },
  {
    id: 'no-backup',
    fits: (stake) => stake.kind === 'no-backup',
    outside: ['high', 8.7, 7.5],
    inside: ['medium', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'data-lost',
    fits: (stake) => stake.kind === 'lost',
    outside: ['medium', 8.7, 7.5],
    inside: ['medium', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'backup-in-reach',
    fits: (stake) => stake.kind === 'backup-in-reach',
    outside: ['medium', 8.8, 8.2],
    inside: ['low', 7.1, 7.1],
    host: ['low', 7, 6.8],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:L/A:H',
  },
  {
    id: 'visited',
    fits: (stake) => stake.kind === 'visited',
    outside: ['high', 0, 0],
    inside: ['high', 0, 0],
    host: ['high', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'visited-perhaps',
    fits: (stake) => stake.kind === 'visited-perhaps',
    outside: ['medium', 0, 0],
    inside: ['medium', 0, 0],
    host: ['medium', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'guest',
    fits: (stake) => atLeast(stake, 'banner') && stake.documents === 'unknown',
    outside: ['medium', 6.9, 5.8],
    inside: ['low', 5.3, 4.7],
    host: ['low', 5.1, 4.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'setup',
    fits: (stake) => stake.kind === 'setup',
    outside: ['high', 6.9, 7.2],
    inside: ['medium', 5.3, 6.1],
    host: ['low', 5.1, 5.7],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:L',
  },
  {
    id: 'vulnerability-grave',
    fits: (stake) => stake.kind === 'vulnerability' && weighs(stake, 'grave'),
    outside: ['high', 9.3, 9.8],
    inside: ['medium', 8.7, 8.8],
    host: ['low', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'metadata',
    fits: (stake) => atLeast(stake, 'metadata'),
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'admin-page',
    fits: (stake) => stake.kind === 'admin-page',
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'clear-text-login',
    fits: (stake) => stake.kind === 'clear-text-login',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'vulnerability-plain',
    fits: (stake) => stake.kind === 'vulnerability' && weighs(stake, 'plain'),
    outside: ['medium', 8.7, 7.5],
    inside: ['low', 7.1, 6.5],
    host: ['info', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'end-of-life',
    fits: (stake) => stake.kind === 'end-of-life' && weighs(stake, 'plain'),
    outside: ['medium', 0, 0],
    inside: ['low', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'demo-certificate',
    fits: (stake) => stake.kind === 'demo-certificate',
    outside: ['high', 9.2, 8.1],
    inside: ['medium', 7.7, 7.5],
    host: ['low', 7.5, 7.4],
    v4: 'AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'transport-port',
    fits: (stake) => stake.kind === 'transport-port',
    outside: ['high', 9.2, 8.1],
    inside: ['medium', 7.7, 7.5],
    host: ['low', 7.5, 7.4],
    v4: 'AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'any-origin',
    fits: (stake) => stake.kind === 'any-origin',
    outside: ['medium', 7.1, 6.5],
    inside: ['medium', 6.9, 5.7],
    host: ['medium', 6.8, 5.5],
    v4: 'AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N',
  },
  {
    id: 'breakable-certificate',
    fits: (stake) => stake.kind === 'breakable-certificate',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'weak-encryption',
    fits: (stake) => stake.kind === 'weak-encryption',
    outside: ['low', 2.1, 3.1],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:H/AT:P/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N',
  },
  {
    id: 'unverifiable-certificate',
    fits: (stake) => stake.kind === 'unverifiable-certificate',
    outside: ['low', 2.1, 3.1],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N',
  },
  {
    id: 'shared-key',
    fits: (stake) => stake.kind === 'shared-key',
    outside: ['low', 2.1, 3],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:H/AT:P/PR:H/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:H/PR:H/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'unexpected',
    fits: (stake) => stake.kind === 'unexpected',
    outside: ['low', 0, 0],
    inside: ['low', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'vulnerability-slight',
    fits: (stake) => stake.kind === 'vulnerability',
    outside: ['low', 5.3, 4.3],
    inside: ['info', 5.1, 3.5],
    host: ['info', 4.8, 3.3],
    v4: 'AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'fixes-elsewhere',
    fits: (stake) => stake.kind === 'end-of-life',
    outside: ['low', 0, 0],
    inside: ['info', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'banner',
    fits: (stake) => atLeast(stake, 'banner'),
    outside: ['low', 6.9, 5.3],
    inside: ['info', 5.3, 4.3],
    host: ['info', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
];

interface Line {
  readonly kind: Kind;
  readonly care: Care | null;
  readonly zone: Zone;
  readonly row: Omit<SeverityRow, 'reason'>;
}

function lineOf(kind: Kind, care: Care | null, zone: Zone, severity: Severity): Line {
  const [, score4, score31] = kind[zone];
  const vector = attackVector[zone];
  return {
    kind,
    care,
    zone,
    row: {
      id: [kind.id, ...(care === null ? [] : [care]), zone].join('-'),
      severity,
      cvss4: { vector: `CVSS:4.0/AV:${vector}/${kind.v4}`, score: score4 },
      cvss31: { vector: `CVSS:3.1/AV:${vector}/${kind.v31}`, score: score31 },
    },
  };
}

/** The rows of a kind: those for what asks for more care, and its own. */
function linesOf(kind: Kind, zone: Zone): Line[] {
  const raised = (['sensitive', 'personal'] as const).flatMap((care) => {
    const severity = kind.raised?.[care]?.[zone];
    return severity === undefined ? [] : [lineOf(kind, care, zone, severity)];
  });
  return [...raised, lineOf(kind, null, zone, kind[zone][0])];
}

function fits({ kind, care }: Line, stake: Stake): boolean {
  return kind.fits(stake) && (care === null || careAtLeast(stake, care));
}

// Worst first, and within a severity in the order above (sort is stable): the first row that fits is the highest.
const lines: readonly Line[] = kinds
  .flatMap((kind) => zones.flatMap((zone) => linesOf(kind, zone)))
  .sort((a, b) => severities.indexOf(a.row.severity) - severities.indexOf(b.row.severity));

/** The ids of the rows of the severity table, the worst first. */
export const severityRows: readonly string[] = lines.map(({ row }) => row.id);

/**
 * The severity table, worst row first. Printed in every report; explained in docs/severity.md.
 *
 * @param isOfSeveral whether it is that of a run merged from several places, each of which was tested
 */
export function severityTable({ severity: words }: SharedTexts = en, isOfSeveral = false): readonly SeverityRow[] {
  const zoneWords = isOfSeveral ? words.zonesOfSeveral : words.zones;
  return lines.map(({ kind, care, zone, row }) => ({
    id: row.id,
    severity: row.severity,
    reason: paragraph(words.kinds[kind.id], care === null ? null : words.care[care], zoneWords[zone]),
    cvss4: row.cvss4,
    cvss31: row.cvss31,
  }));
}

/** The highest row of the severity table that fits a stake seen from a vantage of this exposure, without its reason. */
export function severityOf(stake: Stake, exposure: Exposure): Omit<SeverityRow, 'reason'> {
  const zone = zoneOf[exposure];
  const line = lines.find((candidate) => candidate.zone === zone && fits(candidate, stake));
  if (line === undefined) throw new Error(`no row of the severity table fits ${JSON.stringify(stake)}`);
  return line.row;
}
