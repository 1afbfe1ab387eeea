import type { Table } from '../platform/database/table.ts';
import type { Language } from '../platform/language/language.ts';
import type { Seat } from '../platform/permissions/seat.ts';
import type { AuthScopes, Builder } from '../platform/schema/builder.types.ts';
import type { EntityFieldBuilder } from '../platform/schema/entity-field-builder.ts';
import type { PayloadFieldBuilder } from '../platform/schema/payload-field-builder.ts';
import type { Switchboard } from '../platform/write/service.ts';
import type { UseCase } from '../platform/write/use-case.ts';

/** What a resolver gets: who asks, services of other modules, and loaders that last as long as the request. */
export interface FieldContext {
  readonly seat: Seat;
  readonly language: Language;
  /** The moment of the request. */
  readonly now: Date;
  readonly switchboard: Switchboard;
  /** One loader a request and name: one batch a level. */
  loader<T>(name: string, make: () => T): T;
}
interface PersonShape {
  readonly id: string;
}
/** What the builder knows without a ref: scalars and interfaces by their names. */
export interface GuichetTypes {
  Context: FieldContext;
  UseCase: UseCase;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  AuthScopes: AuthScopes;
  Interfaces: { Node: PersonShape; Seat: PersonShape };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    Date: { Input: string; Output: string };
    PhoneNumber: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    Int53: { Input: number; Output: number };
    Cursor: { Input: string; Output: string };
    URL: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}
/** The Pothos builder that every module declares its part of the schema with: core domains and plugins alike. */
export type GuichetBuilder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<GuichetTypes>>;
type Resolved = PothosSchemaTypes.ExtendDefaultTypes<GuichetTypes>;
/** `t` of an entity, for functions that make some of its fields. */
export type EntityFields<T extends Table> = EntityFieldBuilder<Resolved, T>;
/** `t` of a payload. */
export type PayloadFields<Done> = PayloadFieldBuilder<Resolved, Done>;
/** `t` of an input, for functions that make some of its fields. */
export type InputMaker = PothosSchemaTypes.InputFieldBuilder<Resolved, 'InputObject'>;
export const asGuichet = (builder: Builder): GuichetBuilder => builder as unknown as GuichetBuilder;
