import { type UseCase, windowOpened } from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { certificationRequired } from './errors.ts';
import { serviceWindows } from './service-window.entity.ts';

/** The certification with which a window is opened and serves (spec 5.1). */
const REQUIRED = 'ADVANCED';

/**
 * Opens the organization's window; one that is there stays as it is, suspended or not. The certification is held until the end: whoever takes
 * it away comes before or after.
 * @returns the id of the window, which is the organization's
 * @throws CertificationRequired
 */
export async function openServiceWindow(use: UseCase): Promise<{ window: string }> {
  const db = use.on(serviceWindows, organizations);
  const { certification, opened_at: openedAt } = await db
    .selectFrom('organizations')
    .leftJoin('service_windows', 'service_windows.organization_id', 'organizations.organization_id')
    .select(['certification', 'opened_at'])
    .forShare('organizations')
    .executeTakeFirstOrThrow();
  if (openedAt) return { window: use.organizationId };
  if (certification !== REQUIRED) throw certificationRequired({ required: REQUIRED });
  await db
    .insertInto('service_windows')
    .values({ organization_id: use.organizationId, opened_at: use.now, opened_by: use.seat.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await use.announce(windowOpened({}));
  return { window: use.organizationId };
}
