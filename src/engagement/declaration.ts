// Turns targets files into a declaration: targets, scope, techniques, limits, owners.
import { createHash } from 'node:crypto';
import { messages } from '../messages/index.js';
import type { Place, Target } from '../model/endpoint.js';
import type { Engagement } from '../model/engagement.js';
import type { RunInfo } from '../model/finding.js';
import type { AcceptedRisk } from '../model/acceptance.js';
import { acceptedOf } from './accepted.js';
import type { Notify } from '../model/notify.js';
import type { Shard } from '../model/series.js';
import { writeAddress, type Address } from './address.js';
import { checkAuthority, engagementOf } from './authority.js';
import { expansionOf, type DeclaredHost, type Expansion, type Group, type Share } from './expand.js';
import type { Located, TargetEntry } from './entry.js';
import { noFiles, readFiles, type Files } from './files.js';
import { coverOf, givenCheck, givenList, listEntry, urlEntries } from './given.js';
import type { HostList, ListSource } from './host-list.js';
import type { Hosts } from './host.js';
import { readNotify } from './notify.js';
import { argument, lineOf, mistakeList, type Mistake, type MistakeList } from './mistake.js';
import { canonicalJson } from '../text/digest.js';
import { nearest } from '../text/nearest.js';
import { ownersOf, type OwnerRules, type Owners } from './owner.js';
import type { EngagementPart } from './schema.js';
import { unmatchedEntries } from './unmatched.js';
import { scopeOf, type Scope, type ScopeEntry, type ScopeRules } from './scope.js';
import {
  checkExceptions,
  checkPlaces,
  portPathsOf,
  exceptionsOf,
  fixedAddresses,
  isLocal,
  leftOutBy,
  sourcesOf,
  standingOf,
  targetOf,
  type Fixed,
  type HostCheck,
} from './target.js';
import { readTls } from './tls.js';
import { rememberingOpenAt, type Opening } from './window.js';

/** What narrows or overrides a targets file. */
export interface ReadOptions {
  /** `--vantage NAME[:exposure[:egress]]`: one of the file's vantages, or one of its own. */
  readonly vantage?: string | undefined;
  /** `--target`: ids of the targets to audit; the others are still named where they overlap. */
  readonly targets?: readonly string[] | undefined;
  /** `--full-addresses`: keeps the full addresses that `techniques.outsideReaders` allows to ask for. */
  readonly fullAddresses?: boolean | undefined;
  /** `--shard`: the part of the hosts that this run audits. */
  readonly shard?: Shard | undefined;
  /** To tell a window in the past; the machine's clock if absent. */
  readonly now?: Date | undefined;
}

/** For what is named in addition to a targets file: the file whose engagement authorises it. */
export type GivenOptions = ReadOptions & { readonly engagement?: string | undefined };

/** A valid declaration, or everything that is wrong with it. */
export type ReadResult =
  | { readonly ok: true; readonly declaration: Declaration }
  | {
      readonly ok: false;
      readonly mistakes: readonly Mistake[];
      /** Who asked to be notified of a run that fails, where nothing is wrong with that part of the file. */
      readonly notify: readonly Notify[];
      readonly engagement: Pick<Engagement, 'id'>;
    };

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
  /**
   * SHA-256 (hex) of what may be asked, where and how, and of the owners' hours: everything but window, vantage, catalogue and
   * file names. A window that is extended makes no other run.
   */
  readonly digest: string;
  /** The part of the hosts that is expanded; null for all. It does not change the digest: the shards share a plan. */
  readonly shard: Shard | null;
  /** The targets that `--target` narrowed it to; null for all that are declared. */
  readonly onlyTargets: readonly string[] | null;
  /** Risks that the file accepts. They change neither the digest nor what is asked. */
  readonly accepted: readonly AcceptedRisk[];
  /** By `Target.owner`. */
  readonly owners: ReadonlyMap<string, OwnerRules>;
  /** Who is notified of how a run ended. */
  readonly notify: readonly Notify[];
  /** What may be a slip of the pen, in words with file and line: what the scope excludes and nothing declares. */
  readonly notices: readonly string[];
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
  /**
   * The targets' hosts that are a host at a port, on whatever path: the host itself, and for an address the names for which the
   * file fixes it. Empty where none is declared; whether they are in scope is for `scope` to say.
   *
   * @param host a name as in `Endpoint.host`, or an address in any spelling, without brackets
   */
  declaredAt(host: string, port: number): readonly DeclaredHost[];
  /**
   * Whether the file declares a place, chosen by `--target` or not. URLs and lists given by themselves are a part of what may be
   * declared: of them it is always true.
   */
  declares(place: Pick<Place, 'host' | 'port' | 'basePath'>): boolean;
  /** How many places there are, or null where only the lists could tell. */
  count(): number | null;
  /** An upper bound of `count`, always known. */
  atMost(): number;
  /** What `atMost` is made of. */
  shares(): readonly Share[];
}

