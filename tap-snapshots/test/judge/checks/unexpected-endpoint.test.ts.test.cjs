/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/unexpected-endpoint.test.ts > TAP > the words of unexpected-endpoint (npx tap --snapshot writes them: read the difference) 1`] = `
## a guarded cluster
https://es.acme.example:9200 is declared absent, but Elasticsearch 8.15.0 responds there
On 2026-01-02 03:04 UTC, Elasticsearch 8.15.0 responded to a stranger on the internet at https://es.acme.example:9200; the targets file says that nothing does.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: no connection

## an open cluster
http://es.acme.example:9200 is declared absent, but Elasticsearch 7.17.9 responds there
On 2026-01-02 03:04 UTC, Elasticsearch 7.17.9 responded to a stranger on the internet at http://es.acme.example:9200; the targets file says that nothing does.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: no connection

## from the machine itself
https://es.acme.example:9200 is declared absent, but Elasticsearch 8.15.0 responds there
On 2026-01-02 03:04 UTC, Elasticsearch 8.15.0 responded to a caller without credentials at 198.51.100.7 at https://es.acme.example:9200; the targets file says that nothing does. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: no connection

## another product
https://es.acme.example:9200 is declared absent, but Grafana responds there
On 2026-01-02 03:04 UTC, Grafana responded to a stranger on the internet at https://es.acme.example:9200; the targets file says that nothing does.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: no connection

## something that speaks, whatever it is
https://es.acme.example:9200 is declared absent, but a server responds there
On 2026-01-02 03:04 UTC, a server responded to a stranger on the internet at https://es.acme.example:9200; the targets file says that nothing does.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/'
Expect: no connection

## a port that is not HTTP
http://es.acme.example:9200 is declared absent, but something that is not usable (the port is Elasticsearch's or OpenSearch's transport, not HTTP) responds there
On 2026-01-02 03:04 UTC, something that is not usable (the port is Elasticsearch's or OpenSearch's transport, not HTTP) responded to a stranger on the internet at http://es.acme.example:9200; the targets file says that nothing does.
How long this has been the case is not known.
Today: find out who runs it and why. If no one does, block the port, and save logs and disks before you switch it off. On the host:
    ss -ltnp '( sport = :9200 )'
This week: shut it down, or correct the targets file (owner and expectation).
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/'
Expect: no connection

`
