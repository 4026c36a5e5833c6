// The report as a stream of blocks, made once for all formats: the management summary, a section for each problem, the
// endpoints, and the appendix.

import type { EndpointSummary, Finding, ReportHead } from '../../model/finding.js';
import { usualClassification, type Block, type DocumentInfo } from '../document.js';
import { gather, groupEndpoints } from '../gather.js';
import { day } from '../words.js';
import { appendix } from './appendix.js';
import { acceptedSection, endpointSections } from './endpoints.js';
import { contents, front, reportName, type Extent } from './front.js';
import { vantageSections } from './vantages.js';
import { commonStepsSection, problemSections, restOfProblems } from './problems.js';

/** What a renderer must know before the first block. */
export function documentInfo(head: ReportHead): DocumentInfo {
  return {
    title: `Exposure audit: ${reportName(head)}, ${day(head.run.startedAt)}`,
    classification: head.run.engagement.classification ?? usualClassification,
  };
}

/**
 * The blocks of a report. The findings are read once, to gather what the first page says, and once more for the list of their
 * ids; the endpoints once.
 */
export async function* compose(
  head: ReportHead,
  findings: () => AsyncIterable<Finding>,
  endpoints: () => AsyncIterable<EndpointSummary>,
  extent: Extent,
): AsyncGenerator<Block, void, void> {
  const gathered = await gather(head, findings());
  const groups = extent === 'summary' ? null : await groupEndpoints(endpoints());
  yield* front(head, gathered, extent, groups);
  if (groups === null) {
    // The steps that the first page refers to; the others belong to problems that have no section here.
    const urgent = gathered.common.filter(({ step: { goal } }) => goal === 'save-evidence' || goal === 'block-port');
    yield* commonStepsSection({ ...gathered, common: urgent });
    yield* restOfProblems(head, { ...gathered, details: [] });
    return;
  }
  yield contents(head, gathered, groups);
  yield* commonStepsSection(gathered);
  yield* problemSections(head, gathered);
  yield* restOfProblems(head, gathered);
  yield* acceptedSection(gathered, head);
  yield* vantageSections(head, groups);
  yield* endpointSections(groups, head);
  yield* appendix(head, findings);
}
