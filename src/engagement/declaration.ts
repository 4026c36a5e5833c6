import { createHash } from 'node:crypto';
import { endpointUrl, type Place, type Target } from '../model/endpoint.js';
import type { Engagement } from '../model/engagement.js';
import type { RunInfo } from '../model/finding.js';
import { writeAddress, type Address } from './address.js';
import { checkAuthority, engagementOf } from './authority.js';
import { expansionOf, type Group } from './expand.js';
import { noFiles, readFiles, type Files, type TargetEntry } from './files.js';
import type { HostList } from './host-list.js';
import type { Hosts } from './host.js';
import { mistakeList, nearest, wrong, type Mistake, type MistakeList } from './mistake.js';
import { ownersOf, type OwnerRules } from './owner.js';
import { scopeOf, type Scope, type ScopeEntry } from './scope.js';
import {
  checkExceptions,
  checkPlaces,
  doorsOf,
  exceptionsOf,
  fixedAddresses,
  isLocal,
  leftOutBy,
  refuse,
  sourcesOf,
  standingOf,
  targetOf,
} from './target.js';
import { readTls } from './tls.js';
import { parseUrl } from './url.js';
import { openAt, type Opening } from './window.js';

/** What narrows or overrides a targets file. */
export interface ReadOptions {
  /** `--vantage NAME[:exposure[:egress]]`: one of the file's vantages, or one of its own. */
  readonly vantage?: string | undefined;
  /** `--target`: ids of the targets to audit; the others are still named where they overlap. */
  readonly targets?: readonly string[] | undefined;
  /** To tell a window in the past; the machine's clock if absent. */
  readonly now?: Date | undefined;
}

/** A valid declaration, or everything that is wrong with it. */
export type ReadResult =
  | { readonly ok: true; readonly declaration: Declaration }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A valid targets file with its includes, ready to expand. */
export interface Declaration {
  /** As the user named it; '' where there is none. */
  readonly file: string;
  readonly engagement: Engagement;
  /** Every target, and one per `except` entry with settings of its own (`<target>/<host>`). */
  readonly targets: readonly Target[];
  readonly scope: Scope;
  /** Endpoints that must answer; their ordinals are -1, -2, …, and they belong to no target. */
  readonly controls: readonly Place[];
  /** PEM texts of the user's own authorities. */
  readonly certificateAuthorities: readonly string[];
  /** PEM texts; the key must reach no output. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** SHA-256 (hex) of what may be asked, where, when and how: everything but vantage, catalogue and file names. */
  readonly digest: string;
  /** By `Target.owner`. */
  readonly owners: ReadonlyMap<string, OwnerRules>;
  readonly declared: RunInfo['declared'];
  /** The owner of the place's most specific target. */
  ownerOf(place: Pick<Place, 'targets'>): OwnerRules | null;
  /** Whether the place may be asked at an instant: the window, and the blackout hours of every owner it is named by. */
  openFor(place: Pick<Place, 'targets'>, instant: Date): Opening;
  /**
   * The places in a fixed order, hosts interleaved, each once; excluded ones are not among them. Memory does not grow
   * with their number.
   *
   * @throws DeclarationChanged when a `hostsFrom` list changed since it was read; its message is for the user
   */
  places(): AsyncIterable<Place>;
  /** How many places there are, or null where only the lists could tell. */
  count(): number | null;
  /** An upper bound of `count`, always known. */
  atMost(): number;
}

/** Reads, checks and joins a targets file with all it includes. Nothing is sent and no name is looked up. */
export async function readTargets(file: string, options: ReadOptions = {}): Promise<ReadResult> {
  const mistakes = mistakeList();
  return declarationOf(file, await readFiles(file, mistakes), [], mistakes, options);
}

/**
 * A declaration of URLs: of loopback, or under the engagement of a file, whose `scope.include` or targets must then cover
 * them.
 */
export async function declareUrls(
  urls: readonly string[],
  options: ReadOptions & { readonly engagement?: string | undefined } = {},
): Promise<ReadResult> {
  const mistakes = mistakeList();
  const file = options.engagement;
  const files = file === undefined ? noFiles() : await readFiles(file, mistakes);
  const entries = urlEntries(urls, mistakes);
  return declarationOf(file ?? '', files, entries, mistakes, {
    ...options,
    targets: entries.map(({ value }) => value.id),
  });
}

function urlEntries(urls: readonly string[], mistakes: MistakeList): readonly TargetEntry[] {
  const entries = new Map<string, TargetEntry>();
  for (const text of urls) {
    const at = { line: 0, column: 0, at: text };
    const parsed = parseUrl(text);
    if (!parsed.ok) {
      mistakes.add({ file: 'URL', ...at, message: parsed.message, instead: parsed.instead });
      continue;
    }
    const { host, port, basePath, scheme } = parsed.value;
    const url = endpointUrl({ host: host.text, address: null, port, basePath, scheme });
    const id = url.slice(url.indexOf('://') + 3);
    entries.set(id, {
      value: { id, url: parsed.value },
      defaults: {},
      isRow: false,
      file: 'URL',
      folder: '.',
      spot: () => at,
    });
  }
  return [...entries.values()];
}

