/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/dashboard-open.test.ts > TAP > the words of dashboard-open (npx tap --snapshot writes them: read the difference) 1`] = `
## a Kibana without a login
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today (6.8, and 7.1 to 7.17): in kibana.yml, delete the line \`xpack.security.enabled: false\` if it is there. Kibana then requires a login as soon as its cluster does.
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## from inside
A caller without credentials at 198.51.100.7 can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a caller without credentials at 198.51.100.7 as Kibana 7.17.9. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible. Tested from an internal network; the internet was not tested.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today (6.8, and 7.1 to 7.17): in kibana.yml, delete the line \`xpack.security.enabled: false\` if it is there. Kibana then requires a login as soon as its cluster does.
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## its API answers, what lies behind it is not known
A stranger on the internet can enter a Kibana instance without a login
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. It reports that its cluster is at \`es.acme.example:9200\`. Whether documents can be read through it was not determined. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today (6.8, and 7.1 to 7.17): in kibana.yml, delete the line \`xpack.security.enabled: false\` if it is there. Kibana then requires a login as soon as its cluster does.
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## Kibana 4: the remedy is a proxy
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 4.6.1. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: put a proxy with a login in front of every path, including \`/elasticsearch/\` and \`/api/\`. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:5601;
    }
This week (before 6.8, and 7.0): upgrade it together with its cluster. This version has no login without a paid licence and gets no fixes.
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/elasticsearch/_cat/indices?format=json'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## the OSS build of Kibana: no setting of x-pack, which it would not start with
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.10.2. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: put a proxy with a login in front of every path, including \`/elasticsearch/\` and \`/api/\`. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:5601;
    }
This week: install the default distribution of the same version in place of this OSS build, of Kibana and of Elasticsearch. The OSS build has no login and does not start with \`xpack.*\` settings. Keep kibana.yml.
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## a base path is in the URL of the proof once
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today (6.8, and 7.1 to 7.17): in kibana.yml, delete the line \`xpack.security.enabled: false\` if it is there. Kibana then requires a login as soon as its cluster does.
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## no way back, and data sources
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Its cluster has no snapshot repository: deleted data could not be restored from one. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (6.8, and 7.1 to 7.17): switch security on; it is free, and off by default. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
Today (6.8, and 7.1 to 7.17): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-setup-passwords interactive
Today (6.8, and 7.1 to 7.17): in kibana.yml, delete the line \`xpack.security.enabled: false\` if it is there. Kibana then requires a login as soon as its cluster does.
Today: give Kibana its own user in kibana.yml (before 7.8 the user is called "kibana").
    elasticsearch.username: "kibana_system"
Today: store the password of that user in the keystore of Kibana, then restart Kibana. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.password
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## Kibana 9
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 9.1.0. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: check on the host of the cluster whether the cluster itself requires a login. 401 means that it does: skip the steps for elasticsearch.yml and its passwords. 200 means that it does not: do them first.
    curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:9200/_cat/indices
Today: create certificates. Put \`ca.crt\`, \`instance.crt\` and \`instance.key\` into \`config/certs\` on every node. Store \`ca.key\` somewhere else.
    bin/elasticsearch-certutil ca --silent --pem --out ca.zip && unzip ca.zip
    bin/elasticsearch-certutil cert --silent --pem --ca-cert ca/ca.crt --ca-key ca/ca.key --dns HOST --out certs.zip && unzip certs.zip
Today (8.0 and later): switch security on again; a setting turned it off. Set this in elasticsearch.yml on every node, in place of \`xpack.security.enabled: false\`; keep TLS settings that are already there. Then restart all nodes together.
    xpack.security.enabled: true
    xpack.security.transport.ssl.enabled: true
    xpack.security.transport.ssl.verification_mode: certificate
    xpack.security.transport.ssl.certificate: certs/instance.crt
    xpack.security.transport.ssl.key: certs/instance.key
    xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
    xpack.security.http.ssl.enabled: true
    xpack.security.http.ssl.certificate: certs/instance.crt
    xpack.security.http.ssl.key: certs/instance.key
Today (8.0 and later): after the restart, set the passwords on one node. Then give credentials to every client: Kibana, Logstash, Beats and your applications.
    bin/elasticsearch-reset-password -u elastic
    bin/elasticsearch-reset-password -u kibana_system
Today (8.0 and later): create a service token on a node of the cluster. Kibana requires a login as soon as its cluster does.
    bin/elasticsearch-service-tokens create elastic/kibana kibana-1
Today (8.0 and later): give the token to Kibana and restart it. If Kibana has no keystore yet, run \`bin/kibana-keystore create\` first.
    bin/kibana-keystore add elasticsearch.serviceAccountToken
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## OpenSearch Dashboards
A stranger on the internet can enter an OpenSearch Dashboards instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as OpenSearch Dashboards 2.19.1. It requires no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
It did not show when its process started, so the time before is not known.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make it listen only where the proxy or its users are. Set this in opensearch_dashboards.yml, then restart it.
    server.host: "localhost"
Today: give the dashboard a login. List its plugins: \`securityDashboards\` must be among them. If it is missing, install the plugin of the same version (in a container: unset DISABLE_SECURITY_DASHBOARDS_PLUGIN). The cluster needs the Security plugin too.
    bin/opensearch-dashboards-plugin list
Today: in opensearch_dashboards.yml, delete "opensearch_security.enabled: false" and set this, with a password of your own and not the one of the demo configuration. Then restart the dashboard.
    opensearch.username: "kibanaserver"
    opensearch.password: "…"
    opensearch.requestHeadersAllowlist: [authorization, securitytenant]
Today: delete any Authorization header from \`opensearch.customHeaders\` in opensearch_dashboards.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in opensearch_dashboards.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

## it has a login, past which something in front lets everybody
A stranger on the internet can enter a Kibana instance without a login, and through it 2 indices with 1,234,567 documents (123 MB)
On 2026-01-02 03:04 UTC, http://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. It has a login of its own, but let us in without credentials. Either something in front of it logs every caller in, or one of several servers at this address has no login. It lists 1 space. It lists its saved objects: \`orders-*\`. Through it, its cluster shows 2 indices with 1,234,567 documents (123 MB); the largest: \`orders\`, \`customers\`. It reports that its cluster is at \`es.acme.example:9200\`. Inferred: documents can be searched through it, because it forwards every caller’s requests to its cluster. We did not try: the only read that would show it searches every index. Changes were not tested: assume that they are possible.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove the credentials that something in front (a proxy, a gateway, a script) adds to every request. The login itself is on, so callers are then asked for their own. In nginx, delete this line and reload:
    proxy_set_header Authorization "Basic …";
Today: change the password (or revoke the key) in that configuration. If nothing in front adds credentials, several servers share this address and one of them has no login: compare their settings.
Today: delete any Authorization header from \`elasticsearch.customHeaders\` in kibana.yml: it logs every caller in.
Today: change the password or token that the dashboard uses to log in to its cluster, enter the new one in kibana.yml or its keystore, and restart the dashboard.
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'http://kibana.acme.example:5601/api/spaces/space'
Expect: 401, 403, 302 to a login, or no connection. 200 means that it is still open. 404 proves nothing: check the path

`
