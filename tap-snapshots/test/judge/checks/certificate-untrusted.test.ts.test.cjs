/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/certificate-untrusted.test.ts > TAP > the words of certificate-untrusted (npx tap --snapshot writes them: read the difference) 1`] = `
## self-signed
The certificate of \`CN=es.acme.example\` is self-signed
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, self-signed, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. No authority vouches for it. Clients that do not have it already cannot distinguish this server from an impostor.
How long this has been the case is not known.
This month: get a certificate for the name of the server from a public authority, or from one of your own that every client trusts. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
If it comes from your own authority, declare that in the targets file, so that the next audit trusts it.
    tls: { authorities: [ca.pem] }
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: an issuer that the clients trust

## of an authority nobody declared
The certificate of \`CN=es.acme.example\` comes from an unknown authority
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 presented the certificate of \`CN=es.acme.example\`, issued by \`CN=ACME CA\`, valid from 2025-01-01 00:00 UTC to 2027-01-01 00:00 UTC. The authority that signed it is neither public nor declared in the targets file. If it is your own and every client has it, nothing is wrong: declare it. Clients that do not have it already cannot distinguish this server from an impostor. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This month: get a certificate for the name of the server from a public authority, or from one of your own that every client trusts. The settings are in elasticsearch.yml; restart afterwards.
    # bin/elasticsearch-certutil http creates the keystore
    xpack.security.http.ssl.keystore.path: http.p12
If a proxy or a load balancer in front of it terminates TLS, replace the certificate there instead.
If it comes from your own authority, declare that in the targets file, so that the next audit trusts it.
    tls: { authorities: [ca.pem] }
This month: monitor the expiry dates of all certificates, with weeks of notice.
    openssl s_client -connect 'es.acme.example:9200' -servername 'es.acme.example' </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -text | grep -E 'subject=|issuer=|not(Before|After)=|Signature Algorithm|Public-Key' | sort -u
Expect: an issuer that the clients trust

`
