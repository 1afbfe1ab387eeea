import {
  InputFieldBuilder,
  type InputFieldMap,
  type InputObjectRef,
  type InputOrArgRef,
  type InputShape,
  type SchemaTypes,
} from '@pothos/core';
import type { EntityRef } from '../schema/entity-ref.ts';
import * as input from './input.ts';

const parsers = new WeakMap<object, input.InputField<unknown>>();

interface Said<Required extends boolean> {
  readonly description: string;
  readonly required?: Required;
}
type Given<Value, Required extends boolean> = Required extends false ? Value | undefined : Value;
type Field<Types extends SchemaTypes, Kind, Value, Required extends boolean> = InputOrArgRef<
  Types,
  Given<Value, Required>,
  Kind & ('Arg' | 'InputObject')
>;

/** What the plugin adds to `t` of inputs and to `t.arg`: fields with the checks that a use case relies on, told after its guard. */
export interface GuichetInputs<Types extends SchemaTypes, Kind> {
  /** Text, trimmed. Where it may be left out, an empty one is left out. */
  text<R extends boolean = true>(options: Said<R> & input.TextOptions): Field<Types, Kind, string, R>;
  /** What something is called: text that must not be empty, also where it may be left out. */
  name<R extends boolean = true>(options: Said<R> & Pick<input.TextOptions, 'max'>): Field<Types, Kind, string, R>;
  /** A phone number as it was typed; its module reads it. */
  phoneNumber<R extends boolean = true>(options: Said<R>): Field<Types, Kind, string, R>;
  /** A whole number of 32 bits. */
  integer<R extends boolean = true>(options: Said<R> & { readonly min?: number; readonly max?: number }): Field<Types, Kind, number, R>;
  /** A moment, RFC 3339. */
  instant<R extends boolean = true>(options: Said<R>): Field<Types, Kind, Date, R>;
  /** A calendar day, as `2026-06-01`. */
  day<R extends boolean = true>(options: Said<R>): Field<Types, Kind, string, R>;
  /** Yes or no. */
  flag<R extends boolean = true>(options: Said<R>): Field<Types, Kind, boolean, R>;
  /** An amount of money; `least` and `most` in minor units. */
  money<R extends boolean = true>(
    options: Said<R> & { readonly least?: number; readonly most?: number },
  ): Field<Types, Kind, input.MoneyValue, R>;
  /** An amount in minor units, where something else says its currency. */
  amount<R extends boolean = true>(options: Said<R> & { readonly least?: number; readonly most?: number }): Field<Types, Kind, number, R>;
  /** The id of an object; what cannot be read becomes an id that was never issued (api 1). */
  globalId<R extends boolean = true>(ref: EntityRef, options: Said<R>): Field<Types, Kind, string, R>;
  /** The same, where null says something of its own. */
  nullableId(ref: EntityRef, options: { readonly description: string }): Field<Types, Kind, string | null, false>;
  /** The ids of objects. */
  globalIds<R extends boolean = true>(
    ref: EntityRef,
    options: Said<R> & { readonly least?: number; readonly most?: number },
  ): Field<Types, Kind, readonly string[], R>;
  /** A value of an enum. */
  choice<Ref extends { readonly name: string }, R extends boolean = true>(
    type: Ref,
    options: Said<R> & { readonly defaultValue?: InputShape<Types, Ref> },
  ): Field<Types, Kind, InputShape<Types, Ref>, R>;
  /** Values of an enum. */
  choices<Ref extends { readonly name: string }, R extends boolean = true>(
    type: Ref,
    options: Said<R> & { readonly least?: number; readonly most?: number },
  ): Field<Types, Kind, readonly InputShape<Types, Ref>[], R>;
  /** What a module reads in its own way. */
  parsed<Value, R extends boolean = true>(of: input.InputField<Value>, options?: { readonly required?: R }): Field<Types, Kind, Value, R>;
  /** An object of an input type. */
  objectOf<Ref extends PothosSchemaTypes.InputObjectRef<Types, unknown>, R extends boolean = true>(
    type: Ref,
    options: Said<R>,
  ): Field<Types, Kind, InputShape<Types, Ref>, R>;
  /** Objects of an input type. */
  listOf<Ref extends PothosSchemaTypes.InputObjectRef<Types, unknown>, R extends boolean = true>(
    type: Ref,
    options: Said<R> & { readonly least?: number; readonly most?: number },
  ): Field<Types, Kind, readonly InputShape<Types, Ref>[], R>;
}

