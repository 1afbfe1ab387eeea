import type pg from 'pg';
import { Exchange } from '../../src/platform/database/exchange.ts';
import type { RawDatabase } from '../support/raw-database.ts';

/** Ends the connection of whoever writes, inside the database, at a statement of one's choice. */
export interface Cutting {
  /** The next statements that write are counted from 1, and the one of this number ends its connection before it has done anything. */
  at(statement: number): Promise<void>;
  /** Nothing is cut any more. */
  end(): Promise<void>;
}

const FUNCTION = `
create sequence cut_count;
create table cut_plan (at bigint not null);
insert into cut_plan values (0);
create function cut_here() returns trigger language plpgsql security definer as $$
declare planned bigint := (select at from public.cut_plan);
begin
  if planned > 0 and nextval('public.cut_count') = planned then
    perform pg_terminate_backend(pg_backend_pid());
    perform pg_sleep(5);
  end if;
  return null;
end $$`;

/** Sets a trigger on every table of forms and of what is written beside them; only requests are counted. */
export async function cuttingOf(database: RawDatabase): Promise<Cutting> {
  await database.rows(FUNCTION);
  const tables = await database.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'cut\\_%'",
  );
  for (const { name } of tables)
    await database.rows(
      `create trigger a_cut before insert or update or delete on "${name}" for each statement when (current_user = 'guichet_app') execute function cut_here()`,
    );
  const plan = (at: number) => database.rows('update cut_plan set at = $1', [at]);
  return {
    async at(statement) {
      await database.rows("select setval('cut_count', 1, false)");
      await plan(statement);
    },
    end: async () => void (await plan(0)),
  };
}

/** Hangs up on what writes as soon as its commit has been sent, before it is answered. @returns what lets connections be */
export function hangUpAtCommit(pool: pg.Pool): () => void {
  let isOver = false;
  const writes = new WeakMap<pg.PoolClient, boolean>();
  const watch = (client: pg.PoolClient): void => {
    if (writes.has(client)) return;
    writes.set(client, false);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((sent: unknown, ...rest: unknown[]) => {
      const answer = query(sent, ...rest);
      for (const text of textsOf(sent)) {
        if (text.startsWith('begin')) writes.set(client, !text.includes('read only'));
        if (text === 'commit' && writes.get(client) && !isOver)
          setImmediate(() => (client as unknown as Connected).connection.stream.destroy());
      }
      return answer;
    }) as typeof client.query;
  };
  pool.on('acquire', watch);
  return () => {
    isOver = true;
    pool.off('acquire', watch);
  };
}
interface Connected {
  readonly connection: { readonly stream: { destroy(): void } };
}
const textsOf = (sent: unknown): string[] =>
  sent instanceof Exchange
    ? sent.sent.map(({ text }) => text)
    : [typeof sent === 'string' ? sent : ((sent as { text?: string }).text ?? '')];
