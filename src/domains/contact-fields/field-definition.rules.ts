import type { FieldDefinition, FieldKinds } from '../../sdk/core.ts';
import type { Issue } from '../../sdk/index.ts';
import { FIELD_SETTINGS, type FieldSettings } from '../contacts/index.ts';
import { type GivenOption, keptOptions } from '../fields/index.ts';

export interface GivenSettings extends Omit<FieldSettings, 'options'> {
  readonly options?: readonly GivenOption[];
}
export interface GivenField extends GivenSettings {
  readonly label?: string;
  readonly kind?: string;
  readonly required?: boolean;
  readonly visibleToContact?: boolean;
}

/** Kinds that forms alone have. */
const NOT_OF_CONTACTS = ['LINES', 'SIGNATURE', 'EXPLANATION'];
const noSuchKind = (kinds: FieldKinds) => {
  const names = kinds.names.filter((name) => !NOT_OF_CONTACTS.includes(name)).join(', ');
  return {
    code: 'UNKNOWN_KIND',
    message: { en: `Contacts have no such kind of field. They have: ${names}.`, 'zh-CN': `联系人没有此字段类型，可用类型：${names}。` },
  };
};
export const TAKEN = { code: 'TAKEN', message: { en: 'Another field is called that already.', 'zh-CN': '名称已被其他字段使用。' } };
export const OF_A_COLUMN = {
  code: 'TAKEN',
  message: { en: 'A column of tables of contacts is called that already.', 'zh-CN': '联系人表格已有同名列。' },
};

/** What is left out stays as it was, where the kind knows it; an empty text, and none of options, take a setting away. */
export function settingsWith(
  now: FieldSettings,
  given: GivenSettings,
  kinds: FieldKinds,
  kind: string,
  newId: () => string,
): FieldSettings {
  const known = kinds.of(kind)?.settings ?? [];
  const kept = FIELD_SETTINGS.flatMap((name) => {
    const value = name === 'options' ? given.options && keptOptions(given.options, now.options ?? [], newId) : given[name];
    const next = value ?? (known.includes(name) ? now[name] : undefined);
    const isNone = next === undefined || next === '' || (Array.isArray(next) && next.length === 0);
    return isNone ? [] : [[name, next] as const];
  });
  return Object.fromEntries(kept);
}

/** What is wrong with a field of contacts. */
export function faultsOf(kinds: FieldKinds, field: FieldDefinition): Issue[] {
  if (!kinds.of(field.kind) || NOT_OF_CONTACTS.includes(field.kind)) return [{ path: ['input', 'kind'], ...noSuchKind(kinds) }];
  const faults = kinds.faultsOfDefinitions([{ ...field, id: 'f', name: 'f' }], ['input']); // what programs call it is any text here
  return faults.map(({ path: [input, , ...within], ...fault }) => ({ ...fault, path: [input!, ...within] }));
}
