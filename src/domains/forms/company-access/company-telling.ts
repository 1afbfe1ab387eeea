import { shared, type UseCase } from '../../../sdk/index.ts';
import { contacts } from '../../contacts/index.ts';
import { formCompanyReaders } from './company-access.entity.ts';

/** Of a form that others of its contact's company may read. */
export interface OfCompany {
  readonly companyId: string;
  readonly contactId: string;
  /** Tells one of them: each has a stream of their own. */
  tell(readerId: string): void;
}

/** Whoever of the company reads it is told what the contact is told, in the same order. */
export const companyTelling = shared<OfCompany>('forms.company-telling', async (use, events) => {
  const readers = await readersOf(use, [...new Set(events.map(({ companyId }) => companyId))]);
  for (const { companyId, contactId, tell } of events)
    for (const reader of readers) if (reader.company_id === companyId && reader.contact_id !== contactId) tell(reader.contact_id);
});

const readersOf = (use: UseCase, companyIds: readonly string[]) =>
  use
    .on(formCompanyReaders, contacts)
    .selectFrom('form_company_readers as given')
    .innerJoin('contacts', (join) =>
      join.onRef('contacts.id', '=', 'given.contact_id').onRef('contacts.company_id', '=', 'given.company_id'),
    )
    .select(['given.contact_id', 'given.company_id'])
    .where('given.company_id', 'in', companyIds)
    .where('contacts.deleted_at', 'is', null)
    .orderBy('given.contact_id')
    .execute();
