/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cluster-anonymous-access.test.ts > TAP > the words of cluster-anonymous-access (npx tap --snapshot writes them: read the difference) 1`] = `
## a role that reads one index pattern
A stranger on the internet can search, as an anonymous user, in an Elasticsearch cluster: 1 index with 18 documents (1.8 kB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`visitor_read\`. It shows that user 1 index with 18 documents (1.8 kB); the largest: \`orders\`. Shown: we were allowed to count the documents of \`orders\` (18 documents), which requires the privilege to search. No document was read. Filters by document or field may hide a part. Writing was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## a role that is shown more than it may read
A stranger on the internet can search, as an anonymous user, in an Elasticsearch cluster: \`orders\` (40 documents), one of 2 indices listed
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`visitor_read\`. It shows that user 2 indices, in a cluster with 309 documents in all (its own included); among them: \`orders\`, \`payroll\`. Shown: we were allowed to count the documents of \`orders\` (40 documents), which requires the privilege to search. No document was read. Searches on \`payroll\`, \`a b\` were denied: it lists more than it allows to be read. The other indices were not tried. Filters by document or field may hide a part. Writing was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## names only, from inside
A caller without credentials at 198.51.100.7 can list the indices, as an anonymous user, of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`visitor_read\`. It shows that user 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Filters by document or field may hide a part. Writing was not tested. Tested from an internal network; the internet was not tested.
It did not show when its process started, so the time before is not known.
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## OpenSearch: banner and health, reach of the role unknown
A stranger on the internet sees version and health, as an anonymous user, of an OpenSearch cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 2.19.4. It treats such a caller as its user \`opendistro_security_anonymous\`, with the roles \`own_index\`, \`visitor_read\`. That user saw version and health, and no index name. Whether that user can read documents was not determined. Filters by document or field may hide a part. Writing was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: fetch the configuration that is in force (first command of the next step), since the files on disk may be older. Then switch anonymous access off in config/opensearch-security/config.yml, or remove \`opendistro_security_anonymous_backendrole\` from every role in roles_mapping.yml.
    config:
      dynamic:
        http:
          anonymous_auth_enabled: false
Today: load the changed files. They take effect at once, without a restart.
    plugins/opensearch-security/tools/securityadmin.sh -backup backup/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
    plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/_plugins/_security/authinfo'
Expect: 401. 200 means that there still is an anonymous user

## OpenSearch: health was shown, how far the role reaches was not
A stranger on the internet sees version and health, as an anonymous user, of an OpenSearch cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 2.19.4. It treats such a caller as its user \`opendistro_security_anonymous\`, with the roles \`visitor_read\`. That user saw version and health, and no index name. Whether that user can read documents was not determined. Filters by document or field may hide a part. Writing was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: fetch the configuration that is in force (first command of the next step), since the files on disk may be older. Then switch anonymous access off in config/opensearch-security/config.yml, or remove \`opendistro_security_anonymous_backendrole\` from every role in roles_mapping.yml.
    config:
      dynamic:
        http:
          anonymous_auth_enabled: false
Today: load the changed files. They take effect at once, without a restart.
    plugins/opensearch-security/tools/securityadmin.sh -backup backup/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
    plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/_plugins/_security/authinfo'
Expect: 401. 200 means that there still is an anonymous user

## the server says that a pattern may be searched
A stranger on the internet can search, as an anonymous user, in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`visitor_read\`. Inferred: documents can be read, because the server lists that privilege of the user. We did not search. Filters by document or field may hide a part. Writing was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## Shield of Elasticsearch 2
A stranger on the internet can list the indices, as an anonymous user, of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 2.4.6, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`visitor_read\`. It shows that user 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. Filters by document or field may hide a part. Writing was not tested.
It did not show when its process started, so the time before is not known.
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    shield.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_shield/authenticate'
Expect: 401. 200 means that there still is an anonymous user

## more roles than are named
A stranger on the internet can search, as an anonymous user, in an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\`, with the roles \`role0\`, \`role1\`, \`role2\`, \`role3\`, \`role4\` and 25 more. It shows that user 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. Inferred: documents can be read, because the server lists that privilege of the user. We did not search. Filters by document or field may hide a part. Writing was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

`
