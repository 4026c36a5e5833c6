import { z } from 'zod';
import { products, rungs, states } from '../../src/model/endpoint.js';
import { exposures, techniques, type Technique } from '../../src/model/engagement.js';
import {
  codeLanguages,
  contradictions,
  redactionLevels,
  severities,
  stepGoals,
  stepTimes,
} from '../../src/model/finding.js';
import { findingStatuses, goneStatuses } from '../../src/model/history.js';
import { dataClasses, type AccessReason } from '../../src/model/observation.js';
import { findingsSchemaName } from '../../src/report/formats/json.js';
import { reasonWords } from '../../src/text/reasons.js';

function isReason(key: string): key is AccessReason {
  return key in reasonWords;
}

function isTechnique(key: string): key is Technique {
  return key in techniques;
}

const instant = z.string().describe('UTC, ISO 8601');
const count = z.int().min(0);
const severity = z.enum(severities);
const product = z.enum(products).nullable();
const cvss = z.object({ vector: z.string(), score: z.number().min(0).max(10) });
const proof = z.enum(['proved', 'inferred']).describe('of the rung; `control` is always inferred');

const exposure = z.enum(exposures);
const versionCertainty = z.enum(['exact', 'approximate', 'placeholder', 'unknown']);

const evidence = z.object({
  id: z.string().describe('E1, E2 … within the finding'),
  run: z.exactOptional(z.string()).describe('of a merged run: the run whose ledger has the request'),
  request: count.describe('number of the request in ledger.jsonl'),
  method: z.enum(['GET', 'HEAD']),
  url: z.string(),
  at: instant,
  status: z.int().nullable().describe('HTTP status; null when the exchange failed, see `failure`'),
  failure: z.string().nullable(),
  excerpt: z.string().describe('what was kept of the answer, cleaned and redacted: a digest, not its body'),
  sha256: z.string().describe('of the body as it was read, not of the excerpt; empty for none'),
  shows: z.string().describe('what this answer shows'),
});

const index = z.object({
  name: z.string(),
  documents: count.nullable(),
  bytes: count.nullable(),
  createdAt: instant.nullable(),
  system: z.boolean(),
});

const clock = z.object({
  reasoning: z.string(),
  strength: z.enum(['strong', 'weak']).nullable().describe('null where it says nothing'),
});

const since = z.object({
  what: z.enum(['open', 'exposed', 'seen']).describe('what has been so since then'),
  configuredOpenSince: instant
    .nullable()
    .describe('process start of the server that lets callers in, where the login is a static setting'),
  setting: z
    .enum(['no-login', 'anonymous-user', 'guest-login'])
    .nullable()
    .describe('what has let callers in since `configuredOpenSince`; null where that is null'),
  configured: clock,
  seenOpenSince: instant.describe('first run from this vantage that saw it'),
  seen: clock,
  headline: z.enum(['configured', 'seen']).describe('the clock that the headline names'),
  reasoning: z.string(),
  strength: z.enum(['strong', 'weak']),
  clockAhead: z
    .object({
      seconds: z.int().describe('by which the clock of what answered runs ahead of ours; negative: behind'),
      withinSeconds: count,
      of: z.enum(['node', 'endpoint', 'proxy']).describe('whose clock it is'),
      corrected: z.boolean().describe('`configuredOpenSince` was corrected by it'),
    })
    .nullable(),
  oldestDataAt: instant.nullable().describe('age of the data; no clock of exposure'),
  clusterBornBy: instant.nullable().describe('the cluster issued itself a licence; no clock of exposure'),
  certificateNotBefore: instant.nullable().describe('from when the certificate shown is valid; no clock of exposure'),
});

const causes = ['estate', 'knowledge'] as const;
const level = {
  severity,
  access: z.enum(rungs),
  classes: z.array(z.enum(dataClasses)).describe('kinds of data that were seen'),
  exposure: z.exactOptional(exposure).describe('of a merged run: the nearest to the public that sees it'),
};

const history = z
  .object({
    status: z.enum(findingStatuses).describe('against the runs before this one'),
    cause: z.enum(causes).describe('`knowledge`: only the version or knowledge of leftopen differs, not the endpoint'),
    why: z.string().nullable(),
    firstSeen: instant,
    openSince: instant.describe('first run that saw it since it was last fixed or closed'),
    lastSeen: instant,
    daysOpen: count.describe('days from the UTC date of `openSince` to that of this run'),
    ticket: z
      .string()
      .describe('what its ticket is kept by: where a caller gets in, the problem it first belonged to; else the check'),
    ownerBefore: z.exactOptional(
      z.string().nullable().describe('the owner in the last run, where another one is declared now'),
    ),
    noLongerAccepted: z.exactOptional(
      z.literal(true).describe('it was accepted in the last run, and counts again though it did not change'),
    ),
    before: z
      .object({ ...level, check: z.string(), lastSeen: instant })
      .nullable()
      .describe('in the last run that saw it'),
  })
  .nullable();

