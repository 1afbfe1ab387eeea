import { type TakenValues, type TakingValues, takeValues } from '@guichet/forms';
import type { Issue } from '../input/input-faults.ts';
import type { Language } from '../language/language.ts';
import { CHOICE_KINDS } from './choice.kinds.ts';
import { DAY_KINDS } from './day.kinds.ts';
import type { FieldDefinition, GivenValue, Shown, StoredValue } from './field.ts';
import { checkDefinitions } from './field-definition.ts';
import { NOT_FROM_SHEETS, tooManyFields } from './field-faults.ts';
import type { FieldKind, FilledCell, KindOf, ReadingCells } from './field-kind.ts';
import { linesKind, MOST_COLUMNS } from './lines.kind.ts';
import { NUMBER_KINDS } from './number.kinds.ts';
import { REFERENCE_KINDS } from './reference.kinds.ts';
import { phoneOf, TEXT_KINDS } from './text.kinds.ts';

/** Most fields of one set. */
export const MOST_FIELDS = 500;

/** An object of GraphQL that stands for a value. */
export interface ShownValue {
  readonly '@type': string;
  readonly field: FieldDefinition;
  text(language: Language): string;
  readonly [fact: string]: unknown;
}

/** All kinds of field that there are, and what is done with fields of any kind. */
export class FieldKinds {
  readonly #kinds: ReadonlyMap<string, FieldKind>;

  /** @param further kinds of plugins. @throws where two have one name. */
  constructor(further: readonly FieldKind[] = []) {
    const lines = linesKind({
      kindOf: this.of,
      check: (columns, report) => {
        if (columns.length > MOST_COLUMNS) report(tooManyFields(MOST_COLUMNS, columns.length));
        else checkDefinitions(this.of, columns, report, true);
      },
    });
    const kinds = [...TEXT_KINDS, ...NUMBER_KINDS, ...DAY_KINDS, ...CHOICE_KINDS, ...REFERENCE_KINDS, lines, ...further];
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    const twice = kinds.find(({ name }, i) => kinds.findIndex((kind) => kind.name === name) < i);
    if (twice) throw new Error(`There are two kinds of field that are called ${twice.name}.`);
  }

  readonly of: KindOf = (name) => this.#kinds.get(name);
  get names(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  /** What is wrong with the definitions of a set of fields. @param path of the list of them */
  faultsOfDefinitions(fields: readonly FieldDefinition[], path: readonly string[]): Issue[] {
    if (fields.length > MOST_FIELDS) return [{ path, ...tooManyFields(MOST_FIELDS, fields.length) }];
    const issues: Issue[] = [];
    checkDefinitions(this.of, fields, (fault, ...within) => issues.push({ ...fault, path: [...path, ...within] }));
    return issues;
  }

  /** Values as they are kept, by the ids of their fields, and everything that is wrong with what was given. */
  take(fields: readonly FieldDefinition[], given: readonly GivenValue[], taking: TakingValues): TakenValues {
    return takeValues(this.of, fields, given, { phone: phoneOf, ...taking });
  }

  /** A value as people read it: the same text is read from sheets. Nothing is shown of a kind that is not on this server. */
  text(field: FieldDefinition, value: StoredValue, shown: Shown): string {
    return this.of(field.kind)?.text(value, field, shown) ?? '';
  }

  /**
   * A value as GraphQL shows it: an object of its kind's type. @param text of the value as its reader may see it
   * @returns null for a kind that is not on this server
   */
  shown(field: FieldDefinition, value: StoredValue | undefined, text: (shown: Shown) => Shown): ShownValue | null {
    const kind = this.of(field.kind);
    if (!kind || value === undefined) return null;
    return {
      ...kind.facts(value, field, (column, cell) => this.shown(column, cell, text)),
      '@type': kind.type,
      field,
      text: (language) => kind.text(value, field, text({ language })),
    };
  }

  /** What a value is found and sorted by, byte by byte. */
  terms(field: FieldDefinition, value: StoredValue): readonly string[] {
    return this.of(field.kind)?.terms?.(value, field) ?? [];
  }

  /**
   * One cell of a sheet as it would have been given, for `take`: an empty one empties the field.
   * @returns `issues` where it cannot be read, without a place: the sheet knows where the cell stands.
   */
  read(field: FieldDefinition, cell: FilledCell | null | undefined, reading: ReadingCells): { given?: GivenValue; issues: Issue[] } {
    const kind = this.of(field.kind);
    const issues: Issue[] = [];
    const way = kind?.given[0];
    if (!kind?.read || way === undefined) return { issues: [{ path: [], ...NOT_FROM_SHEETS }] };
    if (cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === ''))
      return { given: { field: field.name, [way]: null }, issues };
    const read = kind.read(cell, field, (fault, ...within) => issues.push({ ...fault, path: within }), reading);
    return read ? { given: { field: field.name, ...read }, issues } : { issues };
  }
}

/** Those of the core. */
export const builtInKinds = new FieldKinds();
