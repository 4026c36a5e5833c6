/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/attack-traces.test.ts > TAP > the words of attack-traces (npx tap --snapshot writes them: read the difference) 1`] = `
## a ransom note and nothing else
Strong signs that attackers have been in an Elasticsearch cluster: \`read_me_to_recover\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists the index \`read_me_to_recover\` with 1 document, created on 2026-01-01 00:00 UTC. Signs: a name that attackers are known to leave; no other index of the user’s is left. Such a name is known from the ransom notes of 2022 and later on open Elasticsearch servers. Together these are strong signs that attackers deleted or took data. Inferred from names, counts and dates alone: no document was opened. This does not show who came, when, or what was copied.
How long this has been the case is not known.
This hour: treat this as a security incident.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.
Today: inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.
This week: first close the open access, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: a response only to those who handle the incident. This does not show that the incident is over

## where it was asked from does not lessen what has happened
Strong signs that attackers have been in an Elasticsearch cluster: \`read_me_to_recover\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists the index \`read_me_to_recover\` with 1 document, created on 2026-01-01 00:00 UTC. Signs: a name that attackers are known to leave; no other index of the user’s is left. Such a name is known from the ransom notes of 2022 and later on open Elasticsearch servers. Together these are strong signs that attackers deleted or took data. Inferred from names, counts and dates alone: no document was opened. This does not show who came, when, or what was copied. Tested from the machine itself; no network was tested.
How long this has been the case is not known.
This hour: treat this as a security incident.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.
Today: inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.
This week: first close the open access, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: a response only to those who handle the incident. This does not show that the incident is over

## what a bot left
Strong signs that attackers have been in an Elasticsearch cluster: \`gk01juo8o3-meow\`, \`4hq9vd0ymt-meow\`, \`z7c2kw1p8e-meow\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists 3 indices of that kind (\`gk01juo8o3-meow\`, \`4hq9vd0ymt-meow\`, \`z7c2kw1p8e-meow\`), created between 2026-01-01 00:00 UTC and 2026-01-01 00:02 UTC. Signs: a name that attackers are known to leave; no other index of the user’s is left. Such a name is known from the ransom notes of 2022 and later on open Elasticsearch servers. Together these are strong signs that attackers deleted or took data. Inferred from names, counts and dates alone: no document was opened. This does not show who came, when, or what was copied.
How long this has been the case is not known.
This hour: treat this as a security incident.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.
Today: inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.
This week: first close the open access, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: a response only to those who handle the incident. This does not show that the incident is over

## a name alone
Possible traces of an attack in an Elasticsearch cluster: \`read_me_to_recover\`
On 2026-01-02 03:04 UTC, http://es.acme.example:9200 responded to a stranger on the internet as Elasticsearch 7.17.9, cluster \`acme-search\`. It lists the index \`read_me_to_recover\` with 1 document, created on 2026-01-01 00:00 UTC. Signs: a name that attackers are known to leave. Such a name is known from the ransom notes of 2022 and later on open Elasticsearch servers. It may be harmless. Inferred from names, counts and dates alone: no document was opened. Ask the owner before you do anything else. This does not show who came, when, or what was copied.
How long this has been the case is not known.
This hour: ask the owner of the index. If it is not theirs, treat this as a security incident.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.
Today: inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.
This week: first close the open access, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://es.acme.example:9200/_cat/indices'
Expect: a response only to those who handle the incident. This does not show that the incident is over

## behind an open dashboard
Strong signs that attackers have been in the cluster behind a dashboard: \`read_me_to_recover\`
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It lists the index \`read_me_to_recover\` with 1 document, created on 2026-01-01 00:00 UTC. Signs: a name that attackers are known to leave; no other index of the user’s is left. Such a name is known from the ransom notes of 2022 and later on open Elasticsearch servers. Together these are strong signs that attackers deleted or took data. Inferred from names, counts and dates alone: no document was opened. This does not show who came, when, or what was copied.
How long this has been the case is not known.
This hour: treat this as a security incident.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: do not pay, and do not reply to a ransom note on your own. In many campaigns of this kind the attackers kept no copy, so there was nothing to buy back.
Today: inform your data-protection officer, legal counsel, and the police or the national CERT. Notification deadlines may be running, for example 72 hours under GDPR Article 33.
This week: first close the open access, then restore from a snapshot older than these traces. Until it is closed, restored data can be deleted again. Assume that the contents were copied.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/status'
Expect: a response only to those who handle the incident. This does not show that the incident is over

`
