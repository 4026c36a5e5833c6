// Copies the answers that the embedded estate serves next to the compiled demo, so that the package ships them and nothing else
// of the recordings.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { estate } from '../dist/demo/estate.js';

for (const { serves } of estate) {
  if (serves.kind !== 'answers') continue;
  const source = ['test/recordings', 'test/written', 'src/demo/written']
    .map((folder) => `${folder}/${serves.name}.jsonl`)
    .find((file) => existsSync(file));
  if (source === undefined) throw new Error(`the embedded estate serves ${serves.name}, and there is no such file`);
  const into = `dist/demo/answers/${serves.name}.jsonl`;
  mkdirSync(dirname(into), { recursive: true });
  copyFileSync(source, into);
}
