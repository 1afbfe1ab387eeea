import type { ValueKind } from '@guichet/forms';
import type { Message } from '../language/language.ts';
import type { RawCell } from '../sheets/cell-value.ts';
import type { FieldDefinition, FieldSetting, GivenValue, ReportFault, Shown, StoredValue, Taking } from './field.ts';

/** What is read from the cells of sheets. */
export type FilledCell = Exclude<RawCell, null | undefined | symbol>;
export interface ReadingCells extends Taking {
  /** The one employee of that name; undefined where there is none, and where there are several. */
  employeeNamed?(name: string): string | undefined;
}

/** How a value shows values within it, such as those of lines. */
export type Within = (field: FieldDefinition, value: StoredValue) => unknown;

/**
 * A kind of field, whole: how it is defined, what it takes, how it is kept, compared, shown and read. Whoever has fields (forms, contacts)
 * knows no kind by its name, so that a kind that is added is everywhere at once.
 */
export interface FieldKind<Stored extends StoredValue = StoredValue> extends ValueKind<Stored> {
  readonly called: Message;
  readonly settings: readonly FieldSetting[];
  /** What is wrong with a definition beyond what all kinds have in common. */
  checkDefinition?(field: FieldDefinition, report: ReportFault): void;
  /** As people read it, in lists, exports and history; `read` takes the same text. */
  text(value: Stored, field: FieldDefinition, shown: Shown): string;
  /**
   * What it is found and sorted by: terms that are ordered byte by byte as the values are, so that one index serves all kinds under row
   * security. None: it is neither compared nor sorted.
   */
  terms?(value: Stored, field: FieldDefinition): readonly string[];
  /** The terms of what somebody compares with. @returns undefined where that is no value of the kind. */
  term?(given: unknown, field: Pick<FieldDefinition, 'currency'>): string | undefined;
  /** A cell of a sheet, as it would have been given. Without it, the kind is not read from sheets. */
  read?(cell: FilledCell, field: FieldDefinition, report: ReportFault, reading: ReadingCells): Omit<GivenValue, 'field'> | undefined;
  /** The GraphQL type of its values, and what that type shows beside the field and its text. */
  readonly type: string;
  facts(value: Stored, field: FieldDefinition, within: Within): Readonly<Record<string, unknown>>;
}

/** Keeps the type of its values to itself: they come back to the kind that took them. */
export const fieldKind = <Stored extends StoredValue>(kind: FieldKind<Stored>): FieldKind => kind as FieldKind;

export type KindOf = (name: string) => FieldKind | undefined;
