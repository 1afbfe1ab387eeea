import type { GraphQLSchema } from 'graphql';
import { organization } from '../domains/organization/index.ts';
import type { Builder } from '../platform/schema/builder.types.ts';
import type { Declarations } from '../platform/schema/declarations.ts';
import { partOfValue, written } from '../platform/schema/entity-columns.ts';
import { nodeFields } from '../platform/schema/node-fields.ts';
import { told } from '../platform/schema/told-field.ts';
import { AdminRightName } from '../sdk/index.ts';
import type { PermissionTable } from './permission-table.ts';

type Fields = (t: { field(options: object): never }) => Record<string, never>;
/** A part of what a statement wrote whole. */
const part = (type: string, description: string, nullable = false): object => ({ ...told(type, description, nullable), resolve: written });

/** The types that every schema has, before any module says anything. @param builder as the core has it */
export function baseTypes(builder: Builder, all: Declarations, table: (schema: GraphQLSchema) => PermissionTable): void {
  const described = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([word, description]) => [word, { description }]));
  const object = (name: string, description: string, fields: Fields): void =>
    void builder.objectRef<object>(name).implement({ description, fields: fields as never });
  builder.words(AdminRightName, () => Object.fromEntries(all.rights));
  const roles = () => described(Object.fromEntries([...all.roles.values()].map(({ name, description }) => [name, description])));
  builder.enumType('Role', {
    description: 'A role that a seat can have toward an object (spec 2.2). Modules add theirs: have a default branch.',
    values: {},
    extensions: { late: roles },
  });
  const node: Fields = (t) => ({ id: t.field(part('ID', 'Opaque id, unique among all objects.')) });
  builder.interfaceRef<object>('Node').implement({ description: 'An object with a global id.', fields: node as never });
  object('AccessReason', 'Why a seat has a role toward an object (spec 2.6).', (t) => ({
    role: t.field(part('Role', 'The role.')),
    through: t.field(part('String', 'What it came through, such as a department’s name.', true)),
    since: t.field(part('DateTime', 'Since when, where that is known.', true)),
    until: t.field(part('DateTime', 'When it ends by itself.', true)),
  }));
  object('Money', 'An amount of money.', (t) => ({
    amount: t.field({ ...part('Int53', 'In minor units, such as cents.'), resolve: partOfValue }),
    currency: t.field({ ...part('String', 'ISO 4217 code.'), resolve: partOfValue }),
  }));
  declareMoneyInput(builder);
  declarePermissions(builder, object, table);
  builder.queryFields((t) => nodeFields(t, all));
}

function declareMoneyInput(builder: Builder): void {
  const fields = (t: { field(options: object): never }) => ({
    amount: t.field({ type: 'Int53', required: true, description: 'In minor units, such as cents.' }),
    currency: t.field({ type: 'String', required: true, description: 'ISO 4217 code, such as CNY.', extensions: { most: 3 } }),
  });
  builder.inputType('MoneyInput', { description: 'An amount of money, as it is given.', fields: fields as never });
}

function declarePermissions(
  builder: Builder,
  object: (name: string, description: string, fields: Fields) => void,
  table: (schema: GraphQLSchema) => PermissionTable,
): void {
  object('PermissionRule', 'A rule and the fields that it guards: a row of the permission table (spec 2.3, 2.4).', (t) => ({
    name: t.field(told('String', 'Name of the rule, as in `@auth`.')),
    description: t.field(told('String', 'Whom it admits, in words.')),
    roles: t.field(told('[Role]', 'Roles that it admits.')),
    right: t.field(told('AdminRight', 'Admin right behind the role ADMIN.', true)),
    fields: t.field(told('[String]', 'Fields that it guards, as `Type.field`.')),
  }));
  builder.queryField('permissions', (t) =>
    t.field({
      type: ['PermissionRule'] as never,
      nullable: true,
      description: 'The permission table: every rule and what it guards on your surface.',
      rule: organization.read, // it names every type and field, as introspection would
      resolve: (_, __, ___, { schema }) => [...table(schema)] as never,
    }),
  );
}
