import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import type { Rule } from '../../permissions/rule.ts';
import type { Seat } from '../../permissions/seat.ts';
import { assertPlugin, assertRule } from '../read/may-ask.ts';
import { forbidden } from '../read/refusal.ts';
import GatePlugin from './gate.ts';

/** What the schema itself needs of a request's context. */
export interface SchemaContext {
  readonly seat: Seat | undefined;
  /** Plugins that are off for everybody. */
  readonly stopped: ReadonlySet<string>;
}
interface Types {
  Context: SchemaContext;
  DefaultFieldNullability: false;
  AuthScopes: { rule: Rule; plugin: string };
}
export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<Types>>;

/**
 * The schema builder. What is decided before an object is there (seat, admin right, plugin switched off) is decided by scope-auth from the
 * same rules that guard rows; what depends on the row is decided in the statement (docs/decisions/one-set-of-rules.md).
 */
export function makeBuilder(): Builder {
  return new SchemaBuilder<Types>({
    plugins: [GatePlugin, ScopeAuthPlugin],
    defaultFieldNullability: false,
    scopeAuth: {
      authorizeOnSubscribe: true,
      treatErrorsAsUnauthorized: false,
      authScopes: ({ seat, stopped }) => ({
        rule: (rule) => {
          assertRule(rule, seat);
          return true;
        },
        plugin: (plugin) => {
          assertPlugin(plugin, seat, stopped);
          return true;
        },
      }),
      unauthorizedError: (_parent, _context, _info, { failure }) => {
        const error = 'error' in failure ? failure.error : undefined;
        return error instanceof GraphQLError ? error : forbidden();
      },
    },
  });
}
