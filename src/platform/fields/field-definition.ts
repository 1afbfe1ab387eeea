import { hasSomethingToSee, MOST_DECIMALS, MOST_FILES, MOST_LINES, mostCharacters, takenText } from '@guichet/forms';
import { EMPTY } from '../input/input-faults.ts';
import { MOST_OPTIONS } from './choice.kinds.ts';
import type { FieldDefinition, FieldSetting, ReportFault } from './field.ts';
import { BAD_ID, BAD_NAME, ID_TWICE, NAME_TWICE, settingFrom, UNKNOWN_KIND, unknownSetting } from './field-faults.ts';
import type { KindOf } from './field-kind.ts';

/** Values are objects by these ids: what every object has is none. */
const isId = (id: string): boolean => /^[A-Za-z0-9]{1,40}$/.test(id) && !(id in {});
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;
const MOST_LABEL = 100;
const SETTINGS: readonly FieldSetting[] = [
  'options',
  'columns',
  'min',
  'max',
  'maxLength',
  'decimals',
  'currency',
  'most',
  'product',
  'summed',
];
/** What columns of lines may say beside what their kinds know. */
const OF_COLUMNS: readonly FieldSetting[] = ['product', 'summed'];
const MOST_OF: Readonly<Record<string, number>> = { LINES: MOST_LINES, CHOICES: MOST_OPTIONS };

function checkWhole(
  setting: 'maxLength' | 'decimals' | 'most',
  least: number,
  most: number,
  field: FieldDefinition,
  report: ReportFault,
): void {
  const value = field[setting];
  if (value !== undefined && (!Number.isInteger(value) || value < least || value > most)) report(settingFrom(least, most), setting);
}

function checkSettings(kindOf: KindOf, field: FieldDefinition, isColumn: boolean, report: ReportFault): void {
  const kind = kindOf(field.kind);
  if (!kind) {
    report(UNKNOWN_KIND, 'kind');
    return;
  }
  const known = [...kind.settings, ...(isColumn ? OF_COLUMNS : [])];
  for (const setting of SETTINGS)
    if (field[setting] !== undefined && !known.includes(setting)) report(unknownSetting(setting, field.kind), setting);
  checkWhole('maxLength', 1, mostCharacters({ kind: field.kind }) || 1, field, report);
  checkWhole('decimals', 0, MOST_DECIMALS, field, report);
  checkWhole('most', 1, MOST_OF[field.kind] ?? MOST_FILES, field, report);
  kind.checkDefinition?.(field, report);
}

/** What is wrong with the definitions of one set of fields. */
export function checkDefinitions(kindOf: KindOf, fields: readonly FieldDefinition[], report: ReportFault, isColumns = false): void {
  const [ids, names] = [new Set<string>(), new Set<string>()];
  for (const [i, field] of fields.entries()) {
    const at: ReportFault = (fault, ...within) => report(fault, String(i), ...within);
    if (!isId(field.id)) at(BAD_ID, 'id');
    if (!NAME.test(field.name)) at(BAD_NAME, 'name');
    if (ids.has(field.id)) at(ID_TWICE, 'id');
    if (names.has(field.name)) at(NAME_TWICE, 'name');
    ids.add(field.id);
    names.add(field.name);
    const label = takenText(field.label, MOST_LABEL, (fault) => at(fault, 'label'));
    if (label !== undefined && !hasSomethingToSee(label)) at(EMPTY, 'label');
    checkSettings(kindOf, field, isColumns, at);
  }
}
