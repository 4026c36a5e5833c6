// Prometheus: metrics of an estate.
import { z } from 'zod';
import { defineCompanion, parseCount, parseVersion } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import type { Json } from '../../model/json.js';

const prometheusBuildShape = z.object({
  status: z.literal('success'),
  data: z.object({ version: z.string().max(60), revision: z.string(), goVersion: z.string() }),
});

/** Keeps the version of Prometheus' build information (2.14 and later). */
function keepPrometheusBuild(body: unknown): Json | null {
  const parsed = prometheusBuildShape.safeParse(body);
  return parsed.success ? { version: parsed.data.data.version } : null;
}

const prometheusValuesShape = z.object({ status: z.literal('success'), data: z.array(z.string()) });

/** Keeps how many values a label of Prometheus has. */
function keepPrometheusValues(body: unknown): Json | null {
  const parsed = prometheusValuesShape.safeParse(body);
  return parsed.success ? { count: parsed.data.data.length } : null;
}

/** Prometheus: no login unless one is set (since 2.24); it then guards every path. */
export const companion = defineCompanion({
  product: 'prometheus',
  questions: [
    /** Prometheus 2.14 and later: who answers, and which version. Source: the answer of a real 2.42.0. */
    {
      id: 'prometheus-build',
      method: 'GET',
      path: '/api/v1/status/buildinfo',
      askedOf: ['prometheus'],
      why: 'Shows that a Prometheus answers callers without a login, and its version.',
      reveals: 'version',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 16 * 1024,
      headers: {},
      keep: { headers: [], json: keepPrometheusBuild, text: 200 },
    },
    /** The read that proves a Prometheus open. Source: the answer of a real 2.42.0. */
    {
      id: 'prometheus-jobs',
      method: 'GET',
      path: '/api/v1/label/job/values',
      askedOf: ['prometheus'],
      why: 'Shows whether a Prometheus lists what it measures to callers without a login; only the number of jobs is kept.',
      reveals: 'names of scrape jobs; only their number is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepPrometheusValues, text: 200 },
    },
  ],
  read(answers) {
    const build = answers.last('prometheus-build');
    const jobs = answers.last('prometheus-jobs');
    const version = kept(build, parseVersion);
    const count = kept(jobs, parseCount);
    if (count === null) return null;
    return {
      version: version === null ? null : { number: version.version, source: 'build information' },
      lists: { what: 'scrape-jobs', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(version === null ? null : build, jobs),
    };
  },
});
