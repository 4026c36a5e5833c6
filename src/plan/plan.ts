// What an audit would send.
import { messages } from '../messages/index.js';
import { catalogue, catalogueVersion, exceptionFor } from '../catalogue/index.js';
import type { Declaration, OwnerRules, Scope } from '../engagement/index.js';
import { endpointUrl } from '../model/endpoint.js';
import type { Place, Product, Target } from '../model/endpoint.js';
import { techniqueNames, techniques } from '../model/engagement.js';
import type { Engagement, Limits, Technique, Vantage, Window } from '../model/engagement.js';
import type { RunInfo } from '../model/finding.js';
import type { Shard } from '../model/series.js';
import type { OldTlsVersion, Question } from '../model/question.js';
import type { Resolution } from '../net/index.js';
import { withoutExcluded } from './excluded-names.js';
import { planDigest } from './lock.js';
import { loadsOf, totalsOf, type PlanTotals } from './totals.js';
import { targetsToKeep } from './targets.js';
import { toolVersion, userAgentOf } from './tool.js';

/** A question as the plan shows it. */
export interface PlannedQuestion extends Pick<
  Question,
  'id' | 'method' | 'path' | 'askedOf' | 'why' | 'reveals' | 'traces' | 'cost' | 'technique' | 'cap' | 'headers'
> {
  /** The only version of TLS that is offered, over a connection of its own; null for the usual connection. */
  readonly tls: OldTlsVersion | null;
  /** What its answer would hold if something on the way lost a parameter or a header; null where it has none to lose. */
  readonly ifLost: string | null;
  /** On what condition it may ask a path of the deny-list anyway; null where its path is not on that list. */
  readonly only: string | null;
  /** False when the technique it needs is not allowed: it is never asked. */
  readonly on: boolean;
}

/** An endpoint as the plan shows it. */
export interface PlannedEndpoint {
  /** As declared; without a scheme where HTTP or HTTPS is found out. */
  readonly url: string;
  /** null for a name that was not looked up. */
  readonly address: string | null;
  readonly targets: readonly string[];
  /** True for a transport port that the technique `transportPort` adds: it gets one question. */
  readonly transport: boolean;
  /** Why it would not be asked, or null. */
  readonly refused: string | null;
}

/** What an audit would do: the page that a consultant has the client sign. */
export interface Plan {
  readonly schema: 'leftopen/plan/1';
  readonly tool: { readonly name: 'leftopen'; readonly version: string };
  readonly engagement: Engagement;
  readonly vantage: Vantage;
  /** The part of the hosts that is planned; absent for all. */
  readonly shard?: Shard;
  readonly window: Window | null;
  /** Scope, hosts (the first 1,000), ports and paths as the file has them. */
  readonly declared: RunInfo['declared'];
  readonly targets: readonly Target[];
  /** Owners with hours or limits of their own. */
  readonly owners: readonly OwnerRules[];
  readonly userAgent: string;
  /** What `X-Opaque-Id` will look like. */
  readonly opaqueId: string;
  readonly techniques: readonly {
    readonly name: Technique;
    readonly on: boolean;
    readonly default: boolean;
    readonly allows: string;
  }[];
  readonly endpoints: {
    /** null when a list would have to be read to its end to know it. */
    readonly total: number | null;
    readonly atMost: number;
    readonly first: readonly PlannedEndpoint[];
    /** Endpoints with a name: each of its addresses will be asked. */
    readonly resolved: boolean;
  };
  readonly controls: readonly string[];
  readonly questions: readonly PlannedQuestion[];
  readonly questionsByProduct: readonly {
    readonly product: Product | 'unknown';
    readonly questions: readonly string[];
  }[];
  readonly limits: Limits;
  readonly totals: PlanTotals;
  readonly catalogue: string;
  /** SHA-256 (hex) of targets, scope, limits and catalogue: what a lock holds. */
  readonly digest: string;
}

/**
 * What an audit of this declaration would do. Sends nothing; with `resolve`, names are looked up (which does send a
 * question to the resolver, and only there).
 *
 * @param options.first endpoints listed; totals count all
 */
