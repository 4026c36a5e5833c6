import type { LabServer } from '../types.js';
import { companions } from './companions.js';
import { elasticsearch } from './elasticsearch.js';
import { nginx } from './nginx.js';
import { opensearch } from './opensearch.js';

/** Every server of the lab. */
export const servers: readonly LabServer[] = [...elasticsearch, ...opensearch, ...nginx, ...companions];
