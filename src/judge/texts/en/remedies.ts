// What remedies say in English: each step and each comment in a block, what a command prints when all is fixed. Code decides which.

import { productNames, type Product } from '../../../model/endpoint.js';
import type { StepFrame } from '../../../model/remedy.js';
import type { Builder, Goal } from '../../versions.js';

/** What is upgraded. */
type Upgraded = 'cluster' | 'dashboard';

/** What is set in a file. */
export interface InFile {
  readonly file: string;
}

/** Words around the text of a step. */
export const frames: Readonly<Record<StepFrame, (text: string) => string>> = {
  'from-8': (text) => `(8.0 and later) ${text}`,
  'before-8': (text) => `(6.8, and 7.1 to 7.17) ${text}`,
  'without-login': (text) => `(before 6.8, and 7.0) ${text}`,
  'in-nginx': (text) => `${text} In nginx:`,
};

/** Two logins by the same header exclude each other: what one of them accepts, the other denies. */
const oneLogin =
  'Once the server itself requires a login, delete the lines `auth_basic`, `auth_basic_user_file` and `Authorization`: callers can log in to only one of the two.';

/** Where the settings go, and that nodes with and without them do not connect to each other. */
const setAndRestart =
  'Set this in elasticsearch.yml on every node, in place of `xpack.security.enabled: false`; keep TLS settings that are already there. Then restart all nodes together.';

const bothConnections =
  'Encrypt both connections: from callers to this address, and from the dashboard to the cluster whose login is asked for.';

const securityPlugins = {
  'search-guard': 'Search Guard',
  'open-distro': 'Open Distro Security',
  opensearch: 'the Security plugin',
};

/** What the line that is replaced did to a security plugin; `unknown`: whether there is such a line is not known. */
const replacedLines = {
  unknown: () => 'replace lines that are already there',
  'encrypts-only': (line: string) => `replace the line \`${line}\`, which leaves only the encryption on`,
  disables: (line: string) => `replace the line \`${line}\``,
};

/** Why security is taken to be there although the build says that it is not. */
const securityThere = {
  'said-by-server': 'the server itself reports that its security is there and off',
  'no-such-build': 'Elastic shipped no such build of this version, so someone else assembled it',
};

const upgraded: Readonly<Record<Upgraded, { readonly together: string; readonly and: string; readonly also: string }>> =
  {
    cluster: { together: 'cluster', and: 'cluster', also: ', with dashboards and clients' },
    dashboard: { together: 'dashboard together with its cluster', and: 'dashboard and its cluster', also: '' },
  };

const stepByStep = 'Upgrade one major version at a time';

function planned({ what, to }: { readonly what: Upgraded; readonly to: Goal }): string {
  return `Plan the upgrade of the ${upgraded[what].and}. ${howTo(what, to)}`;
}

function howTo(what: Upgraded, to: Goal): string {
  return `First take a snapshot and test that it restores. Then move to ${goalWords(to)}${upgraded[what].also}.`;
}

/** What to move to, as the end of "upgrade to". */
export function goalWords({ fixed, lines }: Goal): string {
  const latest = lines.length === 0 ? null : `the latest release of ${lines.join(' or ')}`;
  if (fixed === null) return latest ?? 'a supported product';
  return `${fixed} or later${latest === null ? '' : `, or ${latest}`}`;
}

/** What a build is, to follow "It is". */
export function buildWords({ kind, name }: Builder): string {
  switch (kind) {
    case 'aws':
      return 'a build of AWS';
    case 'open-distro':
      return 'a build of Open Distro';
    case 'distribution':
      return `the distribution ${name}`;
    case 'own-number':
      return `a build with its own number (${name})`;
  }
}