export async function planOf(
  declaration: Declaration,
  options: ListingOptions & { readonly first?: number },
): Promise<Plan> {
  const { engagement } = declaration;
  const loads = await loadsOf(declaration);
  const questions = catalogue.map((question): PlannedQuestion => {
    const { id, method, path, askedOf, why, reveals, traces, cost, technique, cap, headers, tls = null } = question;
    const { ifLost = null } = question;
    const only = exceptionFor(question)?.only ?? null;
    const on = technique === null || engagement.techniques[technique];
    return { id, method, path, askedOf, why, reveals, traces, cost, technique, cap, headers, tls, ifLost, only, on };
  });
  const asked = questions.filter(({ on }) => on);
  const products = [...new Set(asked.flatMap(({ askedOf }) => askedOf))].sort();
  return {
    schema: 'leftopen/plan/1',
    tool: { name: 'leftopen', version: toolVersion },
    engagement,
    vantage: engagement.vantage,
    ...(declaration.shard !== null && { shard: declaration.shard }),
    window: engagement.window,
    declared: declaration.declared,
    targets: targetsToKeep(declaration),
    owners: [...declaration.owners.values()].filter(hasRules),
    userAgent: userAgentOf(engagement.loopbackOnly ? null : engagement),
    opaqueId: messages().runs.plan.opaqueId,
    techniques: techniqueNames.map((name) => ({ name, on: engagement.techniques[name], ...techniques[name] })),
    endpoints: {
      total: loads.total,
      atMost: loads.atMost,
      first: await firstEndpoints(declaration, options),
      resolved: options.resolve,
    },
    controls: declaration.controls.map((control) => endpointUrl(control)),
    questions,
    questionsByProduct: products.map((product) => ({
      product,
      questions: asked.filter(({ askedOf }) => askedOf.includes(product)).map(({ id }) => id),
    })),
    limits: engagement.limits,
    totals: totalsOf(loads, asked, engagement.limits),
    catalogue: catalogueVersion,
    digest: planDigest(declaration),
  };
}

function hasRules({ blackouts, limits }: OwnerRules): boolean {
  return blackouts.length > 0 || Object.values(limits).some((limit) => limit !== null);
}

/** How a plan lists endpoints. */
export interface ListingOptions {
  /** Look names up: each of their addresses is an endpoint. */
  readonly resolve: boolean;
  readonly signal?: AbortSignal;
}

/** Every endpoint that would be asked, in the order of the run; memory does not grow with their number. */
export async function* plannedEndpoints(
  declaration: Declaration,
  options: ListingOptions,
): AsyncGenerator<PlannedEndpoint, void, void> {
  const resolver = options.resolve ? await planResolver(declaration, options.signal) : null;
  try {
    const scope = resolver === null ? declaration.scope : await withoutExcluded(declaration.scope, resolver);
    for await (const place of declaration.places()) yield* await endpointsOf(place, scope, resolver);
  } finally {
    await resolver?.close();
  }
}

async function firstEndpoints(
  declaration: Declaration,
  { first = 100, ...listing }: ListingOptions & { readonly first?: number },
): Promise<readonly PlannedEndpoint[]> {
  const planned: PlannedEndpoint[] = [];
  if (first === 0) return planned;
  for await (const endpoint of plannedEndpoints(declaration, listing)) {
    planned.push(endpoint);
    if (planned.length === first) break;
  }
  return planned;
}

interface PlanResolver {
  resolve(host: string): Promise<Resolution>;
  close(): Promise<void>;
}

/** The look-up that `net` uses, and nothing else of it: a plan and its run see the same addresses. */
async function planResolver(declaration: Declaration, signal: AbortSignal | undefined): Promise<PlanResolver> {
  const { openHttpClient } = await import('../net/index.js');
  return openHttpClient({
    scope: declaration.scope,
    limits: declaration.engagement.limits,
    openAt: () => ({ open: false, opensAt: null }),
    userAgent: '',
    opaqueId: '',
    ledger: { write: () => undefined },
    certificateAuthorities: [],
    clientCertificate: null,
    signal: signal ?? new AbortController().signal,
  });
}

async function endpointsOf(
  place: Place,
  scope: Scope,
  resolver: PlanResolver | null,
): Promise<readonly PlannedEndpoint[]> {
  const url = place.scheme === null ? endpointUrl(place).replace(/^http:\/\//, '') : endpointUrl(place);
  const { host, targets } = place;
  const transport = place.transport === true;
  const refusal = (address: string): string | null => {
    const answer = scope.mayAsk(host, address);
    return answer.allowed ? null : answer.why;
  };
  if (place.address !== null)
    return [{ url, address: place.address, targets, transport, refused: refusal(place.address) }];
  if (resolver === null) return [{ url, address: null, targets, transport, refused: null }];
  const resolved = await resolver.resolve(host);
  if ('failure' in resolved)
    return [{ url, address: null, targets, transport, refused: messages().runs.failures[resolved.failure] }];
  return resolved.addresses.map((address) => ({ url, address, targets, transport, refused: refusal(address) }));
}
