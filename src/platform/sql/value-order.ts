import type { ValuesOfRows } from '../read/entity.ts';
import type { ValueOrder } from '../read/page-request.ts';
import { quoted, Sql, sql } from './sql.ts';

// An order by the values that rows have of one field, in a table of terms. No term is empty and none is behind the last of all characters,
// so rows without a value stand by one of these: last, whichever way the list goes, with places as all others have.

const [FIRST, LAST] = ['', '\u{10ffff}'];
const [LEAST, MOST] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
const RANKED = 'ranked';

export function valueOrder(
  { table, key: column }: ValuesOfRows,
  { organization, field, tag, direction }: { organization: Sql; field: Sql; tag: Sql; direction: 'ASC' | 'DESC' },
): ValueOrder {
  const none = new Sql(`${quoted(direction === 'ASC' ? LAST! : FIRST!)} collate "C"`);
  const rank = new Sql(`${RANKED}.term`);
  const ofField = (alias: string): Sql => {
    const of = (name: string): Sql => new Sql(`${alias}.${name}`);
    return sql`${of('field')} = ${field} collate "C" and ${of('nth')} = 0 and ${of('term')} is not null`;
  };
  const own = (key: Sql): Sql =>
    sql`from ${new Sql(table.name)} own where own.organization_id = ${organization} and ${new Sql(`own.${column}`)} = ${key} and ${ofField('own')}`;
  return {
    tag,
    ranked: { through: { [RANKED]: table }, finds: ofField(RANKED), key: new Sql(`${RANKED}.${column}`), inOrder: true },
    rank,
    none,
    of: (key) => sql`coalesce((select own.term ${own(key)}), ${none})`,
    lacks: (key) => sql`not exists (select ${own(key)})`,
    lacksBeyond: (key, than, place) => {
      const all = new Sql(quoted(than === '>' ? LEAST! : MOST!));
      const isThere = sql`${place.sortValue} = ${none}`;
      return sql`(${none} ${new Sql(than)} ${place.sortValue} or ${isThere}) and ${key} ${new Sql(than)} case when ${isThere} then ${place.key} else ${all}::uuid end`;
    },
  };
}
