// An estate in which everything that a targets file can name is a canary, for tests of redaction.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import type { EndpointSummary, Finding } from '../../src/model/finding.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { audited, type Audited } from '../run/support.js';

/** Everything that a targets file can name. */
export const named = {
  client: 'Canaryclient Holdings',
  legal: 'Canarylegal plc',
  boss: 'Canaryboss Quill',
  bossMail: 'canaryboss@canarymail.example',
  reference: 'CANARYREF-77',
  contact: 'Canarycontact Reed',
  contactMail: 'canarydesk@canarymail.example',
  phone: '+44 20 5550 7788',
  engagement: 'CANARYENG-1',
  vantage: 'canaryvantage-3',
  egress: '203.0.113.77',
  ownerKey: 'canarykey',
  owner: 'Canaryowner Team',
  ownerMail: 'canaryowner@canarymail.example',
  host: 'canaryhost-1.canarynet.example',
  other: 'canaryhost-2.canarynet.example',
  address: '127.63.5.1',
  target: 'canarytarget',
  path: 'canarypath',
  notes: 'canarynotes',
  label: 'canarylabel',
  approver: 'Canaryapprover Finch',
  reason: 'canaryreason for this',
} as const;

/** An estate on loopback whose every name is a canary, and audits of it at 02:00 of one night after another. */
export async function estate(
  t: Test,
): Promise<{ readonly out: string; readonly audit: (night: number, vantage?: string) => Promise<Audited> }> {
  const folder = t.testdir({});
  process.env['LEFTOPEN_KEYS'] = join(folder, 'keys');
  t.teardown(() => {
    delete process.env['LEFTOPEN_KEYS'];
  });
  const open = await serveRecording(recordingNamed('elasticsearch/7.17.9-open'), { address: named.address, port: 0 });
  t.teardown(() => open.close());
  const shut = await serveRecording(recordingNamed('elasticsearch/7.17.9-closed'), {
    address: '127.63.5.2',
    port: open.port,
  });
  t.teardown(() => shut.close());
  const file = join(folder, 'canaryfile.yaml');
  writeFileSync(
    file,
    `engagement:
  id: ${named.engagement}
  client: { name: ${named.client}, legalEntity: ${named.legal} }
  authorisedBy: { name: ${named.boss}, role: canaryrole, capacity: owner, email: ${named.bossMail} }
  authorisation: { reference: ${named.reference}, signedOn: 2026-10-20 }
  contacts: [{ name: ${named.contact}, email: ${named.contactMail}, phone: "${named.phone}" }]
  vantage: { name: ${named.vantage}, exposure: internal, egress: ${named.egress} }
  controls: ["http://127.63.5.2:${open.port}"]
owners:
  ${named.ownerKey}: { name: ${named.owner}, contact: { name: Canaryperson Elm, email: ${named.ownerMail} } }
accepted:
  - { target: ${named.target}, check: end-of-life, reason: ${named.reason}, approvedBy: ${named.approver}, until: 2026-12-31 }
targets:
  - id: ${named.target}
    hosts: [{ name: ${named.host}, address: ${named.address} }]
    ports: [${open.port}]
    owner: ${named.ownerKey}
    environment: prod
    notes: ${named.notes}
    labels: { a: ${named.label} }
  - { id: canarysecond, hosts: [{ name: ${named.other}, address: 127.63.5.2 }], ports: [${open.port}], paths: [/, /${named.path}], owner: ${named.ownerKey} }
  - { id: canarythird, hosts: [127.63.5.9], ports: [${open.port}] }
`,
  );
  const out = join(folder, 'out');
  return {
    out,
    async audit(night, vantage) {
      const read = await readTargets(file, { now: new Date('2026-11-01T00:00:00Z'), vantage });
      if (!read.ok) throw new Error(read.mistakes.map(({ message, at }) => `${message} ${at}`).join('; '));
      const offset = Date.parse('2026-11-01T02:00:00Z') + night * 86_400_000 - Date.now();
      return audited(read.declaration, out, { now: () => new Date(Date.now() + offset) });
    },
  };
}

/** What no redacted text may hold at the level `all`, besides {@link namesIn}. */
export const canaries = [
  ...Object.values(named),
  'canaryrole',
  'canarysecond',
  'canarythird',
  'canaryfile',
  'Canaryperson',
  '127.63.5.',
];

/** Names of indices and clusters that a run shows. */
export function namesIn(findings: readonly Finding[], endpoints: readonly EndpointSummary[]): readonly string[] {
  return [
    ...findings.flatMap(({ contents }) => contents?.largest.map(({ name }) => name) ?? []),
    ...endpoints.flatMap(({ clusterName }) => clusterName ?? []),
  ].filter((name) => name.length > 3);
}
