// Who authorised an audit, and what is allowed without authorisation.
import { messages } from '../messages/index.js';
import type { Engagement, Limits, Vantage, Window } from '../model/engagement.js';
import { exposures, oldTechnique, techniqueNames, techniques, usualTechniques } from '../model/engagement.js';
import { readAddress, writeAddress } from './address.js';
import type { Located } from './entry.js';
import type { Files } from './files.js';
import { argument, type MistakeList, type MistakeText } from './mistake.js';
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
      mistakes.add(argument('--full-addresses'), messages().targets.authority.noThirdParties);
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
    mistakes.add(spot(['window', 'to']), messages().targets.authority.windowClosed(window.to, now.toISOString()));
  }
  const signedOn = value.authorisation?.signedOn;
  // A day begins up to 14 hours earlier than in UTC.
  if (signedOn !== undefined && Date.parse(signedOn) > now.getTime() + 14 * 3_600_000) {
    mistakes.add(spot(['authorisation', 'signedOn']), messages().targets.authority.signedInFuture);
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
    mistakes.add(spot([], 'key'), messages().targets.authority.missing(key, needed[key]));
  }
  const { contacts } = value;
  if (contacts?.every(({ email }) => email === undefined) === true) {
    mistakes.add(spot(['contacts'], 'key'), messages().targets.authority.noEmail);
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
    const names = listed.map(({ name }) => name);
    mistakes.add(written.spot(['vantage'], 'key'), messages().targets.authority.severalVantages(names));
  }
  return first ?? here;
}

function vantageOption(option: string, listed: readonly Vantage[], mistakes: MistakeList): Vantage {
  // An IPv6 address has colons of its own: it is what follows the second one.
  const [name = '', exposureText, ...rest] = option.split(':');
  const refuse = (said: MistakeText) => {
    mistakes.add(argument('--vantage', option), said);
    return here;
  };
  const said = messages().targets.authority;
  const known = listed.find((vantage) => vantage.name === name);
  if (exposureText === undefined) {
    if (known !== undefined) return known;
    const names = listed.map((vantage) => vantage.name);
    return refuse(said.unknownVantage(name, nearest(name, names)));
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) || name.includes('..')) return refuse(said.vantageName);
  const exposure = exposures.find((word) => word === exposureText);
  if (exposure === undefined)
    return refuse(said.unknownExposure(exposureText, name, nearest(exposureText, exposures), exposures));
  if (rest.length === 0) return { name, exposure, egress: known?.egress ?? null };
  const egress = readAddress(rest.join(':').replace(/^\[(.*)\]$/, '$1'));
  if (egress === null) return refuse(said.egress(`${name}:${exposure}:192.0.2.7`));
  return { name, exposure, egress: writeAddress(egress) };
}
