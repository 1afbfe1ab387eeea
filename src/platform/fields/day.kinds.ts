import { builtIn, isDay, NOT_A_DAY, type ValueKind } from '@guichet/forms';
import { readCell } from '../sheets/cell-value.ts';
import type { ColumnValues } from '../sheets/sheet.ts';
import { sheetFault } from '../sheets/sheet-fault.ts';
import type { ReportFault } from './field.ts';
import { MIN_ABOVE_MAX } from './field-faults.ts';
import { type FieldKind, type FilledCell, fieldKind } from './field-kind.ts';

/** As sheets read it everywhere. */
function read<Kind extends 'DATE' | 'BOOLEAN'>(kind: Kind, cell: FilledCell, report: ReportFault): ColumnValues[Kind] | undefined {
  const { code, value } = readCell(cell, { header: { en: '', 'zh-CN': '' }, kind }, 'CN');
  if (code) report(sheetFault(code));
  return value as ColumnValues[Kind] | undefined;
}

const DATE: FieldKind = fieldKind<string>({
  ...(builtIn('DATE') as ValueKind<string>),
  called: { en: 'Date', 'zh-CN': '日期' },
  settings: ['min', 'max'],
  checkDefinition({ min, max }, report) {
    if (min !== undefined && !isDay(min)) report(NOT_A_DAY, 'min');
    if (max !== undefined && !isDay(max)) report(NOT_A_DAY, 'max');
    if (min !== undefined && max !== undefined && min > max) report(MIN_ABOVE_MAX, 'min');
  },
  text: (value) => value,
  type: 'DateValue',
  facts: (value) => ({ date: value }),
  terms: (value) => [value],
  term: (given) => (typeof given === 'string' && isDay(given) ? given : undefined),
  read(cell, _, report) {
    const date = read('DATE', cell, report);
    return date === undefined ? undefined : { date };
  },
});

const YES_NO: FieldKind = fieldKind<boolean>({
  ...(builtIn('YES_NO') as ValueKind<boolean>),
  called: { en: 'Yes or no', 'zh-CN': '是或否' },
  settings: [],
  text: (value, _, { language }) => (language === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
  type: 'YesNoValue',
  facts: (value) => ({ yes: value }),
  terms: (value) => [value ? '1' : '0'],
  term: (given) => (typeof given === 'boolean' ? (given ? '1' : '0') : undefined),
  read(cell, _, report) {
    const yes = read('BOOLEAN', cell, report);
    return yes === undefined ? undefined : { yes };
  },
});

export const DAY_KINDS: readonly FieldKind[] = [DATE, YES_NO];
