import type { Fault } from '../input/input-faults.ts';

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
export const NO_EMPLOYEE = fault('NO_EMPLOYEE', 'No employee, or more than one, is called that.', '没有此员工，或有多名员工同名。');
export const NOT_YES_OR_NO = fault('NOT_YES_OR_NO', 'Yes or no, please.', '请选择是或否。');
export const UNKNOWN_FIELD = fault('UNKNOWN_FIELD', 'There is no such field.', '没有此字段。');
export const FIELD_TWICE = fault('TWICE', 'This field is given twice.', '此字段重复填写。');
export const NOT_YOURS = fault('NOT_YOURS', 'This field is not yours to fill in.', '此字段不由您填写。');
export const ONE_WAY = fault(
  'ONE_VALUE',
  'Give the value in exactly one way beside the field’s name.',
  '除字段名外，请只以一种方式给出值。',
);
export const COMPUTED = fault('COMPUTED', 'This is computed; nobody fills it in.', '此项由系统计算，无需填写。');
export const TOO_LARGE = fault('TOO_LARGE', 'This is more than can be counted exactly.', '数值过大，无法精确计算。');
export const NOT_FROM_SHEETS = fault('NOT_FROM_SHEETS', 'Files and places are not read from sheets.', '文件和位置无法从表格读取。');

export const givenOtherwise = (ways: readonly string[]): Fault =>
  fault('GIVEN_OTHERWISE', `This field is given by ${ways.join(' or ')}.`, `此字段须以 ${ways.join(' 或 ')} 填写。`);
export const mustBeFilledIn = (label: string): Fault => fault('REQUIRED', `${label} must be filled in.`, `请填写${label}。`);
export const lessThan = (least: string): Fault => fault('OUT_OF_RANGE', `At least ${least}, please.`, `不得小于 ${least}。`);
export const moreThan = (most: string): Fault => fault('OUT_OF_RANGE', `At most ${most}, please.`, `不得大于 ${most}。`);
export const tooManyDecimals = (most: number): Fault =>
  fault('TOO_MANY_DECIMALS', `At most ${most} digits behind the point, please.`, `小数位最多 ${most} 位。`);
export const otherCurrency = (currency: string): Fault =>
  fault('OTHER_CURRENCY', `An amount in ${currency}, please.`, `请以 ${currency} 填写金额。`);

/** Of definitions. */
export const BAD_ID = fault(
  'BAD_ID',
  'An id has 1 to 40 letters and digits, and is no word that every object of JavaScript has.',
  '标识须为 1 到 40 个字母或数字，且不能是 JavaScript 对象的内置属性名。',
);
export const BAD_NAME = fault(
  'BAD_NAME',
  'A name begins with a letter and has at most 60 letters, digits and underscores.',
  '名称须以字母开头，最多 60 个字母、数字或下划线。',
);
export const NAME_TWICE = fault('TWICE', 'Another field is called that already.', '名称已被其他字段使用。');
export const ID_TWICE = fault('ID_TWICE', 'Another one has this id already.', '标识已被使用。');
export const LABEL_TWICE = fault('TWICE', 'Another option is called that already.', '已有同名选项。');
export const UNKNOWN_KIND = fault('UNKNOWN_KIND', 'There is no such kind of field.', '没有此字段类型。');
export const NO_OPTIONS = fault('NO_OPTIONS', 'At least one option, please.', '至少需要一个选项。');
export const NO_PARENT = fault(
  'NO_PARENT',
  'There is no such option above it, or they lie in a circle.',
  '没有此上级选项，或上级关系成环。',
);
export const NO_COLUMNS = fault('NO_COLUMNS', 'At least one column that is filled in, please.', '至少需要一个可填写的列。');
export const NOT_A_COLUMN = fault('NOT_A_COLUMN', 'Lines have no columns of this kind.', '明细行不支持此类型的列。');
export const NOT_A_FACTOR = fault(
  'NOT_A_FACTOR',
  'A product is made of two or more columns of numbers before it, and of at most one of money.',
  '乘积须由其前面的两个或以上数字列（最多一个金额列）组成。',
);
export const MIN_ABOVE_MAX = fault('MIN_ABOVE_MAX', 'The least value is above the most.', '最小值大于最大值。');

export const unknownSetting = (setting: string, kind: string): Fault =>
  fault('UNKNOWN_SETTING', `Fields of the kind ${kind} have no “${setting}”.`, `类型 ${kind} 的字段没有“${setting}”设置。`);
export const settingFrom = (least: number, most: number): Fault =>
  fault('OUT_OF_RANGE', `A whole number from ${least} to ${most}, please.`, `请填写 ${least} 到 ${most} 的整数。`);
export const tooManyFields = (most: number, given: number): Fault =>
  fault('TOO_MANY', `At most ${most} fields; these are ${given}.`, `最多 ${most} 个字段，现有 ${given} 个。`);
