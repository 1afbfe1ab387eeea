import { createHash } from 'node:crypto';
import { isStorable } from '../database/storable.ts';
import { isUuid } from '../database/uuid.ts';
import type { Order } from '../read/entity.ts';
import { badRequest } from '../read/refusal.ts';

// A cursor is the sort value and the key of a row with the order that they belong to. It shows the sort value to the client: an order is
// only declared over columns that everybody who lists the row may read. Of an order that is hidden it holds the key alone.

// The list is a field, such as `Query.contacts`: what is a place in one is none in another.

/** Which list, and in which order: names of the code alone, but for the field whose values order it. */
export interface PlaceIn {
  readonly list: string;
  readonly order: Order;
  readonly field?: string;
}
const tags = new Map<string, string>();
const tagOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 8);
/** Stands for a list and its order in their cursors. */
export function placeTag({ list, order: { by, direction }, field }: PlaceIn): string {
  const name = `${list} ${by} ${direction}`;
  if (field !== undefined) return tagOf(`${name} ${field}`); // fields are the callers' to name, so there may be any number
  let tag = tags.get(name);
  if (!tag) {
    tag = tagOf(name);
    tags.set(name, tag);
  }
  return tag;
}

/** @param tag SQL of what `placeTag` gave */
export const cursorSql = (tag: string, sortValue: string, key: string): string =>
  `translate(encode(convert_to(json_build_array(${tag}, ${sortValue}, ${key})::text, 'utf8'), 'base64'), E'+/=\\n', '-_')`;

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

/** @throws BAD_REQUEST for a cursor that was forged or belongs to another list or order. */
export function readCursor(cursor: unknown, place: PlaceIn, sqlType: string, isHidden = false): { sortValue: unknown; key: string } {
  try {
    const [made, sortValue, key] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8')) as unknown[];
    const isValue = isHidden ? sortValue === null : READABLE[sqlType]?.(sortValue);
    if (made === placeTag(place) && isValue && typeof key === 'string' && isUuid(key)) return { sortValue, key };
  } catch {
    // answered like a cursor of another list
  }
  throw badRequest({ en: 'This cursor does not belong to this list and order.', 'zh-CN': '该游标不属于此列表及排序。' });
}
