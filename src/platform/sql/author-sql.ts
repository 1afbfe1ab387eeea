import { isSqlName } from '../database/known-tables.ts';
import type { Table } from '../database/table.ts';
import { DeclarationError } from '../schema/claims.ts';
import { allOf, type RowHandles, rowHandles, Sql, tablesOf } from './sql.ts';
import { strayIn } from './sql-words.ts';

const MEND =
  'use columns of the handles that you were given, operators and plain functions; `exists` and `valueFrom` for rows of other tables';
const checked = new WeakSet<TemplateStringsArray>();

/**
 * Writes a piece of SQL from other pieces: columns of rows, facts of the seat, parameters. Strings do not fit in, so no value of a request
 * becomes part of a statement's text; and its own text names no table and no column, so that it reads what its handles give and nothing else.
 * @throws DeclarationError where the text holds anything but operators, values and plain functions; modules are tried when they are loaded
 *
 * @example
 * where: (row, { argument }) => sql`${row.tool} = ${argument('tool', 'text')} and ${row.due} is null`
 */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  if (!Array.isArray(strings))
    throw new DeclarationError('its SQL is made from a text', 'write sql`…` as a tag, with columns of handles in it');
  if (!checked.has(strings)) {
    const stray = strayIn(strings);
    if (stray !== undefined) throw new DeclarationError(`its SQL may not hold "${stray}"`, MEND);
    checked.add(strings);
  }
  return new Sql(
    pieces.reduce((text, piece, i) => {
      if (!(piece instanceof Sql)) throw new DeclarationError(`its SQL uses what is no column of a handle: ${String(piece)}`, MEND);
      return beside(beside(text, piece.text), strings[i + 1]!);
    }, strings[0]!),
  );
}

/** Pieces never melt into another word, nor into the beginning of a comment. */
const beside = (one: string, other: string): string =>
  /\w$/.test(one) && /^\w/.test(other)
    ? `${one} ${other}`
    : /[^\w\s()]$/.test(one) && /^[^\w\s()'$]/.test(other)
      ? `${one} ${other}`
      : `${one}${other}`;

/** Any row of the organization: its other rows are found by it. */
interface OfOrganization {
  readonly organization_id: Sql;
}
const inOrganization = <Through extends Record<string, Table>>(
  { organization_id }: OfOrganization,
  through: Through,
  where: (rows: RowHandles<Through>) => Sql,
): string => {
  const odd = Object.keys(through).find((alias) => !isSqlName(alias));
  if (odd !== undefined) throw new DeclarationError(`its SQL calls a table "${odd}"`, 'use small letters, digits and underscores');
  const { tables, conditions } = tablesOf(through, organization_id);
  return `from ${tables.join(', ')} where ${allOf([...conditions, where(rowHandles(through))]).text}`;
};

/**
 * Whether there are rows of other tables, in the organization of a row, that fit.
 *
 * @example
 * exists(loan, { copy: copies }, ({ copy }) => sql`${copy.loan_id} = ${loan.id} and ${copy.lost}`)
 */
export const exists = <Through extends Record<string, Table>>(
  of: OfOrganization,
  through: Through,
  where: (rows: RowHandles<Through>) => Sql,
): Sql => new Sql(`exists (select 1 ${inOrganization(of, through, where)})`);

/** What is read of rows of other tables, and of which. */
type Write<Through extends Record<string, Table>> = (rows: RowHandles<Through>) => { readonly value: Sql; readonly where: Sql };
const valuesSql = <Through extends Record<string, Table>>(of: OfOrganization, through: Through, write: Write<Through>): string =>
  `(select ${write(rowHandles(through)).value.text} ${inOrganization(of, through, (rows) => write(rows).where)})`;

/**
 * A value of the one row of other tables, in the organization of a row, that fits; null where there is none.
 *
 * @example
 * valueFrom(line, { product: products }, ({ product }) => ({ value: product.name, where: sql`${product.id} = ${line.product_id}` }))
 */
export const valueFrom = <Through extends Record<string, Table>>(of: OfOrganization, through: Through, write: Write<Through>): Sql =>
  new Sql(valuesSql(of, through, write));
/** Whether something is one of the values of rows of other tables, which are found first. */
export const isAmong = <Through extends Record<string, Table>>(
  { text }: Sql,
  of: OfOrganization,
  through: Through,
  write: Write<Through>,
): Sql => new Sql(`${text} in ${valuesSql(of, through, write)}`);