/** Reads, checks and joins a targets file with all it includes. Nothing is sent and no name is looked up. */
export async function readTargets(file: string, options: ReadOptions = {}): Promise<ReadResult> {
  const mistakes = mistakeList();
  return declarationOf(file, await readFiles(file, mistakes), { entries: [], list: null }, mistakes, options);
}

/**
 * A declaration of URLs: of loopback, or under the engagement of a file, whose `scope.include` or targets must then cover
 * them.
 */
export async function declareUrls(urls: readonly string[], options: GivenOptions = {}): Promise<ReadResult> {
  const mistakes = mistakeList();
  return declareGiven({ entries: () => urlEntries(urls, mistakes), list: null }, options, mistakes);
}

/**
 * A declaration of a plain list of hosts, one on each line, under the same rule as {@link declareUrls}. What the `defaults` of
 * the engagement's file say (ports, paths, owner) holds for it.
 *
 * @param path a file, or `-` for what `options.input` yields
 */
export async function declareList(
  path: string,
  options: GivenOptions & { readonly input?: AsyncIterable<Uint8Array> } = {},
): Promise<ReadResult> {
  const mistakes = mistakeList();
  const list = await givenList(path, options.input, mistakes);
  const entries = (files: Files) => (list === null ? [] : [listEntry(list, files)]);
  return declareGiven({ entries, list: list?.source ?? null }, options, mistakes);
}

async function declareGiven(
  given: { readonly entries: (files: Files) => readonly TargetEntry[]; readonly list: ListSource | null },
  options: GivenOptions,
  mistakes: MistakeList,
): Promise<ReadResult> {
  const file = options.engagement;
  const files = file === undefined ? noFiles() : await readFiles(file, mistakes);
  const entries = given.entries(files);
  for (const at of options.targets ?? []) {
    mistakes.add(argument('--target', at), messages().targets.target.idsOfUrls);
  }
  const targets = entries.map(({ value }) => value.id);
  return declarationOf(file ?? '', files, { entries, list: given.list }, mistakes, { ...options, targets });
}

