import { articlesLookedFor, furtherLookedFor } from '../../../src/domains/articles/article-search.rules.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { few, page } from './page.ts';
import type { NaiveRow } from './rows.ts';
import { type Args, employeeOf, entity, idOf as id, type NaiveEntity, type NaiveField, refuse, type World } from './world.ts';

type Row = NaiveRow<'articles'>;
type Version = NaiveRow<'articleVersions'>;
const READERS = ['ADMIN', 'COLLEAGUE', 'EXTERNAL'];
const read = <Of>(get: NaiveField<Of>['get']): NaiveField<Of> => ({ roles: READERS, get });
const managed = <Of>(get: NaiveField<Of>['get']): NaiveField<Of> => ({ roles: ['ADMIN'], get });

const orders = { POSITION: ({ position }: { readonly position: number }) => position };
const order = { field: 'POSITION', direction: 'ASC' };
const isFound = (world: World, row: Row, search: unknown): boolean => {
  const [first, further] = search == null ? [undefined, []] : [articlesLookedFor(String(search)), furtherLookedFor(String(search))];
  const has = (text: string) => world.rows.articleSearchTerms.some(({ article_id: of, term }) => of === row.id && term.startsWith(text));
  return first === undefined || [first, ...further].every(has);
};
const articlePage = (world: World, rows: readonly Row[], args: Args): object =>
  page(
    world,
    {
      type: 'Article',
      rows: rows.filter((row) => isFound(world, row, args.search)),
      key: id,
      orders,
      hidden: { POSITION: world.rows.articles },
      order,
    },
    args,
  );

/** What readers can find, under a heading where one is asked for. */
export const publishedPage = (world: World, isAsked: (row: Row) => boolean, args: Args): object => {
  const isUnder = (row: Row): boolean =>
    args.categoryId == null || (row.category_id !== null && encodeGlobalId('ArticleCategory', row.category_id) === args.categoryId);
  return articlePage(
    world,
    world.rows.articles.filter((row) => row.shown_number !== null && isAsked(row) && isUnder(row)),
    args,
  );
};
/** `Query.articles`. */
export const articleList = (world: World, args: Args): object => {
  if (!world.toward.holdsWhole('WINDOW')) throw refuse('FORBIDDEN');
  const rows = world.rows.articles.filter((row) => args.state == null || args.state === stateOf(row));
  return articlePage(world, rows, args);
};
/** `Query.articleCategories`. */
export const categoryList = (world: World, args: Args): object => {
  if (world.toward.window === 'SUSPENDED') throw refuse('WINDOW_SUSPENDED');
  return page(
    world,
    {
      type: 'ArticleCategory',
      rows: world.rows.articleCategories,
      key: id,
      orders,
      hidden: { POSITION: world.rows.articleCategories },
      order,
    },
    args,
  );
};

const stateOf = (row: Row): string => (row.shown_number === null ? 'DRAFT' : 'PUBLISHED');
const shown = (world: World, row: Row): Version | undefined =>
  world.rows.articleVersions.find(({ article_id: of, number }) => of === row.id && number !== null && number === row.shown_number);
const ofShown = <Value>(value: (version: Version) => Value) =>
  read<Row>((row, { world }) => {
    const version = shown(world, row);
    return version ? value(version) : null;
  });
const counted = (helpful: boolean): NaiveField<Row> => ({
  roles: ['ADMIN', 'COLLEAGUE'],
  get: (row, { world }) => world.rows.articleRatings.filter((one) => one.article_id === row.id && one.helpful === helpful).length,
});

export const articleTypes: Readonly<Record<string, NaiveEntity>> = {
  Article: entity<'articles'>({
    table: 'articles',
    reachableFor: READERS,
    id,
    roles: (toward, row) => toward.article(row),
    fields: {
      id: read((row) => encodeGlobalId('Article', row.id)),
      version: managed(({ version }) => version),
      state: managed(stateOf),
      title: ofShown(({ title }) => title),
      excerpt: ofShown(({ excerpt }) => excerpt),
      html: ofShown(({ html }) => html),
      publishedAt: ofShown((version) => version.published_at),
      category: read((row, { world }) =>
        world.object(
          'ArticleCategory',
          world.rows.articleCategories.find((one) => one.id === row.category_id),
        ),
      ),
      viewerRating: {
        roles: ['EXTERNAL'],
        get: (row, { world }) =>
          world.rows.articleRatings.find((one) => one.article_id === row.id && one.contact_id === world.seat.id)?.helpful ?? null,
      },
      helpfulCount: counted(true),
      unhelpfulCount: counted(false),
      draft: managed((row, { world }) =>
        world.object(
          'ArticleVersion',
          world.rows.articleVersions.find(({ article_id: of, number }) => of === row.id && number === null),
        ),
      ),
      versions: managed((row, { world, args }) => {
        const rows = world.rows.articleVersions.filter(({ article_id: of, number }) => of === row.id && number !== null);
        return page(world, { type: 'ArticleVersion', rows, key: id }, args);
      }),
      isForAll: managed((row) => row.is_for_all),
      tags: managed((row, { world }) => {
        const of = world.rows.articleTags.filter((one) => one.article_id === row.id).map((one) => one.tag_id);
        return few(world, { type: 'Tag', rows: world.rows.tags.filter((one) => of.includes(one.id)), key: id }, 100);
      }),
      contacts: managed((row, { world }) => {
        const of = world.rows.articleContacts.filter((one) => one.article_id === row.id).map((one) => one.contact_id);
        return few(world, { type: 'Contact', rows: world.rows.contacts.filter((one) => of.includes(one.id)), key: id }, 100);
      }),
    },
  }),
  ArticleVersion: entity<'articleVersions'>({
    table: 'articleVersions',
    reachableFor: ['ADMIN'],
    id,
    roles: (toward) => new Set(toward.holdsWhole('WINDOW') ? ['ADMIN'] : []),
    fields: {
      id: managed((row) => encodeGlobalId('ArticleVersion', row.id)),
      number: managed(({ number }) => number),
      title: managed(({ title }) => title),
      markdown: managed(({ markdown }) => markdown),
      html: managed(({ html }) => html),
      excerpt: managed(({ excerpt }) => excerpt),
      writtenBy: managed((row, { world }) => employeeOf(world, row.written_by)),
      writtenAt: managed((row) => row.written_at),
      publishedBy: managed((row, { world }) => employeeOf(world, row.published_by)),
      publishedAt: managed((row) => row.published_at),
    },
  }),
  ArticleCategory: entity<'articleCategories'>({
    table: 'articleCategories',
    reachableFor: READERS,
    id,
    roles: (toward, row) => toward.articleCategory(row),
    fields: {
      id: read((row) => encodeGlobalId('ArticleCategory', row.id)),
      version: managed(({ version }) => version),
      name: read(({ name }) => name),
      articles: read((row, { world, args }) => publishedPage(world, (one) => one.category_id === row.id, args)),
    },
  }),
};
