import { encodeGlobalId, type GuichetBuilder, liveCursor, topic } from '../../sdk/index.ts';
import { Contact, contact } from '../contacts/index.ts';
import { Interaction } from './interaction.refs.ts';

const rule = contact.insiders;
/** What is new on timelines: events are about the contact, and name the entry (`entryId`). */
export const timelineTopic = topic('TIMELINE', 'Contact');

/** Timelines, live (spec 4.6). */
export function timelineSubscription(builder: GuichetBuilder): void {
  builder.connectionFields(Interaction, (t) => ({ liveCursor: liveCursor(t, { staff: rule }) }));
  builder.live('contactTimeline', {
    description:
      'The timeline of one contact, live, for whoever reads it. What is done to more than a hundred contacts at once is not told: the timeline has it when it is read again.',
    rule,
    topic: timelineTopic,
    event: 'ContactTimelineEvent',
    eventDescription: 'There is something new on the timeline of a contact. `kind` is `ADDED`: an entry has come.',
    args: (t) => ({ contactId: t.globalId(Contact, { description: 'Global id of the contact.' }) }),
    about: { type: Contact, arg: 'contactId' },
    stream: ({ organizationId }, { contactId }) => ({
      stream: organizationId,
      subject: contactId,
      payload: ({ facts }) => ({ entryId: facts.entryId as string }),
    }),
    fields: (t) => ({
      entryId: t.id({
        description: 'Id of the entry, also where you can no longer read it.',
        rule,
        resolve: ({ entryId }) => encodeGlobalId('Interaction', entryId),
      }),
      entry: t.loaded(Interaction, 'entryId', { description: 'The entry; null where you can no longer read it.', rule }),
    }),
  });
}
