import type pg from 'pg';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from '../../platform/database/server-roles.ts';
import { type Finding, failure, ok } from './finding.ts';

const SUBJECT = 'roles';
const ROLES = [APP_ROLE, IDENTITY_ROLE, WORKER_ROLE];

interface Role {
  readonly name: string;
  readonly login: boolean;
  readonly bypasses: boolean;
  readonly rules: boolean;
  readonly owns: number;
  readonly memberOf: readonly string[];
  readonly reachesIdentity: boolean;
  readonly isOurs: boolean;
}
const FOUND = `select r.rolname as name, r.rolcanlogin as login, r.rolsuper or r.rolbypassrls as bypasses, r.rolcreaterole or r.rolcreatedb or r.rolreplication as rules,
    (select count(*)::int from pg_class where relowner = r.oid and relkind in ('r', 'p', 'v', 'm', 'f', 'S')) + (select count(*)::int from pg_proc where proowner = r.oid) as owns,
    array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid) as "memberOf",
    coalesce((select has_schema_privilege(r.oid, n.oid, 'usage') from pg_namespace n where n.nspname = 'identity'), false) as "reachesIdentity",
    pg_has_role(current_user, r.oid, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) as "isOurs"
  from pg_roles r where r.rolname = any($1) order by 1`;

/** The roles that requests run as, and whether the login may make them and act as them. */
export async function checkRoles(client: pg.ClientBase): Promise<Finding[]> {
  const { rows: found } = await client.query<Role>(FOUND, [ROLES]);
  const { rows } = await client.query<{ super: boolean; may: boolean; creates: boolean }>(
    `select rolsuper as super, rolsuper or rolcreaterole as may, has_database_privilege(current_database(), 'create') as creates from pg_roles where rolname = current_user`,
  );
  const login = rows[0]!;
  const missing = ROLES.filter((name) => !found.some((role) => role.name === name));
  const findings = found.flatMap(faultsOf);
  if (missing.length && !login.may)
    findings.push(failure(SUBJECT, `the login may not make ${missing.join(', ')}`, 'let a superuser give it CREATEROLE'));
  const strange = found.filter(({ isOurs }) => !(isOurs || login.may)).map(({ name }) => name);
  if (strange.length)
    findings.push(
      failure(
        SUBJECT,
        `the login may not act as ${strange.join(', ')}`,
        `let a superuser grant them to it: grant ${strange.join(', ')} to …`,
      ),
    );
  if (!login.creates)
    findings.push(failure(SUBJECT, 'the login may make no schemas in this database', 'make it the owner of the database'));
  if (findings.length) return findings;
  return [
    ok(
      SUBJECT,
      missing.length ? `the first start makes ${missing.join(', ')}` : 'none may log in, own anything, or see past row level security',
    ),
  ];
}

function faultsOf({ name, login, bypasses, rules, owns, memberOf, reachesIdentity }: Role): Finding[] {
  return [
    ...(bypasses ? [failure(SUBJECT, `${name} may see past row level security`, `alter role ${name} nosuperuser nobypassrls`)] : []),
    ...(login ? [failure(SUBJECT, `${name} may log in`, `alter role ${name} nologin`)] : []),
    ...(rules
      ? [failure(SUBJECT, `${name} may make roles or databases, or replicate`, `alter role ${name} nocreaterole nocreatedb noreplication`)]
      : []),
    ...(owns
      ? [failure(SUBJECT, `${name} owns ${owns} tables or functions`, `give them to the login: reassign owned by ${name} to …`)]
      : []),
    ...memberOf.map((other) => failure(SUBJECT, `${name} has the rights of ${other}`, `revoke ${other} from ${name}`)),
    ...(reachesIdentity && name !== IDENTITY_ROLE
      ? [failure(SUBJECT, `${name} reaches the schema identity`, `revoke all on schema identity from ${name}`)]
      : []),
  ];
}
