/** Finds the addresses of a cluster in what a dashboard says of it. */

const host = String.raw`(\[[0-9a-f:.]+\]|[a-z0-9._-]+)`;

/** Characters of a text that are looked at. */
const textAtMost = 20_000;

/**
 * Every `host:port` in a text, each once and in its order, lower case, user names and passwords removed: web addresses
 * (without a port, that of their scheme), what a failed connection names, and the nodes that a status lists (`v2.19.4 @
 * name/10.0.0.1:9200 (10.0.0.1)`: the address after the slash counts). Sources: elastic/kibana
 * src/core/server/elasticsearch/version_check/ensure_es_version.ts (`v${version} @ ${publish_address} (${ip})`), Node's errors.
 */
export function addressesIn(text: string): string[] {
  const found: { readonly at: number; readonly address: string }[] = [];
  const add = (at: number, name: string, port: string): void => {
    if (Number(port) <= 65_535) found.push({ at, address: `${name.toLowerCase()}:${port}` });
  };
  const looked = text.slice(0, textAtMost);
  for (const match of looked.matchAll(
    new RegExp(String.raw`\b(https?):\/\/(?:[^\s/@]{0,300}@)?${host}(?::(\d{1,5}))?`, 'gi'),
  ))
    add(match.index, match[2] ?? '', match[3] ?? (match[1]?.toLowerCase() === 'https' ? '443' : '80'));
  for (const match of looked.matchAll(
    new RegExp(String.raw`\bE(?:CONNREFUSED|HOSTUNREACH|TIMEDOUT|CONNRESET) ${host}:(\d{1,5})\b`, 'gi'),
  ))
    add(match.index, match[1] ?? '', match[2] ?? '');
  for (const match of looked.matchAll(
    new RegExp(String.raw`(?:^|@ )(?:[a-z0-9._-]{1,255}\/)?${host}:(\d{1,5})(?=$|[\s,;])`, 'gi'),
  ))
    add(match.index, match[1] ?? '', match[2] ?? '');
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ address }) => address))];
}
