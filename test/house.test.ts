// House rules that no compiler checks.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { z } from 'zod';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
  .map((file) => join('src', file));

t.test('each file begins with a sentence that says what it is for', (t) => {
  t.ok(files.length > 300, 'the files are found');
  for (const file of files) {
    const [head = ''] = /^(?:\/\/ .*\n)*/.exec(readFileSync(file, 'utf8').replace(/^#!.*\n/, '')) ?? [];
    t.match(head.replaceAll(/^\/\/ /gm, ''), /^[A-Z`][^]{15,}[.?]\n$/, file);
  }
  t.end();
});

t.test('design.md lists exactly the existing rooms', (t) => {
  const design = readFileSync('docs/design.md', 'utf8');
  const [, house = ''] = /^src\/\n([^]*?)^(?=\S)/m.exec(design.slice(design.indexOf('\nsrc/\n') + 1)) ?? [];
  const named = [...house.matchAll(/^ {2}([a-z]+)\/ /gm)].map(([, room = '']) => room);
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  t.same(named.toSorted(), rooms.map(({ name }) => name).sort());
  for (const line of design.split('\n')) t.ok(line.length <= 130 || line.startsWith('|'), line.slice(0, 60));
  t.end();
});

t.test('the package has every page and file that its pages and messages name', (t) => {
  const { files: shipped } = z
    .object({ files: z.array(z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const has = (path: string): boolean =>
    existsSync(path) &&
    (['README.md', 'LICENSE', 'package.json'].includes(path) ||
      shipped.some((entry) => path === entry || path.startsWith(`${entry}/`)));
  const linked = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
  const messages = files.filter((file) => file.startsWith(join('src', 'messages')));
  const named = messages.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\b(docs\/[\w/-]+\.md)\b/g)]);
  t.ok(linked.length > 20 && named.length > 0, 'they are found');
  for (const [, path = ''] of [...linked, ...named]) t.ok(has(path), path);
  t.end();
});

t.test('npm test runs every folder of tests that needs no server', (t) => {
  const named = readdirSync('test')
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => /^testRooms\((.*)\);$/m.exec(readFileSync(join('test', file), 'utf8'))?.[1]?.split(', ') ?? []);
  const folders = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('/') && file.endsWith('.test.ts'))
    .map((file) => file.replace(/\/.*/, ''));
  const elsewhere = ['browser', 'live'];
  t.same(
    named.map((name) => name.slice(1, -1)).sort(),
    [...new Set(folders)].filter((name) => !elsewhere.includes(name)).sort(),
  );
  t.end();
});

t.test('no test sets a time limit: it would be that of all tests in its process', (t) => {
  for (const file of readdirSync('test', { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.test.ts') && !file.startsWith('house'))
      t.notMatch(readFileSync(join('test', file), 'utf8'), /\bt\.setTimeout\(/, file);
  t.end();
});

t.test('what pages name is there: links, headings, files, scripts', (t) => {
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join('docs', file)),
  ];
  const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
  const headings = (page: string): readonly string[] =>
    [...(texts.get(page) ?? '').replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const bench = readFileSync('bench/main.ts', 'utf8');
  for (const [page, text] of texts) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', heading] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      t.ok(existsSync(file) && (heading === undefined || headings(file).includes(heading)), `${page}: ${target}`);
    }
    for (const [, path = ''] of text.matchAll(/`((?:src|test|docs|scripts|bench|knowledge|schema)\/[\w./-]+)`/g))
      t.ok(existsSync(path), `${page}: ${path}`);
    for (const [, script = ''] of text.matchAll(/npm run (?:--silent )?([a-z:]+)/g))
      t.ok(Object.hasOwn(scripts, script), `${page}: npm run ${script}`);
    for (const [, part = ''] of text.matchAll(/npm run bench -- (\w+)/g))
      t.match(bench, `\n  ${part}: bench`, `${page}: npm run bench -- ${part}`);
  }
  t.end();
});

t.test('each dependency is justified', (t) => {
  const page = readFileSync('docs/decisions/0002-dependencies.md', 'utf8');
  const packages = z.record(z.string(), z.string());
  const { dependencies, devDependencies } = z
    .object({ dependencies: packages, devDependencies: packages })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) t.ok(page.includes(name), name);
  t.end();
});
