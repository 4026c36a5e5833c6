export type { Format, Out } from './format.js';
export { jsonLine } from './json.js';
export { formats } from './registry.generated.js';
