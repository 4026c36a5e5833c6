// Keeps issues of a GitHub repository in step with tickets.ndjson, by the GitHub CLI: node github.js RUN/tickets.ndjson
import { execFileSync } from 'node:child_process';
import { apply, main } from './apply.js';

const gh = (args, input = '') => {
  try {
    return execFileSync('gh', args, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(
      'the GitHub CLI is missing: install gh (https://cli.github.com), then gh auth login. Nothing was sent.',
    );
  }
};

await main(async () => {
  const [file] = process.argv.slice(2);
  const repository = process.env.GH_REPO;
  if (file === undefined || !repository)
    throw new Error('usage: GH_REPO=owner/name node github.js RUN/tickets.ndjson (log in first: gh auth login)');
  const { visibility } = JSON.parse(gh(['repo', 'view', repository, '--json', 'visibility']));
  if (visibility === 'PUBLIC')
    throw new Error(`${repository} is public: issues name hosts that are open. Nothing was sent.`);

  const fields = ['--json', 'number,state,body', '--limit', '100000'];
  const issues = JSON.parse(gh(['issue', 'list', '--label', 'leftopen', '--state', 'all', ...fields]));
  const byKey = new Map();
  for (const { number, state, body } of issues) {
    const key = /\b(leftopen-[0-9a-f]{16}) [0-9a-f]{16}\s*$/.exec(body)?.[1];
    if (key !== undefined) byKey.set(key, { id: String(number), open: state === 'OPEN', body });
  }
  const bodyOf = (id) => [...byKey.values()].find((issue) => issue.id === id)?.body ?? '';
  const labels = new Set();

  await apply(
    file,
    {
      find: async (key) => byKey.get(key) ?? null,
      async create(line, text) {
        for (const label of line.labels) {
          if (!labels.has(label)) gh(['label', 'create', label, '--force']);
          labels.add(label);
        }
        const flags = line.labels.flatMap((label) => ['--label', label]);
        gh(['issue', 'create', '--title', line.title, '--body-file', '-', ...flags], text);
      },
      async mentions(id, revision) {
        if (bodyOf(id).includes(revision)) return true;
        const { comments } = JSON.parse(gh(['issue', 'view', id, '--json', 'comments']));
        return comments.some(({ body }) => body.includes(revision));
      },
      async comment(id, text) {
        gh(['issue', 'comment', id, '--body-file', '-'], text);
      },
      async close(id) {
        gh(['issue', 'close', id]);
      },
      async reopen(id) {
        gh(['issue', 'reopen', id]);
      },
    },
    (text) => process.stdout.write(`${repository}: ${text}\n`),
  );
});
