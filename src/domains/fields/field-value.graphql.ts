import { sql as anySql, FIELD_INPUTS, loadedField, oneOnEach, placeOf, readByStatement, readField } from '../../sdk/core.ts';
import { FILE_READER, type GuichetBuilder, type Sql } from '../../sdk/index.ts';
import { COMPARISON_INPUTS } from './field-comparison.ts';
import type { FieldValueSource } from './field-value.ts';
import { fields } from './permissions.ts';

const rule = fields.value;

// The builder's types know classes and refs; these objects are what kinds of field make of their values, whatever kinds there are.
interface FieldMaker {
  field(options: object): never;
  readonly builder: object;
}
interface Loose {
  objectType(name: string, options: object): void;
  interfaceType(name: string, options: object): void;
  inputType(name: string, options: object): void;
}
type Made = Record<string, never>;

/** A fact of the value under its own name. */
const fact = (type: string, description: string, nullable = false): object => ({
  type: type.startsWith('[') ? [type.slice(1, -1)] : type,
  nullable,
  description,
  rule,
  resolve: (source: Readonly<Record<string, unknown>>, _: unknown, __: unknown, { fieldName }: { readonly fieldName: string }) =>
    source[fieldName] ?? null,
});
const common = (t: FieldMaker): Made => ({
  field: t.field(fact('FieldDefinition', 'The field.')),
  text: t.field({
    ...fact('String', 'The value as people read it, in your language.', true),
    resolve: (value: FieldValueSource, _: unknown, { language }: { readonly language: 'en' | 'zh-CN' }) => value.text(language),
  }),
});

const VALUES: Readonly<Record<string, readonly [description: string, fields: (t: FieldMaker) => Made]>> = {
  TextValue: ['A text, an email, a link or an address: its `text`.', () => ({})],
  PhoneValue: [
    'A phone number.',
    (t) => ({
      phone: t.field(fact('PhoneNumber', 'The number.')),
      extension: t.field(fact('String', 'What is dialled once it has answered.', true)),
    }),
  ],
  NumberValue: ['A number.', (t) => ({ number: t.field(fact('Decimal', 'The number, exactly.')) })],
  MoneyValue: ['A value that is an amount of money.', (t) => ({ money: t.field(fact('Money', 'The amount.')) })],
  DateValue: ['A calendar day.', (t) => ({ date: t.field(fact('Date', 'The day.')) })],
  YesNoValue: ['Yes or no.', (t) => ({ yes: t.field(fact('Boolean', 'Whether it is yes.')) })],
  ChoiceValue: ['One of several options.', (t) => ({ option: t.field(fact('FieldOption', 'What was chosen.')) })],
  ChoicesValue: [
    'Some of several options.',
    (t) => ({ options: t.field(fact('[FieldOption]', 'What was chosen; of a choice in levels one of each, the highest first.')) }),
  ],
  EmployeeValue: ['An employee.', (t) => ({ employee: employeeField(t) })],
  FileValue: ['Files, pictures or a signature.', (t) => ({ files: filesField(t) })],
  LocationValue: [
    'A place.',
    (t) => ({
      name: t.field(fact('String', 'What it is called.', true)),
      latitude: t.field(fact('Float', 'In degrees, north of the equator.')),
      longitude: t.field(fact('Float', 'In degrees, east of Greenwich.')),
      accuracy: t.field(fact('Float', 'In metres.', true)),
    }),
  ],
  LinesValue: [
    'Line items.',
    (t) => ({
      lines: t.field(fact('[FieldLine]', 'The lines, as they were given.')),
      totals: t.field(fact('[FieldValue]', 'What was added up, by its columns.')),
    }),
  ],
};

