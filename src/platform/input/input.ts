import { asStorable } from '../database/storable.ts';
import { badRequest } from '../read/refusal.ts';
import { decodeGlobalId, ID_CHARACTERS } from '../schema/global-id.ts';
import { takeName } from '../text/name-taken.ts';
import { hasSomethingToSee, takeText } from '../text/text-taken.ts';
import { MOST_ITEMS, moreItems } from './argument-texts.ts';
import { EMPTY, type Issue, NOT_A_CURRENCY, notTaken, outOfRange, tooFew, tooMany, tooShort } from './input-faults.ts';

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
  /** Sentence that is printed behind the description: how much of it is taken. */
  readonly bound?: string;
  /** Most characters of a text. */
  readonly most?: number;
  /** Where it may be left out, this says just as little. */
  isEmpty?(given: unknown): boolean;
  /** Reports what is wrong with `given` and returns a value all the same; never called for null. */
  parse(given: unknown, path: readonly string[], report: (issue: Issue) => void): Value;
}
/** An input type with its fields, for `inputObject`. */
export interface InputObject {
  readonly name: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, InputField<unknown>>>;
  /** Most of them in one list of a request, where those are more than 250. */
  readonly mostInList?: number;
}
/** Fields of an input by their names. */
export type InputFields = Readonly<Record<string, InputField<unknown>>>;
/** What a use case gets for a field. */
export type ValueOf<Field> = Field extends InputField<infer Value> ? Value : never;
/** What a use case gets for all fields. */
export type Values<Fields extends InputFields> = { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> };

const grouped = (figure: number): string => figure.toLocaleString('en');
export const atMost = (characters: number): string => `At most ${grouped(characters)} characters.`;

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

/** Limits of a text, in characters as people count them: 👨‍👩‍👧 is one. */
export interface TextOptions {
  /** Least characters after trimming; 1 by default. With 0, an empty text says something of its own, such as "take it away". */
  readonly min?: number;
  /** Most characters; 200 by default. */
  readonly max?: number;
  /** What somebody goes by: what is not seen in it is taken out (`takeName`). */
  readonly isName?: boolean;
}
/** Text, trimmed. One in which there is nothing to see is empty; where it may be left out, an empty one is left out. */
export const text = (description: string, { min = 1, max = 200, isName = false }: TextOptions = {}): InputField<string> =>
  field(
    'String',
    description,
    (given, path, report) => {
      const taken = (isName ? takeName : takeText)(String(given), max);
      if (taken.fault) report({ path, ...notTaken(taken.fault, max) });
      const value = taken.text !== undefined && hasSomethingToSee(taken.text) ? taken.text : '';
      if (!taken.fault && value.length < min) report({ path, ...(value === '' ? EMPTY : tooShort(min)) });
      return value;
    },
    { bound: atMost(max), most: max, ...(min > 0 ? { isEmpty: isEmptyText } : {}) },
  );
const isEmptyText = (given: unknown): boolean => typeof given === 'string' && given.trim() === '';

/** What something or somebody is called: text that must not be empty, also where it may be left out, without what is not seen. */
export const name = (description: string, { max = 100 }: Pick<TextOptions, 'max'> = {}): InputField<string> => ({
  ...text(description, { max, isName: true }),
  isEmpty: undefined,
});

/** A phone number as it was typed; its module reads it. */
export const phoneNumber = (description: string): InputField<string> => field('PhoneNumber', description, (given) => String(given));

/** A whole number of 32 bits. @param min and max: both are taken. */
export const integer = (description: string, { min = LEAST_INT, max = MOST_INT } = {}): InputField<number> =>
  whole('Int', description, min, max);
/** An amount in minor units, where something else says its currency. */
export const amount = (description: string, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): InputField<number> =>
  whole('Int53', description, least, most);
const whole = (type: 'Int' | 'Int53', description: string, min: number, max: number): InputField<number> => {
  const read = (given: unknown, path: readonly string[], report: (issue: Issue) => void): number => {
    const value = Number(given);
    if (value < min || value > max) report({ path, ...outOfRange(min, max, value) });
    return value;
  };
  return field(type, description, read, { bound: boundOf(min, max) });
};
const LEAST_INT = -2_147_483_648;
const MOST_INT = 2_147_483_647;
const boundOf = (min: number, max: number): string | undefined => {
  if (max === MOST_INT) return min === LEAST_INT ? undefined : `At least ${grouped(min)}.`;
  return min === LEAST_INT ? `At most ${grouped(max)}.` : `From ${grouped(min)} to ${grouped(max)}.`;
};

