// Reads a targets file and the files that it includes.
import { realpath } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import { parseYaml, readSmallFile, type FileData, type Path } from './document.js';
import { addIssues, at, isRecord, type Located, type TargetEntry } from './entry.js';
import { parseHosts } from './host.js';
import { readInventory } from './inventory.js';
import { argument, type MistakeList, type MistakeText, type Spot } from './mistake.js';
import {
  acceptedFile,
  fileSchema,
  parts,
  type AcceptedPart,
  type DefaultsPart,
  type EngagementPart,
  type IncludePart,
  type NotifyPart,
  type OwnerPart,
  type TargetPart,
  type TlsPart,
} from './schema.js';
import { parseUrl } from './url.js';

/** A targets file and everything it includes, each part valid by itself. */
export interface Files {
  /** Null when none is declared, or when something is wrong in it. */
  engagement: Located<EngagementPart> | null;
  /** True when an engagement is declared, valid or not. */
  hasEngagement: boolean;
  tls: Located<TlsPart> | null;
  readonly notify: Located<NotifyPart>[];
  readonly owners: Map<string, Located<OwnerPart>>;
  readonly targets: TargetEntry[];
  /** Ids of targets in which something is wrong: other parts of a file may refer to them. */
  readonly brokenTargets: Set<string>;
  readonly defaults: Located<DefaultsPart>[];
  readonly accepted: Located<AcceptedPart>[];
  /** Every file, in the order they were read. */
  readonly names: string[];
}

/** Nothing declared at all. */
export function noFiles(): Files {
  return {
    engagement: null,
    hasEngagement: false,
    tls: null,
    notify: [],
    owners: new Map(),
    targets: [],
    brokenTargets: new Set(),
    defaults: [],
    accepted: [],
    names: [],
  };
}

// One file per owning team, and folders of them, stay far below.
const mostFiles = 2000;

/** Reads a targets file with its includes; every mistake in any of them is added to the list. */
export async function readFiles(file: string, mistakes: MistakeList): Promise<Files> {
  const files = noFiles();
  const read = new Set<string>();

  const readOne = async (
    path: string,
    name: string,
    named: Spot,
    inherited: DefaultsPart,
    above: readonly string[],
  ) => {
    const real = await realpath(path).catch(() => path);
    if (above.includes(real)) {
      mistakes.add(named, messages().targets.includes.itself);
      return;
    }
    if (read.has(real)) {
      mistakes.add(named, messages().targets.includes.twice);
      return;
    }
    read.add(real);
    if (read.size > mostFiles) {
      if (read.size === mostFiles + 1) mistakes.add(named, messages().targets.includes.tooMany(mostFiles));
      return;
    }
    files.names.push(name);
    const text = await readSmallFile(path, mistakes, named);
    if (text === null) return;
    const root = above.length === 0;
    if (isHostList(text)) {
      const { isList, includedList } = messages().targets.includes;
      if (root) mistakes.add({ ...named, line: 1, column: 1 }, isList(name));
      else mistakes.add(named, includedList(name));
      return;
    }
    const data = parseYaml(text, name, mistakes);
    if (data === null) return;
    const content = contentOf(data, mistakes);
    const located = <T>(value: T, base: Path): Located<T> => ({
      value,
      folder: dirname(path),
      spot: (inner, what) => data.spot([...base, ...inner], what),
    });
    const refuse = (at: Path, said: MistakeText, what: 'key' | 'value' = 'value') =>
      mistakes.add(data.spot(at, what), said);

    for (const key of ['engagement', 'tls', 'accepted', 'acceptedFrom', 'notify'] as const) {
      if (!root && has(data.value, key)) refuse([key], messages().targets.includes.onlyInFirst(key), 'key');
    }
    if (root) {
      files.hasEngagement = has(data.value, 'engagement');
      if (content.engagement !== undefined) files.engagement = located(content.engagement, ['engagement']);
      if (content.tls !== undefined) files.tls = located(content.tls, ['tls']);
      for (const [index, part] of content.notify) files.notify.push(located(part, ['notify', index]));
      for (const [index, entry] of content.accepted) files.accepted.push(located(entry, ['accepted', index]));
      if (content.acceptedFrom !== undefined) {
        const spot = data.spot(['acceptedFrom']);
        const list = { path: resolve(dirname(path), content.acceptedFrom), name: besides(name, content.acceptedFrom) };
        files.names.push(list.name);
        files.accepted.push(...(await acceptedIn(list, spot, mistakes)));
      }
    }
    for (const [key, owner] of content.owners) {
      const before = files.owners.get(key);
      if (before !== undefined)
        refuse(['owners', key], messages().targets.includes.ownerTwice(key, before.spot([]).file), 'key');
      else files.owners.set(key, located(owner, ['owners', key]));
    }
    files.defaults.push(located(content.defaults, ['defaults']));
    const defaults = mergeDefaults(inherited, content.defaults);
    for (const [index, target] of content.targets) {
      files.targets.push({ ...located(target, ['targets', index]), defaults, isRow: false });
    }
    for (const id of content.brokenTargets) files.brokenTargets.add(id);

    for (const [at, include] of content.includes) {
      const spot = data.spot(at);
      const wanted = typeof include === 'string' ? include : include.csv;
      const path2 = resolve(dirname(path), wanted);
      const name2 = besides(name, wanted);
      if (typeof include === 'string' && extname(include).toLowerCase() === '.csv') {
        refuse(at, messages().targets.includes.csvWithoutColumns(include));
      } else if (typeof include === 'string') {
        await readOne(path2, name2, spot, defaults, [...above, real]);
      } else {
        const csv = await readSmallFile(path2, mistakes, data.spot([...at, 'csv']));
        files.names.push(name2);
        if (csv !== null) {
          const target = {
            ...{ include, name: name2, folder: dirname(path2), defaults },
            refuse: (path: Path, said: MistakeText) => refuse([...at, ...path], said),
          };
          files.targets.push(...readInventory(csv, target, mistakes));
        }
      }
    }
  };

  await readOne(resolve(file), file, argument(file), {}, []);
  return files;
}

