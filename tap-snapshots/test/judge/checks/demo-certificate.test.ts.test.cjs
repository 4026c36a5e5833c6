/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/demo-certificate.test.ts > TAP > the words of demo-certificate (npx tap --snapshot writes them: read the difference) 1`] = `
## the node's certificate of OpenSearch
OpenSearch 8.15.0 uses a demo certificate whose private key is public
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`C=de, L=test, O=node, OU=node, CN=node-0.example.com\`, issued by \`CN=Example Com Inc. Root CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is the node's certificate of the demo configuration of OpenSearch since 2024 (made on 2024-02-20, seen in 2.19.4). Its private key is part of every download, so anyone on the network path can impersonate this server and read passwords. The same configuration makes the holder of a second public certificate (\`kirk\`) administrator of the cluster, without a password. Not tested: whether this server accepts it, or the demo configuration's well-known passwords. Assume that it does. In addition, its authority is unknown. A new certificate fixes all of this.
How long this has been the case is not known.
Today: create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones. The settings are in opensearch.yml; restart afterwards.
    plugins.security.ssl.http.pemcert_filepath: node.pem
    plugins.security.ssl.http.pemkey_filepath: node-key.pem
    plugins.security.ssl.http.pemtrustedcas_filepath: ca.pem
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
Today: make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).
    plugins.security.allow_unsafe_democertificates: false
    plugins.security.authcz.admin_dn:
      - CN=admin,OU=search,O=example
Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"

## from inside
Elasticsearch 8.15.0 uses a demo certificate whose private key is public
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`C=de, L=test, O=node, OU=node, CN=node-0.example.com\`, issued by \`CN=Example Com Inc. Root CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is the node's certificate of the demo configuration of Search Guard 6 and 7 and Open Distro for Elasticsearch (made on 2018-04-22). Its private key is part of every download, so anyone on the network path can impersonate this server and read passwords. The same configuration makes the holder of a second public certificate (\`kirk\`) administrator of the cluster, without a password. Not tested: whether this server accepts it, or the demo configuration's well-known passwords. Assume that it does. In addition, its authority is unknown. A new certificate fixes all of this. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
Today: create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
Today: make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).
    plugins.security.allow_unsafe_democertificates: false
    plugins.security.authcz.admin_dn:
      - CN=admin,OU=search,O=example
Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"

## the administrator's
Elasticsearch 8.15.0 uses a demo certificate whose private key is public
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`C=de, L=test, O=node, OU=node, CN=node-0.example.com\`, issued by \`CN=Example Com Inc. Root CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is the administrator's certificate of the demo configuration of OpenSearch since 2024 (made on 2024-02-20, seen in 2.19.4). Its private key is part of every download, so anyone on the network path can impersonate this server and read passwords. The same configuration makes the holder of a second public certificate (\`kirk\`) administrator of the cluster, without a password. Not tested: whether this server accepts it, or the demo configuration's well-known passwords. Assume that it does. In addition, its authority is unknown. A new certificate fixes all of this. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
Today: create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
Today: make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).
    plugins.security.allow_unsafe_democertificates: false
    plugins.security.authcz.admin_dn:
      - CN=admin,OU=search,O=example
Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"

## renewed with the same key, and details kept
Elasticsearch 8.15.0 uses a demo certificate whose private key is public
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is the node's certificate of the demo configuration of OpenSearch of 2023 (made on 2023-08-29, seen in 2.11.1). Its private key is part of every download, so anyone on the network path can impersonate this server and read passwords. The same configuration makes the holder of a second public certificate (\`kirk\`) administrator of the cluster, without a password. Not tested: whether this server accepts it, or the demo configuration's well-known passwords. Assume that it does.
How long this has been the case is not known.
Today: create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
Today: make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).
    plugins.security.allow_unsafe_democertificates: false
    plugins.security.authcz.admin_dn:
      - CN=admin,OU=search,O=example
Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"

## only the names are those of the demo
Elasticsearch 8.15.0 uses a certificate with the names of a demo certificate
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`C=de, L=test, O=node, OU=node, CN=node-0.example.com\`, issued by \`CN=Example Com Inc. Root CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. Subject and issuer are those of the demo certificates of OpenSearch Security and Search Guard. Its key is not one that we know, so whether it is public was not determined. In addition, its authority is unknown. A new certificate fixes all of this.
How long this has been the case is not known.
Today: create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
Today: make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).
    plugins.security.allow_unsafe_democertificates: false
    plugins.security.authcz.admin_dn:
      - CN=admin,OU=search,O=example
Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"

`
