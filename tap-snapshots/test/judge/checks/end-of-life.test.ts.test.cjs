/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/end-of-life.test.ts > TAP > the words of end-of-life (npx tap --snapshot writes them: read the difference) 1`] = `
## its line has ended
Elasticsearch 7.17.29 is past its end of life (2026-01-15)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.29, cluster \`acme-search\`. Elastic ended support for Elasticsearch 7 on 2026-01-15; vulnerabilities found since then are not fixed in it. Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## from inside
Elasticsearch 7.17.29 is past its end of life (2026-01-15)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.29, cluster \`acme-search\`. Elastic ended support for Elasticsearch 7 on 2026-01-15; vulnerabilities found since then are not fixed in it. Source: https://www.elastic.co/support/eol, as known on 2026-11-25. Tested from an internal network; the internet was not tested.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## an older minor release of a line that lives
Elasticsearch 8.15.0 gets no more fixes: they come in 8.19 and later
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 8.15.0. Fixes for Elasticsearch 8 come only in 8.19 and later (since 2025-10-21). Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'https://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## a release candidate comes before what it is one of
Elasticsearch 8.19.0-rc1 gets no more fixes: they come in 8.19 and later
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 8.19.0-rc1. Fixes for Elasticsearch 8 come only in 8.19 and later (since 2025-10-21). Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'https://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## the oldest of all, from the machine itself
Elasticsearch 0.90.13 is past its end of life (2014-10-29)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 0.90.13, cluster \`acme-search\`. Elastic ended support for Elasticsearch 0.x on 2014-10-29; vulnerabilities found since then are not fixed in it. Source: https://www.elastic.co/support/eol, as known on 2026-11-25. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## a dashboard
Kibana 6.8.23 is past its end of life (2022-02-10)
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 6.8.23. Elastic ended support for Kibana 6 on 2022-02-10; vulnerabilities found since then are not fixed in it. Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade the dashboard together with its cluster.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'https://kibana.acme.example:5601/api/status'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## OpenSearch 1
OpenSearch 1.3.20 is past its end of life (2025-05-06)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 1.3.20, cluster \`acme-search\`. The OpenSearch project ended support for OpenSearch 1 on 2025-05-06; vulnerabilities found since then are not fixed in it. Source: https://opensearch.org/releases/, as known on 2026-11-25.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to 2.19 or 3 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 2.19 or 3 or later (send credentials if it requires them)

## a service that mends versions of its own
OpenSearch 1.3.20 may be past its end of life (2025-05-06)
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as OpenSearch 1.3.20. The OpenSearch project ended support for OpenSearch 1 on 2025-05-06; vulnerabilities found since then are not fixed in it. It is a build of AWS, which may contain fixes that its version number does not show: this finding is potential. Source: https://opensearch.org/releases/, as known on 2026-11-25.
How long this has been the case is not known.
Today: ask its vendor which of these vulnerabilities are fixed in it. It is a build of AWS, and the version number does not show that.
This week: take a snapshot, test that it restores, and upgrade to 2.19 or 3 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'https://es.acme.example:9200/'
Expect: a version of 2.19 or 3 or later (send credentials if it requires them)

## a package of a distribution
Elasticsearch 1.7.6+dfsg-1 may be past its end of life (2017-01-16)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 1.7.6+dfsg-1, cluster \`acme-search\`. Elastic ended support for Elasticsearch 1 on 2017-01-16; vulnerabilities found since then are not fixed in it. It is a build with its own number (+dfsg-1), which may contain fixes that its version number does not show: this finding is potential. Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
Today: ask its vendor which of these vulnerabilities are fixed in it. It is a build with its own number (+dfsg-1), and the version number does not show that.
This week: take a snapshot, test that it restores, and upgrade to 8.19 or 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 8.19 or 9.4 or later (send credentials if it requires them)

## Open Distro has ended itself
Elasticsearch 7.10.2 is past its end of life (2022-05-11)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.10.2, cluster \`acme-search\`. The Open Distro project ended support for Elasticsearch 7 on 2022-05-11; vulnerabilities found since then are not fixed in it. Source: https://opendistro.github.io/for-elasticsearch-docs/, as known on 2026-11-25.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to OpenSearch 1.3 or OpenSearch 2 or OpenSearch 3 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of OpenSearch 1.3 or OpenSearch 2 or OpenSearch 3 or later (send credentials if it requires them)

## a line that has ended, by knowledge that is too old: it stays so
Elasticsearch 7.17.29 is past its end of life (2026-01-15)
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.29, cluster \`acme-search\`. Elastic ended support for Elasticsearch 7 on 2026-01-15; vulnerabilities found since then are not fixed in it. Source: https://www.elastic.co/support/eol, as known on 2026-11-25.
How long this has been the case is not known.
First close the open access, as described for that finding. An upgrade does not close it.
This week: take a snapshot, test that it restores, and upgrade to 9.4 or later. Upgrade one major version at a time, with dashboards and clients.
Until then: restrict network access to the addresses that need it, and apply least privilege.
    curl -sS 'http://es.acme.example:9200/'
Expect: a version of 9.4 or later (send credentials if it requires them)

`
