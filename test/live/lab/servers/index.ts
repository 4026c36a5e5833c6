import type { LabServer } from '../types.js';
import { closedBehind } from './closed-behind.js';
import { companions } from './companions.js';
import { elasticsearch } from './elasticsearch.js';
import { nginx } from './nginx.js';
import { openBehind } from './open-behind.js';
import { opensearch } from './opensearch.js';

/** Every server of the lab. */
export const servers: readonly LabServer[] = [
  ...elasticsearch,
  ...opensearch,
  ...nginx,
  ...openBehind,
  ...closedBehind,
  ...companions,
];
