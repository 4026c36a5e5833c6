/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/site-plugin.test.ts > TAP > the words of site-plugin (npx tap --snapshot writes them: read the difference) 1`] = `
## Elasticsearch 2 with head
A stranger on the internet can open an administration page of an old Elasticsearch cluster: \`head\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 2.4.6, cluster \`acme-search\`. It lists 1 plugin that is a web page (site plugins): \`head\`. Such a page gives its visitors tools to search, change and delete, without a login of its own. We did not open it.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove these plugins on every node and restart. Administrators can run such a page on their own machines.
    bin/plugin remove head
This month: upgrade. This line has had no fixes for years, and has no free login.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_plugin/head/'
Expect: 404, 401, 403 or no connection

## Elasticsearch 1 with two, from inside
A caller without credentials at 198.51.100.7 can open 2 administration pages of an old Elasticsearch cluster: \`HQ\`, \`kopf\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 1.4.2, cluster \`acme-search\`. It lists 2 plugins that are web pages (site plugins): \`HQ\`, \`kopf\`. Such a page gives its visitors tools to search, change and delete, without a login of its own. We did not open it. Versions before 1.4.5, and 1.5.0 and 1.5.1, let callers read files of the host through such plugins (CVE-2015-3337); that was not tested. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove these plugins on every node and restart. Administrators can run such a page on their own machines.
    bin/plugin --remove HQ
This month: upgrade. This line has had no fixes for years, and has no free login.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_plugin/HQ/'
Expect: 404, 401, 403 or no connection

## a plugin whose name is no word for a shell
A stranger on the internet can open an administration page of an old Elasticsearch cluster: \`a; rm -rf /\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 2.4.6, cluster \`acme-search\`. It lists 1 plugin that is a web page (site plugins): \`a; rm -rf /\`. Such a page gives its visitors tools to search, change and delete, without a login of its own. We did not open it.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove these plugins on every node and restart. Administrators can run such a page on their own machines.
    bin/plugin remove NAME
This month: upgrade. This line has had no fixes for years, and has no free login.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_plugin/NAME/'
Expect: 404, 401, 403 or no connection

`