const acceptance = z.object({
  reason: z.string(),
  owner: z.exactOptional(z.string().nullable()).describe('who owns the risk'),
  approvedBy: z.string(),
  until: z.string().describe('the last day, ISO date in UTC'),
});

const sourceLine = z.object({ file: z.string(), line: count }).nullable();

/** An entry of `accepted`. */
const acceptedRisk = z.object({
  ...acceptance.shape,
  entry: z.string().describe('sixteen hex digits over what the entry says'),
  declaredIn: sourceLine,
  finding: z.string().nullable().describe('id or fingerprint, or how it begins'),
  target: z.string().nullable(),
  check: z.string().nullable(),
  vulnerabilities: z.array(z.string()).describe('empty for the entire finding'),
});

/** A line of `findings.jsonl`, an item of `findings` in `findings.json`. */
export const findingSchema = z.object({
  check: z.string(),
  severity,
  severityRow: z.string().describe('id of the row of the severity table'),
  target: z.string().describe('id of the most specific target that declares the endpoint'),
  targets: z.array(z.string()),
  declaredIn: z
    .object({ file: z.string(), line: z.int().min(1) })
    .nullable()
    .describe('where the targets file declares `target`; null for URLs and lists given on the command line'),
  owner: z.string().nullable(),
  owners: z.array(z.string()).describe('owners of all targets, and of the endpoints in `also`'),
  environment: z.string().nullable(),
  endpoint: z.string().describe('URL as spoken to'),
  address: z.string(),
  port: z.int().min(1).max(65_535),
  product,
  version: z.string().nullable(),
  versionCertainty,
  fingerprint: z
    .string()
    .describe('the same finding in another run has the same fingerprint; several addresses of one name share it'),
  id: z.string().describe('as `fingerprint`, with the address: unique in a run'),
  history,
  title: z.string(),
  summary: z.string(),
  access: z.enum(rungs).describe('the rung reached'),
  state: z.enum(states),
  proof,
  contents: z
    .object({
      indices: count.nullable(),
      documents: count.nullable().describe('number of documents; not a head count'),
      bytes: count.nullable(),
      atLeast: z
        .object({ indices: z.boolean(), documents: z.boolean() })
        .describe('which of these totals are lower bounds; bytes are one where documents are'),
      largest: z.array(index),
    })
    .nullable(),
  copy: z
    .object({
      documents: count,
      bytes: count.nullable(),
      atLeast: z.boolean().describe('documents or bytes are lower bounds, or bytes are not known'),
      requestsPerDay: count,
      recordsPerRequest: count,
      bytesPerSecond: count,
      seconds: count,
      formula: z.string(),
    })
    .nullable()
    .describe('how fast what was shown to be readable could be copied at that pace: an estimate'),
  classes: z
    .array(
      z.object({
        class: z.enum(dataClasses),
        certainty: z.enum(['strong', 'weak']),
        indices: count,
        fields: count,
        documents: count.nullable().describe('number of documents in those indices; not a head count'),
        atLeast: z.boolean().describe('some of those indices gave no count'),
      }),
    )
    .describe('every class of data that field names suggest; not proof that such data is there'),
  stake: z
    .array(
      z.object({
        class: z.enum(dataClasses),
        index: z.string().describe('or the title of the data view that shows its fields'),
        fields: z.array(z.string()).describe('paths, the first 20; never a value'),
        fieldsTotal: count,
        documents: count.nullable().describe('number of documents in that index; not a head count'),
        certainty: z.enum(['strong', 'weak']),
      }),
    )
    .describe('examples of these classes by index, at most eight of a class'),
  looked: z
    .object({
      indices: count,
      indicesTotal: count.nullable(),
      kinds: count,
      kindsTotal: count.nullable(),
    })
    .nullable()
    .describe('how many indices, and kinds of them, had their fields looked at, and how many there are'),
  also: z.array(z.string()).describe('other endpoints this finding is about'),
  replaces: z
    .array(z.string())
    .describe(
      'fingerprints of findings on this endpoint alone that this one replaces; they are not in the record, but a preview may have shown them',
    ),
  evidence: z.array(evidence),
  since,
  remedy: z.object({
    steps: z.array(
      z.object({
        when: z.exactOptional(z.enum(stepTimes)).describe('when to take it; reports put it in front of `text`'),
        text: z.string(),
        code: z.string().nullable(),
        language: z.exactOptional(z.enum(codeLanguages)).describe('of `code`; absent where there is none'),
        goal: z
          .exactOptional(z.enum(stepGoals))
          .describe('what it is for, where a plan for several findings keeps one step for the same purpose'),
      }),
    ),
    verify: z.object({ command: z.string(), expect: z.string() }),
  }),
  cvss: z.object({ v4: cvss, v31: cvss }),
  cwe: z.string(),
  references: z.array(z.string()),
  accepted: acceptance.nullable().describe('set when the targets file accepts it: listed, not counted'),
  lapsed: z
    .exactOptional(
      acceptance.extend({
        because: z.enum(['expired', 'worse']),
        what: z.string().nullable().describe('what got worse; null for expired'),
      }),
    )
    .describe('set when an accepted risk no longer covers it: it counts'),
  acceptedVulnerabilities: z
    .exactOptional(z.array(acceptance.extend({ id: z.string() })))
    .describe('single vulnerabilities that are accepted; the finding is about the others'),
  problem: z.string().describe('id of the problem it belongs to'),
  seenFrom: z
    .exactOptional(
      z.array(z.object({ vantage: z.string(), exposure, run: z.string(), severity, access: z.enum(rungs) })),
    )
    .describe('of a merged run: how each vantage saw it, the worst first; all else is what that one saw'),
});

