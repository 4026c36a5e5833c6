// Elasticvue: a page that runs in the browser, and may hand its list of clusters to every caller.
import { z } from 'zod';
import { plain } from '../../catalogue/banner.js';
import { defineCompanion, reading, withLogin } from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import { entries, optionalText } from '../../catalogue/parse.js';
import type { Json } from '../../model/json.js';

const defaultClusters = z.object({ clusters: z.number(), login: z.boolean() });
/** elasticvue's clusters as kept. */
const parseDefaultClusters = reading(defaultClusters);

const secretKey = /pass|secret|token|api_?key|session/i;

/** Whether a value holds a secret under any key that names one, or in the address of a cluster. */
function holdsLogin(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return withLogin.test(value);
  if (depth > 4 || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsLogin(item, depth + 1));
  return entries(value).some(
    ([key, item]) => (secretKey.test(key) && typeof item === 'string' && item !== '') || holdsLogin(item, depth + 1),
  );
}

const cluster = z.object({ uri: optionalText(1000), name: optionalText(1000) });

const list = z.array(cluster.loose());

const defaultClustersShape = z.union([list, z.object({ clusters: list }).transform(({ clusters }) => clusters)]);

/**
 * Keeps of elasticvue's list of clusters how many there are, and whether it contains a login: yes or no, never which
 * (wire guide F, R.5).
 */
function keepDefaultClusters(body: unknown): Json | null {
  const parsed = defaultClustersShape.safeParse(body);
  if (!parsed.success || !parsed.data.every(({ uri }) => uri !== undefined)) return null;
  return plain({ clusters: parsed.data.length, login: holdsLogin(parsed.data) } satisfies z.infer<
    typeof defaultClusters
  >);
}

/**
 * elasticvue runs in the browser and has no API but a file with clusters, which it answers as JSON where one is laid down
 * and as its page where none is (wire guide R.5): then nothing of it is judged.
 */
export const companion = defineCompanion({
  product: 'elasticvue',
  questions: [
    /** The file that elasticvue gives to every browser. Wire guide F, R.5; elasticvue docker/nginx/99_default_clusters.sh. */
    {
      id: 'elasticvue-clusters',
      method: 'GET',
      path: '/api/default_clusters.json',
      askedOf: ['elasticvue'],
      why: 'Shows whether an elasticvue gives its list of clusters to callers without a login, and whether it contains a login: yes or no, never which.',
      reveals:
        'names and addresses of clusters, perhaps their logins; only how many there are and whether a login is among them is kept',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 256 * 1024,
      headers: {},
      keep: { headers: [], json: keepDefaultClusters, text: 200 },
    },
  ],
  read(answers) {
    const file = answers.last('elasticvue-clusters');
    const clusters = kept(file, parseDefaultClusters);
    if (clusters === null) return null;
    return {
      version: null,
      lists: { what: 'clusters', count: clusters.clusters },
      data: 'nowhere',
      login: clusters.login ? 'yes' : 'no',
      evidence: refs(file),
    };
  },
});
