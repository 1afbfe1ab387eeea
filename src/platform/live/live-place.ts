import type { FieldRef, SchemaTypes } from '@pothos/core';
import type { Table } from '../database/table.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import type { EntityFieldBuilder } from '../schema/entity-field-builder.ts';
import { type RowHandle, type SeatSql, type Sql, sql } from '../sql/sql.ts';
import { type Service, service } from '../write/service.ts';

/** Seals places in streams of events as cursors that only one seat can use. */
export interface CursorSealer {
  /** @param seq the place. @param stream the organization's id, or the contact's. */
  seal(seq: number, seatId: string, stream: string): string;
}
/** What is sealed with the seat and stream of a subscription can be its `after`. */
export const cursorSealer = service<CursorSealer>('core.cursorSealer');

interface SealingContext {
  readonly seat: Seat;
  readonly switchboard: { service<Contract>(token: Service<Contract>): Contract };
}
/** @param row of the type that has the field; of a connection there is none. */
type StreamOf<T extends Table> = (row: RowHandle<T>, seat: SeatSql) => Sql;
/** Whose field `liveCursor` it is, and of which stream. */
export interface LiveCursorOptions<T extends Table> {
  /** Who may read it among employees, and among contacts: where none is named, that surface has no such field. */
  readonly staff?: Rule;
  readonly portal?: Rule;
  /** Id of the stream that the module's subscription follows; by default the organization's for employees, the contact's own for contacts. */
  readonly stream?: StreamOf<T>;
}

const placeIn = (organization: Sql, stream: Sql): Sql =>
  sql`coalesce((select known.last_seq from event_streams known where known.organization_id = ${organization} and known.stream = ${stream}), 0)`;

/**
 * The field `liveCursor` of a type or of its connection: where a stream stood when this was read, in the same snapshot. Whoever subscribes
 * `after` it misses nothing (api 1).
 *
 * @example
 * builder.connectionFields(Loan, (t) => ({ liveCursor: liveCursor(t, { staff: lending.read }) }));
 */
export function liveCursor<Types extends SchemaTypes, T extends Table>(
  t: EntityFieldBuilder<Types, T>,
  { staff, portal, stream }: LiveCursorOptions<T>,
): FieldRef<Types, unknown, 'Entity'> {
  const on = (surface: 'staff' | 'portal', rule: Rule, of: StreamOf<T>): FieldRef<Types, unknown, 'Entity'> =>
    t.field({
      type: 'EventCursor',
      nullable: true,
      description: 'The place in your stream of events at which this was read: subscribe `after` it and nothing is missed.',
      rule,
      surface,
      also: { stream: of, place: (row: RowHandle<T>, seat: SeatSql) => placeIn(seat.organization, of(row, seat)) },
      resolve: ({ stream: id, place }: { stream: string; place: number }, _: unknown, { seat, switchboard }: SealingContext) =>
        switchboard.service(cursorSealer).seal(place, seat.id, id),
    } as never) as never;
  const fields = {
    staff: staff && on('staff', staff, stream ?? ((_, { organization }) => organization)),
    portal: portal && on('portal', portal, stream ?? ((_, { me }) => me)),
  };
  return fields.staff && fields.portal ? t.onEach({ staff: fields.staff, portal: fields.portal }) : (fields.staff ?? fields.portal)!;
}
