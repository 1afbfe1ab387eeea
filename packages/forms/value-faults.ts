import type { Fault } from './fault.ts';
import type { TextFault } from './text-taken.ts';

const fault = (code: string, en: string, zh: string): Fault => ({ code, message: { en, 'zh-CN': zh } });

export const NOT_A_NUMBER = fault(
  'NOT_A_NUMBER',
  'A number of at most 15 digits, please, such as 12.5.',
  '请填写不超过 15 位有效数字的数字，例如 12.5。',
);
export const NOT_A_DAY = fault('NOT_A_DATE', 'A day such as 2026-06-01, please.', '请填写日期，例如 2026-06-01。');
export const NOT_A_PHONE = fault('NOT_A_PHONE', 'This is not a phone number that exists.', '这不是有效的电话号码。');
export const NOT_AN_EMAIL = fault(
  'NOT_AN_EMAIL',
  'An email address such as li@example.com, please.',
  '请填写电子邮箱，例如 li@example.com。',
);
export const NOT_A_URL = fault(
  'NOT_A_URL',
  'An address that begins with https:// or http://, please.',
  '请填写以 https:// 或 http:// 开头的网址。',
);
export const NOT_AN_OPTION = fault('NOT_AN_OPTION', 'This is none of the options.', '这不是可选项。');
export const OPTION_TWICE = fault('TWICE', 'This is chosen twice.', '重复选择。');
export const NOT_A_PATH = fault(
  'NOT_A_PATH',
  'Choose one option of each level, each beneath the one before it.',
  '请逐级选择，每一级须属于上一级。',
);
export const NOT_A_PLACE = fault(
  'NOT_A_PLACE',
  'A latitude from -90 to 90 and a longitude from -180 to 180, please.',
  '请填写 -90 到 90 的纬度和 -180 到 180 的经度。',
);
export const NOT_YES_OR_NO = fault('NOT_YES_OR_NO', 'Yes or no, please.', '请选择是或否。');
export const UNKNOWN_FIELD = fault('UNKNOWN_FIELD', 'There is no such field.', '没有此字段。');
export const FIELD_TWICE = fault('TWICE', 'This field is given twice.', '此字段重复填写。');
export const NOT_YOURS = fault('NOT_YOURS', 'This field is not yours to fill in.', '此字段不由您填写。');
export const ONE_WAY = fault(
  'ONE_VALUE',
  'Give the value in exactly one way beside the field’s name.',
  '除字段名外，请只以一种方式给出值。',
);
export const ONLY_EXPLAINS = fault('NOT_ANSWERED', 'This only explains something; nobody answers it.', '此项仅为说明，无需填写。');
export const COMPUTED = fault('COMPUTED', 'This is computed; nobody fills it in.', '此项由系统计算，无需填写。');
export const TOO_LARGE = fault('TOO_LARGE', 'This is more than can be counted exactly.', '数值过大，无法精确计算。');

export const givenOtherwise = (ways: readonly string[]): Fault =>
  fault('GIVEN_OTHERWISE', `This field is given by ${ways.join(' or ')}.`, `此字段须以 ${ways.join(' 或 ')} 填写。`);
export const mustBeFilledIn = (label: string): Fault => fault('REQUIRED', `${label} must be filled in.`, `请填写${label}。`);
export const lessThan = (least: string): Fault => fault('OUT_OF_RANGE', `At least ${least}, please.`, `不得小于 ${least}。`);
export const moreThan = (most: string): Fault => fault('OUT_OF_RANGE', `At most ${most}, please.`, `不得大于 ${most}。`);
export const tooManyDecimals = (most: number): Fault =>
  fault('TOO_MANY_DECIMALS', `At most ${most} digits behind the point, please.`, `小数位最多 ${most} 位。`);
export const otherCurrency = (currency: string): Fault =>
  fault('OTHER_CURRENCY', `An amount in ${currency}, please.`, `请以 ${currency} 填写金额。`);

/** What no text holds (`takeText`). */
export const UNREADABLE = {
  en: 'Text must not hold the character zero, half a character, nor dozens of marks on one letter.',
  'zh-CN': '文本不能包含零字符、不完整的字符，也不能在一个字母上叠加数十个符号。',
};
/** Why a text was not taken (`takeText`). */
export const notTaken = (why: TextFault, most: number): Fault =>
  why === 'TOO_LONG'
    ? fault('TOO_LONG', `At most ${most} characters; these are more.`, `最多 ${most} 个字符，现已超出。`)
    : { code: 'INVALID', message: UNREADABLE };
export const tooShort = (least: number): Fault => fault('TOO_SHORT', `At least ${least} characters, please.`, `至少需要 ${least} 个字符。`);
export const tooMany = (most: number, given: number): Fault =>
  fault('TOO_MANY', `At most ${most} items; these are ${given}.`, `最多 ${most} 项，现有 ${given} 项。`);
