/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/anyone-can-delete.test.ts > TAP > the words of anyone-can-delete (npx tap --snapshot writes them: read the difference) 1`] = `
## no login, a wildcard is enough
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false).
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## from inside: less, and no stranger
A caller without credentials at 198.51.100.7 can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false). Tested from an internal network; the internet was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## each index has to be named
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, index by index
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. Deleting by wildcard is denied (action.destructive_requires_name is true): each index has to be named, or that setting changed first.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## an old line that does not say what stands in its file
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. In this version, one request with a wildcard deletes everything unless a setting (action.destructive_requires_name) forbids it. The server reports no such setting; its configuration file was not seen.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a new line that did not say
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. From this version on, deleting by wildcard is denied by default, so each index has to be named; the setting (action.destructive_requires_name) was not shown.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## neither setting nor version is told
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. Whether one request with a wildcard would delete everything was not shown.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## one index is write-protected: a wildcard fails as a whole
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false). 1 index is write-protected (\`orders\`): the same caller could remove that and then delete it. A wildcard request that matches one of them fails completely.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the whole cluster is write-protected
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false). The cluster is write-protected (cluster.blocks.read_only), but the same caller could remove that.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the whole cluster is write-protected, but for deletion
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. The server has no login of its own; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false). Nothing can be written (cluster.blocks.read_only_allow_delete), but deleting is allowed.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## an anonymous user with the role of the superuser
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\` with the role \`superuser\`, which has every privilege; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false).
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## something in front logs every caller in as the superuser
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`elastic\` with the role \`superuser\`, which has every privilege; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false).
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:
    proxy_set_header Authorization "Basic …";
Today: change the password (or revoke the key) in that configuration. Everyone who could read the file knows it.
    curl -sS -u ADMINISTRATOR -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_security/user/elastic/_password' -d '{"password": "…"}'
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## an anonymous user whom the server lets delete what matches a pattern
A stranger on the internet can likely delete indices in an Elasticsearch cluster: \`ord*\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\` and reports that this user may delete the indices that match \`ord*\`; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write and delete there. One request with a wildcard would delete everything (action.destructive_requires_name is false).
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
Today: delete the anonymous user. Remove these lines (also if written with dots) from elasticsearch.yml on every node, then restart one node at a time. Until then, remove the privileges from its roles: that takes effect at once.
    xpack.security.authc:
      anonymous:
        username: …
        roles: …
        authz_exception: …
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_security/_authenticate'
Expect: 401. 200 means that there still is an anonymous user

## an anonymous user whom the server lets delete everything
A stranger on the internet can likely delete 2 indices with 1,234,567 documents (123 MB) in an Elasticsearch cluster, with a single request
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It treats such a caller as its user \`visitor\` and reports that this user may delete the indices that match \`*\`; whether something in front denies writes was not tested. Reading was shown. Inferred, and not tried: the caller can also write, delete and change settings. One request with a wildcard would delete everything (action.destructive_requires_name is false).
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today, until a login is required: allow deletion by explicit index name only. This stops wildcard deletes, not targeted ones.
    curl -sS -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_cluster/settings' -d '{"persistent": {"action.destructive_requires_name": true}}'
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
