// Names of indices: which may be put into a path, which are the server's own, which share a kind.
import { remembered } from '../text/remembered.js';
import { mark } from './secrets.js';

/** Bytes of an index name at most, on every line of Elasticsearch and OpenSearch. */
const bytesAtMost = 255;

/** Characters that no index, and no snapshot repository, can have in its name; what cannot be seen or encoded besides. */
const impossible = /[\s\\/*?"<>|,#:\p{Cc}\p{Cf}\p{Cs}]/u;

/** Characters that would end or change a path, in the id of a data view: `logs-*` is one. */
const pathBreaking = /[\s\\/?"<>|#\p{Cc}\p{Cf}\p{Cs}]/u;

/** An escape of a URL: a server or proxy that decodes twice would read it as another path. */
const escaped = /%[0-9a-f]{2}/i;

/**
 * True where a name that a target gave is one that an index or a repository can have, and so may be put into a path. All other
 * names are left out before a path is built: they were made up, and might lead elsewhere. So is one that held a secret: what is
 * left of it is not a name.
 * Source: elastic/elasticsearch MetadataCreateIndexService.validateIndexOrAliasName; wire guide E.1.
 */
export const canStandInPath = remembered((name) => !impossible.test(name) && !/^[-_+]/.test(name) && isPlain(name));

/** The same of the id of a data view or index pattern: a saved object, whose id may be a pattern or begin with any letter. */
export function isViewId(id: string): boolean {
  return !pathBreaking.test(id) && isPlain(id);
}

function isPlain(name: string): boolean {
  return (
    name !== '' &&
    !name.includes(mark) &&
    !/^\.+$/.test(name) &&
    !escaped.test(name) &&
    Buffer.byteLength(name) <= bytesAtMost
  );
}

/**
 * The kind of an index: its name without what counts or dates. Indices of one kind have the same fields: `logs-2026.11.29`
 * and `.ds-logs-2026.11.30-000001` are one kind, `tenant_1_orders` and `tenant_1_people` are two.
 */
export const kindOf = remembered((name) =>
  name
    .replace(/^(?:partial-|restored-)?\.ds-/, '')
    .split(/([-_.])/)
    .map((part) => (/\d/.test(part) ? `${part.replace(/\d.*$/su, '')}#` : part))
    .join('')
    .replace(/#(?:[-_.]#)*/g, '#'),
);
