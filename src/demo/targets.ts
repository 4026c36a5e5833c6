// The targets file of the embedded estate.
import { stringify } from 'yaml';
import type { RunningServer } from './serve.js';

/** The targets file of the embedded estate while it is up. */
export function targetsOf(demoServers: readonly RunningServer[]): string {
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
    targets: demoServers.map(({ demoServer, address, port }) => ({
      id: demoServer.target,
      hosts: [{ name: demoServer.host, address }],
      ports: [port],
      owner: demoServer.owner,
      ...(demoServer.fronts !== undefined && { fronts: demoServer.fronts }),
    })),
  });
}