/** Yes or no. */
export const flag = (description: string): InputField<boolean> => field('Boolean', description, (given) => given === true);

/** A moment, RFC 3339. */
export const instant = (description: string): InputField<Date> =>
  field('DateTime', description, (given) => (given instanceof Date ? given : new Date(String(given))));

/** A calendar day, as `2026-06-01`. */
export const day = (description: string): InputField<string> => field('Date', description, (given) => String(given));

/** One value of an enum that was declared under `name`. */
export const enumValue = <const Word extends string>(name: string, _values: readonly Word[], description: string): InputField<Word> =>
  field(name, description, (given) => given as Word);

/** The global id of an object of `type`. An unreadable id, or one of another type, becomes an id that was never issued (api 1). */
export const id = (type: string, description: string): InputField<string> =>
  field('ID', description, (given) => decodeGlobalId(type, given), { refersTo: type, bound: atMost(ID_CHARACTERS) });

/** A global id of any type, as it was given. */
export const anyId = (description: string): InputField<unknown> =>
  field('ID', description, (given) => given, { bound: atMost(ID_CHARACTERS) });

/** @param most ids at the most; past 250 the document is refused as a whole. */
export const ids = (type: string, description: string, { most = MOST_ITEMS, least = 0 } = {}): InputField<readonly string[]> =>
  listOf(id(type, description), description, { most, least });

/** Values of a form, of any JSON. */
export const anyJson = (description: string): InputField<unknown> => field('JSON', description, (given) => given);

/**
 * The filter of a list, as it is kept until the list is looked at, by a job: moments are texts. An id that cannot be kept was never issued; what
 * stands for it was not either, and is answered alike (api 1).
 */
export const listFilter = (type: string, description: string): InputField<object> =>
  field(type, description, (given) =>
    JSON.parse(JSON.stringify(given), (_, value) => (typeof value === 'string' ? asStorable(value) : value)),
  );

/**
 * A list. Each item's faults are told with its place.
 * @param limits `most` and `least` items are a fault of the input; past 250, or what the item's type says, the document is refused as a whole.
 */
export function listOf<Value>(
  item: InputField<Value>,
  description: string,
  { most = MOST_ITEMS, least = 0 } = {},
): InputField<readonly Value[]> {
  const mostInList = item.object?.mostInList ?? MOST_ITEMS;
  return field(
    `[${item.type}]`,
    description,
    (given, path, report) => {
      const items = given as readonly unknown[];
      if (items.length > mostInList) throw badRequest(moreItems(path, items.length, mostInList));
      if (items.length > most) report({ path, ...tooMany(most, items.length) });
      if (items.length < least) report({ path, ...tooFew(least) });
      return items.map((one, i) => item.parse(one, [...path, String(i)], report));
    },
    { object: item.object, refersTo: item.refersTo, bound: [`At most ${most} items.`, item.bound].filter(Boolean).join(' ') },
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
const CURRENCY_CHARACTERS = 3;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const moneyFields = {
  amount: field('Int53', 'In minor units, such as cents.', (given) => Number(given)),
  currency: field(
    'String',
    'ISO 4217 code, such as CNY.',
    (given, path, report) => {
      const code = String(given);
      if (!CURRENCIES.has(code)) report({ path, ...NOT_A_CURRENCY });
      return code;
    },
    { bound: atMost(CURRENCY_CHARACTERS), most: CURRENCY_CHARACTERS },
  ),
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
      if (isOut) report({ path: [...path, 'amount'], ...outOfRange(least, most, value.amount) });
      return value;
    },
    { object: moneyInput, bound: boundOf(least, most) },
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
      isAbsent(of, given[name]) ? absent(of, given[name]) : of.parse(given[name], [...path, name], report),
    ]),
  ) as Values<Fields>;
}

const isAbsent = ({ required, isEmpty }: InputField<unknown>, given: unknown): boolean =>
  given == null || (!required && isEmpty?.(given) === true);
const absent = ({ keepsNull }: InputField<unknown>, given: unknown): null | undefined => (keepsNull && given === null ? null : undefined);

export const refersToObjects = (fields: InputFields): boolean =>
  Object.values(fields).some(({ refersTo, object }) => refersTo !== undefined || (object !== undefined && refersToObjects(object.fields)));
