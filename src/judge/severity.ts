// The severity table: which row a finding gets.
import { rungs, type Rung } from '../model/endpoint.js';
import type { Exposure } from '../model/engagement.js';
import { severities, type Severity, type SeverityRow } from '../model/finding.js';
import { sensitivities, type Stake } from '../model/check.js';

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

const zoneReason = {
  outside: 'Tested from outside (the internet or a partner).',
  inside: 'Tested from an internal network, so at least this; the internet was not tested.',
  host: 'Tested from the machine itself, so at least this; no network was tested.',
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
  personal: 'Field names suggest personal data.',
  sensitive: 'Field names suggest sensitive personal data, or keys.',
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
    reason:
      'A server without a login that contains documents: assume that callers can read, copy, change and delete them.',
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
    reason: 'A dashboard without a login opens the documents of a cluster that itself denies access.',
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
    reason: 'Documents can be searched without credentials.',
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
    reason: 'Documents of the cluster behind it can be searched through a dashboard without credentials.',
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
    reason: 'Names, counts and dates are as attackers leave them: treat it as a security incident.',
    outside: ['critical', 9.3, 9.8],
    inside: ['critical', 8.7, 8.8],
    host: ['critical', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'incident-suspected',
    fits: (stake) => tracesCount(stake) && stake.incident !== 'none',
    reason: 'Something looks as attackers leave it, and may be harmless: look at it first.',
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
      'Callers without credentials can get a login for a cluster; whether the cluster can be reached with it was not tested.',
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
      'A cluster that lets callers in is linked to other clusters: assume that these can be searched through it; that was not tested.',
    outside: ['high', 6.9, 5.8],
    inside: ['medium', 5.3, 4.7],
    host: ['low', 5.1, 4.3],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N',
  },
  {
    id: 'control-empty',
    fits: (stake) => atLeast(stake, 'control'),
    reason: 'A server without a login, empty so far: every caller can fill, use or stop it.',
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
      'Names of its contents are shown without credentials; whether the documents can be read was not determined.',
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
    reason: 'Assume that every caller can change and delete its contents; nothing was tried.',
    outside: ['high', 8.8, 9.1],
    inside: ['medium', 7.2, 8.1],
    host: ['medium', 7, 7.7],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  },
  {
    id: 'no-backup',
    fits: (stake) => stake.kind === 'no-backup',
    reason: 'Deleted data could not be restored from a recent snapshot of the cluster.',
    outside: ['high', 8.7, 7.5],
    inside: ['medium', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'data-lost',
    fits: (stake) => stake.kind === 'lost',
    reason: 'Most of the data that was there in the last run is gone, and every caller can delete it.',
    outside: ['medium', 8.7, 7.5],
    inside: ['medium', 7.1, 6.5],
    host: ['medium', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'backup-in-reach',
    fits: (stake) => stake.kind === 'backup-in-reach',
    reason: 'Assume that every caller can delete its snapshots as well as its data.',
    outside: ['medium', 8.8, 8.2],
    inside: ['low', 7.1, 7.1],
    host: ['low', 7, 6.8],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:L/A:H',
  },
  {
    id: 'visited',
    fits: (stake) => stake.kind === 'visited',
    reason: 'Clients from outside, or scanners, were connected to an open server: it is known and used.',
    outside: ['high', 0, 0],
    inside: ['high', 0, 0],
    host: ['high', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'visited-perhaps',
    fits: (stake) => stake.kind === 'visited-perhaps',
    reason: 'A header names clients from outside that were connected to an open server; a caller can forge it.',
    outside: ['medium', 0, 0],
    inside: ['medium', 0, 0],
    host: ['medium', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'guest',
    fits: (stake) => atLeast(stake, 'banner') && stake.documents === 'unknown',
    reason: 'Callers get in without credentials as a guest or an anonymous user; what they can see was not determined.',
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
      'A product waits for its first user: any caller can make it contact other hosts, and with its code connect it to their own cluster.',
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
      'Its version has a known vulnerability that lets an attacker take it over, or that attackers use, without a login.',
    outside: ['high', 9.3, 9.8],
    inside: ['medium', 8.7, 8.8],
    host: ['low', 8.6, 8.4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    id: 'metadata',
    fits: (stake) => atLeast(stake, 'metadata'),
    reason: 'Names and counts are shown without credentials; no readable documents of the user were seen.',
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'admin-page',
    fits: (stake) => stake.kind === 'admin-page',
    reason: 'Tools to search, change and delete are served to callers of a cluster that lets them in.',
    outside: ['medium', 6.9, 5.3],
    inside: ['low', 5.3, 4.3],
    host: ['low', 5.1, 4],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  },
  {
    id: 'clear-text-login',
    fits: (stake) => stake.kind === 'clear-text-login',
    reason: 'Passwords cross the network in a form that anyone on the path can read.',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'vulnerability-plain',
    fits: (stake) => stake.kind === 'vulnerability' && weighs(stake, 'plain'),
    reason: 'Its version has a known vulnerability whose CVSS score is high where no login is needed, as here.',
    outside: ['medium', 8.7, 7.5],
    inside: ['low', 7.1, 6.5],
    host: ['info', 6.9, 6.2],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    id: 'end-of-life',
    fits: (stake) => stake.kind === 'end-of-life' && weighs(stake, 'plain'),
    reason: 'Its release line has ended: vulnerabilities found from now on are not fixed.',
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
      'The private key of its certificate is public, so anyone can impersonate the server. In the demo configuration, a second public certificate makes its holder an administrator.',
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
      'The protocol between nodes is reachable and unencrypted: where it has no login, anyone who speaks it can join the cluster and read and change everything.',
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
      'Any web page can read it through the browser of a visitor who can reach it; a firewall does not stop that.',
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
      'Keys of that size have been factored, or signatures of that kind forged: an attacker on the network path can impersonate the server.',
    outside: ['medium', 5.9, 5.9],
    inside: ['low', 5.7, 5.3],
    host: ['info', 5.6, 5.1],
    v4: 'AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  },
  {
    id: 'weak-encryption',
    fits: (stake) => stake.kind === 'weak-encryption',
    reason: 'The protection of the connection is obsolete, and a strong attacker on the network path can break it.',
    outside: ['low', 2.1, 3.1],
    inside: ['info', 2, 2.6],
    host: ['info', 1.8, 2.5],
    v4: 'AC:H/AT:P/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N',
  },
  {
    id: 'unverifiable-certificate',
    fits: (stake) => stake.kind === 'unverifiable-certificate',
    reason: 'Callers cannot distinguish the server from an impostor, and learn to ignore the warning.',
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
      'Several owners or environments have the same private key: anyone who takes it from one can impersonate all.',
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
      'Something responds where the owner says that nothing does: the inventory is wrong, or someone else put it there.',
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
      'Its version has known vulnerabilities that need a login, user interaction or a special setting, have limited impact, or may be fixed by its vendor.',
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
      'Fixes for its line come in later minor releases only, or its line has ended and its vendor may still fix it.',
    outside: ['low', 0, 0],
    inside: ['info', 0, 0],
    host: ['info', 0, 0],
    v4: 'AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N',
    v31: 'AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
  },
  {
    id: 'banner',
    fits: (stake) => atLeast(stake, 'banner'),
    reason: 'Product, version or health are shown without credentials; nothing more was seen.',
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
