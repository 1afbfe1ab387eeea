import type { GraphQLSchema } from 'graphql';
import { organization } from '../domains/organization/index.ts';
import { SCALARS } from '../platform/graphql/scalars.ts';
import type { Declarations } from '../platform/graphql/schema/declarations.ts';
import { written } from '../platform/graphql/schema/entity-fields.ts';
import type { FieldSpec } from '../platform/graphql/schema/field-spec.ts';
import { told } from '../platform/graphql/schema/mutation-types.ts';
import { RootFields } from '../platform/graphql/schema/root-fields.ts';
import { ADMIN_RIGHTS, publicRule } from '../sdk/index.ts';
import type { PermissionTable } from './permission-table.ts';

const MODULE = 'core';

/** The types that every schema has, before any module says anything. */
export function baseSchema(all: Declarations, table: (schema: GraphQLSchema) => PermissionTable): void {
  const type = (name: string, description: string, fields: Record<string, FieldSpec>, isInterface = false): void =>
    void all.type({ name, module: MODULE, isInterface, interfaces: [], description }, fields);
  for (const { name } of SCALARS) all.claimType(name, MODULE);
  all.enum('AdminRight', 'A right of an admin, for the whole organization or for departments.', ADMIN_RIGHTS, MODULE);
  type('Node', 'An object with a global id.', { id: { ...told('ID', 'Opaque id, unique among all objects.'), resolve: written } }, true);
  const reason = (of: string, nullable: boolean, description: string): FieldSpec => ({
    ...told(of, description, nullable),
    resolve: written,
  });
  type('AccessReason', 'Why a seat has a role toward an object (spec 2.6).', {
    role: reason('Role', false, 'The role.'),
    through: reason('String', true, 'What it came through, such as a department’s name.'),
    since: reason('DateTime', true, 'Since when, where that is known.'),
    until: reason('DateTime', true, 'When it ends by itself.'),
  });
  const part = (of: string, description: string): FieldSpec => ({ ...told(of, description), resolve: written });
  type('Money', 'An amount of money.', {
    amount: part('Int53', 'In minor units, such as cents.'),
    currency: part('String', 'ISO 4217 code.'),
  });
  type('PermissionRule', 'A rule and the fields that it guards: a row of the permission table (spec 2.3, 2.4).', {
    name: told('String', 'Name of the rule, as in `@auth`.'),
    description: told('String', 'Whom it admits, in words.'),
    roles: told('[Role]', 'Roles that it admits.'),
    right: told('AdminRight', 'Admin right behind the role ADMIN.', true),
    fields: told('[String]', 'Fields that it guards, as `Type.field`.'),
  });
  type('Query', 'Everything that can be read.', queries(all, table));
  type('Mutation', 'Everything that can be done.', {});
  type('Subscription', 'Everything that can be followed live.', {});
}

/** After all modules have told theirs. */
export const roleEnum = (all: Declarations): void =>
  all.enum(
    'Role',
    'A role that a seat can have toward an object (spec 2.2). Modules add theirs: have a default branch.',
    Object.fromEntries([...all.roles.values()].map((role) => [role.name, role.description])),
    MODULE,
  );

function queries(all: Declarations, table: (schema: GraphQLSchema) => PermissionTable): Record<string, FieldSpec> {
  const root = new RootFields(MODULE, all);
  const idArg = { type: 'ID', required: true, description: 'Global id of the object.', parse: (given: unknown) => given };
  return {
    node: root.node({ description: 'Any object by its id; null where your seat cannot see it.', rule: publicRule, args: { id: idArg } }),
    nodes: root.nodes({
      description: 'Several objects by their ids, at most 100, in that order; null in the place of those that your seat cannot see.',
      rule: publicRule,
      args: { ids: { type: '[ID]', required: true, description: 'Global ids of the objects.', parse: (given: unknown) => given } },
    }),
    permissions: root.plain('[PermissionRule]', {
      description: 'The permission table: every rule and what it guards on your surface.',
      rule: organization.read, // it names every type and field, as introspection would
      resolve: ((...[, , , { schema }]: [unknown, unknown, unknown, { schema: GraphQLSchema }]) => table(schema)) as never,
    }),
  };
}
