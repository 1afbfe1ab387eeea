import type { GraphQLSchema } from 'graphql';
import type { Entity } from '../platform/graphql/read/entity.ts';
import { Declarations } from '../platform/graphql/schema/declarations.ts';
import { mutationTypes } from '../platform/graphql/schema/mutation-types.ts';
import { SchemaDoor } from '../platform/graphql/schema/schema-door.ts';
import { SchemaWriter } from '../platform/graphql/schema/schema-writer.ts';
import { subscriptionTypes } from '../platform/graphql/schema/subscription-types.ts';
import { PORTAL, STAFF, type Surface } from '../platform/graphql/schema/surface.ts';
import * as sdk from '../sdk/index.ts';
import { baseSchema } from './base-schema.ts';
import type { LoadedModule } from './module-loader.ts';
import { type PermissionTable, permissionTable } from './permission-table.ts';

export interface Schemas {
  readonly staff: GraphQLSchema;
  readonly portal: GraphQLSchema;
  /** @throws for a type that no module has declared. */
  entity(type: string): Entity;
  readonly permissions: PermissionTable;
}
const CORE_ROLES = [
  sdk.ADMIN,
  sdk.OWNER,
  sdk.OWNERS_SUPERVISOR,
  sdk.SHAREE,
  sdk.COLLEAGUE,
  sdk.EXTERNAL,
  sdk.PARTICIPANT,
  sdk.HOLDER,
  sdk.SELF,
  sdk.PUBLIC,
];

/** Builds both surfaces from what the modules declare. @throws where something has no rule, or two modules claim one name. */
export function buildSchemas(modules: readonly LoadedModule[]): Schemas {
  let permissions: PermissionTable = [];
  const staff = declare(modules, () => permissions);
  const portal = declare(modules, () => permissions);
  const plugins = new Set(modules.filter(({ isPlugin }) => isPlugin).map(({ name }) => name));
  const write = (all: Declarations, surface: Surface): GraphQLSchema => new SchemaWriter(all, surface, plugins).build();
  const schema = write(staff, STAFF);
  permissions = permissionTable(schema);
  return { staff: schema, portal: write(portal, PORTAL), entity: (type) => staff.entity(type), permissions };
}

function declare(modules: readonly LoadedModule[], table: () => PermissionTable): Declarations {
  const all = new Declarations();
  const own = modules.flatMap(({ rules = [] }) => rules.flatMap(({ roles }) => roles));
  baseSchema(all, [...new Set([...CORE_ROLES, ...own])], table);
  for (const { name, isPlugin, schema } of modules) schema?.(new SchemaDoor(all, name, isPlugin));
  mutationTypes(all);
  subscriptionTypes(all);
  return all;
}
