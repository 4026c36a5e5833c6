// Writes a registry for each folder whose files are entries of one kind, so that a new entry is a new file and no edit elsewhere.
import { readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const questions = { folder: 'src/catalogue/questions', into: 'src/catalogue', name: 'question', list: 'questions' };
const registries = [
  questions,
  { folder: 'src/judge/checks', into: 'src/judge', name: 'check', list: 'checks' },
  { folder: 'src/judge/group-checks', into: 'src/judge', name: 'groupCheck', list: 'groupChecks' },
  { folder: 'src/report/formats', into: 'src/report', name: 'format', list: 'formats' },
];

const camel = (file) => file.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

function entriesOf({ folder, into, name }) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
    .map((file) => file.slice(0, -3))
    .sort()
    .map((file) => ({
      file,
      as: `${camel(file)}${name[0].toUpperCase()}${name.slice(1)}`,
      from: `./${folder === into ? '' : `${folder.slice(into.length + 1)}/`}${file}.js`,
    }));
}

const importOf = (name) => (entry) => `import { ${name} as ${entry.as} } from '${entry.from}';`;

const written = new Set();

function write(output, text) {
  written.add(output);
  const whole = `// Written by scripts/generate.js from the folders; do not edit.\n${text}`;
  if (!existsSync(output) || readFileSync(output, 'utf8') !== whole) writeFileSync(output, whole);
}

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
  for (const part of present) {
    const entries = entriesOf(part);
    imports.push(...entries.map(importOf(part.name)));
    lists.push(
      `/** Every ${part.name} of ${part.folder}, by file name. */\nexport const ${part.list} = [${entries.map(({ as }) => as).join(', ')}] as const;`,
    );
  }
  // The texts of the checks by their ids: what another language has to match, key by key.
  const worded = present.filter(({ list }) => list === 'checks' || list === 'groupChecks');
  if (worded.length > 0) {
    imports.push(
      `import { english as topics } from '../topics/registry.generated.js';`,
      `import { en } from './texts/en.js';`,
    );
    const texts = worded.map((part) => {
      const entries = entriesOf(part).map(({ file, as }) => `    '${file}': ${as}.texts.en,`);
      return `  ${part.list}: {\n${entries.join('\n')}\n  },`;
    });
    lists.push(
      `/** What the judge says in English. Another language is one more value of this type. */
export const english = {
  ...en,
${texts.join('\n')}
  topics,
};`,
      `type English = typeof english;

declare module '../model/check.js' {
  interface JudgeTexts extends English {}
}`,
    );
  }
  write(output, `${imports.join('\n')}\n\n${lists.join('\n\n')}\n`);
}

// For the thread that reads long responses: it loads the questions that it is given one by one.
write(
  'src/catalogue/question-files.generated.ts',
  `import type { Question } from '../model/question.js';

/** What loads a question of src/catalogue/questions, by its id. Those of topics are in the files of the topics. */
export const questionFiles: Readonly<Record<string, () => Promise<{ readonly question: Question }>>> = {
${entriesOf(questions)
  .map(({ file, from }) => `  '${file}': () => import('${from}'),`)
  .join('\n')}
};
`,
);

// Topics also give the model the types of their facts and, with the questions, the union of all question ids.
const topics = entriesOf({ folder: 'src/topics', into: 'src/topics', name: 'topic' });
const companions = entriesOf({ folder: 'src/topics/companions', into: 'src/topics', name: 'companion' });
const ids = readdirSync('src/catalogue/questions').map((file) => file.replace(/\.ts$/, ''));
const fields = (value) => topics.map(({ file, as }) => `  ${camel(file)}: ${value(as)},`).join('\n');
write(
  'src/topics/registry.generated.ts',
  `import { readTopic, type FactsOf, type Recognised, type QuestionsOf } from '../catalogue/topic.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { TopicFacts } from '../model/observation.js';
import type { Companion } from '../catalogue/companion.js';
import type { QuestionId } from '../model/question.js';
${[...topics.map(importOf('topic')), ...companions.map(importOf('companion'))].join('\n')}

/** Every topic of src/topics, by file name. */
export const topics = {
${fields((as) => as)}
};

/** Every companion product of src/topics/companions, by file name. */
export const companions: readonly Companion<QuestionId>[] = [${companions.map(({ as }) => as).join(', ')}];

declare module '../model/observation.js' {
  interface TopicFacts {
${topics.map(({ file, as }) => `    readonly ${camel(file)}: FactsOf<typeof ${as}> | null;`).join('\n')}
  }
}

declare module '../model/question.js' {
  interface QuestionIds
    extends Record<
      ${[...ids.map((id) => `'${id}'`), ...[...topics, ...companions].map(({ as }) => `QuestionsOf<typeof ${as}>`)].join('\n      | ')},
      true
    > {}
}

/** The facts of every topic in a record. */
export function readTopics(record: EndpointRecord, endpoint: Recognised): TopicFacts {
  return {
${topics.map(({ file, as }) => `    ${camel(file)}: readTopic(${as}, record, endpoint),`).join('\n')}
  };
}

/** What every topic says in English, by its id. */
export const english = {
${fields((as) => `${as}.texts.en`)}
};

/** Nothing known of any topic. */
export const noTopics: TopicFacts = {
${fields(() => 'null')}
};
`,
);

const languages = readdirSync('src/languages')
  .filter((file) => file !== 'index.ts' && !file.endsWith('.generated.ts'))
  .map((file) => ({
    id: file.slice(0, -3),
    as: camel(file.slice(0, -3).toLowerCase()),
    from: `./${file.slice(0, -3)}.js`,
  }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
write(
  'src/languages/registry.generated.ts',
  `import type { Language } from './en.js';
${languages.map(importOf('language')).join('\n')}

/** Every language of src/languages, by the name of its file (BCP 47). */
export const languages: Readonly<Record<string, Language>> = {
${languages.map(({ id, as }) => `  '${id}': ${as},`).join('\n')}
};
`,
);

// The engagement knows checks by their ids alone: a targets file may accept what they find.
const checkIds = ['src/judge/checks', 'src/judge/group-checks'].flatMap((folder) =>
  readdirSync(folder).map((file) => file.replace(/\.ts$/, '')),
);
write(
  'src/model/registry.generated.ts',
  `/** The ids of all checks, sorted. */\nexport const checkIds: readonly string[] = [\n${checkIds
    .sort()
    .map((id) => `  '${id}',\n`)
    .join('')}];\n`,
);

// A folder that has no entries any more has no registry either.
for (const room of readdirSync('src')) {
  const output = join('src', room, 'registry.generated.ts');
  if (!written.has(output) && existsSync(output)) rmSync(output);
}
