import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import { assertPlugin, assertRule } from '../read/may-ask.ts';
import { forbidden } from '../read/refusal.ts';
import GuichetPlugin from './plugin.ts';
import './schema-builder.ts';
import './input-fields.ts';
import './root-fields.ts';
import type { Builder, BuilderTypes } from './builder.types.ts';
import type { GuichetOptions } from './plugin.types.ts';
import { Writing } from './writing.ts';

/** One builder for all surfaces: `toSchema({ surface })` makes the schema of each. Scope-auth stands before resolvers, outermost. */
export function makeBuilder(declared: Omit<GuichetOptions, 'writing'>, more: readonly string[] = []): Builder {
  const guichet: { -readonly [Part in keyof GuichetOptions]: GuichetOptions[Part] } = { ...declared, writing: undefined };
  const builder = new SchemaBuilder<BuilderTypes>({
    // scope-auth outermost; then what modules bring; innermost what hands a resolver its columns and parsed arguments
    plugins: [ScopeAuthPlugin, ...(more as never[]), GuichetPlugin],
    defaultFieldNullability: false,
    guichet,
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
  guichet.writing = new Writing(guichet.declarations, builder);
  return builder;
}
