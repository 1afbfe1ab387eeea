import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import pino from 'pino';
import { backfill } from '../src/app/backfills.ts';
import { bulkOrganizationId, seedBulk } from '../src/app/bulk/bulk-seed.ts';
import type { BulkSize } from '../src/app/bulk/bulk-size.ts';
import { openInstallation } from '../src/app/installation.ts';
import { readSettings } from '../src/app/settings.ts';
import { signInAs } from '../src/domains/accounts/index.ts';
import type { BenchSeat, Request, SeatKind } from './operations.ts';
import type { BenchSize } from './sizes.ts';

const ORGANIZATION = bulkOrganizationId(0);

const named = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A database of this run, copied from the one that is kept. */
export async function openData(
  server: string,
  size: BenchSize,
  say: (line: string) => void,
): Promise<{ url: string; drop(): Promise<void> }> {
  const template = await keptData(server, size, say);
  const name = `bench_run_${process.pid}`;
  say('copying the data for this run');
  await asOwner(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: named(server, name),
    drop: () => asOwner(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** The kept data itself, for runs that only read. */
export const openKeptData = async (server: string, size: BenchSize, say: (line: string) => void): Promise<string> =>
  named(server, await keptData(server, size, say));

/** A database that is kept between runs as long as the schema and the size stay the same; made where there is none. */
async function keptData(server: string, { name, size }: BenchSize, say: (line: string) => void): Promise<string> {
  const kept = `bench_${name}_${fingerprint(size)}`;
  const known = await asOwner(
    server,
    async (client) => (await client.query('select 1 from pg_database where datname = $1', [kept])).rowCount,
  );
  if (known) return kept;
  await asOwner(server, async (client) => {
    const old = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [
      `bench_${name}_`,
    ]);
    for (const { datname } of old.rows) await client.query(`drop database "${datname}" with (force)`);
    await client.query(`create database ${kept}_making`);
  });
  await make(named(server, `${kept}_making`), size, say);
  await asOwner(server, (client) => client.query(`alter database ${kept}_making rename to ${kept}`));
  return kept;
}

/** What the data depends on: its size, migrations, the maker, what PostGraphile needs. */
function fingerprint(size: BulkSize): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(size))
    .update(readFileSync(new URL(import.meta.url)));
  const root = new URL('../', import.meta.url);
  for (const folder of ['src/app/bulk', 'bench/sql', ...migrationFolders(root)]) {
    for (const file of readdirSync(new URL(`${folder}/`, root)).sort()) hash.update(readFileSync(new URL(`${folder}/${file}`, root)));
  }
  return hash.digest('hex').slice(0, 10);
}
const migrationFolders = (root: URL): string[] => [
  'src/app/migrations',
  ...['src/domains', 'plugins']
    .flatMap((rooms) => readdirSync(new URL(`${rooms}/`, root)).map((name) => `${rooms}/${name}/migrations`))
    .filter((folder) => existsSync(new URL(folder, root))),
];

async function make(url: string, size: BulkSize, say: (line: string) => void): Promise<void> {
  const settings = readSettings({ DATABASE_URL: url, DEMO: '0' });
  const installation = await openInstallation({ settings, logger: pino({ level: 'silent' }), progress: say });
  await seedBulk(installation.runtime, installation.url, size, say);
  await backfill(installation.runtime); // or every run would begin with it
  await installation.close();
  for (const name of ['orders', 'postgraphile', 'real-seats']) {
    const sql = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
    await prepared(url, sql);
  }
  await asOwner(url, (client) => client.query('vacuum analyze'));
}

const DEADLOCK = '40P01';
/** Autovacuum comes to tables that have just been filled, and may meet what changes them: then nothing was done, and it is done again. */
async function prepared(url: string, sql: string): Promise<void> {
  try {
    await asOwner(url, (client) => client.query(sql));
  } catch (error) {
    if ((error as { code?: string }).code !== DEADLOCK) throw error;
    await prepared(url, sql);
  }
}

/** How many seats of each kind there are; by default in the mix of targets 1. */
export type SeatMix = Readonly<Partial<Record<SeatKind, number>>>;
const MIX: SeatMix = { staff: 70, team: 20, department: 8, company: 2 };

/** Seats of the first organization that own a contact with a timeline, signed in. Where it has fewer, some are signed in more than once. */
export async function openSeats(url: string, mix: SeatMix = MIX): Promise<BenchSeat[]> {
  const { rows } = await asOwner(url, (client) =>
    client.query<{ id: string; phone: string; people: number; owns: boolean }>(WIDTHS, [ORGANIZATION]),
  );
  const kindOf = (people: number): SeatKind =>
    people === 0 ? 'staff' : people === rows.length - 1 ? 'company' : people < 10 ? 'team' : 'department';
  const chosen = (Object.entries(mix) as [SeatKind, number][]).flatMap(([kind, count]) => {
    const fit = rows.filter(({ people, owns }) => owns && kindOf(people) === kind);
    return Array.from({ length: count }, (_, i) => ({ ...fit[(i * 17) % fit.length]!, kind, organizationId: ORGANIZATION }));
  });
  return signedIn(url, chosen);
}

