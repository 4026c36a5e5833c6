/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/certificate-weak.test.ts > TAP > the words of certificate-weak (npx tap --snapshot writes them: read the difference) 1`] = `
## a key of 1024 bits
The certificate of \`CN=es.acme.example\` has an RSA key of 1024 bits
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It has an RSA key of 1024 bits, which has been out of use for years. Breaking it is beyond most attackers, and within reach of some.
How long this has been the case is not known.
This week: replace the certificate with one that has a new key (RSA of 2048 bits or more, or P-256) and a SHA-256 signature. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a key of 2048 bits or more (or an elliptic curve), and a signature with SHA-256 or better

## a key of 512 bits, expired besides
The certificate of \`CN=es.acme.example\` has an RSA key of 512 bits
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2025-06-01 00:00 UTC. It has an RSA key of 512 bits, which has been out of use for years. Such keys have been factored, and such signatures forged, in public. Anyone on the network path can impersonate this server, and may decrypt recorded traffic. In addition, it, or its authority, has expired. A new certificate fixes all of this.
How long this has been the case is not known.
This week: replace the certificate with one that has a new key (RSA of 2048 bits or more, or P-256) and a SHA-256 signature. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a key of 2048 bits or more (or an elliptic curve), and a signature with SHA-256 or better

## from the machine itself
The certificate of \`CN=es.acme.example\` has a signature made with MD5 with RSA
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It has a signature made with MD5 with RSA, which has been out of use for years. Such keys have been factored, and such signatures forged, in public. Anyone on the network path can impersonate this server, and may decrypt recorded traffic. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
This week: replace the certificate with one that has a new key (RSA of 2048 bits or more, or P-256) and a SHA-256 signature. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a key of 2048 bits or more (or an elliptic curve), and a signature with SHA-256 or better

## signed with SHA-1, of what could not be identified
The certificate of \`CN=es.acme.example\` has a signature made with SHA-1 with RSA
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It has a signature made with SHA-1 with RSA, which has been out of use for years. Breaking it is beyond most attackers, and within reach of some.
How long this has been the case is not known.
This week: replace the certificate with one that has a new key (RSA of 2048 bits or more, or P-256) and a SHA-256 signature. In nginx:
    ssl_certificate server.crt;
    ssl_certificate_key server.key;
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a key of 2048 bits or more (or an elliptic curve), and a signature with SHA-256 or better

`
