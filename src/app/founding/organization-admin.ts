import { seatIndex } from '../../domains/accounts/index.ts';
import { addEmployee, closeConflictsOf, employees, grantRight, holdDirectory } from '../../domains/directory/index.ts';
import type { UseCase } from '../../sdk/index.ts';
import { CommandError } from '../command.errors.ts';
import type { Runtime } from '../runtime.ts';
import { asOperator } from './operator-use.ts';
import { rightsThere } from './rights-there.ts';

/** Whom the operator makes an admin of everything. */
export interface NewAdmin {
  /** E.164 */
  readonly phone: string;
  /** Of somebody new, or of whoever has the phone. */
  readonly name: string | undefined;
}
export interface MadeAdmin {
  /** UUID */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  /** Nobody was employed with this phone before. */
  readonly isNew: boolean;
  /** Rights that they hold now and did not hold so far before. */
  readonly granted: readonly string[];
}

/**
 * Gives every right for the whole organization to whoever is employed with a phone, or to somebody new: the way out where nobody who could grant
 * a right is left, or where the first admin's phone was mistyped. The phone is what they sign in with from then on. Once more, it changes nothing.
 * @throws CommandError
 */
export const makeAdmin = (runtime: Runtime, organizationId: string, asked: NewAdmin): Promise<MadeAdmin> =>
  asOperator(runtime, organizationId, async (use, record) => {
    await holdDirectory(use);
    const who = await employedWith(use, asked);
    const granted: string[] = [];
    for (const right of rightsThere(runtime.modules)) if (await grantRight(use, who.id, right, 'ALL')) granted.push(right);
    record(actOf(who, granted));
    return { ...who, phone: asked.phone, granted };
  });

interface Found {
  readonly id: string;
  readonly name: string;
  readonly isNew: boolean;
}
/** A name that is not theirs keeps a slip of the pen from making somebody else the admin. */
async function employedWith(use: UseCase, { phone, name }: NewAdmin): Promise<Found> {
  const known = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name'])
    .where('phone', '=', phone)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (known && (name === undefined || name === known.name)) {
    await use.service(seatIndex).movePhone(use, known.id, phone); // where it stands at another, about which admins have to decide
    await closeConflictsOf(use, [known.id]);
    return { ...known, isNew: false };
  }
  if (known)
    throw new CommandError(`${known.name} is employed with this phone, and not ${name}. Leave --name out to make ${known.name} an admin.`);
  if (name === undefined) throw new CommandError('Nobody is employed with this phone. Give --name to employ somebody new with it.');
  return { id: await addEmployee(use, { name, phone, departmentIds: [], onContact: 'KEEP' }), name, isNew: true };
}

const actOf = ({ id, name, isNew }: Found, granted: readonly string[]) => ({
  command: 'organization admin',
  module: 'directory',
  objects: [['Employee', id] as const],
  given: { rights: granted, ...(isNew && { name }) },
});
