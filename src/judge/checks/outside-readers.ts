// Clients from outside, or scanners, among those that an open cluster says were connected.
import { agentMark, type AgentMark } from '../../knowledge/user-agents.js';
import type { Check, JudgeContext } from '../../model/check.js';
import type { DecidedRemedy } from '../../model/remedy.js';
import type { Observations } from '../../model/observation.js';
import type { ClientFacts, ClientsFacts } from '../../topics/clients.js';
import { stakeOfReach } from '../access.js';
import { ask } from '../remedies.js';
import { blockPort, saveEvidence, thisWeek, today } from '../steps.js';
import { aCluster, answeredAs, count, counted, moment, paragraph, said } from '../words.js';

/** Kinds of clients that a finding names at most. */
const named = 5;

/** A kind of client that is called an outsider. */
type Outsider = {
  readonly address: string | null;
  readonly forwarded: boolean;
  readonly agent: string | null;
  /** What its program is known for. */
  readonly program: { readonly name: string; readonly role: AgentMark['role'] } | null;
  /** It claims to be a run of leftopen, another one than this. */
  readonly audit: boolean;
  readonly requests: number;
  readonly lastAt: string | null;
};

type Facts = {
  /** `strong`: a connection from an outside address, or a program that looks for open servers or copies them. */
  readonly strength: 'strong' | 'weak';
  readonly connections: number;
  /** The most telling kinds. */
  readonly first: readonly Outsider[];
  readonly kinds: number;
  readonly scanners: readonly string[];
  readonly copiers: readonly string[];
};

type Why = 'no-list' | 'list-denied' | 'list-cut';

const noList = { none: 'no-list', refused: 'list-denied', cut: 'list-cut' } as const satisfies Record<
  Exclude<ClientsFacts['list'], 'given'>,
  Why
>;

export const check: Check<Facts, 'clients', Why, 'compare-addresses' | 'search-firewall-logs'> = {
  id: 'outside-readers',
  scope: 'endpoint',
  about: 'An open cluster was used from outside, or by scanners, while it was audited or in the minutes before.',
  products: ['elasticsearch'],
  questions: [],
  needs: ['open', 'clients'],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-nodes-stats',
  ],
  acceptable: false,
  judge(observations, context) {
    const { clients } = observations.topics;
    const facts = factsOf(clients, context);
    if (facts !== null)
      return { verdict: 'fail', facts, evidence: [...observations.identity.evidence, ...clients.evidence] };
    return clients.list === 'given'
      ? { verdict: 'pass', evidence: clients.evidence }
      : { verdict: 'undetermined', reason: noList[clients.list] };
  },
  stake: (facts, observations) => ({
    ...stakeOfReach(observations),
    kind: facts.strength === 'strong' ? 'visited' : 'visited-perhaps',
  }),
  remedy: (_facts, observations) => askThem(observations),
  texts: {
    en: {
      title(facts, observations) {
        const who =
          facts.copiers.length > 0
            ? `A program that copies indices (${facts.copiers.join(', ')})`
            : facts.scanners.length > 0
              ? `A scanner (${facts.scanners.join(', ')})`
              : 'A client from outside';
        const surely = facts.strength === 'strong' ? '' : ' perhaps';
        return `${who}${facts.kinds > 1 ? ' and others' : ''}${surely} used ${aCluster(observations)} that is open`;
      },
      summary(facts, observations, context) {
        const { clients } = observations.topics;
        return paragraph(
          answeredAs(observations, context),
          `It listed ${counted(facts.connections, 'connection', 'connections')} by outsiders, not counting this audit: ${facts.first.map(outsiderWords).join('; ')}${facts.kinds > facts.first.length ? `; and ${counted(facts.kinds - facts.first.length, 'other kind', 'other kinds')} of them` : ''}.`,
          'It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested.',
          facts.first.some(({ forwarded }) => forwarded)
            ? 'The X-Forwarded-For header was written by something in front, or by the caller itself.'
            : null,
          facts.first.some(({ address }) => address !== null)
            ? 'They may be your own users or services: compare them with the addresses that you know.'
            : null,
          facts.first.some(({ audit }) => audit)
            ? 'Some of them claim to be another audit with leftopen: check whether it is yours.'
            : null,
          clients === null ? null : activity(clients),
        );
      },
      remedy: {
        'compare-addresses':
          'Compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.',
        'search-firewall-logs':
          'Search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.',
      },
      undetermined: {
        'no-list': 'it has no list of its HTTP clients: versions before 7.13 keep none, and it can be switched off',
        'list-denied': 'it did not show who was connected',
        'list-cut': 'its list of clients was longer than we read, and no outsider was among those',
      },
    },
  },
};

