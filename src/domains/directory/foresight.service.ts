import { transactionOf } from '../../sdk/core.ts';
import { encodeGlobalId, type Seat, seenThroughStaff, tryOut, type UseCase } from '../../sdk/index.ts';
import { adminRights, departmentMembers, employees } from './directory.entity.ts';
import { type Effect, effectsOf, type SeenBy } from './foresight.rules.ts';
import { employeeFacts } from './seat-facts.ts';

/**
 * Does something, looks who finds what then, and undoes it (spec 10.2). The directory is held.
 * @param about id of the object that it is done to: what is foreseen is not in the audit record.
 * @param employeeIds all who could gain or lose by it.
 * @returns who would, the most first.
 * @throws what `act` throws
 */
export async function foresee(
  use: UseCase,
  about: string,
  employeeIds: readonly string[],
  act: () => Promise<void>,
): Promise<readonly Effect[]> {
  const people = await employed(use, [...new Set([...employeeIds, use.seat.id])]);
  const before = await seenBy(use, people);
  const after = await tryOut(use, about, async () => {
    await act();
    return seenBy(use, people);
  });
  return effectsOf(before, after, { people, viewerId: use.seat.id, idOf: encodeGlobalId }).filter(({ employee }) =>
    employeeIds.includes(employee),
  );
}

interface Person {
  readonly id: string;
  readonly name: string;
}
const employed = async (use: UseCase, ids: readonly string[]): Promise<readonly Person[]> =>
  use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('left_at', 'is', null)
    .orderBy('id')
    .execute();

async function seenBy(use: UseCase, people: readonly Person[]): Promise<SeenBy[]> {
  const seats = await seatsOf(
    use,
    people.map(({ id }) => id),
  );
  const all: SeenBy[] = [];
  for (const { type } of use.registered(seenThroughStaff)) all.push({ type, seen: await use.seenBy(type, seats) });
  return all;
}

/**
 * Seats of employees, as requests of theirs would be made: most hold no right and supervise nobody, and nothing else is asked of them.
 * @param ids UUIDs
 */
export async function seatsOf(use: UseCase, ids: readonly string[]): Promise<Seat[]> {
  const tables = use.on(adminRights, departmentMembers);
  const holders = await tables.selectFrom('admin_rights').select('employee_id').where('employee_id', 'in', ids).execute();
  const leaders = await tables
    .selectFrom('department_members')
    .select('employee_id')
    .where('employee_id', 'in', ids)
    .where('is_supervisor', '=', true)
    .execute();
  const known = new Set([...holders, ...leaders].map(({ employee_id }) => employee_id));
  const seats: Seat[] = [];
  for (const id of ids) {
    const seat = { id, organizationId: use.organizationId, kind: 'EMPLOYEE' } as const;
    const facts = known.has(id) ? await employeeFacts(transactionOf(use), seat, use.now) : {};
    seats.push({ ...seat, rights: facts.rights ?? new Map(), traits: new Set(facts.traits), pluginsOff: use.seat.pluginsOff });
  }
  return seats;
}
