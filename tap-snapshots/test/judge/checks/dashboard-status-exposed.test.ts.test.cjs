/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/dashboard-status-exposed.test.ts > TAP > the words of dashboard-status-exposed (npx tap --snapshot writes them: read the difference) 1`] = `
## the full status of a Kibana that asks for a login
A stranger on the internet can read the full status of a Kibana instance
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. Its status shows plugins, host and load without a login. Access to everything behind it was denied.
It did not show when its process started, so the time before is not known.
This week: show the status to logged-in users only. Set this in kibana.yml, then restart Kibana.
    status.allowAnonymous: false
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://kibana.acme.example:5601/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

## from inside
A caller without credentials at 198.51.100.7 can read the full status of a Kibana instance
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a caller without credentials at 198.51.100.7 as Kibana 7.17.9. Its status shows plugins, host and load without a login. Access to everything behind it was denied. Tested from an internal network; the internet was not tested.
It did not show when its process started, so the time before is not known.
This week: show the status to logged-in users only. Set this in kibana.yml, then restart Kibana.
    status.allowAnonymous: false
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://kibana.acme.example:5601/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

## no login of its own, and a cluster that refuses it
A stranger on the internet can read the full status of a Kibana instance
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.17.9. Its status shows plugins, host and load without a login. It reports that its cluster is at \`10.0.0.5:9200\`. It has no login of its own; its cluster denied what we requested through it. A user and password in its settings do not let callers in: the dashboard uses them only for itself. A fixed Authorization header would let them in, whether in its settings (\`elasticsearch.customHeaders\`) or added by a proxy.
It did not show when its process started, so the time before is not known.
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
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://kibana.acme.example:5601/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

## the OSS build before a locked cluster: nothing is switched on that has just refused us
A stranger on the internet can read the full status of a Kibana instance
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a stranger on the internet as Kibana 7.10.2. Its status shows plugins, host and load without a login. It reports that its cluster is at \`10.0.0.5:9200\`. It has no login of its own; its cluster denied what we requested through it. A user and password in its settings do not let callers in: the dashboard uses them only for itself. A fixed Authorization header would let them in, whether in its settings (\`elasticsearch.customHeaders\`) or added by a proxy.
Something in front of it denied access in part and let us through elsewhere. That can be changed while the server runs, so its start proves nothing about the time before.
Today: make it listen only where the proxy or its users are. Set this in kibana.yml, then restart it.
    server.host: "localhost"
Today: put a proxy with a login in front of every path, including \`/elasticsearch/\` and \`/api/\`. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:5601;
    }
This week: install the default distribution of the same version in place of this OSS build, which has no login. The cluster has a login already: keep the user in kibana.yml, and restart Kibana.
Today: check that neither \`elasticsearch.customHeaders\` in kibana.yml nor a proxy in front adds an Authorization header: it would open the cluster to every caller.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://kibana.acme.example:5601/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

## OpenSearch Dashboards 1 shows it although it asks for a login
A stranger on the internet can read the full status of an OpenSearch Dashboards instance
On 2026-01-02 03:04 UTC, https://kibana.acme.example:5601 responded to a stranger on the internet as OpenSearch Dashboards 1.3.20. Its status shows plugins, host and load without a login. Access to everything behind it was denied.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This week: upgrade to 2.0 or later, or make a proxy deny /api/status. This version shows its status without the login that it has. In nginx:
    location = /api/status { deny all; }
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://kibana.acme.example:5601/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

## seen, though whether it lets callers in is not known
A stranger on the internet can read the full status of a Kibana instance
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Kibana 8.15.0. Its status shows plugins, host and load without a login. Whether it lets callers in was not determined: it responded with an error or maintenance page, which says nothing about access.
It did not show when its process started, so the time before is not known.
This week: show the status to logged-in users only. Set this in kibana.yml, then restart Kibana.
    status.allowAnonymous: false
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/status'
Expect: 401, or (Kibana 8.9 and later) 200 with nothing but the overall level

`
