// Questions to PostgreSQL's catalogue about the tables of an organization's rows.

/** What lies outside tenancy: identity and the queue (schemas of their own), the ledger of migrations, and the plugins that are stopped. */
const OUTSIDE = `n.nspname in ('identity', 'pgboss', 'pg_catalog', 'information_schema', 'pg_toast') or coalesce(c.oid in (to_regclass('public.schema_migrations'), to_regclass('public.plugin_stops'), to_regclass('public.server_logins')), false)`;
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const OURS = `c.relkind in ('r', 'p', 'v', 'm', 'f') and not (${OUTSIDE})`;
const NAME = `case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname`;
const columns = (relation: string, numbers: string): string =>
  `(select array_agg(a.attname::text order by place) from unnest(${numbers}) with ordinality part (number, place) join pg_attribute a on a.attrelid = ${relation} and a.attnum = part.number)`;
const grants = (acl: string): string =>
  `coalesce((select array_agg(distinct coalesce(r.rolname, 'public') order by coalesce(r.rolname, 'public')) from aclexplode(${acl}) g left join pg_roles r on r.oid = g.grantee where g.grantee <> c.relowner), '{}')::text[]`;

export const tables = `select ${NAME} as name, c.relkind::text as kind, c.relrowsecurity as secured, c.relforcerowsecurity as forced, ${grants('c.relacl')} as grantees
  from ${TABLES} where ${OURS} order by 1`;

export const keys = `select ${NAME} as table, k.conname as key, k.contype::text as kind, ${columns('k.conrelid', 'k.conkey')} as columns, ${columns('k.confrelid', 'k.confkey')} as target
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype in ('p', 'u', 'f') and ${OURS} order by 1, 2`;

export const indexes = `select ${NAME} as table, i.indexrelid::regclass::text as index, ${columns('i.indrelid', 'i.indkey')} as columns
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by 1, 2`;

export const policies = `select ${NAME} as table, p.polname as policy, p.polcmd::text as command, p.polpermissive as permissive,
    array(select rolname::text from pg_roles where oid = any(p.polroles)) as roles, pg_get_expr(p.polqual, p.polrelid) as reading, pg_get_expr(p.polwithcheck, p.polrelid) as writing
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by 1, 2`;

/** Every line that makes these tables what they are: columns, keys, conditions, indexes, policies, triggers, grants. */
export const structure = `
  select ${NAME} || ' column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' collate ' || nullif(l.collname, 'default'), '')
      || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from ${TABLES} join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum left join pg_collation l on l.oid = a.attcollation where ${OURS}
  union all select ${NAME} || ' constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    from ${TABLES} join pg_constraint k on k.conrelid = c.oid where ${OURS}
  union all select pg_get_indexdef(i.indexrelid) from ${TABLES} join pg_index i on i.indrelid = c.oid where ${OURS}
  union all select ${NAME} || ' policy ' || p.polname || ' ' || p.polcmd::text || array(select rolname::text from pg_roles where oid = any(p.polroles))::text
      || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
    from ${TABLES} join pg_policy p on p.polrelid = c.oid where ${OURS}
  union all select pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text from ${TABLES} join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal where ${OURS}
  union all select ${NAME} || ' grant ' || g.privilege_type || ' to ' || g.grantee::regrole::text from ${TABLES} cross join lateral aclexplode(c.relacl) g where ${OURS}
  union all select ${NAME} || ' security ' || c.relrowsecurity || ' ' || c.relforcerowsecurity || ' of ' || c.relkind::text from ${TABLES} where ${OURS}
  order by 1`;

export const roles = `select rolname::text as name, rolcanlogin as login, rolsuper or rolbypassrls as bypasses, rolcreaterole or rolcreatedb or rolreplication as rules,
    (select count(*)::int from pg_class where relowner = pg_roles.oid) + (select count(*)::int from pg_namespace where nspowner = pg_roles.oid) + (select count(*)::int from pg_proc where proowner = pg_roles.oid) as owns,
    array(select of.rolname::text from pg_roles of where of.oid <> pg_roles.oid and pg_has_role(pg_roles.oid, of.oid, 'member')) as member_of
  from pg_roles where rolname like 'guichet%' and not rolname ~ '_[0-9a-f]{8}$' order by 1`;

/** Logins of the database's pools, and what each may become. */
export const logins = `select kept.role, l.rolinherit as inherits, l.rolsuper or l.rolbypassrls or l.rolcreaterole or l.rolcreatedb or l.rolreplication as rules,
    array(select of.rolname::text from pg_roles of where of.oid <> l.oid and pg_has_role(l.oid, of.oid, 'member')) as member_of,
    (select coalesce(sum((g.grantee <> c.relowner)::int), 0)::int from pg_class c, aclexplode(c.relacl) g where c.oid = 'server_logins'::regclass) as readers
  from server_logins kept join pg_roles l on l.rolname = kept.login and l.rolcanlogin order by 1`;

/** @param $1 role */
export const rightsOnIdentity = `select has_schema_privilege($1, 'identity', 'usage') or has_schema_privilege($1, 'identity', 'create') as schema,
    array(select c.relname::text from ${TABLES} where n.nspname = 'identity' and c.relkind = 'r' and (has_any_column_privilege($1, c.oid, 'select, insert, update, references') or has_table_privilege($1, c.oid, 'delete, truncate, trigger'))) as tables`;
