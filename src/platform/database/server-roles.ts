import type pg from 'pg';
import { errorCode, UnusableDatabaseError } from './database.errors.ts';
import { NoConnectionError } from './trouble.ts';

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
 * What a database of an earlier PostgreSQL, or of any at all, gives to everybody: a table that a session makes for itself stands before one of
 * the same name, for whoever uses the connection next.
 */
export async function closeDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`revoke temporary on database ${rows[0]!.name} from public`);
  await client.query('revoke create on schema public from public');
}

interface Session {
  readonly name: string;
  readonly unsafe: boolean;
  readonly login: boolean;
  readonly owns: number;
  readonly session: string;
  readonly powers: boolean;
  readonly becomes: readonly string[];
}
const SESSION = `select r.rolname as name, r.rolsuper or r.rolbypassrls as unsafe, r.rolcanlogin as login,
    (select count(*)::int from pg_class where relowner in (r.oid, s.oid)) as owns,
    s.rolname as session, s.rolsuper or s.rolbypassrls or s.rolcreaterole or s.rolcreatedb or s.rolreplication as powers,
    array(select other.rolname::text from pg_roles other where other.oid <> s.oid and pg_has_role(s.oid, other.oid, 'member') order by 1) as becomes
  from pg_roles r, pg_roles s where r.rolname = current_user and s.rolname = session_user`;

/**
 * Refuses to go on where row level security would not hold, or where a session could become anything else than its role
 * (architecture 5: fail closed).
 * @throws UnusableDatabaseError naming the fault.
 */
export async function checkServerRoles(pool: pg.Pool, role: string): Promise<void> {
  const found = await sessionOf(pool, role);
  const { session } = found;
  if (found.name !== role) throw new UnusableDatabaseError(`Sessions must run as ${role}, but run as ${found.name}.`);
  if (found.unsafe)
    throw new UnusableDatabaseError(`The role ${role} may bypass row level security: take SUPERUSER and BYPASSRLS from it.`);
  if (found.login) throw new UnusableDatabaseError(`The role ${role} may log in: alter role ${role} nologin.`);
  if (found.powers)
    throw new UnusableDatabaseError(
      `The login ${session} may do more than log in: alter role ${session} nosuperuser nobypassrls nocreaterole nocreatedb noreplication.`,
    );
  const others = found.becomes.filter((name) => name !== role);
  if (others.length)
    throw new UnusableDatabaseError(
      `The login ${session} may become ${others.join(', ')}: revoke ${others.join(', ')} from ${session}, or from ${role}.`,
    );
  if (found.owns)
    throw new UnusableDatabaseError(`The role ${role} or its login ${session} owns ${found.owns} tables; they must own nothing.`);
}

async function sessionOf(pool: pg.Pool, role: string): Promise<Session> {
  try {
    return (await pool.query<Session>(SESSION)).rows[0]!;
  } catch (error) {
    if (!(error instanceof NoConnectionError)) throw error;
    throw new UnusableDatabaseError(
      `Sessions of ${role} cannot log in (${error.message}): let pg_hba.conf admit the members of ${role}, or delete the rows of server_logins, and the next start makes other logins.`,
    );
  }
}
