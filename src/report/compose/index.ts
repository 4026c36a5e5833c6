// The report as a stream of blocks, made once for all formats: the management summary, a section for each problem, the
// endpoints, and the appendix.

import type { EndpointSummary, Finding, ReportHead } from '../../model/finding.js';
import type { Block, DocumentInfo } from '../document.js';
import { gather, groupEndpoints } from '../gather.js';
import type { Texts } from '../texts/en.js';
import { day } from '../words.js';
import { appendix } from './appendix.js';
import { acceptedSection, endpointSections } from './endpoints.js';
import { contents, front, reportName, type Extent } from './front.js';
import { vantageSections } from './vantages.js';
import { commonStepsSection, problemSections, restOfProblems } from './problems.js';

/** What a renderer must know before the first block. */
export function documentInfo(head: ReportHead, t: Texts): DocumentInfo {
  return {
    title: t.title.document(reportName(head, t), day(head.run.startedAt)),
    classification: head.run.engagement.classification ?? t.confidential,
    page: t.page,
  };
}

/**
 * The blocks of a report, in the language of `t`. The findings are read once, to gather what the first page says, and once more
 * for the list of their ids; the endpoints once.
 */
export async function* compose(
  head: ReportHead,
  findings: () => AsyncIterable<Finding>,
  endpoints: () => AsyncIterable<EndpointSummary>,
  extent: Extent,
  t: Texts,
): AsyncGenerator<Block, void, void> {
  const gathered = await gather(head, findings());
  const groups = extent === 'summary' ? null : await groupEndpoints(endpoints());
  yield* front(head, gathered, extent, groups, t);
  if (groups === null) {
    // The steps that the first page refers to; the others belong to problems that have no section here.
    const urgent = gathered.common.filter(({ step: { goal } }) => goal === 'save-evidence' || goal === 'block-port');
    yield* commonStepsSection({ ...gathered, common: urgent }, t);
    yield* restOfProblems(head, { ...gathered, details: [] }, t);
    return;
  }
  yield contents(head, gathered, groups, t);
  yield* commonStepsSection(gathered, t);
  yield* problemSections(head, gathered, t);
  yield* restOfProblems(head, gathered, t);
  yield* acceptedSection(gathered, head, t);
  yield* vantageSections(head, groups, t);
  yield* endpointSections(groups, head, t);
  yield* appendix(head, findings, t);
}
