// Each document is preceded by the line that creates it: a data stream takes `create` alone, and an id that is there already is
// refused. ecs.ndjson: ECS documents as a body for the bulk API of Elasticsearch or OpenSearch; what `leftopen send` sends.
import { dataStream, ecsDocuments } from '../ecs.js';
import type { Format } from '../format.js';
import { jsonLine } from '../../text/json-line.js';

/** Namespace of data streams where none is chosen (Elastic, "data stream naming scheme"). */
export const defaultNamespace = 'default';

export const format = {
  name: 'ecs',
  file: 'ecs.ndjson',
  write: async (head, findings, endpoints, out, { texts }) => {
    for await (const { dataset, id, source } of ecsDocuments(head, findings, endpoints, defaultNamespace, texts)) {
      const action = { create: { _index: dataStream(dataset, defaultNamespace), _id: id } };
      await out.write(`${jsonLine(action)}\n${jsonLine(source)}\n`);
    }
  },
} satisfies Format;
