import type pg from 'pg';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from './table-ddl.ts';

const ROLES = [APP_ROLE, IDENTITY_ROLE, WORKER_ROLE];
const DUPLICATES = new Set(['42710', '23505']);

/** Makes the roles that requests run as. They belong to the whole PostgreSQL server, so another database may have made them already. */
export async function createServerRoles(client: pg.ClientBase): Promise<void> {
  for (const role of ROLES) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${role} nologin noinherit nobypassrls`).catch(unlessDuplicate);
    await client.query(
      `do $$ begin if not pg_has_role(current_user, '${role}', 'member') then grant ${role} to current_user; end if; end $$`,
    );
  }
}

const unlessDuplicate = (error: unknown): void => {
  if (!DUPLICATES.has((error as pg.DatabaseError).code ?? '')) throw error;
};

/**
 * Refuses to go on where row level security would not hold (house 5: fail closed).
 * @throws Error naming the fault.
 */
export async function checkServerRoles(pool: pg.Pool, role: string): Promise<void> {
  const { rows } = await pool.query<{ name: string; unsafe: boolean; owns: number; login: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls as unsafe, rolcanlogin as login,
       (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
     from pg_roles where rolname = current_user`,
  );
  const [found] = rows;
  if (found?.name !== role) throw new Error(`Sessions must run as ${role}, but run as ${found?.name}.`);
  if (found.unsafe) throw new Error(`The role ${role} may bypass row level security: take SUPERUSER and BYPASSRLS from it.`);
  if (found.login) throw new Error(`The role ${role} may log in: alter role ${role} nologin.`);
  if (found.owns) throw new Error(`The role ${role} owns ${found.owns} tables; it must own nothing.`);
}
