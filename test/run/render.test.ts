// `report` renders a record as it was judged, next to it, and leaves the record alone.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { render } from '../../src/run/index.js';
import { hashFile } from '../../src/store/files.js';
import { UserMistake } from '../../src/store/mistake.js';
import { verifyFolder } from '../../src/store/verify.js';
import { audited, declared, recorded } from './support.js';

t.test('formats of a record, with sums of their own', async (t) => {
  const folder = t.testdir({});
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const { result } = await audited(
    await declared(t, `targets: [{ id: a, url: "${url}" }]`, folder),
    join(folder, 'out'),
    {
      formats: ['html', 'csv'],
    },
  );
  const before = await verifyFolder(result.folder);
  const now = () => new Date('2026-11-24T10:00:00Z');
  const rendered = await render(result.folder, { formats: ['html', 'csv', 'json', 'tickets'], now });
  t.equal(rendered.folder, join(result.folder, 'exports', '2026-11-24T10-00-00Z'));
  t.strictSame(readdirSync(rendered.folder).sort(), [...rendered.files, 'SHA256SUMS', 'run.json'].sort());
  for (const file of ['report.html', 'findings.csv', 'findings.json'])
    t.equal(
      await hashFile(join(rendered.folder, file)),
      await hashFile(join(result.folder, file)),
      `${file} is the same`,
    );
  t.strictSame(await verifyFolder(rendered.folder), {
    ...(await verifyFolder(rendered.folder)),
    changed: [],
    missing: [],
    added: [],
  });
  t.strictSame(await verifyFolder(result.folder), before, 'the sums of the run hold as they did');
  await t.rejects(render(result.folder, { formats: ['docx'] }), UserMistake);

  appendFileSync(join(result.folder, 'findings.jsonl'), readFileSync(join(result.folder, 'findings.jsonl')));
  await t.rejects(render(result.folder, { formats: ['csv'] }), { message: /findings\.jsonl was changed/ });
  await t.rejects(render(folder, { formats: ['csv'] }), { message: /not a run folder/ });
});
