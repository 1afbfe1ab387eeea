import { exists, type GuichetBuilder, sql, versionConflict, windowSuspended, words } from '../../sdk/index.ts';
import { type BulkAct, Contact, chosenContacts, contact, contactsGiven, doOrBegin, itemResultsOrJob, notYours } from '../contacts/index.ts';
import { alreadyInvited, certificationRequired, phoneNotMobile, windowNotOpen } from './errors.ts';
import { inviteContacts } from './inviting.service.ts';
import { serviceWindow } from './permissions.ts';
import { windowLeavings, windowMembers } from './service-window.entity.ts';
import { ServiceWindow } from './service-window.refs.ts';
import { leaveWindow } from './window-leaving.service.ts';
import { openServiceWindow } from './window-opening.service.ts';
import { findWindow, updateWindow } from './window-updating.service.ts';

const WELCOME_LENGTH = 500;

const WindowStatus = words('WindowStatus', 'How a contact stands to the service window. More words may come: have a default branch.', {
  NOT_INVITED: 'It has not been let in.',
  INVITED: 'It is let in: signed in, it sees the window.',
  LEFT: 'It has taken the window off its list, and can be invited again.',
});

/** Inviting all contacts of a list (spec 3.14). */
export const invites: BulkAct = {
  name: 'inviteContacts',
  run: async (use, ids) => (await inviteContacts(use, ids, serviceWindow.inviteMany)).results,
};

/** Opening the window, and letting contacts in (spec 5.1, 5.3). */
export function windowMutations(builder: GuichetBuilder): void {
  builder.words(WindowStatus);
  builder.entityFields(Contact, (t) => ({
    windowStatus: t.expression(
      WindowStatus,
      (row) =>
        sql`case when ${exists(row, { member: windowMembers }, ({ member }) => sql`${member.contact_id} = ${row.id}`)} then 'INVITED' when ${exists(row, { gone: windowLeavings }, ({ gone }) => sql`${gone.contact_id} = ${row.id}`)} then 'LEFT' else 'NOT_INVITED' end`,
      { description: 'How it stands to the service window.', rule: contact.insiders },
    ),
  }));
  builder.useCase('openServiceWindow', {
    description: 'Opens the organization’s service window, for good. One that is open already is answered as it is (spec 5.1).',
    rule: serviceWindow.open,
    doesOnce: true,
    input: () => ({}),
    refusals: [certificationRequired],
    run: (use) => openServiceWindow(use),
    success: (t) => ({ window: t.loaded(ServiceWindow, 'window', { description: 'The window.', rule: serviceWindow.read }) }),
  });
  builder.useCase('updateServiceWindow', {
    description: 'Changes what the window shows. What is left out stays as it is.',
    rule: serviceWindow.manage,
    input: (t) => ({
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      welcome: t.text({
        description: 'What contacts are greeted with, on the page of a link too. An empty text takes it away.',
        required: false,
        min: 0,
        max: WELCOME_LENGTH,
      }),
    }),
    refusals: [windowNotOpen, versionConflict],
    guard: (use, { expectedVersion }) => findWindow(use, expectedVersion),
    run: async (use, given, window) => updateWindow(use, window, given),
    success: (t) => ({ window: t.loaded(ServiceWindow, 'window', { description: 'The window.', rule: serviceWindow.read }) }),
  });
  builder.useCase('leaveServiceWindow', {
    description:
      'Takes the window off your list: you find nothing in it any more until you are invited again (spec 5.4). Your inbox keeps what it was told.',
    rule: serviceWindow.leave,
    doesOnce: true,
    input: () => ({}),
    refusals: [windowSuspended],
    run: (use) => leaveWindow(use),
    success: (t) => ({ left: t.exposeBoolean('left', { description: 'That you have left.', rule: serviceWindow.leave }) }),
  });
  const refusals = [notYours, phoneNotMobile, alreadyInvited];
  builder.useCase('inviteContacts', {
    description:
      'Lets contacts in at the service window. One: whoever may edit it. Several at once: admins with the right CONTACTS (spec 3.14, 5.3).',
    rule: contact.edit,
    doesOnce: true,
    input: contactsGiven,
    refusals: [windowNotOpen, windowSuspended, ...refusals],
    guard: chosenContacts,
    run: (use, _, chosen) => doOrBegin(use, chosen, { act: invites.name, given: {}, run: (ids) => inviteContacts(use, ids) }),
    success: itemResultsOrJob(builder, 'InviteContacts', contact.edit, refusals),
  });
}