async function declarationOf(
  file: string,
  files: Files,
  given: { readonly entries: readonly TargetEntry[]; readonly list: ListSource | null },
  mistakes: MistakeList,
  options: ReadOptions,
): Promise<ReadResult> {
  const { engagement: written } = files;
  const engagement = engagementOf(files, options, options.now ?? new Date(), mistakes);
  const owners = ownersOf(files, mistakes);
  const entries = [...files.targets, ...given.entries];
  const fixed = fixedAddresses(entries, mistakes);
  const include: readonly ScopeEntry[] | null = written?.value.scope?.include ?? null;
  const exclude: readonly ScopeEntry[] = written?.value.scope?.exclude ?? [];
  const controls = written?.value.controls ?? [];

  // The scope asks what is declared, and the expansion asks the scope: link them once both are made.
  let declares: (host: string, address: Address | null) => boolean = () => false;
  const scope = scopeOf({
    include,
    exclude,
    loopbackOnly: engagement.loopbackOnly,
    fixed,
    declares: (host, address) => declares(host, address),
  });
  const hosts = hostChecker(scope, fixed, engagement.loopbackOnly);
  const selection = options.targets === undefined || options.targets.length === 0 ? null : new Set(options.targets);
  const transport = engagement.techniques.transportPort;
  const made = noGroups();
  await addGroups(made, files.targets, { owners, check: hosts.check, selection, transport, list: null }, mistakes);
  // Where the engagement has no `include`, it covers what its targets declare, and nothing else that the command line names.
  const covers = include === null && written !== null ? coverOf(made.groups) : null;
  for (const entry of given.entries) {
    const check = givenCheck(hosts.check, covers, engagement.loopbackOnly, entry);
    await addGroups(made, [entry], { owners, check, selection, transport, list: given.list }, mistakes);
  }
  const { targets, groups } = made;
  checkReferences(files, [...targets.keys(), ...files.brokenTargets], selection, mistakes);
  const accepted = acceptedOf(
    files.accepted,
    new Set([...targets.keys(), ...files.brokenTargets]),
    options.now ?? new Date(),
    mistakes,
  );
  if (written !== null) {
    checkControls(written, hosts.check, (host) => standingOf(host, scope, fixed).standing === 'excluded', mistakes);
    if (hosts.beyondLoopback()) checkAuthority(written, options.vantage !== undefined, mistakes);
  }
  const ownerNames = new Set([
    ...[...targets.values()].flatMap(({ owner }) => owner ?? []),
    ...[...files.owners].map(([key, { value }]) => value.name ?? key),
  ]);
  const before = mistakes.found.length;
  const notify = await readNotify(files.notify, owners, ownerNames, mistakes);
  const toNotify = mistakes.found.length === before ? notify : [];
  const unreadable = files.hasEngagement && written === null;
  const tls = await readTls(files.tls, unreadable || engagement.techniques.credentials, mistakes);

  const shard = options.shard ?? null;
  const expansion = expansionOf(groups, scope, fixed, shard);
  const controlHosts = new Set(controls.map(({ host }) => host.text));
  declares = (host, address) => controlHosts.has(host) || expansion.declares(host, address);
  if (
    mistakes.found.length === 0 &&
    (await isEmpty(shard === null ? expansion : expansionOf(groups, scope, fixed, null)))
  ) {
    const { nothingDeclared, allExcluded } = messages().targets.scope;
    mistakes.add(argument(file), entries.length === 0 ? nothingDeclared : allExcluded);
  }
  if (mistakes.found.length > 0)
    return { ok: false, mistakes: inOrder(files.names, mistakes.found), notify: toNotify, engagement };

  // URLs and lists of the command line are a part of what may be declared: an entry may be meant for the rest.
  const unmatched = written === null || given.entries.length > 0 ? [] : await unmatchedEntries(exclude, groups, fixed);
  const notices = unmatched.slice(0, mostNotices).map((position) => {
    const spot = written?.spot(['scope', 'exclude', position]) ?? argument(file);
    return messages().targets.scope.excludesNothing(lineOf(spot), exclude[position]?.text ?? '');
  });

  const all = [...targets.values()];
  const rules = new Map<string, OwnerRules>();
  for (const { owner } of all) if (owner !== null) rules.set(owner, owners.find(owner, null));
  const rulesById = new Map(all.map(({ id, owner }) => [id, owner === null ? null : (rules.get(owner) ?? null)]));
  const scopeTexts = {
    scopeInclude: (include ?? []).map(({ text }) => text),
    scopeExclude: exclude.map(({ text }) => text),
  };
  const portPaths = groups.flatMap((group) => group.portPaths);
  const names = groups
    .filter(({ parent, selected }) => parent === null && selected)
    .flatMap(({ sources }) => sources.map((source) => (source.kind === 'list' ? source.list.name : source.hosts.text)));
  const { id, limits, techniques, window, loopbackOnly } = engagement;
  const hours = rememberingOpenAt(window);

  const digest = digestOf([
    { id, limits, techniques, loopbackOnly },
    { ...scopeTexts, bounded: include !== null },
    tls.declared,
    ...fixed,
    ...rules.values(),
    ...all.map(declaredOf),
    ...groups.map((group) => ({
      ...group,
      sources: group.sources.map((source) => (source.kind === 'list' ? source.list.sha256 : source.hosts.text)),
      without: group.without.map(({ text }) => text),
    })),
    ...controls.map(({ scheme, host, port, basePath }) => [scheme, host.text, port, basePath]),
  ]);

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
        address: host.address === null ? (fixed.get(host.text)?.[0] ?? null) : writeAddress(host.address),
        port,
        basePath,
        scheme,
        targets: [],
      })),
      certificateAuthorities: tls.authorities,
      clientCertificate: tls.clientCertificate,
      digest,
      shard,
      // URLs and lists are targets that nothing narrowed.
      onlyTargets: selection === null || given.entries.length > 0 ? null : [...selection].sort(),
      accepted,
      owners: rules,
      notify,
      notices,
      declared: {
        ...scopeTexts,
        ...tls.declared,
        targets: all.length,
        names: names.slice(0, mostNames),
        ...(names.length > mostNames && { namesTotal: names.length }),
        ports: [...new Set(portPaths.map(({ port }) => port))].sort((a, b) => a - b),
        paths: [...new Set(portPaths.map(({ basePath }) => basePath))].sort(),
        ...contactsOf(rules, files.owners),
      },
      ownerOf: ({ targets: [first] }) => (first === undefined ? null : (rulesById.get(first) ?? null)),
      openFor: ({ targets: named }, instant) => {
        const naming = new Set(named.map((name) => rulesById.get(name)));
        return hours(
          [...naming].flatMap((owner) => owner?.blackouts ?? []),
          instant,
        );
      },
      places: () => expansion.places(),
      declares: (place) => given.entries.length > 0 || expansion.declaresPlace(place),
      declaredAt: (host, port) => expansion.declaredAt(host, port),
      count: () => expansion.count(),
      atMost: () => expansion.atMost(),
      shares: () => expansion.shares(),
    },
  };
}

