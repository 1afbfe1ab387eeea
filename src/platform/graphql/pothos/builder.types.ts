import type { Rule } from '../../permissions/rule.ts';
import type { Seat } from '../../permissions/seat.ts';

/** What the schema itself needs of a request's context. */
export interface SchemaContext {
  readonly seat: Seat | undefined;
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
}
export interface BuilderTypes {
  Context: SchemaContext;
  DefaultFieldNullability: false;
  AuthScopes: { rule: Rule; plugin: string };
}
export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes>>;
