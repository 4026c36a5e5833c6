// Mistakes in targets files, lists of hosts, inventories and accepted risks, in English.
import { addresses, hosts, paths, ports, urls } from './targets/hosts.js';
import { includes, inventory, lists } from './targets/lists.js';
import { accepted, authority, notify, owners, scope, target, tls, window } from './targets/rules.js';
import { schema } from './targets/schema.js';
import { starterFile } from './targets/starter.js';
import { file, yaml } from './targets/yaml.js';

/** A mistake says what is wrong, and what to write instead. Where these are apart, code puts them together. */
export const targets = {
  file,
  yaml,
  schema,
  ...{ addresses, hosts, urls, ports, paths },
  ...{ includes, lists, inventory },
  ...{ authority, window, scope, target, owners, accepted, notify, tls },
  /** Of mistakes that are more than are collected. */
  onlyTheFirst: (most: number): string => `(only the first ${most} mistakes are shown; fix them and try again)`,
  starterFile,
};
