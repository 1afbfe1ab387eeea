import type { GraphQLSchema } from 'graphql';
import type { Entity } from '../platform/graphql/read/entity.ts';
import { Declarations } from '../platform/graphql/schema/declarations.ts';
import { mutationTypes } from '../platform/graphql/schema/mutation-types.ts';
import { SchemaDoor } from '../platform/graphql/schema/schema-door.ts';
import { SchemaWriter } from '../platform/graphql/schema/schema-writer.ts';
import { subscriptionTypes } from '../platform/graphql/schema/subscription-types.ts';
import { PORTAL, STAFF, type Surface } from '../platform/graphql/schema/surface.ts';
import * as sdk from '../sdk/index.ts';
import { baseSchema, roleEnum } from './base-schema.ts';
import type { LoadedModule } from './loaded-module.ts';
import { moduleError } from './module.errors.ts';
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

/**
 * Builds both surfaces from what the modules declare.
 * @throws ModuleError where something has no rule, or two modules claim one name: of the first plugin without which the schemas are built.
 */
export function buildSchemas(modules: readonly LoadedModule[]): Schemas {
  try {
    return build(modules);
  } catch (error) {
    throw blamed(modules, error);
  }
}

function build(modules: readonly LoadedModule[]): Schemas {
  const plugins = new Set(modules.filter(({ isPlugin }) => isPlugin).map(({ name }) => name));
  const write = (surface: Surface) => {
    let permissions: PermissionTable = [];
    const all = declare(modules, plugins, () => permissions);
    const schema = new SchemaWriter(all, surface, plugins).build();
    permissions = permissionTable(schema);
    return { all, schema, permissions };
  };
  const staff = write(STAFF);
  return { staff: staff.schema, portal: write(PORTAL).schema, entity: (type) => staff.all.entity(type), permissions: staff.permissions };
}

function declare(modules: readonly LoadedModule[], plugins: ReadonlySet<string>, table: () => PermissionTable): Declarations {
  const all = new Declarations(plugins);
  for (const role of CORE_ROLES) all.role(role, 'core');
  baseSchema(all, table);
  for (const { name, isPlugin, rules = [], schema } of modules) {
    for (const rule of rules) all.cite('a rule of the manifest', rule, name);
    schema?.(new SchemaDoor(all, name, isPlugin));
  }
  roleEnum(all);
  mutationTypes(all);
  subscriptionTypes(all);
  all.checkTargets();
  return all;
}

/** Modules come after those that they need, so the schemas can be built from the first of them alone: the one that breaks it is at fault. */
function blamed(modules: readonly LoadedModule[], error: unknown): unknown {
  const breaks = (count: number): boolean => {
    try {
      build(modules.slice(0, count));
      return false;
    } catch {
      return true;
    }
  };
  const culprit = modules.find(({ isPlugin }, i) => isPlugin && breaks(i + 1));
  return culprit ? moduleError(culprit, error) : error;
}
