// The security plugins that guard a cluster, and the steps by which each of them is switched on, made to encrypt, and loses
// its anonymous user. Facts by plugin; the steps are the same for the plugins that share an origin.

import type { Observations } from '../model/observation.js';
import type { BlockLine, DecidedStep } from '../model/remedy.js';
import { today, type Settings } from './steps.js';

type Step = DecidedStep;

/** What differs between the plugins that descend from Search Guard. */
interface Family {
  readonly plugin: 'search-guard' | 'open-distro' | 'opensearch';
  /** The server's configuration file. */
  readonly file: 'elasticsearch.yml' | 'opensearch.yml';
  /** What its settings begin with. */
  readonly prefix: string;
  /** The program that loads its configuration into the cluster, and the folder with that configuration. */
  readonly tool: string;
  readonly folder: string;
  readonly hash: string;
  /** Files of that configuration: the login, who has which role, the users. */
  readonly login: string;
  readonly mapping: string;
  readonly users: string;
  /** The key at the top of `login`. */
  readonly top: string;
  readonly anonymousRole: string;
  /** The page that says who a caller is. */
  readonly page: string;
}

/**
 * A plugin that guards a cluster, on or off. `known`: the nodes list it, so that it is installed; else it is only what its
 * distribution ships.
 */
export interface Guard {
  readonly family: Family;
  readonly installed: boolean;
}

/**
 * Search Guard up to the line 7 ("classic"); its folders have the major version in their names. Source: the plugin's packages.
 */
function searchGuard(major: number): Family {
  const place = `plugins/search-guard-${major}`;
  return {
    plugin: 'search-guard',
    file: 'elasticsearch.yml',
    prefix: 'searchguard',
    tool: `${place}/tools/sgadmin.sh`,
    folder: `${place}/sgconfig/`,
    hash: `${place}/tools/hash.sh`,
    login: 'sg_config.yml',
    mapping: 'sg_roles_mapping.yml',
    users: 'sg_internal_users.yml',
    top: major >= 7 ? 'sg_config' : 'searchguard',
    anonymousRole: 'sg_anonymous_backendrole',
    page: '/_searchguard/authinfo',
  };
}

const openDistro: Family = {
  plugin: 'open-distro',
  file: 'elasticsearch.yml',
  prefix: 'opendistro_security',
  tool: 'plugins/opendistro_security/tools/securityadmin.sh',
  folder: 'plugins/opendistro_security/securityconfig/',
  hash: 'plugins/opendistro_security/tools/hash.sh',
  login: 'config.yml',
  mapping: 'roles_mapping.yml',
  users: 'internal_users.yml',
  top: 'config',
  anonymousRole: 'opendistro_security_anonymous_backendrole',
  page: '/_opendistro/_security/authinfo',
};

/** OpenSearch Security; its configuration moved to `config/` with 2.0. Source: OpenSearch's documentation of 1.3 and 2.x. */
function openSearch(major: number | null): Family {
  return {
    ...openDistro,
    plugin: 'opensearch',
    file: 'opensearch.yml',
    prefix: 'plugins.security',
    tool: 'plugins/opensearch-security/tools/securityadmin.sh',
    folder: major === 1 ? 'plugins/opensearch-security/securityconfig/' : 'config/opensearch-security/',
    hash: 'plugins/opensearch-security/tools/hash.sh',
    page: '/_plugins/_security/authinfo',
  };
}

/** The security plugin of that origin that a cluster has or should have; null where it is another one, or none is known. */
export function guardOf({ identity, plugins }: Observations): Guard | null {
  const installed = (pattern: RegExp): boolean => (plugins?.names ?? []).some((name) => pattern.test(name));
  if (identity.product !== 'elasticsearch' && identity.product !== 'opensearch') return null;
  const major = majorOf(identity.version.number);
  if (installed(/^search-?guard(?!.*flx)/) || (plugins === null && identity.distribution === 'search-guard'))
    return { family: searchGuard(major ?? 7), installed: plugins !== null };
  if (installed(/^opendistro[_-]security$/) || identity.distribution === 'open-distro')
    return { family: openDistro, installed: installed(/^opendistro[_-]security$/) };
  if (identity.product === 'opensearch')
    return { family: openSearch(major), installed: installed(/^opensearch-security$/) };
  return null;
}

