import { builtIn, type StoredLocation, type ValueKind } from '@guichet/forms';
import type { Message } from '../language/language.ts';
import { NO_EMPLOYEE } from './field-faults.ts';
import { type FieldKind, fieldKind } from './field-kind.ts';

/** Kept as the employee's id; whoever writes it down looks whether there is such an employee. */
const EMPLOYEE: FieldKind = fieldKind<string>({
  ...(builtIn('EMPLOYEE') as ValueKind<string>),
  called: { en: 'Employee', 'zh-CN': '员工' },
  settings: [],
  text: (value, _, { employee }) => employee?.(value) ?? '',
  type: 'EmployeeValue',
  facts: (value) => ({ employeeId: value }),
  terms: (value) => [value],
  term: (given) => (typeof given === 'string' ? given : undefined),
  read(cell, _, report, { employeeNamed }) {
    const employeeId = cell instanceof Date ? undefined : employeeNamed?.(String(cell).slice(0, 200).trim());
    if (employeeId !== undefined) return { employeeId };
    report(NO_EMPLOYEE);
    return undefined;
  },
});

const fileKind = (name: string, called: Message, settings: FieldKind['settings'] = ['most']): FieldKind =>
  fieldKind<readonly string[]>({
    ...(builtIn(name) as ValueKind<readonly string[]>),
    called,
    settings,
    text: (value, _, { file }) => value.flatMap((id) => file?.(id) ?? []).join('; '),
    type: 'FileValue',
    facts: (value) => ({ fileIds: value }),
  });

const LOCATION: FieldKind = fieldKind<StoredLocation>({
  ...(builtIn('LOCATION') as ValueKind<StoredLocation>),
  called: { en: 'Place', 'zh-CN': '位置' },
  settings: [],
  type: 'LocationValue',
  facts: (value) => value,
  text: ({ name, latitude, longitude }) => `${name ? `${name} ` : ''}${latitude}, ${longitude}`,
});

/** Text for whoever fills the form in: nobody answers it. */
const EXPLANATION: FieldKind = fieldKind<never>({
  ...(builtIn('EXPLANATION') as ValueKind<never>),
  called: { en: 'Explanation', 'zh-CN': '说明' },
  settings: [],
  text: () => '',
  type: 'TextValue',
  facts: () => ({}),
});

export const REFERENCE_KINDS: readonly FieldKind[] = [
  EMPLOYEE,
  fileKind('IMAGE', { en: 'Image', 'zh-CN': '图片' }),
  fileKind('FILE', { en: 'File', 'zh-CN': '文件' }),
  fileKind('SIGNATURE', { en: 'Signature', 'zh-CN': '签名' }, []),
  LOCATION,
  EXPLANATION,
];
