/** Damages one answer of a recorded server at a time, and puts the survey and the judge through it. */
import { questionById } from '../../src/catalogue/index.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Question } from '../../src/model/question.js';
import { smallDamages } from '../damage/alter.js';
import { judged, outcomeOf, surveyOf, type Line, type Outcome } from '../damage/measure.js';
import { randomOf, seedOf, type Random } from '../damage/random.js';
import type { NoReply, Reply, Server } from '../damage/wire.js';

/** Ways in which one exchange ends without an answer. */
const failures = ['reset', 'closed-without-answer', 'response-timeout', 'body-timeout', 'bad-http'] as const;

type Damage = readonly [name: string, damage: (reply: Reply, random: Random) => Reply | NoReply];

/** A failure has no variants: that there is one is drawn as often as each of the others. */
const damages: readonly Damage[] = [
  ...Object.entries(smallDamages),
  ['failed', (_, random) => ({ kind: 'failure', failure: random.pick(failures) ?? 'reset' })],
];

/** An answer of an undamaged survey. */
interface Answered {
  readonly question: Question;
  readonly target: string;
  readonly reply: Reply;
  /** Which request it was, of those that reached the server, from 1. */
  readonly number: number;
}

/** A line with the answers to its undamaged survey. */
export interface Prepared {
  readonly line: Line;
  readonly answered: readonly Answered[];
  readonly hashes: ReadonlySet<string>;
  /** What came of damages, by what is kept of the damaged answer: most of them change nothing that is kept. */
  readonly known: Map<string, Outcome>;
}

/** Prepares a line for many mutations. */
export function prepare(line: Line): Prepared {
  const { record, passed } = surveyOf(line, line.server);
  const answered: Answered[] = [];
  const hashes = new Set<string>();
  let number = 0;
  for (const { target, reached, reply, exchange: at } of passed) {
    if (!reached) continue;
    number += 1;
    const exchange = record.exchanges[at];
    if (reply.kind === 'failure' || exchange === undefined) continue;
    answered.push({ question: questionById(exchange.question), target, reply, number });
    if (exchange.outcome.kind === 'answer') hashes.add(exchange.outcome.sha256);
  }
  return { line, answered, hashes, known: new Map() };
}

/** One mutation and its result. */
export interface Mutated {
  readonly line: string;
  readonly truth: string;
  readonly target: string;
  readonly damage: string;
  readonly outcome: Outcome;
  /** False where the same damage occurred before. */
  readonly fresh: boolean;
}

/** The mutation of that number: the same for the same seed and lines. A throw counts as a bug of ours. */
export function mutation(prepared: readonly Prepared[], seed: number, number: number): Mutated {
  const random = randomOf(seedOf('mutation', seed, number));
  const chosen = random.pick(prepared);
  const answer = chosen === undefined ? undefined : random.pick(chosen.answered);
  const [damage, change] = random.pick(damages) ?? ['none', (same: Reply) => same];
  if (chosen === undefined || answer === undefined) throw new Error('there is nothing to mutate');
  const { line, known } = chosen;
  const damaged = change(answer.reply, random);
  const told = { line: line.name, truth: line.recording.head.truth.state, target: answer.target, damage };
  const key = `${answer.number} ${fingerprint(outcomeOf(answer.question, damaged), chosen.hashes)}`;
  const before = known.get(key);
  if (before !== undefined) return { ...told, outcome: before, fresh: false };
  const outcome = tried(line, insteadOf(line.server, answer.number, damaged));
  known.set(key, outcome);
  return { ...told, outcome, fresh: true };
}

/** What can make a difference in what is kept: of a hash only whether another answer has the same. */
function fingerprint(outcome: Exchange['outcome'], hashes: ReadonlySet<string>): string {
  if (outcome.kind === 'failure') return outcome.failure;
  const { sha256, bytes, ...rest } = outcome;
  return JSON.stringify([rest, hashes.has(sha256) ? sha256 : '', bytes === 0]);
}

function insteadOf(server: Server, number: number, damaged: Reply | NoReply): Server {
  let count = 0;
  return (request) => {
    count += 1;
    return count === number ? damaged : server(request);
  };
}

function tried(line: Line, server: Server): Outcome {
  try {
    return judged(line, server);
  } catch (error) {
    const exchanges = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { said: 'undetermined', wrong: 'our bug', exchanges };
  }
}
