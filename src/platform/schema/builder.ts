import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import { forbidden, unauthenticated } from '../read/refusal.ts';
import GuichetPlugin from './plugin.ts';
import './schema-builder.ts';
import '../input/input-fields.ts';
import './root-fields.ts';
import { PageInputs } from '../input/page-inputs.ts';
import { SCALARS } from '../input/scalars.ts';
import type { Builder, BuilderTypes } from './builder.types.ts';
import { Connections } from './connections.ts';
import { ruleOf } from './entity-columns.ts';
import type { SharedParts } from './place.ts';
import type { GuichetOptions } from './plugin.types.ts';
import { scopesFor } from './role-scopes.ts';

/** One builder for all surfaces: `toSchema({ surface })` makes the schema of each. Scope-auth stands before resolvers, outermost. */
export function makeBuilder(declared: GuichetOptions, more: readonly string[] = []): Builder {
  const guichet: GuichetOptions & { parts?: SharedParts } = { ...declared };
  const builder = new SchemaBuilder<BuilderTypes>({
    // scope-auth outermost; then what modules bring; innermost what hands a resolver its columns and parsed arguments
    plugins: [ScopeAuthPlugin, ...(more as never[]), GuichetPlugin],
    defaultFieldNullability: false,
    guichet,
    scopeAuth: {
      authorizeOnSubscribe: true,
      treatErrorsAsUnauthorized: false,
      authScopes: scopesFor(guichet.declarations.roles) as never,
      unauthorizedError: (_parent, { seat }, info, { failure }) => {
        const error = 'error' in failure ? failure.error : undefined;
        if (error instanceof GraphQLError) return error;
        return seat ? forbidden(ruleOf(info)) : unauthenticated();
      },
    },
  });
  guichet.parts = { connections: new Connections(builder, guichet.declarations), pages: new PageInputs(builder) };
  declareRoots(builder);
  return builder;
}

function declareRoots(builder: Builder): void {
  for (const { name, description, specifiedByURL, parse, serialize } of SCALARS)
    builder.scalarType(name as never, { description, specifiedByURL, serialize, parseValue: parse } as never);
  const extensions = { guichet: { module: 'core' } };
  builder.queryType({ description: 'Everything that can be read.', extensions });
  builder.mutationType({ description: 'Everything that can be done.', extensions });
  builder.subscriptionType({ description: 'Everything that can be followed live.', extensions });
}
