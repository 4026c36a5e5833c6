// The scripts of docs/tickets/ against stand-ins of `gh` and of Jira: each night does what its lines say, and a repeat nothing.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import t from 'tap';
import { z } from 'zod';

const script = (name: string): string => resolve('docs/tickets', name);

/** Lines of one night, as the format writes them. */
function night(folder: string, ...lines: readonly object[]): string {
  const file = join(folder, 'tickets.ndjson');
  const whole = {
    title: 'open',
    body: '**critical**: open\n\n1. Set it.\n\n   ```yaml\n   a:\n     b: 1\n   ```\n',
    comment: 'news',
    labels: ['leftopen', 'critical'],
  };
  writeFileSync(file, lines.map((line) => `${JSON.stringify({ ...whole, ...line })}\n`).join(''));
  return file;
}

const key = 'leftopen-0123456789abcdef';
const opened = { key, action: 'open', changed: true, revision: 'aaaaaaaaaaaaaaaa', findings: 1 };
const unchanged = { key, action: 'comment', changed: false, revision: 'bbbbbbbbbbbbbbbb', findings: 1 };
const worse = { key, action: 'comment', changed: true, revision: 'cccccccccccccccc', findings: 1 };
const fixed = { key, action: 'resolve', changed: true, revision: 'dddddddddddddddd', findings: 0 };
const again = { key, action: 'reopen', changed: true, revision: 'eeeeeeeeeeeeeeee', findings: 1 };
const other = { ...fixed, key: 'leftopen-fedcba9876543210' };