/** A line of `endpoints.jsonl`. */
export const endpointSchema = z.object({
  target: z.string(),
  targets: z.array(z.string()),
  owner: z.string().nullable(),
  endpoint: z.string().describe('URL as spoken to'),
  host: z.string().describe('as declared'),
  address: z.string().nullable().describe('null where the name has none'),
  port: z.int(),
  product,
  distribution: z.string().nullable().describe('`oss`, `serverless`, `aws` …, as far as it is known'),
  version: z.string().nullable(),
  versionCertainty,
  otherProduct: z.string().nullable().describe('name of what responds and is not judged'),
  access: z.enum(rungs).describe('the rung reached'),
  state: z.enum(states),
  proof,
  reason: z.enum(Object.keys(reasonWords).filter(isReason)).nullable(),
  reasonText: z.string().nullable().describe('`reason` in words; of a decoy, the signs that give it away'),
  guardedBy: z.string().nullable().describe('what denied access'),
  loginSchemes: z.array(z.string()).describe('the logins that were seen'),
  clusterName: z.string().nullable(),
  clusterUuid: z.string().nullable(),
  mixed: z.boolean().describe('backends responded that do not agree'),
  connections: z.int().nonnegative().describe('over which it responded: each may lead to another backend'),
  clientCertificate: z
    .boolean()
    .describe(
      "whether it was shown the user's client certificate: state, access and findings are then what its holders get",
    ),
  at: instant,
  requests: count.describe('that were sent to it'),
  undetermined: z
    .array(z.object({ check: z.string(), reason: z.string() }))
    .describe('checks without a verdict, and why'),
  findings: z.array(z.string()).describe('fingerprints'),
  vantages: z
    .exactOptional(
      z.array(
        z.object({
          vantage: z.string(),
          exposure,
          run: z.string(),
          address: z.string().nullable(),
          state: z.enum(states),
          access: z.enum(rungs),
          reasonText: z.string().nullable(),
          guardedBy: z.string().nullable(),
          product,
          version: z.string().nullable(),
          clusterUuid: z.string().nullable(),
          at: instant,
        }),
      ),
    )
    .describe('of a merged run: what each vantage saw that asked it; the line itself is the furthest that any got'),
  contradictions: z
    .exactOptional(z.array(z.enum(contradictions)))
    .describe('of a merged run: where its vantages disagree; absent for nowhere'),
});

const vantage = z.object({
  name: z.string(),
  exposure,
  egress: z.string().nullable().describe('the address targets see, as the user states it'),
});

const contact = z.object({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable() });

