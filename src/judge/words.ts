// What the English titles and summaries of findings share.
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
