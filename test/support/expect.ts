import t from 'tap';
import type { Observations } from '../../src/model/observation.js';
import { surveyed } from './survey.js';
import type { Responder, SurveyRun } from './survey.js';

/** What a table expects of a configuration; what is left out is not compared. */
export interface Expected {
  readonly state: Observations['access']['state'];
  readonly rung?: Observations['access']['rung'];
  readonly product?: Observations['identity']['product'];
  readonly version?: string | null;
  readonly distribution?: string | null;
  readonly login?: Observations['access']['caller']['login'];
  readonly guardedBy?: Observations['access']['guardedBy'];
  readonly schemes?: readonly string[];
  readonly reason?: Observations['access']['reason'];
  readonly mixed?: boolean;
  readonly inFront?: Observations['authenticity']['inFront'];
  readonly other?: string | null;
  /** Requests at most. */
  readonly asks?: number;
}

/** One configuration: its name, the server, and the expected result. */
export type Case = readonly [name: string, server: Responder, expected: Expected, run?: SurveyRun];

/** Surveys each configuration with the real survey and compares what was read with what the table expects. */
export function checkCases(cases: readonly Case[]): void {
  for (const [name, server, expected, run] of cases) {
    const { access, authenticity, identity, record } = surveyed(server, run);
    const all = {
      state: access.state,
      rung: access.rung,
      product: identity.product,
      version: identity.version.number,
      distribution: identity.distribution,
      login: access.caller.login,
      guardedBy: access.guardedBy,
      schemes: [...access.loginSchemes].sort(),
      reason: access.reason,
      mixed: access.mixed,
      inFront: authenticity.inFront,
      other: identity.otherProduct,
    };
    const { asks, ...wanted } = expected;
    const got = Object.fromEntries(Object.entries(all).filter(([key]) => key in wanted));
    const asked = record.exchanges.map(
      ({ question, outcome }) => `${question}=${outcome.kind === 'answer' ? outcome.status : outcome.failure}`,
    );
    t.strictSame(got, wanted, `${name}: ${asked.join(' ')}`);
    const sent = record.exchanges.filter(({ request }) => request > 0).length;
    if (asks !== undefined) t.ok(sent <= asks, `${name}: ${sent} requests, ${asks} at most`);
    // No verdict without evidence, none that points at nothing.
    t.ok(
      access.evidence.every((at) => at < record.exchanges.length),
      `${name}: evidence lies within the record`,
    );
    t.ok(access.evidence.length > 0, `${name}: the verdict has evidence`);
  }
}
