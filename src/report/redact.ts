// Replaces what a record says of hosts, owners, people and the client by pseudonyms, the same ones in every format and run.
import type { NameMask } from '../model/check.js';
import type { Acceptance, AcceptedRisk } from '../model/acceptance.js';
import type { Contact, Engagement, Vantage } from '../model/engagement.js';
import type { EndpointSummary, Finding, Problem, ReportHead, RunInfo } from '../model/finding.js';
import type { Changes, PastCheck, PastPlace } from '../model/history.js';
import { textMask } from '../text/mask.js';

/** How names and ids are replaced. */
export interface Pseudonyms {
  readonly name: NameMask;
  /** Fingerprints are hashes of hosts, which can be guessed. */
  readonly id: (id: string) => string;
}

/** Replaces everything in the parts of a record; names of indices and clusters must have been replaced while it was judged. */
export interface Redactor {
  readonly head: (head: ReportHead) => ReportHead;
  readonly finding: (finding: Finding) => Finding;
  readonly endpoint: (endpoint: EndpointSummary) => EndpointSummary;
  readonly place: (place: PastPlace) => PastPlace;
  readonly owner: (name: string) => string;
}

/** What stands for a text that could say anything. */
const redacted = '(redacted)';

/** A {@link Redactor} for the record of a run. */
export function redactor(run: RunInfo, { name, id }: Pseudonyms): Redactor {
  const { declared, engagement } = run;
  const paths = declared.paths.filter((path) => path !== '').sort((a, b) => b.length - a.length);
  const address = (text: string): string => (text === '' ? '' : addressOf(name('address', text)));
  const host = (text: string): string => (isAddress(text) ? address(text) : name('host', text.toLowerCase()));
  const owner = (text: string): string => name('owner', text);
  const ownerOrNone = (text: string | null): string | null => (text === null ? null : owner(text));
  const target = (text: string): string => name('target', text);
  const vantageName = (text: string): string =>
    text
      .split(/( and |, )/)
      .map((one, i) => (i % 2 === 1 || plainVantages.has(one) ? one : name('vantage', one)))
      .join('');
  const path = (text: string): string => {
    const base = paths.find((one) => text === one || text.startsWith(`${one}/`));
    return base === undefined ? text : `/${name('path', base)}${text.slice(base.length)}`;
  };
  const url = (text: string): string => {
    const [, scheme = '', authority = '', rest = ''] = /^(\w+:\/\/)([^/?#]*)(.*)$/s.exec(text) ?? [];
    if (scheme === '') return host(text);
    const [, bare = '', port = ''] = /^(.*?)(:\d+)?$/.exec(authority) ?? [];
    const masked = host(bare.replace(/^\[|\]$/g, ''));
    return `${scheme}${masked.includes(':') ? `[${masked}]` : masked}${port}${path(rest)}`;
  };
  // A merged run calls an address as one vantage reaches it.
  const addressText = (text: string): string => {
    const [where = '', from] = text.split(' from ');
    const masked = where === 'no address' ? where : address(where);
    return from === undefined ? masked : `${masked} from ${vantageName(from)}`;
  };
  const placeText = (text: string): string => {
    const [at = '', port = '', base = ''] = text.split('|');
    return [host(at), port, path(base)].join('|');
  };

  const known = new Map<string, string>();
  const learn = (text: string | null | undefined, pseudonym: (text: string) => string): void => {
    if (text !== null && text !== undefined && text.trim() !== '') known.set(text, pseudonym(text));
  };
  // Names that are also words are replaced where they are values, and quoted.
  const learnName = (text: string | null | undefined, pseudonym: (text: string) => string): void => {
    if (text !== null && text !== undefined && isDistinct(text)) known.set(text, pseudonym(text));
  };
  const person = (text: string): string => name('person', text);
  for (const one of vantages(run)) {
    learnName(one.name, vantageName);
    learnName(one.egress, host);
  }
  for (const { owner: own } of declared.contacts ?? []) learnName(own, owner);
  for (const { name: called, email, phone } of [
    ...engagement.contacts,
    ...(declared.contacts ?? []).map(({ contact }) => contact),
  ])
    for (const one of [called, email, phone]) learn(one, person);
  for (const one of [...declared.names, ...declared.scopeInclude, ...declared.scopeExclude]) learnName(one, host);
  for (const { owner: own, approvedBy } of run.accepted ?? []) {
    learnName(own, owner);
    learn(approvedBy, person);
  }
  learn(engagement.authorisedBy?.name, person);
  learn(engagement.authorisedBy?.email, person);
  learn(engagement.authorisation?.reference, (text) => name('name', text));
  learn(engagement.client?.name, (text) => name('client', text));
  learn(engagement.client?.legalEntity, (text) => name('client', text));
  learn(engagement.id, (text) => name('engagement', text));

  const knownMask = textMask(known);
  /** A text of ours: URLs, addresses and what is known by name; with `quotes`, everything that it quotes of a target. */
  const textOf = (more: ReadonlyMap<string, string>, quotes: boolean): ((said: string) => string) => {
    // Few texts name their endpoint outside of a URL, and a mask of all names for each endpoint would take most of the time.
    const names = (said: string): string =>
      [...more.keys()].some((name) => said.includes(name))
        ? textMask(new Map([...known, ...more]))(said)
        : knownMask(said);
    const plain = (said: string): string =>
      names(
        said.replace(locators, (one) =>
          one.includes('://') ? url(one) : one.includes('@') ? person(one) : isAddress(one) ? address(one) : one,
        ),
      );
    // A quoted URL or address is called what it is called elsewhere.
    const quoted = (said: string): string => {
      if (isPseudonym(said)) return said;
      const masked = plain(said);
      return masked === said || said.replace(locators, '') !== '' ? name('name', said) : masked;
    };
    return (said) =>
      said
        .split('`')
        .map((part, i) => (i % 2 === 0 ? plain(part) : quotes ? quoted(part) : plain(part)))
        .join('`');
  };
  const ofRun = textOf(new Map(), true);
  const acceptance = <One extends Acceptance>(one: One): One => ({
    ...one,
    reason: redacted,
    ...(one.owner !== undefined && { owner: ownerOrNone(one.owner) }),
    approvedBy: person(one.approvedBy),
  });
  const risk = <One extends AcceptedRisk>(one: One): One => ({
    ...acceptance(one),
    entry: id(one.entry),
    declaredIn: null,
    finding: one.finding === null ? null : id(one.finding),
    target: one.target === null ? null : target(one.target),
  });
  const contact = ({ name: called, email, phone }: Contact): Contact => ({
    name: person(called),
    email: email === null ? null : `${person(email)}@redacted.invalid`,
    phone: phone === null ? null : redacted,
  });
  const vantage = (one: Vantage): Vantage => ({
    ...one,
    name: vantageName(one.name),
    egress: one.egress === null ? null : host(one.egress),
  });
  const engagementOf = (one: Engagement): Engagement => ({
    ...one,
    id: name('engagement', one.id),
    client:
      one.client === null
        ? null
        : {
            name: name('client', one.client.name),
            legalEntity: one.client.legalEntity === null ? null : name('client', one.client.legalEntity),
          },
    authorisedBy:
      one.authorisedBy === null
        ? null
        : {
            ...one.authorisedBy,
            name: person(one.authorisedBy.name),
            role: 'role redacted',
            email: `${person(one.authorisedBy.email)}@redacted.invalid`,
          },
    authorisation:
      one.authorisation === null
        ? null
        : { ...one.authorisation, reference: name('name', one.authorisation.reference), documentSha256: null },
    contacts: one.contacts.map(contact),
    vantage: vantage(one.vantage),
  });
  const runOf = (one: RunInfo): RunInfo => {
    const { clientCertificate, contacts, ...rest } = one.declared;
    return {
      ...one,
      engagement: engagementOf(one.engagement),
      vantage: vantage(one.vantage),
      ...(one.sources !== undefined && {
        sources: one.sources.map((source) => ({ ...source, vantage: vantage(source.vantage) })),
      }),
      ...(one.onlyTargets !== undefined && { onlyTargets: one.onlyTargets.map(target) }),
      ...(one.onlyOwner !== undefined && { onlyOwner: owner(one.onlyOwner) }),
      gaps: one.gaps.map(ofRun),
      ...(one.controls !== undefined && { controls: one.controls.map((each) => ({ ...each, url: url(each.url) })) }),
      ...(one.accepted !== undefined && { accepted: one.accepted.map(risk) }),
      userAgent: redacted,
      declared: {
        ...rest,
        ...(rest.authorities !== undefined && { authorities: rest.authorities.map(id) }),
        scopeInclude: rest.scopeInclude.map(host),
        scopeExclude: rest.scopeExclude.map(host),
        names: rest.names.map(host),
        paths: rest.paths.map(path),
        ...(contacts !== undefined && {
          contacts: contacts.map((each) => ({
            key: owner(each.key),
            owner: owner(each.owner),
            contact: contact(each.contact),
          })),
        }),
        ...(clientCertificate !== undefined && { clientCertificate: { subject: redacted, sha256: '' } }),
      },
    };
  };
  const problem = (one: Problem): Problem => {
    const text = textOf(namesOf(one.owners, one.doors), true);
    return {
      ...one,
      id: id(one.id),
      title: text(one.title),
      because: text(one.because),
      owners: one.owners.map(owner).sort(),
      doors: one.doors.map(url),
      findings: one.findings.map(id),
    };
  };
  const changes = (one: Changes): Changes => ({
    ...one,
    goneFindings: one.goneFindings.map((gone) => {
      const text = textOf(namesOf(gone.owner === null ? [] : [gone.owner], [gone.endpoint]), true);
      return {
        ...gone,
        why: text(gone.why),
        fingerprint: id(gone.fingerprint),
        endpoint: url(gone.endpoint),
        target: target(gone.target),
        owner: ownerOrNone(gone.owner),
        title: text(gone.title),
      };
    }),
  });
  /** What one finding or endpoint names besides what the run does. */
  function namesOf(
    owners: readonly string[],
    urls: readonly string[],
    addresses: readonly string[] = [],
  ): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const one of owners) if (isDistinct(one)) names.set(one, owner(one));
    for (const one of urls) {
      const at = hostOf(one);
      if (isDistinct(at)) names.set(at, host(at));
    }
    for (const one of addresses) if (one !== '') names.set(one, address(one));
    return names;
  }

  return {
    head: (head) => ({
      ...head,
      run: runOf(head.run),
      summary: {
        ...head.summary,
        notAsked: { ...head.summary.notAsked, blackoutOwners: head.summary.notAsked.blackoutOwners.map(owner) },
      },
      problems: head.problems.map(problem),
      changes: changes(head.changes),
      ...(head.acceptances !== undefined && {
        acceptances: head.acceptances.map((one) => ({ ...risk(one), why: one.why === null ? null : ofRun(one.why) })),
      }),
    }),
    finding(finding) {
      const { owners, targets, endpoint, also } = finding;
      const text = textOf(namesOf(owners, [endpoint, ...also], [finding.address]), true);
      const step = textOf(namesOf([], [endpoint, ...also], [finding.address]), false);
      const { since, remedy, lapsed, history } = finding;
      return {
        ...finding,
        target: target(finding.target),
        targets: targets.map(target),
        declaredIn: null,
        owner: ownerOrNone(finding.owner),
        owners: owners.map(owner).sort(),
        endpoint: url(endpoint),
        address: address(finding.address),
        fingerprint: id(finding.fingerprint),
        id: id(finding.id),
        title: text(finding.title),
        summary: text(finding.summary),
        also: also.map(url),
        replaces: finding.replaces.map(id),
        evidence: finding.evidence.map((piece) => ({
          ...piece,
          url: url(piece.url),
          excerpt: '',
          sha256: '',
          shows: text(piece.shows),
        })),
        since: {
          ...since,
          reasoning: text(since.reasoning),
          configured: { ...since.configured, reasoning: text(since.configured.reasoning) },
          seen: { ...since.seen, reasoning: text(since.seen.reasoning) },
        },
        remedy: {
          steps: remedy.steps.map((one) => ({
            ...one,
            text: step(one.text),
            code: one.code === null ? null : step(one.code),
          })),
          verify: { command: step(remedy.verify.command), expect: step(remedy.verify.expect) },
        },
        history:
          history === null
            ? null
            : {
                ...history,
                why: history.why === null ? null : text(history.why),
                ticket: /^[0-9a-f]{16}$/.test(history.ticket) ? id(history.ticket) : history.ticket,
                ...(history.ownerBefore !== undefined && { ownerBefore: ownerOrNone(history.ownerBefore) }),
              },
        accepted: finding.accepted === null ? null : acceptance(finding.accepted),
        ...(lapsed !== undefined && { lapsed: acceptance(lapsed) }),
        ...(finding.acceptedVulnerabilities !== undefined && {
          acceptedVulnerabilities: finding.acceptedVulnerabilities.map(acceptance),
        }),
        problem: id(finding.problem),
        ...(finding.seenFrom !== undefined && {
          seenFrom: finding.seenFrom.map((one) => ({ ...one, vantage: vantageName(one.vantage) })),
        }),
      };
    },
    endpoint(endpoint) {
      const own = endpoint.owner === null ? [] : [endpoint.owner];
      const text = textOf(namesOf(own, [endpoint.endpoint], [endpoint.address ?? '']), true);
      const uuid = (one: string | null): string | null => (one === null ? null : name('cluster', one));
      return {
        ...endpoint,
        target: target(endpoint.target),
        targets: endpoint.targets.map(target),
        owner: ownerOrNone(endpoint.owner),
        endpoint: url(endpoint.endpoint),
        host: host(endpoint.host),
        address: endpoint.address === null ? null : address(endpoint.address),
        reasonText: endpoint.reasonText === null ? null : text(endpoint.reasonText),
        clusterUuid: uuid(endpoint.clusterUuid),
        undetermined: endpoint.undetermined.map(({ check, reason }) => ({ check, reason: text(reason) })),
        findings: endpoint.findings.map(id),
        ...(endpoint.vantages !== undefined && {
          vantages: endpoint.vantages.map((view) => ({
            ...view,
            vantage: vantageName(view.vantage),
            address: view.address === null ? null : address(view.address),
            reasonText: view.reasonText === null ? null : text(view.reasonText),
            clusterUuid: uuid(view.clusterUuid),
          })),
        }),
      };
    },
    owner,
    place: ({ place, checks }) => ({
      place: placeText(place),
      checks: checks.map((check): PastCheck => {
        const owners = check.owners ?? (check.owner === null ? [] : [check.owner]);
        const text = textOf(namesOf(owners, [check.endpoint]), true);
        return {
          ...check,
          fingerprint: id(check.fingerprint),
          endpoint: url(check.endpoint),
          target: target(check.target),
          owner: ownerOrNone(check.owner),
          ...(check.owners !== undefined && { owners: check.owners.map(owner).sort() }),
          ...(check.ticket !== undefined && {
            ticket: /^[0-9a-f]{16}$/.test(check.ticket) ? id(check.ticket) : check.ticket,
          }),
          title: text(check.title),
          last: { ...check.last, why: check.last.why === null ? null : text(check.last.why) },
          addresses: check.addresses.map((one) => ({ ...one, address: addressText(one.address) })),
          accepted: check.accepted === null ? null : { ...check.accepted, entry: id(check.accepted.entry) },
        };
      }),
    }),
  };
}

