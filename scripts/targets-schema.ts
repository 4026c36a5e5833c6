// Writes schema/targets.schema.json from the zod schema of the targets file: npx tsx scripts/targets-schema.ts
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { targetsJsonSchema } from '../src/engagement/index.js';

const text = await format(JSON.stringify(targetsJsonSchema()), { parser: 'json', printWidth: 120 });
writeFileSync('schema/targets.schema.json', text);