function majorOf(version: string | null): number | null {
  const digits = /^\d{1,3}/.exec(version ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}

const keys = '-icl -nhnv -cacert ca.pem -cert admin.pem -key admin-key.pem';

/** The command that loads its full configuration into the cluster. */
function load({ tool, folder }: Family): string {
  return `${tool} -cd ${folder} ${keys}`;
}

/** Where such a plugin finds its certificates, for what callers send or for the connections between nodes. */
export function certificatesOf(prefix: string, layer: 'http' | 'transport'): readonly string[] {
  return [
    `${prefix}.ssl.${layer}.pemcert_filepath: node.pem`,
    `${prefix}.ssl.${layer}.pemkey_filepath: node-key.pem`,
    `${prefix}.ssl.${layer}.pemtrustedcas_filepath: ca.pem`,
  ];
}

/**
 * Switches the login of such a plugin on: both settings that leave a cluster open are set, since only one of them shows from
 * outside, and a node without certificates or `admin_dn` does not start.
 *
 * @param encrypted the server itself speaks TLS: the plugin runs, and only encrypts
 */
export function switchOn({ family, installed }: Guard, version: string | null, encrypted: boolean): readonly Step[] {
  const { plugin, file, prefix } = family;
  const line = `${prefix}.${encrypted ? 'ssl_only' : 'disabled'}: true`;
  const which = !installed ? 'unknown' : encrypted ? 'encrypts-only' : 'disables';
  return [
    ...(installed ? [] : install(family, version)),
    today.yaml(
      { id: 'switch-plugin-on', plugin, file, replaces: { line, which } },
      [
        `${prefix}.disabled: false`,
        `${prefix}.ssl_only: false`,
        ...certificatesOf(prefix, 'transport'),
        `${prefix}.ssl.http.enabled: true`,
        ...certificatesOf(prefix, 'http'),
        `${prefix}.authcz.admin_dn: ["CN=admin,O=ACME"]`,
        `${prefix}.nodes_dn: ["CN=node,O=ACME"]`,
      ].join('\n'),
    ),
    today.shell({ id: 'load-users', file: `${family.folder}${family.users}` }, `${family.hash}\n${load(family)}`),
  ];
}

/** Only for OpenSearch: Search Guard and Open Distro are recognised by their plugin. */
function install({ prefix }: Family, version: string | null): readonly Step[] {
  if (prefix !== 'plugins.security') return [];
  return [
    today.shell(
      'check-plugin',
      `bin/opensearch-plugin list\nbin/opensearch-plugin install org.opensearch.plugin:opensearch-security:${version ?? 'VERSION'}.0`,
    ),
  ];
}

/** Takes the anonymous user of such a plugin away. */
export function switchAnonymousOff({ family }: Guard): readonly Step[] {
  const { folder, login, mapping, top, anonymousRole, tool } = family;
  return [
    today.yaml(
      { id: 'switch-plugin-anonymous-off', file: `${folder}${login}`, role: anonymousRole, mapping },
      [`${top}:`, '  dynamic:', '    http:', '      anonymous_auth_enabled: false'].join('\n'),
    ),
    today.shell('load-plugin-files', `${tool} -backup backup/ ${keys}\n${load(family)}`),
  ];
}

/** Changes the password of a user of such a plugin. `user`: quoted for a shell. */
export function changePassword({ family }: Guard, user: string): readonly BlockLine[] {
  const { hash, folder, users } = family;
  return [{ code: `${hash}      `, comment: { id: 'put-hash', file: `${folder}${users}`, user } }, load(family)];
}

/** The settings by which such a plugin encrypts what callers send. */
export function httpTls({ family: { file, prefix } }: Guard): Settings {
  return {
    file,
    code: [`${prefix}.ssl.http.enabled: true`, ...certificatesOf(prefix, 'http')].join('\n'),
  };
}
