import type { Parameters } from '../sql/parameters.ts';
import type { AsOf, Entity } from './entity.ts';
import type { Interview } from './interview.ts';

/**
 * What stands before a statement that reads a row as of an event: the table under its own name, with the values that the event remembers in
 * that one row. So the row is the same on every path through the statement, for filters and conditions too. It melts into the plan: only the
 * columns named are other than the table's.
 * @returns nothing where the event remembers nothing.
 */
export function asOfSql({ property, id, columns }: AsOf, entity: Entity, interview: Interview, parameters: Parameters): string {
  const remembered = (source: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | undefined =>
    (source?.[property] ?? undefined) as Readonly<Record<string, unknown>> | undefined;
  if (!interview.ask(`asOf:${property}`, ({ source }) => remembered(source) !== undefined)) return '';
  const { table, key } = entity;
  const row = parameters.use(`source:${id}:uuid`, 'uuid', ({ source }) => source?.[id]).text;
  const listed = Object.entries(table.columns).map(([name, { definition }]) => {
    if (!columns.includes(name)) return name;
    const then = parameters.use(`asOf:${property}:${name}`, definition.sqlType, ({ source }) => remembered(source)![name]);
    return `case when ${key} = ${row} then ${then.text} else ${name} end as ${name}`;
  });
  const own = `organization_id = ${parameters.seat.organization.text}`;
  return `with ${table.name} as not materialized (select ${listed.join(', ')} from ${table.name} where ${own}) `;
}
