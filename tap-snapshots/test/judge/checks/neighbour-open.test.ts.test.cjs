/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/judge/checks/neighbour-open.test.ts > TAP > the words of neighbour-open (npx tap --snapshot writes them: read the difference) 1`] = `
## Zipkin that stores in a cluster
A stranger on the internet can enter a Zipkin without a login: it lists 12 services
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Zipkin 3.6.1. Its API requires no login. It lists 12 services; only the number was kept. It reports that it stores its data in an Elasticsearch or OpenSearch cluster. Traces often contain addresses, queries and tokens: assume that every caller can read them. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:
    --armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9411;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/v2/services'
Expect: 401, 403 or no connection

## the same from inside
A caller without credentials at 198.51.100.7 can enter a Zipkin without a login: it lists 12 services
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as Zipkin (version not shown). Its API requires no login. It lists 12 services; only the number was kept. It reports that it stores its data in an Elasticsearch or OpenSearch cluster. Traces often contain addresses, queries and tokens: assume that every caller can read them. What can be read through it was not tested. Tested from an internal network; the internet was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:
    --armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9411;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/v2/services'
Expect: 401, 403 or no connection

## Zipkin without a service yet
A stranger on the internet can enter a Zipkin without a login: it lists 0 services
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Zipkin (version not shown). Its API requires no login. It lists 0 services; only the number was kept. Traces often contain addresses, queries and tokens: assume that every caller can read them. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:
    --armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9411;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/v2/services'
Expect: 401, 403 or no connection

## Zipkin that prints the login of its cluster
A stranger on the internet can get a cluster login from a Zipkin that has none itself
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Zipkin (version not shown). Its API requires no login. It prints the address of the cluster that it stores in, with a login in it. We did not keep or try that login. It reports that it stores its data in an Elasticsearch or OpenSearch cluster. Traces often contain addresses, queries and tokens: assume that every caller can read them. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: change the password that it uses for its cluster, and give it to Zipkin separately from the address (ES_USERNAME and ES_PASSWORD, or a credentials file), so that its health page does not show it.
    ES_HOSTS=https://cluster:9200 ES_CREDENTIALS_FILE=/etc/zipkin/credentials.properties
Today: make Zipkin, which has no login of its own, listen on loopback only. Start it with these options:
    --armeria.ports[0].ip=127.0.0.1 --armeria.ports[0].port=9411 --armeria.ports[0].protocols[0]=http
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:9411;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/v2/services'
Expect: 401, 403 or no connection

## elasticvue with logins in its list
A stranger on the internet can get a cluster login from an elasticvue that has none itself
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as elasticvue (version not shown). Its API requires no login. It lists 2 clusters; only the number was kept. Its list of clusters is given to every caller, with a login in it. We did not keep or try that login. It runs in the browser: it shows of a cluster what that browser can reach itself. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: change every password and key in its list of clusters: every caller could read that file.
Today: remove the logins from its list of clusters (default_clusters.json or ELASTICVUE_CLUSTERS): keep "name" and "uri" only.
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:8080;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/default_clusters.json'
Expect: 401, 403 or no connection

## the same from the machine itself
A caller without credentials at 198.51.100.7 can get a cluster login from an elasticvue that has none itself
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a caller without credentials at 198.51.100.7 as elasticvue (version not shown). Its API requires no login. It lists 2 clusters; only the number was kept. Its list of clusters is given to every caller, with a login in it. We did not keep or try that login. It runs in the browser: it shows of a cluster what that browser can reach itself. What can be read through it was not tested. Tested from the machine itself; no network was tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
This hour: change every password and key in its list of clusters: every caller could read that file.
Today: remove the logins from its list of clusters (default_clusters.json or ELASTICVUE_CLUSTERS): keep "name" and "uri" only.
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:8080;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/default_clusters.json'
Expect: 401, 403 or no connection

## elasticvue without a login in its list
A stranger on the internet can enter an elasticvue without a login: it lists 1 cluster
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as elasticvue (version not shown). Its API requires no login. It lists 1 cluster; only the number was kept. It runs in the browser: it shows of a cluster what that browser can reach itself. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove the logins from its list of clusters (default_clusters.json or ELASTICVUE_CLUSTERS): keep "name" and "uri" only.
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:8080;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/default_clusters.json'
Expect: 401, 403 or no connection

