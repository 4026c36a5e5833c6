// Keeps issues of a Jira project in step with tickets.ndjson, by its REST API: node jira.js RUN/tickets.ndjson
import { setTimeout as pause } from 'node:timers/promises';
import { apply, main } from './apply.js';

const { JIRA_URL, JIRA_PROJECT, JIRA_USER, JIRA_TOKEN, JIRA_ISSUE_TYPE = 'Task', JIRA_API = '3' } = process.env;

/** A request; busy servers (429, 503) are asked again five times. */
async function jira(method, path, body) {
  const authorization = JIRA_USER
    ? `Basic ${Buffer.from(`${JIRA_USER}:${JIRA_TOKEN}`).toString('base64')}`
    : `Bearer ${JIRA_TOKEN}`;
  for (let attempt = 0; ; attempt += 1) {
    const response = await fetch(`${JIRA_URL.replace(/\/$/, '')}/rest/api/${JIRA_API}/${path}`, {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? null : JSON.parse(text);
    if (![429, 503].includes(response.status) || attempt === 5)
      throw new Error(`Jira: ${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    await pause(1000 * Math.min(60, Number(response.headers.get('retry-after') ?? 2 ** attempt)));
  }
}

const unescaped = (text) => text.replace(/\\([\\`*_[\]<>&|~$:.#+=-])/g, '$1');

/** Our Markdown as a document of Jira Cloud (Atlassian Document Format): headings, code blocks, paragraphs. */
function document(markdown) {
  const content = [];
  let code = null;
  for (const line of markdown.split('\n')) {
    const fence = /^( *)(`{3,})(\w*)$/.exec(line);
    if (code !== null && line.trim() === code.fence) {
      content.push({ type: 'codeBlock', attrs: { language: code.language }, content: textOf(code.lines.join('\n')) });
      code = null;
    } else if (code !== null) code.lines.push(line.startsWith(code.indent) ? line.slice(code.indent.length) : line);
    else if (fence !== null) code = { indent: fence[1], fence: fence[2], language: fence[3], lines: [] };
    else if (line.startsWith('## '))
      content.push({ type: 'heading', attrs: { level: 2 }, content: textOf(line.slice(3)) });
    else if (line.trim() !== '' && !/^[|\- ]+$/.test(line))
      content.push({ type: 'paragraph', content: textOf(unescaped(line)) });
  }
  return { type: 'doc', version: 1, content };
}

const textOf = (text) => (text === '' ? [] : [{ type: 'text', text }]);

/** Cloud takes a document, Data Center (API 2) text. */
const worded = (markdown) => (JIRA_API === '2' ? markdown : document(markdown));

/** The way to a status that is done, or to one that is not. */
async function move(id, done) {
  const { transitions } = await jira('GET', `issue/${id}/transitions`);
  const to = transitions.find((each) => (each.to.statusCategory.key === 'done') === done);
  if (to === undefined) throw new Error(`Jira: ${id} has no transition to a status that is ${done ? 'done' : 'open'}`);
  await jira('POST', `issue/${id}/transitions`, { transition: { id: to.id } });
}

await main(async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined || !JIRA_URL || !JIRA_PROJECT || !JIRA_TOKEN)
    throw new Error(
      'usage: JIRA_URL=https://acme.atlassian.net JIRA_PROJECT=SEC JIRA_USER=… JIRA_TOKEN=… node jira.js RUN/tickets.ndjson',
    );
  const { protocol, hostname } = new URL(JIRA_URL);
  if (protocol !== 'https:' && !/^(127\.|localhost$|\[::1\]$)/.test(hostname))
    throw new Error('JIRA_URL: write https://, so that the token is not sent in the clear. Nothing was sent.');
  const search = JIRA_API === '2' ? 'search' : 'search/jql';

  await apply(
    file,
    {
      async find(key) {
        const jql = `project = "${JIRA_PROJECT}" AND labels = "${key}"`;
        const { issues } = await jira('POST', search, { jql, fields: ['status'], maxResults: 1 });
        const [issue] = issues;
        return issue === undefined ? null : { id: issue.key, open: issue.fields.status.statusCategory.key !== 'done' };
      },
      async create(line, text) {
        await jira('POST', 'issue', {
          fields: {
            project: { key: JIRA_PROJECT },
            issuetype: { name: JIRA_ISSUE_TYPE },
            summary: line.title,
            description: worded(text),
            labels: [line.key, ...line.labels],
          },
        });
      },
      async mentions(id, revision) {
        const { fields } = await jira('GET', `issue/${id}?fields=description`);
        if (JSON.stringify(fields.description ?? '').includes(revision)) return true;
        const { comments } = await jira('GET', `issue/${id}/comment?orderBy=-created&maxResults=50`);
        return comments.some(({ body }) => JSON.stringify(body).includes(revision));
      },
      async comment(id, text) {
        await jira('POST', `issue/${id}/comment`, { body: worded(text) });
      },
      close: (id) => move(id, true),
      reopen: (id) => move(id, false),
    },
    (text) => process.stdout.write(`${JIRA_PROJECT}: ${text}\n`),
  );
});
