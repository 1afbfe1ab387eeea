import { invalid, RAISED, type RowOf, type UseCase, versionConflict } from '../../sdk/index.ts';
import { moved } from '../contacts/index.ts';
import { ArticleCategory, articleCategories, articles } from './article.entity.ts';
import { article } from './permissions.ts';

/** Headings of an organization at the most. */
const MOST_CATEGORIES = 100;
const CATEGORY = ['input', 'categoryId'];
type CategoryRow = RowOf<typeof articleCategories>;

const TURN = 'article-categories';
/** Whoever changes which headings there are, or their order, does so alone. */
const holdAll = (use: UseCase): Promise<void> => use.takeTurn(TURN);
/** Keeps a heading that an article is to stand under. Before anything else is locked. @throws NotFound where it is not there for the seat */
export async function keepCategory(use: UseCase, categoryId: string | null | undefined): Promise<void> {
  if (!categoryId) return;
  await use.shareTurn(TURN);
  await use.find('ArticleCategory', categoryId, CATEGORY);
}
const inOrder = (use: UseCase) =>
  use.on(articleCategories).selectFrom('article_categories').select(['id', 'position']).orderBy('position').orderBy('id').execute();

/** Finds and locks a heading. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdCategory(use: UseCase, categoryId: string, expected?: number): Promise<CategoryRow> {
  await holdAll(use);
  await use.authorize('ArticleCategory', categoryId, article.manage, { path: CATEGORY });
  const row = await use
    .on(articleCategories)
    .selectFrom('article_categories')
    .selectAll()
    .where('id', '=', categoryId)
    .executeTakeFirstOrThrow();
  if (expected !== undefined && row.version !== expected)
    throw versionConflict({ current: { type: 'ArticleCategory', uuid: categoryId } }, ['input', 'expectedVersion']);
  return row;
}

const refuseTaken = (use: UseCase): void =>
  use.refuseTaken('article_categories_name', () =>
    invalid(['input', 'name'], 'TAKEN', { en: 'There is a heading of this name.', 'zh-CN': '已有同名分类。' }),
  );

/** Adds a heading behind the others. @returns its id. @throws ValidationFailed */
export async function addCategory(use: UseCase, name: string): Promise<string> {
  await holdAll(use);
  const all = await inOrder(use);
  if (all.length >= MOST_CATEGORIES)
    throw invalid(['input'], 'TOO_MANY', {
      en: `At most ${MOST_CATEGORIES} headings, please.`,
      'zh-CN': `最多 ${MOST_CATEGORIES} 个分类。`,
    });
  refuseTaken(use);
  const id = use.newId();
  use.on(ArticleCategory).add({ id, name, position: (all.at(-1)?.position ?? 0) + 1 });
  return id;
}

export function renameCategory(use: UseCase, { id }: CategoryRow, name: string): void {
  refuseTaken(use);
  use.on(ArticleCategory).change({ id }, { name, version: RAISED });
}

/** @param place counted from 1; beyond the last, it is the last */
export async function moveCategory(use: UseCase, categoryId: string, place: number): Promise<void> {
  for (const { id, position } of moved(await inOrder(use), categoryId, place)) use.on(ArticleCategory).change({ id }, { position });
}

/** Deletes a heading; its articles stand under none. */
export async function removeCategory(use: UseCase, categoryId: string): Promise<void> {
  await use.takeTurn('articles');
  await use
    .on(articles)
    .updateTable('articles')
    .set((of) => ({ category_id: null, version: of('version', '+', 1) }))
    .where('category_id', '=', categoryId)
    .execute();
  await use.on(articleCategories).deleteFrom('article_categories').where('id', '=', categoryId).execute();
}
