import { contactDeleted, contactOwnerChanged, invalid, listen, shared, type UseCase } from '../../../sdk/index.ts';
import { contactHistory, contacts, recordOfEach } from '../../contacts/index.ts';
import { noteInteraction } from '../../interactions/index.ts';
import { businessForms } from '../form.entity.ts';
import { FormCompanyReader, formCompanyReaders } from './company-access.entity.ts';
import { COMPANY_ACCESS } from './company-access.words.ts';

type Access = 'SELF' | 'COMPANY';
const NO_COMPANY = {
  en: 'The contact belongs to no company: there are no others whose forms it could read.',
  'zh-CN': '该联系人不属于任何公司，没有可读取的同事业务单。',
};

/** Gives a contact, which is locked, the forms of its company's others, or takes them away. @throws ValidationFailed where it has no company */
export async function setCompanyAccess(use: UseCase, { contactId, access }: { contactId: string; access: Access }): Promise<void> {
  const { company_id } = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('company_id')
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
  if (access === 'SELF') return end(use, contactId);
  if (company_id === null) throw invalid(['input', 'contactId'], 'NO_COMPANY', NO_COMPANY);
  const own = { contact_id: contactId, company_id, given_by_id: use.seat.id, since: use.now };
  const before = await held(use, contactId);
  if (before?.company_id === company_id) return;
  if (before) await take(use, contactId);
  use.on(FormCompanyReader).add(own);
  await nameCompanies(use, company_id);
  note(use, contactId, true);
}

const held = (use: UseCase, contactId: string) =>
  use
    .on(formCompanyReaders)
    .selectFrom('form_company_readers')
    .select('company_id')
    .where('contact_id', '=', contactId)
    .forUpdate()
    .executeTakeFirst();
const take = (use: UseCase, contactId: string) =>
  use.on(formCompanyReaders).deleteFrom('form_company_readers').where('contact_id', '=', contactId).executeTakeFirst();

async function end(use: UseCase, contactId: string): Promise<void> {
  const { numDeletedRows } = await take(use, contactId);
  if (numDeletedRows > 0) note(use, contactId, false);
}

/** Stands on the contact's timeline and in its history. */
function note(use: UseCase, contactId: string, isGiven: boolean): void {
  noteInteraction(use, { contactId, kind: COMPANY_ACCESS, added: isGiven });
  const [old, now] = isGiven ? ['SELF', 'COMPANY'] : ['COMPANY', 'SELF'];
  recordOfEach(use, [{ contactId, field: 'companyAccess', old: old!, new: now! }]);
}

/**
 * Forms that were handed in before forms kept their company are its, where their contact has belonged to no other since: by the time when
 * somebody is to read them.
 */
const nameCompanies = (use: UseCase, companyId: string) =>
  use
    .on(businessForms, contacts, contactHistory)
    .updateTable('business_forms as form')
    .set({ company_id: companyId })
    .where('form.company_id', 'is', null)
    .where('form.contact_id', 'in', (of) => of.selectFrom('contacts').select('contacts.id').where('contacts.company_id', '=', companyId))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('contact_history as changed')
            .select('changed.id')
            .whereRef('changed.contact_id', '=', 'form.contact_id')
            .where('changed.field', '=', 'company')
            .whereRef('changed.at', '>=', 'form.submitted_at'),
        ),
      ),
    )
    .execute();

const endings = shared<string>('forms.company-access', async (use, contactIds) => {
  for (const id of [...new Set(contactIds)].sort()) await end(use, id);
});
/** It was given by those who answered for the contact: whoever does after them gives it again. */
export const endingOfAccess = [
  listen(contactOwnerChanged, async (use, { contactId }) => use.last(endings, contactId)),
  listen(contactDeleted, async (use, { contactId }) => use.last(endings, contactId)),
];
