import { type Message, Refusal, type UseCase } from '../../sdk/index.ts';
import { refuseBeyondOwn } from './admin-right.service.ts';
import { adminRights, departmentClosure } from './directory.entity.ts';
import { rightNotYours } from './directory.errors.ts';

/** A department, or an employee, that comes below other departments than it is below. */
export interface Coming {
  /** Departments that it comes below. */
  readonly to: readonly string[];
  /** Those that it is in by now, or the department itself. Empty for an employee without one: rights for everybody alone cover them. */
  readonly from: readonly string[];
  /** Of the input field that says where to. */
  readonly path: readonly string[];
}

/**
 * Rights for departments come to cover what is moved below these. For their holders that is as good as a grant, so it is refused as the grant would
 * be: of what the mover does not hold over it themself, and always where it is the mover's own right that would grow. The directory is held, and
 * nothing is moved yet.
 * @param among what is asked about alone: rights over what comes along, and whose.
 * @throws RightNotYours
 */
export async function refuseGrowth(use: UseCase, coming: Coming, { right, holderId }: Among = {}): Promise<void> {
  if (coming.to.length === 0) return;
  const scope = coming.from.length ? coming.from : 'ALL';
  for (const { employee_id, admin_right } of await growing(use, coming))
    if ((right ?? admin_right) === admin_right && (holderId ?? employee_id) === employee_id)
      await refuseBeyondOwn(use, employee_id, admin_right, scope, { act: 'MOVE', path: coming.path });
}
interface Among {
  readonly right?: string;
  readonly holderId?: string;
}

/** The same, for whoever refuses in another way. @returns why it is refused */
export async function growthRefused(use: UseCase, coming: Omit<Coming, 'path'>): Promise<Message | undefined> {
  try {
    await refuseGrowth(use, { ...coming, path: [] });
    return undefined;
  } catch (error) {
    if (error instanceof Refusal && error.type === rightNotYours) return error.facts.message as Message;
    throw error;
  }
}

/** Who holds which right over where something comes to, and does not hold it over where it is. */
const growing = (use: UseCase, { to, from }: Coming) =>
  use
    .on(adminRights, departmentClosure)
    .selectFrom('admin_rights as held')
    .innerJoin('department_closure as reach', 'reach.ancestor_id', 'held.department_id')
    .select(['held.employee_id', 'held.admin_right'])
    .distinct()
    .orderBy('held.admin_right')
    .orderBy('held.employee_id')
    .where('reach.descendant_id', 'in', to)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('admin_rights as known')
            .leftJoin('department_closure as over', 'over.ancestor_id', 'known.department_id')
            .select('known.id')
            .whereRef('known.employee_id', '=', 'held.employee_id')
            .whereRef('known.admin_right', '=', 'held.admin_right')
            .where(({ or, eb }) => or([eb('known.department_id', 'is', null), ...from.map((one) => eb('over.descendant_id', '=', one))])),
        ),
      ),
    )
    .execute();
