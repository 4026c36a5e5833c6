// Jaeger: traces, often stored in an Elasticsearch or OpenSearch cluster.
import { z } from 'zod';
import { defineCompanion, parseCount } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import { number } from '../../catalogue/parse.js';
import type { Json } from '../../model/json.js';

const jaegerServicesShape = z.object({ data: z.array(z.string()).nullable(), total: number, errors: z.unknown() });

/** Its end, which is missing where the list is longer than what is read. */
const afterList = { total: true, errors: true } as const;

/** Keeps how many services a Jaeger names. With none, its list is null (wire guide R.5). */
function keepJaegerServices(body: unknown, cut = false): Json | null {
  const parsed = (cut ? jaegerServicesShape.partial(afterList) : jaegerServicesShape).safeParse(body);
  return parsed.success ? { count: parsed.data.data?.length ?? 0 } : null;
}

/** Jaeger has no login of its own, and answers every path it does not know with its page (wire guide R.5). */
export const companion = defineCompanion({
  product: 'jaeger',
  questions: [
    /** The read that proves a Jaeger open. Wire guide R.5. */
    {
      id: 'jaeger-services',
      method: 'GET',
      path: '/api/services',
      askedOf: ['jaeger'],
      why: 'Shows whether a Jaeger lists the services it traces to callers without a login; only their number is kept.',
      reveals: 'names of traced services; only their number is kept',
      traces: 'Jaeger asks its store for the names: one search there',
      cost: 'moderate',
      technique: null,
      cap: 1024 * 1024,
      headers: {},
      keep: { headers: [], json: keepJaegerServices, text: 200 },
    },
  ],
  read(answers) {
    const services = answers.last('jaeger-services');
    const count = kept(services, parseCount);
    if (count === null) return null;
    return {
      version: null,
      lists: { what: 'services', count: count.count },
      data: 'unknown',
      login: 'unknown',
      evidence: refs(services),
    };
  },
});
