import { refusalType } from '../../sdk/index.ts';

export const fileTooLarge = refusalType<{ most: number }>('FileTooLarge', {
  description: 'The file is larger than files of this purpose may be.',
  message: { en: 'This file is too large.', 'zh-CN': '文件过大。' },
  fields: { most: { type: 'Int53', description: 'Bytes that a file of this purpose may have.' } },
});
export const fileKindNotAllowed = refusalType<{ mimeTypes: readonly string[] }>('FileKindNotAllowed', {
  description: 'Files of this kind are not taken for this purpose.',
  message: { en: 'Files of this kind are not taken here.', 'zh-CN': '此处不接受该类型的文件。' },
  fields: { mimeTypes: { type: '[String]', description: 'Media types that are taken.' } },
});
