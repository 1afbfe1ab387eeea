import { entityRef, exists, type GuichetBuilder, sql } from '../../../sdk/index.ts';
import { Contact, contact } from '../../contacts/index.ts';
import { Interaction, interactions } from '../../interactions/index.ts';
import { BusinessForm } from '../form.refs.ts';
import { mayBeAtWindow } from '../form-window.ts';
import { FORM_COMPANY_READER, form } from '../permissions.ts';
import { formCompanyReaders } from './company-access.entity.ts';
import { setCompanyAccess } from './company-access.service.ts';
import { COMPANY_ACCESS, CompanyAccess } from './company-access.words.ts';

const CompanyAccessInteraction = entityRef('CompanyAccessInteraction', interactions);

/** Forms of a company’s other contacts, for those to whom the organization gave them (spec 2.2). */
export function companyAccessTypes(builder: GuichetBuilder): void {
  builder.words(CompanyAccess);
  builder.entityFields(Contact, (t) => ({
    companyAccess: t.expression(
      CompanyAccess,
      (row) =>
        sql`case when ${exists(
          row,
          { given: formCompanyReaders },
          ({ given }) => sql`${given.contact_id} = ${row.id} and ${given.company_id} = ${row.company_id}`,
        )} then 'COMPANY' else 'SELF' end`,
      { description: 'Whose forms it reads at the window.', rule: contact.own },
    ),
  }));
  builder.entityKind(CompanyAccessInteraction, Interaction, {
    value: COMPANY_ACCESS,
    description: 'The contact was given the forms of its company’s other contacts, or reads its own alone again.',
    fields: (t) => ({
      added: t.column('added', { description: 'True where they were given, false where that was ended.', rule: contact.insiders }),
    }),
  });
  builder.queryField('companyForms', (t) =>
    t.entityPages(BusinessForm, {
      description: 'Forms of the other contacts of your company, where the organization lets you read them; none where it does not.',
      rule: form.ofCompany,
      check: mayBeAtWindow,
      listedBy: () => [FORM_COMPANY_READER],
    }),
  );
  builder.useCase('setCompanyAccess', {
    description:
      'Says whose forms a contact reads at the window: its own, or also those of the other contacts of its company. It reads them, and acts on none. It ends when the contact gets another owner, another company, or is deleted.',
    rule: form.giveCompany,
    input: (t) => ({
      contactId: t.globalId(Contact, { description: 'The contact.' }),
      access: t.choice(CompanyAccess, { description: 'Whose forms it reads from now on.' }),
    }),
    guard: (use, { contactId }) => use.authorize('Contact', contactId, form.giveCompany, { path: ['input', 'contactId'] }),
    run: async (use, given) => {
      await setCompanyAccess(use, given);
      return { contact: given.contactId };
    },
    success: (t) => ({ contact: t.loaded(Contact, 'contact', { description: 'The contact as it is now.', rule: contact.seen }) }),
  });
}
