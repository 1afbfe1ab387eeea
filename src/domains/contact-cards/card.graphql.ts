import { EXTERNAL, FILE_READER, type GuichetBuilder, heldToward, sql, types, type UseCase, way } from '../../sdk/index.ts';
import { Contact, PhoneKindName, rolesThroughContact } from '../contacts/index.ts';
import { type CardDraft, type CardPhone, contactCards } from './card.entity.ts';
import { cardsAreNotRead } from './card.errors.ts';
import { ContactCard, ContactCardDraft, ContactCardFault, ContactCardState } from './card.refs.ts';
import { recognizerOf, takeCard } from './card.service.ts';
import { readCard } from './card-reading.job.ts';
import { CARD_SENDER, contactCard } from './permissions.ts';

const rule = contactCard.read;

/** Business cards (spec 3.11). */
export function cardTypes(builder: GuichetBuilder): void {
  builder.words(ContactCardState);
  builder.words(ContactCardFault);
  declareCard(builder);
  declareDraft(builder);
  builder.entityFields(Contact, (t) => ({
    card: t.one(ContactCard, {
      on: (contact, card) => sql`${card.contact_id} = ${contact.id}`,
      description: 'The business card that it was added from, for good; null where it was added in another way.',
      rule,
    }),
  }));
  builder.queryField('contactCard', (t) =>
    t.entity(ContactCard, {
      description: 'One business card. Null where your seat cannot see it.',
      rule,
      args: { id: t.arg.globalId(ContactCard, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', ContactCard)}`,
    }),
  );
  declareReading(builder);
}

function declareCard(builder: GuichetBuilder): void {
  builder.entity(ContactCard, {
    description: 'A photographed business card (spec 3.11). Its picture is never replaced.',
    roles: [
      ...rolesThroughContact(contactCards, (row, of) => sql`${of.id} = ${row.contact_id}`).filter(({ role }) => role !== EXTERNAL),
      heldToward(CARD_SENDER, [
        way(contactCards, {}, ({ row, seat }) => sql`${row.employee_id} = ${seat.me} and ${row.contact_id} is null`),
      ]),
    ],
    listedFor: rule.roles,
    reachableFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      createdAt: t.column('created_at', { description: 'When it was sent.', rule }),
      state: t.column('state', { type: ContactCardState, description: 'Where it stands.', rule }),
      fault: t.column('fault', { type: ContactCardFault, description: 'Why it could not be read.', rule }),
      image: t.one(types.File, {
        on: (card, file) => sql`${file.id} = ${card.file_id}`,
        proves: [FILE_READER],
        description: 'Its picture.',
        rule,
      }),
      reading: t.expression('String', (card) => sql`${card.reading} ->> 'text'`, {
        description: 'Everything that was read, line by line: it stays as it is, whatever becomes of the contact.',
        rule,
      }),
      draft: t.sameRow(ContactCardDraft, { description: 'What a contact would be added with: empty until it was read.', rule }),
    }),
  });
}

function declareDraft(builder: GuichetBuilder): void {
  const Phone = builder.objectRef<CardPhone>('ContactCardPhone').implement({
    description: 'A number of a card beside the main one.',
    fields: (t) => ({
      phone: t.exposeString('phone', { description: 'As it stands on the card.', rule }),
      kind: t.field({ type: PhoneKindName, description: 'What it is.', rule, resolve: ({ kind }) => kind }),
      confidence: t.exposeFloat('confidence', { description: 'How sure it is, from 0 to 1.', rule }),
    }),
  });
  const Confidence = builder.objectRef<CardDraft['confidence']>('ContactCardConfidence').implement({
    description: 'How sure each field of a draft is, from 0 to 1; null for what was not found.',
    fields: (t) => {
      const of = (field: keyof CardDraft['confidence'], description: string) =>
        t.float({ nullable: true, description, rule, resolve: (draft) => draft[field] ?? null });
      return {
        name: of('name', 'Of the name.'),
        phone: of('phone', 'Of the main number.'),
        company: of('company', 'Of the company.'),
        position: of('position', 'Of the position.'),
        email: of('email', 'Of the email address.'),
        address: of('address', 'Of the address.'),
      };
    },
  });
  builder.entityPart(ContactCardDraft, {
    description: 'What was read of a card, to be looked at and mended before a contact is added with it.',
    fields: (t) => ({
      name: t.expression('String', ({ draft }) => sql`${draft} ->> 'name'`, { description: 'Name.', rule }),
      phone: t.expression('String', ({ draft }) => sql`${draft} ->> 'phone'`, {
        description: 'The main number, as it stands on the card: a mobile, where there is one.',
        rule,
      }),
      company: t.expression('String', ({ draft }) => sql`${draft} ->> 'company'`, { description: 'Company.', rule }),
      position: t.expression('String', ({ draft }) => sql`${draft} ->> 'position'`, { description: 'What they do there.', rule }),
      email: t.expression('String', ({ draft }) => sql`${draft} ->> 'email'`, { description: 'Email address.', rule }),
      address: t.expression('String', ({ draft }) => sql`${draft} ->> 'address'`, { description: 'Address.', rule }),
      furtherPhones: t.field({
        type: [Phone],
        description: 'Further numbers.',
        rule,
        needs: ['draft'],
        resolve: ({ draft }) => [...(draft?.furtherPhones ?? [])],
      }),
      confidence: t.field({
        type: Confidence,
        description: 'How sure each of these is.',
        rule,
        needs: ['draft'],
        resolve: ({ draft }) => draft?.confidence ?? {},
      }),
    }),
  });
}

function declareReading(builder: GuichetBuilder): void {
  builder.useCase('readContactCard', {
    description:
      'Reads a photographed business card, as a job: `contactCard` has what was read when that is done. Nothing is added; `addContact` takes the card. One that becomes no contact goes after a week.',
    rule: contactCard.add,
    doesOnce: true,
    input: (t) => ({ uploadId: t.globalId(types.File, { description: 'The photo, sent by `createUpload` for `BUSINESS_CARD`.' }) }),
    refusals: [cardsAreNotRead],
    run: async (use: UseCase, { uploadId }) => {
      await recognizerOf(use);
      const card = await takeCard(use, uploadId);
      return { card, job: use.startJob(readCard, { cardId: card }) };
    },
    success: (t) => ({
      card: t.loaded(ContactCard, 'card', { description: 'The card.', rule }),
      job: t.loaded(types.Job, 'job', { description: 'The work of reading it.', rule: contactCard.add }),
    }),
  });
}
