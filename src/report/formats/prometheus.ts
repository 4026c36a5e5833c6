// Labels are owner, severity and state alone: hosts stay out of monitoring.
// leftopen.prom: counts for the textfile collector of Prometheus' node exporter.
import { noFindings } from '../../model/severity.js';
import { states } from '../../model/endpoint.js';
import { severities, type Severity } from '../../model/finding.js';
import type { Format } from '../format.js';
import { visible } from '../../text/visible.js';
import type { Texts } from '../texts/en.js';

/** Owners that have a series of their own; the others are counted together. Labels must stay few. */
const mostOwners = 200;

/** A label's value as the text format escapes it (prometheus.io, "Exposition formats"). */
function label(text: string): string {
  return visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

const seconds = (instant: string): string => (Date.parse(instant) / 1000).toFixed(0);

export const format = {
  name: 'prometheus',
  file: 'leftopen.prom',
  write: async ({ run, summary, problemsTotal, acceptances = [] }, findings, _endpoints, out, { texts }) => {
    const owners = new Map<string, Record<Severity, number>>();
    for await (const { owner, severity, accepted } of findings()) {
      if (accepted !== null) continue;
      const name = owner ?? '';
      const key = owners.has(name) || owners.size < mostOwners ? name : 'others';
      let counts = owners.get(key);
      if (counts === undefined) owners.set(key, (counts = noFindings()));
      counts[severity] += 1;
    }
    if (owners.size === 0) owners.set('', noFindings());
    const gauge = (name: keyof Texts['prometheus'], lines: readonly string[]): string =>
      `# HELP leftopen_${name} ${texts.prometheus[name]}\n# TYPE leftopen_${name} gauge\n${lines.map((line) => `leftopen_${name}${line}\n`).join('')}`;
    await out.write(
      gauge(
        'findings',
        [...owners].flatMap(([owner, counts]) =>
          severities.map((severity) => `{owner="${label(owner)}",severity="${severity}"} ${counts[severity]}`),
        ),
      ),
    );
    await out.write(gauge('findings_accepted', [` ${summary.accepted}`]));
    await out.write(
      gauge(
        'accepted_risks',
        (['in-force', 'ends-soon', 'expired'] as const).map(
          (term) => `{term="${term}"} ${acceptances.filter((risk) => risk.term === term).length}`,
        ),
      ),
    );
    const ends = acceptances.flatMap(({ until, term, use }) =>
      term === 'expired' || use === 'stale' || use === 'unmatched' ? [] : until,
    );
    const [next] = ends.sort();
    if (next !== undefined)
      await out.write(gauge('accepted_risks_next_end_timestamp_seconds', [` ${seconds(`${next}T23:59:59Z`)}`]));
    await out.write(gauge('problems', [` ${problemsTotal}`]));
    await out.write(
      gauge(
        'endpoints',
        states.map((state) => `{state="${state}"} ${summary.states[state]}`),
      ),
    );
    const complete = run.finished && run.gaps.length === 0;
    await out.write(gauge('last_run_complete', [` ${complete ? 1 : 0}`]));
    await out.write(gauge('last_run_timestamp_seconds', [` ${seconds(run.startedAt)}`]));
    if (complete && run.endedAt !== null) {
      await out.write(gauge('last_success_timestamp_seconds', [` ${seconds(run.endedAt)}`]));
    }
  },
} satisfies Format;
