// The code that decides what is said has no sentence of its own: all are in the catalogue of messages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';

/** Rooms whose messages are in the catalogue. */
const rooms = ['cli', 'engagement', 'history', 'plan', 'run', 'sink', 'store'];

/** Texts that are not messages. */
const others: ReadonlySet<string> = new Set([
  // bugs of ours, for those who maintain it
  'a bug of leftopen cut \0:\0\0 short: \0 \0',
  'a bug of leftopen in a preview: \0',
  'the judging pass was stopped',
  'the thread ended with code \0',
  // details of failed requests in the journal
  'put aside: the vantage was lost',
  'the run did not name it',
  'the worker thread that asked it ended',
  // what others are compared with, or read: pseudonyms, addresses in a history, the User-Agent
  'leftopen pseudonyms v1\n\0',
  'no address',
  'authorised read-only audit',
  // details of connections in the journal that the scope does not allow
  'a loopback address is asked only where the file declares it',
  'its \0 is excluded',
  'the file fixes another address for this name',
  'this host is not declared',
  'this is another address than the declared one',
  'this is not an IP address',
  'without an engagement only loopback may be asked',
  // examples of names, references and notes in a targets file, and what its JSON Schema says
  'Acme Holding SAS',
  'Hosting GmbH',
  'Jean Martin',
  'Jeanne Moreau',
  'Search team',
  'letter of 2026-10-02, ref. H-99',
  'moves to the new cluster in May',
  'public wallboard in the lobby',
  'replaced in March 2027, reachable from the office only',
  '{ name: Acme, legalEntity: Acme Holding SAS }',
  '{ name: Hosting GmbH, permission: letter of 2026-10-02 }',
  '{ name: Search team, contact: { name: …, email: … } }',
  'Targets file of leftopen',
  'The old name of \0.',
  'What leftopen may audit: the authorisation, the targets and their owners.',
  // a list without a file, by its name in records; what divides hosts into shards
  'standard input',
  'leftopen shard v1\n\0',
  // headings of the pages of checks
  ...['What it means', 'How to fix', 'How it is tested', 'False positives', 'What is sent'],
]);

/** Folders in a room that hold words, and files that are data. */
const wordy = /\/texts\/|\.generated\.ts$/;

/** Parts of a completion script. */
const shell = /_leftopen|complete -c leftopen|compadd/;

const phrase = /[a-z]{2,} [a-z]{2,}/i;

/** The text of a literal, '' for each part that is put in; null for any other node. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `\0${literal.text}`).join('');
}

/** What no user can cause: `new Error('…')`. */
function isBug(node: ts.Node): boolean {
  return ts.isNewExpression(node) && /^(?:Aggregate)?Error$/.test(node.expression.getText());
}

/** Documentation in a schema: `.describe('…')`. */
function isDescription(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'describe'
  );
}

function phrasesIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || isBug(node)) return;
    if (isDescription(node)) {
      visit(node.expression);
      return;
    }
    const text = textOf(node);
    if (text !== null && phrase.test(text) && !shell.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

t.test('no sentence is left in the code', (t) => {
  for (const room of rooms) {
    const files = readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join('src', room, name).replaceAll('\\', '/'));
    for (const file of files)
      if (!wordy.test(file))
        t.same(
          phrasesIn(file).filter((text) => !others.has(text)),
          [],
          file,
        );
  }
  t.end();
});