function factsOf(clients: ClientsFacts, context: JudgeContext): Facts | null {
  const outsiders = clients.kinds.filter((one) => one.run !== context.run && isOutsider(one));
  if (outsiders.length === 0) return null;
  const strong = outsiders.some((one) => (one.address !== null && !one.forwarded) || looksForOpen(one));
  const programs = (role: AgentMark['role']) => [
    ...new Set(
      outsiders.flatMap(({ agent }) => {
        const mark = agentMark(agent);
        return mark?.role === role ? [mark.name] : [];
      }),
    ),
  ];
  return {
    strength: strong ? 'strong' : 'weak',
    connections: outsiders.reduce((sum, { connections }) => sum + connections, 0),
    first: outsiders.slice(0, named).map(outsiderOf),
    kinds: outsiders.length,
    scanners: programs('scanner').slice(0, named),
    copiers: programs('copier').slice(0, named),
  };
}

/** An address of another network, or a name that no ordinary application uses. */
function isOutsider(client: ClientFacts): boolean {
  return client.address !== null || looksForOpen(client);
}

function looksForOpen({ agent }: ClientFacts): boolean {
  return agentMark(agent)?.strength === 'strong';
}

function outsiderOf({ address, forwarded, agent, run, requests, lastAt }: ClientFacts): Outsider {
  const mark = agentMark(agent);
  return {
    address,
    forwarded,
    agent: agent?.slice(0, 80) ?? null,
    program: mark === null ? null : { name: mark.name, role: mark.role },
    audit: run !== null,
    requests,
    lastAt,
  };
}

const roles = {
  scanner: 'a scanner',
  copier: 'a program that copies indices',
  script: 'a library that scanners use too',
} as const satisfies Record<AgentMark['role'], string>;

function outsiderWords({ address, forwarded, agent, program, requests, lastAt }: Outsider): string {
  const from = address === null ? 'an inside address' : `${address}${forwarded ? ' (by X-Forwarded-For)' : ''}`;
  const who = agent === null ? '' : ` as ${said(agent)}${program === null ? '' : `, ${roles[program.role]}`}`;
  const last = lastAt === null ? '' : `, the last on ${moment(lastAt)} by its clock`;
  return `${from}${who}: ${counted(requests, 'request', 'requests')}${last}`;
}

/** What the counters say about the entire period; null where there are none. */
function activity({ opened, uptimeMs, searches, fetches, scrolls }: ClientsFacts): string | null {
  if (opened === null || uptimeMs === null) return null;
  const hours = uptimeMs / 3_600_000;
  const rate = hours < 1 ? '' : `, about ${count(Math.round(opened / hours))} an hour`;
  const counts =
    searches === null
      ? ''
      : ` Its shards count ${counted(searches, 'search', 'searches')}${fetches === null ? '' : `, ${count(fetches)} of which fetched documents`}${scrolls === null || scrolls === 0 ? '' : `, and ${counted(scrolls, 'scroll', 'scrolls')}, which is how entire indices are read`} (before ours; counters restart with their shard).`;
  return `Since it started ${hours < 48 ? counted(Math.round(hours), 'hour', 'hours') : counted(Math.round(hours / 24), 'day', 'days')} ago it has opened ${counted(opened, 'HTTP connection', 'HTTP connections')}${rate}, health checks and its own applications included.${counts}`;
}

function askThem(observations: Observations): DecidedRemedy<'compare-addresses' | 'search-firewall-logs'> {
  return {
    steps: [saveEvidence, blockPort, today.do('compare-addresses'), thisWeek.do('search-firewall-logs')],
    verify: {
      command: ask(observations, '/_cat/indices'),
      expect: 'expect-cluster-closed',
    },
  };
}