/** Contacts of the owners that targets name. */
function contactsOf(
  rules: ReadonlyMap<string, OwnerRules>,
  owners: Files['owners'],
): Pick<RunInfo['declared'], 'contacts'> {
  const contacts = [...owners].flatMap(([key, { value }]) => {
    const { name: owner, contact } = rules.get(value.name ?? key) ?? { name: key, contact: null };
    return contact === null ? [] : [{ key, owner, contact }];
  });
  return contacts.length === 0 ? {} : { contacts };
}

// For the coverage box; a file may declare a hundred thousand.
const mostNames = 1000;

/** Notices that are given of one file: more of a kind have one cause. */
const mostNotices = 10;

/** What is wrong with a host, with its place in the declaration; remembers whether any is beyond loopback. */
function hostChecker(scope: ScopeRules, fixed: Fixed, loopbackOnly: boolean) {
  let beyond = false;
  const check: HostCheck = (hosts) => {
    const local = isLocal(hosts, fixed);
    if (!local && loopbackOnly) return messages().targets.scope.onlyLoopback;
    if (!local) beyond = true;
    const found = standingOf(hosts, scope, fixed);
    if (found.standing === 'never') return messages().targets.scope.neverAsked(found.why);
    return found.standing === 'outside' ? messages().targets.scope.outside(found.what) : null;
  };
  return { check, beyondLoopback: () => beyond };
}

async function isEmpty(expansion: Expansion): Promise<boolean> {
  const places = expansion.places();
  const first = await places.next();
  await places.return(undefined);
  return first.done === true;
}

/** Every target by id, and the groups of endpoints they make. */
interface Groups {
  readonly targets: Map<string, Target>;
  readonly declaredBy: Map<string, TargetEntry>;
  readonly groups: Group[];
  readonly lists: Map<string, HostList>;
}

function noGroups(): Groups {
  return { targets: new Map(), declaredBy: new Map(), groups: [], lists: new Map() };
}