## Prometheus: metrics are no records
A stranger on the internet can enter a Prometheus without a login: it lists 3 scrape jobs
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Prometheus 2.42.0. Its API requires no login. It lists 3 scrape jobs; only the number was kept. Names of jobs, machines and metrics show how an estate is built: assume that every caller can read all measurements and the configuration. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: give it a login (2.24 and later) in web.yml, and start it with --web.config.file=web.yml. Older versions: make it listen on loopback behind a proxy with a login.
    basic_auth_users:
      reader: BCRYPT-HASH
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/v1/label/job/values'
Expect: 401, 403 or no connection

## Solr
A stranger on the internet can enter an Apache Solr without a login: it lists 4 cores
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Apache Solr 8.11.2. Its API requires no login. It lists 4 cores; only the number was kept. Solr without a login lets callers search, change and delete its contents, unless something in front denies it: that was not tested. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: require a login for every request, with the BasicAuthPlugin in security.json.
    {
      "authentication": { "class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {} }
    }
Today: make it listen only where its clients are, in solr.in.sh (8.6 and later), and restart it.
    SOLR_JETTY_HOST="127.0.0.1"
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/solr/admin/info/system?wt=json'
Expect: 401, 403 or no connection

## Solr whose cores were not counted
A stranger on the internet can enter an Apache Solr without a login
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Apache Solr 8.11.2. Its API requires no login. Solr without a login lets callers search, change and delete its contents, unless something in front denies it: that was not tested. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: require a login for every request, with the BasicAuthPlugin in security.json.
    {
      "authentication": { "class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {} }
    }
Today: make it listen only where its clients are, in solr.in.sh (8.6 and later), and restart it.
    SOLR_JETTY_HOST="127.0.0.1"
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/solr/admin/info/system?wt=json'
Expect: 401, 403 or no connection

## ZincSearch behind a proxy that logs callers in
A stranger on the internet can enter a ZincSearch without a login: it lists 7 indices
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as ZincSearch 0.4.10. Its API requires no login. It lists 7 indices; only the number was kept. ZincSearch always has a login, so something in front of it seems to log callers in. Assume that every caller can search, change and delete its contents. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: remove the fixed Authorization header from the proxy in front of it, so that callers need their own login. In nginx, delete a line such as:
    proxy_set_header Authorization "Basic …";
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/index'
Expect: 401, 403 or no connection

## Jaeger
A stranger on the internet can enter a Jaeger without a login: it lists 1 service
On 2026-01-02 03:04 UTC, https://es.acme.example:9200 responded to a stranger on the internet as Jaeger (version not shown). Its API requires no login. It lists 1 service; only the number was kept. Traces often contain addresses, queries and tokens, and are often stored in Elasticsearch or OpenSearch: assume that every caller can read them. What can be read through it was not tested.
The setting that lets callers in can be changed while the server runs, so its start proves nothing about the time before.
This hour: save the evidence before you restart, change or delete anything: open connections, and the logs of the server, the proxy and the firewall. Take a snapshot of the disks if you can. Do not pay a ransom.
    mkdir -p /root/evidence && cd /root/evidence
    date -u > saved-at.txt && ss -tnp > connections.txt
    cp -a /var/log/elasticsearch /var/log/opensearch /var/log/kibana /var/log/nginx . 2>/dev/null
This hour: block the port at the firewall or in the security group, and allow only the addresses that need it. On the host itself, replace PORT and ADDRESSES:
    nft insert rule inet filter input tcp dport PORT ip saddr != { ADDRESSES } drop
Today: make Jaeger, which has no login of its own, listen on loopback only. Start it with this option:
    --query.http-server.host-port=127.0.0.1:16686
Today: put a proxy with a login in front of it. In nginx:
    # Creates the file: printf 'NAME:%s\\n' "$(openssl passwd -apr1)" >> /etc/nginx/users
    location / {
      auth_basic "restricted";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:16686;
    }
This week: search the access logs for the entire period without a login. Tell your data-protection officer: notification deadlines may be running. Then run this audit again from the same place.
    curl -sS -o /dev/null -w '%{http_code}\\n' 'https://es.acme.example:9200/api/services'
Expect: 401, 403 or no connection

`
