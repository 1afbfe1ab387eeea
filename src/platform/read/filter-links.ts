import { decodeAnyId, decodeGlobalId } from '../schema/global-id.ts';
import { Sql, sql } from '../sql/sql.ts';
import type { Filter } from './entity.ts';

/** What makes a UUID of an id that was given. */
export const decoderOf = ({ type }: { readonly type?: string }): ((id: unknown) => string) =>
  type === undefined ? decodeAnyId : (id) => decodeGlobalId(type, id);

/** Rows that have any, all or none of some links, such as a contact its tags; asked of each row, whatever finds the rows. */
export function compareLinks(
  filter: Filter & { compares: 'links' },
  key: Sql,
  name: string,
  parameter: (sqlType: string, convert: (given: unknown) => unknown) => Sql,
  { organization, one }: { readonly organization: Sql; readonly one: boolean },
): Sql {
  const decoded = (given: unknown): string[] => [...new Set((given as unknown[]).map(decoderOf(filter)))];
  const ids = one ? parameter('uuid', (given) => decoded(given)[0]) : parameter('uuid[]', decoded);
  const to = one ? sql`= ${ids}` : sql`= any(${ids})`; // a list would not be looked up by the link's key
  const { via, from } = filter;
  const end = new Sql(via ? `via.${via.to}` : `link.${filter.to}`);
  const beyond = via
    ? ` join ${via.table.name} via on via.organization_id = link.organization_id and via.${via.from} = link.${filter.to}`
    : '';
  const links = sql`from ${new Sql(filter.table.name)} link${new Sql(beyond)} where link.organization_id = ${organization} and ${new Sql(`link.${from}`)} = ${key} and ${end} ${to}`;
  if (name === 'all' && !one) return sql`(select count(distinct ${end}) ${links}) = cardinality(${ids})`;
  return sql`(select true ${links} limit 1) is ${name === 'none' ? sql`null` : sql`true`}`;
}
