// What the English titles and summaries of findings share.
import type { Observations } from '../model/observation.js';
import { said } from '../text/words.js';
import { phrasesIn } from './phrases.js';
import { phrases } from './texts/en/phrases.js';

export { count, counted, moment, names, paragraph, said, tlsNames } from '../text/words.js';

export const {
  caller,
  Caller,
  productAndVersion,
  aCluster,
  aDashboard,
  answeredAs,
  contentsPhrase,
  holds,
  searched,
  calledUser,
  holesInWall,
  fieldsSpeakOf,
  clusterAt,
  searchInferred,
  leadsToDataSources,
  noRepository,
  refusedBy,
} = phrasesIn(phrases);

/** The setting by which a dashboard without a login adds a fixed header to all that it passes on. */
export function customHeaders({ identity }: Observations): string {
  return said(identity.product === 'kibana' ? 'elasticsearch.customHeaders' : 'opensearch.customHeaders');
}
