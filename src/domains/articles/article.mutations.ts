import {
  encodeGlobalId,
  type GuichetBuilder,
  type InputMaker,
  type PayloadFields,
  versionConflict,
  windowSuspended,
} from '../../sdk/index.ts';
import { audienceInput, enterWindow, findAudience } from '../service-window/index.ts';
import { Article, ArticleCategory } from './article.refs.ts';
import { keepCategory } from './article-category.service.ts';
import { placeArticle, publishArticle, rateArticle, removeArticle, restoreVersion, withdrawArticle } from './article-publishing.service.ts';
import { MOST_CHARACTERS } from './article-text.rules.ts';
import { addArticle, holdArticle, showArticle, updateArticle } from './article-writing.service.ts';
import { article } from './permissions.ts';

const rule = article.manage;
const TITLE_LENGTH = 120;
const MARKDOWN =
  'What it says, in Markdown. Pictures are uploads for ARTICLE_PICTURE: `![A cup](picture:<id of the upload>)`. HTML is shown as text, and links lead to web, mail and phone alone.';

const articleId = (t: InputMaker) => t.globalId(Article, { description: 'The article.' });
const held = (t: InputMaker) => ({
  articleId: articleId(t),
  expectedVersion: t.integer({ description: 'The `version` that you read.' }),
});
const title = <R extends boolean>(t: InputMaker, required: R) =>
  t.name({ description: 'What stands above it.', max: TITLE_LENGTH, required });
const markdown = <R extends boolean>(t: InputMaker, required: R) => t.text({ description: MARKDOWN, max: MOST_CHARACTERS, required });
const success = (t: PayloadFields<{ article: string }>) => ({
  article: t.loaded(Article, 'article', { description: 'The article as it is now.', rule: article.read }),
});

/** Writing articles, publishing them, saying who is shown them, and what contacts say of them (spec 5.7, 5.8). */
export function articleMutations(builder: GuichetBuilder): void {
  declareWriting(builder);
  declarePublishing(builder);
  declareArranging(builder);
  builder.useCase('rateArticle', {
    description: 'Says whether an article has helped you. You count once, and may think again.',
    rule: article.rate,
    input: (t) => ({ articleId: articleId(t), helpful: t.flag({ description: 'Whether it has.' }) }),
    refusals: [windowSuspended],
    guard: async (use, given) => {
      await enterWindow(use);
      await use.authorize('Article', given.articleId, article.rate, { path: ['input', 'articleId'] });
    },
    run: async (use, given) => {
      await rateArticle(use, given.articleId, given.helpful);
      return { article: given.articleId };
    },
    success,
  });
}

function declareWriting(builder: GuichetBuilder): void {
  builder.useCase('addArticle', {
    description: 'Adds an article before all others, as a draft: nobody else finds it until `publishArticle`.',
    rule,
    doesOnce: true,
    input: (t) => ({
      title: title(t, true),
      markdown: markdown(t, true),
      categoryId: t.globalId(ArticleCategory, { description: 'The heading under which it stands.', required: false }),
      ...audienceInput(t),
    }),
    guard: async (use, given) => {
      await keepCategory(use, given.categoryId);
      await findAudience(use, given);
    },
    run: async (use, given) => ({ article: await addArticle(use, given) }),
    success,
  });
  builder.useCase('updateArticle', {
    description:
      'Changes what an article says as a draft: readers keep what is published until `publishArticle`. Its heading changes at once. What is left out stays as it is.',
    rule,
    input: (t) => ({
      ...held(t),
      title: title(t, false),
      markdown: markdown(t, false),
      categoryId: t.nullableId(ArticleCategory, { description: 'The heading under which it stands; null for none.' }),
    }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await keepCategory(use, given.categoryId);
      return holdArticle(use, given.articleId, given.expectedVersion);
    },
    run: async (use, given, now) => {
      await updateArticle(use, now, given);
      return { article: now.id };
    },
    success,
  });
  builder.useCase('restoreArticleVersion', {
    description: 'Takes up what an earlier version said as the draft, in place of one that there is. Readers keep what is published.',
    rule,
    input: (t) => ({ ...held(t), number: t.integer({ description: 'Number of the version.', min: 1 }) }),
    refusals: [versionConflict],
    guard: (use, given) => holdArticle(use, given.articleId, given.expectedVersion),
    run: async (use, given, now) => {
      await restoreVersion(use, now, given.number);
      return { article: now.id };
    },
    success,
  });
}

function declarePublishing(builder: GuichetBuilder): void {
  builder.useCase('publishArticle', {
    description: 'Gives readers what is being written; of an article that was withdrawn, where nothing is, what they had before.',
    rule,
    input: held,
    refusals: [versionConflict],
    guard: (use, given) => holdArticle(use, given.articleId, given.expectedVersion),
    run: async (use, _, now) => {
      await publishArticle(use, now);
      return { article: now.id };
    },
    success,
  });
  builder.useCase('withdrawArticle', {
    description: 'Takes an article back from its readers, at once. `publishArticle` shows it again.',
    rule,
    input: held,
    refusals: [versionConflict],
    guard: (use, given) => holdArticle(use, given.articleId, given.expectedVersion),
    run: async (use, _, now) => {
      withdrawArticle(use, now);
      return { article: now.id };
    },
    success,
  });
  builder.useCase('removeArticle', {
    description: 'Deletes an article for good, with all versions, pictures, and what contacts have said of it.',
    rule,
    input: (t) => ({ articleId: articleId(t) }),
    guard: (use, given) => holdArticle(use, given.articleId),
    run: async (use, given) => {
      await removeArticle(use, given.articleId);
      return { articleId: encodeGlobalId('Article', given.articleId) };
    },
    success: (t) => ({ articleId: t.exposeID('articleId', { description: 'Global id that the article had.', rule }) }),
  });
}

function declareArranging(builder: GuichetBuilder): void {
  builder.useCase('moveArticle', {
    description: 'Gives an article another place among all.',
    rule,
    input: (t) => ({
      articleId: articleId(t),
      afterId: t.nullableId(Article, { description: 'The article that it stands right behind; null for the first place.' }),
    }),
    guard: async (use, given) => {
      await use.takeTurn('articles');
      await holdArticle(use, given.articleId);
      if (given.afterId) await use.find('Article', given.afterId, ['input', 'afterId']);
    },
    run: async (use, given) => {
      await placeArticle(use, given.articleId, given.afterId ?? null);
      return { article: given.articleId };
    },
    success,
  });
  builder.useCase('showArticle', {
    description: 'Says who is shown an article: from now on these, and no others, whatever of it is being written (spec 5.8).',
    rule,
    input: (t) => ({ articleId: articleId(t), ...audienceInput(t) }),
    guard: async (use, given) => {
      await holdArticle(use, given.articleId);
      await findAudience(use, given);
    },
    run: async (use, given) => {
      await showArticle(use, given.articleId, given);
      return { article: given.articleId };
    },
    success,
  });
}
