import t from 'tap';
import { readPlugins } from '../../src/reading/plugins.js';
import { observe } from '../../src/reading/index.js';
import { recordingNamed } from '../replay.js';
import { surveyed } from '../accuracy/score.js';

t.test('the plugins that a cluster lists', (t) => {
  const plugins = (name: string) => observe(surveyed(recordingNamed(name), 'http')).plugins;
  t.match(plugins('opensearch/2.19.4-disabled'), { names: ['opensearch-security'] });
  t.match(plugins('elasticsearch/5.6.16-open'), { names: [] }, 'none is known to be there');
  t.equal(plugins('opensearch/2.19.4-closed-plain'), null, 'refused is not known');
  t.equal(plugins('nginx/7.17.9-forbidden-paths'), null);
  const record = surveyed(recordingNamed('opensearch/2.19.4-disabled'), 'http');
  const place = record.exchanges.findIndex(({ question }) => question === 'nodes');
  t.strictSame(readPlugins(record)?.evidence, [place]);
  t.end();
});
