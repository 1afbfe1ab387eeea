import {
  ADMIN,
  COLLEAGUE,
  type EntityFields,
  EXTERNAL,
  type GuichetBuilder,
  refuseSuspended,
  sql,
  types,
  valueFrom,
} from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';
import { MOST_CHOSEN, ServiceWindow, serviceWindow } from '../service-window/index.ts';
import { articleContacts, articleRatings, articleSearchTerms, type articles, articleTags } from './article.entity.ts';
import { Article, ArticleCategory, ArticleStateName, ArticleVersion } from './article.refs.ts';
import { articleRoles, categoryRoles, isPublished } from './article.roles.ts';
import { articlesLookedFor, furtherLookedFor } from './article-search.rules.ts';
import { htmlOf, markdownOfOld, ofShown, shownHtml } from './article-version.graphql.ts';
import { article } from './permissions.ts';

const rule = article.read;
const { manage, counts, rate } = article;
const READERS = [ADMIN, COLLEAGUE, EXTERNAL];
const IN_ORDER = { by: 'POSITION', direction: 'ASC' } as const;
// Hidden: contacts are shown some of them.
const order = { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.', isHidden: true } } as const;

/** Articles of the window, as readers and as their writers see them (spec 5.7). */
export function articleTypes(builder: GuichetBuilder): void {
  builder.words(ArticleStateName);
  declareArticle(builder);
  builder.entity(ArticleCategory, {
    description: 'A heading under which articles stand.',
    roles: categoryRoles,
    listedFor: READERS,
    orders: order,
    defaultOrder: IN_ORDER,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateArticleCategory` asks for it.', rule: manage }),
      name: t.column('name', { description: 'What it says.', rule }),
      articles: t.pages(Article, {
        on: (category, row) => sql`${row.category_id} = ${category.id}`,
        where: isPublished,
        order: IN_ORDER,
        description: 'What is published under it, in the order that the admins gave.',
        rule,
      }),
    }),
  });
  builder.entityFields(ServiceWindow, (t) => ({
    articles: t.pages(Article, {
      on: (row, of) => sql`${of.organization_id} = ${row.organization_id}`,
      args: { categoryId: t.arg.globalId(ArticleCategory, { description: 'Only those under this heading.', required: false }) },
      where: (row, { given, id }) =>
        given('categoryId') ? sql`${isPublished(row)} and ${row.category_id} = ${id('categoryId', ArticleCategory)}` : isPublished(row),
      order: IN_ORDER,
      description: 'What is there to read, in the order that the admins gave; contacts find what is shown to them.',
      rule: serviceWindow.inside,
    }),
  }));
  declareQueries(builder);
}

type Fields = EntityFields<typeof articles>;

function declareArticle(builder: GuichetBuilder): void {
  builder.entity(Article, {
    description: 'Something to read in the window, such as an answer that many ask for.',
    roles: articleRoles,
    listedFor: READERS,
    orders: order,
    defaultOrder: IN_ORDER,
    search: { table: articleSearchTerms, key: 'article_id', rule, normalize: articlesLookedFor, further: furtherLookedFor },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: what changes it asks for it.', rule: manage }),
      state: t.expression(ArticleStateName, (row) => sql`case when ${isPublished(row)} then 'PUBLISHED' else 'DRAFT' end`, {
        description: 'Whether readers find it.',
        rule: manage,
      }),
      title: t.expression('String', (row) => ofShown(row, ({ title }) => title), {
        description: 'What stands above it; null where readers find nothing of it.',
        rule,
      }),
      excerpt: t.expression('String', (row) => ofShown(row, ({ excerpt }) => excerpt), {
        description: 'How it begins, as plain text of at most 200 characters.',
        rule,
      }),
      html: t.string({
        nullable: true,
        description:
          'What it says, as HTML that holds nothing but headings, paragraphs, lists, quotes, tables, code, links and pictures. Addresses of pictures are for your seat and this session, and last an hour: whether you may read the article is asked again whenever one is used.',
        rule,
        also: { made: (row) => ofShown(row as never, htmlOf), old: (row) => ofShown(row as never, markdownOfOld) },
        resolve: ({ made, old }, _, context) => shownHtml(made, old, context),
      }),
      publishedAt: t.expression('DateTime', (row) => ofShown(row, ({ published_at: at }) => at), {
        description: 'When what it says now was published.',
        rule,
      }),
      category: t.relation(ArticleCategory, 'category_id', { description: 'The heading under which it stands.', rule }),
      viewerRating: t.expression(
        'Boolean',
        (row, seat) =>
          valueFrom(row, { own: articleRatings }, ({ own }) => ({
            value: own.helpful,
            where: sql`${own.article_id} = ${row.id} and ${own.contact_id} = ${seat.me}`,
          })),
        { description: 'Whether it has helped you, as you have said; null where you have not.', rule: rate },
      ),
      ...ofStaff(t),
      ...ofWriters(t),
    }),
  });
}

/** How many contacts have said so. */
const counted = (t: Fields, helpful: boolean, description: string) =>
  t.expression(
    'Int',
    (row) =>
      valueFrom(row, { given: articleRatings }, ({ given }) => ({
        value: sql`count(*)::int`,
        where: sql`${given.article_id} = ${row.id} and ${helpful ? given.helpful : sql`not ${given.helpful}`}`,
      })),
    { description, rule: counts },
  );
const ofStaff = (t: Fields) => ({
  helpfulCount: counted(t, true, 'How many contacts it has helped.'),
  unhelpfulCount: counted(t, false, 'How many contacts it has not helped.'),
});

/** What is being written, what was, and whom it is shown to. */
const ofWriters = (t: Fields) => ({
  draft: t.one(ArticleVersion, {
    on: (row, version) => sql`${version.article_id} = ${row.id} and ${version.number} is null`,
    description: 'What is being written and not published yet; null where nothing has been changed since the last publishing.',
    rule: manage,
  }),
  versions: t.pages(ArticleVersion, {
    on: (row, version) => sql`${version.article_id} = ${row.id}`,
    where: (version) => sql`${version.number} is not null`,
    description: 'What was published, the newest first.',
    rule: manage,
  }),
  isForAll: t.column('is_for_all', { description: 'Whether all contacts at the window are shown it.', rule: manage }),
  tags: t.list(Tag, {
    through: { shown: articleTags },
    on: (row, tag, { shown }) => sql`${shown.article_id} = ${row.id} and ${tag.id} = ${shown.tag_id}`,
    description: 'Contacts that carry one of these are shown it.',
    rule: manage,
    atMost: MOST_CHOSEN,
  }),
  contacts: t.list(types.Contact, {
    through: { chosen: articleContacts },
    on: (row, contact, { chosen }) => sql`${chosen.article_id} = ${row.id} and ${contact.id} = ${chosen.contact_id}`,
    description: 'Contacts that are shown it, one by one; those that you may see.',
    rule: manage,
    atMost: MOST_CHOSEN,
  }),
});

function declareQueries(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    article: t.entity(Article, {
      description: 'One article.',
      rule,
      args: { id: t.arg.globalId(Article, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', Article)}`,
    }),
    articles: t.entityPages(Article, {
      description:
        'All articles, those that readers do not find too, for whoever writes them. `search` looks in what is published: it finds no drafts.',
      rule: manage,
      args: { state: t.arg.choice(ArticleStateName, { description: 'Only those of this state.', required: false }) },
      listedBy: () => [ADMIN],
      where: (row, { given, argument }) =>
        given('state') ? sql`${argument('state', 'text')} = case when ${isPublished(row)} then 'PUBLISHED' else 'DRAFT' end` : sql`true`,
    }),
    articleCategories: t.entityPages(ArticleCategory, {
      description: 'Headings of articles, in their order; contacts find those under which something is shown to them.',
      rule,
      listedBy: () => READERS,
      check: refuseSuspended,
    }),
  }));
}
