import { defineModule, readMigrations } from '../../sdk/index.ts';
import {
  Article,
  ArticleCategory,
  ArticleContact,
  ArticleRating,
  ArticleSearchTerm,
  ArticleTag,
  ArticleVersion,
} from './article.entity.ts';
import { articleTypes } from './article.graphql.ts';
import { articleMutations } from './article.mutations.ts';
import { articleCategoryMutations } from './article-category.mutations.ts';
import { articlePictures } from './article-picture.purpose.ts';
import { articleVersionTypes } from './article-version.graphql.ts';
import { article } from './permissions.ts';

export const articlesModule = defineModule({
  name: 'articles',
  version: '0.1.0',
  description: 'Articles of the service window: what a company has to say, and answers that many ask for.',
  needs: ['organization', 'directory', 'contacts', 'files', 'service-window'],
  entities: [ArticleCategory, Article, ArticleVersion, ArticleTag, ArticleContact, ArticleRating, ArticleSearchTerm],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(article),
  types: (builder) => {
    articleTypes(builder);
    articleVersionTypes(builder);
    articleMutations(builder);
    articleCategoryMutations(builder);
  },
  registrations: [articlePictures],
});
