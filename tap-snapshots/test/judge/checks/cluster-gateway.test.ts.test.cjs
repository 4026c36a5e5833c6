/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cluster-gateway.test.ts > TAP > the words of cluster-gateway (npx tap --snapshot writes them: read the difference) 1`] = `
## open, one remote connected and one not
A stranger on the internet can enter an Elasticsearch cluster that is linked to 2 other clusters
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 2 remote clusters, 1 of them connected: \`branch\`, \`archive\`. Inferred from the links: their contents can be searched through it, even where they deny access themselves. We did not contact them, and made no search through it.
How long this has been the case is not known.
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
This week: delete the links that are not needed (2 links are set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.
    curl -X PUT 'http://es.acme.example:9200/_cluster/settings' -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'
This week: search the access and audit logs of the linked clusters too, for the entire period in which this one was open.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the same from inside
A caller without credentials at 198.51.100.7 can enter an Elasticsearch cluster that is linked to 1 other cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 1 remote cluster, connected: \`branch\`. Inferred from the links: their contents can be searched through it, even where they deny access themselves. We did not contact them, and made no search through it. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
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
This week: delete the links that are not needed (1 link is set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.
    curl -X PUT 'http://es.acme.example:9200/_cluster/settings' -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'
This week: search the access and audit logs of the linked clusters too, for the entire period in which this one was open.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## the same from the machine itself
A caller without credentials at 198.51.100.7 can enter an Elasticsearch cluster that is linked to 1 other cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 1 remote cluster, none of them connected: \`archive\`. Inferred from the links: their contents can be searched through it, even where they deny access themselves. We did not contact them, and made no search through it. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
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
This week: delete the links that are not needed (1 link is set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.
    curl -X PUT 'http://es.acme.example:9200/_cluster/settings' -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'
This week: search the access and audit logs of the linked clusters too, for the entire period in which this one was open.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## OpenSearch
A stranger on the internet can enter an OpenSearch cluster that is linked to 1 other cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 2.19.4, cluster \`acme-search\`. It lists 1 remote cluster, connected: \`branch\`. Inferred from the links: their contents can be searched through it, even where they deny access themselves. We did not contact them, and made no search through it.
How long this has been the case is not known.
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
This week: delete the links that are not needed (1 link is set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.
    curl -X PUT 'http://es.acme.example:9200/_cluster/settings' -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'
This week: search the access and audit logs of the linked clusters too, for the entire period in which this one was open.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

## accepted as open: the others are not accepted with it
A stranger on the internet can enter an Elasticsearch cluster that is linked to 1 other cluster
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 1 remote cluster, connected: \`branch\`. Inferred from the links: their contents can be searched through it, even where they deny access themselves. We did not contact them, and made no search through it.
How long this has been the case is not known.
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
This week: delete the links that are not needed (1 link is set; replace NAME). Give the others privileges of their own (an API key for each link from Elasticsearch 8.14 on; the remote user of the Security plugin in OpenSearch), so that one open cluster does not open the rest.
    curl -X PUT 'http://es.acme.example:9200/_cluster/settings' -H 'content-type: application/json' -d '{"persistent":{"cluster.remote.NAME.seeds":null}}'
This week: search the access and audit logs of the linked clusters too, for the entire period in which this one was open.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: 401, 403 or no connection. 200 means that it is still open

`
