import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import pino from 'pino';
import { bulkOrganizationId, seedBulk } from '../src/app/bulk/bulk-seed.ts';
import { BULK_SIZES, type BulkSizeName } from '../src/app/bulk/bulk-size.ts';
import { openInstallation } from '../src/app/installation.ts';
import { readSettings } from '../src/app/settings.ts';
import { signInAs } from '../src/domains/accounts/index.ts';
import type { BenchSeat, Request, SeatKind } from './operations.ts';

const ORGANIZATION = bulkOrganizationId(0);
export type Size = BulkSizeName;

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

/** A database of this run, copied from one that is kept between runs as long as the schema stays the same. */
export async function openData(server: string, size: Size, say: (line: string) => void): Promise<{ url: string; drop(): Promise<void> }> {
  const template = `bench_${size}_${fingerprint()}`;
  const known = await asOwner(
    server,
    async (client) => (await client.query('select 1 from pg_database where datname = $1', [template])).rowCount,
  );
  if (!known) {
    await asOwner(server, async (client) => {
      for (const { datname } of (
        await client.query<{ datname: string }>(`select datname from pg_database where datname like 'bench\\_${size}\\_%'`)
      ).rows)
        await client.query(`drop database "${datname}" with (force)`);
      await client.query(`create database ${template}_making`);
    });
    await make(named(server, `${template}_making`), size, say);
    await asOwner(server, (client) => client.query(`alter database ${template}_making rename to ${template}`));
  }
  const name = `bench_run_${process.pid}`;
  say('copying the data for this run');
  await asOwner(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: named(server, name),
    drop: () => asOwner(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** What the data depends on: migrations, the maker, what PostGraphile needs. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const root = new URL('../', import.meta.url);
  for (const folder of ['src/app/bulk', 'bench/sql', ...migrationFolders(root)]) {
    for (const file of readdirSync(new URL(`${folder}/`, root)).sort()) hash.update(readFileSync(new URL(`${folder}/${file}`, root)));
  }
  return hash.digest('hex').slice(0, 10);
}
const migrationFolders = (root: URL): string[] => [
  'src/app/migrations',
  ...readdirSync(new URL('src/domains/', root)).map((name) => `src/domains/${name}/migrations`),
];

async function make(url: string, size: Size, say: (line: string) => void): Promise<void> {
  const settings = readSettings({ DATABASE_URL: url, DEMO: '0' });
  const installation = await openInstallation({ settings, logger: pino({ level: 'silent' }), progress: say });
  await seedBulk(installation.runtime, installation.url, BULK_SIZES[size], say);
  await installation.close();
  const sql = readFileSync(new URL('./sql/postgraphile.sql', import.meta.url), 'utf8');
  await asOwner(url, (client) => client.query(sql));
  await asOwner(url, (client) => client.query('vacuum analyze'));
}

const SHARES: Readonly<Record<SeatKind, number>> = { staff: 70, team: 20, department: 8, company: 2 };

/** Seats in the mix of targets 1, signed in. */
export async function openSeats(url: string): Promise<BenchSeat[]> {
  const settings = readSettings({ DATABASE_URL: url, DEMO: '0' });
  const installation = await openInstallation({ settings, logger: pino({ level: 'silent' }) });
  const seats: BenchSeat[] = [];
  const widths = await asOwner(url, (client) => client.query<{ id: string; phone: string; people: number }>(WIDTHS, [ORGANIZATION]));
  for (const [kind, count] of Object.entries(SHARES) as [SeatKind, number][]) {
    const fit = widths.rows.filter(({ people }) => kindOf(people) === kind);
    for (let i = 0; i < count; i++) {
      const { id, phone } = fit[(i * 17) % fit.length]!;
      const { token } = await signInAs(installation.runtime.door, { phone, organizationId: ORGANIZATION }, new Date());
      seats.push({ kind, id, organizationId: ORGANIZATION, token });
    }
  }
  await installation.close();
  return seats;
}
const kindOf = (people: number): SeatKind => (people === 0 ? 'staff' : people < 10 ? 'team' : people < 1_000 ? 'department' : 'company');
const WIDTHS = `select person.id, person.phone, coalesce(led.people, 0)::int as people from employees person left join (
    select lead.employee_id, count(distinct member.employee_id) - 1 as people from department_members lead
      join department_closure tree on tree.organization_id = $1 and tree.ancestor_id = lead.department_id
      join department_members member on member.organization_id = $1 and member.department_id = tree.descendant_id
    where lead.organization_id = $1 and lead.is_supervisor group by lead.employee_id) led on led.employee_id = person.id
  where person.organization_id = $1 order by person.id`;

/** Requests of each operation but M1, over all seats in turn. */
export async function openRequests(url: string, seats: readonly BenchSeat[]): Promise<Record<string, Request[]>> {
  return asOwner(url, async (client) => {
    const { rows: contacts } = await client.query<{ id: string; owner_id: string }>(
      `select id, owner_id from contacts where organization_id = $1 and owner_id = any($2::uuid[])`,
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
