/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/dashboard-anonymous-access.test.ts > TAP > the words of dashboard-anonymous-access (npx tap --snapshot writes them: read the difference) 1`] = `
## a guest login on the login page, not used
A stranger on the internet is offered a guest login by a Kibana instance
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It offers a guest login to every caller; we did not use it. What a guest can see was not determined (it offers a guest login, which was not used). This may be intended, for example for a public display. If so, declare it in the targets file.
It did not show when its process started, so the time before is not known.
This hour: ask the owner whether a guest login is wanted here, and what guests may see. If it is not wanted, block the port at the firewall first.
Today (7.11 and later): delete the provider of type \`anonymous\` (these lines) from kibana.yml and restart Kibana. Remove the privileges of the user that it logs in as. If the cluster has an anonymous user of its own, delete that too.
    xpack.security.authc.providers:
      anonymous.…:
        order: …
        credentials: …
    curl -sS 'http://kibana.acme.example:5601/internal/security/login_state'
    curl -sS -o /dev/null -D - 'http://kibana.acme.example:5601/' | grep -i '^set-cookie: sid='
Expect: no provider of type "anonymous", and no cookie

## OpenSearch Dashboards with anonymous access
A stranger on the internet is logged in as an anonymous user by an OpenSearch Dashboards instance, and through it sees 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as OpenSearch Dashboards 2.19.1. It logs callers without credentials in as \`opendistro_security_anonymous\`. It shows such a caller 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. This may be intended, for example for a public display. If so, declare it in the targets file.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: ask the owner whether a guest login is wanted here, and what guests may see. If it is not wanted, block the port at the firewall first.
Today: switch anonymous access off in opensearch_dashboards.yml, and restart the dashboard.
    opensearch_security.auth.anonymous_auth_enabled: false
Today: switch it off in the cluster as well, in config/opensearch-security/config.yml, and load the file with securityadmin.sh.
    config:
      dynamic:
        http:
          anonymous_auth_enabled: false
    curl -sS -o /dev/null -w '%{redirect_url}\\n' 'http://kibana.acme.example:5601/'
Expect: a login page, and not /auth/anonymous

`
