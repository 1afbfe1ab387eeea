import {
  type EntityFields,
  encodeGlobalId,
  type RowHandle,
  type Sql,
  type StoredValue,
  type Switchboard,
  sql,
  valueFrom,
} from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf, type Names, shownValue } from '../fields/index.ts';
import { files } from '../files/index.ts';
import type { contacts } from './contact.entity.ts';
import { contactFields, contactFieldTerms, type FieldSettings } from './contact-field.entity.ts';
import { definitionOf } from './contact-field.rules.ts';
import { contact } from './permissions.ts';

type Row = RowHandle<typeof contacts>;
interface Kept {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly settings: FieldSettings;
  readonly position: number;
  readonly value: StoredValue;
}

/** The fields that the contact has a value of, with their values, in their order. @param isShown what those alone are shown that it admits */
const valuesOf =
  (isShown: (field: RowHandle<typeof contactFields>) => Sql) =>
  (row: Row): Sql =>
    valueFrom(row, { field: contactFields }, ({ field }) => ({
      value: sql`jsonb_object_agg(${field.id}, jsonb_build_object('id', ${field.id}, 'name', ${field.name}, 'label', ${field.label}, 'kind', ${field.kind},
        'settings', ${field.settings}, 'position', ${field.position}, 'value', ${row.field_values} -> ${field.id}::text))`,
      where: sql`not ${field.is_built_in} and ${row.field_values} ? ${field.id}::text and ${isShown(field)}`,
    }));
const filesOf = (row: Row): Sql =>
  valueFrom(row, { file: files }, ({ file }) => ({
    value: sql`jsonb_object_agg(${file.id}, ${file.name})`,
    where: sql`${file.attached_id} = ${row.id} and ${file.attached_type} = 'Contact'`,
  }));
/** Names of employees, whoever reads the fields, for those inside. */
const employeesOf = (row: Row): Sql =>
  valueFrom(row, { named: contactFieldTerms, person: employees }, ({ named, person }) => ({
    value: sql`jsonb_object_agg(${person.id}, ${person.name})`,
    where: sql`${named.contact_id} = ${row.id} and ${named.employee_id} is not null and ${person.id} = ${named.employee_id}`,
  }));
/** Names of the employees in fields that the contact itself reads. */
const employeesShown = (row: Row): Sql =>
  valueFrom(row, { named: contactFieldTerms, field: contactFields, person: employees }, ({ named, field, person }) => ({
    value: sql`jsonb_object_agg(${person.id}, ${person.name})`,
    where: sql`${named.contact_id} = ${row.id} and ${named.employee_id} is not null and ${person.id} = ${named.employee_id}
      and ${field.name} = ${named.field} and ${field.visible_to_contact}`,
  }));

const shown = (switchboard: Switchboard, kept: unknown, names: Names) =>
  Object.values((kept ?? {}) as Readonly<Record<string, Kept>>)
    .sort((one, other) => one.position - other.position)
    .flatMap(({ id, value, ...field }) => {
      const definition = definitionOf({ ...field, id: encodeGlobalId('ContactField', id), is_required: false });
      return shownValue(kindsOf(switchboard), definition, value, names) ?? [];
    });

/** Values of the organization's own fields; the contact itself reads those that it is to read, and no other leaves the database. */
export const customFieldsOf = (t: EntityFields<typeof contacts>) => {
  const options = {
    type: ['FieldValue'] as never,
    nullable: true,
    description: 'Values of the organization’s own fields, in the order of `contactFields`; none for fields that are empty.',
  };
  return t.onEach({
    staff: t.field({
      ...options,
      rule: contact.insiders,
      surface: 'staff',
      also: { values: valuesOf(() => sql`true`) as never, files: filesOf as never, employees: employeesOf as never },
      resolve: ((row: Record<string, unknown>, _: unknown, { switchboard }: { switchboard: Switchboard }) =>
        shown(switchboard, row.values, { files: row.files as never, employees: row.employees as never })) as never,
    }) as never,
    portal: t.field({
      ...options,
      description: 'Values of the organization’s own fields that you are shown.',
      rule: contact.own,
      surface: 'portal',
      also: {
        values: valuesOf((field) => sql`${field.visible_to_contact}`) as never,
        files: filesOf as never,
        employees: employeesShown as never,
      },
      resolve: ((row: Record<string, unknown>, _: unknown, { switchboard }: { switchboard: Switchboard }) =>
        shown(switchboard, row.values, { files: row.files as never, employees: row.employees as never })) as never,
    }) as never,
  });
};
