import type { Fault } from '../input/input-faults.ts';

const fault = (code: string, en: string, zh: string): Fault => ({ code, message: { en, 'zh-CN': zh } });

export const NO_EMPLOYEE = fault('NO_EMPLOYEE', 'No employee, or more than one, is called that.', '没有此员工，或有多名员工同名。');
export const NOT_FROM_SHEETS = fault('NOT_FROM_SHEETS', 'Files and places are not read from sheets.', '文件和位置无法从表格读取。');

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
