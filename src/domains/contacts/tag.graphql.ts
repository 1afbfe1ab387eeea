import { input, type SchemaDoor, sql, type UseCase } from '../../sdk/index.ts';
import { adminsOf, colleagues } from '../directory/index.ts';
import { contact } from './permissions.ts';
import { TAG_COLORS, tagGroups, tags } from './tag.entity.ts';
import { addTag, addTagGroup, renameTag } from './tag.service.ts';

const COLORS = { RED: 'Red.', ORANGE: 'Orange.', YELLOW: 'Yellow.', GREEN: 'Green.', BLUE: 'Blue.', PURPLE: 'Purple.' };
const readers = [colleagues, adminsOf('CONTACTS')];

export function tagSchema(door: SchemaDoor): void {
  door.enum('TagColor', 'Colour of a group of tags.', COLORS);
  door.entity('TagGroup', {
    table: tagGroups,
    description: 'A group of tags; a contact has at most one tag of each (spec 3.9).',
    roles: readers,
    listedFor: contact.vocabulary.roles,
    orders: { POSITION: { column: 'position', rule: contact.vocabulary, description: 'In the order that the admins gave them.' } },
    defaultOrder: { by: 'POSITION', direction: 'ASC' },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: contact.vocabulary }),
      name: t.column('name', { description: 'Its name.', rule: contact.vocabulary }),
      color: t.column('color', { type: 'TagColor', description: 'Its colour.', rule: contact.vocabulary }),
      tags: t.connection(
        'Tag',
        tags,
        { on: (row, target) => sql`${target.group_id} = ${row.id}` },
        {
          description: 'Its tags, in the order in which they were made.',
          rule: contact.vocabulary,
          order: { by: 'CREATED_AT', direction: 'ASC' },
        },
      ),
    }),
  });
  door.entity('Tag', {
    table: tags,
    description: 'A label of contacts.',
    roles: readers,
    listedFor: contact.vocabulary.roles,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: contact.vocabulary }),
      name: t.column('name', { description: 'Its name.', rule: contact.vocabulary }),
      group: t.relation('TagGroup', 'group_id', { description: 'The group that it is of.', rule: contact.vocabulary }),
    }),
  });
  door.query((t) => ({
    tagGroups: t.connection('TagGroup', tagGroups, {
      description: 'The organization’s groups of tags.',
      rule: contact.vocabulary,
      listedBy: () => contact.vocabulary.roles,
    }),
  }));
  tagMutations(door);
}

function tagMutations(door: SchemaDoor): void {
  const name = input.text('Its name.', { max: 50 });
  door.mutation('addTagGroup', {
    description: 'Adds a group of tags.',
    rule: contact.settings,
    doesOnce: true,
    input: { name, color: input.enumValue('TagColor', TAG_COLORS, 'Its colour.') },
    success: (t) => ({ tagGroup: t.fromSource('TagGroup', 'tagGroup', { description: 'The new group.', rule: contact.vocabulary }) }),
    run: async (use: UseCase, given) => ({ tagGroup: await addTagGroup(use, given.name, given.color) }),
  });
  const tag = { tag: door.root.fromSource('Tag', 'tag', { description: 'The tag.', rule: contact.vocabulary }) };
  door.mutation('addTag', {
    description: 'Adds a tag to a group.',
    rule: contact.settings,
    doesOnce: true,
    input: { groupId: input.id('TagGroup', 'The group.'), name },
    success: () => tag,
    guard: (use: UseCase, { groupId }) => use.authorize('TagGroup', groupId, contact.settings, { path: ['input', 'groupId'] }),
    run: async (use, given) => ({ tag: await addTag(use, given.groupId, given.name) }),
  });
  door.mutation('renameTag', {
    description: 'Gives a tag another name; the contacts that carry it keep it.',
    rule: contact.settings,
    input: { tagId: input.id('Tag', 'The tag.'), name },
    success: () => tag,
    guard: (use: UseCase, { tagId }) => use.authorize('Tag', tagId, contact.settings, { path: ['input', 'tagId'] }),
    run: async (use, given) => {
      await renameTag(use, given.tagId, given.name);
      return { tag: given.tagId };
    },
  });
}
