import { type GuichetBuilder, sql } from '../../sdk/index.ts';
import { adminsOf, colleagues } from '../directory/index.ts';
import { contact } from './permissions.ts';
import { Tag, TagGroup } from './tag.refs.ts';
import { addTag, addTagGroup, renameTag } from './tag.service.ts';

const readers = [colleagues, adminsOf('CONTACTS')];
const rule = contact.vocabulary;

export function tagTypes(builder: GuichetBuilder): void {
  const TagColor = builder.enumType('TagColor', {
    description: 'Colour of a group of tags.',
    values: {
      RED: { description: 'Red.' },
      ORANGE: { description: 'Orange.' },
      YELLOW: { description: 'Yellow.' },
      GREEN: { description: 'Green.' },
      BLUE: { description: 'Blue.' },
      PURPLE: { description: 'Purple.' },
    } as const,
  });

  builder.entity(TagGroup, {
    description: 'A group of tags; a contact has at most one tag of each (spec 3.9).',
    roles: readers,
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.' } },
    defaultOrder: { by: 'POSITION', direction: 'ASC' },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name.', rule }),
      color: t.column('color', { type: TagColor, description: 'Its colour.', rule }),
      tags: t.pages(Tag, {
        on: (group, tag) => sql`${tag.group_id} = ${group.id}`,
        description: 'Its tags, in the order in which they were made.',
        rule,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
    }),
  });
  builder.entity(Tag, {
    description: 'A label of contacts.',
    roles: readers,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name.', rule }),
      group: t.relation(TagGroup, 'group_id', { description: 'The group that it is of.', rule }),
    }),
  });
  builder.queryField('tagGroups', (t) =>
    t.entityPages(TagGroup, { description: 'The organization’s groups of tags.', rule, listedBy: () => rule.roles }),
  );

  builder.useCase('addTagGroup', {
    description: 'Adds a group of tags.',
    rule: contact.settings,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Its name.', max: 50 }),
      color: t.choice(TagColor, { description: 'Its colour.' }),
    }),
    run: async (use, { name, color }) => ({ tagGroup: await addTagGroup(use, name, color) }),
    success: (t) => ({ tagGroup: t.loaded(TagGroup, 'tagGroup', { description: 'The new group.', rule }) }),
  });
  builder.useCase('addTag', {
    description: 'Adds a tag to a group.',
    rule: contact.settings,
    doesOnce: true,
    input: (t) => ({
      groupId: t.globalId(TagGroup, { description: 'The group.' }),
      name: t.name({ description: 'Its name.', max: 50 }),
    }),
    guard: (use, { groupId }) => use.authorize('TagGroup', groupId, contact.settings, { path: ['input', 'groupId'] }),
    run: async (use, { groupId, name }) => ({ tag: await addTag(use, groupId, name) }),
    success: (t) => ({ tag: t.loaded(Tag, 'tag', { description: 'The tag.', rule }) }),
  });
  builder.useCase('renameTag', {
    description: 'Gives a tag another name; the contacts that carry it keep it.',
    rule: contact.settings,
    input: (t) => ({
      tagId: t.globalId(Tag, { description: 'The tag.' }),
      name: t.name({ description: 'Its name.', max: 50 }),
    }),
    guard: (use, { tagId }) => use.authorize('Tag', tagId, contact.settings, { path: ['input', 'tagId'] }),
    run: async (use, { tagId, name }) => {
      await renameTag(use, tagId, name);
      return { tag: tagId };
    },
    success: (t) => ({ tag: t.loaded(Tag, 'tag', { description: 'The tag.', rule }) }),
  });
}
