import http from 'node:http';
import https from 'node:https';
import { labLogin } from './types.js';

/** The name of the lab in its own requests, so that a log can distinguish them. */
export const labAgent = 'leftopen-lab';

/** A request of the lab's own (seeding, waiting): never part of an audit. */
export interface LabRequest {
  readonly method?: string;
  readonly body?: string;
  readonly login?: boolean;
  readonly type?: string;
}

/** Its answer. */
export interface LabAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks a server of the lab; the certificates of the lab are not verified. Rejects when nothing answers within a minute. */
export function ask(url: string, request: LabRequest = {}): Promise<LabAnswer> {
  const { method = 'GET', body, login = false, type = 'application/json' } = request;
  const secure = url.startsWith('https:');
  const options = {
    method,
    rejectUnauthorized: false,
    timeout: 60_000,
    ...(login ? { auth: `${labLogin.user}:${labLogin.password}` } : {}),
    headers: {
      'user-agent': labAgent,
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    },
  };
  return new Promise((resolve, reject) => {
    const onAnswer = (answer: http.IncomingMessage): void => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
      });
    };
    const sent = secure
      ? https.request(url, { ...options, agent: false }, onAnswer)
      : http.request(url, { ...options, agent: false }, onAnswer);
    sent.on('timeout', () => sent.destroy(new Error(`${url} did not answer in time`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
