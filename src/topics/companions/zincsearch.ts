// ZincSearch: a search server with its own login, which a proxy in front may give away.
import { z } from 'zod';
import { defineCompanion, parseCount, parseVersion } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import { optionalNumber } from '../../catalogue/parse.js';
import type { Json } from '../../model/json.js';

const zincVersionShape = z.object({ version: z.string().max(60), commit_hash: z.string(), build_date: z.string() });

/** Keeps the version of ZincSearch, which it shows to every caller. */
function keepZincVersion(body: unknown): Json | null {
  const parsed = zincVersionShape.safeParse(body);
  return parsed.success ? { version: parsed.data.version } : null;
}

const zincIndicesShape = z.object({
  list: z.array(z.unknown()),
  page: z.object({ total: optionalNumber }).optional().catch(undefined),
});

/** Keeps how many indices a ZincSearch lists. */
function keepZincIndices(body: unknown): Json | null {
  const parsed = zincIndicesShape.safeParse(body);
  return parsed.success ? { count: parsed.data.page?.total ?? parsed.data.list.length } : null;
}

/**
 * ZincSearch always has a login; what lets callers in without one is a proxy in front that logs them in. Its version it
 * shows to every caller (zincsearch pkg/routes/routes.go@bce72e4e).
 */
export const companion = defineCompanion({
  product: 'zincsearch',
  questions: [
    /** Shown to every caller, with or without a login. Source: zincsearch pkg/routes/routes.go@bce72e4e. */
    {
      id: 'zincsearch-version',
      toldToAll: true,
      method: 'GET',
      path: '/version',
      askedOf: ['zincsearch'],
      why: 'Shows that a ZincSearch answers, and its version.',
      reveals: 'version',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 16 * 1024,
      headers: {},
      keep: { headers: [], json: keepZincVersion, text: 200 },
    },
    /** The read that proves a ZincSearch open or guarded. Source: zincsearch pkg/routes/routes.go@bce72e4e. */
    {
      id: 'zincsearch-indices',
      method: 'GET',
      path: '/api/index?page_num=1&page_size=1',
      askedOf: ['zincsearch'],
      why: 'Shows whether a ZincSearch lists its indices to callers without a login; only their number is kept.',
      reveals: 'one name and mapping of an index; only their number is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepZincIndices, text: 200 },
    },
  ],
  read(answers) {
    const told = answers.last('zincsearch-version');
    const indices = answers.last('zincsearch-indices');
    const version = kept(told, parseVersion);
    const count = kept(indices, parseCount);
    if (count === null) return null;
    return {
      version: version === null ? null : { number: version.version.replace(/^v/, ''), source: '/version' },
      lists: { what: 'indices', count: count.count },
      data: 'itself',
      login: 'unknown',
      evidence: refs(version === null ? null : told, indices),
    };
  },
});
