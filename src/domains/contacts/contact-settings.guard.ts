import { forbidden, type UseCase } from '../../sdk/index.ts';

/** Settings need the right for the whole organization (spec 2.3b). @throws FORBIDDEN where it is limited to departments. */
export async function forWholeOrganization({ seat }: UseCase): Promise<void> {
  if (seat.rights.get('CONTACTS') !== 'ALL') throw forbidden();
}