async function declarationOf(
  file: string,
  files: Files,
  urls: readonly TargetEntry[],
  mistakes: MistakeList,
  options: ReadOptions,
): Promise<ReadResult> {
  const { engagement: written } = files;
  const engagement = engagementOf(files, options.vantage, options.now ?? new Date(), mistakes);
  const owners = ownersOf(files, mistakes);
  for (const { value, file: name, spot } of files.defaults) {
    if (value.owner !== undefined) owners.find(value.owner, { file: name, spot: spot(['owner']) });
  }
  const entries = [...files.targets, ...urls];
  const fixed = fixedAddresses(entries, mistakes);
  const include: readonly ScopeEntry[] | null = written?.value.scope?.include ?? null;
  const exclude: readonly ScopeEntry[] = written?.value.scope?.exclude ?? [];
  const controls = written?.value.controls ?? [];

  // The scope asks what is declared, and the expansion asks the scope: the one is told of the other when both are made.
  let declares: (host: string, address: Address | null) => boolean = () => false;
  const scope = scopeOf({
    include,
    exclude,
    loopbackOnly: engagement.loopbackOnly,
    fixed,
    declares: (host, address) => declares(host, address),
  });

  let beyondLoopback = false;
  const check = (hosts: Hosts) => {
    const local = isLocal(hosts, fixed);
    if (!local && engagement.loopbackOnly) {
      return wrong(
        'without an engagement only loopback may be audited',
        'declare the engagement that authorises it, or name an address of 127.0.0.0/8, ::1 or localhost',
      );
    }
    if (!local) beyondLoopback = true;
    const { standing, why } = standingOf(hosts, scope, fixed);
    if (standing === 'never') return wrong(why, 'leave it out');
    if (standing === 'outside') return wrong(why, 'add it there if the authorisation covers it, or leave it out');
    return null;
  };

  const selection = options.targets === undefined || options.targets.length === 0 ? null : new Set(options.targets);
  const targets = new Map<string, { readonly target: Target; readonly entry: TargetEntry }>();
  const groups: Group[] = [];
  const lists = new Map<string, HostList>();
  for (const entry of entries) {
    checkPlaces(entry, mistakes);
    const target = targetOf(entry, owners);
    const known = targets.get(target.id);
    if (known === undefined) targets.set(target.id, { target, entry });
    else if (!entry.isRow || known.entry.file !== entry.file) {
      refuse(
        mistakes,
        entry,
        ['id'],
        `this id is taken (${known.entry.file}:${known.entry.spot(['id']).line})`,
        'write another one, or join the two targets',
      );
    } else if (canonical(known.target) !== canonical(target)) {
      refuse(
        mistakes,
        entry,
        ['id'],
        'rows of one target differ in owner, environment or notes',
        'make them the same, or two targets of them',
      );
    }
    const group: Group = {
      target: target.id,
      order: groups.length,
      sources: await sourcesOf(entry, mistakes, check, lists),
      doors: doorsOf(entry, mistakes),
      scheme: entry.value.url?.scheme ?? entry.value.scheme ?? entry.defaults.scheme ?? null,
      without: leftOutBy(entry),
      parent: null,
      selected: selection === null || selection.has(target.id),
    };
    groups.push(group);
    checkExceptions(entry, group, mistakes);
    for (const exception of exceptionsOf(entry, target, owners, mistakes)) {
      const { id } = exception.target;
      targets.set(id, { target: exception.target, entry });
      groups.push({
        ...group,
        target: id,
        order: groups.length,
        sources: exception.hosts.map((hosts) => ({ kind: 'hosts', hosts })),
        without: [],
        parent: target.id,
        selected: group.selected || selection?.has(id) === true,
      });
    }
  }

  const ids = [...targets.keys(), ...files.brokenIds];
  for (const entry of files.targets) {
    const { fronts } = entry.value;
    if (fronts === undefined) continue;
    if (fronts === entry.value.id)
      refuse(
        mistakes,
        entry,
        ['fronts'],
        'a target cannot stand in front of itself',
        'name the target that declares the cluster',
      );
    else if (!ids.includes(fronts))
      refuse(
        mistakes,
        entry,
        ['fronts'],
        'there is no target of this id',
        didYouMean(fronts, ids, 'name the target that declares the cluster'),
      );
  }
  for (const id of selection ?? []) {
    if (!ids.includes(id))
      mistakes.add({
        file: '--target',
        line: 0,
        column: 0,
        at: id,
        message: 'there is no target of this id',
        instead: didYouMean(id, ids, 'write the id of a target in the file'),
      });
  }
  if (entries.length === 0 && mistakes.found.length === 0) {
    mistakes.add({
      file,
      line: 0,
      column: 0,
      at: '',
      message: 'no target is declared',
      instead: 'add targets:, or an include: that has some',
    });
  }
  if (written !== null) {
    for (const [index, { host }] of controls.entries()) {
      const found = check(host);
      const excluded = standingOf(host, scope, fixed).standing === 'excluded';
      if (found !== null) refuse(mistakes, written, ['controls', index], found.message, found.instead);
      else if (excluded)
        refuse(
          mistakes,
          written,
          ['controls', index],
          'a control that is excluded can never answer',
          'name one that may be asked',
        );
    }
    if (beyondLoopback) checkAuthority(written, options.vantage !== undefined, mistakes);
  }
  if (files.hasEngagement && include === null)
    checkCovered(urls, groups, mistakes, (declaring) => expansionOf(declaring, scope, fixed).declares);
  const tls = await readTls(files.tls, mistakes);

  const expansion = expansionOf(groups, scope, fixed);
  const controlHosts = new Set(controls.map(({ host }) => host.text));
  declares = (host, address) => controlHosts.has(host) || expansion.declares(host, address);
  if (mistakes.found.length === 0 && expansion.count() === 0) {
    mistakes.add({
      file,
      line: 0,
      column: 0,
      at: '',
      message: 'everything that is declared is excluded',
      instead: 'narrow scope.exclude or except:',
    });
  }
  if (mistakes.found.length > 0) return { ok: false, mistakes: inOrder(mistakes.found) };

  const all = [...targets.values()].map(({ target }) => target);
  const rules = new Map<string, OwnerRules>();
  for (const { owner } of all) if (owner !== null) rules.set(owner, owners.find(owner, null));
  const rulesById = new Map(all.map(({ id, owner }) => [id, owner === null ? null : (rules.get(owner) ?? null)]));
  const scopeTexts = {
    scopeInclude: (include ?? []).map(({ text }) => text),
    scopeExclude: exclude.map(({ text }) => text),
  };
  const { id, limits, techniques, window, loopbackOnly } = engagement;

  return {
    ok: true,
    declaration: {
      file,
      engagement,
      targets: all,
      scope,
      controls: controls.map(({ scheme, host, port, basePath }, index) => ({
        ordinal: -1 - index,
        host: host.text,
        address: host.address === null ? (fixed.get(host.text) ?? null) : writeAddress(host.address),
        port,
        basePath,
        scheme,
        targets: [],
      })),
      certificateAuthorities: tls.authorities,
      clientCertificate: tls.clientCertificate,
      digest: createHash('sha256')
        .update(
          canonical({
            engagement: { id, limits, techniques, window, loopbackOnly },
            scope: { ...scopeTexts, bounded: include !== null },
            fixed: [...fixed],
            owners: [...rules.values()],
            targets: all,
            groups: groups.map((group) => ({
              ...group,
              sources: sourceTexts(group),
              without: group.without.map(({ text }) => text),
            })),
            controls: controls.map(({ scheme, host, port, basePath }) => [scheme, host.text, port, basePath]),
          }),
        )
        .digest('hex'),
      owners: rules,
      declared: {
        ...scopeTexts,
        targets: all.length,
        names: groups
          .filter(({ parent, selected }) => parent === null && selected)
          .flatMap(sourceNames)
          .slice(0, 1000),
        ports: [...new Set(groups.flatMap(({ doors }) => doors.map(({ port }) => port)))].sort((a, b) => a - b),
        paths: [...new Set(groups.flatMap(({ doors }) => doors.map(({ basePath }) => basePath)))].sort(),
      },
      ownerOf: ({ targets: [first] }) => (first === undefined ? null : (rulesById.get(first) ?? null)),
      openFor: ({ targets: named }, instant) => {
        const naming = new Set(named.map((name) => rulesById.get(name)));
        const blackouts = [...naming].flatMap((owner) => owner?.blackouts ?? []);
        return openAt(window, blackouts, instant);
      },
      places: () => expansion.places(),
      count: () => expansion.count(),
      atMost: () => expansion.atMost(),
    },
  };
}

