import { rmSync } from 'node:fs';
import { auditUrls, placeOf } from '../audited.js';
import { isUp, urlOf } from '../live/lab/lab.js';
import { runningPid } from '../live/lab/process.js';
import { servers } from '../live/lab/servers/index.js';
import type { Case } from './score.js';

/** Audits every running server of the lab (`npm run lab -- up NAME…`) through the client, except servers that start or stop. */
export async function liveCases(): Promise<readonly Case[]> {
  const running = servers.filter(({ name }) => runningPid(name) !== null);
  const up = running.filter(isUp);
  for (const { name } of running.filter((server) => !up.includes(server)))
    console.error(`${name} runs and is not ready: left out`);
  if (up.length === 0) return [];
  const { endpoints, folder, ledger } = await auditUrls(up.map(urlOf));
  rmSync(folder, { recursive: true });
  return up.flatMap((server) => {
    const place = placeOf(urlOf(server));
    const seen = endpoints.get(place);
    if (seen === undefined) return [];
    const { kind, name, configuration, shows, coordinates, scheme } = server;
    const { connection = [], ...rest } = server.truth;
    return {
      name,
      proof: 'live' as const,
      head: {
        recording: 1 as const,
        date: seen.summary.at.slice(0, 10),
        product: kind,
        version: seen.told.version ?? '',
        configuration,
        shows,
        coordinates: [...coordinates],
        scheme,
        truth: { ...rest, findings: [...rest.findings, ...connection].sort() },
      },
      seen: seen.told,
      requests: seen.summary.requests,
      exchanges: ledger
        .filter(({ url }) => placeOf(url).startsWith(`${place}/`))
        .map(({ method, url, status }) => `${method} ${placeOf(url).slice(place.length)} ${status ?? 'failed'}`),
      verdicts: new Map(),
    };
  });
}
