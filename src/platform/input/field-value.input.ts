import { NO_ID } from '../database/uuid.ts';
import type { GivenValue } from '../fields/field.ts';
import { decodeGlobalId } from '../schema/global-id.ts';
import * as input from './input.ts';

const LONGEST_TEXT = 20_000;
/** Code units of the longest text, whose characters its kind counts. */
const MOST_UNITS = LONGEST_TEXT * 16;
const MOST_VALUES = 250;
/** As many as a form may ask. */
const MOST_FIELDS = 500;

/** A value as it came, which its kind looks at; null says that the field is emptied. */
const asGiven = <Value>(
  type: string,
  description: string,
  more: Partial<input.InputField<Value>> = {},
): input.InputField<Value | null | undefined> =>
  input.nullable({ type, required: false, description, parse: (given) => given as Value, ...more });
/** Ids of no objects: the kind looks whether they are in the field’s definition. */
const idsOfOptions = (description: string) => input.nullable(input.listOf(input.anyId(description), description));

/** Contacts know employees by other ids than colleagues do: whose id it may be hangs on who gives it, and is asked by whoever takes the value. */
const employee: input.InputField<string> = {
  ...input.id('Employee', 'Of employees; on the portal the id of a `PortalEmployee` that you are shown, such as your `owner`.'),
  parse(given) {
    const own = decodeGlobalId('Employee', given);
    return own === NO_ID ? decodeGlobalId('PortalEmployee', given) : own;
  },
};

const LOCATION = {
  name: asGiven<string>('String', 'What it is called.', { most: 3_200, bound: 'At most 200 characters.' }),
  latitude: { type: 'Float', required: true, description: 'In degrees, north of the equator.', parse: Number },
  longitude: { type: 'Float', required: true, description: 'In degrees, east of Greenwich.', parse: Number },
  accuracy: asGiven<number>('Float', 'In metres.'),
};
const location = input.inputObject('FieldLocationInput', 'A place, as it is given.', LOCATION);

const CELL = {
  field: input.text('Name of the field.', { max: 60 }),
  text: asGiven<string>('String', 'Of texts, phones, emails, links, addresses; of dates as well.', {
    most: MOST_UNITS,
    bound: 'At most 20,000 characters; the kind of field may take fewer.',
  }),
  number: asGiven<string>('Decimal', 'Of numbers.'),
  money: input.nullable({ ...input.money('Of money.', { least: -Number.MAX_SAFE_INTEGER }), required: false }),
  date: asGiven<string>('Date', 'Of dates.'),
  optionIds: idsOfOptions('Of choices: ids of options, from the field’s definition.'),
  employeeId: input.nullable(employee),
  yes: asGiven<boolean>('Boolean', 'Of yes or no.'),
};
const cell = input.inputObject(
  'FieldCellInput',
  'The value of one column of a line: `field`, and the value in exactly one of the other ways.',
  CELL,
);
const LINE = { values: input.listOf(cell, 'What the line holds, by the names of its columns.', { most: 30 }) };
const line = input.inputObject('FieldLineInput', 'One line of line items, as it is given.', LINE);
const VALUE = {
  ...CELL,
  uploadIds: input.nullable(input.ids('File', 'Of files, images and signatures: sent by `createUpload`, or there already.')),
  location: input.nullable({ ...location, required: false }),
  lines: input.nullable({ ...input.listOf(line, 'Of line items.', { most: MOST_VALUES }), required: false }),
};

const value = input.inputObject(
  'FieldValueInput',
  'A value of one field: its name, and the value in exactly one of the other ways, which hangs on the field’s kind. Null, an empty text and an empty list empty the field.',
  VALUE,
) as input.InputField<GivenValue>;
/** One value as it comes in; a list of them holds as many as a form may ask. */
export const fieldValue: input.InputField<GivenValue> = { ...value, object: { ...value.object!, mostInList: MOST_FIELDS } };
/**
 * Values of the fields of a template, of an input: `values: t.parsed(fieldValues('…'), { required: false })`, for `FormsService.submit`. At most
 * 500, as many as a form may ask. @param description what they are values of
 */
export const fieldValues = (description: string): input.InputField<readonly GivenValue[]> =>
  input.listOf(fieldValue, description, { most: MOST_FIELDS });

/** The input types, as they are declared. */
export const FIELD_INPUTS = [location, cell, line, fieldValue].map(({ object }) => object!);