function didYouMean(word: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(word, known);
  return meant === null ? otherwise : `did you mean \`${meant}\`?`;
}

/** Where the engagement has no `include`, it covers what its targets declare: a URL beside them is not authorised. */
function checkCovered(
  urls: readonly TargetEntry[],
  groups: readonly Group[],
  mistakes: MistakeList,
  declaring: (groups: readonly Group[]) => (host: string, address: Address | null) => boolean,
): void {
  if (urls.length === 0) return;
  const ids = new Set(urls.map(({ value }) => value.id));
  const declares = declaring(groups.filter(({ target }) => !ids.has(target)));
  for (const { value, file, spot } of urls) {
    const host = value.url?.host;
    if (host === undefined || declares(host.text, host.address)) continue;
    mistakes.add({
      file,
      ...spot([]),
      message: 'the engagement does not cover this host',
      instead: 'add it to scope.include of the engagement if the authorisation covers it',
    });
  }
}

function sourceTexts({ sources }: Group): readonly string[] {
  return sources.map((source) => (source.kind === 'list' ? source.list.sha256 : source.hosts.text));
}

function sourceNames({ sources }: Group): readonly string[] {
  return sources.map((source) => (source.kind === 'list' ? source.list.name : source.hosts.text));
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  const files = [...new Set(mistakes.map(({ file }) => file))];
  return [...mistakes].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
