// After an edit of the bundle: renews what is computed in it, and schema/knowledge.schema.json: npx tsx scripts/knowledge.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { z } from 'zod';
import { bundleJsonSchema, bundleSchema, checksumOf } from '../src/knowledge/bundle.js';
import { baseScore, withoutLogin } from '../test/support/cvss.js';

const file = 'knowledge/bundle.json';
const pretty = (value: unknown) => format(JSON.stringify(value), { parser: 'json', printWidth: 120 });

const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
const { parts, ...head } = bundleSchema.parse({ ...z.looseObject({}).parse(read), sha256: '0'.repeat(64) });
const list = parts.vulnerabilities.list.map((one) => ({
  ...one,
  scoreWithoutLogin: one.vector === null ? null : baseScore(withoutLogin(one.vector)),
}));
const bundle = z.json().parse({ ...head, parts: { ...parts, vulnerabilities: { ...parts.vulnerabilities, list } } });
writeFileSync(file, await pretty({ ...z.looseObject({}).parse(bundle), sha256: checksumOf(bundle) }));
writeFileSync('schema/knowledge.schema.json', await pretty(bundleJsonSchema()));
