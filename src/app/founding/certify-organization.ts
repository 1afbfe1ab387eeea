import { recordOperatorAct } from '../../domains/audit/index.ts';
import { type CertificationLevel, certifications, organizations } from '../../domains/organization/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import type { Runtime } from '../runtime.ts';

export interface Certified {
  readonly before: CertificationLevel;
  readonly level: CertificationLevel;
}

/**
 * Sets an organization's certification, with the reason (spec 10.3). What hangs on it follows by itself: the quota of contacts, and whether
 * the service window serves (spec 3.5, 5.1). Nobody is removed. Where it has this level already, nothing is done and nothing written down.
 */
export function certifyOrganization(
  { pools, switchboard, now }: Runtime,
  organizationId: string,
  { level, reason }: { readonly level: CertificationLevel; readonly reason: string },
): Promise<Certified> {
  const secret = switchboard.service(serverSecret);
  return inTransaction(pools.requests, organizationId, async (transaction) => {
    const db = transaction.on({ organizations });
    const at = now();
    // who acts at the window holds this row meanwhile, and comes before or after
    const { certification: before } = await db
      .selectFrom('organizations')
      .select('certification')
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (before === level) return { before, level };
    await db.updateTable('organizations').set({ certification: level }).where('organization_id', '=', organizationId).execute();
    transaction.insert(certifications, { id: uuidv7(), at, level, reason });
    recordOperatorAct(
      { transaction, secret, organizationId, now: at },
      { command: 'organization certify', module: 'organization', objects: [['Organization', organizationId]], given: { level, reason } },
    );
    return { before, level };
  });
}
