import { type GuichetBuilder, type InputMaker, type PayloadFields, types, type UseCase, versionConflict } from '../../sdk/index.ts';
import { Employee, phoneFollowsAccount } from '../directory/index.ts';
import { contactPhoneTaken, contactQuotaReached, phoneBelongsToEmployee, type ShareGranter } from './contact.errors.ts';
import { Contact } from './contact.refs.ts';
import { addContact, findOwner } from './contact-adding.service.ts';
import { contactDetails, customFields } from './contact-details.input.ts';
import { contactNow, expectVersion, updateContact, writeContact } from './contact-editing.service.ts';
import { holdFields } from './contact-field.service.ts';
import { changePhone } from './contact-moving.service.ts';
import { changeTags, tagsOf, tagsOfContact, withTag } from './contact-tagging.service.ts';
import { type FurtherPhoneInput, furtherPhoneTypes } from './further-phones.graphql.ts';
import { knownElsewhere } from './further-phones.service.ts';
import { contact } from './permissions.ts';
import { Tag } from './tag.refs.ts';

const MOST_TAGS = 100;
const TAG_IDS = ['input', 'tagIds'];
const EMPTY = 'An empty text takes it away.';
const contactId = (t: InputMaker) => t.globalId(Contact, { description: 'The contact.' });
const success = (t: PayloadFields<{ contact: string }>) => ({
  contact: t.loaded(Contact, 'contact', { description: 'The contact as it is now; null where you lost sight of it.', rule: contact.seen }),
});
const knownPhones = (t: PayloadFields<{ known: readonly string[] }>) => ({
  knownPhones: t.field({
    type: ['String'],
    description:
      'Further numbers, new ones, that are the main number of another contact or of an employee: they were taken all the same. Each is one of the 20 answers about phones of a day; beyond these nothing is said.',
    rule: contact.add,
    resolve: ({ known }) => [...known],
  }),
});
const mayEdit = (use: UseCase, id: string): Promise<void> => use.authorize('Contact', id, contact.edit, { path: ['input', 'contactId'] });

/** Mutations of one contact (spec 3.1, 3.7, 3.9). */
export function contactMutations(builder: GuichetBuilder): void {
  builder.objectRef<ShareGranter>('ShareGranter').implement({
    description: 'Somebody who can share a contact with you: the name, nothing else (spec 3.4).',
    fields: (t) => ({ name: t.exposeString('name', { description: 'Name of the employee.', rule: contact.add }) }),
  });
  const phones = furtherPhoneTypes(builder);
  declareAdding(builder, phones);
  declareEditing(builder, phones);
  declareTagging(builder);
}

function declareAdding(builder: GuichetBuilder, { Given, most }: FurtherPhoneInput): void {
  builder.useCase('addContact', {
    description: 'Adds a contact. You become its owner unless you name another (spec 3.1).',
    rule: contact.add,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Name.', max: 100 }),
      phone: t.phoneNumber({
        description:
          'Main phone; without a country code it is read as of the organization’s country. An extension may follow: `转802`, `ext 802`.',
      }),
      tagIds: t.globalIds(Tag, { description: 'Its tags: at least one, of each group at most one.', least: 1, most: MOST_TAGS }),
      ownerId: t.nullableId(Employee, {
        description: 'The employee who answers for it; null for nobody, you where it is left out.',
      }),
      ...contactDetails(t),
      customFields: customFields(t, 'Values of the organization’s own fields, each once; all that are required.'),
      furtherPhones: t.listOf(Given, { description: 'Further numbers.', required: false, most }),
      cardId: t.nullableId(types.ContactCard, {
        description:
          'The business card that it is added from, which stays with the contact for good: one of `readContactCard` that is yours.',
      }),
    }),
    refusals: [phoneBelongsToEmployee, contactPhoneTaken, contactQuotaReached],
    guard: async (use, { tagIds, ownerId, cardId }) => {
      await holdFields(use);
      await tagsOf(use, tagIds, TAG_IDS);
      if (ownerId) await findOwner(use, ownerId, ['input', 'ownerId']);
      if (cardId) await use.find('ContactCard', cardId, ['input', 'cardId']);
    },
    run: async (use, given) => {
      const id = await addContact(use, given);
      const known = given.furtherPhones?.length ? await knownElsewhere(use, (await contactNow(use, id)).further_phones) : [];
      return { contact: id, known };
    },
    success: (t: PayloadFields<{ contact: string; known: readonly string[] }>) => ({ ...success(t as never), ...knownPhones(t) }),
  });
}

