import t from 'tap';
import { check } from '../../../src/judge/checks/end-of-life.js';
import type { JudgeContext } from '../../../src/model/check.js';
import type { Exposure } from '../../../src/model/engagement.js';
import type { VersionFact } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const on = (day: string, exposure: Exposure = 'internet'): JudgeContext => ({
  ...contextFrom(exposure),
  now: `${day}T03:04:05.000Z`,
});
const exact = (number: string): VersionFact => ({ number, certainty: 'exact', source: 'banner' });

judgesAs(t, check, [
  {
    name: 'its line has ended',
    observations: openCluster({ identity: { version: exact('7.17.29') } }),
    context: on('2026-11-25'),
    verdict: 'fail',
    severity: 'medium',
    title: /^Elasticsearch 7\.17\.29 is past its end of life \(2026-01-15\)$/,
    says: [/Source: https:\/\/www\.elastic\.co.*as known on 2026-11-25/],
  },
  {
    name: 'from inside',
    observations: openCluster({ identity: { version: exact('7.17.29') } }),
    context: on('2026-11-25', 'internal'),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: "the same on the last day: the run's own time judges",
    observations: openCluster({ identity: { version: exact('7.17.29') } }),
    context: on('2026-01-15'),
    verdict: 'pass',
  },
  {
    name: 'an older minor release of a supported line',
    observations: observed({ identity: { version: exact('8.15.0') } }),
    context: on('2026-11-25'),
    verdict: 'fail',
    severity: 'low',
    says: [/since 2025-10-21/],
  },
  {
    name: 'the same before its fixes moved on',
    observations: observed({ identity: { version: exact('8.17.4') } }),
    context: on('2025-05-01'),
    verdict: 'pass',
  },
  {
    name: 'a release candidate comes before what it is one of',
    observations: observed({ identity: { version: exact('8.19.0-rc1') } }),
    context: on('2026-11-25'),
    verdict: 'fail',
  },
  {
    name: 'the oldest of all, from the machine itself',
    observations: openCluster({ identity: { distribution: null, version: exact('0.90.13') } }),
    context: on('2026-11-25', 'host'),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'a dashboard',
    observations: lockedKibana({ identity: { version: exact('6.8.23') } }),
    context: on('2026-11-25'),
    verdict: 'fail',
    title: /^Kibana 6\.8\.23 is past its end of life/,
  },
  {
    name: 'OpenSearch 1',
    observations: openCluster({
      identity: { product: 'opensearch', distribution: 'opensearch', version: exact('1.3.20') },
    }),
    context: on('2026-11-25'),
    verdict: 'fail',
    title: /^OpenSearch 1\.3\.20 is past its end of life \(2025-05-06\)$/,
  },
  {
    name: 'OpenSearch 3 is maintained',
    observations: openCluster({
      identity: { product: 'opensearch', distribution: 'opensearch', version: exact('3.6.0') },
    }),
    context: on('2026-11-25'),
    verdict: 'pass',
  },
  {
    name: 'a service that fixes its own versions',
    observations: observed({
      identity: { product: 'opensearch', distribution: 'aws', version: exact('1.3.20') },
    }),
    context: on('2026-11-25'),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'a package of a distribution',
    observations: openCluster({ identity: { distribution: null, version: exact('1.7.6+dfsg-1') } }),
    context: on('2026-11-25'),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'Open Distro has ended itself',
    observations: openCluster({ identity: { distribution: 'open-distro', version: exact('7.10.2') } }),
    context: on('2023-01-01'),
    verdict: 'fail',
    severity: 'medium',
    title: /is past its end of life \(2022-05-11\)/,
  },
  {
    name: 'serverless has no version',
    observations: observed({
      identity: { distribution: 'serverless', version: { number: null, certainty: 'placeholder', source: 'banner' } },
    }),
    verdict: 'undetermined',
  },
  {
    name: 'an overridden number',
    observations: openCluster({
      identity: {
        product: 'opensearch',
        version: { number: '7.10.2', certainty: 'placeholder', source: 'banner' },
      },
    }),
    verdict: 'undetermined',
  },
  {
    name: 'a version that is not shown',
    observations: observed({ identity: { version: { number: null, certainty: 'unknown', source: '' } } }),
    verdict: 'undetermined',
  },
  {
    name: 'some version or later',
    observations: lockedKibana({
      identity: { version: { number: '8.9', certainty: 'approximate', source: 'status' } },
    }),
    verdict: 'undetermined',
  },
  {
    name: 'a future line',
    observations: openCluster({ identity: { version: exact('10.1.0') } }),
    context: on('2026-11-25'),
    verdict: 'undetermined',
  },
  {
    name: 'not a version number of the vendor',
    observations: openCluster({ identity: { version: exact('nightly') } }),
    verdict: 'undetermined',
  },
  {
    name: 'a maintained line, by knowledge that is too old',
    observations: openCluster({
      identity: { product: 'opensearch', distribution: 'opensearch', version: exact('3.6.0') },
    }),
    context: on('2027-11-27'),
    verdict: 'undetermined',
  },
  {
    name: 'a line that has ended, by knowledge that is too old: it stays so',
    observations: openCluster({ identity: { version: exact('7.17.29') } }),
    context: on('2030-01-01'),
    verdict: 'fail',
  },
  {
    name: 'a banner that could not be shown to be real',
    observations: undetermined({
      genuine: 'unknown',
      access: { rung: 'banner', reason: 'not-authenticated-as-genuine' },
    }),
    verdict: 'undetermined',
  },
  { name: 'nothing answers', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'a decoy',
    observations: nothingThere({ access: { state: 'decoy' } }),
    verdict: 'not-applicable',
  },
]);
