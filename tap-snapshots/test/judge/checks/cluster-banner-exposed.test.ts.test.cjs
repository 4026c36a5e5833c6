/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cluster-banner-exposed.test.ts > TAP > the words of cluster-banner-exposed (npx tap --snapshot writes them: read the difference) 1`] = `
## a banner, and a proxy that refuses the rest
A stranger on the internet can read the name and version of an Elasticsearch cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 8.15.0, cluster \`acme\`. It reports 3 nodes. A proxy in front of it denied access to its contents. By itself this does no harm, but it shows attackers which known vulnerabilities to try.
Something in front of it denied access in part and let us through elsewhere. That can be changed while the server runs, so its start proves nothing about the time before.
Today: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This week: make the proxy require a login on every path, not on a list of paths or on all but \`/\`. Then switch on the login of the server itself, so that a gap in the list opens nothing. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9200;
    }
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: 401, 403 or no connection

## from inside
A caller without credentials at 198.51.100.7 can read the name and version of an Elasticsearch cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 8.15.0. It denied access to its contents. By itself this does no harm, but it shows attackers which known vulnerabilities to try. Tested from an internal network; the internet was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This week: remove the privileges that show it (\`monitor\` and \`view_index_metadata\`; in OpenSearch \`cluster_monitor\` and \`indices_monitor\`) from callers without credentials.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: 401, 403 or no connection

## a node whose cluster has not formed: what was seen stays seen
A stranger on the internet can read the name and version of an Elasticsearch cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 8.15.0. Whether its contents can be reached was not determined: the node is up, but its cluster has not formed. By itself this does no harm, but it shows attackers which known vulnerabilities to try.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This week: remove the privileges that show it (\`monitor\` and \`view_index_metadata\`; in OpenSearch \`cluster_monitor\` and \`indices_monitor\`) from callers without credentials.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: 401, 403 or no connection

`
