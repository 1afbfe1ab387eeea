import type { ReportFault } from './fault.ts';
import type { FieldDefinition, FieldOption } from './field-definition.ts';
import { NOT_A_PATH, NOT_AN_OPTION, OPTION_TWICE, tooMany } from './value-faults.ts';
import { isTexts, type ValueKind, valueKind } from './value-kind.ts';

const MOST_LEVELS = 5;

export const optionsOf = ({ options = [] }: Pick<FieldDefinition, 'options'>): ReadonlyMap<string, FieldOption> =>
  new Map(options.map((option) => [option.id, option]));

/** The option and those above it, the highest first; empty where they lie in a circle or reach no top. */
export function pathTo(options: ReadonlyMap<string, FieldOption>, id: string): readonly FieldOption[] {
  const path: FieldOption[] = [];
  for (let at: string | undefined = id; at !== undefined; at = path[0]!.parentId) {
    const option = options.get(at);
    if (!option || path.length === MOST_LEVELS) return [];
    path.unshift(option);
  }
  return path;
}

/** What is right of options that are all there. @returns undefined where a fault was told. */
type Fits = (chosen: readonly string[], field: FieldDefinition, report: ReportFault) => readonly string[] | undefined;

const one: Fits = (chosen, _, report) => {
  if (chosen.length <= 1) return chosen;
  return void report(tooMany(1, chosen.length));
};
const some: Fits = (chosen, { options = [], most = options.length }, report) => {
  if (chosen.length > most) return void report(tooMany(most, chosen.length));
  return options.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
};
const oneOfEachLevel: Fits = (chosen, field, report) => {
  const path = pathTo(optionsOf(field), chosen.at(-1)!).map(({ id }) => id);
  const isPath = chosen.length === 1 || (chosen.length === path.length && chosen.every((id, i) => id === path[i]));
  const isLast = !field.options?.some(({ parentId }) => parentId === chosen.at(-1));
  if (isPath && isLast) return path;
  return void report(NOT_A_PATH);
};

/** Kept as the ids of what was chosen, so that an option may be renamed. */
const choiceKind = (name: string, fits: Fits): ValueKind =>
  valueKind<readonly string[]>({
    name,
    given: ['optionIds'],
    isGiven: isTexts,
    isEmpty: (given) => (given as readonly unknown[]).length === 0,
    take(given, field, report) {
      const chosen = given as readonly string[];
      const options = optionsOf(field);
      const strange = chosen.findIndex((id) => !options.has(id));
      if (strange >= 0) report(NOT_AN_OPTION, String(strange));
      else if (new Set(chosen).size < chosen.length) report(OPTION_TWICE);
      else return fits(chosen, field, report);
      return undefined;
    },
  });

export const CHOICE_VALUES: readonly ValueKind[] = [
  choiceKind('CHOICE', one),
  choiceKind('CHOICES', some),
  choiceKind('CASCADE', oneOfEachLevel),
];
