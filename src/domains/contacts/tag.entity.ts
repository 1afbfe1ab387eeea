import { tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

/** Colours of tag groups (spec 3.9). */
export const TAG_COLORS = ['RED', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE'] as const;
export type TagColor = (typeof TAG_COLORS)[number];

export const TagGroup = tenantEntity(
  'tag_groups',
  (t) => ({
    version: t.version(),
    name: t.text(),
    /** The name of one that was there beside another of but another case before these were one: it keeps it until it is renamed. */
    sparedName: t.text().nullable(),
    oneName: t.oneNameOf('name', 'spared_name'),
    color: t.oneOf(...TAG_COLORS),
    position: t.integer(),
  }),
  {
    indexes: {
      tag_groups_name: { columns: ['name'], unique: true },
      tag_groups_as_one: { columns: ['oneName'], unique: true },
      tag_groups_position: { columns: ['position', 'id'] },
    },
  },
);

export const Tag = tenantEntity(
  'tags',
  (t) => ({
    version: t.version(),
    group: () => t.to(TagGroup).ref(),
    name: t.text(),
    /** As of a group. */
    sparedName: t.text().nullable(),
    oneName: t.oneNameOf('name', 'spared_name'),
    /** Its place in the group; those of 0.1 have none, and stand first, in the order in which they were made. */
    position: t.integer().default(0),
    /** The name that its search terms were made of; servers of 0.1 write a name and no terms. */
    foundAs: t.text().nullable(),
  }),
  {
    indexes: {
      tags_name: { columns: ['group', 'name'], unique: true },
      tags_as_one: { columns: ['group', 'oneName'], unique: true },
      tags_of_group: { columns: ['group', 'id'] },
      tags_in_order: { columns: ['group', 'position', 'id'] },
    },
  },
);

/** What a tag's contacts are found by: every end of its name, and how it sounds; read by range (spec 3.6). */
export const TagSearchTerm = tenantEntity(
  'tag_search_terms',
  (t) => ({
    term: t.bytewiseText().primary(),
    tagId: t.idOf(() => Tag, 'cascade').primary(),
  }),
  { indexes: { tag_search_terms_of: { columns: ['tagId'] } } },
);

/** Tags of contacts. The database keeps that a contact has at most one tag of a group (spec 3.9). */
export const ContactTag = tenantEntity(
  'contact_tags',
  (t) => ({
    contactId: t.idOf(() => Contact, 'cascade').primary(),
    tagId: t.idOf(() => Tag).primary(),
    groupId: t.idOf(() => TagGroup),
    taggedAt: t.timestamptz(),
  }),
  {
    indexes: {
      contact_tags_one_a_group: { columns: ['contactId', 'groupId'], unique: true },
      contact_tags_of_tag: { columns: ['tagId', '-contactId'] },
    },
  },
);

export const tagGroups = TagGroup.table;
export const tags = Tag.table;
export const tagSearchTerms = TagSearchTerm.table;
export const contactTags = ContactTag.table;
