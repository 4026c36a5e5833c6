// `leftopen accept`: prints the YAML that accepts a finding until a day.
import { userInfo } from 'node:os';
import { messages } from '../../messages/index.js';
import { acceptedFile, latestAcceptance, mostDaysAccepted, parseDay } from '../../engagement/index.js';
import { findingsMeant, findRun, fingerprintPrefix, openIntactRecord } from '../../run/index.js';
import { oneLine } from '../../text/visible.js';
import { complain, Refusal } from '../exit.js';

interface AcceptCommandOptions {
  readonly finding: string;
  readonly reason: string;
  readonly until: string;
  readonly approvedBy?: string;
  readonly owner?: string;
  readonly cve?: readonly string[];
  readonly run?: string;
  readonly out: string;
}

/** Prints an entry of `accepted:` for a finding of a run; asks nothing and writes nothing. */
export async function accept(options: AcceptCommandOptions): Promise<number> {
  const until = dayOf(options.until);
  const prefix = fingerprintPrefix(options.finding);
  const record = await openIntactRecord((await findRun(options.out, options.run)).folder);
  const [finding, ...others] = await findingsMeant(record, [prefix]);
  if (finding === undefined) throw new Error('a prefix that means no finding');
  // An id means one address; a fingerprint all addresses of the name.
  const id = others.length === 0 && finding.id.startsWith(prefix) ? finding.id : finding.fingerprint;
  if (options.cve !== undefined && finding.check !== 'known-vulnerability')
    throw new Refusal(messages().commands.accept.cveOfAnotherCheck(finding.check));
  const owner = options.owner ?? finding.owner;
  const entry = {
    finding: id,
    ...(options.cve !== undefined && { cve: options.cve }),
    reason: options.reason,
    ...(owner !== null && { owner }),
    approvedBy: options.approvedBy ?? userInfo().username,
    until,
  };
  mustBeTaken(entry);
  const lines = Object.entries(entry).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`}`,
  );
  const about = [
    oneLine(finding.title, 200),
    `${oneLine(finding.endpoint, 200)}, ${finding.check}, ${finding.severity}`,
  ];
  process.stdout.write(
    [
      'accepted:',
      ...about.map((line) => `  # ${line}`),
      ...lines.map((line, i) => `  ${i === 0 ? '-' : ' '} ${line}`),
      '',
    ].join('\n'),
  );
  complain(messages().commands.accept.paste);
  if (options.approvedBy === undefined) complain(messages().commands.accept.byAccount);
  return 0;
}

/** Holds an entry against the rules of the targets file that it is for. */
function mustBeTaken(entry: Readonly<Record<string, string | readonly string[]>>): void {
  const [issue] = acceptedFile.safeParse([entry]).error?.issues ?? [];
  if (issue === undefined) return;
  const key = issue.path.find((part) => typeof part === 'string') ?? '';
  const option = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  // Of one or a list, what is wrong with an element of the list.
  const [inner = issue] =
    issue.code === 'invalid_union' ? issue.errors.flat().filter(({ path }) => path.length > 0) : [];
  throw new Refusal(`--${option}: ${inner.message.replace('\n', '; ')}`);
}

function dayOf(text: string): string {
  const words = messages().commands.accept;
  if (!parseDay(text).ok) throw new Refusal(words.notADay(text));
  const today = new Date().toISOString().slice(0, 10);
  if (text < today) throw new Refusal(words.passed(text, today));
  const latest = latestAcceptance(today);
  if (text <= latest) return text;
  throw new Refusal(words.tooFar(text, mostDaysAccepted, latest));
}

/** A text in double quotes, as YAML and JSON both read it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
