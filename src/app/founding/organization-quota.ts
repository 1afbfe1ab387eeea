import { recordOperatorAct } from '../../domains/audit/index.ts';
import { contactQuotas } from '../../domains/contacts/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Sets how many contacts an organization may have, instead of what its certification gives (spec 3.5). One that has more loses none.
 * @param limit null: what the certification gives
 */
export function setContactQuota({ pools, switchboard, now }: Runtime, organizationId: string, limit: number | null): Promise<void> {
  const secret = switchboard.service(serverSecret);
  return inTransaction(pools.requests, organizationId, async (transaction) => {
    recordOperatorAct(
      { transaction, secret, organizationId, now: now() },
      { command: 'organization quota', module: 'contacts', objects: [['Organization', organizationId]], given: { contacts: limit } },
    );
    await transaction
      .on({ contact_quotas: contactQuotas })
      .insertInto('contact_quotas')
      .values({ organization_id: organizationId, limit_override: limit })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ limit_override: limit }))
      .execute();
  });
}
