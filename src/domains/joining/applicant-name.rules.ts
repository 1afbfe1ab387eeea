import type { Issue } from '../../sdk/index.ts';

/** What readers of mail and messages make a link of: with any ending, since nobody keeps a list of all that there are. */
const ADDRESS = /:\/\/|@[\p{L}\p{N}]|[\p{L}\p{N}]\.\p{L}{2}|\d\.\d+\.\d|(?<!\p{L})[a-z][a-z0-9+-]*:\S/iu;
/** Brackets by which people write a dot or an at sign past filters. */
const HIDDEN = /\s?[[({]\s?([.@])\s?[\])}]\s?/gu;
/** Signs that browsers read as the dots of an address. */
const DOTS = /[。｡．]/gu;
/** Controls but for lines and tabs, and marks that turn the direction of what stands behind them. */
const MARKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Faults of the name that somebody nobody knows goes by: it stands in notices, subjects and text messages of the organization, where it must
 * be no way to lead people anywhere.
 */
export const applicantName = (name: string): Issue[] =>
  ADDRESS.test(name.normalize('NFKC').replaceAll(DOTS, '.').replaceAll(HIDDEN, '$1'))
    ? [
        {
          path: ['name'],
          code: 'HOLDS_ADDRESS',
          message: {
            en: 'A name holds no address of a page or mailbox. Leave a space behind a dot or a colon.',
            'zh-CN': '姓名中不得包含网址或邮箱地址。',
          },
        },
      ]
    : [];

export const withoutMarks = (text: string): string => text.replaceAll(MARKS, '');
