import { type Role, type Rule, rule } from '../permissions/rule.ts';
import { jsonList, jsonObject, jsonValue } from '../sql/json-sql.ts';
import { allOf, quoted, rowHandle, rowHandles, type SeatSql, type Sql, tablesSql } from '../sql/sql.ts';
import type { Access, Row } from './access.ts';
import type { Way } from './entity-role.ts';
import type { Selection } from './selection.ts';

// `viewerRoles` and `viewerAccess`: which roles the seat has toward a row, and through what (spec 2.6).

const only = (role: Role): Rule => rule('viewer.role', { roles: [role], description: role.description });

export function viewerRolesSql(row: Row, access: Access): string {
  const roles = row.entity.roles.flatMap(({ role }) => {
    const may = access.decide(row, only(role));
    if (may === false) return [];
    return [may === true ? quoted(`"${role.name}"`) : `case when ${may.text} then '"${role.name}"' end`];
  });
  return roles.length ? jsonList(`concat_ws(',', ${roles.join(', ')})`) : `'[]'`;
}

export function viewerAccessSql(row: Row, access: Access, seat: SeatSql, selection: Selection): string {
  const reasons = row.entity.roles.flatMap(({ role, ways }) => {
    const held = access.held(row.entity, role);
    if (held === 'NONE') return [];
    if (held === 'ALL') return [reasonJson(selection, role)];
    return ways.map((way) => waySql(row, role, way, access, seat, selection));
  });
  return reasons.length ? jsonList(`concat_ws(',', ${reasons.join(', ')})`) : `'[]'`;
}

function waySql(row: Row, role: Role, way: Way, access: Access, seat: SeatSql, selection: Selection): string {
  if (!way.reason) return `case when ${access.predicate(row.entity, way, row.alias).text} then ${reasonJson(selection, role)} end`;
  const handles = { row: rowHandle(row.entity.table, row.alias), seat, ...rowHandles(way.through) };
  const { tables, conditions } = tablesSql(way.through, seat);
  const where = allOf([...conditions, way.where(handles)]).text;
  // distinct: a share with a department reaches a seat that is in two of those below it twice
  return `(select string_agg(distinct ${reasonJson(selection, role, way.reason(handles))}, ',') from ${tables.join(', ')} where ${where})`;
}

function reasonJson(selection: Selection, role: Role, reason: { through?: Sql; since?: Sql; until?: Sql } = {}): string {
  const parts: Record<string, () => string> = {
    __typename: () => quoted('"AccessReason"'),
    role: () => quoted(`"${role.name}"`),
    through: () => (reason.through ? jsonValue('text', reason.through.text, true) : quoted('null')),
    since: () => (reason.since ? jsonValue('instant', reason.since.text, true) : quoted('null')),
    until: () => (reason.until ? jsonValue('instant', reason.until.text, true) : quoted('null')),
  };
  return jsonObject([...selection].map(([key, [node]]) => [key, parts[node!.name.value]!()]));
}
