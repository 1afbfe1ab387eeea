import type pg from 'pg';
import { type Finding, failure, ok, warning } from './finding.ts';

/** Beside the pool for requests: three for identity, three for the worker, one that listens. */
const OTHER_CONNECTIONS = 7;
const [CLOCKS_APART, CLOCKS_FAR_APART] = [2_000, 60_000];

interface ServerFacts {
  readonly version: string;
  readonly encoding: string;
  readonly off: readonly string[];
  readonly most: number;
  readonly used: number;
}
const FACTS = `select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
    array(select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name) as off,
    (select min(most)::int from (
      select current_setting('max_connections')::int - case when rolsuper then 0 else current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true), '0')::int end
        from pg_roles where rolname = current_user
      union all select rolconnlimit from pg_roles where rolname = current_user and rolconnlimit >= 0
      union all select datconnlimit from pg_database where datname = current_database() and datconnlimit >= 0) of (most)) as most,
    (select count(*)::int - 1 from pg_stat_activity where backend_type = 'client backend') as used`;

/** The PostgreSQL server itself. @param poolSize connections that a server of ours opens for requests */
export async function checkServer(client: pg.ClientBase, poolSize: number, clock: () => number = Date.now): Promise<Finding[]> {
  const { rows } = await client.query<ServerFacts>(FACTS);
  const { version, encoding, off, most, used } = rows[0]!;
  return [
    ok('PostgreSQL', version),
    ...(encoding === 'UTF8' ? [] : [failure('PostgreSQL', `the database holds text in ${encoding}`, 'make one with the encoding UTF8')]),
    off.length
      ? failure(
          'durability',
          `${off.join(', ')} ${off.length > 1 ? 'are' : 'is'} off: what was answered could be lost`,
          'turn on what is off in postgresql.conf',
        )
      : ok('durability', 'what is answered is on the disk'),
    connections(most, used, poolSize + OTHER_CONNECTIONS),
    await clocks(client, clock),
    ...(await leftOver(client)),
  ];
}

function connections(most: number, used: number, needed: number): Finding {
  const subject = 'connections';
  const mend = 'lower DATABASE_POOL, or raise max_connections';
  if (most < needed) return failure(subject, `a server needs ${needed}, and PostgreSQL admits ${most}`, mend);
  if (most - used < needed) return warning(subject, `a server needs ${needed}; of ${most}, ${used} are in use`, mend);
  return ok(subject, `a server needs ${needed}; of ${most}, ${used} are in use`);
}

async function clocks(client: pg.ClientBase, clock: () => number): Promise<Finding> {
  const asked = clock();
  const { rows } = await client.query<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
  const apart = Math.max(0, Math.abs(rows[0]!.now - (asked + clock()) / 2) - (clock() - asked) / 2);
  const told = `this machine's clock and the database's are ${(apart / 1000).toFixed(1)} s apart`;
  const mend = 'set both by the same time server';
  if (apart > CLOCKS_FAR_APART) return failure('clock', told, mend);
  return apart > CLOCKS_APART ? warning('clock', told, mend) : ok('clock', told);
}

const STUCK = `select count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '1 minute')::int as idle,
    count(*) filter (where wait_event_type = 'Lock' and query_start < now() - interval '30 seconds')::int as waiting,
    (select count(*)::int from pg_prepared_xacts where database = current_database()) as prepared
  from pg_stat_activity where datname = current_database()`;

/** What holds locks that nobody may be coming back for. */
async function leftOver(client: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await client.query<{ idle: number; waiting: number; prepared: number }>(STUCK);
  const { idle, waiting, prepared } = rows[0]!;
  const [subject, look] = ['locks', 'look for them in pg_stat_activity, and end them with pg_terminate_backend'];
  const findings = [
    ...(idle ? [warning(subject, `${idle} sessions have been idle in a transaction for a minute`, look)] : []),
    ...(waiting ? [warning(subject, `${waiting} statements have waited for a lock for half a minute`, look)] : []),
    ...(prepared ? [warning(subject, `${prepared} prepared transactions wait for their end`, 'end them by rollback prepared')] : []),
  ];
  return findings.length ? findings : [ok(subject, 'none are left over')];
}