/** By id: a text, or a function of facts. */
export const remedies = {
  // What to do at once, and once the endpoint is closed.
  'save-evidence':
    'Save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. `cp` names the folders that it does not find. Check that the logs are there: archive installs write to logs/ in the install folder, containers to `docker logs`.',
  'block-port':
    'Block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT, ADDRESSES (IPv4) and ADDRESSES6 (IPv6; `::1` if none). This also covers ports that Docker publishes. It is lost on reboot: save the same lines in your firewall configuration.',
  'tell-officer':
    'Tell your data-protection officer if personal data may be exposed. Notification deadlines may be running.',
  'search-logs':
    'Search the access logs for the entire period without a login. Then run this audit again from the same place.',

  // A proxy in front.
  'remove-credentials':
    'Remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:',
  'change-password-in-front':
    'Change the password (or revoke the key) in that configuration. Everyone who could read the file knows it.',
  'change-password-or-compare':
    'Change the password (or revoke the key) in that configuration. If nothing in front adds credentials, several servers share this address and one of them has no login: compare their settings.',
  'close-gaps': `Make the proxy in front require a login on every path; it does so on some paths only. Then switch on the login of the server itself, so that a gap in the proxy opens nothing. ${oneLogin} In nginx:`,
  'proxy-in-front': `Put a proxy with TLS and a login in front of everything, not of \`/\` only, and make the server listen only to the proxy. ${oneLogin} In nginx:`,
  'login-on-every-path': `Make the proxy require a login on every path, not on a list of paths or on all but \`/\`. Then switch on the login of the server itself, so that a gap in the list opens nothing. ${oneLogin} In nginx:`,
  'proxy-before-dashboard':
    'Put a proxy with TLS and a login in front of every path, including `/elasticsearch/` and `/api/`. In nginx:',

  // Services that a provider runs.
  'limit-access-policy':
    'In the domain’s access policy, replace `"Principal": "*"` with the roles that need it and turn on fine-grained access control. Move the domain into a VPC where you can. Show the policy with:',
  'limit-collection-policies':
    'In the collection’s network policy, replace `"AllowFromPublic": true` with the VPC endpoints that need it. In its data access policies, name only the roles that need it. Show both with:',
  'remove-cloud-credentials':
    'Find the proxy or application that adds credentials to every request, and remove them. Elastic Cloud itself always requires a login.',
  'revoke-cloud-key':
    'In the Cloud console, revoke the API key that it used, and add a network security policy (an IP filter) to the project.',

  // A cluster without a login.
  'security-of-fork': ({ fork }: { readonly fork: string }) =>
    `Turn on the security of ${fork} as its documentation describes. Its settings are not those of Elasticsearch or OpenSearch.`,
  'find-product':
    'Find out first which product it is: its responses fit Elasticsearch and OpenSearch. Read its root page on its own host, then follow only the steps for that product.',
  'listen-privately': ({ file }: InFile) =>
    `Make it listen on private addresses only. With one node, set the first line in ${file}. With several nodes, set the second one instead: on loopback alone they lose each other. Then restart one node at a time.`,
  'login-of-flx':
    'Make Search Guard FLX, which is installed, require a login. Delete `searchguard.disabled: true` from elasticsearch.yml if it is set, delete any domain of type `anonymous` from sg_authc.yml, and load the files.',
  'login-of-readonlyrest':
    'Make ReadonlyREST, which is installed, require a login. In readonlyrest.yml, set `enable: true` and delete each rule that allows access without a login. It reloads the file by itself. The value of auth_key_sha512 is the output of `printf %s USER:PASSWORD | sha512sum`.',
  'switch-shield-on':
    'Switch Shield on; it is installed, but switched off or without a valid licence. With a licence, delete `shield.enabled: false` from elasticsearch.yml, restart all nodes, and add users.',
  'switch-x-pack-on':
    'Switch on the security of X-Pack. X-Pack is installed, but its security is switched off or not in its licence. Read the licence. If it includes security, delete `xpack.security.enabled: false` from elasticsearch.yml, restart all nodes, and set the passwords (from 6.0 on with the second command).',
  'create-certificates':
    'Create certificates. Put `ca.crt`, `instance.crt` and `instance.key` into `config/certs` on every node. Store `ca.key` somewhere else.',
  'switch-security-on-again': `Switch security on again; a setting turned it off. ${setAndRestart}`,
  'switch-security-on': `Switch security on; it is free, and off by default. ${setAndRestart}`,
  'set-passwords':
    'After the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.',
  'switch-http-tls-on':
    'Switch on TLS for HTTP, so that passwords do not cross the network in readable form. Add this to elasticsearch.yml on every node, and restart all nodes. Then give every client, Kibana included, the https address and `ca.crt`.',
  'replace-oss':
    'Replace the oss distribution, which has no security, with the default distribution of the same version, where security is free. Then switch security on as described in the next steps.',
  'check-certutil': ({ because }: { readonly because: keyof typeof securityThere }) =>
    `Check that \`bin/elasticsearch-certutil\` exists. The build flavor says oss, but ${securityThere[because]}. If the tool is missing, first install the default distribution of the same version, which includes security.`,
  'perhaps-oss':
    'If it is the oss distribution (`build_flavor` at `/` shows that; it was not shown to us), it has no security. Put a proxy with a login in front of every path, then move to the default distribution of the same version.',
  'upgrade-for-security':
    'Upgrade to a supported version, where security is free; older versions upgrade through 5.6 and 6.8. This version has no security without a paid licence and gets no fixes.',

  // An anonymous user of a cluster, and what else it shows to callers without credentials.
  'delete-anonymous-user':
    'Delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.',
  'remove-privileges':
    'Remove the privileges that show it (`monitor` and `view_index_metadata`; in OpenSearch `cluster_monitor` and `indices_monitor`) from callers without credentials.',

  // Security plugins that descend from Search Guard.
  'switch-plugin-on': (facts: {
    readonly plugin: keyof typeof securityPlugins;
    readonly file: string;
    readonly replaces: { readonly line: string; readonly which: keyof typeof replacedLines };
  }) =>
    `Switch on ${securityPlugins[facts.plugin]} on every node. Set this in ${facts.file} (${replacedLines[facts.replaces.which](facts.replaces.line)}), then restart all nodes together. Use your own certificates, with the names that are in them, and not the demo ones.`,
  'load-users': ({ file }: InFile) =>
    `After the restart, load users and roles; until then, every caller is denied. First put hashes of your own passwords (first command) into ${file}.`,
  'check-plugin':
    'Check that the Security plugin is installed: the list must contain opensearch-security. The full distribution ships it. If it is missing, install the plugin of exactly the same version (second command).',
  'switch-plugin-anonymous-off': (facts: { readonly file: string; readonly role: string; readonly mapping: string }) =>
    `Fetch the configuration that is in force (first command of the next step), since the files on disk may be older. Then switch anonymous access off in ${facts.file}, or remove \`${facts.role}\` from every role in ${facts.mapping}.`,
  'load-plugin-files': 'Load the changed files. They take effect at once, without a restart.',

  // A dashboard without a login.
  'dashboard-listens-privately': ({ file }: InFile) =>
    `Make it listen only where the proxy or its users are. Set this in ${file}, then restart it.`,
  'upgrade-dashboard':
    'Upgrade it together with its cluster. This version has no login without a paid licence and gets no fixes.',
  'check-dashboards-plugin':
    'Give the dashboard a login. List its plugins: `securityDashboards` must be among them. If it is missing, install the plugin of the same version (in a container: unset DISABLE_SECURITY_DASHBOARDS_PLUGIN). The cluster needs the Security plugin too.',
  'set-dashboards-login':
    'In opensearch_dashboards.yml, delete "opensearch_security.enabled: false" and set this, with a password of your own and not the one of the demo configuration. Then restart the dashboard.',
  'replace-oss-kibana':
    'Install the default distribution of the same version in place of this OSS build, of Kibana and of Elasticsearch. The OSS build has no login and does not start with `xpack.*` settings. Keep kibana.yml.',
  'ask-cluster':
    'Check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.',
  'create-service-token':
    'Create a service token on a node of the cluster. Kibana requires a login as soon as its cluster does.',
  'give-service-token':
    'Give the token to Kibana and restart it. If Kibana has no keystore yet, run `bin/kibana-keystore create` first.',
  'kibana-login-not-off':
    'In kibana.yml, delete the line `xpack.security.enabled: false` if it is there. Kibana then requires a login as soon as its cluster does.',
  'give-kibana-user': 'Give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").',
  'give-kibana-password':
    'Store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run `bin/kibana-keystore create` first.',
  'delete-header': ({ setting, file }: { readonly setting: string } & InFile) =>
    `Delete any Authorization header from \`${setting}\` in ${file}: it logs every caller in.`,
  'change-account-behind': ({ file }: InFile) =>
    `Change the password or token that the dashboard uses to log in to its cluster, enter the new one in ${file} or its keystore, and restart the dashboard.`,
  'delete-header-here-and-in-front': ({ setting, file }: { readonly setting: string } & InFile) =>
    `Delete any Authorization header from \`${setting}\` in ${file}, and from any proxy in front. It opens the cluster to every caller.`,
  'replace-oss-kibana-only':
    'Install the default distribution of the same version in place of this OSS build, which has no login. The cluster has a login already: keep the user in kibana.yml, and restart Kibana.',
  'switch-kibana-login-on':
    'Switch the login of Kibana on. The cluster has a login already, so nothing changes there. Delete this line from kibana.yml and restart Kibana:',
  'find-guest':
    'Find out why Kibana requires no login although its cluster does. From 8.0 on, only a provider of type `anonymous` under `xpack.security.authc.providers`, or credentials added by something in front, can cause that. Delete it and restart Kibana.',

  // The guest login, the status and the setup of a dashboard.
  'ask-about-guests':
    'Ask the owner whether a guest login is wanted here, and what guests may see. If it is not wanted, block the port at the firewall first.',
  'switch-guests-off': 'Switch anonymous access off in opensearch_dashboards.yml, and restart the dashboard.',
  'switch-guests-off-behind':
    'Switch it off in the cluster as well, in config/opensearch-security/config.yml, and load the file with securityadmin.sh.',
  'delete-guest-provider':
    'Delete the provider of type `anonymous` (these lines) from kibana.yml and restart Kibana. Remove the privileges of the user that it logs in as. If the cluster has an anonymous user of its own, delete that too.',
  'deny-status':
    'Upgrade to 2.0 or later, or make a proxy deny /api/status. This version shows its status without the login that it has. In nginx:',
  'login-for-status':
    'Require the login for /api/status too. Set this in opensearch_dashboards.yml, then restart the dashboard.',
  'status-for-users-only': 'Show the status to logged-in users only. Set this in kibana.yml, then restart Kibana.',
  'block-port-or-stop':
    'Block the port at the firewall or in the security group, and allow only the addresses that need it. Or stop this Kibana.',
  'loopback-until-setup':
    'Let Kibana listen on loopback only until its setup is finished. Set this in kibana.yml, then restart Kibana:',
  'create-enrollment-token':
    'Finish the setup from the machine itself. On a node of the cluster, create an enrollment token:',
  'give-enrollment-token': 'Give the token to Kibana. The setup ends there.',

  // A login over plain HTTP.
  'proxy-speaks-tls': 'Make the proxy that asks for the login accept TLS only. In nginx, in place of `listen 80`:',
  'proxy-speaks-tls-if-it-asks': 'If a proxy in front asks for the login, make it accept TLS only. In nginx:',
  'anything-speaks-tls':
    'Make whatever asks for the login accept TLS only, or put a proxy that does in front of it. In nginx:',
  'server-speaks-tls': ({ file }: InFile) => `Switch on TLS for HTTP: set this in ${file}, then restart it.`,
  'server-speaks-tls-if-it-asks': ({ file }: InFile) =>
    `If the server itself asks, switch on TLS for HTTP: set this in ${file}, then restart it.`,
  'encrypt-both-of-dashboards': `${bothConnections} Set this in opensearch_dashboards.yml, then restart the dashboard.`,
  'encrypt-both-of-kibana': `${bothConnections} Set this in kibana.yml (before 6.6 the last setting is called elasticsearch.url), then restart Kibana.`,
  'change-sent-passwords': 'Change every password that was sent over the unencrypted connection.',

  // What should not be there.
  'find-owner':
    'Find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:',
  'shut-down-or-declare': 'Shut it down, or correct the targets file (owner and expectation).',

  // An upgrade.
  'close-before-upgrade': 'Close the open access first, as described for that finding. An upgrade does not close it.',
  'restrict-until-upgrade':
    'Restrict network access to the addresses that need it, and apply least privilege, until the upgrade is done.',
  'ask-builder': ({ builder }: { readonly builder: Builder }) =>
    `Ask its vendor which of these vulnerabilities are fixed in it. It is ${buildWords(builder)}, and the version number does not show that.`,
  upgrade: ({ what, to }: { readonly what: Upgraded; readonly to: Goal }) =>
    `Upgrade the ${upgraded[what].together}. ${howTo(what, to)}`,
  'upgrade-in-stages': (facts: { readonly what: Upgraded; readonly to: Goal }) => `${planned(facts)} ${stepByStep}.`,
  /** `majors`: the major versions on the way, from the one that is there. */
  'upgrade-over-majors': (facts: { readonly what: Upgraded; readonly to: Goal; readonly majors: readonly number[] }) =>
    `${planned(facts)} ${stepByStep}: ${facts.majors.join(', ')}, with reindexing on the way. That takes longer than a week: start with the plan, and isolate the server until it is done. A new cluster, filled from the source of the data, is often faster.`,

  // Certificates, TLS versions, origins, and the port between nodes.
  'name-certificate': ({ file, product }: { readonly product: Product } & InFile) =>
    `Name the new certificate in ${file} (${productNames[product]}), then restart it.`,
  'certificate-in-front':
    'If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.',
  'monitor-expiry': 'Monitor the expiry dates of all certificates, with weeks of notice.',
  'update-clients': 'Find the clients that still need an old version in the logs, and update them.',
  'allow-current-tls': ({ file }: InFile) =>
    `Find the clients that still need an old version in the logs, and update them. Then allow only current versions in ${file}, and restart:`,
  'current-tls-in-front':
    'If a proxy or a load balancer in front of it terminates TLS, change it there instead. In nginx:',
  'limit-origins': ({ file }: InFile) =>
    `If no web page needs to read the cluster, switch this off. If one does, name it instead (the lines with #). Set this in ${file}, then restart each node.`,
  'origins-in-front': 'Make sure that no proxy in front of it adds the header to every response.',
  'login-against-origins':
    'Require a login. A page of another origin reads nothing where a login is required and pages may not send credentials.',
  'block-transport': ({ host, port }: { readonly host: string; readonly port: number }) =>
    `At the firewall, allow only the nodes of the cluster to reach port ${port} of ${host}.`,
  'bind-transport':
    'Bind it to a private address of this node that only the other nodes reach (127.0.0.1 for a single node). Set this in elasticsearch.yml or opensearch.yml, then restart.',
  'transport-tls':
    '(Elasticsearch) Require TLS with client certificates between the nodes, so that others cannot speak to the port. Set this in elasticsearch.yml on every node, then restart all nodes together.',
  'transport-tls-of-opensearch': '(OpenSearch) Do the same with the settings of the Security plugin in opensearch.yml.',

  // Comments in blocks.
  'creates-file': ({ command }: { readonly command: string }) => `Creates the file: ${command}`,
  'creates-keystore': ({ command }: { readonly command: string }) => `${command} creates the keystore`,
  'creates-keystore-from-7': ({ command }: { readonly command: string }) =>
    `${command} creates the keystore (7.0 and later)`,
  'in-1.x-instead': ({ setting }: { readonly setting: string }) => `1.x instead: ${setting}`,
  'on-every-node': 'on every node, then restart one node at a time',
  'put-hash': ({ file, user }: { readonly user: string } & InFile) =>
    `put the hash into ${file}, under the user ${user}`,

  // What the command prints that shows it fixed.
  'expect-closed': '401, 403 or no connection',
  'expect-cluster-closed': '401, 403 or no connection. 200 means that it is still open',
  'expect-no-anonymous-user': '401. 200 means that there still is an anonymous user',
  'expect-dashboard-closed':
    '401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path',
  'expect-login-page': 'a login page, and not /auth/anonymous',
  'expect-no-guests': 'no provider of type "anonymous", and no cookie',
  'expect-status-hidden': '401, or (Kibana 8.9 and later) 200 with nothing but the overall level',
  'expect-setup-ended': '401 or no connection',
  'expect-tls-only':
    '000 (no connection), or 301, 302, 307 or 308 followed by an https address. 200, 401 or an http address means that it still accepts plain HTTP',
  'expect-nothing': 'no connection',
  'expect-upgraded': ({ to }: { readonly to: Goal }) =>
    `${to.fixed === null ? '' : 'version '}${goalWords(to)}. If it requires a login, add -u USER`,
  'expect-old-tls-denied': 'a handshake error and 000. Any other status means that the old version is still accepted',
  'expect-no-origin': 'no line',
  'expect-transport-closed':
    'no connection from where this audit was made. "This is not an HTTP port" means that it is still reachable',
};

type English = typeof remedies;

declare module '../../../model/remedy.js' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface RemedyTexts extends English {}
}
