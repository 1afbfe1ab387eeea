import type { UseCase } from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { contactQuotaReached } from './contact.errors.ts';
import { quotaOf } from './contact.rules.ts';
import { contactQuotas } from './contact-quota.entity.ts';

/**
 * Takes a place for one contact. Whoever holds the row's lock is alone with it until the commit, so there is never one contact over.
 * @throws ContactQuotaReached (spec 3.5)
 */
export async function takePlace(use: UseCase): Promise<void> {
  const tables = use.on({ contact_quotas: contactQuotas, organizations });
  const { certification } = await tables
    .selectFrom('organizations')
    .select('certification')
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();
  const limit = quotaOf(certification);
  await tables
    .insertInto('contact_quotas')
    .values({ organization_id: use.organizationId })
    .onConflict((conflict) => conflict.column('organization_id').doNothing())
    .execute();
  const taken = await tables
    .updateTable('contact_quotas')
    .set((of) => ({ used: of('used', '+', 1) }))
    .where('organization_id', '=', use.organizationId)
    .where((of) => of('used', '<', of.fn.coalesce('limit_override', of.val(limit))))
    .returning('used')
    .executeTakeFirst();
  if (taken) return;
  const { limit_override } = await tables
    .selectFrom('contact_quotas')
    .select('limit_override')
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();
  throw contactQuotaReached({ limit: limit_override ?? limit });
}

/** Gives the place of one contact back: the bin does not count. */
export async function givePlaceBack(use: UseCase): Promise<void> {
  await use
    .on({ contact_quotas: contactQuotas })
    .updateTable('contact_quotas')
    .set((of) => ({ used: of('used', '-', 1) }))
    .where('organization_id', '=', use.organizationId)
    .where('used', '>', 0)
    .execute();
}