/** URLs, e-mail addresses, and what may be an IP address. */
const locators =
  /\bhttps?:\/\/[^\s"'`<>()]*[^\s"'`<>().,;:]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi;

/** Names of vantages that say nothing of whose they are. */
const plainVantages: ReadonlySet<string> = new Set([
  'internet',
  'partner',
  'internal',
  'host',
  'inside',
  'outside',
  'office',
  'this-host',
]);

/**
 * Whether a name can be replaced in a sentence. An owner `Search` or a host `elasticsearch` is also a word: such names are replaced where
 * they are values, in URLs and where they are quoted, and our sentences name them nowhere else.
 */
function isDistinct(name: string): boolean {
  return !/^[A-Z]?[a-z]*$/.test(name);
}

function vantages({ vantage, engagement, sources = [] }: RunInfo): readonly Vantage[] {
  return [vantage, engagement.vantage, ...sources.map((source) => source.vantage)];
}

/** The host of a URL as it is written, without brackets. */
function hostOf(url: string): string {
  return (/^\w+:\/\/([^/?#]*)/.exec(url)?.[1] ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** An IPv4 address, or an IPv6 one: two colons in a row, or all seven. */
function isAddress(text: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return true;
  return /^[0-9a-f:.]+$/i.test(text) && (text.includes('::') || (text.match(/:/g) ?? []).length === 7) && text !== '::';
}

/** A pseudonym for places where programs expect an address: one of a private IPv6 network (fd00::/8). */
function addressOf(pseudonym: string): string {
  const digits = pseudonym.slice(-12);
  return `fd00:${digits.slice(0, 4)}:${digits.slice(4, 8)}:${digits.slice(8)}::1`;
}

function isPseudonym(text: string): boolean {
  return /^(?:index|pattern|cluster|name)-[0-9a-f]{8}$/.test(text);
}
