import type { Table } from '../database/table.ts';
import type { Role } from '../permissions/rule.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Entity } from './entity.ts';
import type { EntityRole, Way } from './entity-role.ts';

type Handles = Record<string, Record<string, Sql>>;

/**
 * The same way toward what belongs to a row: whoever has a role toward a contact has it toward the contact's form.
 * @param alias of the parent row in the statement; unlike those of the way's own tables.
 * @param column of the child that holds the parent's id.
 */
export function inheritedWay(of: Way, alias: string, parentTable: Table, column: string): Way {
  return {
    through: { [alias]: parentTable, ...of.through },
    where: (handles) => {
      const { row, ...others } = handles as Handles;
      const parent = others[alias]!;
      const inner = { ...others, row: parent };
      const among = of.among ? sql` and ${of.among.key(inner)} = ${parent[of.among.column]!}` : sql``;
      return sql`${parent.id!} = ${row![column]!} and ${of.where(inner)}${among}`;
    },
  };
}

/** Roles toward rows that belong to rows of an entity, through a column that holds their ids. @param only these roles, all by default */
export const inheritedRoles = ({ roles, table, name }: Entity, column: string, only?: readonly Role[]): EntityRole[] =>
  roles
    .filter(({ role }) => !only || only.includes(role))
    .map((of) => ({ ...of, ways: of.ways.map((way) => inheritedWay(way, `parent_${name.toLowerCase()}`, table, column)) }));