function declareEditing(builder: GuichetBuilder, { Given, most }: FurtherPhoneInput): void {
  builder.useCase('updateContact', {
    description: 'Edits everything but the phone and the owner (spec 3.7). What is left out stays as it is.',
    rule: contact.edit,
    input: (t) => ({
      contactId: contactId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      name: t.name({ description: 'Name.', required: false, max: 100 }),
      tagIds: t.globalIds(Tag, {
        description: 'Its tags from now on: at least one, of each group at most one.',
        required: false,
        least: 1,
        most: MOST_TAGS,
      }),
      ...contactDetails(t, EMPTY),
      customFields: customFields(
        t,
        'Values of the organization’s own fields, each once; what is left out stays as it is. What is required by now must be there.',
      ),
      furtherPhones: t.listOf(Given, {
        description: 'Further numbers from now on; left out, they stay as they are.',
        required: false,
        most,
      }),
    }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await holdFields(use);
      await mayEdit(use, given.contactId);
      const tags = given.tagIds && (await tagsOf(use, given.tagIds, TAG_IDS));
      return { tags, now: await expectVersion(use, given.contactId, given.expectedVersion) };
    },
    run: async (use, given, { tags, now }) => {
      await updateContact(use, now, { ...given, tags });
      if (!given.furtherPhones?.length) return { contact: given.contactId, known: [] };
      const before = now.further_phones.map(({ phone }) => phone);
      const after = (await contactNow(use, given.contactId)).further_phones;
      return {
        contact: given.contactId,
        known: await knownElsewhere(
          use,
          after.filter(({ phone }) => !before.includes(phone)),
        ),
      };
    },
    success: (t: PayloadFields<{ contact: string; known: readonly string[] }>) => ({ ...success(t as never), ...knownPhones(t) }),
  });
  builder.useCase('changeContactPhone', {
    description: 'Moves a contact to a new number; its timeline, forms, files and shares stay (spec 3.7).',
    rule: contact.edit,
    input: (t) => ({ contactId: contactId(t), phone: t.phoneNumber({ description: 'The new main phone.' }) }),
    refusals: [phoneFollowsAccount, phoneBelongsToEmployee, contactPhoneTaken],
    guard: (use, given) => mayEdit(use, given.contactId),
    run: async (use, given) => {
      await changePhone(use, given.contactId, given.phone);
      return { contact: given.contactId };
    },
    success,
  });
}

function declareTagging(builder: GuichetBuilder): void {
  const input = (t: InputMaker) => ({ contactId: contactId(t), tagId: t.globalId(Tag, { description: 'The tag.' }) });
  const guard = async (use: UseCase, given: { readonly contactId: string; readonly tagId: string }) => {
    await mayEdit(use, given.contactId);
    const [tag] = await tagsOf(use, [given.tagId], ['input', 'tagId']);
    return { tag: tag!, before: await tagsOfContact(use, given.contactId) };
  };
  type Found = Awaited<ReturnType<typeof guard>>;
  const change = async (use: UseCase, id: string, { before }: Found, after: Found['before']) => {
    if (await changeTags(use, id, before, after, ['input', 'tagId'])) writeContact(use, id, {});
    return { contact: id };
  };
  builder.useCase('tagContact', {
    description: 'Sets a tag; it takes the place of the one that the contact has of the same group (spec 3.9).',
    rule: contact.edit,
    input,
    guard,
    run: (use, { contactId: id }, found) =>
      change(use, id, found, found.before.some((tag) => tag.id === found.tag.id) ? found.before : withTag(found.before, found.tag)),
    success,
  });
  builder.useCase('untagContact', {
    description: 'Takes a tag away; the last one stays, because a contact has at least one.',
    rule: contact.edit,
    input,
    guard,
    run: (use, { contactId: id }, found) =>
      change(
        use,
        id,
        found,
        found.before.filter((tag) => tag.id !== found.tag.id),
      ),
    success,
  });
}