async function addGroups(
  { targets, declaredBy, groups, lists }: Groups,
  entries: readonly TargetEntry[],
  {
    owners,
    check,
    selection,
    transport,
    list,
  }: {
    readonly owners: Owners;
    readonly check: HostCheck;
    readonly selection: ReadonlySet<string> | null;
    readonly transport: boolean;
    readonly list: ListSource | null;
  },
  mistakes: MistakeList,
): Promise<void> {
  for (const entry of entries) {
    checkPlaces(entry, mistakes);
    const target = targetOf(entry, owners);
    const before = declaredBy.get(target.id);
    if (before === undefined) {
      declaredBy.set(target.id, entry);
      targets.set(target.id, target);
    } else if (!entry.isRow || before.spot([]).file !== entry.spot([]).file) {
      mistakes.add(entry.spot(['id']), messages().targets.target.idTaken(lineOf(before.spot(['id']))));
    } else if (canonicalJson(declaredOf(targets.get(target.id))) !== canonicalJson(declaredOf(target))) {
      mistakes.add(entry.spot(['id']), messages().targets.target.rowsDiffer);
    }
    const group: Group = {
      target: target.id,
      order: groups.length,
      sources: await sourcesOf(entry, mistakes, check, lists, list),
      portPaths: portPathsOf(entry, transport, mistakes),
      scheme: entry.value.url?.scheme ?? entry.value.scheme ?? entry.defaults.scheme ?? null,
      without: leftOutBy(entry),
      parent: null,
      selected: selection === null || selection.has(target.id),
    };
    groups.push(group);
    checkExceptions(entry, group, mistakes);
    for (const { target: exception, hosts } of exceptionsOf(entry, target, owners, mistakes)) {
      targets.set(exception.id, exception);
      groups.push({
        ...group,
        target: exception.id,
        sources: hosts.map((single) => ({ kind: 'hosts', hosts: single })),
        without: [],
        parent: target.id,
        selected: group.selected || selection?.has(exception.id) === true,
      });
    }
  }
}

/** Ids that are listed for who named one that does not exist. */
const idsNamed = 20;

/** Owners of defaults, targets that others front, and targets that `--target` chooses: each must exist. */
function checkReferences(
  files: Files,
  ids: readonly string[],
  selection: ReadonlySet<string> | null,
  mistakes: MistakeList,
): void {
  const said = messages().targets.target;
  const known = new Set(ids);
  for (const entry of files.targets) {
    const { fronts, id } = entry.value;
    if (fronts === id) mistakes.add(entry.spot(['fronts']), said.frontsItself);
    else if (fronts !== undefined && !known.has(fronts))
      mistakes.add(entry.spot(['fronts']), said.unknownId(nearest(fronts, ids)));
  }
  for (const id of selection ?? []) {
    if (known.has(id)) continue;
    const first = ids.slice(0, idsNamed);
    mistakes.add(argument('--target', id), said.unknownOption(nearest(id, ids), first, ids.length - first.length));
  }
}

/** Controls must lie in the scope, or they could never answer. */
function checkControls(
  written: Located<EngagementPart>,
  check: HostCheck,
  isExcluded: (host: Hosts) => boolean,
  mistakes: MistakeList,
): void {
  for (const [index, { host }] of (written.value.controls ?? []).entries()) {
    const found = isExcluded(host) ? messages().targets.scope.excludedControl : check(host);
    if (found !== null) mistakes.add(written.spot(['controls', index]), found);
  }
}

/** What a target declares, wherever it is written: a line that moves makes neither another target nor another run. */
function declaredOf(target: Target | undefined): Target | null {
  return target === undefined ? null : { ...target, declaredIn: null };
}

function digestOf(items: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const item of items) hash.update(`${canonicalJson(item)}\n`);
  return hash.digest('hex');
}

/** By file as they were read, then by place. */
function inOrder(names: readonly string[], mistakes: readonly Mistake[]): readonly Mistake[] {
  const files = [...new Set([...names, ...mistakes.map(({ file }) => file)])];
  return [...mistakes].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
