import { type FilePurpose, filePurposes, register, type UseCase } from '../../sdk/index.ts';
import { Article, ArticleVersion } from './article.entity.ts';
import { article } from './permissions.ts';

const MIB = 1024 * 1024;

export const articlePicture: FilePurpose = {
  purpose: 'ARTICLE_PICTURE',
  description: 'A picture in an article, read by whoever may read the article.',
  mayUpload: article.manage,
  most: 5 * MIB,
  kinds: ['JPEG', 'PNG', 'GIF', 'WEBP'],
  readBy: { type: 'Article', rule: article.read, shows: isShown },
};
export const articlePictures = register(filePurposes, articlePicture);

/** Readers see the pictures of what is published now; who writes sees those of drafts and of earlier versions too. */
async function isShown(use: UseCase, { id, objectId }: { readonly id: string; readonly objectId: string }): Promise<boolean> {
  if (await use.may('Article', objectId, article.manage)) return true;
  const shown = await use
    .on(Article, ArticleVersion)
    .selectFrom('articles as of')
    .innerJoin('article_versions as version', 'version.article_id', 'of.id')
    .select('version.id')
    .whereRef('version.number', '=', 'of.shown_number')
    .where('of.id', '=', objectId)
    .where('version.html', 'like', `%picture:${id}%`)
    .executeTakeFirst();
  return shown !== undefined;
}