/** Contacts are told by its text whoever it is, and know those whom they are shown elsewhere. */
function employeeField(t: FieldMaker): never {
  const { all } = placeOf(t.builder);
  const where = (row: object, { source }: { source(name: string, type: string): Sql }): Sql =>
    anySql`${(row as Record<string, Sql>).id!} = ${source('employeeId', 'uuid')}`;
  const portal = readByStatement(t, {
    type: 'PortalEmployee',
    nullable: true,
    description: 'Who it is, where that is somebody whom you know, such as your owner; the text says it of everybody.',
    rule: fields.known,
    surface: 'portal',
    reads: { reads: 'row', entity: () => all.entity('PortalEmployee'), where, nullable: true },
    resolve: readField,
  });
  const staff = loadedField(t, 'Employee', 'employeeId', { description: 'Who it is.', rule: fields.employee, surface: 'staff' });
  return oneOnEach(staff as never, portal as never) as never;
}

/** The files of a value, wherever the value may be read. */
function filesField(t: FieldMaker): never {
  const { all } = placeOf(t.builder);
  const entity = () => all.entity('File');
  interface Given {
    source(name: string, type: string): Sql;
  }
  const given = ({ source }: Given): Sql => source('fileIds', 'uuid[]');
  const where = (row: object, inputs: Given): Sql => anySql`${(row as Record<string, Sql>).id!} = any(${given(inputs)})`;
  return readByStatement(t, {
    type: ['File'],
    nullable: false,
    description: 'The files, in the order in which they were given.',
    rule,
    reads: { reads: 'list', entity, scope: { where, inOrderOf: given, proves: [FILE_READER], atMost: 100 } },
    resolve: readField,
  }) as never;
}

export function fieldValueTypes(builder: GuichetBuilder): void {
  const loose = builder as unknown as Loose;
  loose.objectType('FieldOption', {
    description: 'One thing that can be chosen.',
    fields: (t: FieldMaker) => ({
      id: t.field(fact('ID', 'Stays as it is when the option is renamed; unique among those of its field.')),
      label: t.field(fact('String', 'What it is called.')),
    }),
  });
  loose.objectType('FieldDefinition', {
    description: 'A field of a form or of contacts, as far as its values need it.',
    fields: (t: FieldMaker) => ({
      id: t.field(fact('ID', 'Stays as it is when the field is renamed; unique among those of its form, or of contacts.')),
      name: t.field(fact('String', 'What programs call it: inputs and filters take it.')),
      label: t.field(fact('String', 'What people call it.')),
      kind: t.field(fact('String', 'Its kind, such as `MONEY`. Plugins add some: have a default branch.')),
    }),
  });
  loose.objectType('FieldLine', {
    description: 'One line of line items.',
    fields: (t: FieldMaker) => ({ values: t.field(fact('[FieldValue]', 'What it holds, in the order of the columns.')) }),
  });
  loose.interfaceType('FieldValue', {
    description: 'A value of a field of a form or of a contact. Each kind of field has its type; plugins add some: have a default branch.',
    resolveType: (value: FieldValueSource) => value['@type'],
    fields: common,
  });
  for (const [name, [description, own]] of Object.entries(VALUES))
    loose.objectType(name, { description, interfaces: ['FieldValue'], fields: (t: FieldMaker) => ({ ...common(t), ...own(t) }) });
  for (const { name, description, fields: own, mostInList } of FIELD_INPUTS)
    loose.inputType(name, {
      description,
      extensions: { mostInList },
      fields: (t: { parsed(of: unknown): never }) => Object.fromEntries(Object.entries(own).map(([field, of]) => [field, t.parsed(of)])),
    });
  for (const [name, [description, own]] of Object.entries(COMPARISON_INPUTS))
    loose.inputType(name, {
      description,
      fields: (t: FieldMaker) =>
        Object.fromEntries(
          Object.entries(own).map(([field, [type, of, most]]) => {
            const named = type.replaceAll(/[[\]!]/g, '');
            const options = {
              type: type.startsWith('[') ? [named] : named,
              required: type.endsWith('!'),
              description: of,
              extensions: { most },
            };
            return [field, t.field(options)];
          }),
        ),
    });
}
