// Why an endpoint could not be judged or reached, in words.
import { failures } from '../model/exchange.js';
import type { AccessReason } from '../model/observation.js';

/** Each reason in words that continue "because …" or go in brackets. */
export const reasonWords: Readonly<Record<AccessReason, string>> = {
  ...failures,
  'vantage-lost': 'the control endpoints stopped responding, so our own connection is in doubt',
  'source-blocked': 'the control endpoints show that our address was blocked',
  'not-asked-window': "it was not asked: the engagement's window closed before its turn came",
  'not-asked-blackout': "it was not asked: its owner's blackout hours lasted to the end of the run",
  'answers-contradict': 'its responses contradict each other',
  'generic-error': 'it responded with an error or maintenance page, which says nothing about access',
  'not-ready': 'it reports that it is not ready yet',
  'cluster-not-formed': 'the node is up, but its cluster has not formed',
  'unknown-wall': 'something that could not be identified denied access',
  'not-authenticated-as-genuine': 'its responses could not be shown to come from a real server',
  'redirect-elsewhere': 'it redirects to another address, which was not declared',
  'redirect-within': 'it redirects to other paths of the same address, which says nothing about access',
  'login-page': 'it responded with a page that requests a login, which does not show what it protects',
  'guest-login-offered': 'it offers a guest login, which was not used',
  'guest-sees-nothing': 'we were given a guest session, and every request in it was denied',
  'anonymous-reach-unknown': 'it has an anonymous user, whose roles may reach indices that its responses do not name',
  'no-such-path': 'nothing is served at the declared path',
  'named-indices-pass':
    'listing indices was denied, but a request that named an index reached the cluster: a caller who knows a name may get in',
  'denied-without-login':
    'it denied every request with 403 and requested no login: our address or our User-Agent may be the reason',
  challenged: 'it responded with a challenge for browsers (CDN, captcha or script), which says nothing about access',
  'our-bug': 'its responses could not be read: this is a bug in leftopen, not in the target',
  'runs-in-the-browser':
    'it is a dashboard that runs in the browser (Kibana 3): what it shows depends on the cluster that the browser can reach',
};
