import { input, type RootFields, type SchemaDoor, type Sharee, type UseCase } from '../../sdk/index.ts';
import { shareContact, unshareContact } from './contact-sharing.service.ts';
import { contact } from './permissions.ts';

const named = {
  contactId: input.id('Contact', 'The contact.'),
  employeeId: input.optional(input.id('Employee', 'The employee; or name a department.')),
  departmentId: input.optional(input.id('Department', 'The department, with those below it; or name an employee.')),
};
type Named = { readonly contactId: string; readonly employeeId?: string; readonly departmentId?: string };
const shareeOf = ({ employeeId, departmentId }: Named): Sharee => ({ employeeId: employeeId ?? null, departmentId: departmentId ?? null });

async function guard(use: UseCase, { contactId, employeeId, departmentId }: Named): Promise<void> {
  await use.authorize('Contact', contactId, contact.edit, { path: ['input', 'contactId'] });
  if (employeeId) await use.find('Employee', employeeId, ['input', 'employeeId']);
  if (departmentId) await use.find('Department', departmentId, ['input', 'departmentId']);
}

export function sharingMutations(door: SchemaDoor): void {
  const contactOf = (t: RootFields) => ({
    contact: t.fromSource('Contact', 'contact', { description: 'The contact.', rule: contact.seen }),
  });
  door.mutation('shareContact', {
    description: 'Shares a contact with an employee or a department. Shared again, the end and the reason are the new ones.',
    rule: contact.edit,
    doesOnce: true,
    input: {
      ...named,
      until: input.optional(input.instant('When the share ends by itself.')),
      reason: input.optional(input.text('Why.', { max: 200 })),
    },
    success: (t) => ({
      ...contactOf(t),
      share: t.fromSource('ContactShare', 'share', { description: 'The share.', rule: contact.insiders }),
    }),
    guard,
    run: async (use: UseCase, given) => {
      const { contactId, until = null, reason = null } = given;
      return { contact: contactId, share: await shareContact(use, { contactId, ...shareeOf(given), until, reason }) };
    },
  });
  door.mutation('unshareContact', {
    description: 'Ends a share.',
    rule: contact.edit,
    input: named,
    success: contactOf,
    guard,
    run: async (use: UseCase, given) => {
      await unshareContact(use, given.contactId, shareeOf(given));
      return { contact: given.contactId };
    },
  });
}