declare global {
  export namespace PothosSchemaTypes {
    export interface InputFieldBuilder<Types extends SchemaTypes, Kind extends 'Arg' | 'InputObject'> extends GuichetInputs<Types, Kind> {}
  }
}

type Options = Said<boolean> & input.TextOptions & { readonly least?: number; readonly most?: number; readonly defaultValue?: unknown };
type Make = { readonly builder: object; field(options: object): object };
const made = (t: Make, of: input.InputField<unknown>, { required = true, defaultValue }: Partial<Options>): object => {
  const wanted = required && of.required ? of : of.keepsNull ? of : input.optional(of);
  const item = of.type.replaceAll(/[[\]]/g, '');
  const ref = t.field({
    type: of.type.startsWith('[') ? [item] : item,
    required: wanted.required && defaultValue === undefined,
    description: of.description,
    defaultValue,
    extensions: { input: wanted },
  });
  parsers.set(ref, wanted);
  return ref;
};

const METHODS: Record<string, (this: Make, ...given: never[]) => object> = {
  text(options: Options) {
    return made(this, input.text(options.description, options), options);
  },
  name(options: Options) {
    return made(this, input.name(options.description, options), options);
  },
  phoneNumber(options: Options) {
    return made(this, input.phoneNumber(options.description), options);
  },
  integer(options: Options) {
    return made(this, input.integer(options.description, options), options);
  },
  instant(options: Options) {
    return made(this, input.instant(options.description), options);
  },
  day(options: Options) {
    return made(this, input.day(options.description), options);
  },
  flag(options: Options) {
    return made(this, input.flag(options.description), options);
  },
  money(options: Options) {
    return made(this, input.money(options.description, options), options);
  },
  amount(options: Options) {
    return made(this, input.amount(options.description, options), options);
  },
  globalId(ref: EntityRef, options: Options) {
    return made(this, input.id(ref.name, options.description), options);
  },
  nullableId(ref: EntityRef, options: Options) {
    return made(this, input.nullable(input.id(ref.name, options.description)), options);
  },
  globalIds(ref: EntityRef, options: Options) {
    return made(this, input.ids(ref.name, options.description, options), options);
  },
  choice(type: { readonly name: string }, options: Options) {
    return made(this, input.enumValue(type.name, [], options.description), options);
  },
  choices(type: { readonly name: string }, options: Options) {
    return made(this, input.listOf(input.enumValue(type.name, [], options.description), options.description, options), options);
  },
  parsed(of: input.InputField<unknown>, options: Partial<Options> = {}) {
    return made(this, of, options);
  },
  objectOf(type: InputObjectRef<SchemaTypes, unknown>, options: Options) {
    return made(this, objectIn(type, options.description), options);
  },
  listOf(type: InputObjectRef<SchemaTypes, unknown>, options: Options) {
    return made(this, input.listOf(objectIn(type, options.description), options.description, options), options);
  },
};
const objects = new WeakMap<object, input.InputFields>();
const objectIn = (type: { readonly name: string }, description: string) =>
  input.inputObject(type.name, description, objects.get(type) ?? {});
/** The parsers of an input type's fields, for inputs that hold such objects. */
export const rememberFields = (type: object, fields: InputFieldMap): void => void objects.set(type, inputsIn(fields));

const plain: input.InputField<unknown> = { type: 'JSON', required: false, description: '', parse: (given) => given };
/** How a use case parses an input; a field of Pothos' own is taken as it comes. */
export const inputsIn = (fields: InputFieldMap): input.InputFields =>
  Object.fromEntries(Object.entries(fields).map(([name, ref]) => [name, parsers.get(ref) ?? plain]));

for (const [name, method] of Object.entries(METHODS))
  Object.defineProperty(InputFieldBuilder.prototype, name, { value: method, enumerable: true, writable: true, configurable: true });
