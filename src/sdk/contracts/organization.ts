import type { Transaction } from '../../platform/database/transaction.ts';
import type { Seat } from '../../platform/permissions/seat.ts';
import { announcement } from '../../platform/write/announcement.ts';
import type { Listed, ListedKeys } from '../../platform/write/listings.ts';
import { service } from '../../platform/write/service.ts';

/** The operator has certified the organization anew; told in the transaction of it. Levels as `CertificationLevel` has them. */
export const organizationCertified = announcement<{ before: string; level: string }>('organization.certified');

/** Reading outside a use case, for values that no statement of the read path gives. */
export interface OrganizationData {
  /** Runs `work` in a read-only transaction of one organization. */
  read<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}
/** In resolvers: `context.switchboard.service(organizationData)`. Use cases have a transaction of their own. */
export const organizationData = service<OrganizationData>('core.organizationData');

/** Lists of the schema as SQL, for values over all that a list has, such as how many of its rows carry a tag. */
export interface ListedData {
  /**
   * The keys of the rows that a seat finds, as a statement of one column, `key`, to be read in a transaction of the organization.
   * @param most keys at the most, whichever they are
   * @throws FORBIDDEN for a list that is not the seat's to use; what the list's field refuses of its arguments
   */
  keys(list: Listed, seat: Seat, now: Date, most: number): ListedKeys;
}
/** Gives jobs the keys of a root list as a seat finds it now: for acts on lists. */
export const listedData = service<ListedData>('core.listedData');
