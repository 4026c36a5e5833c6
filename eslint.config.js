import markdown from '@eslint/markdown';
import tseslint from 'typescript-eslint';
import * as yaml from 'yaml-eslint-parser';

import plainWords from './scripts/words/rule.js';

export default tseslint.config(
  { ignores: ['build', 'dist', 'node_modules', '.tap', 'reports', '**/*.generated.ts'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a union.' }],
      // A generator may stream what is at hand behind the interface of one that waits.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'rejects', 'resolves'], package: '@tapjs/test' }],
        },
      ],
      'no-console': 'off',
    },
  },
  {
    // Making a schema takes a hundred times longer than using it: one hostile body could hold everything up for seconds.
    files: ['src/{catalogue,topics,reading}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union.' },
        ...[
          'CallExpression[callee.property.name=/^(every|filter|find|flatMap|forEach|map|reduce|some|toSorted|sort)$/] > :function',
          ':matches(ForStatement, ForOfStatement, WhileStatement)',
        ].map((loop) => ({
          selector: `${loop} CallExpression[callee.object.name='z'][callee.property.name!='prettifyError']`,
          message: 'Make the schema once, at the top level of the file, and not for each member.',
        })),
      ],
    },
  },
  {
    files: ['**/*.yaml'],
    languageOptions: { parser: yaml },
  },
  { files: ['**/*.md'], plugins: { markdown }, language: 'markdown/gfm' },
  {
    // House style: the words of scripts/words/list.json are not used in texts for people, Markdown and comments.
    files: ['{src,bench,scripts}/**/*.{ts,js}', '**/*.md', '**/*.yaml'],
    plugins: { house: { rules: { 'plain-words': plainWords } } },
    rules: { 'house/plain-words': ['error', 'texts'] },
  },
  {
    // Of tests the names, messages and comments: the rest is what users and targets say.
    files: ['test/**/*.ts'],
    plugins: { house: { rules: { 'plain-words': plainWords } } },
    rules: { 'house/plain-words': ['error', 'tests'] },
  },
  { files: ['scripts/**/*.ts'], languageOptions: { parser: tseslint.parser } },
  {
    // A target's text is read by patterns that name control characters on purpose.
    ignores: ['**/*.{md,yaml}'],
    rules: { 'no-control-regex': 'off' },
  },
);
