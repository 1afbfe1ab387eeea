import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';

/** What the schema itself needs of a request's context. */
export interface SchemaContext {
  readonly seat: Seat | undefined;
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
}
/** Scopes: a role of the core by its name, asked together with the rule that admits it; those of modules carry their prefix (`lendingKeeper`). */
export interface AuthScopes {
  admin: Rule;
  owner: Rule;
  ownersSupervisor: Rule;
  sharee: Rule;
  colleague: Rule;
  external: Rule;
  participant: Rule;
  holder: Rule;
  self: Rule;
  /** That a plugin is on in the seat's organization. */
  plugin: string;
}
export interface BuilderTypes {
  Context: SchemaContext;
  DefaultFieldNullability: false;
  AuthScopes: AuthScopes;
}
export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes>>;
