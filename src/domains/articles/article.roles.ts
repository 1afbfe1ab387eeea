import { COLLEAGUE, type EntityRole, EXTERNAL, heldToward, type RowHandle, type Sql, sql, WINDOW_MEMBER, way } from '../../sdk/index.ts';
import { contactTags } from '../contacts/index.ts';
import { adminsOf } from '../directory/index.ts';
import { audienceOf, shownTo } from '../service-window/index.ts';
import { articleCategories, articleContacts, articles, articleTags, CHOSEN_OF_ARTICLE } from './article.entity.ts';

export const isPublished = (row: RowHandle<typeof articles>): Sql => sql`${row.shown_number} is not null`;

export const articleRoles: readonly EntityRole[] = [
  adminsOf('WINDOW'),
  heldToward(COLLEAGUE, [way(articles, {}, ({ row }) => isPublished(row))]),
  shownTo({ item: articles, ...CHOSEN_OF_ARTICLE }, isPublished),
];

const { isForAll, named, tagged } = audienceOf<typeof articles>(CHOSEN_OF_ARTICLE, isPublished);
const isOf = (article: RowHandle<typeof articles>, category: RowHandle<typeof articleCategories>): Sql =>
  sql`${article.category_id} = ${category.id}`;

/** A contact finds a heading where something is shown to it beneath: of what is for others not even the heading is told. */
export const categoryRoles: readonly EntityRole[] = [
  adminsOf('WINDOW'),
  heldToward(COLLEAGUE, [
    way(articleCategories, { article: articles }, ({ row, article }) => sql`${isOf(article, row)} and ${isPublished(article)}`),
  ]),
  heldToward(
    EXTERNAL,
    [
      way(articleCategories, { article: articles }, ({ row, article }) => sql`${isOf(article, row)} and ${isForAll(article)}`),
      way(
        articleCategories,
        { article: articles, chosen: articleContacts },
        ({ row, seat, article, chosen }) => sql`${isOf(article, row)} and ${named(article, chosen, seat.me)}`,
      ),
      way(
        articleCategories,
        { article: articles, shown: articleTags, carried: contactTags },
        ({ row, seat, article, shown, carried }) => sql`${isOf(article, row)} and ${tagged(article, shown, carried, seat.me)}`,
      ),
    ],
    ({ traits }) => traits.has(WINDOW_MEMBER),
  ),
];
