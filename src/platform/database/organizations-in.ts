import type pg from 'pg';

/**
 * The organizations that have rows in a table, for chores that go through them one by one. Skips along the primary key from one to the next,
 * whose first column it is, instead of reading the rows.
 */
export async function organizationsIn(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with recursive known as (
       (select organization_id from ${table} order by organization_id limit 1)
       union all
       select (select organization_id from ${table} where organization_id > known.organization_id order by organization_id limit 1)
       from known where known.organization_id is not null
     ) select organization_id as id from known where organization_id is not null`,
  );
  return rows.map(({ id }) => id);
}
