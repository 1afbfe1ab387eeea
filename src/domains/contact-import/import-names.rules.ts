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

/**
 * Finds who is meant by a name: one who bears it alone, or whom somebody has chosen for it. Nobody is guessed (spec 3.12): where whoever was chosen
 * has left since, it is asked again, also where one namesake alone is left.
 */
export function nameFinder(staff: readonly Named[], choices: readonly NameChoice[]) {
  const byName = Map.groupBy(staff, ({ name }) => nameForm(name));
  const fits = (choice: NameChoice, name: string, row: number): boolean =>
    (choice.row ?? row) === row && (choice.name === undefined || nameForm(choice.name) === name);
  const nearFirst = [...choices].sort((one, other) => Number(one.row === undefined) - Number(other.row === undefined));
  /** One that names nobody of them and says no name may be about another name of its row. */
  const chosen = (name: string, row: number, among: readonly Named[]): NameChoice | undefined =>
    nearFirst.find((choice) => fits(choice, name, row) && (choice.name !== undefined || among.some(({ id }) => id === choice.employeeId)));
  return (typed: string, row: number): FoundName => {
    const name = nameForm(typed);
    const candidates = byName.get(name) ?? [];
    const choice = chosen(name, row, candidates);
    const [only, ...others] = choice ? candidates.filter(({ id }) => id === choice.employeeId) : candidates;
    if (others.length > 0) return { name: typed, candidates };
    return only ? { of: only } : { name: typed, candidates };
  };
}
export type FindName = ReturnType<typeof nameFinder>;
