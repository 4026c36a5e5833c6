// The steps that many remedies share, and the ways to decide on one: a step is one instruction with at most one block of one
// language. What it says is in the texts of a language, by its id.

import type { RemedyStep, StepTime } from '../model/finding.js';
import type { BlockLine, DecidedStep, Said, StepThatSays } from '../model/remedy.js';

type BlockLanguage = NonNullable<RemedyStep['language']>;

/** A step with a block. */
type WithBlock = <const What extends Said<string>>(
  said: What,
  code: string | readonly BlockLine[],
) => StepThatSays<What>;

/** The ways to make a step for one time: by itself, or with a block for a shell, for the file that it names, or for nginx. */
export interface StepsAt extends Readonly<Record<BlockLanguage, WithBlock>> {
  readonly do: <const What extends Said<string>>(said: What) => StepThatSays<What>;
}

function at(when: StepTime): StepsAt {
  const withBlock =
    (language: BlockLanguage): WithBlock =>
    (said, code) => ({ when, said, code, language });
  return {
    do: (said) => ({ when, said, code: null }),
    shell: withBlock('shell'),
    yaml: withBlock('yaml'),
    nginx: withBlock('nginx'),
    json: withBlock('json'),
  };
}

export const thisHour = at('this-hour');
export const today = at('today');
export const thisWeek = at('this-week');
export const thisMonth = at('this-month');

/**
 * Lines for nginx that accept TLS only and require a login on every path, in front of a server on the same host. nginx passes the
 * caller's Authorization header on, and a server with a login of its own denies that user (tried on nginx 1.22): so it is removed.
 */
export const loginEverywhere = (port: number): readonly BlockLine[] => [
  {
    code: '',
    comment: {
      id: 'creates-file',
      command: 'printf \'NAME:%s\\n\' "$(openssl passwd -apr1)" >> /etc/nginx/users',
    },
  },
  'server {',
  '  listen 443 ssl;',
  '  server_name HOST;',
  '  ssl_certificate /etc/nginx/proxy.crt;',
  '  ssl_certificate_key /etc/nginx/proxy.key;',
  '  location / {',
  '    auth_basic "restricted";',
  '    auth_basic_user_file /etc/nginx/users;',
  '    proxy_set_header Authorization "";',
  `    proxy_pass http://127.0.0.1:${port};`,
  '  }',
  '}',
];

/** A block of settings, and the file that it belongs in. */
export interface Settings {
  readonly file: string;
  readonly code: string | readonly BlockLine[];
}

const commands = {
  evidence: [
    'mkdir -p /root/evidence && cd /root/evidence',
    'date -u > saved-at.txt && ss -tnp > connections.txt',
    'cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx .',
    'ls -l /root/evidence/*',
  ].join('\n'),
  /**
   * A table of its own, since `inet filter` need not exist. Before destination NAT, so that ports that Docker publishes are
   * covered. Tried with nftables 1.0.6: IPv4, IPv6, and connections from the host itself, which stay allowed.
   */
  firewall: [
    'nft add table inet block_port',
    "nft 'add chain inet block_port in { type filter hook prerouting priority -150; }'",
    "nft 'add rule inet block_port in iif != lo fib daddr type local tcp dport PORT ip saddr != { ADDRESSES } drop'",
    "nft 'add rule inet block_port in iif != lo fib daddr type local tcp dport PORT ip6 saddr != { ADDRESSES6 } drop'",
  ].join('\n'),
} as const;

/** Saves what a restart or a clean-up would destroy; the same words everywhere, so that a report gives them once. */
export const saveEvidence: DecidedStep = {
  ...thisHour.shell('save-evidence', commands.evidence),
  goal: 'save-evidence',
};

/** Blocks the port for all but those who need it. */
export const blockPort: DecidedStep = { ...thisHour.shell('block-port', commands.firewall), goal: 'block-port' };

/** What to do at once about anything through which documents are reached. */
export const firstHour: readonly DecidedStep[] = [saveEvidence, blockPort];

/** What follows once the endpoint is closed. */
export const afterwards: readonly DecidedStep[] = [today.do('tell-officer'), thisWeek.do('search-logs')];
