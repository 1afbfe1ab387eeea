import type { Message } from '../language/language.ts';
import type { Phone } from '../phone/phone.ts';

/** What the cells of each kind of column are read as. */
export interface ColumnValues {
  /** Trimmed and in one form. Leading zeros stay. */
  readonly TEXT: string;
  readonly PHONE: Phone;
  /** `2026-01-31` */
  readonly DATE: string;
  readonly BOOLEAN: boolean;
  readonly INTEGER: number;
  /** The `value` of one of the choices. */
  readonly CHOICE: string;
}
export type ColumnKind = keyof ColumnValues;

/** One of the values of a column of choices: read by its value and by its name in either language. */
export interface SheetChoice {
  readonly value: string;
  readonly name: Message;
}

/** One column, as the template shows it, the reader takes it and the writer writes it. */
export interface SheetColumn {
  readonly header: Message;
  /** Other headers that are read as this one. */
  readonly alsoCalled?: readonly string[];
  readonly kind: ColumnKind;
  /** A row without it is rejected, and a file without the column refused. */
  readonly required?: boolean;
  /** Several values in one cell, with `;`, `；`, `、` or a line break between them. */
  readonly several?: boolean;
  /** Characters of one value at the most; 200 where it says nothing. */
  readonly most?: number;
  /** Text by which somebody or something goes: what is not seen in it is taken out (`takeName`). */
  readonly isName?: boolean;
  readonly choices?: readonly SheetChoice[];
  /** For the page of explanations of the template. */
  readonly about?: Message;
  readonly example?: Message;
  /** In characters. */
  readonly width?: number;
}
export type SheetColumns = Readonly<Record<string, SheetColumn>>;

/** The one description of a table that goes in and out: it makes the template, the reader and the writer. */
export interface Sheet<Columns extends SheetColumns = SheetColumns> {
  /** Of the worksheet; 31 characters at the most. */
  readonly name: Message;
  readonly columns: Columns;
  /** What is no column, and why: the template's page of explanations says so. */
  readonly beside?: readonly { readonly header: Message; readonly about: Message }[];
}

/** Keeps the columns' own types, so that rows are typed by them. */
export const defineSheet = <const Columns extends SheetColumns>(sheet: Sheet<Columns>): Sheet<Columns> => sheet;

type ValueOf<Column extends SheetColumn> = Column['several'] extends true
  ? readonly ColumnValues[Column['kind']][]
  : ColumnValues[Column['kind']];
type Filled<Column extends SheetColumn> = Column['required'] extends true ? ValueOf<Column> : ValueOf<Column> | undefined;

/** The values of one row; undefined where a cell that may be empty is, and where the file has no such column. */
export type SheetValues<Columns extends SheetColumns> = { readonly [Key in keyof Columns]: Filled<Columns[Key]> };
