import t from 'tap';
import { check } from '../../../src/judge/checks/login-over-plain-http.js';
import type { LoginAsker } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

function asked(...by: readonly LoginAsker[]) {
  return { scheme: 'http', tls: null, plainLogin: { by, schemes: ['basic'] } } as const;
}

const plain = asked('product');

judgesAs(t, check, [
  {
    name: 'Elasticsearch asks over plain HTTP',
    observations: observed({ transport: plain }),
    verdict: 'fail',
    severity: 'medium',
    title: /^Elasticsearch 8\.15\.0 asks for a login over plain HTTP$/,
    says: [/\(Basic\)/],
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
      transport: asked('proxy'),
    }),
    verdict: 'fail',
    title: /^A proxy asks for a login/,
    remedy: /the proxy that asks for the login/,
  },
  {
    name: 'neither the product nor what asks for the login is known',
    observations: undetermined({ identity: { product: null }, transport: asked('unknown') }),
    verdict: 'fail',
    title: /^A server asks for a login/,
  },
  {
    name: 'a proxy that guards a part of an open cluster',
    observations: openCluster({ transport: asked('proxy') }),
    verdict: 'fail',
    title: /^A proxy in front of Elasticsearch 7\.17\.9 asks for a login/,
    remedy: /the proxy that asks for the login/,
  },
  {
    name: 'one backend of several is open, another asks itself',
    observations: openCluster({ access: { guardedBy: 'product', mixed: true }, transport: plain }),
    verdict: 'fail',
    title: /^Elasticsearch 7\.17\.9 asks for a login/,
    remedy: /xpack\.security\.http\.ssl\.enabled: true/,
  },
  {
    name: 'a challenge without a sign of its origin',
    observations: openCluster({ transport: asked('unknown') }),
    verdict: 'fail',
  },
  {
    name: 'a proxy in front of a part of an open Kibana',
    observations: openKibana({ access: { guardedBy: 'proxy' }, transport: asked('proxy') }),
    verdict: 'fail',
    title: /^A proxy in front of Kibana 7\.17\.9 asks for a login/,
    remedy: /^(?!.*kibana\.yml).*the proxy that asks for the login/,
  },
  {
    name: 'what a Kibana passes on from its cluster',
    observations: lockedKibana({ dashboard: { login: 'none' }, transport: asked('cluster') }),
    verdict: 'fail',
  },
  {
    name: 'a proxy and the product',
    observations: observed({ transport: asked('product', 'proxy') }),
    verdict: 'fail',
    title: /^Elasticsearch 8\.15\.0 and a proxy in front of Elasticsearch 8\.15\.0 ask for a login/,
    remedy: /xpack\.security\.http.*the proxy that asks/,
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
