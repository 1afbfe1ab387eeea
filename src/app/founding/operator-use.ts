import { type OperatorAct, recordOperatorAct } from '../../domains/audit/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { recordEvents } from '../../platform/live/event.entity.ts';
import { serverSeat } from '../../platform/permissions/seat.ts';
import { inUseCase } from '../../platform/write/in-use-case.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import { Refusal, refusalPayload, type Seat, type UseCase } from '../../sdk/index.ts';
import { CommandError } from '../command.errors.ts';
import type { Runtime } from '../runtime.ts';

/** Writes down what the operator did. */
export type Recorder = (act: OperatorAct) => void;

/**
 * What the operator does to the people of an organization, in one transaction and with its events.
 * @throws CommandError where it is refused, in the words of the refusal
 */
export async function asOperator<T>(
  { pools, parts, now, switchboard }: Runtime,
  organizationId: string,
  work: (use: UseCase, record: Recorder) => Promise<T>,
): Promise<T> {
  const at = now();
  const secret = switchboard.service(serverSecret);
  try {
    return await inTransaction(pools.requests, organizationId, (transaction) =>
      inUseCase({ seat: operatorSeat(organizationId), now: at, language: 'en' }, transaction, parts, async (use) => {
        const done = await work(use, (act) => recordOperatorAct({ transaction, secret, organizationId, now: at }, act));
        recordEvents(use);
        return done;
      }),
    );
  } catch (error) {
    throw error instanceof Refusal ? new CommandError(refusalPayload(error, 'en').message as string) : error;
  }
}

/** The server itself, before whom no phone of the organization is secret. */
const operatorSeat = (organizationId: string): Seat => ({
  ...serverSeat(organizationId),
  rights: new Map([
    ['DIRECTORY', 'ALL'],
    ['CONTACTS', 'ALL'],
  ]),
});
