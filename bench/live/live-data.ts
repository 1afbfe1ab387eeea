import { bulkOrganizationId } from '../../src/app/bulk/bulk-seed.ts';
import { uuidv7 } from '../../src/platform/database/uuid.ts';
import { asOwner, signedIn } from '../data.ts';
import type { BenchSeat } from '../operations.ts';

const ORGANIZATION = bulkOrganizationId(0);

/** A form with an open task of a seat that may approve it: an event that can be made. */
export interface LiveForm {
  readonly id: string;
  readonly taskId: string;
  readonly seat: BenchSeat;
}
/** One socket: who opens it, and the form that nobody else follows. */
export interface LiveSocket {
  readonly seat: BenchSeat;
  readonly form: LiveForm;
}
export interface LiveData {
  readonly seats: readonly BenchSeat[];
  readonly sockets: readonly LiveSocket[];
  /** The form that all sockets follow, once for each of its open tasks. */
  readonly hot: readonly LiveForm[];
}
export interface LiveSize {
  readonly seats: number;
  readonly sockets: number;
  readonly hotTasks: number;
}

/** Employees who take part in a form of their own for each of their sockets, and all of them in one more. */
export async function openLiveData(url: string, size: LiveSize): Promise<LiveData> {
  const seats = await signIn(url, size.seats);
  return asOwner(url, async (client) => {
    const { rows } = await client.query<{ form_id: string; id: string }>(
      `select form_id, id from form_tasks where organization_id = $1 and state = 'OPEN' order by id limit $2`,
      [ORGANIZATION, size.sockets + 1],
    );
    const [hot, ...own] = rows;
    const sockets = own.map(({ form_id, id }, i) => {
      const seat = seats[i % seats.length]!;
      return { seat, form: { id: form_id, taskId: id, seat } };
    });
    await client.query(
      `update form_tasks set assignee_id = own.seat from unnest($2::uuid[], $3::uuid[]) own(id, seat)
        where form_tasks.organization_id = $1 and form_tasks.id = own.id`,
      [ORGANIZATION, sockets.map(({ form }) => form.taskId), sockets.map(({ seat }) => seat.id)],
    );
    const takePart = `insert into form_participants (organization_id, form_id, employee_id, since)
      select $1, form, employee, now() from unnest($2::uuid[], $3::uuid[]) own(form, employee) on conflict do nothing`;
    await client.query(takePart, [ORGANIZATION, sockets.map(({ form }) => form.id), sockets.map(({ seat }) => seat.id)]);
    await client.query(takePart, [ORGANIZATION, seats.map(() => hot!.form_id), seats.map(({ id }) => id)]);
    const tasks = Array.from({ length: size.hotTasks }, (_, i) => ({ id: hot!.form_id, taskId: uuidv7(), seat: seats[i % seats.length]! }));
    await client.query(
      `insert into form_tasks (organization_id, id, form_id, assignee_id, state, created_at)
        select $1, own.id, $2, own.seat, 'OPEN', now() from unnest($3::uuid[], $4::uuid[]) own(id, seat)`,
      [ORGANIZATION, hot!.form_id, tasks.map(({ taskId }) => taskId), tasks.map(({ seat }) => seat.id)],
    );
    return { seats, sockets, hot: tasks };
  });
}

async function signIn(url: string, count: number): Promise<BenchSeat[]> {
  const { rows } = await asOwner(url, (client) =>
    client.query<{ id: string; phone: string }>('select id, phone from employees where organization_id = $1 order by id limit $2', [
      ORGANIZATION,
      count,
    ]),
  );
  return signedIn(
    url,
    rows.map((row) => ({ ...row, kind: 'staff', organizationId: ORGANIZATION })),
  );
}
