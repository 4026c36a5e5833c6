/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/certificate-wrong-name.test.ts > TAP > the words of certificate-wrong-name (npx tap --snapshot writes them: read the difference) 1`] = `
## of another host
The certificate of \`CN=es.acme.example\` does not include the name es.acme.example
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is not valid for \`es.acme.example\`, the name in the targets file; its names are \`shop.example\`. Clients that verify names reject it. Clients that were configured to ignore the error accept any other valid certificate from an impostor.
How long this has been the case is not known.
This month: get a certificate that includes es.acme.example (subjectAltName), or make callers use a name that it includes. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a certificate for that name

## without a name
The certificate of \`CN=es.acme.example\` does not include the name es.acme.example
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. It is not valid for \`es.acme.example\`, the name in the targets file: it has no alternative name. Clients that verify names reject it. Clients that were configured to ignore the error accept any other valid certificate from an impostor. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
This month: get a certificate that includes es.acme.example (subjectAltName), or make callers use a name that it includes. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: a certificate for that name

`
