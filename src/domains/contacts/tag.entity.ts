import { integer, oneOf, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** Colours of tag groups (spec 3.9). */
export const TAG_COLORS = ['RED', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE'] as const;
export type TagColor = (typeof TAG_COLORS)[number];

export const tagGroups = table('tag_groups', {
  columns: { name: text(), color: oneOf(...TAG_COLORS), position: integer() },
  indexes: { tag_groups_name: { columns: ['name'], unique: true }, tag_groups_position: { columns: ['position', 'id'] } },
});

export const tags = table('tags', {
  columns: { group_id: uuid().references('tag_groups'), name: text() },
  indexes: { tags_name: { columns: ['group_id', 'name'], unique: true }, tags_of_group: { columns: ['group_id', 'id'] } },
});

/** Tags of contacts. The database keeps that a contact has at most one tag of a group (spec 3.9). */
export const contactTags = table('contact_tags', {
  columns: {
    contact_id: uuid().references('contacts', 'cascade'),
    tag_id: uuid().references('tags'),
    group_id: uuid().references('tag_groups'),
    tagged_at: timestamptz(),
  },
  key: ['contact_id', 'tag_id'],
  indexes: {
    contact_tags_one_a_group: { columns: ['contact_id', 'group_id'], unique: true },
    contact_tags_of_tag: { columns: ['tag_id', '-contact_id'] },
  },
});
