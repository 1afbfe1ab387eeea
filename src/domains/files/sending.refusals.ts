import { errorCode, ReceivingError, type Trace } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';
import { OtherKindError, TellingPdfError, UnreadablePictureError } from './bytes.service.ts';

/** Status, code and words of a refused upload. */
export type SendingRefusal = readonly [status: number, code: string, message: Message];

export const WRONG_LENGTH: SendingRefusal = [
  400,
  'BAD_REQUEST',
  { en: 'These are not as many bytes as were announced.', 'zh-CN': '字节数与声明的大小不符。' },
];
export const SENT_ALREADY: SendingRefusal = [
  409,
  'BAD_REQUEST',
  { en: 'Other bytes have been sent for this upload already.', 'zh-CN': '该上传已提交过其他内容。' },
];
export const FULL: SendingRefusal = [
  507,
  'INTERNAL',
  { en: 'There is no room for files at the moment.', 'zh-CN': '存储空间不足，请稍后再试。' },
];
export const TOO_MANY: SendingRefusal = [
  429,
  'LIMIT_EXCEEDED',
  { en: 'Too many files at once: wait until one has been sent.', 'zh-CN': '同时传输的文件过多，请稍后再试。' },
];
const LATE: SendingRefusal = [408, 'BAD_REQUEST', { en: 'Nothing has come for too long.', 'zh-CN': '上传长时间没有进展。' }];
const OTHER_KIND: SendingRefusal = [
  415,
  'BAD_REQUEST',
  { en: 'What is in this file is not what it was announced as.', 'zh-CN': '文件内容与声明的类型不符。' },
];
const brokenText = (line: number): SendingRefusal => [
  415,
  'BAD_REQUEST',
  {
    en: `Line ${line} of this file holds a character that is none of UTF-8, nor of GB18030. Correct it, or save the file as UTF-8 anew.`,
    'zh-CN': `文件第 ${line} 行含有既不属于 UTF-8 也不属于 GB18030 的字符，请更正，或以 UTF-8 编码重新保存。`,
  },
];
const UNREADABLE: SendingRefusal = [
  422,
  'BAD_REQUEST',
  { en: 'This picture cannot be read, or has too many pixels.', 'zh-CN': '图片无法读取或像素过多。' },
];
/** Each as it stands in a list. */
const TRACES: Readonly<Record<Trace, { readonly en: string; readonly 'zh-CN': string }>> = {
  ATTACHMENTS: { en: 'attached files', 'zh-CN': '附件' },
  COMMENTS: { en: 'comments or marks', 'zh-CN': '批注或标记' },
  EARLIER_VERSION: { en: 'an earlier version of itself', 'zh-CN': '文件的早期版本' },
  ENCRYPTED: { en: 'it is encrypted', 'zh-CN': '文件已加密' },
  FORM_VALUES: { en: 'a form that is filled in', 'zh-CN': '已填写的表单域' },
  PACKED_PROPERTIES: { en: 'packed properties', 'zh-CN': '压缩的文档属性' },
  PROGRAM_DATA: { en: 'data of the program that made it', 'zh-CN': '制作软件的私有数据' },
  SIGNATURE: { en: 'a digital signature', 'zh-CN': '数字签名' },
  UNREADABLE: { en: 'parts that cannot be looked into', 'zh-CN': '无法检查的内容' },
};
const telling = ({ traces }: TellingPdfError): SendingRefusal => [
  422,
  'BAD_REQUEST',
  {
    en: `This PDF tells of its making, and people outside are to read it: ${traces.map((trace) => TRACES[trace].en).join(', ')}. Print it as a PDF anew.`,
    'zh-CN': `该 PDF 将供外部人员阅读，但包含制作痕迹：${traces.map((trace) => TRACES[trace]['zh-CN']).join('、')}。请重新打印为 PDF。`,
  },
];
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

/** Undefined for what is a fault of the server. */
export function refusalOf(error: unknown): SendingRefusal | undefined {
  if (error instanceof ReceivingError) return error.fault === 'LATE' ? LATE : WRONG_LENGTH;
  if (error instanceof OtherKindError) return error.line === undefined ? OTHER_KIND : brokenText(error.line);
  if (error instanceof UnreadablePictureError) return UNREADABLE;
  if (error instanceof TellingPdfError) return telling(error);
  return NO_ROOM.has(errorCode(error) ?? '') ? FULL : undefined;
}