const engagement = z.object({
  id: z.string(),
  client: z.object({ name: z.string(), legalEntity: z.string().nullable() }).nullable(),
  authorisedBy: z
    .object({
      name: z.string(),
      role: z.string(),
      capacity: z.enum(['owner', 'controller', 'processor']),
      email: z.string(),
    })
    .nullable(),
  authorisation: z
    .object({ reference: z.string(), signedOn: z.string(), documentSha256: z.string().nullable() })
    .nullable(),
  window: z
    .object({
      from: instant,
      to: instant,
      timeZone: z.string(),
      weekly: z.array(z.object({ fromMinute: count, toMinute: count })).describe('minutes from Monday 00:00'),
    })
    .nullable(),
  contacts: z.array(contact),
  vantage,
  techniques: z.record(z.enum(Object.keys(techniques).filter(isTechnique)), z.boolean()),
  limits: z.object({
    concurrency: count,
    perAddress: count,
    requestsPerSecond: z.number().nullable(),
    requestsPerEndpoint: count,
    connectTimeoutMs: count,
    exchangeTimeoutMs: count,
  }),
  loopbackOnly: z.boolean(),
  awareAt: z.exactOptional(instant).describe('when the organisation became aware of a breach, where it said so'),
  classification: z.exactOptional(z.string()).describe('who may see the report, where the file says so'),
});

const shard = z.templateLiteral([z.number(), '/', z.number()]);

/** `run` in `findings.json`; `run.json`. */
export const runSchema = z.object({
  id: z.string(),
  tool: z.object({ name: z.literal('leftopen'), version: z.string() }),
  language: z
    .exactOptional(z.string())
    .describe('of findings and reports (BCP 47); absent in what earlier versions wrote, in English'),
  catalogue: z.string().describe('version of the questions'),
  knowledge: z.string().describe('version of the knowledge: its bundle, and a hash of all'),
  engagement,
  vantage,
  shard: z.exactOptional(shard).describe('the part of the declared hosts that it covers, such as 3/8; absent for all'),
  sources: z
    .exactOptional(
      z.array(
        z.object({
          run: z.string(),
          vantage,
          shard: z.exactOptional(shard),
          startedAt: instant,
          endedAt: instant.nullable(),
          tool: z.string(),
          requests: count,
          digest: z.string().describe('SHA-256 of its SHA256SUMS, as leftopen verify prints it'),
          ledgerSha256: z.string().nullable(),
        }),
      ),
    )
    .describe('the runs that it was merged from; absent for a run that asked its endpoints itself'),
  startedAt: instant,
  endedAt: instant.nullable(),
  finished: z.boolean(),
  gaps: z.array(z.string()).describe('why it is not finished, or why verdicts are missing'),
  checks: z
    .exactOptional(z.array(z.string()).nullable())
    .describe('ids of the checks that were judged, where the user chose some; null for all'),
  onlyTargets: z
    .exactOptional(z.array(z.string()))
    .describe('the targets that --target narrowed it to (none in a record for one owner); absent for all'),
  onlyOwner: z.exactOptional(z.string()).describe('the owner whose endpoints alone this record has; absent for all'),
  namesMasked: z
    .exactOptional(z.boolean())
    .describe('whether names of indices, patterns and clusters are replaced by pseudonyms in this record'),
  redacted: z
    .exactOptional(z.enum(redactionLevels))
    .describe('what --redact replaced by pseudonyms; absent for nothing'),
  controls: z
    .exactOptional(
      z.array(
        z.object({
          url: z.string(),
          asked: count,
          answered: count.describe('as it did at first'),
          lastAnsweredAt: instant.nullable(),
        }),
      ),
    )
    .describe('the endpoints that must respond; they distinguish a dead network from a closed one'),
  accepted: z
    .exactOptional(z.array(acceptedRisk))
    .describe('what the targets file accepts, in its order; `acceptances` of findings.json says what became of each'),
  planDigest: z.string().describe('SHA-256 of targets, scope, limits and catalogue'),
  ledgerSha256: z.string().nullable().describe('null while it runs, and of a merged run'),
  userAgent: z.string(),
  requests: count,
  connections: count,
  bytes: count,
  declared: z.object({
    scopeInclude: z.array(z.string()),
    scopeExclude: z.array(z.string()),
    targets: count,
    names: z.array(z.string()).describe('the first 1,000 names, ranges and lists of hosts'),
    namesTotal: z.exactOptional(count).describe('how many there are; absent where `names` has them all'),
    ports: z.array(z.int()),
    paths: z.array(z.string()),
    contacts: z
      .exactOptional(z.array(z.object({ key: z.string().describe('in `owners:`'), owner: z.string(), contact })))
      .describe('whom to notify about the endpoints of each owner'),
    authorities: z
      .exactOptional(z.array(z.string()))
      .describe("SHA-256 of the PEM files of authorities of the user's own"),
    clientCertificate: z
      .exactOptional(z.object({ subject: z.string(), sha256: z.string() }))
      .describe('shown to servers that ask for one and whose own certificate is trusted'),
  }),
});

