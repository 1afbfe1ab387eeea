import type { GuichetBuilder, InputMaker, Sharee, UseCase } from '../../sdk/index.ts';
import { Department, Employee } from '../directory/index.ts';
import { Contact, ContactShare } from './contact.refs.ts';
import { shareContact, unshareContact } from './contact-sharing.service.ts';
import { contact } from './permissions.ts';

const named = (t: InputMaker) => ({
  contactId: t.globalId(Contact, { description: 'The contact.' }),
  employeeId: t.globalId(Employee, { description: 'The employee; or name a department.', required: false }),
  departmentId: t.globalId(Department, {
    description: 'The department, with those below it; or name an employee.',
    required: false,
  }),
});
type Named = { readonly contactId: string; readonly employeeId?: string; readonly departmentId?: string };
const shareeOf = ({ employeeId, departmentId }: Named): Sharee => ({ employeeId: employeeId ?? null, departmentId: departmentId ?? null });

async function guard(use: UseCase, { contactId, employeeId, departmentId }: Named): Promise<void> {
  await use.authorize('Contact', contactId, contact.edit, { path: ['input', 'contactId'] });
  if (employeeId) await use.find('Employee', employeeId, ['input', 'employeeId']);
  if (departmentId) await use.find('Department', departmentId, ['input', 'departmentId']);
}

export function sharingMutations(builder: GuichetBuilder): void {
  builder.useCase('shareContact', {
    description: 'Shares a contact with an employee or a department. Shared again, the end and the reason are the new ones.',
    rule: contact.edit,
    doesOnce: true,
    input: (t) => ({
      ...named(t),
      until: t.instant({ description: 'When the share ends by itself.', required: false }),
      reason: t.text({ description: 'Why.', required: false, max: 200 }),
    }),
    guard,
    run: async (use, given) => {
      const { contactId, until = null, reason = null } = given;
      return { contact: contactId, share: await shareContact(use, { contactId, ...shareeOf(given), until, reason }) };
    },
    success: (t) => ({
      contact: t.loaded(Contact, 'contact', { description: 'The contact.', rule: contact.seen }),
      share: t.loaded(ContactShare, 'share', { description: 'The share.', rule: contact.insiders }),
    }),
  });
  builder.useCase('unshareContact', {
    description: 'Ends a share.',
    rule: contact.edit,
    input: named,
    guard,
    run: async (use, given) => {
      await unshareContact(use, given.contactId, shareeOf(given));
      return { contact: given.contactId };
    },
    success: (t) => ({ contact: t.loaded(Contact, 'contact', { description: 'The contact.', rule: contact.seen }) }),
  });
}
