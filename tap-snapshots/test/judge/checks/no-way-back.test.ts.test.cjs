/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/no-way-back.test.ts > TAP > the words of no-way-back (npx tap --snapshot writes them: read the difference) 1`] = `
## no repository
No usable snapshot found: data deleted by a stranger on the internet from an Elasticsearch cluster could not be restored (it has no snapshot repository)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It reports no snapshot repository. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## from inside, less
No usable snapshot found: data deleted by a caller without credentials at 198.51.100.7 from an Elasticsearch cluster could not be restored (it has no snapshot repository)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It reports no snapshot repository. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see. Tested from an internal network; the internet was not tested.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## the only repository cannot be read
No usable snapshot found: data deleted by a stranger on the internet from an Elasticsearch cluster could not be restored (its only snapshot repository cannot be read)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). The snapshots in \`nightly\` could not be listed (500). It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## a line that has no list of snapshots: whether there is one is not known
A stranger on the internet can likely delete the snapshots of an Elasticsearch cluster as well as its data
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). The snapshots in \`nightly\` could not be listed (404). It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## a repository without a snapshot
No usable snapshot found: data deleted by a stranger on the internet from an Elasticsearch cluster could not be restored (its only snapshot repository has no successful snapshot)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). In \`nightly\` it lists no snapshot. It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## snapshots of which none succeeded
No usable snapshot found: data deleted by a stranger on the internet from an Elasticsearch cluster could not be restored (its only snapshot repository has no successful snapshot)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). In \`nightly\` it lists 4 snapshots, none of them successful. It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## the last success is older than a week
No usable snapshot found: data deleted by a stranger on the internet from an Elasticsearch cluster could not be restored (its last successful snapshot is 13 days old)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). In \`nightly\` it lists 3 snapshots, 2 of them successful; the last one ended on 2025-12-20 02:00 UTC, more than 7 days before this audit. It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## exactly a week is not too old, but within reach
A stranger on the internet can likely delete the snapshots of an Elasticsearch cluster as well as its data
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). In \`nightly\` it lists 3 snapshots, 2 of them successful; the last one ended on 2025-12-26 03:04 UTC. It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## a fresh snapshot within reach
A stranger on the internet can likely delete the snapshots of an Elasticsearch cluster as well as its data
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 1 snapshot repository (type \`fs\`). In \`nightly\` it lists 3 snapshots, 2 of them successful; the last one ended on 2026-01-01 02:00 UTC. It is not registered read-only: the same caller could delete the snapshots in it. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## a repository on cloud storage is not asked for its snapshots
A stranger on the internet can likely delete the snapshots of an Elasticsearch cluster as well as its data
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 2 snapshot repositories (type \`s3\`). Whether it has a recent snapshot was not requested: outside a local disk, such requests are slow and may be billed. None of them is registered read-only: the same caller could delete the snapshots in them. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

## one of two is stale: what it lacks the other may hold
A stranger on the internet can likely delete the snapshots of an Elasticsearch cluster as well as its data
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. Inferred, and not tried: every caller can delete its contents. It has 2 snapshot repositories (type \`fs\`, \`s3\`). In \`nightly\` it lists 3 snapshots, 2 of them successful; the last one ended on 2025-01-01 00:00 UTC. None of them is registered read-only: the same caller could delete the snapshots in them. There may be snapshots elsewhere (in another cluster, the storage or the hosting service) that we could not see.
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
Today: once the access is closed, take a snapshot to storage that this cluster cannot delete from (object lock, versioning, or a copy pulled by another account). Do not restore before the access is closed.
    curl -sS -u USER -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_snapshot/REPOSITORY/first?wait_for_completion=true'
This week: schedule nightly snapshots (snapshot lifecycle management; in OpenSearch snapshot management) with an alert on failure, and test that one restores.
    curl -sS -u USER 'http://es.acme.example:9200/_cat/snapshots/REPOSITORY?h=status,end_epoch,end_time&s=end_epoch:desc' | head -1
Expect: SUCCESS of last night; and 401 without -u USER

`
