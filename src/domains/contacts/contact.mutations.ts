import { input, type RootFields, type SchemaDoor, type UseCase, versionConflict } from '../../sdk/index.ts';
import { contactPhoneTaken, contactQuotaReached, phoneBelongsToEmployee, phoneFollowsAccount } from './contact.errors.ts';
import { addContact, findOwner } from './contact-adding.service.ts';
import { expectVersion, updateContact, writeContact } from './contact-editing.service.ts';
import { changePhone } from './contact-moving.service.ts';
import { changeTags, tagsOf, tagsOfContact, withTag } from './contact-tagging.service.ts';
import { contact } from './permissions.ts';

const MOST_TAGS = 100;
const TAG_IDS = ['input', 'tagIds'];
const EMPTY = 'An empty text takes it away.';
const details = (empty = '') => ({
  company: input.optional(input.text(`Name of the company; made where there is none of that name. ${empty}`.trim(), { min: 0 })),
  position: input.optional(input.text(`What the contact does there. ${empty}`.trim(), { min: 0, max: 100 })),
  address: input.optional(input.text(`Address. ${empty}`.trim(), { min: 0, max: 500 })),
  email: input.optional(input.text(`Email address. ${empty}`.trim(), { min: 0, max: 254 })),
  remark: input.optional(input.text(`What is worth knowing. ${empty}`.trim(), { min: 0, max: 2_000 })),
});
const contactId = input.id('Contact', 'The contact.');
const contactOf = (t: RootFields) => ({
  contact: t.fromSource('Contact', 'contact', {
    description: 'The contact as it is now; null where you lost sight of it.',
    rule: contact.seen,
  }),
});
const mayEdit = (use: UseCase, id: string): Promise<void> => use.authorize('Contact', id, contact.edit, { path: ['input', 'contactId'] });

/** Mutations of one contact (spec 3.1, 3.7, 3.9). */
export function contactMutations(door: SchemaDoor): void {
  door.object('ShareGranter', 'Somebody who can share a contact with you: the name, nothing else (spec 3.4).', {
    name: door.root.plain('String', {
      description: 'Name of the employee.',
      rule: contact.add,
      nullable: false,
      resolve: ({ name }: { name: string }) => name,
    }),
  });
  declareAdding(door);
  declareEditing(door);
  declareTagging(door);
}

function declareAdding(door: SchemaDoor): void {
  door.mutation('addContact', {
    description: 'Adds a contact. You become its owner unless you name another (spec 3.1).',
    rule: contact.add,
    doesOnce: true,
    input: {
      name: input.text('Name.', { max: 100 }),
      phone: input.phoneNumber(
        'Main phone; without a country code it is read as of the organization’s country. An extension may follow: `转802`, `ext 802`.',
      ),
      tagIds: input.ids('Tag', 'Its tags: at least one, of each group at most one.', { least: 1, most: MOST_TAGS }),
      ownerId: input.nullable(input.id('Employee', 'The employee who answers for it; null for nobody, you where it is left out.')),
      ...details(),
    },
    refusals: [phoneBelongsToEmployee, contactPhoneTaken, contactQuotaReached],
    success: contactOf,
    guard: async (use: UseCase, { tagIds, ownerId }) => {
      await tagsOf(use, tagIds, TAG_IDS);
      if (ownerId) await findOwner(use, ownerId, ['input', 'ownerId']);
    },
    run: async (use, given) => ({ contact: await addContact(use, given) }),
  });
}

function declareEditing(door: SchemaDoor): void {
  door.mutation('updateContact', {
    description: 'Edits everything but the phone and the owner (spec 3.7). What is left out stays as it is.',
    rule: contact.edit,
    input: {
      contactId,
      expectedVersion: input.integer('The `version` that you read.'),
      name: input.optional(input.text('Name.', { max: 100 })),
      tagIds: input.optional(
        input.ids('Tag', 'Its tags from now on: at least one, of each group at most one.', { least: 1, most: MOST_TAGS }),
      ),
      ...details(EMPTY),
    },
    refusals: [versionConflict],
    success: contactOf,
    guard: async (use: UseCase, given) => {
      await mayEdit(use, given.contactId);
      const tags = given.tagIds && (await tagsOf(use, given.tagIds, TAG_IDS));
      return { tags, now: await expectVersion(use, given.contactId, given.expectedVersion) };
    },
    run: async (use, given, { tags, now }) => {
      await updateContact(use, now, { ...given, tags });
      return { contact: given.contactId };
    },
  });
  door.mutation('changeContactPhone', {
    description: 'Moves a contact to a new number; its timeline, forms, files and shares stay (spec 3.7).',
    rule: contact.edit,
    input: { contactId, phone: input.phoneNumber('The new main phone.') },
    refusals: [phoneFollowsAccount, phoneBelongsToEmployee, contactPhoneTaken],
    success: contactOf,
    guard: (use: UseCase, given) => mayEdit(use, given.contactId),
    run: async (use, given) => {
      await changePhone(use, given.contactId, given.phone);
      return { contact: given.contactId };
    },
  });
}

function declareTagging(door: SchemaDoor): void {
  const named = { contactId, tagId: input.id('Tag', 'The tag.') };
  const guard = async (use: UseCase, given: { readonly contactId: string; readonly tagId: string }) => {
    await mayEdit(use, given.contactId);
    const [tag] = await tagsOf(use, [given.tagId], ['input', 'tagId']);
    return { tag: tag!, before: await tagsOfContact(use, given.contactId) };
  };
  type Found = Awaited<ReturnType<typeof guard>>;
  const change = async (use: UseCase, id: string, { before }: Found, after: Found['before']) => {
    if (await changeTags(use, id, before, after, ['input', 'tagId'])) await writeContact(use, id, {});
    return { contact: id };
  };
  door.mutation('tagContact', {
    description: 'Sets a tag; it takes the place of the one that the contact has of the same group (spec 3.9).',
    rule: contact.edit,
    input: named,
    success: contactOf,
    guard,
    run: (use: UseCase, given, found: Found) =>
      change(
        use,
        given.contactId,
        found,
        found.before.some(({ id }) => id === found.tag.id) ? found.before : withTag(found.before, found.tag),
      ),
  });
  door.mutation('untagContact', {
    description: 'Takes a tag away; the last one stays, because a contact has at least one.',
    rule: contact.edit,
    input: named,
    success: contactOf,
    guard,
    run: (use: UseCase, given, found: Found) =>
      change(
        use,
        given.contactId,
        found,
        found.before.filter(({ id }) => id !== found.tag.id),
      ),
  });
}
