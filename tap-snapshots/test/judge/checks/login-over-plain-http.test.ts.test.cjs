/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/login-over-plain-http.test.ts > TAP > the words of login-over-plain-http (npx tap --snapshot writes them: read the difference) 1`] = `
## Elasticsearch asks over plain HTTP
Elasticsearch 8.15.0 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## from inside
Elasticsearch 8.15.0 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. Anyone on the network path can read users’ passwords and tokens and reuse them. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## from the machine itself
Elasticsearch 8.15.0 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. Anyone on the network path can read users’ passwords and tokens and reuse them. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## Kibana
Kibana 7.17.9 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in kibana.yml, then restart it.
    server.ssl.enabled: true
    server.ssl.certificate: kibana.crt
    server.ssl.key: kibana.key
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/'
Expect: an error, or a redirect to https

## a proxy in front of what could not be identified
A proxy asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). The login appears to come from a proxy in front of it. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: make the proxy that asks for the login accept TLS only. In nginx, in place of \`listen 80\`:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## who asks and what stands there could not be told
A server asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). What asks for it could not be determined. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: make whatever asks for the login accept TLS only, or put a proxy that does in front of it. In nginx:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## a proxy that guards a part of an open cluster
A proxy in front of Elasticsearch 7.17.9 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). The login appears to come from a proxy in front of it. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: make the proxy that asks for the login accept TLS only. In nginx, in place of \`listen 80\`:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## one backend of several is open, another asks itself
Elasticsearch 7.17.9 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. Anyone on the network path can read users’ passwords and tokens and reuse them. Several backends respond at this address and do not agree: at least one of them responds as described here.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## a challenge of which nothing tells whose it is
Elasticsearch 7.17.9, or something in front of it, asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). Whether it or something in front of it asks could not be determined. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: if a proxy in front asks for the login, make it accept TLS only. In nginx:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
Today: if the server itself asks, switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

## a proxy in front of a part of an open Kibana
A proxy in front of Kibana 7.17.9 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 asked us for a login over plain HTTP (\`basic\`). The login appears to come from a proxy in front of it. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: make the proxy that asks for the login accept TLS only. In nginx, in place of \`listen 80\`:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/'
Expect: an error, or a redirect to https

## what a Kibana passes on from its cluster
A cluster behind Kibana 7.17.9 asks for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 asked us for a login over plain HTTP (\`basic\`). It is the login of a cluster, or of what protects one, passed on to callers at this address. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: encrypt both connections: from callers to this address, and from the dashboard to the cluster whose login is asked for. Set this in kibana.yml (before 6.6 the last setting is called elasticsearch.url), then restart Kibana.
    server.ssl.enabled: true
    server.ssl.certificate: kibana.crt
    server.ssl.key: kibana.key
    elasticsearch.hosts: ["https://…:9200"]
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/'
Expect: an error, or a redirect to https

## a proxy and the product
Elasticsearch 8.15.0 and a proxy in front of Elasticsearch 8.15.0 ask for a login over plain HTTP
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 asked us for a login over plain HTTP (\`basic\`). It is the login of the product itself. The login appears to come from a proxy in front of it. Anyone on the network path can read users’ passwords and tokens and reuse them.
How long this has been the case is not known.
Today: switch on TLS for HTTP: set this in elasticsearch.yml, then restart it.
    # bin/elasticsearch-certutil http creates the keystore (7.0 and later)
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.keystore.path: http.p12
Today: make the proxy that asks for the login accept TLS only. In nginx, in place of \`listen 80\`:
    listen 443 ssl;
    ssl_certificate proxy.crt;
    ssl_certificate_key proxy.key;
This week: change every password that was sent over the unencrypted connection.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: an error, or a redirect to https

`
