import type { NaiveRow, TableName } from './rows.ts';
import type { Args, NaiveObject, World } from './world.ts';

export type SortValue = string | number;
/** What lists of a type can be ordered by; all can by the age of their rows. */
export type Orders<Row> = Readonly<Record<string, (row: Row) => SortValue>>;

export interface NaiveList<Row> {
  readonly type: string;
  readonly rows: readonly Row[];
  readonly orders?: Orders<NoInfer<Row>>;
  readonly order?: { readonly field: string; readonly direction: string };
  /** Orders whose cursors hold the row alone, with all rows that one may be of. */
  readonly hidden?: Readonly<Record<string, readonly NoInfer<Row>[]>>;
  key(row: NoInfer<Row>): string;
  readonly absentToo?: boolean;
}
const DEFAULT_SIZE = 20;

/** @param tag tells the list and its order. */
export const encodeCursor = (tag: string, value: SortValue | null, key: string): string =>
  Buffer.from(JSON.stringify([tag, value, key])).toString('base64url');

/** A moment as PostgreSQL writes it into JSON; as texts they are in their order. */
export const momentInJson = (moment: Date): string => moment.toISOString().replace(/\.?0*Z$/, '+00:00');

/** Texts in the order of their code points, as PostgreSQL has them. */
const compareValues = (a: SortValue, b: SortValue): number =>
  typeof a === 'number' ? a - (b as number) : Buffer.compare(Buffer.from(a), Buffer.from(b as string));

/** A Relay page, by the book: everything in order, cut by the cursors, then by the size. */
export function page<Row>(world: World, list: NaiveList<Row>, args: Args): object {
  const [asked] = (args.orderBy ?? []) as { field: string; direction: string }[];
  const { field, direction } = asked ?? list.order ?? { field: 'CREATED_AT', direction: 'DESC' };
  const hidden = list.hidden?.[field];
  const placeOf = (row: Row): [SortValue, string] => [list.orders?.[field]?.(row) ?? list.key(row), list.key(row)];
  const compare = (a: [SortValue, string], b: [SortValue, string]): number =>
    (compareValues(a[0], b[0]) || compareValues(a[1], b[1])) * (direction === 'ASC' ? 1 : -1);
  const whole = list.rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((a, b) => compare(a.place, b.place))
    .flatMap(({ row, place }) => {
      const node = world.object(list.type, row as NaiveRow<TableName>, list);
      return node ? [{ node, place, cursor: encodeCursor(`${field} ${direction}`, hidden ? null : place[0], place[1]) }] : [];
    });
  /** Beyond a row that is gone stands all. */
  const place = (cursor: unknown, side: 'after' | 'before'): [SortValue, string] => {
    const [, value, key] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString()) as [string, SortValue, string];
    if (!hidden) return [value, key];
    const row = hidden.find((one) => list.key(one) === key);
    return row ? placeOf(row) : [(side === 'after') === (direction === 'ASC') ? -Infinity : Infinity, key];
  };
  const after = args.after == null ? whole : whole.filter((one) => compare(one.place, place(args.after, 'after')) > 0);
  const between = args.before == null ? after : after.filter((one) => compare(one.place, place(args.before, 'before')) < 0);
  const size = Number(args.first ?? args.last ?? DEFAULT_SIZE);
  const backward = args.last != null;
  const edges = backward ? between.slice(-size) : between.slice(0, size);
  const goesOn = between.length > size;
  return {
    edges,
    nodes: edges.map(({ node }): NaiveObject => node),
    totalCount: whole.length,
    totalCountIsExact: true,
    pageInfo: {
      hasNextPage: backward ? args.before != null : goesOn,
      hasPreviousPage: backward ? goesOn : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** All of a few rows, the newest first unless said otherwise. */
export function few<Row>(
  world: World,
  { type, rows, key, order }: NaiveList<Row> & { readonly order?: { readonly direction: string } },
  most: number,
): NaiveObject[] {
  const sign = order?.direction === 'ASC' ? 1 : -1;
  const sorted = [...rows].sort((a, b) => compareValues(key(a), key(b)) * sign);
  return sorted.flatMap((row) => world.object(type, row as NaiveRow<TableName>) ?? []).slice(0, most);
}
