import { isStorable } from '../../database/storable.ts';
import { isUuid } from '../../database/uuid.ts';
import type { Order } from './entity.ts';
import { badRequest } from './refusal.ts';

// A cursor is the sort value and the key of a row with the order that they belong to. It shows the sort value to the client: an order is
// only declared over columns that everybody who lists the row may read.

const orderName = ({ by, direction }: Order): string => `${by} ${direction}`;

export const cursorSql = (order: Order, sortValue: string, key: string): string =>
  `translate(encode(convert_to(json_build_array('${orderName(order)}', ${sortValue}, ${key})::text, 'utf8'), 'base64'), E'+/=\\n', '-_')`;

const MOMENT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00:00$/;
const DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
/** JavaScript reads the 30th of February as the 2nd of March; PostgreSQL refuses it. */
const isOnItsDay = (moment: string): boolean => new Date(moment).toJSON()?.slice(0, 10) === moment.slice(0, 10);
const READABLE: Record<string, (value: unknown) => boolean> = {
  uuid: (value) => typeof value === 'string' && isUuid(value),
  text: (value) => typeof value === 'string' && isStorable(value),
  timestamptz: (value) => typeof value === 'string' && MOMENT.test(value) && isOnItsDay(value),
  date: (value) => typeof value === 'string' && DAY.test(value) && isOnItsDay(`${value}T00:00:00+00:00`),
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isSafeInteger(value) && (value as number) === ((value as number) | 0),
  bigint: Number.isSafeInteger,
};

export const standsInCursors = (sqlType: string): boolean => sqlType in READABLE;

/** @throws BAD_REQUEST for a cursor that was forged or belongs to another order. */
export function readCursor(cursor: unknown, order: Order, sqlType: string): { sortValue: unknown; key: string } {
  try {
    const [made, sortValue, key] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8')) as unknown[];
    if (made === orderName(order) && READABLE[sqlType]?.(sortValue) && typeof key === 'string' && isUuid(key)) return { sortValue, key };
  } catch {
    // answered like a cursor of another list
  }
  throw badRequest('This cursor does not belong to this list and order.');
}
