import { asSeen } from '../../sdk/core.ts';
import { auditRecord, Refusal, refusalPayload, type UseCase } from '../../sdk/index.ts';
import { type EndedRight, employees, membershipsOf, refuseLastAdmin } from '../directory/index.ts';
import { letGo } from '../transfers/index.ts';
import type { DeliveryFault } from './delivery.rules.ts';
import { StaffSourcePerson } from './staff-sync.entity.ts';
import { rightsUnheld, SYNC_FAULTS } from './sync.faults.ts';

/** More than so many, and than this part of all who came from a source, do not leave a company in a day: the source has told by halves. */
const AT_ONCE = { least: 5, part: 0.2 };

export interface Gone {
  readonly letGo: number;
  /** Admin rights, and departments that they supervised, of those who were let go. */
  readonly rights: number;
  readonly supervisions: number;
  readonly faults: readonly DeliveryFault[];
}
export const NOBODY_GONE: Gone = { letGo: 0, rights: 0, supervisions: 0, faults: [] };

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
  if (ids.length > Math.max(AT_ONCE.least, known * AT_ONCE.part)) return { ...NOBODY_GONE, faults: [fault('MANY_GONE')] };
  const faults: DeliveryFault[] = [];
  const ended: Ending[] = [];
  for (const employeeId of ids) {
    const { refused, ending } = employeeId === use.seat.id ? { refused: fault('SELF') } : await tried(() => letOneGo(use, employeeId));
    if (refused) faults.push(refused);
    if (!ending) continue;
    ended.push(ending);
    const unheld = ending.rights.filter((one) => one.unheld).map(({ right }) => right);
    if (unheld.length) faults.push({ code: 'RIGHTS_UNHELD', message: rightsUnheld(unheld) });
  }
  const sum = (of: (ending: Ending) => number): number => ended.reduce((all, one) => all + of(one), 0);
  return { letGo: ended.length, rights: sum(({ rights }) => rights.length), supervisions: sum((one) => one.supervisions), faults };
}

interface Ending {
  readonly rights: readonly EndedRight[];
  readonly supervisions: number;
}
/** @returns what ended with it */
async function letOneGo(use: UseCase, employeeId: string): Promise<Ending> {
  const supervisions = (await membershipsOf(use, employeeId)).filter(({ is_supervisor }) => is_supervisor).length;
  const { rights = [] } = await use.inSavepoint(async () => {
    await refuseLastAdmin(use, employeeId);
    return letGo(use, { employeeId });
  });
  use.service(auditRecord).record(use, [{ act: 'letGoOfSource', module: 'staff-sync', objects: [['Employee', employeeId]] }]);
  return { rights, supervisions };
}

const fault = (code: 'SELF' | 'MANY_GONE'): DeliveryFault => ({ code, message: SYNC_FAULTS[code] });
interface Tried {
  readonly refused?: DeliveryFault;
  readonly ending?: Ending;
}
async function tried(act: () => Promise<Ending>): Promise<Tried> {
  try {
    return { ending: await act() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { code: error.type.code, message: refusalPayload(error, 'en')['@message'] } };
  }
}
