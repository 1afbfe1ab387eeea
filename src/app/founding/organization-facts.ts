import { contactQuotas, quotaOf } from '../../domains/contacts/index.ts';
import { adminRights, employees } from '../../domains/directory/index.ts';
import { type CertificationLevel, certifications, organizations } from '../../domains/organization/index.ts';
import { serviceWindows } from '../../domains/service-window/index.ts';
import { inReadOnlyTransaction, type Transaction } from '../../platform/database/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { rightsThere } from './rights-there.ts';

/** What the operator is shown of an organization. Nothing in it is of its contacts. */
export interface OrganizationFacts {
  /** UUID */
  readonly id: string;
  readonly name: string;
  readonly certification: CertificationLevel;
  readonly country: string;
  readonly timeZone: string;
  readonly isDemo: boolean;
  readonly createdAt: Date;
  readonly employees: number;
  readonly contacts: { readonly used: number; readonly limit: number; readonly isLimitSet: boolean };
  readonly window: 'NONE' | 'OPEN' | 'SUSPENDED';
  /** Who can add employees and grant rights anywhere in the organization. */
  readonly admins: readonly { readonly name: string; readonly phone: string }[];
  /** Rights that nobody who is employed holds for the whole organization: `organization admin` gives them to somebody. */
  readonly unheldRights: readonly string[];
  /** The oldest first. */
  readonly certifications: readonly { readonly at: Date; readonly level: CertificationLevel; readonly reason: string }[];
}

export const organizationFacts = ({ pools, modules }: Pick<Runtime, 'pools' | 'modules'>, id: string): Promise<OrganizationFacts> =>
  inReadOnlyTransaction(pools.requests, id, async (transaction) => {
    const row = await frameOf(transaction);
    const certified = await transaction
      .on({ certifications })
      .selectFrom('certifications')
      .select(['at', 'level', 'reason'])
      .orderBy('id')
      .execute();
    return {
      id,
      name: row.name,
      certification: row.certification,
      country: row.country,
      timeZone: row.time_zone,
      isDemo: row.is_demo,
      createdAt: row.created_at,
      employees: Number(row.employees),
      contacts: {
        used: row.used ?? 0,
        limit: row.limit_override ?? quotaOf(row.certification),
        isLimitSet: row.limit_override !== null,
      },
      window: row.opened_at === null ? 'NONE' : row.certification === 'ADVANCED' ? 'OPEN' : 'SUSPENDED',
      admins: await adminsOf(transaction),
      unheldRights: await unheldOf(transaction, rightsThere(modules)),
      certifications: certified,
    };
  });

const frameOf = ({ on }: Transaction) =>
  on({ organizations, contact_quotas: contactQuotas, service_windows: serviceWindows, employees })
    .selectFrom('organizations')
    .leftJoin('contact_quotas', 'contact_quotas.organization_id', 'organizations.organization_id')
    .leftJoin('service_windows', 'service_windows.organization_id', 'organizations.organization_id')
    .select((of) => [
      ...(['name', 'certification', 'country', 'time_zone', 'is_demo', 'created_at', 'used', 'limit_override', 'opened_at'] as const),
      of
        .selectFrom('employees')
        .select((staff) => staff.fn.countAll().as('count'))
        .where('left_at', 'is', null)
        .as('employees'),
    ])
    .executeTakeFirstOrThrow();

const adminsOf = ({ on }: Transaction) =>
  on({ admin_rights: adminRights, employees })
    .selectFrom('admin_rights')
    .innerJoin('employees', 'employees.id', 'admin_rights.employee_id')
    .select(['employees.name', 'employees.phone'])
    .where('admin_right', '=', 'DIRECTORY')
    .where('department_id', 'is', null)
    .where('left_at', 'is', null)
    .orderBy('employees.id')
    .execute();

async function unheldOf({ on }: Transaction, rights: readonly string[]): Promise<string[]> {
  const held = await on({ admin_rights: adminRights, employees })
    .selectFrom('admin_rights')
    .innerJoin('employees', 'employees.id', 'admin_rights.employee_id')
    .select('admin_right')
    .distinct()
    .where('department_id', 'is', null)
    .where('left_at', 'is', null)
    .execute();
  const known = new Set(held.map(({ admin_right }) => admin_right));
  return rights.filter((right) => !known.has(right));
}
