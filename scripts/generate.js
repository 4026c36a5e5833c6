// Writes a registry for each folder whose files are entries of one kind, so that a new entry is a new file and no edit elsewhere.
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const registries = [
  { folder: 'src/catalogue/questions', into: 'src/catalogue', name: 'question', list: 'questions' },
  { folder: 'src/reading/neighbours', into: 'src/reading', name: 'neighbour', list: 'neighbourReaders' },
  { folder: 'src/judge/checks', into: 'src/judge', name: 'check', list: 'checks' },
  { folder: 'src/judge/group-checks', into: 'src/judge', name: 'groupCheck', list: 'groupChecks' },
  { folder: 'src/report/formats', into: 'src/report', name: 'format', list: 'formats' },
];

const camel = (file) => file.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const byOutput = new Map();
for (const registry of registries) {
  const output = join(registry.into, 'registry.generated.ts');
  byOutput.set(output, [...(byOutput.get(output) ?? []), registry]);
}

for (const [output, parts] of byOutput) {
  const present = parts.filter((part) => existsSync(part.folder));
  if (present.length === 0) continue;
  const imports = [];
  const lists = [];
  for (const { folder, into, name, list } of present) {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
      .sort();
    const names = files.map((file) => `${camel(file)}${name[0].toUpperCase()}${name.slice(1)}`);
    files.forEach((file, i) =>
      imports.push(`import { ${name} as ${names[i]} } from './${folder.slice(into.length + 1)}/${file}.js';`),
    );
    lists.push(
      `/** Every ${name} of ${folder}, by file name. */\nexport const ${list} = [${names.join(', ')}] as const;`,
    );
  }
  const text = `// Written by scripts/generate.js from the folders; do not edit.\n${imports.join('\n')}\n\n${lists.join('\n\n')}\n`;
  if (!existsSync(output) || readFileSync(output, 'utf8') !== text) writeFileSync(output, text);
}
