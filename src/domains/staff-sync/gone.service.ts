import { asSeen } from '../../sdk/core.ts';
import { auditRecord, Refusal, refusalPayload, type UseCase } from '../../sdk/index.ts';
import { employees, refuseLastAdmin } from '../directory/index.ts';
import { letGo } from '../transfers/index.ts';
import type { DeliveryFault } from './delivery.rules.ts';
import { StaffSourcePerson } from './staff-sync.entity.ts';
import { rightsUnheld, SYNC_FAULTS } from './sync.faults.ts';

/** More than so many, and than this part of all who came from a source, do not leave a company in a day: the source has told by halves. */
const AT_ONCE = { least: 5, part: 0.2 };

export interface Gone {
  readonly ids: readonly string[];
  readonly letGo: number;
  readonly faults: readonly DeliveryFault[];
}

/** Who came from a source before and is in it no more, by their ids; whoever is in it is remembered. */
export async function findGone(use: UseCase, source: string, numbers: ReadonlySet<string>): Promise<{ ids: string[]; known: number }> {
  const staff = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'staff_number'])
    .where('left_at', 'is', null)
    .orderBy('id')
    .execute();
  const there = new Set(staff.filter(({ staff_number }) => staff_number !== null && numbers.has(asSeen(staff_number))).map(({ id }) => id));
  const came = await use
    .on(StaffSourcePerson)
    .selectFrom('staff_source_people')
    .select('employee_id')
    .where('source', '=', source)
    .execute();
  const before = new Set(came.map(({ employee_id }) => employee_id));
  const fresh = [...there].filter((id) => !before.has(id));
  if (fresh.length)
    use.on(StaffSourcePerson).add(
      fresh.map((employee_id) => ({ source, employee_id })),
      'kept',
    );
  return { ids: staff.map(({ id }) => id).filter((id) => before.has(id) && !there.has(id)), known: before.size };
}

/** Lets those go who have gone from the source, each by themself: who cannot go is told of, and the others go. */
export async function letGoOf(use: UseCase, ids: readonly string[], known: number): Promise<Gone> {
  if (ids.length > Math.max(AT_ONCE.least, known * AT_ONCE.part)) return { ids, letGo: 0, faults: [fault('MANY_GONE')] };
  const faults: DeliveryFault[] = [];
  let count = 0;
  for (const employeeId of ids) {
    const { refused, unheld = [] } = employeeId === use.seat.id ? { refused: fault('SELF') } : await tried(() => letOneGo(use, employeeId));
    if (refused) faults.push(refused);
    else count += 1;
    if (unheld.length) faults.push({ code: 'RIGHTS_UNHELD', message: rightsUnheld(unheld) });
  }
  return { ids, letGo: count, faults };
}

/** @returns the rights that nobody holds then */
async function letOneGo(use: UseCase, employeeId: string): Promise<string[]> {
  const { rights = [] } = await use.inSavepoint(async () => {
    await refuseLastAdmin(use, employeeId);
    return letGo(use, { employeeId });
  });
  use.service(auditRecord).record(use, [{ act: 'letGoOfSource', module: 'staff-sync', objects: [['Employee', employeeId]] }]);
  return rights.filter(({ unheld }) => unheld).map(({ right }) => right);
}

const fault = (code: 'SELF' | 'MANY_GONE'): DeliveryFault => ({ code, message: SYNC_FAULTS[code] });
interface Tried {
  readonly refused?: DeliveryFault;
  readonly unheld?: readonly string[];
}
async function tried(act: () => Promise<string[]>): Promise<Tried> {
  try {
    return { unheld: await act() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { code: error.type.code, message: refusalPayload(error, 'en')['@message'] } };
  }
}
