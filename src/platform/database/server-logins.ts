import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { errorCode, UnusableDatabaseError } from './database.errors.ts';
import { asLogin } from './login.ts';
import type { Role } from './pool.ts';
import { scramVerifier } from './scram-verifier.ts';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from './server-roles.ts';

/** Connection strings of the server's pools, one a role. */
export type LoginUrls = Readonly<Record<Role, string>>;

interface KeptLogin {
  readonly role: Role;
  readonly login: string;
  readonly password: string;
}
/** What the names of logins begin with. A pool's login may become its one role, and nothing else. */
export const LOGIN_PREFIXES: Readonly<Record<Role, string>> = {
  [APP_ROLE]: 'guichet_requests',
  [IDENTITY_ROLE]: 'guichet_identity',
  [WORKER_ROLE]: 'guichet_worker',
};
const ROLES = Object.keys(LOGIN_PREFIXES) as Role[];
const FORBIDDEN = '42501';

/** No role is granted anything on it: only its owner reads the passwords. Backups leave it out. */
export const LOGINS_TABLE = 'server_logins';
const TABLE = `create table if not exists ${LOGINS_TABLE} (
  role text primary key, login text not null unique, password text not null, made_at timestamptz not null default now())`;
const KEPT = `select role, login, password from ${LOGINS_TABLE} order by role`;

/**
 * Makes the logins of this database's pools where they are not there. Their names are the database's own, for logins belong to the whole
 * PostgreSQL server; a copy of the database has the same ones.
 * @throws UnusableDatabaseError where the user of DATABASE_URL may not
 */
export async function createServerLogins(client: pg.ClientBase): Promise<void> {
  await client.query(TABLE);
  for (const role of ROLES) {
    const values = [role, `${LOGIN_PREFIXES[role]}_${randomBytes(4).toString('hex')}`, randomBytes(32).toString('base64url')];
    await client.query(`insert into ${LOGINS_TABLE} (role, login, password) values ($1, $2, $3) on conflict do nothing`, values);
  }
  for (const kept of await keptLogins(client)) await createLogin(client, kept);
}

export const keptLogins = async (client: pg.ClientBase): Promise<KeptLogin[]> => (await client.query<KeptLogin>(KEPT)).rows;

async function createLogin(client: pg.ClientBase, { role, login, password }: KeptLogin): Promise<void> {
  const { rows } = await client.query<{ member: boolean }>(
    `select exists (select from pg_auth_members m where m.member = l.oid and m.roleid = $2::regrole) as member from pg_roles l where l.rolname = $1`,
    [login, role],
  );
  const [name] = [client.escapeIdentifier(login)];
  try {
    if (!rows[0]) await client.query(`create role ${name} login noinherit password '${scramVerifier(password)}'`);
    if (!rows[0]?.member) await client.query(`grant ${role} to ${name}`);
  } catch (error) {
    if (errorCode(error) !== FORBIDDEN) throw error;
    throw new UnusableDatabaseError(
      `The user of DATABASE_URL may not make the logins of requests: let a superuser give it CREATEROLE, and grant ${ROLES.join(', ')} to it with admin option.`,
    );
  }
}

/** Where the pools log in. @param url of the login that migrates, once it has migrated */
export async function loginUrls(url: string): Promise<LoginUrls> {
  const kept = await asLogin(url, keptLogins);
  return Object.fromEntries(kept.map(({ role, login, password }) => [role, withLogin(url, login, password)])) as unknown as LoginUrls;
}

/** As parameters, which come before what stands in front of the host: a URL of a socket has no host to put them before. */
function withLogin(url: string, login: string, password: string): string {
  const changed = new URL(url);
  changed.username = '';
  changed.password = '';
  changed.searchParams.set('user', login);
  changed.searchParams.set('password', password);
  return changed.href;
}
