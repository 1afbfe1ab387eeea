import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { DeclarationError } from '../platform/schema/claims.ts';
import type { LoadedModule } from './loaded-module.ts';

interface Use {
  readonly module: string | undefined;
  readonly what: string;
}

/** A plugin reaches what its `needs` name, and what those need in turn. @throws DeclarationError */
export function checkNeeds(modules: readonly LoadedModule[], staff: GraphQLSchema): void {
  const reached = new Map<string, ReadonlySet<string>>();
  for (const { name, needs = [] } of modules)
    reached.set(name, new Set([name, ...needs, ...needs.flatMap((one) => [...(reached.get(one) ?? [])])]));
  for (const plugin of modules.filter(({ isPlugin }) => isPlugin)) {
    const stray = usesOf(plugin, modules, staff).find(({ module }) => reached.has(module ?? '') && !reached.get(plugin.name)!.has(module!));
    if (stray)
      throw new DeclarationError(
        `${plugin.name} uses ${stray.what} of the module ${stray.module}, which its \`needs\` do not name`,
        `add '${stray.module}' to \`needs\``,
      );
  }
}

const ownerOf = ({ extensions }: GraphQLNamedType): string | undefined => (extensions.guichet as { module?: string } | undefined)?.module;

function usesOf({ name, tables = [], registrations = [] }: LoadedModule, modules: readonly LoadedModule[], staff: GraphQLSchema): Use[] {
  const ownerOfTable = (table: string): string | undefined => modules.find((one) => one.tables?.some((own) => own.name === table))?.name;
  const references = tables.flatMap(({ columns }) =>
    Object.values(columns).flatMap(({ definition }) => definition.references?.table ?? []),
  );
  return [
    ...references.map((table) => ({ module: ownerOfTable(table), what: `the table ${table}` })),
    ...registrations.map(({ point }) => ({ module: point.name.split('.')[0], what: `the list ${point.name}` })),
    ...typesOf(name, staff).map((type) => ({ module: ownerOf(type), what: `the type ${type.name}` })),
  ].filter(({ module }) => module !== 'core');
}

/** Types that a plugin gives fields to, and that its fields lead to. */
const typesOf = (plugin: string, staff: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(staff.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => (field.extensions.module === plugin ? [type, getNamedType(field.type)] : [])),
    );
