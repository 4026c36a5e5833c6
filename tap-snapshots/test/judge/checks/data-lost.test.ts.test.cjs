/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/data-lost.test.ts > TAP > the words of data-lost (npx tap --snapshot writes them: read the difference) 1`] = `
## an index is gone
66% of the documents of an Elasticsearch cluster are gone since the last run
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. On 2026-01-01 03:04 UTC it held 1,500 documents in indices that we compare; 1,000 of them are gone. Concerned: \`orders\`. Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves. Inferred: it has no login, so every caller can delete its data. Its owner may have deleted it too; we cannot see who did.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices?h=index,docs.count,creation.date.string'
Expect: 401 without credentials; with credentials, the indices and their counts as before

## all are gone
All of the documents of an Elasticsearch cluster are gone since the last run
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. On 2026-01-01 03:04 UTC it held 1,500 documents in indices that we compare; 1,500 of them are gone. Concerned: \`orders\`, \`customers\`. Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves. Inferred: it has no login, so every caller can delete its data. Its owner may have deleted it too; we cannot see who did.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices?h=index,docs.count,creation.date.string'
Expect: 401 without credentials; with credentials, the indices and their counts as before

## most documents are gone
99% of the documents of an Elasticsearch cluster are gone since the last run
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. On 2026-01-01 03:04 UTC it held 1,500 documents in indices that we compare; 1,485 of them are gone. Concerned: \`orders\`, \`customers\`. Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves. Inferred: it has no login, so every caller can delete its data. Its owner may have deleted it too; we cannot see who did.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices?h=index,docs.count,creation.date.string'
Expect: 401 without credentials; with credentials, the indices and their counts as before

## made anew, with less
All of the documents of an Elasticsearch cluster are gone since the last run
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. On 2026-01-01 03:04 UTC it held 1,500 documents in indices that we compare; 1,500 of them are gone. Concerned: \`orders\`, \`customers\`. 2 indices were created again since then under the same name, with fewer documents. Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves. Inferred: it has no login, so every caller can delete its data. Its owner may have deleted it too; we cannot see who did.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices?h=index,docs.count,creation.date.string'
Expect: 401 without credentials; with credentials, the indices and their counts as before

## a ransom note in their place
99% of the documents of an Elasticsearch cluster are gone since the last run, and names of a ransom note were found
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. On 2026-01-01 03:04 UTC it held 1,500 documents in indices that we compare; 1,499 of them are gone. Concerned: \`orders\`, \`customers\`. Indices named by date or number, data streams and indices of the system are not compared, since they come and go by themselves. Together with names that attackers leave, this is a strong sign that the data was deleted by a stranger.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: ask its owner whether the data was deleted on purpose. If not, treat it as a security incident.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Close the cluster before you restore a snapshot: data that is restored into an open cluster is deleted again.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices?h=index,docs.count,creation.date.string'
Expect: 401 without credentials; with credentials, the indices and their counts as before

`
