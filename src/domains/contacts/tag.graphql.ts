import { type GuichetBuilder, sql } from '../../sdk/index.ts';
import { adminsOf, colleagues } from '../directory/index.ts';
import { contact } from './permissions.ts';
import { Tag, TagColorName, TagGroup } from './tag.refs.ts';

const readers = [colleagues, adminsOf('CONTACTS')];
const rule = contact.vocabulary;

export function tagTypes(builder: GuichetBuilder): void {
  builder.words(TagColorName);
  builder.entity(TagGroup, {
    description: 'A group of tags; a contact has at most one tag of each (spec 3.9).',
    roles: readers,
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.' } },
    defaultOrder: { by: 'POSITION', direction: 'ASC' },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateTagGroup` asks for it.', rule }),
      color: t.column('color', { type: TagColorName, description: 'Its colour.', rule }),
      tags: t.pages(Tag, {
        on: (group, tag) => sql`${tag.group_id} = ${group.id}`,
        description: 'Its tags, in the order that the admins gave them.',
        rule,
        order: { by: 'POSITION', direction: 'ASC' },
      }),
    }),
  });
  builder.entity(Tag, {
    description: 'A label of contacts.',
    roles: readers,
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateTag` asks for it.', rule }),
      group: t.relation(TagGroup, 'group_id', { description: 'The group that it is of.', rule }),
    }),
  });
  builder.queryField('tagGroups', (t) =>
    t.entityPages(TagGroup, { description: 'The organization’s groups of tags.', rule, listedBy: () => rule.roles }),
  );
}
