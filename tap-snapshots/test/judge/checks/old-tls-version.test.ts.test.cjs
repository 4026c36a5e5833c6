/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/old-tls-version.test.ts > TAP > the words of old-tls-version (npx tap --snapshot writes them: read the difference) 1`] = `
## TLS 1.0
Elasticsearch 8.15.0 still accepts TLS 1.0
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 completed a handshake that offered TLS 1.0 only. TLS 1.1 was not tested. This version was withdrawn in 2021 (RFC 8996): its handshake relies on SHA-1 and MD5, and current clients reject it.
How long this has been the case is not known.
This week: find the clients that still need an old version in the logs, and update them. Then allow only current versions in elasticsearch.yml, and restart:
    xpack.security.http.ssl.supported_protocols: ["TLSv1.3", "TLSv1.2"]
If a proxy or a load balancer in front of it terminates TLS, change it there instead. In nginx:
    ssl_protocols TLSv1.2 TLSv1.3;
    curl -sSk --tls-max 1.1 --ciphers 'DEFAULT:@SECLEVEL=0' -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: a handshake error and 000. Any other status means that the old version is still accepted

## TLS 1.1, and nothing later, of a proxy
The server at https://es.acme.example:9200 still accepts TLS 1.1
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 completed a handshake that offered TLS 1.1 only. It used no later version where all were offered. This version was withdrawn in 2021 (RFC 8996): its handshake relies on SHA-1 and MD5, and current clients reject it. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This week: find the clients that still need an old version in the logs, and update them.
If a proxy or a load balancer in front of it terminates TLS, change it there instead. In nginx:
    ssl_protocols TLSv1.2 TLSv1.3;
    curl -sSk --tls-max 1.1 --ciphers 'DEFAULT:@SECLEVEL=0' -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: a handshake error and 000. Any other status means that the old version is still accepted

`
