import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { Rule } from '../sdk/index.ts';

export interface PermissionRow {
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
  readonly right: string | null;
  readonly fields: readonly string[];
}
export type PermissionTable = readonly PermissionRow[];

/** The permission table of a schema, read from the same rules that its fields enforce (spec 2.4). */
export function permissionTable(schema: GraphQLSchema): PermissionTable {
  const rows = new Map<string, { rule: Rule; fields: string[] }>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = field.extensions.rule as Rule | undefined;
      if (!rule || field.extensions.structural) continue;
      const row = rows.get(rule.name) ?? { rule, fields: [] };
      row.fields.push(`${type.name}.${field.name}`);
      rows.set(rule.name, row);
    }
  }
  return [...rows.values()]
    .map(({ rule, fields }) => ({
      name: rule.name,
      description: rule.description,
      roles: rule.roles.map(({ name }) => name),
      right: rule.right ?? null,
      fields: fields.sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
