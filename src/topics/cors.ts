// Whether web pages of any origin may read an open cluster through the browser of a visitor.
import { header, refs } from '../catalogue/exchanges.js';
import { defineTopic } from '../catalogue/topic.js';
import type { EvidenceRefs } from '../model/observation.js';

/** What a cluster answered a request that names an invented origin. */
export interface CorsFacts {
  /** `any`: `*`; `echoed`: the very origin that was invented; `no`: neither. */
  readonly allows: 'any' | 'echoed' | 'no';
  /** Whether a page may send the visitor's credentials with its requests. */
  readonly credentials: boolean;
  readonly evidence: EvidenceRefs;
}

/** An origin that nothing has: `.invalid` never resolves (RFC 2606). */
const origin = 'https://leftopen.invalid';

export const topic = defineTopic({
  questions: [
    /**
     * May pages of any origin read it through a visitor's browser? The origin is invented; `.invalid` never resolves (RFC
     * 2606). Some lines answer an origin that is not allowed with 403: so it is put apart from what decides a verdict, and only
     * where the caller gets in.
     */
    {
      id: 'cors',
      method: 'GET',
      path: '/?filter_path=tagline',
      askedOf: ['elasticsearch', 'opensearch'],
      why: 'Shows whether a web page of any origin could read the cluster through the browser of a person who can reach it.',
      reveals: 'whether cross-origin requests are allowed, and with credentials',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 4 * 1024,
      headers: { origin },
      keep: {
        headers: ['access-control-allow-origin', 'access-control-allow-credentials'],
        json: null,
        text: 0,
      },
      when: ({ access, isCluster }) => access.state === 'open' && isCluster,
    },
  ],
  phase: 'last',
  order: 70,
  isAbout: () => true,
  read(answers): CorsFacts | null {
    const answered = answers.last('cors');
    // Something in front that fails says nothing of the server behind it.
    if (answered === null || answered.answer.status >= 500) return null;
    const allowed = header(answered.answer, 'access-control-allow-origin')?.trim() ?? null;
    return {
      allows: allowed === '*' ? 'any' : allowed?.toLowerCase() === origin ? 'echoed' : 'no',
      credentials: header(answered.answer, 'access-control-allow-credentials')?.trim().toLowerCase() === 'true',
      evidence: refs(answered),
    };
  },
  names: () => [],
  shows: ({ allows, evidence }, texts) => [[evidence, allows === 'no' ? null : texts.allowed]],
  texts: {
    en: {
      unknown: 'whether it allows pages of other origins was not asked, or not answered',
      allowed: 'allows pages of an invented origin to read it',
    },
  },
});
