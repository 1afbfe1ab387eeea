import { recordOperatorAct } from '../../domains/audit/index.ts';
import { type CertificationLevel, certifications, organizations } from '../../domains/organization/index.ts';
import { tellOfReturn } from '../../domains/service-window/index.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import { recordEvents } from '../../platform/live/event.entity.ts';
import { serverSeat } from '../../platform/permissions/seat.ts';
import { inUseCase } from '../../platform/write/in-use-case.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import { organizationCertified } from '../../sdk/index.ts';
import type { Runtime } from '../runtime.ts';

export interface Certified {
  readonly before: CertificationLevel;
  readonly level: CertificationLevel;
  /** Not where all is as it was, the reason too. */
  readonly isRecorded: boolean;
}

/**
 * Sets an organization's certification, with the reason (spec 10.3). What hangs on it follows by itself: the quota of contacts, and whether
 * the service window serves (spec 3.5, 5.1): where it does again, time limits are put off (spec 6.11). Nobody is removed. Where it has this level already, another reason is written
 * down beside those before; the same one is not.
 */
export function certifyOrganization(
  { pools, parts, switchboard, now }: Runtime,
  organizationId: string,
  { level, reason }: { readonly level: CertificationLevel; readonly reason: string },
): Promise<Certified> {
  const secret = switchboard.service(serverSecret);
  return inTransaction(pools.requests, organizationId, async (transaction) => {
    const db = transaction.on({ organizations });
    const at = now(); // at each attempt: whoever was waited for has come before
    // who acts at the window holds this row meanwhile, and comes before or after
    const { certification: before } = await db
      .selectFrom('organizations')
      .select('certification')
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (before === level && (await reasonOf(transaction)) === reason) return { before, level, isRecorded: false };
    if (before !== level) {
      await db.updateTable('organizations').set({ certification: level }).where('organization_id', '=', organizationId).execute();
      await inUseCase({ seat: serverSeat(organizationId), now: at, language: 'en' }, transaction, parts, async (use) => {
        if (level === 'ADVANCED') await tellOfReturn(use);
        await use.announce(organizationCertified({ before, level }));
        recordEvents(use);
      });
    }
    transaction.insert(certifications, { id: uuidv7(), at, level, reason });
    recordOperatorAct(
      { transaction, secret, organizationId, now: at },
      { command: 'organization certify', module: 'organization', objects: [['Organization', organizationId]], given: { level, reason } },
    );
    return { before, level, isRecorded: true };
  });
}

/** For which it has the level that it has. */
async function reasonOf({ on }: Transaction): Promise<string | undefined> {
  const last = await on({ certifications }).selectFrom('certifications').select('reason').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return last?.reason;
}
