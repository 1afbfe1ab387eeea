import type { PothosOutputFieldConfig, SchemaTypes } from '@pothos/core';
import type { InputField } from '../input/input.ts';
import type { Rule } from '../permissions/rule.ts';
import type { ReadField } from '../read/entity.ts';
import type { Declarations } from './declarations.ts';
import type { Surface } from './surface.ts';

/** What the plugin keeps with a field. */
export interface GuichetExtensions {
  readonly module?: string;
  readonly read?: ReadField;
  readonly structural?: boolean;
  /** The resolver gets what its `needs` name, not the raw value of the statement. */
  readonly unwraps?: boolean;
  readonly pageOf?: string;
  readonly variants?: Readonly<Partial<Record<Surface['name'], PothosOutputFieldConfig<SchemaTypes>>>>;
  readonly directives?: object;
}
/** What the plugin keeps with an argument, a field of an input, or a value of an enum. */
export interface InputExtensions {
  readonly input?: InputField<unknown>;
  /** Most characters of a text. */
  readonly most?: number;
  /** It is there where one of these rules can admit somebody on the surface. */
  readonly shownFor?: readonly Rule[];
}
export interface GuichetOptions {
  readonly declarations: Declarations;
  readonly plugins: ReadonlySet<string>;
}
/** The store of the builder, without the types that follow from a schema known when code is compiled. */
export interface LooseStore {
  readonly typeConfigs: ReadonlyMap<
    string,
    {
      readonly name: string;
      readonly kind: string;
      readonly graphqlKind: string;
      readonly extensions?: Readonly<Record<string, unknown>> | null;
    }
  >;
  getTypeConfig(ref: unknown): { readonly name: string };
  getFields(name: string): ReadonlyMap<string, PothosOutputFieldConfig<SchemaTypes>>;
  prepareForBuild(): void;
}
