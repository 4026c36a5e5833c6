/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/cors-any-origin.test.ts > TAP > the words of cors-any-origin (npx tap --snapshot writes them: read the difference) 1`] = `
## any origin
Elasticsearch 7.17.9 lets web pages of any origin read it
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a request from the invented origin https://leftopen.invalid with \`Access-Control-Allow-Origin: *\`. So any web page can read this cluster through the browser of a visitor who can reach it. A firewall does not stop that. Whether pages may use methods other than GET was not tested.
How long this has been the case is not known.
Today: if no web page needs to read the cluster, switch this off. If one does, name it instead (the lines with #). Set this in elasticsearch.yml, then restart each node.
    http.cors.enabled: false
    # http.cors.enabled: true
    # http.cors.allow-origin: "https://boards.example.org"
    # http.cors.allow-credentials: false
Today: make sure that no proxy in front of it adds the header to every response.
This week: require a login. A page of another origin reads nothing where a login is required and pages may not send credentials.
    curl -sSk -D - -o /dev/null -H 'Origin: https://leftopen.invalid' 'http://es.acme.example:9200/?filter_path=tagline' | grep -i access-control-allow-origin
Expect: no line

## on the machine itself it is no less
Elasticsearch 7.17.9 lets web pages of any origin read it
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a request from the invented origin https://leftopen.invalid with \`Access-Control-Allow-Origin: *\`. So any web page can read this cluster through the browser of a visitor who can reach it. A firewall does not stop that. Whether pages may use methods other than GET was not tested. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
Today: if no web page needs to read the cluster, switch this off. If one does, name it instead (the lines with #). Set this in elasticsearch.yml, then restart each node.
    http.cors.enabled: false
    # http.cors.enabled: true
    # http.cors.allow-origin: "https://boards.example.org"
    # http.cors.allow-credentials: false
Today: make sure that no proxy in front of it adds the header to every response.
This week: require a login. A page of another origin reads nothing where a login is required and pages may not send credentials.
    curl -sSk -D - -o /dev/null -H 'Origin: https://leftopen.invalid' 'http://es.acme.example:9200/?filter_path=tagline' | grep -i access-control-allow-origin
Expect: no line

## the origin echoed, with credentials, on OpenSearch
OpenSearch 7.17.9 lets web pages of any origin read it
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a request from the invented origin https://leftopen.invalid with that very origin in \`Access-Control-Allow-Origin\`, and allows pages to send credentials. So any web page can read this cluster through the browser of a visitor who can reach it. A firewall does not stop that. Whether pages may use methods other than GET was not tested.
How long this has been the case is not known.
Today: if no web page needs to read the cluster, switch this off. If one does, name it instead (the lines with #). Set this in opensearch.yml, then restart each node.
    http.cors.enabled: false
    # http.cors.enabled: true
    # http.cors.allow-origin: "https://boards.example.org"
    # http.cors.allow-credentials: false
Today: make sure that no proxy in front of it adds the header to every response.
This week: require a login. A page of another origin reads nothing where a login is required and pages may not send credentials.
    curl -sSk -D - -o /dev/null -H 'Origin: https://leftopen.invalid' 'http://es.acme.example:9200/?filter_path=tagline' | grep -i access-control-allow-origin
Expect: no line

`
