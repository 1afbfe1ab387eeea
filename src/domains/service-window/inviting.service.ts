import { contactInvited, type Rule, type UseCase, windowSuspended } from '../../sdk/index.ts';
import { type BulkDone, contact, contacts, toEachContact } from '../contacts/index.ts';
import { organizations } from '../organization/index.ts';
import { alreadyInvited, phoneNotMobile, windowNotOpen } from './errors.ts';
import { serviceWindow } from './permissions.ts';
import { serviceWindows, windowLeavings, windowMembers } from './service-window.entity.ts';

/** Bulk acts are the admins' (spec 2.3); whoever edits a contact invites it. */
const ruleFor = (contactIds: readonly string[]): Rule => (new Set(contactIds).size > 1 ? serviceWindow.inviteMany : contact.edit);

/**
 * Lets contacts in at the window, each by itself (spec 3.14, 5.3).
 * @throws WindowNotOpen, WindowSuspended: then it is nobody's
 */
export async function inviteContacts(use: UseCase, contactIds: readonly string[], rule = ruleFor(contactIds)): Promise<BulkDone> {
  const how = {
    success: 'InviteContactsItemSuccess',
    rule,
    whenHeld: async () => {
      await holdOpenWindow(use);
      return undefined;
    },
  };
  return { results: await toEachContact(use, contactIds, how, (contactId) => invite(use, contactId)) };
}

/** It stays open until the use case ends. @throws WindowNotOpen, WindowSuspended */
export async function holdOpenWindow(use: UseCase): Promise<void> {
  const found = await use
    .on(serviceWindows, organizations)
    .selectFrom('service_windows')
    .innerJoin('organizations', 'organizations.organization_id', 'service_windows.organization_id')
    .select('certification')
    .forShare('organizations')
    .executeTakeFirst();
  if (!found) throw windowNotOpen({});
  if (found.certification !== 'ADVANCED') throw windowSuspended({});
}

/** Lets in a contact whose row is locked. @throws PhoneNotMobile, AlreadyInvited */
async function invite(use: UseCase, contactId: string): Promise<void> {
  const db = use.on(windowMembers, contacts);
  const { is_mobile: isMobile } = await db.selectFrom('contacts').select('is_mobile').where('id', '=', contactId).executeTakeFirstOrThrow();
  if (!isMobile) throw phoneNotMobile({});
  if (!(await letIn(use, contactId))) throw alreadyInvited({});
}

/** Makes a contact with a mobile, whose row is locked, a member of the window that is held open. @returns whether it was none. */
export async function letIn(use: UseCase, contactId: string): Promise<boolean> {
  const db = use.on(windowMembers, windowLeavings);
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('window_members')
    .values({ organization_id: use.organizationId, contact_id: contactId, joined_at: use.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!added) return false;
  await db.deleteFrom('window_leavings').where('contact_id', '=', contactId).execute();
  await use.announce(contactInvited({ contactId }));
  return true;
}
