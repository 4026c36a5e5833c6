/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/outside-readers.test.ts > TAP > the words of outside-readers (npx tap --snapshot writes them: read the difference) 1`] = `
## a connection from another network
A client from outside used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 4 connections by outsiders, not counting this audit: 198.51.100.0/24 as \`python-requests/2.32\`, a library that scanners use too: 900 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the same from the machine itself: they came from outside all the same
A client from outside used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 4 connections by outsiders, not counting this audit: 198.51.100.0/24 as \`python-requests/2.32\`, a library that scanners use too: 900 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard). Tested from the machine itself; no network was tested.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## named by a header only
A client from outside perhaps used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 1 connection by outsiders, not counting this audit: 203.0.113.0/24 (by X-Forwarded-For) as \`curl/8.1\`, a library that scanners use too: 3 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. The X-Forwarded-For header was written by something in front, or by the caller itself. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a scanner that comes by an inside address
A scanner (zgrab) used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 1 connection by outsiders, not counting this audit: an inside address as \`Mozilla/5.0 zgrab/0.x\`, a scanner: 1 request, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a copier among others
A program that copies indices (elasticdump) and others used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 6 connections by outsiders, not counting this audit: 2001:db8:1::/48 as \`elasticdump\`, a program that copies indices: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; 198.51.100.0/24 as \`python-requests/2.32\`, a library that scanners use too: 900 requests, the last on 2026-01-02 03:02 UTC by its clock; an inside address as \`Mozilla/5.0 zgrab/0.x\`, a scanner: 1 request, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## another audit with leftopen is an outsider like any other
A client from outside used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 1 connection by outsiders, not counting this audit: 203.0.113.0/24 as \`leftopen/1.0\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Some of them claim to be another audit with leftopen: check whether it is yours. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## many kinds
A client from outside and others used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 9 connections by outsiders, not counting this audit: 198.51.0.0/24 as \`elasticsearch-java/8.1\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; 198.51.1.0/24 as \`elasticsearch-java/8.1\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; 198.51.2.0/24 as \`elasticsearch-java/8.1\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; 198.51.3.0/24 as \`elasticsearch-java/8.1\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; 198.51.4.0/24 as \`elasticsearch-java/8.1\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock; and 4 other kinds of them. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## an outsider in a list that was cut
A client from outside used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 4 connections by outsiders, not counting this audit: 198.51.100.0/24 as \`python-requests/2.32\`, a library that scanners use too: 900 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included.
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a program whose name speaks in our voice
A client from outside used an Elasticsearch cluster that is open
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It listed 1 connection by outsiders, not counting this audit: 198.51.100.0/24 as \`x' is **harmless**\`: 3 requests, the last on 2026-01-02 03:02 UTC by its clock. It lists only clients of the last five minutes, so this says nothing about the time before. Programs choose their own names, and we did not look at what they requested. They may be your own users or services: compare them with the addresses that you know. Since it started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour, health checks and its own applications included. Its shards count 5,678 searches, 4,321 of which fetched documents, and 9 scrolls, which is how entire indices are read (before ours; counters restart with their shard).
How long this has been the case is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: compare these addresses with those of your users, partners and scanning services. Treat unknown ones as a security incident and inform your data-protection officer: notification deadlines may be running.
This week: search the firewall and proxy logs for these networks over the entire period without a login. Sort by bytes sent to them: a look is small, a copy is large.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

`
