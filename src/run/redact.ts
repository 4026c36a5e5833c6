// Judges a run again with pseudonyms in place of names, for reports that leave the house.
import { createHash } from 'node:crypto';
import { dirname, resolve, join } from 'node:path';
import { idMask, nameMask } from '../judge/index.js';
import type { RedactionLevel, RunInfo } from '../model/finding.js';
import { toolVersion } from '../plan/tool.js';
import { formatDefaults, linesOf } from '../report/index.js';
import { redactor } from '../report/redact.js';
import { readRunInfo, runFiles } from '../store/folder.js';
import { maskKey } from '../store/mask-key.js';
import { UserMistake } from '../store/mistake.js';
import type { SorterFactory } from '../store/sorter.js';
import { findBaseline, withdrawnIn } from './baseline.js';
import { knowledgeName, loadKnowledge } from './knowledge.js';
import { absentFrom, sourcesOf, withMerged } from './merge.js';
import { withJudgement, type Judged } from './record.js';

/**
 * Hands a run's record to `use` with names replaced, the same by the same in every run and format of the engagement. The run's responses
 * are judged again for it, because excerpts and titles are made of them; nothing in the run folder changes.
 *
 * @param use gets the record, and what an owner is called in it
 * @throws UserMistake when the folder has no responses, or the key of the engagement cannot be used
 */
export async function withRedacted<T>(
  runFolder: string,
  level: RedactionLevel,
  sorter: SorterFactory,
  use: (judged: Judged, owner: (name: string) => string) => Promise<T>,
): Promise<T> {
  const info = await readRunInfo(runFolder);
  if (info === null) throw new UserMistake(`${runFolder} is not a run folder; name one such as reports/ID/TIME`);
  const secret = createHash('sha256')
    .update(`leftopen pseudonyms v1\n${await maskKey(info.engagement.id)}`)
    .digest('hex');
  const knowledge = await loadKnowledge(undefined);
  const parent = dirname(resolve(runFolder));
  const mask = nameMask(secret);
  const common = { knowledge, mask };
  const current: RunInfo = {
    ...info,
    tool: { name: 'leftopen', version: toolVersion },
    knowledge: knowledgeName(knowledge),
    redacted: level,
  };
  const baseline = await findBaseline(undefined, parent, info, runFolder);
  const finish = (judged: Judged): Promise<T> => {
    if (level === 'names') return use(judged, (name) => name);
    const to = redactor(judged.head.run, { name: mask, id: idMask(secret) });
    const findings = () => mapped(judged.findings(), to.finding);
    const endpoints = () => mapped(judged.endpoints(), to.endpoint);
    const redacted: Judged = {
      ...judged,
      head: to.head(judged.head),
      ...{ findings, endpoints, lines: linesOf(findings, endpoints) },
      places: () => mapped(judged.places(), to.place),
    };
    return use(redacted, to.owner);
  };
  if (info.sources !== undefined) {
    const sources = await sourcesOf(parent, info.sources);
    const history = { baseline, absent: await absentFrom(sources) };
    return withMerged(sources, current, { ...common, sorter, history }, finish);
  }
  const withdrawn = await withdrawnIn(join(runFolder, runFiles.history), info.id);
  return withJudgement(
    {
      ...{ runFolder, folder: runFolder, info: current, formats: [], formatOptions: formatDefaults },
      ...common,
      ...(info.checks === undefined || info.checks === null ? {} : { checks: info.checks }),
      history: { baseline, absent: (place) => (withdrawn.has(place) ? 'withdrawn' : 'not-asked') },
    },
    sorter,
    finish,
  );
}

async function* mapped<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncGenerator<T, void, void> {
  for await (const item of items) yield change(item);
}
