import { refs, tenantEntity } from '../../../sdk/index.ts';

/** Contacts to whom the organization gave the forms of the others of their company (spec 2.2). */
export const FormCompanyReader = tenantEntity(
  'form_company_readers',
  (t) => ({
    contactId: t.idOf(() => refs.Contact, 'cascade').primary(),
    /** The company that it was given for: in another one the contact reads nothing. */
    companyId: t.idOf('companies', 'cascade'),
    givenById: t.idOf(() => refs.Employee),
    since: t.timestamptz(),
  }),
  { indexes: { form_company_readers_company: { columns: ['companyId', 'contactId'] } } },
);

export const formCompanyReaders = FormCompanyReader.table;
