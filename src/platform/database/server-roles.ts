import type pg from 'pg';
import { errorCode, UnusableDatabaseError } from './database.errors.ts';

/** The role that requests run as: cannot log in, owns nothing, has no BYPASSRLS. */
export const APP_ROLE = 'guichet_app';
/** The role of the server's own chores that cross organizations; sees only tables that say `servesWorker`. */
export const WORKER_ROLE = 'guichet_worker';
/** Reaches the schema `identity` and nothing else. */
export const IDENTITY_ROLE = 'guichet_identity';
/** The setting that names the organization of a transaction. Missing or empty, every policy raises an error. */
export const ORGANIZATION_SETTING = 'guichet.organization';

const ROLES = [APP_ROLE, IDENTITY_ROLE, WORKER_ROLE];
const DUPLICATES = new Set(['42710', '23505']);
const FORBIDDEN = '42501';

/**
 * Makes the roles that requests run as. They belong to the whole PostgreSQL server, so another database may have made them already.
 * @throws UnusableDatabaseError where the login may not
 */
export async function createServerRoles(client: pg.ClientBase): Promise<void> {
  try {
    for (const role of ROLES) await createRole(client, role);
  } catch (error) {
    if (errorCode(error) !== FORBIDDEN) throw error;
    throw new UnusableDatabaseError(
      `The user of DATABASE_URL may not make the roles that requests run as (${ROLES.join(', ')}): let a superuser give it CREATEROLE.`,
    );
  }
}

async function createRole(client: pg.ClientBase, role: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (!rowCount) await client.query(`create role ${role} nologin noinherit nobypassrls`).catch(unlessDuplicate);
  // Since PostgreSQL 16 whoever makes a role is a member that may pass it on, but not act as it.
  await client.query(
    `do $$ begin
       if not pg_has_role(current_user, '${role}', case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
       then grant ${role} to current_user; end if;
     end $$`,
  );
}

const unlessDuplicate = (error: unknown): void => {
  if (!DUPLICATES.has(errorCode(error) ?? '')) throw error;
};

/**
 * Refuses to go on where row level security would not hold (architecture 5: fail closed).
 * @throws UnusableDatabaseError naming the fault.
 */
export async function checkServerRoles(pool: pg.Pool, role: string): Promise<void> {
  const { rows } = await pool.query<{ name: string; unsafe: boolean; owns: number; login: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls as unsafe, rolcanlogin as login,
       (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
     from pg_roles where rolname = current_user`,
  );
  const [found] = rows;
  if (found?.name !== role) throw new UnusableDatabaseError(`Sessions must run as ${role}, but run as ${found?.name}.`);
  if (found.unsafe)
    throw new UnusableDatabaseError(`The role ${role} may bypass row level security: take SUPERUSER and BYPASSRLS from it.`);
  if (found.login) throw new UnusableDatabaseError(`The role ${role} may log in: alter role ${role} nologin.`);
  if (found.owns) throw new UnusableDatabaseError(`The role ${role} owns ${found.owns} tables; it must own nothing.`);
}
