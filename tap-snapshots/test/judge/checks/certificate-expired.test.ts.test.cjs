/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/certificate-expired.test.ts > TAP > the words of certificate-expired (npx tap --snapshot writes them: read the difference) 1`] = `
## expired
The certificate of \`CN=es.acme.example\` expired on 2025-06-01
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2025-06-01 10:20 UTC. It expired on 2025-06-01 10:20 UTC. Clients that verify certificates reject it. Clients that were configured to ignore the error also accept an impostor.
How long this has been the case is not known.
This week: replace the certificate; if its authority has expired, replace that too. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: notAfter in the future, notBefore in the past

## expired, self-signed and of another name: one finding
The certificate of \`CN=es.acme.example\` expired on 2025-06-01
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, self-signed, valid from 2025-01-01 00:00 UTC to 2025-06-01 10:20 UTC. It expired on 2025-06-01 10:20 UTC. Clients that verify certificates reject it. Clients that were configured to ignore the error also accept an impostor. In addition, its authority is unknown and it does not include the name of this host. A new certificate fixes all of this. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This week: replace the certificate; if its authority has expired, replace that too. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: notAfter in the future, notBefore in the past

## not valid yet, of a dashboard
The certificate of \`CN=es.acme.example\` is not valid before 2026-03-01
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2026-03-01 00:00 UTC to 2027-01-01 00:00 UTC. It is not valid before 2026-03-01 00:00 UTC, by our clock. Clients that verify certificates reject it. Clients that were configured to ignore the error also accept an impostor.
How long this has been the case is not known.
This week: correct the clock of the machine that issued it, and replace the certificate. The settings are in kibana.yml; restart afterwards.
    server.ssl.certificate: kibana.crt
    server.ssl.key: kibana.key
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'kibana.acme.example:5601' -servername 'kibana.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: notAfter in the future, notBefore in the past

## the authority above it has expired
The certificate of \`CN=es.acme.example\` was issued by an authority that has expired
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. Its own dates are valid; an authority in its chain has expired. Clients that verify certificates reject it. Clients that were configured to ignore the error also accept an impostor.
How long this has been the case is not known.
This week: replace the certificate; if its authority has expired, replace that too. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: notAfter in the future, notBefore in the past

`