type SeatWithPhone = Omit<BenchSeat, 'token'> & { readonly phone: string };
export async function signedIn(url: string, chosen: readonly SeatWithPhone[]): Promise<BenchSeat[]> {
  const settings = readSettings({ DATABASE_URL: url, DEMO: '0' });
  const installation = await openInstallation({ settings, logger: pino({ level: 'silent' }) });
  const seats: BenchSeat[] = [];
  for (const { phone, ...seat } of chosen) {
    const { token } = await signInAs(installation.runtime.door, { phone, organizationId: seat.organizationId }, new Date());
    seats.push({ ...seat, token });
  }
  await installation.close();
  return seats;
}
const HAS_TIMELINE = 'exists (select from interactions one where one.organization_id = $1 and one.contact_id = own.id)';
const WIDTHS = `select person.id, person.phone, coalesce(led.people, 0)::int as people,
    exists (select from contacts own where own.organization_id = $1 and own.owner_id = person.id and ${HAS_TIMELINE}) as owns
  from employees person left join (
    select lead.employee_id, count(distinct member.employee_id) - 1 as people from department_members lead
      join department_closure tree on tree.organization_id = $1 and tree.ancestor_id = lead.department_id
      join department_members member on member.organization_id = $1 and member.department_id = tree.descendant_id
    where lead.organization_id = $1 and lead.is_supervisor group by lead.employee_id) led on led.employee_id = person.id
  where person.organization_id = $1 order by person.id`;

/** Requests of each operation but M1, over all seats in turn. */
export async function openRequests(url: string, seats: readonly BenchSeat[]): Promise<Record<string, Request[]>> {
  return asOwner(url, async (client) => {
    const { rows: contacts } = await client.query<{ id: string; owner_id: string }>(
      `select id, owner_id from contacts own where organization_id = $1 and owner_id = any($2::uuid[])
        and ${HAS_TIMELINE}`,
      [ORGANIZATION, seats.map(({ id }) => id)],
    );
    const { rows: tags } = await client.query<{ id: string }>('select id from tags where organization_id = $1 order by id', [ORGANIZATION]);
    const ofOwner = Map.groupBy(contacts, ({ owner_id }) => owner_id);
    const inTurn = (make: (seat: BenchSeat, i: number) => Request): Request[] => seats.map(make);
    return {
      Q1: inTurn((seat) => ({ operation: 'Q1', seat })),
      Q2: inTurn((seat, i) => ({ operation: 'Q2', seat, contactId: ofOwner.get(seat.id)![i % ofOwner.get(seat.id)!.length]!.id })),
      Q3: inTurn((seat) => ({ operation: 'Q3', seat })),
      Q4: inTurn((seat) => ({ operation: 'Q4', seat })),
      A1: inTurn((seat) => ({ operation: 'A1', seat })),
      Q5: inTurn((seat, i) => ({ operation: 'Q5', seat, search: '王李张刘陈'[i % 5]!, tagId: tags[(i * 7) % tags.length]!.id })),
    };
  });
}

/** Approvals, each of a task of its own: no two contestants are given the same. Most open tasks are given to the seats, so that rounds are long. */
export async function openApprovals(url: string, seats: readonly BenchSeat[]): Promise<Request[]> {
  return asOwner(url, async (client) => {
    const bySeat = new Map(seats.map((seat) => [seat.id, seat]));
    const ids = [...bySeat.keys()];
    await client.query(GIVEN_TASKS, [ORGANIZATION, ids, MOST_APPROVALS]);
    await client.query('vacuum analyze form_tasks, form_participants');
    const { rows } = await client.query<{ id: string; assignee_id: string }>(
      `select id, assignee_id from form_tasks where organization_id = $1 and state = 'OPEN' and assignee_id = any($2::uuid[]) order by md5(id::text)`,
      [ORGANIZATION, ids],
    );
    return rows.map(({ id, assignee_id }, i) => ({
      operation: 'M1',
      seat: bySeat.get(assignee_id)!,
      taskId: id,
      nextId: ids.find((other, j) => j >= i % ids.length && other !== assignee_id) ?? ids.find((other) => other !== assignee_id)!,
    }));
  });
}
const MOST_APPROVALS = 50_000;
const GIVEN_TASKS = `with given as (
    select id, ($2::uuid[])[1 + row_number() over (order by id) % cardinality($2::uuid[])] as assignee_id from form_tasks
    where organization_id = $1 and state = 'OPEN' and not assignee_id = any($2::uuid[]) limit $3
  ), moved as (
    update form_tasks set assignee_id = given.assignee_id from given where form_tasks.organization_id = $1 and form_tasks.id = given.id
    returning form_tasks.form_id, form_tasks.assignee_id
  )
  insert into form_participants (organization_id, form_id, employee_id, since) select $1, form_id, assignee_id, now() from moved on conflict do nothing`;
