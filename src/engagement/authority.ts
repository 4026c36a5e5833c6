// Who authorised an audit, and what is allowed without authorisation.
import type { Engagement, Limits, Vantage, Window } from '../model/engagement.js';
import { exposures, oldTechnique, techniqueNames, techniques, usualTechniques } from '../model/engagement.js';
import { readAddress, writeAddress } from './address.js';
import type { Located } from './entry.js';
import type { Files } from './files.js';
import { argument, type MistakeList } from './mistake.js';
import { nearest } from '../text/nearest.js';
import { contactOf } from './owner.js';
import type { EngagementPart } from './schema.js';

const usualLimits: Limits = {
  concurrency: 64,
  perAddress: 2,
  requestsPerSecond: null,
  requestsPerEndpoint: 40,
  connectTimeoutMs: 5000,
  exchangeTimeoutMs: 15_000,
};

const here: Vantage = { name: 'this-host', exposure: 'host', egress: null };

/** The engagement of a file, or the default where none is declared: loopback only. */
export function engagementOf(
  files: Files,
  options: { readonly vantage?: string | undefined; readonly fullAddresses?: boolean | undefined },
  now: Date,
  mistakes: MistakeList,
): Engagement {
  const written = files.engagement;
  const part = written?.value;
  const allowed: Record<string, boolean> = Object.fromEntries(
    techniqueNames.map((name) => [name, part?.techniques?.[name] ?? techniques[name].default]),
  );
  // Under either name what is forbidden stays forbidden.
  const old = part?.techniques?.[oldTechnique.name];
  if (old !== undefined && part?.techniques?.[oldTechnique.now] !== false) allowed[oldTechnique.now] = old;
  // What an engagement with a mistake allows, and which vantages it lists, is not known.
  const unreadable = files.hasEngagement && written === null;
  if (options.fullAddresses === true) {
    allowed['fullAddresses'] = true;
    if (!unreadable && allowed['outsideReaders'] !== true) {
      mistakes.add(
        argument('--full-addresses'),
        'the engagement allows no addresses of third parties',
        'have `techniques: { outsideReaders: true }` authorised and written into the targets file',
      );
    }
  }
  if (written !== null) checkDates(written, now, mistakes);
  return {
    id: part?.id ?? 'loopback',
    client:
      part?.client === undefined ? null : { name: part.client.name, legalEntity: part.client.legalEntity ?? null },
    authorisedBy: part?.authorisedBy ?? null,
    authorisation:
      part?.authorisation === undefined
        ? null
        : { ...part.authorisation, documentSha256: part.authorisation.documentSha256 ?? null },
    window: part?.window ?? null,
    contacts: (part?.contacts ?? []).map(contactOf),
    vantage: unreadable ? here : vantageOf(written, options.vantage, mistakes),
    techniques: { ...usualTechniques, ...allowed },
    limits: limitsOf(part),
    loopbackOnly: !files.hasEngagement,
    ...(part?.awareAt !== undefined && { awareAt: part.awareAt }),
    ...(part?.classification !== undefined && { classification: part.classification }),
  };
}

function limitsOf(part: EngagementPart | undefined): Limits {
  const written = part?.limits;
  return {
    concurrency: written?.concurrency ?? usualLimits.concurrency,
    perAddress: written?.perAddress ?? usualLimits.perAddress,
    requestsPerSecond: written?.requestsPerSecond ?? usualLimits.requestsPerSecond,
    requestsPerEndpoint: written?.requestsPerEndpoint ?? usualLimits.requestsPerEndpoint,
    connectTimeoutMs: written?.connectTimeoutMs ?? usualLimits.connectTimeoutMs,
    exchangeTimeoutMs: written?.exchangeTimeoutMs ?? usualLimits.exchangeTimeoutMs,
  };
}

