import type pg from 'pg';
import { APP_ROLE, ORGANIZATION_SETTING, WORKER_ROLE } from '../../platform/database/server-roles.ts';
import { QUEUE_SCHEMA } from '../../platform/jobs/job-queue.ts';
import { type Finding, failure, ok } from './finding.ts';

const SUBJECT = 'row level security';

/** Tables that requests, or the worker, may use; those of the queue hold no rows of organizations. Each must be closed, and open for the organization of the transaction alone. */
const REACHED = `select format('%I.%I', n.nspname, c.relname) as name, c.relrowsecurity and c.relforcerowsecurity as closed,
    array(select quote_ident(p.polname) from pg_policy p where p.polrelid = c.oid and p.polpermissive
      and ($1::regrole = any(p.polroles) or 0 = any(p.polroles))
      and not coalesce(pg_get_expr(p.polqual, p.polrelid) ~ $3 and coalesce(pg_get_expr(p.polwithcheck, p.polrelid) ~ $3, true), false)) as open
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and (n.nspname <> $4 or has_schema_privilege($1::name, n.oid, 'usage'))
    and exists (select from aclexplode(c.relacl) g where g.grantee in ($1::regrole, $2::regrole)) order by 1`;
const OWN = String.raw`^\(organization_id = \( SELECT \(current_setting\('${ORGANIZATION_SETTING.replace('.', String.raw`\.`)}'::text\)\)::uuid AS current_setting\)\)$`;

/** Whether row level security is forced on every table of organizations' rows, and every policy of requests keeps to one organization. */
export async function checkTables(client: pg.ClientBase): Promise<Finding[]> {
  const { rowCount } = await client.query('select from pg_roles where rolname in ($1, $2)', [APP_ROLE, WORKER_ROLE]);
  if (rowCount !== 2) return [ok(SUBJECT, 'no tables yet')];
  const { rows } = await client.query<{ name: string; closed: boolean; open: string[] }>(REACHED, [
    APP_ROLE,
    WORKER_ROLE,
    OWN,
    QUEUE_SCHEMA,
  ]);
  const findings = rows.flatMap(({ name, closed, open }) => [
    ...(closed
      ? []
      : [failure(SUBJECT, `not forced on ${name}`, `alter table ${name} enable row level security, force row level security`)]),
    ...open.map((policy) =>
      failure(SUBJECT, `the policy ${policy} on ${name} shows more than one organization`, `drop policy ${policy} on ${name}`),
    ),
  ]);
  return findings.length ? findings : [ok(SUBJECT, `forced on ${rows.length} tables`)];
}
