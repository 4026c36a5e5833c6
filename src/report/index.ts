export type { Format, Out } from './format.js';
export { jsonLine, previewLine } from './json.js';
export { formats } from './registry.generated.js';
