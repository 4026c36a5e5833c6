import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecording, type Recording } from '../src/demo/replay.js';

export { serveRecording, type ReplayServer } from '../src/demo/server.js';

const folder = 'test/recordings';

/** Names of all recordings, `<product>/<version>-<configuration>`, sorted. */
export function recordingNames(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .sort();
}

/** Reads a recording by its name, e.g. `elasticsearch/7.17.9-open`. */
export function recordingNamed(name: string): Recording {
  return parseRecording(readFileSync(join(folder, `${name}.jsonl`), 'utf8'));
}
