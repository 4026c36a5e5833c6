// Client programs by the name that they give themselves.
/** A client program known by the name it gives itself. A caller may give any name: a mark proves nothing alone. */
export interface AgentMark {
  readonly name: string;
  /**
   * `scanner`: looks for open services across networks; `copier`: copies entire indices; `script`: a library or a command
   * line that scanners use as well as others.
   */
  readonly role: 'scanner' | 'copier' | 'script';
  /** `strong`: no ordinary application calls itself so; `weak`: most that do are harmless. */
  readonly strength: 'strong' | 'weak';
  /** Matched against the full User-Agent. */
  readonly pattern: RegExp;
  readonly source: string;
}

const scanner = { role: 'scanner', strength: 'strong' } as const;
const copier = { role: 'copier', strength: 'strong' } as const;
const script = { role: 'script', strength: 'weak' } as const;

/** Programs by their User-Agent, the telling ones first: the first that fits counts. */
export const agentMarks: readonly AgentMark[] = [
  {
    name: 'zgrab',
    ...scanner,
    pattern: /\bzgrab\b/i,
    source: 'zmap/zgrab2 modules/http/scanner.go: Mozilla/5.0 zgrab/0.x',
  },
  {
    name: 'masscan',
    ...scanner,
    pattern: /\bmasscan\b/i,
    source: 'robertdavidgraham/masscan and ivre: masscan/1.x, ivre-masscan/1.3',
  },
  { name: 'Censys', ...scanner, pattern: /\bCensysInspect\b/i, source: 'https://about.censys.io/' },
  { name: 'Shodan', ...scanner, pattern: /\bshodan\b/i, source: 'https://www.shodan.io/' },
  { name: 'LeakIX', ...scanner, pattern: /\bl9(?:explore|tcpid|scan)\b|\bleakix\b/i, source: 'LeakIX/l9explore' },
  {
    name: 'Expanse (Palo Alto Networks)',
    ...scanner,
    pattern: /\bExpanse, a Palo Alto Networks company\b/i,
    source: 'its User-Agent names itself and an address for objections',
  },
  {
    name: 'Internet Measurement (driftnet)',
    ...scanner,
    pattern: /\bInternetMeasurement\b|internet-measurement\.com/i,
    source: 'https://internet-measurement.com/',
  },
  { name: 'Nuclei', ...scanner, pattern: /\bnuclei\b/i, source: 'projectdiscovery/nuclei' },
  { name: 'Nmap', ...scanner, pattern: /\bNmap Scripting Engine\b/i, source: 'nmap/nmap nselib/http.lua' },
  { name: 'Nikto', ...scanner, pattern: /\bnikto\b/i, source: 'sullo/nikto' },
  { name: 'Shadowserver', ...scanner, pattern: /\bshadowserver\b/i, source: 'https://www.shadowserver.org/' },
  { name: 'BinaryEdge', ...scanner, pattern: /\bbinaryedge\b/i, source: 'https://www.binaryedge.io/' },
  {
    name: 'elasticdump',
    ...copier,
    pattern: /\belasticdump\b/i,
    source: 'elasticsearch-dump lib/transports/elasticsearch.js',
  },
  { name: 'Go-http-client', ...script, pattern: /^Go-http-client\//, source: 'golang/go src/net/http/request.go' },
  { name: 'python-requests', ...script, pattern: /^python-requests\//, source: 'psf/requests src/requests/utils.py' },
  { name: 'Python-urllib', ...script, pattern: /^Python-urllib\//, source: 'python/cpython Lib/urllib/request.py' },
  { name: 'aiohttp', ...script, pattern: /\baiohttp\//, source: 'aio-libs/aiohttp aiohttp/http.py' },
  { name: 'httpx', ...script, pattern: /^python-httpx\//, source: 'encode/httpx httpx/_client.py' },
  { name: 'curl', ...script, pattern: /^curl\//, source: 'curl/curl' },
  { name: 'Wget', ...script, pattern: /^Wget\//, source: 'GNU Wget' },
  { name: 'libwww-perl', ...script, pattern: /^libwww-perl\//, source: 'libwww-perl/libwww-perl' },
];

/** The mark of a User-Agent, or null for a name that means nothing. */
export function agentMark(agent: string | null): AgentMark | null {
  return agent === null ? null : (agentMarks.find(({ pattern }) => pattern.test(agent)) ?? null);
}
