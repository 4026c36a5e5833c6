/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/transport-port-reachable.test.ts > TAP > the words of transport-port-reachable (npx tap --snapshot writes them: read the difference) 1`] = `
## plain transport
A stranger on the internet can reach the transport port 9300 of es.acme.example, without TLS
On 2026-01-02 03:04 UTC, port 9300 of es.acme.example responded to a plain request with the message of Elasticsearch and OpenSearch that this is the port over which their nodes communicate. It responded without TLS, so the traffic between nodes, documents included, crosses the network in readable form. A server without a login has none on this port either. Assume that anyone who speaks the protocol can join the cluster and read and change everything. None of that was tried: we sent one request.
How long this has been the case is not known.
This hour: at the firewall, allow only the nodes of the cluster to reach port 9300 of es.acme.example.
Today: bind it to a private address of this node that only the other nodes reach (127.0.0.1 for a single node). Set this in elasticsearch.yml or opensearch.yml, then restart.
    transport.host: 10.0.0.10
This week (Elasticsearch): require TLS with client certificates between the nodes, so that others cannot speak to the port. Set this in elasticsearch.yml on every node, then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.keystore.path: transport.p12
This week (OpenSearch): do the same with the settings of the Security plugin in opensearch.yml.
    plugins.security.ssl.transport.pemcert_filepath: node.pem
    plugins.security.ssl.transport.pemkey_filepath: node-key.pem
    plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem
    curl -sS --http0.9 -m 10 'http://es.acme.example:9300/'
Expect: no connection from where this audit was made. "This is not an HTTP port" means that it is still reachable

## on another port, from inside
A caller without credentials at 198.51.100.7 can reach the transport port 9301 of es.acme.example, without TLS
On 2026-01-02 03:04 UTC, port 9301 of es.acme.example responded to a plain request with the message of Elasticsearch and OpenSearch that this is the port over which their nodes communicate. It responded without TLS, so the traffic between nodes, documents included, crosses the network in readable form. A server without a login has none on this port either. Assume that anyone who speaks the protocol can join the cluster and read and change everything. None of that was tried: we sent one request. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
This hour: at the firewall, allow only the nodes of the cluster to reach port 9301 of es.acme.example.
Today: bind it to a private address of this node that only the other nodes reach (127.0.0.1 for a single node). Set this in elasticsearch.yml or opensearch.yml, then restart.
    transport.host: 10.0.0.10
This week (Elasticsearch): require TLS with client certificates between the nodes, so that others cannot speak to the port. Set this in elasticsearch.yml on every node, then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.keystore.path: transport.p12
This week (OpenSearch): do the same with the settings of the Security plugin in opensearch.yml.
    plugins.security.ssl.transport.pemcert_filepath: node.pem
    plugins.security.ssl.transport.pemkey_filepath: node-key.pem
    plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem
    curl -sS --http0.9 -m 10 'http://es.acme.example:9301/'
Expect: no connection from where this audit was made. "This is not an HTTP port" means that it is still reachable

`
