/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cluster-metadata-exposed.test.ts > TAP > the words of cluster-metadata-exposed (npx tap --snapshot writes them: read the difference) 1`] = `
## as a user that something in front logs in
A stranger on the internet can list the indices of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It reports that we are its user \`watch\`, with the role \`monitor\`. We sent no credentials. Its login is on, so something in front of it must add credentials to every request. It lists 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Reading documents was denied.
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
    curl -sS -u ADMINISTRATOR -X PUT -H 'Content-Type: application/json' 'http://es.acme.example:9200/_security/user/watch/_password' -d '{"password": "…"}'
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## names are shown, reading is refused
A stranger on the internet can list the indices of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Reading documents was denied.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This week: remove the privileges that show it (\`monitor\` and \`view_index_metadata\`; in OpenSearch \`cluster_monitor\` and \`indices_monitor\`) from callers without credentials.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## by a proxy that refuses some paths
A stranger on the internet can list the indices of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Reading documents was denied.
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
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## names are shown, and whether records can be read is not known
A stranger on the internet can list the indices of an Elasticsearch cluster: 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. Whether documents can be read was not determined (the endpoint's budget of requests is spent; nothing was sent): treat them as exposed until you know. The test of this endpoint ended early (the endpoint's budget of requests is spent; nothing was sent); everything after that is unknown.
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

## totals alone
A caller without credentials at 198.51.100.7 can list the indices of an Elasticsearch cluster: 4 indices with 18 documents in all (its own included)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 4 indices with 18 documents in all (its own included). Reading documents was denied. Tested from an internal network; the internet was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
Today: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This week: remove the privileges that show it (\`monitor\` and \`view_index_metadata\`; in OpenSearch \`cluster_monitor\` and \`indices_monitor\`) from callers without credentials.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

`
