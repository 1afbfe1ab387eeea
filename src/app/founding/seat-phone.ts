import { seatNames } from '../../domains/accounts/index.ts';
import { type GivenPhone, givePhone } from '../../domains/directory/index.ts';
import { CommandError } from '../command.errors.ts';
import type { Runtime } from '../runtime.ts';
import { asOperator } from './operator-use.ts';

export interface AskedPhone {
  /** UUID of an employee or a contact. */
  readonly seatId: string;
  /** A mobile, E.164. */
  readonly phone: string;
  readonly reason: string;
}
export interface SeatPhone {
  readonly kind: 'EMPLOYEE' | 'CONTACT';
  readonly name: string;
  /** The number that it had by its row, E.164. */
  readonly before: string;
  /** Not where it had the number already, and was signed in to with it. */
  readonly isChanged: boolean;
}

/**
 * Gives one seat of an organization another number: the way back for whoever has lost the number that they signed in with, which is theirs alone to
 * change (spec 3.7). Whoever signed in to it with the former one does so no more.
 * @throws CommandError where there is no such seat, or somebody else in the organization has the number
 */
export async function moveSeatPhone(runtime: Runtime, organizationId: string, { seatId, phone, reason }: AskedPhone): Promise<SeatPhone> {
  const given = await asOperator(runtime, organizationId, async (use, record) => {
    const found = await givePhone(use, seatId, phone);
    if (found.outcome === 'given') record({ command: 'organization phone', module: 'directory', ...recorded(found, { phone, reason }) });
    return found;
  });
  if (given.outcome === 'unknown') throw new CommandError('Nobody who is employed there, and no contact that is there, has this id.');
  const names = runtime.switchboard.service(seatNames);
  const nameOf = async (seat: { kind: SeatPhone['kind']; id: string }): Promise<string> =>
    (await names.names([{ organizationId, seatId: seat.id, kind: seat.kind }]))[0]!.name;
  if (given.outcome === 'held')
    throw new CommandError(
      `${await nameOf(given.by)} of this organization has this number already, so that ${await nameOf(given.seat)} cannot get it.`,
    );
  const { seat, before, outcome } = given;
  return { kind: seat.kind, name: await nameOf(seat), before, isChanged: outcome === 'given' };
}

const recorded = ({ seat }: Extract<GivenPhone, { outcome: 'given' | 'unchanged' }>, given: Readonly<Record<string, unknown>>) => ({
  objects: [[seat.kind === 'EMPLOYEE' ? 'Employee' : 'Contact', seat.id] as const],
  given,
});
