import { isStorable } from '../../database/storable.ts';
import { decodeGlobalId } from '../global-id.ts';
import { badRequest } from '../read/refusal.ts';
import type { Message } from './message.ts';

/** One fault of an input: where it is, a code for programs and a sentence for people, in each language. */
export interface Issue {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: Message;
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

const UNSTORABLE: Message = {
  en: 'Text must not hold the character zero, nor half a character.',
  'zh-CN': '文字中不能含有零字符或不完整的字符。',
};
const EMPTY: Message = { en: 'This must not be empty.', 'zh-CN': '此项不能为空。' };
const NO_CURRENCY: Message = { en: 'This is no currency of ISO 4217, such as CNY.', 'zh-CN': '这不是 ISO 4217 货币代码，例如 CNY。' };
const atLeast = (least: number, what: string, chinese: string): Message => ({
  en: `At least ${least} ${what}, please.`,
  'zh-CN': `至少需要 ${least} ${chinese}。`,
});
const atMost = (most: number, given: number, what: string, chinese: string): Message => ({
  en: `At most ${most} ${what}; these are ${given}.`,
  'zh-CN': `最多 ${most} ${chinese}，现在是 ${given} ${chinese}。`,
});
const between = (what: string, chinese: string, least: number, most: number, given: number): Message => ({
  en: `${what} from ${least} to ${most}, please; this is ${given}.`,
  'zh-CN': `请填写 ${least} 到 ${most} 之间的${chinese}，现在是 ${given}。`,
});

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
    if (!isStorable(value)) report({ path, code: 'INVALID', message: UNSTORABLE });
    if (value.length < min) report({ path, code: 'TOO_SHORT', message: min === 1 ? EMPTY : atLeast(min, 'characters', '个字符') });
    if (value.length > max) report({ path, code: 'TOO_LONG', message: atMost(max, value.length, 'characters', '个字符') });
    return value;
  });

/** A phone number as it was typed; its module reads it. */
export const phoneNumber = (description: string): InputField<string> => field('PhoneNumber', description, (given) => String(given));

/** A whole number of 32 bits. @param min and max: both are taken. */
export const integer = (description: string, { min = -2_147_483_648, max = 2_147_483_647 } = {}): InputField<number> =>
  field('Int', description, (given, path, report) => {
    const value = Number(given);
    if (value < min || value > max) report({ path, code: 'OUT_OF_RANGE', message: between('A whole number', '整数', min, max, value) });
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
      if (items.length > most) report({ path, code: 'TOO_MANY', message: atMost(most, items.length, 'items', '项') });
      if (items.length < least) report({ path, code: 'TOO_FEW', message: atLeast(least, least === 1 ? 'item' : 'items', '项') });
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
    if (!CURRENCIES.has(code)) report({ path, code: 'NOT_A_CURRENCY', message: NO_CURRENCY });
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
          message: between('An amount', '金额', least, most, value.amount),
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
