// Names of indices that belong to the server and its plugins.
/**
 * Names of indices without a leading dot that belong to a product or plugin and hold no user's data.
 * Sources: wire guide E.1 and R.5; Search Guard and OpenSearch query insights documentation; Kibana 3 `config.js`.
 */
const pluginIndices: readonly RegExp[] = [
  /^searchguard$/,
  /^sg\d+-auditlog/,
  /^kibana-int$/,
  /^top_queries-\d{4}\.\d{2}\.\d{2}/,
  /^ilm-history-/,
  /^slm-history-/,
];

/**
 * Indices with a leading dot that hold users' own documents: the engines of App Search and the sources of Workplace Search
 * (`.ent-search-engine-documents-NAME`, before 8 `.ent-search-engine-ID`), and reports with the documents that were exported
 * (`.reporting-DAY`, from 8.15 on the data stream `.kibana-reporting`). Sources: elastic/kibana x-pack/plugins/enterprise_search,
 * fetch_indices.test.ts; packages/kbn-reporting/server, constants.ts.
 */
const hiddenData: readonly RegExp[] = [/^\.ent-search-engine-/, /^\.(?:kibana-)?reporting-/];

/**
 * True for an index that is not the user's data: it starts with a dot or belongs to a plugin. Engines of App Search and reports are
 * data, and so are backing indices of data streams (`.ds-…`), but for those of hidden system streams (`.ds-.logs-deprecation…`,
 * `.ds-ilm-history…`). `security-auditlog-*` counts as data. Source: wire guide E.1.
 */
export function isSystemIndex(name: string): boolean {
  const stream = /^(?:partial-|restored-)?\.ds-(.+)$/.exec(name)?.[1];
  const own = stream ?? name;
  if (hiddenData.some((pattern) => pattern.test(own))) return false;
  return own.startsWith('.') || pluginIndices.some((pattern) => pattern.test(own));
}
