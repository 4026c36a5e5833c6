/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cluster-open.test.ts > TAP > the words of cluster-open (npx tap --snapshot writes them: read the difference) 1`] = `
## open, no login of its own, from the internet
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
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

## something in front logs every caller in as an administrator
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 9.4.3, cluster \`acme-search\`. It reports that we are its user \`elastic\`, with the role \`superuser\`. We sent no credentials. Its login is on, so something in front of it must add credentials to every request. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The role \`superuser\` has every privilege there; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:
    proxy_set_header Authorization "Basic …";
Today: change the password (or revoke the key) in that configuration. Everyone who could read the file knows it.
    bin/elasticsearch-reset-password -i -u 'elastic'
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## as a user of OpenSearch, with roles that tell nothing
A stranger on the internet can enter an OpenSearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 2.19.4, cluster \`acme-search\`. It reports that we are its user \`shop\`, with the roles \`own_index\`, \`shop_reader\`. We sent no credentials. Its login is on, so something in front of it must add credentials to every request. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. Writing was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:
    proxy_set_header Authorization "Basic …";
Today: change the password (or revoke the key) in that configuration. Everyone who could read the file knows it.
    plugins/opensearch-security/tools/hash.sh      # put the hash into config/opensearch-security/internal_users.yml, under the user 'shop'
    plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## as the user of our own client certificate
A holder of the client certificate on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a holder of the client certificate on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It reports that we are its user \`auditor\`, with the role \`monitoring\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. Writing was not tested. It requested a client certificate, and we presented the one in the targets file; access without one was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
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
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## behind a wall that guards \`/\` only
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.9.3, cluster \`acme-search\`. It denied access at \`/\` and required a login, and not to the rest: whatever protects it covers a part only. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
Something in front of it denied access at \`/\` and let us through elsewhere. That can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make the proxy in front require a login on every path; today it does so on some paths only. Then switch on the login of the server itself, so that a gap in the proxy opens nothing. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9200;
    }
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
If it is the oss distribution (\`build_flavor\` at \`/\` shows that; it was not shown to us), it has no security. Put a proxy with a login in front of every path today, and move to the default distribution of the same version.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the same from inside
A caller without credentials at 198.51.100.7 can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything. Tested from an internal network; the internet was not tested.
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

## the same from the machine itself
A caller without credentials at 198.51.100.7 can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything. Tested from the machine itself; no network was tested.
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

## open and empty
A stranger on the internet can enter an Elasticsearch cluster without a login: 1 index of its own and none of the user's
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 1 index of its own and none of the user's. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
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

## open through a proxy with holes: who we are is not known
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. Writing was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
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

## several backends
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything. Several backends respond at this address and do not agree: at least one of them responds as described here.
Several backends that do not agree respond here: the start of one proves nothing about the others.
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

## a survey cut short keeps what it proved
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything. The test of this endpoint ended early (it showed strain (a rate limit, errors of an overload, sharply slower answers), so it was left in peace: nothing more was sent); everything after that is unknown.
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

## Elasticsearch 8
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 8.15.0, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
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
Today (8.0 and later): switch security on again; a setting turned it off. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.certificate: certs/instance.crt
    xpack.security.http.ssl.key: certs/instance.key
Today (8.0 and later): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-reset-password -u elastic
    bin/elasticsearch-reset-password -u kibana_system
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## Elasticsearch 7, oss distribution
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.10.2, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: put a proxy with a login in front of everything, not of \`/\` only, and make the server listen only to the proxy. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9200;
    }
This week: replace the oss distribution, which has no security, with the default distribution of the same version, where security is free. Then switch security on as described in the next steps.
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

## Elasticsearch 2
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 2.4.6, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: put a proxy with a login in front of everything, not of \`/\` only, and make the server listen only to the proxy. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9200;
    }
This week (before 6.8, and 7.0): upgrade to a supported version, where security is free; older versions upgrade through 5.6 and 6.8. This version has no security without a paid licence and gets no fixes.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## OpenSearch 2
A stranger on the internet can enter an OpenSearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 2.19.4, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in opensearch.yml, then restart one node at a time.
    network.host: _local_
Today: check that the Security plugin is installed: the list must contain opensearch-security. The full distribution ships it. If it is missing, install the plugin of exactly the same version (second command).
    bin/opensearch-plugin list
    bin/opensearch-plugin install org.opensearch.plugin:opensearch-security:2.19.4.0
Today: switch on the Security plugin on every node. Set this in opensearch.yml (replace lines that are already there), then restart all nodes together. Use your own certificates, with the names that are in them, and not the demo ones.
    plugins.security.disabled: false
    plugins.security.ssl_only: false
    plugins.security.ssl.transport.pemcert_filepath: node.pem
    plugins.security.ssl.transport.pemkey_filepath: node-key.pem
    plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem
    plugins.security.ssl.http.enabled: true
    plugins.security.ssl.http.pemcert_filepath: node.pem
    plugins.security.ssl.http.pemkey_filepath: node-key.pem
    plugins.security.ssl.http.pemtrustedcas_filepath: ca.pem
    plugins.security.authcz.admin_dn: ["CN=admin,O=ACME"]
    plugins.security.nodes_dn: ["CN=node,O=ACME"]
Today: after the restart, load users and roles; until then, every caller is denied. First put hashes of your own passwords (first command) into config/opensearch-security/internal_users.yml.
    plugins/opensearch-security/tools/hash.sh
    plugins/opensearch-security/tools/securityadmin.sh -cd config/opensearch-security/ -icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a managed domain of AWS
A stranger on the internet can enter an OpenSearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 7.17.9, cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: in the domain’s access policy, replace \`"Principal": "*"\` with the roles that need it and turn on fine-grained access control. Move the domain into a VPC where you can. Show the policy with:
    aws opensearch describe-domain-config --domain-name DOMAIN --query DomainConfig.AccessPolicies
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## a version that is not told
A stranger on the internet can enter an Elasticsearch cluster without a login: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch (version not shown), cluster \`acme-search\`. It contains 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Shown: we were allowed to count the documents of \`orders\` (1,200,000 documents), which requires the privilege to search. No document was read. The server has no login of its own; whether something in front denies writes was not tested. Assume that every caller can read, change and delete everything.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where its clients are: loopback, or the private address that they use. Set this in elasticsearch.yml, then restart one node at a time.
    network.host: _local_
Today: put a proxy with a login in front of everything, not of \`/\` only, and make the server listen only to the proxy. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9200;
    }
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (8.0 and later): switch security on again; a setting turned it off. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.certificate: certs/instance.crt
    xpack.security.http.ssl.key: certs/instance.key
Today (8.0 and later): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-reset-password -u elastic
    bin/elasticsearch-reset-password -u kibana_system
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
This week (before 6.8, and 7.0): upgrade to a supported version, where security is free; older versions upgrade through 5.6 and 6.8. This version has no security without a paid licence and gets no fixes.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

`
