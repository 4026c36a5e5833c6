// Recognises products that are not judged in full.
import {
  gatewayTitles,
  genericPages,
  loginPages,
  otherProducts,
  ownTitles,
  portalPages,
  type OtherProduct,
  type Signs,
} from '../knowledge/products.js';
import type { Answer, EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs } from '../model/observation.js';
import { answersTo, header, refs, type Answered } from '../catalogue/exchanges.js';
import { isChallenge } from './refusal.js';
import { reading } from '../catalogue/readings.js';
import { memoised } from '../catalogue/memoise.js';

/** Another product, or a site that is plainly none of ours. */
export interface OtherProductReading {
  readonly name: string;
  /** True when a fingerprint names it; false for descriptions such as "a web site", and for default pages of web servers. */
  readonly named: boolean;
  /** True for a product that poses as a cluster: what lists indices next to its page is the product itself. */
  readonly imitates: boolean;
  readonly evidence: EvidenceRefs;
}

/**
 * Recognises a product that leftopen does not judge by what it answered to questions put anyway. A site is called one only
 * when it refused nothing: a generic error, maintenance or login page may come before anything, and gives null.
 */
export const readOtherProduct = reading((record: EndpointRecord): OtherProductReading | null => {
  const answers = answersTo(record);
  for (const product of otherProducts) {
    const { name, frontPage, imitates } = product;
    const found = answers.find(({ answer }) => shownBy(answer).has(product));
    if (found !== undefined)
      return { name, named: frontPage !== true, imitates: imitates === true, evidence: refs(found) };
  }
  return readSite(answers);
});

/** The products whose signs an answer has. */
const shownBy = memoised((answer: Answer): ReadonlySet<OtherProduct> => {
  const text = textOf(answer);
  return new Set(otherProducts.filter(({ signs }) => signs.some((each) => matches(answer, each, text))));
});

/** The product that one answer names; null where it names none. */
export function recognised({ answer }: Answered): OtherProduct | null {
  return [...shownBy(answer)][0] ?? null;
}

function matches(answer: Answer, signs: Signs, text: string): boolean {
  const { body } = answer;
  if (signs.status !== undefined && answer.status !== signs.status) return false;
  if (signs.header && !signs.header.value.test(header(answer, signs.header.name) ?? '')) return false;
  if (signs.title && !(body.kind === 'text' && signs.title.test(body.title ?? ''))) return false;
  if (signs.keys && !(body.kind === 'error' && signs.keys.every((key) => body.keys.includes(key)))) return false;
  return signs.text === undefined || signs.text.test(text);
}

/** The text of a body: as kept, or the kept part of its JSON. */
function textOf({ body }: Answer): string {
  if (body.kind === 'json') return JSON.stringify(body.value);
  return body.kind === 'none' ? '' : body.text;
}

/** Words by which something refuses with success, on behalf of whatever is behind. */
const refusing =
  /\b(?:unauthori[sz]ed|unauthenticated|forbidden|denied|not (?:allowed|permitted|authori[sz]ed)|permissions?|tokens?|api[ -]?keys?)\b/i;

/** A bare value of JSON, which says as little as an empty object. */
const literal = /^(?:null|true|false|-?\d+(?:\.\d+)?|"[^"]{0,300}")$/;

/** A page of an error, of maintenance, a login, a challenge: it may be in front of anything. */
export function saysNothing(answered: Answered): boolean {
  const { body } = answered.answer;
  if (isChallenge(answered)) return true;
  if (body.kind !== 'text' || !body.html) return false;
  return asksOrFails(`${body.title ?? ''}\n${body.text}`);
}

/** A page that asks for a login, whatever its status: what is behind it may be open by another path. */
export function asksForLogin({ answer: { body } }: Answered): boolean {
  if (body.kind !== 'text' || !body.html) return false;
  const words = `${body.title ?? ''}\n${body.text}`;
  return loginPages.some((page) => page.test(words));
}

/** Words of an error, of maintenance or of a login. */
function asksOrFails(words: string): boolean {
  return [...genericPages, ...loginPages].some((page) => page.test(words));
}

/** A page with a title of its own that wants nothing of its visitor, leads nowhere else, and is neither a gateway's nor our products'. */
function hasContentOfItsOwn(answer: Answer, { title, text }: { readonly title: string | null; readonly text: string }) {
  const name = title?.trim() ?? '';
  if (name === '' || gatewayTitles.test(name) || ownTitles.test(name) || 'refresh' in answer.headers) return false;
  return !portalPages.some((page) => page.test(text));
}

/** A site that is plainly none of ours: its front page is shown, and what we asked for is not there or is that page again. */
function readSite(answers: readonly Answered[]): OtherProductReading | null {
  const root = answers.find(({ exchange }) => exchange.question === 'root');
  const others = answers.filter(({ exchange }) => exchange.question !== 'root');
  // The settings of a Kibana 3 are asked for once its page has shown itself.
  if (others.some(({ exchange }) => exchange.question === 'kibana-config-js')) return null;
  if (root === undefined || others.length < 2 || root.answer.body.kind === 'json') return null;
  // An empty object is what an empty cluster lists, unless the front page is the same.
  if (others.some(({ answer }) => answer.body.kind === 'json' && answer.sha256 !== root.answer.sha256)) return null;
  const plain = answers.every(
    ({ answer: { status } }) => (status >= 200 && status < 400) || status === 404 || status === 405,
  );
  if (!plain || root.answer.status !== 200 || others.some(({ answer }) => answer.status >= 300 && answer.status < 400))
    return null;
  if (answers.some(isChallenge)) return null;
  const evidence = refs(...answers);
  const alike = others.filter(({ exchange, answer }) => 'nonce' in exchange.blanks && answer.status === 200);
  const { body } = root.answer;
  if (body.kind === 'text' && body.html) {
    if (saysNothing(root)) return null;
    // one page for a random path too: an application in one page, or a notice, a portal, a filter in front
    const everywhere = alike.some(({ answer }) => answer.sha256 === root.answer.sha256);
    if (everywhere && !hasContentOfItsOwn(root.answer, body)) return null;
    return { name: 'a web site', named: false, imitates: false, evidence };
  }
  // an envelope of a gateway, an empty object or nothing at all may come before anything
  const text = body.kind === 'text' ? body.text : '';
  if (text === '' || literal.test(text)) return null;
  if (refusing.test(text) || asksOrFails(text)) return null;
  if (alike.length === 0 || alike.some(({ answer }) => answer.sha256 !== root.answer.sha256)) return null;
  return { name: 'a web server that answers every path alike', named: false, imitates: false, evidence };
}
