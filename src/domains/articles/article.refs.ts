import { entityRef, words } from '../../sdk/index.ts';
import { articleCategories, articles, articleVersions } from './article.entity.ts';

export const Article = entityRef('Article', articles);
export const ArticleVersion = entityRef('ArticleVersion', articleVersions);
export const ArticleCategory = entityRef('ArticleCategory', articleCategories);
export const ArticleStateName = words('ArticleState', 'Whether readers find an article. More words may come: have a default branch.', {
  DRAFT: 'They find nothing of it: it was never published, or was withdrawn.',
  PUBLISHED: 'They find the version that was published last.',
});
