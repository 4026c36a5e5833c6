// Judges endpoints while the run goes on, for those who watch it.
import { harmless } from '../catalogue/index.js';
import { noFindings } from '../model/severity.js';
import { judgeRecord, type Judged } from '../judge/index.js';
import type { JudgeContext } from '../model/check.js';
import type { RunEvent } from '../model/event.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Finding, Severity } from '../model/finding.js';
import type { AcceptEarly } from './accept-early.js';
import type { LivePass } from './live-pass.js';
import { errorText, storageFailure } from '../store/mistake.js';

/**
 * The first critical finding of each endpoint of an earlier part of the run whose alarm the user's command has not taken:
 * a killed process may have found it and said nothing.
 */
export async function* findingsNotAlerted(
  records: AsyncIterable<EndpointRecord>,
  raised: { has(ordinal: number): boolean },
  context: JudgeContext,
  checks: { readonly checks?: readonly string[] },
  accept: AcceptEarly,
): AsyncGenerator<{ readonly finding: Finding; readonly record: EndpointRecord }, void, void> {
  for await (const record of records) {
    if (raised.has(record.ordinal) || !record.exchanges.some(({ outcome }) => outcome.kind === 'answer')) continue;
    const finding = newsOf(record, context, checks, accept).news.find(({ severity }) => severity === 'critical');
    if (finding !== undefined) yield { finding, record };
  }
}

function newsOf(
  record: EndpointRecord,
  context: JudgeContext,
  checks: { readonly checks?: readonly string[] },
  accept: AcceptEarly,
  known: Judged | null = null,
): { readonly judged: Judged; readonly news: Finding[] } {
  const judged = known ?? judgeRecord(record, context, checks);
  const news = judged.found.length === 0 ? [] : accept(judged).filter(({ accepted }) => accepted === null);
  return { judged, news };
}

/** Shows those who watch a run what is found while it goes on. A preview: the record comes from the journal. */
export interface Preview {
  /** `replaced` is what was known of the endpoint before, where it is asked a second time. */
  onRecord(record: EndpointRecord, replaced: EndpointRecord | null, judged: Judged | null): void;
  /** The last word on progress. */
  end(): void;
}

interface PreviewOptions {
  readonly context: JudgeContext;
  readonly checks?: readonly string[];
  readonly total: number | null;
  /** Places that an earlier part of the run finished. */
  readonly doneBefore: number;
  readonly emit: (event: RunEvent) => void;
  /** Takes what was judged, so that the record needs no second judging; null where it has to come from the journal alone. */
  readonly pass: LivePass | null;
  /** Accepted findings are not news. */
  readonly accept: AcceptEarly;
  /** The first critical finding of an endpoint. */
  readonly onCritical: (finding: Finding, record: EndpointRecord) => void;
}

/** Milliseconds between two events of progress. */
const progressEvery = 200;

/** Stretch over which the rate is measured, milliseconds. */
const rateOver = 10_000;

/** Begins to judge as endpoints are finished; see {@link Preview}. */
export function previewRun(options: PreviewOptions): Preview {
  const { context, total, emit, pass, accept } = options;
  const checks = options.checks === undefined ? {} : { checks: options.checks };
  const findings: Record<Severity, number> = noFindings();
  const begun = performance.now();
  const samples: { readonly at: number; readonly done: number }[] = [{ at: begun, done: options.doneBefore }];
  let done = options.doneBefore;
  let told = 0;
  let bugTold = false;

  function progress(at: number): void {
    told = at;
    samples.push({ at, done });
    while (samples.length > 2 && at - (samples[1]?.at ?? at) > rateOver) samples.shift();
    const first = samples[0] ?? { at: begun, done: options.doneBefore };
    const perSecond = ((done - first.done) * 1000) / Math.max(at - first.at, 1);
    const shown = total === null ? done : Math.min(done, total);
    emit({ kind: 'progress', done: shown, total, perSecond, findings: { ...findings } });
  }

  function tell(record: EndpointRecord, replaced: EndpointRecord | null, known: Judged | null): void {
    const { judged, news } = newsOf(record, context, checks, accept, known);
    if (replaced === null) pass?.add(judged);
    else pass?.drop();
    const before = new Set(
      replaced === null ? [] : newsOf(replaced, context, checks, accept).news.map(({ fingerprint }) => fingerprint),
    );
    emit({ kind: 'endpoint', summary: judged.summary });
    const fresh = news.filter(({ fingerprint }) => !before.has(fingerprint));
    for (const finding of fresh) {
      findings[finding.severity] += 1;
      emit({ kind: 'finding', finding });
    }
    const critical = fresh.find(({ severity }) => severity === 'critical');
    if (critical !== undefined) options.onCritical(critical, record);
  }

  return {
    onRecord(record, replaced, judged) {
      if (replaced === null) done += 1;
      try {
        tell(record, replaced, judged);
      } catch (error) {
        if (storageFailure(error) !== null) throw error;
        // The judging pass meets the same bug and counts it; the run goes on.
        if (!bugTold)
          emit({ kind: 'notice', text: `a bug of leftopen in a preview: ${harmless(errorText(error), 300)}` });
        bugTold = true;
      }
      const at = performance.now();
      if (at - told >= progressEvery) progress(at);
    },
    end() {
      progress(performance.now());
    },
  };
}
