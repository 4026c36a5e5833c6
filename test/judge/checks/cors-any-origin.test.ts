import t from 'tap';
import { check } from '../../../src/judge/checks/cors-any-origin.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

const cors = { allows: 'any', credentials: false, evidence: [0] } as const;

judgesAs(t, check, [
  {
    name: 'any origin',
    observations: openCluster({ topics: { cors } }),
    verdict: 'fail',
    severity: 'medium',
    title: /^Elasticsearch 7\.17\.9 lets web pages of any origin read it$/,
    says: [/`Access-Control-Allow-Origin: \*`/],
    remedy: /elasticsearch\.yml.*http\.cors\.enabled: false/,
  },
  {
    name: 'on the machine itself it is no less',
    observations: openCluster({ topics: { cors } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'the origin echoed, with credentials, on OpenSearch',
    observations: openCluster({
      identity: { product: 'opensearch' },
      topics: { cors: { ...cors, allows: 'echoed', credentials: true } },
    }),
    verdict: 'fail',
    says: [/allows pages to send credentials/],
    remedy: /opensearch\.yml/,
  },
  { name: 'no', observations: openCluster({ topics: { cors: { ...cors, allows: 'no' } } }), verdict: 'pass' },
  { name: 'a login', observations: observed(), verdict: 'not-applicable' },
  { name: 'a dashboard', observations: openKibana(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  { name: 'not asked', observations: openCluster(), verdict: 'undetermined' },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
]);
