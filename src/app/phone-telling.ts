import type { PhoneTelling, SeatEntry } from '../domains/accounts/index.ts';
import { recordAct } from '../domains/audit/index.ts';
import { followPhone } from '../domains/directory/index.ts';
import type { Connections } from '../platform/database/connections.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { recordEvents } from '../platform/live/event.entity.ts';
import { inUseCase } from '../platform/write/in-use-case.ts';
import type { UseCaseParts } from '../platform/write/use-case.ts';
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
  tell: async ({ changeId, organizationId }) => {
    const kept = await inTransaction(connections.for({ organization: organizationId }), organizationId, async (transaction) => {
      const { rows } = await transaction.client.query<TakenRow>({
        name: 'phone_changes_take',
        text: 'select seat, seat_kind, new_phone, at from phone_changes_take($1) order by seat',
        values: [changeId],
      });
      const conflicts: SeatEntry[] = [];
      for (const row of rows) if (!(await follows(parts(), transaction, organizationId, row))) conflicts.push(entryOf(organizationId, row));
      return conflicts;
    });
    wake();
    return kept;
  },
});

const entryOf = (organizationId: string, { seat: seatId, seat_kind: kind }: TakenRow): SeatEntry => ({ organizationId, seatId, kind });

/** By the seat itself, which holds no rights: it is its own phone. */
function follows(parts: UseCaseParts, transaction: Transaction, organizationId: string, row: TakenRow): Promise<boolean> {
  const { seat: id, seat_kind: kind, new_phone: phone, at } = row;
  const seat: Seat = { id, organizationId, kind, rights: new Map(), traits: new Set(), pluginsOff: new Set() };
  return inUseCase({ seat, now: at, language: 'en' }, transaction, parts, async (use) => {
    const done = await followPhone(use, { seatId: id, kind, phone });
    recordAct(use, { mutation: ACT[kind], values: {}, outcome: { seat: id }, sessionId: undefined });
    recordEvents(use);
    return done;
  });
}
const ACT = {
  EMPLOYEE: { name: 'changeMyPhone', module: 'accounts', input: {}, outcomeIds: { seat: 'Employee' } },
  CONTACT: { name: 'changeMyPhone', module: 'accounts', input: {}, outcomeIds: { seat: 'Contact' } },
} as const;
