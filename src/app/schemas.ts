import type { GraphQLSchema } from 'graphql';
import { SCALARS } from '../platform/input/scalars.ts';
import type { Entity } from '../platform/read/entity.ts';
import { makeBuilder } from '../platform/schema/builder.ts';
import type { Builder } from '../platform/schema/builder.types.ts';
import { DeclarationError } from '../platform/schema/claims.ts';
import { Declarations } from '../platform/schema/declarations.ts';
import { builderOf } from '../platform/schema/module-builder.ts';
import { refusalTypes } from '../platform/schema/refusal-declaration.ts';
import { PORTAL, STAFF, type Surface } from '../platform/schema/surface.ts';
import { asGuichet } from '../sdk/builder.ts';
import * as sdk from '../sdk/index.ts';
import { baseTypes } from './base-schema.ts';
import type { LoadedModule } from './loaded-module.ts';
import { moduleError } from './module.errors.ts';
import { type PermissionTable, permissionTable } from './permission-table.ts';
import { checkNeeds } from './plugin-needs.rules.ts';

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
  const tables = new WeakMap<GraphQLSchema, PermissionTable>();
  const all = new Declarations(
    plugins,
    modules.flatMap(({ registrations = [] }) => registrations),
  );
  const builder = makeBuilder({ declarations: all, plugins }, [...new Set(modules.flatMap(({ pothos = [] }) => pothos))]);
  declare(all, builder, modules, (schema) => tables.get(schema) ?? []);
  const write = (surface: Surface): GraphQLSchema => {
    const schema = inOurWords(() => builder.toSchema({ sortSchema: false, surface }));
    tables.set(schema, permissionTable(schema));
    return schema;
  };
  const staff = write(STAFF);
  checkNeeds(modules, staff);
  return { staff, portal: write(PORTAL), entity: (type) => all.entity(type), permissions: tables.get(staff)! };
}

function declare(
  all: Declarations,
  builder: Builder,
  modules: readonly LoadedModule[],
  table: (schema: GraphQLSchema) => PermissionTable,
): void {
  for (const role of CORE_ROLES) all.role(role, 'core');
  for (const [name, said] of Object.entries(sdk.ADMIN_RIGHTS)) all.right(name, said, 'core');
  const core = builderOf(builder, all, 'core', false);
  all.loads('core');
  for (const { name } of SCALARS) all.claimType(name, 'core');
  baseTypes(core, all, table);
  for (const { name, isPlugin, rules = [], rights = {}, types } of modules) {
    all.loads(name);
    for (const [right, said] of Object.entries(rights)) all.right(right, said, name);
    for (const rule of rules) all.cite('a rule of the manifest', rule, name);
    types?.(asGuichet(builderOf(builder, all, name, isPlugin)));
  }
  refusalTypes(core);
  all.checkTopics();
}

/** Pothos says it of a ref or a name that nobody declared. */
function inOurWords<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const name = /^(?:\w+Ref<)?(\w+)>? has not been implemented|references \((?:\w+Ref<)?(\w+)/.exec((error as Error).message);
    if (!name) throw error;
    throw new DeclarationError(`no module declares the type ${name[1] ?? name[2]}`, 'declare it, or name the module that does in `needs`');
  }
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
