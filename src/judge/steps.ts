// The steps that many remedies share, and the ways to write one: a step is one instruction with at most one block of one
// language.

import type { RemedyStep, StepTime } from '../model/finding.js';

type Step = RemedyStep;

/** The ways to write a step for one time: by itself, or with a block for a shell, for the YAML file that it names, or for nginx. */
export interface StepsAt {
  readonly do: (text: string) => Step;
  readonly shell: (text: string, code: string) => Step;
  readonly yaml: (text: string, code: string) => Step;
  readonly nginx: (text: string, code: string) => Step;
}

function at(when: StepTime): StepsAt {
  return {
    do: (text) => ({ when, text, code: null }),
    shell: (text, code) => ({ when, text, code, language: 'shell' }),
    yaml: (text, code) => ({ when, text, code, language: 'yaml' }),
    nginx: (text, code) => ({ when, text, code, language: 'nginx' }),
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
export const loginEverywhere = (port: number): string =>
  [
    '# Creates the file: printf \'NAME:%s\\n\' "$(openssl passwd -apr1)" >> /etc/nginx/users',
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
  ].join('\n');

/** A block of settings, and the file that it belongs in. */
export interface Settings {
  readonly file: string;
  readonly code: string;
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
export const saveEvidence: Step = {
  ...thisHour.shell(
    'Save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. `cp` names the folders that it does not find. Check that the logs are there: archive installs write to logs/ in the install folder, containers to `docker logs`.',
    commands.evidence,
  ),
  goal: 'save-evidence',
};

/** Blocks the port for all but those who need it. */
export const blockPort: Step = {
  ...thisHour.shell(
    'Block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT, ADDRESSES (IPv4) and ADDRESSES6 (IPv6; `::1` if none). This also covers ports that Docker publishes. It is lost on reboot: save the same lines in your firewall configuration.',
    commands.firewall,
  ),
  goal: 'block-port',
};

/** What to do at once about anything through which documents are reached. */
export const firstHour: readonly Step[] = [saveEvidence, blockPort];

/** What follows once the endpoint is closed. */
export const afterwards: readonly Step[] = [
  today.do('Tell your data-protection officer if personal data may be exposed. Notification deadlines may be running.'),
  thisWeek.do(
    'Search the access logs for the entire period without a login. Then run this audit again from the same place.',
  ),
];