/** How a file that another one names is called in messages. */
function besides(file: string, named: string): string {
  return isAbsolute(named) ? named : join(dirname(file), named);
}

/** The entries of a file of accepted risks: a list, or a mapping with the key `accepted`. One without entries accepts nothing. */
async function acceptedIn(
  { path, name }: { readonly path: string; readonly name: string },
  named: Spot,
  mistakes: MistakeList,
): Promise<readonly Located<AcceptedPart>[]> {
  const text = await readSmallFile(path, mistakes, named);
  if (text === null || text.replace(/^\s*#.*$/gm, '').trim() === '') return [];
  const data = parseYaml(text, name, mistakes);
  if (data === null) return [];
  const base: Path = isRecord(data.value) && has(data.value, 'accepted') ? ['accepted'] : [];
  const raw = base.length === 0 ? data.value : at(data.value, 'accepted');
  const parsed = acceptedFile.safeParse(raw);
  if (!parsed.success) addIssues(parsed.error.issues, data.value, data.spot, mistakes, base);
  return rightEntries(raw).map(([index, value]) => ({
    value,
    folder: dirname(path),
    spot: (inner, what) => data.spot([...base, index, ...inner], what),
  }));
}

/** The entries of a list of accepted risks that are right by themselves. */
function rightEntries(raw: unknown): readonly (readonly [number, AcceptedPart])[] {
  return items(raw).flatMap((entry, index) => {
    const { data } = parts.accepted.safeParse(entry);
    return data === undefined ? [] : [[index, data] as const];
  });
}

/** True for a text that has a host or a URL on each of its first lines. A targets file has keys. */
function isHostList(text: string): boolean {
  const lines = text
    .slice(0, 20_000)
    .split('\n', 50)
    .slice(0, 20)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  return lines.length > 0 && lines.every((line) => parseHosts(line).ok || parseUrl(line).ok);
}

interface Content {
  readonly engagement: EngagementPart | undefined;
  readonly tls: TlsPart | undefined;
  readonly notify: readonly (readonly [number, NotifyPart])[];
  readonly owners: readonly (readonly [string, OwnerPart])[];
  readonly defaults: DefaultsPart;
  readonly targets: readonly (readonly [number, TargetPart])[];
  readonly brokenTargets: readonly string[];
  readonly includes: readonly (readonly [Path, IncludePart])[];
  readonly accepted: readonly (readonly [number, AcceptedPart])[];
  readonly acceptedFrom: string | undefined;
}

/** The parts in which nothing is wrong go on, so that mistakes of other kinds are shown at once with those of the schema. */
function contentOf(data: FileData, mistakes: MistakeList): Content {
  const { value } = data;
  const whole = fileSchema.safeParse(value);
  if (!whole.success) addIssues(whole.error.issues, value, data.spot, mistakes);
  const include = at(value, 'include');
  const owners = at(value, 'owners');
  const targets = items(at(value, 'targets')).map((raw) => ({ raw, read: parts.target.safeParse(raw) }));
  return {
    engagement: parts.engagement.safeParse(at(value, 'engagement')).data,
    tls: parts.tls.safeParse(at(value, 'tls')).data,
    notify: items(at(value, 'notify')).flatMap((raw, index) => {
      const read = parts.notify.safeParse(raw);
      return read.success ? [[index, read.data] as const] : [];
    }),
    // An owner with a mistake is still an owner for the targets that name it.
    owners: Object.entries(isRecord(owners) ? owners : {}).map(([key, raw]) => [
      key,
      parts.owner.safeParse(raw).data ?? {},
    ]),
    defaults: parts.defaults.safeParse(at(value, 'defaults')).data ?? {},
    targets: targets.flatMap(({ read }, index) => (read.success ? [[index, read.data] as const] : [])),
    brokenTargets: targets.flatMap(({ raw, read }) => (read.success ? [] : [String(at(raw, 'id'))])),
    includes: items(include).flatMap((raw, index) => {
      const read = parts.include.safeParse(raw);
      const path: Path = Array.isArray(include) ? ['include', index] : ['include'];
      return read.success ? [[path, read.data] as const] : [];
    }),
    accepted: rightEntries(at(value, 'accepted')),
    acceptedFrom: fileSchema.shape.acceptedFrom.safeParse(at(value, 'acceptedFrom')).data,
  };
}

function mergeDefaults(inherited: DefaultsPart, own: DefaultsPart): DefaultsPart {
  const labels = { ...inherited.labels, ...own.labels };
  return { ...inherited, ...own, ...(Object.keys(labels).length > 0 ? { labels } : {}) };
}

function has(value: unknown, key: string): boolean {
  return isRecord(value) && Object.hasOwn(value, key);
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
