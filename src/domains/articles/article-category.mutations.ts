import { encodeGlobalId, type GuichetBuilder, type InputMaker, type PayloadFields, versionConflict } from '../../sdk/index.ts';
import { ArticleCategory } from './article.refs.ts';
import { addCategory, holdCategory, moveCategory, removeCategory, renameCategory } from './article-category.service.ts';
import { article } from './permissions.ts';

const rule = article.manage;
const NAME_LENGTH = 40;
const MOST_PLACES = 100;
const categoryId = (t: InputMaker) => t.globalId(ArticleCategory, { description: 'The heading.' });
const name = (t: InputMaker) => t.name({ description: 'What it says; no two headings say the same.', max: NAME_LENGTH });
const success = (t: PayloadFields<{ category: string }>) => ({
  category: t.loaded(ArticleCategory, 'category', { description: 'The heading as it is now.', rule: article.read }),
});

/** The headings of articles (spec 5.7). */
export function articleCategoryMutations(builder: GuichetBuilder): void {
  builder.useCase('addArticleCategory', {
    description: 'Adds a heading of articles behind the others.',
    rule,
    doesOnce: true,
    input: (t) => ({ name: name(t) }),
    run: async (use, given) => ({ category: await addCategory(use, given.name) }),
    success,
  });
  builder.useCase('updateArticleCategory', {
    description: 'Gives a heading of articles another name.',
    rule,
    input: (t) => ({
      categoryId: categoryId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      name: name(t),
    }),
    refusals: [versionConflict],
    guard: (use, given) => holdCategory(use, given.categoryId, given.expectedVersion),
    run: async (use, given, now) => {
      renameCategory(use, now, given.name);
      return { category: now.id };
    },
    success,
  });
  builder.useCase('moveArticleCategory', {
    description: 'Puts a heading of articles at another place.',
    rule,
    input: (t) => ({
      categoryId: categoryId(t),
      position: t.integer({
        description: 'Its place among all headings, counted from 1; beyond the last, it is the last.',
        min: 1,
        max: MOST_PLACES,
      }),
    }),
    guard: (use, given) => holdCategory(use, given.categoryId),
    run: async (use, { position }, now) => {
      await moveCategory(use, now.id, position);
      return { category: now.id };
    },
    success,
  });
  builder.useCase('removeArticleCategory', {
    description: 'Deletes a heading; its articles stay, under none.',
    rule,
    input: (t) => ({ categoryId: categoryId(t) }),
    guard: (use, given) => holdCategory(use, given.categoryId),
    run: async (use, _, now) => {
      await removeCategory(use, now.id);
      return { categoryId: encodeGlobalId('ArticleCategory', now.id) };
    },
    success: (t) => ({ categoryId: t.exposeID('categoryId', { description: 'Global id that the heading had.', rule }) }),
  });
}
