// The targets file of the embedded estate.
import { stringify } from 'yaml';
import type { OpenDoor } from './serve.js';

/** The targets file of the embedded estate while it is up. */
export function targetsOf(doors: readonly OpenDoor[]): string {
  return stringify({
    engagement: {
      id: 'demo',
      client: { name: 'Harbour City', legalEntity: 'an invented city: this is the demo of leftopen' },
      authorisedBy: { name: 'Ada Quay', role: 'CISO', capacity: 'owner', email: 'ada.quay@harbour.test' },
      authorisation: { reference: 'DEMO-1', signedOn: '2026-11-02' },
      contacts: [{ name: 'Security desk', email: 'security@harbour.test' }],
      // Invented as the city is, so that the demo shows what a report from the internet says.
      vantage: { name: 'invented-internet', exposure: 'internet', egress: '127.0.0.1' },
      limits: { connectTimeoutMs: 2000, exchangeTimeoutMs: 3000 },
    },
    targets: doors.map(({ door, address, port }) => ({
      id: door.target,
      hosts: [{ name: door.host, address }],
      ports: [port],
      owner: door.owner,
      ...(door.fronts !== undefined && { fronts: door.fronts }),
    })),
  });
}
