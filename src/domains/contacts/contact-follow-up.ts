import { type GuichetBuilder, invalid, type UseCase } from '../../sdk/index.ts';
import { NEVER } from './contact.entity.ts';
import { Contact } from './contact.refs.ts';
import { contactNow, writeContact } from './contact-editing.service.ts';
import { recordChanges } from './contact-history.service.ts';
import { contact } from './permissions.ts';

const NOTE = 500;

/** The next follow-up of a contact (spec 3.18). */
export function followUpMutations(builder: GuichetBuilder): void {
  builder.useCase('setFollowUp', {
    description:
      'Says when somebody is to get in touch with a contact again, or that nobody is. `contacts(list: DUE)` has your own that are due.',
    rule: contact.edit,
    input: (t) => ({
      contactId: t.globalId(Contact, { description: 'The contact.' }),
      on: t.day({ description: 'The day, in the organization’s time zone; left out or null, there is none.', required: false }),
      note: t.text({ description: 'What it is about.', required: false, max: NOTE }),
    }),
    guard: (use, { contactId }) => use.authorize('Contact', contactId, contact.edit, { path: ['input', 'contactId'] }),
    run: async (use, { contactId, on = null, note = null }) => {
      await setFollowUp(use, contactId, { on, note });
      return { contact: contactId };
    },
    success: (t) => ({ contact: t.loaded(Contact, 'contact', { description: 'The contact as it is now.', rule: contact.seen }) }),
  });
}

/** The contact's row is locked. @throws ValidationFailed for a note to no day */
async function setFollowUp(use: UseCase, contactId: string, { on, note }: { on: string | null; note: string | null }): Promise<void> {
  if (note && !on) throw invalid(['input', 'on'], 'DAY_NEEDED', { en: 'A note belongs to a day.', 'zh-CN': '跟进备注需要对应日期。' });
  const now = await contactNow(use, contactId);
  if (now.follow_up_on === on && now.follow_up_note === note) return;
  writeContact(use, contactId, { follow_up_on: on, follow_up_note: note, follow_up_order: on ?? NEVER });
  recordChanges(use, contactId, [
    { field: 'followUpOn', old: now.follow_up_on, new: on },
    { field: 'followUpNote', old: now.follow_up_note, new: note },
  ]);
}
