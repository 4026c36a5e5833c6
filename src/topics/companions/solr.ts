// Solr: a search server of its own.
import { z } from 'zod';
import { defineCompanion, parseCount, parseVersion } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import { entries, number } from '../../catalogue/parse.js';
import type { Json } from '../../model/json.js';

/** The status of a Solr that answered without an error. */
const zero = number.refine((value) => value === 0);

const solrSystemShape = z.object({
  responseHeader: z.object({ status: zero }),
  lucene: z.object({ 'solr-spec-version': z.string().max(60) }),
});

/** Keeps the version of Solr's system information. */
function keepSolrSystem(body: unknown): Json | null {
  const parsed = solrSystemShape.safeParse(body);
  return parsed.success ? { version: parsed.data.lucene['solr-spec-version'] } : null;
}

const solrCoresShape = z.object({ responseHeader: z.object({ status: zero }), status: z.looseObject({}) });

/** Keeps how many cores a Solr lists. */
function keepSolrCores(body: unknown): Json | null {
  const parsed = solrCoresShape.safeParse(body);
  return parsed.success ? { count: entries(parsed.data.status).length } : null;
}

/** Solr: a search server of its own, without a login unless a plugin for one is set (wire guide R.5). */
export const companion = defineCompanion({
  product: 'solr',
  questions: [
    /** The read that proves a Solr open. Wire guide R.5; the answer of a real 4.10.4. */
    {
      id: 'solr-system',
      method: 'GET',
      path: '/solr/admin/info/system?wt=json',
      askedOf: ['solr'],
      why: 'Shows that a Solr answers callers without a login, and its version.',
      reveals: 'version; settings of its Java machine, of which nothing is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepSolrSystem, text: 200 },
    },
    /** Cores without their statistics: `action` is STATUS where it is not given. Source: the answer of a real 4.10.4. */
    {
      id: 'solr-cores',
      method: 'GET',
      path: '/solr/admin/cores?wt=json&indexInfo=false',
      askedOf: ['solr'],
      why: 'Shows how many cores (collections) a Solr lists to callers without a login; only their number is kept.',
      reveals: 'names of cores; only their number is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 1024 * 1024,
      headers: {},
      keep: { headers: [], json: keepSolrCores, text: 200 },
    },
  ],
  read(answers) {
    const system = answers.last('solr-system');
    const cores = answers.last('solr-cores');
    const version = kept(system, parseVersion);
    const count = kept(cores, parseCount);
    if (version === null && count === null) return null;
    return {
      version: version === null ? null : { number: version.version, source: 'system information' },
      lists: count === null ? null : { what: 'cores', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(version === null ? null : system, count === null ? null : cores),
    };
  },
});
