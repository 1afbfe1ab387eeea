import type pg from 'pg';
import { LOGINS_TABLE } from '../../platform/database/server-logins.ts';
import { type Finding, failure, ok } from './finding.ts';

const SUBJECT = 'logins';

interface Login {
  readonly role: string;
  readonly login: string;
  readonly isThere: boolean;
  readonly powers: boolean;
  readonly owns: number;
  readonly becomes: readonly string[];
}
const FOUND = `select kept.role, kept.login, l.oid is not null as "isThere",
    coalesce(l.rolsuper or l.rolbypassrls or l.rolcreaterole or l.rolcreatedb or l.rolreplication, false) as powers,
    (select count(*)::int from pg_class where relowner = l.oid and relkind in ('r', 'p', 'v', 'm', 'f', 'S')) as owns,
    array(select other.rolname::text from pg_roles other where other.oid <> l.oid and pg_has_role(l.oid, other.oid, 'member') order by 1) as becomes
  from ${LOGINS_TABLE} kept left join pg_roles l on l.rolname = kept.login order by 1`;
const READERS = `select count(*)::int as readers from pg_class c, aclexplode(c.relacl) g where c.oid = to_regclass('${LOGINS_TABLE}') and g.grantee <> c.relowner`;

/** As whom the pools of requests, of signing in and of the worker log in, and that each may become its one role. */
export async function checkLogins(client: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await client.query<{ known: boolean }>(`select to_regclass('${LOGINS_TABLE}') is not null as known`);
  if (!rows[0]!.known) return [ok(SUBJECT, 'the next start makes those of requests, of signing in and of the worker')];
  const { rows: logins } = await client.query<Login>(FOUND);
  const { rows: told } = await client.query<{ readers: number }>(READERS);
  const findings = [
    ...logins.flatMap(faultsOf),
    ...(told[0]!.readers
      ? [failure(SUBJECT, `others may read their passwords in ${LOGINS_TABLE}`, `revoke all on ${LOGINS_TABLE} from everybody`)]
      : []),
  ];
  if (findings.length) return findings;
  const names = logins.map(({ role, login }) => `${login} becomes ${role}`).join(', ');
  return [ok(SUBJECT, `${names}, and nothing else`)];
}

function faultsOf({ role, login, isThere, powers, owns, becomes }: Login): Finding[] {
  if (!isThere) return [failure(SUBJECT, `${login} is not there`, 'the next start makes it, or `guichet migrate`')];
  const others = becomes.filter((name) => name !== role);
  return [
    ...(powers
      ? [
          failure(
            SUBJECT,
            `${login} may do more than log in`,
            `alter role ${login} nosuperuser nobypassrls nocreaterole nocreatedb noreplication`,
          ),
        ]
      : []),
    ...(owns
      ? [failure(SUBJECT, `${login} owns ${owns} tables`, `give them to the login that migrates: reassign owned by ${login} to …`)]
      : []),
    ...(becomes.includes(role) ? [] : [failure(SUBJECT, `${login} may not become ${role}`, `grant ${role} to ${login}`)]),
    ...others.map((other) => failure(SUBJECT, `${login} may become ${other}`, `revoke ${other} from ${login}, or from ${role}`)),
  ];
}
