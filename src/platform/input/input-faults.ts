import type { Text } from '../language/language.ts';

export { notTaken, tooMany, tooShort } from '@guichet/forms';

/** One fault of an input: where it is, a code for programs and a sentence for people. */
export interface Issue {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: Text;
}
/** A fault without its place. */
export type Fault = Omit<Issue, 'path'>;

export const EMPTY: Fault = { code: 'TOO_SHORT', message: { en: 'This must not be empty.', 'zh-CN': '此项不能为空。' } };

export const outOfRange = (least: number, most: number, given: number): Fault => ({
  code: 'OUT_OF_RANGE',
  message: {
    en: `A whole number from ${least} to ${most}, please; this is ${given}.`,
    'zh-CN': `请填写 ${least} 到 ${most} 的整数，现为 ${given}。`,
  },
});

export const tooFew = (least: number): Fault => ({
  code: 'TOO_FEW',
  message: { en: `At least ${least} ${least === 1 ? 'item' : 'items'}, please.`, 'zh-CN': `至少需要 ${least} 项。` },
});

export const NOT_A_CURRENCY: Fault = {
  code: 'NOT_A_CURRENCY',
  message: { en: 'This is no currency of ISO 4217, such as CNY.', 'zh-CN': '这不是 ISO 4217 货币代码，例如 CNY。' },
};
