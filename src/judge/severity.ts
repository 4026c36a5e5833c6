// The severity table: which row a finding gets.
import { rungs, type Rung } from '../model/endpoint.js';
import type { Exposure } from '../model/engagement.js';
import { severities, type Severity, type SeverityRow } from '../model/finding.js';
import { sensitivities, type Stake } from '../model/check.js';

/** Where a run was made from, as far as severity tells apart. The internet and a partner's network both lie outside. */
type Zone = 'outside' | 'inside' | 'host';

const zoneOf = {
  internet: 'outside',
  partner: 'outside',
  internal: 'inside',
  host: 'host',
} as const satisfies Record<Exposure, Zone>;

/** CVSS attack vector: what was shown is an attack from where the run stood; from elsewhere nothing was tested. */
const attackVector = { outside: 'N', inside: 'A', host: 'L' } as const satisfies Record<Zone, string>;

const zoneReason = {
  outside: 'Asked from outside (the internet or a partner).',
  inside: 'Asked from an internal network: at least this, the internet was not tested.',
  host: 'Asked from the machine itself: at least this, no network was tested.',
} as const satisfies Record<Zone, string>;

const zones = ['outside', 'inside', 'host'] as const;

interface Kind {
  readonly id: string;
  /** Conditions only ask for "at least": more reach, more data or more exposure then never lowers the severity. */
  readonly fits: (stake: Stake) => boolean;
  readonly reason: string;
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

const careReason = {
  personal: 'Names of fields there speak of persons.',
  sensitive: 'Names of fields there speak of sensitive data of persons, or of keys.',
} as const satisfies Record<Care, string>;

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
    reason: 'A server without a login of its own, with records in it: read, copy, change and delete must be assumed.',
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
    reason: 'A dashboard without a login opens the records of a cluster that refuses callers itself.',
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
    reason: 'Records can be searched without credentials.',
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
    reason: 'Records of the cluster behind it can be searched through a dashboard without credentials.',
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
    reason: 'Names, counts and dates there are as attackers leave them: treat it as an incident that has happened.',
    outside: ['critical', 9.3, 9.8],
    inside: ['critical', 8.7, 8.8],
    host: ['critical', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'incident-suspected',
    fits: (stake) => tracesCount(stake) && stake.incident !== 'none',
    reason: 'Something there looks as attackers leave it, and may be innocent: look before anything else is done.',
    outside: ['high', 6.9, 7.3],
    inside: ['high', 5.3, 6.3],
    host: ['medium', 5.1, 5.9],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
  },
  {
    id: 'published-login',
    fits: (stake) => stake.kind === 'published-login',
    reason:
      'A login of a cluster is given to callers without credentials; whether that cluster can be reached with it was not tested.',
    outside: ['high', 9.2, 8.6],
    inside: ['high', 8.3, 7.4],
    host: ['medium', 8.2, 7.1],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:H/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N',
  },
  {
    id: 'linked',
    fits: (stake) => stake.kind === 'linked',
    reason:
      'A cluster that lets callers in is linked to other clusters: that these can be searched through it must be assumed, and was not tested.',
    outside: ['high', 6.9, 5.8],
    inside: ['medium', 5.3, 4.7],
    host: ['low', 5.1, 4.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'control-empty',
    fits: (stake) => atLeast(stake, 'control'),
    reason:
      'A server without a login of its own, with no records of the user in it yet: whoever comes may fill, use or stop it.',
    outside: ['high', 8.8, 8.6],
    inside: ['medium', 7.2, 7.6],
    host: ['medium', 7, 7.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H',
  },
  {
    id: 'reach-not-determined',
    fits: (stake) => atLeast(stake, 'metadata') && stake.documents !== 'no' && stake.data !== 'no',
    reason:
      'Names of what lies there are shown without credentials, and whether the records can be read was not determined.',
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
    reason: 'Whoever reaches the server must be assumed able to change and delete what lies there; nothing was tried.',
    outside: ['high', 8.8, 9.1],
    inside: ['medium', 7.2, 8.1],
    host: ['medium', 7, 7.7],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  },
  {
    id: 'no-backup',
    fits: (stake) => stake.kind === 'no-backup',
    reason: 'What is deleted there could not be brought back from a recent snapshot of the cluster.',
    outside: ['high', 8.7, 7.5],
    inside: ['medium', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'backup-in-reach',
    fits: (stake) => stake.kind === 'backup-in-reach',
    reason: 'Whoever reaches the server must be assumed able to delete its snapshots as well as its data.',
    outside: ['medium', 8.8, 8.2],
    inside: ['low', 7.1, 7.1],
    host: ['low', 7, 6.8],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:L/A:H',
  },
  {
    id: 'visited',
    fits: (stake) => stake.kind === 'visited',
    reason:
      'Clients from outside, or scanners, were connected to a server that stands open: the door is known and used.',
    outside: ['high', 0, 0],
    inside: ['high', 0, 0],
    host: ['high', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'visited-perhaps',
    fits: (stake) => stake.kind === 'visited-perhaps',
    reason:
      'A header says that clients from outside were connected to a server that stands open; a caller can write it.',
    outside: ['medium', 0, 0],
    inside: ['medium', 0, 0],
    host: ['medium', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'guest',
    fits: (stake) => atLeast(stake, 'banner') && stake.documents === 'unknown',
    reason: 'Callers are let in as somebody without credentials; what they reach was not determined.',
    outside: ['medium', 6.9, 5.8],
    inside: ['low', 5.3, 4.7],
    host: ['low', 5.1, 4.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'setup',
    fits: (stake) => stake.kind === 'setup',
    reason:
      'A product waits for its first user: whoever comes can make it call other hosts, and with its code bind it to a cluster of his own.',
    outside: ['high', 6.9, 7.2],
    inside: ['medium', 5.3, 6.1],
    host: ['low', 5.1, 5.7],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:L',
  },
  {
    id: 'vulnerability-grave',
    fits: (stake) => stake.kind === 'vulnerability' && weighs(stake, 'grave'),
    reason:
      'By its version it is known to be vulnerable, without a login, to an attack that takes it over or that is seen in use.',
    outside: ['high', 9.3, 9.8],
    inside: ['medium', 8.7, 8.8],
    host: ['low', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'metadata',
    fits: (stake) => atLeast(stake, 'metadata'),
    reason:
      'Names and counts of what lies there are shown without credentials; no records of the user were seen to be readable.',
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'admin-page',
    fits: (stake) => stake.kind === 'admin-page',
    reason: 'The tools to search, change and delete are served to callers beside a cluster that lets them in.',
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'clear-text-login',
    fits: (stake) => stake.kind === 'clear-text-login',
    reason: 'Passwords cross the network readable to whoever stands on the way.',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'vulnerability-plain',
    fits: (stake) => stake.kind === 'vulnerability' && weighs(stake, 'plain'),
    reason: 'By its version it is known to be vulnerable, without a login, to an attack of a high CVSS score.',
    outside: ['medium', 8.7, 7.5],
    inside: ['low', 7.1, 6.5],
    host: ['info', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'end-of-life',
    fits: (stake) => stake.kind === 'end-of-life' && weighs(stake, 'plain'),
    reason: 'Its line of releases has ended: what is found in it from now on is not mended.',
    outside: ['medium', 0, 0],
    inside: ['low', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'demo-certificate',
    fits: (stake) => stake.kind === 'demo-certificate',
    reason:
      'The private key of its certificate is published: whoever has it can pose as the server, and in the demo configuration the certificate that is published beside it makes its holder an administrator.',
    outside: ['high', 9.2, 8.1],
    inside: ['medium', 7.7, 7.5],
    host: ['low', 7.5, 7.4],
    v4: 'AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'transport-port',
    fits: (stake) => stake.kind === 'transport-port',
    reason:
      'The protocol by which nodes speak to each other is reached, unencrypted: where no login guards it, whoever speaks it can join the cluster, read and change all of it.',
    outside: ['high', 9.2, 8.1],
    inside: ['medium', 7.7, 7.5],
    host: ['low', 7.5, 7.4],
    v4: 'AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'any-origin',
    fits: (stake) => stake.kind === 'any-origin',
    reason:
      'Any web page can read it through the browser of a visitor who reaches it: a network that keeps strangers out does not keep pages out.',
    outside: ['medium', 7.1, 6.5],
    inside: ['medium', 6.9, 5.7],
    host: ['medium', 6.8, 5.5],
    v4: 'AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N',
  },
  {
    id: 'breakable-certificate',
    fits: (stake) => stake.kind === 'breakable-certificate',
    reason:
      'Keys of that size were taken apart in public, or signatures of that kind forged: one attacker on the way can pose as the server.',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'weak-encryption',
    fits: (stake) => stake.kind === 'weak-encryption',
    reason: 'What protects the connection is out of use, and within the reach of a strong attacker on the way.',
    outside: ['low', 2.1, 3.1],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:H/AT:P/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N',
  },
  {
    id: 'unverifiable-certificate',
    fits: (stake) => stake.kind === 'unverifiable-certificate',
    reason: 'Callers cannot tell the server from somebody who poses as it, and learn to pass over the warning.',
    outside: ['low', 2.1, 3.1],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N',
  },
  {
    id: 'shared-key',
    fits: (stake) => stake.kind === 'shared-key',
    reason:
      'One private key lies with several owners or in several environments: whoever takes it from one of them can pose as all.',
    outside: ['low', 2.1, 3],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:H/AT:P/PR:H/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:H/PR:H/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'unexpected',
    fits: (stake) => stake.kind === 'unexpected',
    reason:
      'Something answers where the owner says that nothing does: the inventory is wrong, or somebody else put it there.',
    outside: ['low', 0, 0],
    inside: ['low', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'vulnerability-slight',
    fits: (stake) => stake.kind === 'vulnerability',
    reason:
      'By its version it has known vulnerabilities that ask for a login, a victim or a setting, do little, or may be mended by whoever built it.',
    outside: ['low', 5.3, 4.3],
    inside: ['info', 5.1, 3.5],
    host: ['info', 4.8, 3.3],
    v4: 'AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'fixes-elsewhere',
    fits: (stake) => stake.kind === 'end-of-life',
    reason:
      'Fixes of its line come in later minor releases only, or its line has ended and whoever built it may mend it.',
    outside: ['low', 0, 0],
    inside: ['info', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'banner',
    fits: (stake) => atLeast(stake, 'banner'),
    reason: 'Product, version or health are told to callers without credentials; nothing more was seen.',
    outside: ['low', 6.9, 5.3],
    inside: ['info', 5.3, 4.3],
    host: ['info', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
];

interface Line {
  readonly zone: Zone;
  readonly kind: Kind;
  readonly row: SeverityRow;
}

function lineOf(kind: Kind, zone: Zone): Line {
  const [severity, score4, score31] = kind[zone];
  const vector = attackVector[zone];
  return {
    zone,
    kind,
    row: {
      id: `${kind.id}-${zone}`,
      severity,
      reason: `${kind.reason} ${zoneReason[zone]}`,
      cvss4: { vector: `CVSS:4.0/AV:${vector}/${kind.v4}`, score: score4 },
      cvss31: { vector: `CVSS:3.1/AV:${vector}/${kind.v31}`, score: score31 },
    },
  };
}

/** The rows of a kind for what asks for more care. */
function raisedLines(kind: Kind, zone: Zone): Line[] {
  return (['sensitive', 'personal'] as const).flatMap((care) => {
    const severity = kind.raised?.[care]?.[zone];
    if (severity === undefined) return [];
    const [, score4, score31] = kind[zone];
    return lineOf(
      {
        ...kind,
        id: `${kind.id}-${care}`,
        fits: (stake) => kind.fits(stake) && careAtLeast(stake, care),
        reason: `${kind.reason} ${careReason[care]}`,
        [zone]: [severity, score4, score31],
      },
      zone,
    );
  });
}

// Worst first, and within a severity in the order above (sort is stable): the first row that fits is the highest.
const lines: readonly Line[] = kinds
  .flatMap((kind) => zones.flatMap((zone) => [...raisedLines(kind, zone), lineOf(kind, zone)]))
  .sort((a, b) => severities.indexOf(a.row.severity) - severities.indexOf(b.row.severity));

/** The severity table, worst row first. Printed in every report; explained in docs/severity.md. */
export const severityTable: readonly SeverityRow[] = lines.map((line) => line.row);

const rowsById: ReadonlyMap<string, SeverityRow> = new Map(severityTable.map((row) => [row.id, row]));

/** The highest row of the severity table that fits a stake seen from a vantage of this exposure. */
export function severityOf(stake: Stake, exposure: Exposure): SeverityRow {
  const zone = zoneOf[exposure];
  const line = lines.find((candidate) => candidate.zone === zone && candidate.kind.fits(stake));
  if (line === undefined) throw new Error(`no row of the severity table fits ${JSON.stringify(stake)}`);
  return line.row;
}

/** A row by its id. Throws on an unknown id: a bug of ours. */
export function severityRow(id: string): SeverityRow {
  const row = rowsById.get(id);
  if (row === undefined) throw new Error(`no row ${id} in the severity table`);
  return row;
}
