import { refs, tenantEntity } from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';

/** Headings under which articles stand. */
export const ArticleCategory = tenantEntity(
  'article_categories',
  (t) => ({ version: t.version(), name: t.text(), position: t.integer() }),
  {
    indexes: {
      article_categories_name: { columns: ['name'], unique: true },
      article_categories_position: { columns: ['position', 'id'] },
    },
  },
);

/** Something to read in the window (spec 5.7). What it says stands in its versions. */
export const Article = tenantEntity(
  'articles',
  (t) => ({
    version: t.version(),
    categoryId: t.idOf(() => ArticleCategory).nullable(),
    /** The version that readers find; null: they find none. */
    shownNumber: t.integer().nullable(),
    /** Of the version that was published last; 0: none was. */
    lastNumber: t.integer().default(0),
    /** Shown to all contacts at the window, or to those that are chosen (spec 5.8). */
    isForAll: t.boolean().default(true),
    /** The smallest stands first; several may have the same. */
    position: t.integer(),
  }),
  { indexes: { articles_position: { columns: ['position', 'id'] }, articles_of_category: { columns: ['categoryId', 'position', 'id'] } } },
);

/** What an article says: each that was published, and the one that is being written. */
export const ArticleVersion = tenantEntity(
  'article_versions',
  (t) => ({
    articleId: t.idOf(() => Article, 'cascade'),
    /** Null for what is being written. */
    number: t.integer().nullable(),
    title: t.text(),
    markdown: t.text(),
    html: t.text(),
    /** By which rules the HTML was made (`RENDERED_BY`). */
    renderedBy: t.integer(),
    /** How it begins, as plain text. */
    excerpt: t.text(),
    writtenBy: t.idOf(() => refs.Employee),
    writtenAt: t.timestamptz(),
    publishedBy: t.idOf(() => refs.Employee).nullable(),
    publishedAt: t.timestamptz().nullable(),
  }),
  {
    checks: { article_versions_published: '(number is null) = (published_at is null) and (number is null) = (published_by is null)' },
    indexes: {
      article_versions_number: { columns: ['articleId', 'number'], unique: true, where: 'number is not null' },
      article_versions_draft: { columns: ['articleId'], unique: true, where: 'number is null' },
    },
  },
);

/** Whom an article is shown to: contacts that carry a tag. */
export const ArticleTag = tenantEntity(
  'article_tags',
  (t) => ({ articleId: t.idOf(() => Article, 'cascade').primary(), tagId: t.idOf(() => Tag, 'cascade').primary() }),
  { indexes: { article_tags_of: { columns: ['tagId', 'articleId'] } } },
);
/** Whom an article is shown to, one by one. */
export const ArticleContact = tenantEntity(
  'article_contacts',
  (t) => ({ articleId: t.idOf(() => Article, 'cascade').primary(), contactId: t.idOf(() => refs.Contact, 'cascade').primary() }),
  { indexes: { article_contacts_of: { columns: ['contactId', 'articleId'] } } },
);

/** Whether an article was of help to a contact: once each. */
export const ArticleRating = tenantEntity(
  'article_ratings',
  (t) => ({
    articleId: t.idOf(() => Article, 'cascade').primary(),
    contactId: t.idOf(() => refs.Contact, 'cascade').primary(),
    helpful: t.boolean(),
    at: t.timestamptz(),
  }),
  { indexes: { article_ratings_of: { columns: ['contactId', 'articleId'] } } },
);

/** What an article is found by: pieces of what was published last, read by range. */
export const ArticleSearchTerm = tenantEntity(
  'article_search_terms',
  (t) => ({ term: t.bytewiseText().primary(), articleId: t.idOf(() => Article, 'cascade').primary() }),
  { indexes: { article_search_terms_of: { columns: ['articleId', 'term'] } } },
);

export const articles = Article.table;
export const articleVersions = ArticleVersion.table;
export const articleCategories = ArticleCategory.table;
export const articleTags = ArticleTag.table;
export const articleContacts = ArticleContact.table;
export const articleRatings = ArticleRating.table;
export const articleSearchTerms = ArticleSearchTerm.table;
/** Whom an article is shown to, where not to all. */
export const CHOSEN_OF_ARTICLE = { key: 'article_id', tags: articleTags, contacts: articleContacts };
