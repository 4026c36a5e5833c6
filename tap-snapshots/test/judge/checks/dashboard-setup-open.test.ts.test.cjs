/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/dashboard-setup-open.test.ts > TAP > the words of dashboard-setup-open (npx tap --snapshot writes them: read the difference) 1`] = `
## waiting, from the internet
A stranger on the internet can set up a Kibana that waits for its first user
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Kibana 8.15.0. It has no cluster yet and shows the page that connects it to one. Any caller can make it contact hosts of their choice. With the six-digit code in its log (five wrong guesses are allowed until a restart) they can connect it to their own cluster and then see what its users do. Neither was tried.
How long this has been the case is not known.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. Or stop this Kibana.
Today: finish the setup from the machine itself. On a node of the cluster, create an enrollment token:
    bin/elasticsearch-create-enrollment-token -s kibana
Today: give the token to Kibana. The setup ends there.
    bin/kibana-setup --enrollment-token TOKEN
Until it is done: let Kibana listen on loopback only. Set this in kibana.yml:
    server.host: "localhost"
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/spaces/space'
Expect: 401 or no connection

## waiting, from inside
A caller without credentials at 198.51.100.7 can set up a Kibana that waits for its first user
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Kibana 8.15.0. It has no cluster yet and shows the page that connects it to one. Any caller can make it contact hosts of their choice. With the six-digit code in its log (five wrong guesses are allowed until a restart) they can connect it to their own cluster and then see what its users do. Neither was tried. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. Or stop this Kibana.
Today: finish the setup from the machine itself. On a node of the cluster, create an enrollment token:
    bin/elasticsearch-create-enrollment-token -s kibana
Today: give the token to Kibana. The setup ends there.
    bin/kibana-setup --enrollment-token TOKEN
Until it is done: let Kibana listen on loopback only. Set this in kibana.yml:
    server.host: "localhost"
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/spaces/space'
Expect: 401 or no connection

## a ceiling accepts no setup
A caller without credentials at 198.51.100.7 can set up a Kibana that waits for its first user
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Kibana 8.15.0. It has no cluster yet and shows the page that connects it to one. Any caller can make it contact hosts of their choice. With the six-digit code in its log (five wrong guesses are allowed until a restart) they can connect it to their own cluster and then see what its users do. Neither was tried. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. Or stop this Kibana.
Today: finish the setup from the machine itself. On a node of the cluster, create an enrollment token:
    bin/elasticsearch-create-enrollment-token -s kibana
Today: give the token to Kibana. The setup ends there.
    bin/kibana-setup --enrollment-token TOKEN
Until it is done: let Kibana listen on loopback only. Set this in kibana.yml:
    server.host: "localhost"
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/spaces/space'
Expect: 401 or no connection

`