/** What each night brings, and what the tracker has done by then. */
const nights = [
  { lines: [opened, other], does: ['create'] },
  { lines: [opened, other], does: [] },
  { lines: [unchanged], does: [] },
  { lines: [worse], does: ['comment'] },
  { lines: [worse], does: [] },
  { lines: [fixed], does: ['comment', 'close'] },
  { lines: [fixed], does: [] },
  { lines: [again], does: ['reopen', 'comment'] },
  { lines: [again], does: [] },
  { by: 'hand', lines: [unchanged], does: ['reopen', 'comment'] },
  { by: 'hand', lines: [unchanged], does: [] },
  { lines: [worse, unchanged], does: [] },
] as const;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function runNode(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

/** A `gh` that keeps its issues in a file and notes what it did. */
const fakeGh = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const file = process.env.GH_STATE;
const state = JSON.parse(readFileSync(file, 'utf8'));
const [noun, verb, id] = process.argv.slice(2);
const flag = (name) => process.argv[process.argv.indexOf(name) + 1];
const input = process.argv.includes('--body-file') ? readFileSync(0, 'utf8') : '';
const issue = state.issues.find(({ number }) => String(number) === id);
if (noun === 'repo') console.log(JSON.stringify({ visibility: state.visibility }));
else if (noun === 'label') state.labels.push(id);
else if (verb === 'list') console.log(JSON.stringify(state.issues));
else if (verb === 'view') console.log(JSON.stringify({ comments: issue.comments }));
else if (verb === 'create') {
  if (!state.labels.includes(flag('--label'))) throw new Error('no such label');
  state.issues.push({ number: state.issues.length + 1, state: 'OPEN', body: input, title: flag('--title'), comments: [] });
  state.did.push('create');
} else {
  state.did.push(verb);
  if (verb === 'comment') issue.comments.push({ body: input });
  if (verb === 'close') issue.state = 'CLOSED';
  if (verb === 'reopen') issue.state = 'OPEN';
}
writeFileSync(file, JSON.stringify(state));
`;

const ghState = z.looseObject({
  visibility: z.string(),
  did: z.array(z.string()),
  issues: z.array(z.looseObject({ state: z.string(), title: z.string() })),
});

t.test('GitHub: each night once, and no public repository', async (t) => {
  const folder = t.testdir();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(bin, 'gh'), fakeGh);
  chmodSync(join(bin, 'gh'), 0o755);
  const stateFile = join(folder, 'state.json');
  const read = (): z.infer<typeof ghState> => ghState.parse(JSON.parse(readFileSync(stateFile, 'utf8')));
  const put = (part: object): void => writeFileSync(stateFile, JSON.stringify(part));
  put({ visibility: 'PRIVATE', labels: [], issues: [], did: [] });
  const env = { PATH: bin, GH_STATE: stateFile, GH_REPO: 'acme/findings' };
  for (const [i, step] of nights.entries()) {
    const state = read();
    if ('by' in step) put({ ...state, issues: state.issues.map((issue) => ({ ...issue, state: 'CLOSED' })), did: [] });
    else put({ ...state, did: [] });
    const ran = await runNode(script('github.js'), [night(folder, ...step.lines)], env);
    t.equal(ran.code, 0, ran.err);
    t.strictSame(read().did, step.does, `night ${i + 1}: ${ran.out}`);
  }
  t.match(read().issues, [{ title: 'open', state: 'CLOSED' }]);
  put({ ...read(), visibility: 'PUBLIC', did: [] });
  const refused = await runNode(script('github.js'), [night(folder, opened)], env);
  t.equal(refused.code, 1);
  t.match(refused.err, /is public/);
  t.strictSame(read().did, []);
});

interface JiraIssue {
  readonly labels: readonly string[];
  readonly description: unknown;
  readonly comments: { readonly body: unknown }[];
  done: boolean;
}

const created = z.object({
  fields: z.object({
    summary: z.string().max(255),
    labels: z.array(z.string().regex(/^\S+$/)),
    project: z.object({ key: z.literal('SEC') }),
    description: z.unknown(),
  }),
});

/** The parts of Jira's REST API that the script uses: a status and the body that goes with it. */
function jiraAnswer(
  issues: JiraIssue[],
  did: string[],
  method: string,
  path: string,
  body: unknown,
): [number, unknown] {
  const [, id = ''] = /^issue\/SEC-(\d+)/.exec(path) ?? [];
  const issue = issues[Number(id) - 1];
  if (path.startsWith('search')) {
    const { jql } = z.object({ jql: z.string() }).parse(body);
    const at = issues.findIndex(({ labels }) => labels.some((label) => jql.includes(`labels = "${label}"`)));
    const status = { statusCategory: { key: issues[at]?.done ? 'done' : 'new' } };
    return [200, { issues: at === -1 ? [] : [{ key: `SEC-${at + 1}`, fields: { status } }] }];
  }
  if (path === 'issue') {
    const { fields } = created.parse(body);
    issues.push({ labels: fields.labels, description: fields.description, comments: [], done: false });
    did.push('create');
    return [201, { key: `SEC-${issues.length}` }];
  }
  if (issue === undefined) return [404, {}];
  if (path.includes('/comment')) {
    if (method === 'GET') return [200, { comments: issue.comments }];
    issue.comments.push(z.object({ body: z.unknown() }).parse(body));
    did.push('comment');
    return [201, {}];
  }
  if (path.includes('/transitions')) {
    const to = (name: string, category: string) => ({ id: name, to: { statusCategory: { key: category } } });
    if (method === 'GET') return [200, { transitions: [to('start', 'indeterminate'), to('finish', 'done')] }];
    issue.done = z.object({ transition: z.object({ id: z.string() }) }).parse(body).transition.id === 'finish';
    did.push(issue.done ? 'close' : 'reopen');
    return [204, null];
  }
  return [200, { fields: { description: issue.description } }];
}

/** A server of it, which is busy once. */
function fakeJira(issues: JiraIssue[], did: string[], api: '2' | '3'): Server {
  let busy = true;
  const wanted = api === '3' ? `Basic ${Buffer.from('bot@acme.example:s3cret').toString('base64')}` : 'Bearer s3cret';
  const statusOf = (authorization: string | undefined): [number, unknown] | null => {
    if (authorization !== wanted) return [401, {}];
    if (!busy) return null;
    busy = false;
    return [429, {}];
  };
  return createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const path = (request.url ?? '').replace(`/rest/api/${api}/`, '');
      const [status, value] =
        statusOf(request.headers.authorization) ??
        jiraAnswer(issues, did, request.method ?? '', path, text === '' ? null : JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end(value === null ? '' : JSON.stringify(value));
    });
  });
}

for (const api of ['3', '2'] as const) {
  t.test(`Jira, API ${api}: each night once, and no token in any output`, async (t) => {
    const issues: JiraIssue[] = [];
    const did: string[] = [];
    const folder = t.testdir();
    const server = fakeJira(issues, did, api);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.teardown(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = {
      JIRA_URL: `http://127.0.0.1:${port}/`,
      JIRA_PROJECT: 'SEC',
      JIRA_TOKEN: 's3cret',
      JIRA_API: api,
      ...(api === '3' && { JIRA_USER: 'bot@acme.example' }),
    };
    // Data Center differs in its search and its texts alone.
    for (const [i, step] of nights.slice(0, api === '3' ? undefined : 4).entries()) {
      did.length = 0;
      if ('by' in step) for (const issue of issues) issue.done = true;
      const ran = await runNode(script('jira.js'), [night(folder, ...step.lines)], env);
      t.equal(ran.code, 0, ran.err);
      t.strictSame(did, step.does, `night ${i + 1}: ${ran.out}`);
    }
    t.equal(issues.length, 1);
    if (api === '3')
      t.match(issues[0]?.description, {
        type: 'doc',
        version: 1,
        content: [
          { type: 'paragraph' },
          { type: 'paragraph' },
          { type: 'codeBlock', attrs: { language: 'yaml' }, content: [{ text: 'a:\n  b: 1' }] },
          { type: 'paragraph' },
        ],
      });
    else t.type(issues[0]?.description, 'string');
    const refused = await runNode(script('jira.js'), [night(folder, opened)], { ...env, JIRA_TOKEN: 'wr0ng' });
    t.equal(refused.code, 1);
    t.match(refused.err, /401/);
    t.notMatch(refused.err, /wr0ng/);
    const plain = await runNode(script('jira.js'), [night(folder, opened)], {
      ...env,
      JIRA_URL: 'http://jira.acme.example',
    });
    t.match(plain.err, /https:/);
  });
}
