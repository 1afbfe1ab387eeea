import { asOneName, type FieldDefinition } from '../../sdk/core.ts';
import type { NameChoice } from './contact-import.entity.ts';
import { ownColumn } from './field-columns.ts';
import type { ContactRow } from './import.sheet.ts';

/** An employee who is here. */
export interface Named {
  readonly id: string;
  readonly name: string;
}
/** One name of a row: who is meant, or who might be. */
export type FoundName = { readonly of: Named } | { readonly name: string; readonly candidates: readonly Named[] };

/** Real names are compared as they are written, but for spaces and the form of letters. */
export const nameForm = asOneName;

/** Names of employees that stand in a row. @param asked the organization's own fields, some of which may be of employees */
export function namesIn({ known: values }: ContactRow, asked: readonly FieldDefinition[]): string[] {
  const own = asked.flatMap(({ kind, name }) => {
    const typed = (values as Readonly<Record<string, unknown>>)[ownColumn(name)];
    return kind === 'EMPLOYEE' && typed !== undefined ? [String(typed)] : [];
  });
  return [...(values.owner === undefined ? [] : [values.owner]), ...(values.sharees ?? []), ...own];
}

/** Finds who is meant by a name: one who bears it alone, or whom somebody has chosen for it. Nobody is guessed (spec 3.12). */
export function nameFinder(staff: readonly Named[], choices: readonly NameChoice[]) {
  const byName = Map.groupBy(staff, ({ name }) => nameForm(name));
  const fits = (choice: NameChoice, name: string, row: number): boolean =>
    (choice.row ?? row) === row && (choice.name === undefined || nameForm(choice.name) === name);
  const nearFirst = [...choices].sort((one, other) => Number(one.row === undefined) - Number(other.row === undefined));
  const chosen = (name: string, row: number, among: readonly Named[]): Named[] =>
    nearFirst.flatMap((choice) => (fits(choice, name, row) ? among.filter(({ id }) => id === choice.employeeId) : [])).slice(0, 1);
  return (typed: string, row: number): FoundName => {
    const name = nameForm(typed);
    const candidates = byName.get(name) ?? [];
    const [only] = candidates.length > 1 ? chosen(name, row, candidates) : candidates;
    return only ? { of: only } : { name: typed, candidates };
  };
}
export type FindName = ReturnType<typeof nameFinder>;
