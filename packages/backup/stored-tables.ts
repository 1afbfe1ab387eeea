import type pg from 'pg';

/** A table as the catalogue knows it; names are quoted where they need to be. */
export interface StoredTable {
  /** With its schema: `public.contacts`. */
  readonly name: string;
  /** Columns that hold values of their own. */
  readonly columns: readonly string[];
  /** What its rows are ordered by, so that the same rows are always the same bytes. */
  readonly order: readonly string[];
  readonly forced: boolean;
}

/** Which tables of a database are meant: they need not be listed, so that what nobody lists any more is kept as well. */
export interface TableSelection {
  /** Roles: every table that something was granted to one of them on. */
  readonly grantees: readonly string[];
  /** Tables beside these, by their names; those that are not there are passed over. */
  readonly beside: readonly string[];
  /** Database schemas whose tables are left out: what is in them is made anew from the others. */
  readonly without?: readonly string[];
}
const valuesOf = ({ grantees, beside, without = [] }: TableSelection): unknown[] => [grantees, beside, without];

/** Tables of a selection, given as the values of the question. */
const OURS = `c.relkind = 'r' and n.nspname <> all ($3) and (c.oid in (select to_regclass(name) from unnest($2::text[]) name) or exists
  (select from aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee where r.rolname = any($1)))`;
const COLUMNS = `pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;
/** Texts byte by byte: the order of a locale is another one elsewhere. */
const ORDERED = (expression: string): string => `${expression} || case when a.attcollation = 0 then '' else ' collate "C"' end`;

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name, c.relforcerowsecurity as forced,
    (select array_agg(quote_ident(a.attname) order by a.attnum) from ${COLUMNS} and a.attgenerated = '') as columns,
    coalesce(
      (select array_agg(${ORDERED('quote_ident(a.attname)')} order by part.place)
       from pg_index i, unnest(i.indkey::int2[]) with ordinality part (number, place), pg_attribute a
       where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = part.number),
      (select array_agg(quote_ident(a.attname) || '::text collate "C"' order by a.attnum) from ${COLUMNS})) as order
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by n.nspname, c.relname`;

/** The tables of a selection, in the order of their names. */
export const storedTables = async (client: pg.ClientBase, selection: TableSelection): Promise<StoredTable[]> =>
  (await client.query<StoredTable>(TABLES, valuesOf(selection))).rows;

const SEQUENCES = `
  select distinct format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and n.nspname in (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS})`;

export type SequenceStates = Record<string, { readonly value: string; readonly called: boolean }>;

/** Where the sequences beside these tables are. They go on outside transactions: read after the rows, they are past every number in them. */
export async function sequenceStates(client: pg.ClientBase, selection: TableSelection): Promise<SequenceStates> {
  const states: Record<string, SequenceStates[string]> = {};
  for (const { name } of (await client.query<{ name: string }>(SEQUENCES, valuesOf(selection))).rows) {
    const { rows } = await client.query<SequenceStates[string]>(`select last_value::text as value, is_called as called from ${name}`);
    states[name] = rows[0]!;
  }
  return states;
}

/** Other tables than an extension's: what stands in the way of a restore. */
const ANY = `
  select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by name`;
export const anyTables = async (client: pg.ClientBase): Promise<string[]> =>
  (await client.query<{ name: string }>(ANY)).rows.map(({ name }) => name);
