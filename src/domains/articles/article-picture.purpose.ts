import { type FilePurpose, filePurposes, register } from '../../sdk/index.ts';
import { article } from './permissions.ts';

const MIB = 1024 * 1024;

export const articlePicture: FilePurpose = {
  purpose: 'ARTICLE_PICTURE',
  description: 'A picture in an article, read by whoever may read the article.',
  mayUpload: article.manage,
  most: 5 * MIB,
  kinds: ['JPEG', 'PNG', 'GIF', 'WEBP'],
  readBy: { type: 'Article', rule: article.read },
};
export const articlePictures = register(filePurposes, articlePicture);
