import type { InputFieldMap, InputShapeFromField, SchemaTypes } from '@pothos/core';
import type { GuichetInputs } from '../input/input-fields.ts';
import { ofPlugin } from '../plugin-call/plugin-call.ts';
import type { Place } from './place.ts';

/** The builder as what is declared through it is written: its own types follow a schema that is known when code is compiled. */
export type Loose = Record<string, (...given: unknown[]) => unknown> & {
  readonly configStore: { associateParamWithRef(param: unknown, ref: string): void };
};
export type Methods = Record<string, (this: Loose, ...given: never[]) => unknown>;

export const resolveType = (value: unknown): string => (value as { readonly '@type': string })['@type'];
/** Code of a module: a plugin’s is counted as its own, so that it harms its own fields alone. */
export const own = <Code extends (...given: never[]) => unknown>({ module, isPlugin }: Place, code: Code): Code =>
  isPlugin ? ofPlugin(module, code) : code;

/** What a use case gets for its input: `undefined` for what was left out. */
export type Values<Fields extends InputFieldMap> = { readonly [Name in keyof Fields]: InputShapeFromField<Fields[Name]> };
export type InputBuilder<Types extends SchemaTypes> = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'> &
  GuichetInputs<Types, 'InputObject'>;
