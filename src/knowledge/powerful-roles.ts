// Roles whose names alone say that their holders may do everything.
import type { Product } from '../model/endpoint.js';

/** A role that its vendor gave every right, and that an installation cannot take them from. */
export interface PowerfulRole {
  readonly role: string;
  readonly product: Product;
  readonly source: string;
}

/** Roles whose name alone says that its bearer may change and delete everything. */
export const powerfulRoles: readonly PowerfulRole[] = [
  {
    role: 'superuser',
    product: 'elasticsearch',
    source: 'elastic/elasticsearch ReservedRolesStore.java: reserved, every right on cluster and indices',
  },
  {
    role: 'all_access',
    product: 'opensearch',
    source: 'opensearch-project/security static_config/static_roles.yml: static, every right on cluster and indices',
  },
  { role: 'SGS_ALL_ACCESS', product: 'elasticsearch', source: 'Search Guard 7 and later, static roles' },
  { role: 'sg_all_access', product: 'elasticsearch', source: 'Search Guard 5 and 6, sg_roles.yml as shipped' },
];
