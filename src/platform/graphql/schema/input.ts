import { isStorable } from '../../database/storable.ts';
import { decodeGlobalId } from '../global-id.ts';
import { badRequest } from '../read/refusal.ts';

/** One fault of an input: where it is, a code for programs and a sentence for people. */
export interface Issue {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** A field of an input: its GraphQL type and how a value becomes what a use case works with. */
export interface InputField<Value> {
  /** Name of the GraphQL type; in brackets for a list. */
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  readonly object?: InputObject;
  readonly refersTo?: string;
  /** Null says something of its own, and is not the same as leaving the field out. */
  readonly keepsNull?: boolean;
  /** Reports what is wrong with `given` and returns a value all the same; never called for null. */
  parse(given: unknown, path: readonly string[], report: (issue: Issue) => void): Value;
}
/** An input type with its fields, for `inputObject`. */
export interface InputObject {
  readonly name: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, InputField<unknown>>>;
}
/** Fields of an input by their names. */
export type InputFields = Readonly<Record<string, InputField<unknown>>>;
/** What a use case gets for a field. */
export type ValueOf<Field> = Field extends InputField<infer Value> ? Value : never;
/** What a use case gets for all fields. */
export type Values<Fields extends InputFields> = { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> };

/** Most items of a list in an input (targets 2). */
const MOST_ITEMS = 250;

const field = <Value>(
  type: string,
  description: string,
  parse: InputField<Value>['parse'],
  more: Partial<InputField<Value>> = {},
): InputField<Value> => ({
  type,
  required: true,
  description,
  parse,
  ...more,
});

/** The same field, which may be left out or null: then `undefined`. */
export const optional = <Value>(of: InputField<Value>): InputField<Value | undefined> => ({ ...of, required: false });

/** The same field, which may be left out: then `undefined`; and null stays null. */
export const nullable = <Value>(of: InputField<Value>): InputField<Value | null | undefined> => ({
  ...of,
  required: false,
  keepsNull: true,
});

/** Limits of a text. */
export interface TextOptions {
  /** Least characters after trimming; 1 by default. */
  readonly min?: number;
  /** Most characters; 200 by default. */
  readonly max?: number;
}
/** Text, trimmed. */
export const text = (description: string, { min = 1, max = 200 }: TextOptions = {}): InputField<string> =>
  field('String', description, (given, path, report) => {
    const value = String(given).trim();
    if (!isStorable(value)) report({ path, code: 'INVALID', message: 'Text must not hold the character zero, nor half a character.' });
    if (value.length < min)
      report({ path, code: 'TOO_SHORT', message: min === 1 ? 'This must not be empty.' : `At least ${min} characters, please.` });
    if (value.length > max) report({ path, code: 'TOO_LONG', message: `At most ${max} characters; these are ${value.length}.` });
    return value;
  });

/** A phone number as it was typed; its module reads it. */
export const phoneNumber = (description: string): InputField<string> => field('PhoneNumber', description, (given) => String(given));

/** A whole number of 32 bits. @param min and max: both are taken. */
export const integer = (description: string, { min = -2_147_483_648, max = 2_147_483_647 } = {}): InputField<number> =>
  field('Int', description, (given, path, report) => {
    const value = Number(given);
    if (value < min || value > max)
      report({ path, code: 'OUT_OF_RANGE', message: `A whole number from ${min} to ${max}, please; this is ${value}.` });
    return value;
  });

/** Yes or no. */
export const flag = (description: string): InputField<boolean> => field('Boolean', description, (given) => given === true);

/** A moment, RFC 3339. */
export const instant = (description: string): InputField<Date> =>
  field('DateTime', description, (given) => (given instanceof Date ? given : new Date(String(given))));

/** One value of an enum that was declared under `name`. */
export const enumValue = <const Word extends string>(name: string, _values: readonly Word[], description: string): InputField<Word> =>
  field(name, description, (given) => given as Word);

/** The global id of an object of `type`. An unreadable id, or one of another type, becomes an id that was never issued (api 1). */
export const id = (type: string, description: string): InputField<string> =>
  field('ID', description, (given) => decodeGlobalId(type, given), { refersTo: type });

/** @param most ids at the most; past 250 the document is refused as a whole. */
export const ids = (type: string, description: string, { most = MOST_ITEMS, least = 0 } = {}): InputField<readonly string[]> =>
  listOf(id(type, description), description, { most, least });

/** Values of a form, of any JSON. */
export const anyJson = (description: string): InputField<unknown> => field('JSON', description, (given) => given);

/**
 * A list. Each item's faults are told with its place.
 * @param limits `most` and `least` items are a fault of the input; past 250 the document is refused as a whole.
 */
export function listOf<Value>(
  item: InputField<Value>,
  description: string,
  { most = MOST_ITEMS, least = 0 } = {},
): InputField<readonly Value[]> {
  return field(
    `[${item.type}]`,
    description,
    (given, path, report) => {
      const items = given as readonly unknown[];
      if (items.length > MOST_ITEMS) throw badRequest(`${path.join('.')} holds ${items.length} items; at most ${MOST_ITEMS} are taken.`);
      if (items.length > most) report({ path, code: 'TOO_MANY', message: `At most ${most} items; these are ${items.length}.` });
      if (items.length < least) report({ path, code: 'TOO_FEW', message: `At least ${least} ${least === 1 ? 'item' : 'items'}, please.` });
      return items.map((one, i) => item.parse(one, [...path, String(i)], report));
    },
    { object: item.object, refersTo: item.refersTo },
  );
}

/** An input object of its own, such as a line of an order. */
export function inputObject<Fields extends InputFields>(name: string, description: string, fields: Fields): InputField<Values<Fields>> {
  return field(name, description, (given, path, report) => parseFields(fields, given as Record<string, unknown>, path, report), {
    object: { name, description, fields },
  });
}

/** An amount of money as a use case gets it. */
export interface MoneyValue {
  /** In minor units, such as cents. */
  readonly amount: number;
  readonly currency: string;
}
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const moneyFields = {
  amount: field('Int53', 'In minor units, such as cents.', (given) => Number(given)),
  currency: field('String', 'ISO 4217 code, such as CNY.', (given, path, report) => {
    const code = String(given);
    if (!CURRENCIES.has(code)) report({ path, code: 'NOT_A_CURRENCY', message: 'This is no currency of ISO 4217, such as CNY.' });
    return code;
  }),
};
const moneyInput = { name: 'MoneyInput', description: 'An amount of money, as it is given.', fields: moneyFields };

/** @param least and most: of the amount, in minor units. */
export const money = (description: string, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): InputField<MoneyValue> =>
  field(
    moneyInput.name,
    description,
    (given, path, report) => {
      const value = parseFields(moneyFields, given as Record<string, unknown>, path, report);
      const isOut = value.amount < least || value.amount > most;
      if (isOut)
        report({
          path: [...path, 'amount'],
          code: 'OUT_OF_RANGE',
          message: `An amount from ${least} to ${most}, please; this is ${value.amount}.`,
        });
      return value;
    },
    { object: moneyInput },
  );

/** @returns a value for each field; `undefined` for what was left out, and for null where null says nothing of its own. Faults go to `report`. */
export function parseFields<Fields extends InputFields>(
  fields: Fields,
  given: Readonly<Record<string, unknown>>,
  path: readonly string[],
  report: (issue: Issue) => void,
): Values<Fields> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, of]) => [
      name,
      given[name] == null ? absent(of, given[name]) : of.parse(given[name], [...path, name], report),
    ]),
  ) as Values<Fields>;
}

const absent = ({ keepsNull }: InputField<unknown>, given: unknown): null | undefined => (keepsNull && given === null ? null : undefined);

export const refersToObjects = (fields: InputFields): boolean =>
  Object.values(fields).some(({ refersTo, object }) => refersTo !== undefined || (object !== undefined && refersToObjects(object.fields)));
