// The formats as other rooms use them.
export { formatDefaults } from './format.js';
export type { Format, FormatOptions, FormatSources, Out } from './format.js';
export { linesOf, previewLine } from './lines.js';
export { formats } from './registry.generated.js';
export { dataStream, datasets, ecsDocuments } from './ecs.js';
export type { EcsDocument } from './ecs.js';
export { audiencesOf, failureNotice, noticesOf } from './notice.js';
export type { Audience, Notice } from './notice.js';
export { ownersHead, type RecordStreams } from './by-owner.js';
