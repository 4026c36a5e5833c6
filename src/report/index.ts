export type { Format, Out } from './format.js';
export { jsonLine } from './json.js';
export { findingsSchemaName } from './formats/json.js';
export { formats } from './registry.generated.js';
