import { badRequest, encodeGlobalId, type FieldContext, type GuichetBuilder } from '../../sdk/index.ts';
import { ContactListName, ContactSourceName } from './contact.refs.ts';
import { type Facet, type Facets, facetsOf } from './contact-facets.service.ts';
import { contact } from './permissions.ts';

const rule = contact.lists;
/** In one request: each looks at all that a list has. */
const MOST_ASKED = 3;

/** What the contacts of a list carry, with counts (spec 3.6). */
export function facetTypes(builder: GuichetBuilder): void {
  const TagFacet = builder.objectRef<Facets['tags'][number]>('ContactTagFacet').implement({
    description: 'A tag, and how many contacts of the list carry it.',
    fields: (t) => ({
      tagId: t.id({ description: 'Global id of the tag.', rule, resolve: ({ id }) => encodeGlobalId('Tag', id!) }),
      groupId: t.id({ description: 'Global id of its group.', rule, resolve: ({ groupId }) => encodeGlobalId('TagGroup', groupId) }),
      name: t.string({ description: 'Its name.', rule, resolve: ({ name }) => name! }),
      count: t.exposeInt('count', { description: 'How many contacts carry it.', rule }),
    }),
  });
  const OwnerFacet = builder.objectRef<Facet>('ContactOwnerFacet').implement({
    description: 'An owner, and how many contacts of the list are theirs.',
    fields: (t) => ({
      ownerId: t.id({
        nullable: true,
        description: 'Global id of the employee; null for contacts that nobody answers for.',
        rule,
        resolve: ({ id }) => id && encodeGlobalId('Employee', id),
      }),
      name: t.exposeString('name', { nullable: true, description: 'Their name.', rule }),
      count: t.exposeInt('count', { description: 'How many contacts are theirs.', rule }),
    }),
  });
  const SourceFacet = builder.objectRef<Facets['sources'][number]>('ContactSourceFacet').implement({
    description: 'A source, and how many contacts of the list came from there.',
    fields: (t) => ({
      source: t.field({ type: ContactSourceName, description: 'Where they came from.', rule, resolve: ({ source }) => source as never }),
      count: t.exposeInt('count', { description: 'How many contacts came from there.', rule }),
    }),
  });
  const ContactFacets = builder.objectRef<Facets>('ContactFacets').implement({
    description: 'What the contacts of a list carry, with counts: at most 100 values of each kind, those of most contacts first.',
    fields: (t) => ({
      total: t.exposeInt('total', { description: 'How many contacts were looked at: all of the list, 10,000 at most.', rule }),
      isExact: t.exposeBoolean('isExact', { description: 'False where the list has more contacts than were looked at.', rule }),
      tags: t.field({ type: [TagFacet], description: 'Tags.', rule, resolve: ({ tags }) => [...tags] }),
      owners: t.field({ type: [OwnerFacet], description: 'Owners.', rule, resolve: ({ owners }) => [...owners] }),
      sources: t.field({ type: [SourceFacet], description: 'Sources.', rule, resolve: ({ sources }) => [...sources] }),
    }),
  });
  builder.queryField('contactFacets', (t) =>
    t.field({
      type: ContactFacets,
      nullable: true,
      description: 'What the contacts of a list carry, with counts: the same contacts that `contacts` answers you with these arguments.',
      rule,
      args: {
        list: t.arg.choice(ContactListName, { description: 'Which contacts.', required: false, defaultValue: 'VISIBLE' }),
        search: t.arg.text({ description: 'Only contacts in which these characters occur.', required: false, max: 100 }),
        where: t.arg({ type: 'ContactFilter' as never, required: false, description: 'Only contacts that this admits.' }),
      },
      resolve: (_, args, context) => {
        countAsked(context);
        return facetsOf(context, { field: 'contacts', args });
      },
    }),
  );
}

/** @throws BAD_REQUEST */
function countAsked(context: FieldContext): void {
  const asked = context.loader('contacts.facets', () => ({ count: 0 }));
  if (++asked.count > MOST_ASKED)
    throw badRequest({
      en: `Ask for at most ${MOST_ASKED} facets of lists at a time.`,
      'zh-CN': `一次最多查询 ${MOST_ASKED} 个列表的分面统计。`,
    });
}
