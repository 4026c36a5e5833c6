// Recognises an answer by which a server, or something in front of it, limits how often it is asked.
import type { Answer } from '../model/exchange.js';
import { said } from './exchanges.js';

/** 429 (RFC 6585), and what some gateways send in its place: 420 (Enhance Your Calm) and 430 (Shopify). */
const statuses: ReadonlySet<number> = new Set([420, 429, 430]);

/** What gateways say with a 403 or a 401: GitHub's API, AWS, Azure API Management, Kong, Baidu's and Alibaba's gateways. */
const words =
  /\brate[ _-]?limit|\btoo many (?:requests|attempts|connections)|\b(?:request|usage) (?:limit|quota) (?:reached|exceeded)|\bquota (?:has been |was |is )?exceeded|\bthrottl(?:ed|ing)\b|\brequests? (?:are|is|was|were) (?:being )?throttled|请求(?:过于频繁|太频繁|次数超过)|访问(?:过于|太)频繁/i;

/** Whether an answer is a rate limit: by its status, or by what it says with a denial. It denies nothing to a caller as such. */
export function isRateLimit(answer: Answer): boolean {
  const { status } = answer;
  return statuses.has(status) || ((status === 401 || status === 403) && words.test(said(answer)));
}
