import {
  type EntityRole,
  EXTERNAL,
  heldToward,
  type InputMaker,
  type RowHandle,
  type Sql,
  sql,
  type Table,
  types,
  type UseCase,
  WINDOW_MEMBER,
  way,
} from '../../sdk/index.ts';
import { contactTags, Tag } from '../contacts/index.ts';

/** Tags, and contacts, that one item of the window is shown to at the most. */
export const MOST_CHOSEN = 100;

/** Whom an item of the window is shown to (spec 5.8): by tag, and one by one; all, where nobody is chosen. Ids are UUIDs. */
export interface Audience {
  readonly tagIds?: readonly string[];
  readonly contactIds?: readonly string[];
}
/** What an item may be shown by: its own column `is_for_all`, and two tables that name it in a column of theirs. */
interface Choosing<T extends Table> {
  readonly item: T;
  /** Of `tags` and `contacts`: which item it is. */
  readonly key: string;
  readonly tags: Table;
  readonly contacts: Table;
}

/** Inputs that say whom an item is shown to. */
export const audienceInput = (t: InputMaker) => ({
  tagIds: t.globalIds(Tag, { description: 'Contacts that carry one of these are shown it.', required: false, most: MOST_CHOSEN }),
  contactIds: t.globalIds(types.Contact, {
    description: 'These contacts are shown it. Without tags and contacts all are.',
    required: false,
    most: MOST_CHOSEN,
  }),
});

/**
 * Contacts at the open window to whom an item is shown. The database is asked each time, so that a tag that was taken away a second ago counts
 * no more.
 * @param isThere whether there is anything to be shown.
 */
export function shownTo<T extends Table>({ item, ...of }: Choosing<T>, isThere: (row: RowHandle<T>) => Sql): EntityRole {
  const { isForAll, named, tagged } = audienceOf<T>(of, isThere);
  return heldToward(
    EXTERNAL,
    [
      way(item, {}, ({ row }) => isForAll(row)),
      way(item, { chosen: of.contacts }, ({ row, seat, chosen }) => named(row, chosen, seat.me)),
      way(item, { shown: of.tags, carried: contactTags }, ({ row, seat, shown, carried }) => tagged(row, shown, carried, seat.me)),
    ],
    ({ traits }) => traits.has(WINDOW_MEMBER),
  );
}

/** The three ways of being shown an item, for rows that are shown with it. */
export function audienceOf<T extends Table>({ key }: Pick<Choosing<T>, 'key'>, isThere: (row: RowHandle<T>) => Sql) {
  const column = (row: object, name: string): Sql => (row as Readonly<Record<string, Sql>>)[name]!;
  return {
    isForAll: (row: RowHandle<T>): Sql => sql`${column(row, 'is_for_all')} and ${isThere(row)}`,
    named: (row: RowHandle<T>, chosen: object, me: Sql): Sql =>
      sql`${column(chosen, key)} = ${column(row, 'id')} and ${column(chosen, 'contact_id')} = ${me} and ${isThere(row)}`,
    tagged: (row: RowHandle<T>, shown: object, carried: RowHandle<typeof contactTags>, me: Sql): Sql =>
      sql`${column(shown, key)} = ${column(row, 'id')} and ${carried.tag_id} = ${column(shown, 'tag_id')} and ${carried.contact_id} = ${me} and ${isThere(row)}`,
  };
}

/** @throws NotFound where a tag or a contact is not there for the seat */
export async function findAudience(use: UseCase, { tagIds = [], contactIds = [] }: Audience): Promise<void> {
  await use.findAll('Tag', tagIds, (at) => ['input', 'tagIds', String(at)]);
  await use.findAll('Contact', contactIds, (at) => ['input', 'contactIds', String(at)]);
}

/** Makes these, and no others, those whom an item is shown to. @returns whether all contacts at the window are */
export async function choose(
  use: UseCase,
  { key, tags, contacts }: Omit<Choosing<Table>, 'item'>,
  itemId: string,
  { tagIds = [], contactIds = [] }: Audience,
): Promise<boolean> {
  await replace(use, tags, { [key]: itemId }, 'tag_id', tagIds);
  await replace(use, contacts, { [key]: itemId }, 'contact_id', contactIds);
  return tagIds.length + contactIds.length === 0;
}

/** Tables that are known by their names only here: Kysely has no types of them. */
async function replace(use: UseCase, table: Table, of: Record<string, string>, column: string, ids: readonly string[]): Promise<void> {
  const db = use.on(table);
  const [[key, itemId]] = Object.entries(of) as [[string, string]];
  await db
    .deleteFrom(table.name as never)
    .where(key as never, '=', itemId as never)
    .execute();
  const rows = [...new Set(ids)].map((id) => ({ ...of, [column]: id }));
  if (rows.length) db.add(rows as never);
}
