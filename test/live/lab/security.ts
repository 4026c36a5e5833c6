import { stringify } from 'yaml';
import { labLogin } from './types.js';

/** Elastic's file realm with the lab's login. */
export function xPackFiles(): Record<string, string> {
  return { users: `${labLogin.user}:${labLogin.bcrypt}\n`, users_roles: `superuser:${labLogin.user}\n` };
}

/** OpenSearch Security's configuration folder with the lab's login; single files are overlaid by a server's own. */
export function openSearchSecurityFiles(anonymous = false): Record<string, string> {
  const meta = (type: string): object => ({ _meta: { type, config_version: 2 } });
  const file = (type: string, content: object): string => stringify({ ...meta(type), ...content });
  return {
    'opensearch-security/config.yml': file('config', {
      config: {
        dynamic: {
          http: { anonymous_auth_enabled: anonymous },
          authc: {
            basic_internal_auth_domain: {
              http_enabled: true,
              transport_enabled: true,
              order: 0,
              http_authenticator: { type: 'basic', challenge: true },
              authentication_backend: { type: 'intern' },
            },
          },
        },
      },
    }),
    'opensearch-security/internal_users.yml': file('internalusers', {
      [labLogin.user]: { hash: labLogin.bcrypt, reserved: false, backend_roles: ['admin'] },
    }),
    'opensearch-security/roles.yml': file('roles', {}),
    'opensearch-security/roles_mapping.yml': file('rolesmapping', {
      all_access: { reserved: false, backend_roles: ['admin'] },
    }),
    'opensearch-security/action_groups.yml': file('actiongroups', {}),
    'opensearch-security/tenants.yml': file('tenants', {}),
    'opensearch-security/nodes_dn.yml': file('nodesdn', {}),
    'opensearch-security/allowlist.yml': file('allowlist', { config: { enabled: false, requests: {} } }),
    'opensearch-security/whitelist.yml': file('whitelist', { config: { enabled: false, requests: {} } }),
    'opensearch-security/audit.yml': file('audit', { config: { enabled: false } }),
  };
}

/** The files of Search Guard's configuration that hold the lab's login; the rest is as shipped. */
export function searchGuardFiles(major: number): Record<string, string> {
  if (major < 7) {
    return {
      'sg_internal_users.yml': stringify({ [labLogin.user]: { hash: labLogin.bcrypt, roles: ['admin'] } }),
      'sg_roles_mapping.yml': stringify({ sg_all_access: { backendroles: ['admin'] } }),
    };
  }
  const meta = (type: string): object => ({ _sg_meta: { type, config_version: 2 } });
  return {
    'sg_internal_users.yml': stringify({
      ...meta('internalusers'),
      [labLogin.user]: { hash: labLogin.bcrypt, reserved: false, backend_roles: ['admin'] },
    }),
    'sg_roles_mapping.yml': stringify({ ...meta('rolesmapping'), SGS_ALL_ACCESS: { backend_roles: ['admin'] } }),
  };
}
