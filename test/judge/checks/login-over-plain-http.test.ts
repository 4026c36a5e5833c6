import t from 'tap';
import { check } from '../../../src/judge/checks/login-over-plain-http.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const plain = { scheme: 'http', tls: null, loginOverPlainHttp: true } as const;

judgesAs(t, check, [
  {
    name: 'Elasticsearch asks over plain HTTP',
    observations: observed({ transport: plain }),
    verdict: 'fail',
    severity: 'medium',
    title: /^Elasticsearch 8\.15\.0 asks for a login over plain HTTP$/,
    says: [/\(`basic`\)/],
    remedy: /xpack\.security\.http\.ssl\.enabled: true/,
  },
  {
    name: 'from inside',
    observations: observed({ transport: plain }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'from the machine itself',
    observations: observed({ transport: plain }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'Kibana',
    observations: lockedKibana({ transport: plain }),
    verdict: 'fail',
    remedy: /server\.ssl\.enabled: true/,
  },
  {
    name: 'a proxy in front of what could not be identified',
    observations: undetermined({
      identity: { product: null },
      access: { guardedBy: 'proxy', reason: 'unknown-wall' },
      transport: plain,
    }),
    verdict: 'fail',
    title: /^A proxy asks for a login/,
    remedy: /the proxy that asks for the login/,
  },
  {
    name: 'a proxy that guards a part of an open cluster',
    observations: openCluster({ transport: plain, access: { loginSchemes: ['basic'] } }),
    verdict: 'fail',
    title: /^A proxy in front of Elasticsearch 7\.17\.9 asks for a login/,
    says: [/a proxy at http:/],
    remedy: /the proxy that asks for the login/,
  },
  { name: 'over TLS', observations: observed(), verdict: 'pass' },
  { name: 'open: no login to protect', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'some other product',
    observations: observed({
      identity: { product: null, otherProduct: 'Grafana' },
      access: { state: 'other-product' },
      transport: plain,
    }),
    verdict: 'not-applicable',
  },
  {
    name: 'a dashboard that does not say which login it wants',
    observations: lockedKibana({ access: { loginSchemes: [] }, transport: { scheme: 'http', tls: null } }),
    verdict: 'undetermined',
  },
  {
    name: 'single sign-on: no secret is typed in here',
    observations: lockedKibana({ access: { loginSchemes: ['saml'] }, transport: { scheme: 'http', tls: null } }),
    verdict: 'not-applicable',
  },
  {
    name: 'an anonymous user without rights',
    observations: observed({
      access: { loginSchemes: [] },
      caller: { login: 'anonymous' },
      transport: { scheme: 'http', tls: null },
    }),
    verdict: 'not-applicable',
  },
  {
    name: 'it could not be judged',
    observations: undetermined({ transport: { scheme: 'http', tls: null } }),
    verdict: 'undetermined',
  },
]);
