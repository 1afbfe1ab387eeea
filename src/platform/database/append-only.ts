import type pg from 'pg';

const REFUSE = `create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'What was written into % stays.', tg_table_name using errcode = 'insufficient_privilege';
end $$`;

/** Makes, where it is not there, the function that keeps rows of `appendOnly` tables from their owner too. Triggers need it, so it comes before every migration. */
export async function makeRefusingFunction(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regprocedure('refuse_change()')::text as known`);
  if (!rows[0]?.known) await client.query(REFUSE);
}
