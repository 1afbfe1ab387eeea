import type { Transaction } from '../../platform/database/transaction.ts';
import { service } from '../../platform/write/service.ts';

/** Reading outside a use case, for values that no statement of the read path gives. */
export interface OrganizationData {
  /** Runs `work` in a read-only transaction of one organization. */
  read<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}
/** In resolvers: `context.switchboard.service(organizationData)`. Use cases have a transaction of their own. */
export const organizationData = service<OrganizationData>('core.organizationData');
