import { readFileSync } from 'node:fs';
import t from 'tap';
import { seedOf } from '../damage/random.js';
import type { Hostile } from './estate.js';
import { everything } from '../support/sample.js';
import { anyRecording, answering, poison, secrets, texts, type Poison } from './poison.js';
import { withstands } from './outputs.js';

/** Real servers, of which every text is the hostile's: they are what they are, and what they say is shown. */
const servers = [
  'elasticsearch/7.17.9-open',
  'elasticsearch/7.17.9-closed',
  'elasticsearch/9.4.3-anonymous',
  'opensearch/2.19.4-anonymous',
  'kibana/4.6.6-open',
  'kibana/8.15.0-open',
  'opensearch-dashboards/2.19.4-open',
  'nginx/7.17.9-password-everywhere',
] as const;

function certificate(): { cert: string; key: string } {
  const read = (name: string) => readFileSync(`test/hostile/fixtures/${name}`, 'utf8');
  return { cert: read('hostile.pem'), key: read('hostile.key') };
}

/** Of the sample, each poison is put into so many servers; `npm run grids` puts each into all. */
const sampled = 2;

function serversFor({ id }: Poison): readonly string[] {
  if (everything) return servers;
  return servers.toSorted((a, b) => seedOf(id, a) - seedOf(id, b)).slice(0, sampled);
}

function serving(poisons: readonly Poison[], leaks: boolean): Hostile[] {
  return poisons.flatMap((each) =>
    serversFor(each).flatMap((name) =>
      [false, true].map((all): Hostile => {
        const recording = anyRecording(name);
        const { truth, scheme } = recording.head;
        const others = ['undetermined', 'decoy', 'other-product', 'guarded'] as const;
        const may = truth.state === 'open' ? (['open', ...others] as const) : others;
        return {
          id: `${name.replaceAll('/', '-')}-${each.id}${all ? '-all' : ''}`,
          answer: answering(poison(recording, each, { all, leaks: all && leaks })),
          ...(scheme === 'https' && { tls: certificate() }),
          // What is longer than the cap of a question cannot be read to its end.
          ends: all || each.text.length > 3000 ? may.map((state) => ({ state })) : { state: truth.state },
        };
      }),
    ),
  );
}

const patience = { connectTimeoutMs: 20_000, exchangeTimeoutMs: 20_000 };

t.test('what a target says is text wherever it is shown', async (t) => {
  await withstands(t, serving(texts, false), patience);
});

t.test('no secret of a target is written or shown', async (t) => {
  await withstands(t, serving(secrets, true), patience);
});