const problem = z.object({
  id: z.string(),
  severity,
  title: z.string(),
  because: z.string().describe('what holds its findings together'),
  owners: z.array(z.string()),
  doors: z.array(z.string()).describe('endpoint URLs, the first 50'),
  doorsTotal: count,
  doorsOpen: count.describe('how many of them are open; the others denied access and are listed for what they show'),
  checks: z.array(z.string()),
  findings: z.array(z.string()).describe('fingerprints, the first 50, the worst first'),
  findingsTotal: count,
});

const summary = z.object({
  endpoints: count,
  states: z.record(z.enum(states), count),
  rungs: z.record(z.enum(rungs), count),
  findings: z.record(severity, count).describe('without the accepted ones'),
  accepted: count,
  problems: count,
  verdicts: z.record(z.enum(['fail', 'pass', 'not-applicable', 'undetermined']), count),
  bugs: count.describe("checks that ended in an error of leftopen's own"),
  notAsked: z
    .object({ window: count, blackout: count, blackoutOwners: z.array(z.string()).describe('the first 20') })
    .describe('endpoints that were not asked, by cause; they count as undetermined'),
});

const bySeverity = z.record(severity, count);

const changes = z
  .object({
    baseline: z
      .object({
        run: z.string(),
        startedAt: instant,
        endedAt: instant.nullable(),
        tool: z.string(),
        knowledge: z.string(),
        rejudged: z.boolean().describe("whether its responses were judged again with today's version and knowledge"),
      })
      .nullable()
      .describe('the run that this one is compared with; null: every finding is new'),
    findings: z
      .record(z.enum(findingStatuses), bySeverity)
      .describe('without accepted ones, and without those of `byKnowledge`'),
    byKnowledge: bySeverity.describe('new, worse or reopened only because leftopen knows more today'),
    noLongerAccepted: z
      .exactOptional(bySeverity)
      .describe('accepted in the last run, and counted again though they did not change'),
    gone: z
      .record(z.enum(goneStatuses), count)
      .describe('findings that were open when last seen and are not in this run'),
    goneFindings: z
      .array(
        z.object({
          status: z.enum(goneStatuses),
          cause: z.enum(causes),
          why: z.string(),
          check: z.string(),
          fingerprint: z.string(),
          endpoint: z.string(),
          target: z.string(),
          owner: z.string().nullable(),
          title: z.string(),
          severity,
          firstSeen: instant,
          lastSeen: instant,
          daysOpen: count,
          shownBy: z.array(count).describe("requests of this run's ledger that show a fix"),
        }),
      )
      .describe('the first 1,000, the fixed ones first; history.jsonl has all'),
  })
  .describe('what changed since the last run');

/** `findings.json`. */
export const documentSchema = z.object({
  schema: z.literal(findingsSchemaName),
  run: runSchema,
  summary,
  severityTable: z.array(z.object({ id: z.string(), severity, reason: z.string(), cvss4: cvss, cvss31: cvss })),
  changes,
  acceptances: z
    .exactOptional(
      z.array(
        acceptedRisk.extend({
          term: z.enum(['in-force', 'ends-soon', 'expired']),
          use: z.enum(['in-use', 'stale', 'not-reached', 'unmatched']),
          findings: count.describe('findings that it covers'),
          worse: count.describe('findings that it no longer covers because they got worse'),
          why: z.string().nullable().describe('why it is stale or not reached'),
        }),
      ),
    )
    .describe('what became of each accepted risk of the targets file'),
  problemsTotal: count.describe('`problems` holds the worst 1,000'),
  problems: z.array(problem),
  findings: z.array(findingSchema).describe('in rank order'),
});

/**
 * The JSON Schemas (draft 2020-12) of the record, by file name in `schema/`. They name every field and allow further ones,
 * which a later version may add.
 *
 * @param further whether fields that the schema does not name are allowed; our own tests say no
 */
export function recordJsonSchemas(further: 'allowed' | 'refused' = 'allowed'): Record<string, object> {
  const io = further === 'allowed' ? 'input' : 'output';
  const written = (title: string, schema: z.ZodType): object => ({ title, ...z.toJSONSchema(schema, { io }) });
  return {
    'findings.schema.json': written('leftopen findings.json', documentSchema),
    'finding.schema.json': written('leftopen findings.jsonl: one line', findingSchema),
    'endpoint.schema.json': written('leftopen endpoints.jsonl: one line', endpointSchema),
    'run.schema.json': written('leftopen run.json', runSchema),
  };
}
