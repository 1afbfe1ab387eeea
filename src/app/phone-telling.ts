import type { PhoneTelling } from '../domains/accounts/index.ts';
import { recordAct } from '../domains/audit/index.ts';
import { followPhone, openConflictsOf, pairedSeats, takePhonesOfStaff } from '../domains/directory/index.ts';
import type { Connections } from '../platform/database/connections.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { recordEvents } from '../platform/live/event.entity.ts';
import { serverSeat } from '../platform/permissions/seat.ts';
import { inUseCase } from '../platform/write/in-use-case.ts';
import type { UseCase, UseCaseParts } from '../platform/write/use-case.ts';
import type { Seat } from '../sdk/index.ts';

interface TakenRow {
  readonly seat: string;
  readonly seat_kind: Seat['kind'];
  readonly new_phone: string;
  readonly at: Date;
}
interface TellingOptions {
  readonly connections: Connections;
  parts(): UseCaseParts;
  /** Called when there may be events to be told. */
  wake(): void;
}

/** What is taken of a change is gone with the transaction in which the organization follows: it is done once, or is still to be done. */
export const phoneTellingOn = ({ connections, parts, wake }: TellingOptions): PhoneTelling => ({
  tell: async ({ changeId, organizationId }, seats = []) => {
    const kept = await inTransaction(connections.for({ organization: organizationId }), organizationId, async (transaction) => {
      const telling = { parts: parts(), transaction, organizationId };
      await asServer(telling, takePhonesOfStaff); // of two changes that are told at once the second sees what the seats have by now
      const { rows } = await transaction.client.query<TakenRow>({
        name: 'phone_changes_take',
        text: 'select seat, seat_kind, new_phone, at from phone_changes_take($1) order by seat',
        values: [changeId],
      });
      const pairs = rows.length > 1 ? await pairsOf(telling, rows) : new Map<string, string>();
      for (const row of rows) await follows(telling, row, pairs.get(row.seat));
      const waiting = await asServer(telling, (use) =>
        openConflictsOf(
          use,
          seats.map(({ seatId }) => seatId),
        ),
      );
      return seats.filter(({ seatId }) => waiting.has(seatId));
    });
    wake();
    return kept;
  },
});

interface Telling {
  readonly parts: UseCaseParts;
  readonly transaction: Transaction;
  readonly organizationId: string;
}
const asServer = <T>({ parts, transaction, organizationId }: Telling, work: (use: UseCase) => Promise<T>): Promise<T> =>
  inUseCase({ seat: serverSeat(organizationId), now: new Date(), language: 'en' }, transaction, parts, work);

/** By the seat itself, which holds no rights: it is its own phone. */
const asItself = <T>(
  { parts, transaction, organizationId }: Telling,
  { seat: id, seat_kind: kind, at }: TakenRow,
  work: (use: UseCase) => Promise<T>,
) => {
  const seat: Seat = { id, organizationId, kind, rights: new Map(), traits: new Set(), pluginsOff: new Set() };
  return inUseCase({ seat, now: at, language: 'en' }, transaction, parts, work);
};
const pairsOf = (telling: Telling, rows: readonly TakenRow[]) =>
  asItself(telling, rows[0]!, (use) =>
    pairedSeats(
      use,
      rows.map(({ seat: seatId, seat_kind: kind }) => ({ seatId, kind })),
    ),
  );

const follows = (telling: Telling, row: TakenRow, beside: string | undefined): Promise<void> =>
  asItself(telling, row, async (use) => {
    const { seat: seatId, seat_kind: kind, new_phone: phone } = row;
    await followPhone(use, { seatId, kind, phone, beside });
    recordAct(use, { mutation: ACT[kind], values: {}, outcome: { seat: seatId }, sessionId: undefined });
    recordEvents(use);
  });
const ACT = {
  EMPLOYEE: { name: 'changeMyPhone', module: 'accounts', input: {}, outcomeIds: { seat: 'Employee' } },
  CONTACT: { name: 'changeMyPhone', module: 'accounts', input: {}, outcomeIds: { seat: 'Contact' } },
} as const;