function checkDates({ value, spot }: Located<EngagementPart>, now: Date, mistakes: MistakeList): void {
  const window: Window | undefined = value.window;
  if (window !== undefined && Date.parse(window.to) <= now.getTime()) {
    mistakes.add(
      spot(['window', 'to']),
      `the window closed at ${window.to}, and it is ${now.toISOString()}`,
      'have the authorisation extended and write its new end',
    );
  }
  const signedOn = value.authorisation?.signedOn;
  // A day begins up to 14 hours earlier than in UTC.
  if (signedOn !== undefined && Date.parse(signedOn) > now.getTime() + 14 * 3_600_000) {
    mistakes.add(
      spot(['authorisation', 'signedOn']),
      'this day is in the future',
      'write the day on which the authorisation was signed',
    );
  }
}

/** What an audit beyond loopback needs: who authorised it, by what, who can be reached, and where it is made from. */
export function checkAuthority(
  { value, spot }: Located<EngagementPart>,
  hasVantage: boolean,
  mistakes: MistakeList,
): void {
  const needed = {
    authorisedBy: 'authorisedBy: { name: …, role: …, capacity: owner, email: … }',
    authorisation: 'authorisation: { reference: …, signedOn: 2026-10-20 }',
    contacts: 'contacts: [{ name: …, email: … }]',
    vantage: 'vantage: { name: …, exposure: internet, egress: … }',
  } as const;
  for (const key of ['authorisedBy', 'authorisation', 'contacts', 'vantage'] as const) {
    if (value[key] !== undefined || (key === 'vantage' && hasVantage)) continue;
    mistakes.add(
      spot([], 'key'),
      `\`${key}\` is missing, which an audit of anything but loopback needs`,
      `add \`${needed[key]}\``,
    );
  }
  const { contacts } = value;
  if (contacts?.every(({ email }) => email === undefined) === true) {
    mistakes.add(
      spot(['contacts'], 'key'),
      'no contact has an e-mail address, and one goes into the User-Agent',
      'add `email:` to one of them',
    );
  }
}

function vantageOf(
  written: Located<EngagementPart> | null,
  option: string | undefined,
  mistakes: MistakeList,
): Vantage {
  const listed: Vantage[] = (written?.value.vantage ?? []).map(({ name, exposure, egress }) => ({
    name,
    exposure,
    egress: egress ?? null,
  }));
  if (option !== undefined) return vantageOption(option, listed, mistakes);
  const [first] = listed;
  if (listed.length > 1 && written !== null) {
    mistakes.add(
      written.spot(['vantage'], 'key'),
      'several vantages are listed',
      `choose one with --vantage: ${listed.map(({ name }) => name).join(', ')}`,
    );
  }
  return first ?? here;
}

function vantageOption(option: string, listed: readonly Vantage[], mistakes: MistakeList): Vantage {
  // An IPv6 address has colons of its own: it is what follows the second one.
  const [name = '', exposureText, ...rest] = option.split(':');
  const refuse = (message: string, instead: string) => {
    mistakes.add(argument('--vantage', option), message, instead);
    return here;
  };
  const known = listed.find((vantage) => vantage.name === name);
  if (exposureText === undefined) {
    if (known !== undefined) return known;
    const meant = nearest(
      name,
      listed.map((vantage) => vantage.name),
    );
    return refuse(
      'the file lists no vantage of this name',
      meant === null
        ? `write ${name}:internet (or partner, internal, host), or add it to vantage:`
        : `did you mean ${meant}?`,
    );
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) || name.includes('..')) {
    return refuse(
      'a name holds letters, digits, `.`, `_` and `-`',
      'write NAME:exposure:egress, such as office:internal:192.0.2.7',
    );
  }
  const exposure = exposures.find((word) => word === exposureText);
  if (exposure === undefined) {
    const meant = nearest(exposureText, exposures);
    const all = `write ${name}: and one of ${exposures.join(', ')}`;
    return refuse(
      `\`${exposureText}\` is not an exposure`,
      meant === null ? all : `did you mean ${name}:${meant}? Or ${all}`,
    );
  }
  if (rest.length === 0) return { name, exposure, egress: known?.egress ?? null };
  const egress = readAddress(rest.join(':').replace(/^\[(.*)\]$/, '$1'));
  if (egress === null) return refuse('the egress is not an IP address', `write ${name}:${exposure}:192.0.2.7`);
  return { name, exposure, egress: writeAddress(egress) };
}
