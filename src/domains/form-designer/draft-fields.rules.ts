import type { FieldDefinition, FieldOption, TemplateField } from '../forms/index.ts';
import type { GivenColumn, GivenDefinition, GivenField, GivenOption } from './draft.input.ts';

/** What is needed to read a draft: ids are made, and those of things that are there already stay. */
export interface Naming {
  newId(): string;
}

type Known = { readonly id: string; readonly name: string };
/** Found by its id, or by its name, so that a field that is sent without its id stays the same. */
const idOf = (given: { readonly id?: string; readonly name: string }, before: readonly Known[], { newId }: Naming): string =>
  given.id ?? before.find(({ name }) => name === given.name)?.id ?? newId();

/** A field without its conditions, which name fields and are read when all of them have their ids. */
export function fieldOf(given: GivenField, before: readonly TemplateField[], naming: Naming): TemplateField {
  const id = idOf(given, before, naming);
  const own = before.find((field) => field.id === id);
  const { section, hint, columns } = given;
  return {
    ...definitionOf(given, id, own, naming),
    ...(columns?.length ? { columns: columns.map((column) => columnOf(column, own?.columns ?? [], naming)) } : {}),
    ...(section === undefined ? {} : { section }),
    ...(hint === undefined ? {} : { hint }),
    readBy: given.readBy ?? 'EVERYBODY',
    writtenBy: 'SUBMITTER',
  };
}

function columnOf(given: GivenColumn, before: readonly FieldDefinition[], naming: Naming): FieldDefinition {
  const id = idOf(given, before, naming);
  const { product, summed } = given;
  return {
    ...definitionOf(
      given,
      id,
      before.find((column) => column.id === id),
      naming,
    ),
    ...(product?.length ? { product: [...product] } : {}),
    ...(summed ? { summed } : {}),
  };
}

const SETTINGS = ['min', 'max', 'maxLength', 'decimals', 'currency', 'most'] as const;
function definitionOf(given: GivenDefinition, id: string, before: FieldDefinition | undefined, naming: Naming): FieldDefinition {
  const { name, label, kind, required = false, options } = given;
  const settings = SETTINGS.flatMap((setting) => (given[setting] === undefined ? [] : [[setting, given[setting]] as const]));
  return {
    id,
    name,
    label,
    kind,
    required,
    ...(options?.length ? { options: optionsOf(options, before?.options ?? [], naming) } : {}),
    ...Object.fromEntries(settings),
  };
}

/** A parent is named by its id or by what it says; one that is not there is told when the template is published. */
function optionsOf(given: readonly GivenOption[], before: readonly FieldOption[], { newId }: Naming): readonly FieldOption[] {
  const kept = (option: GivenOption): string =>
    option.id ?? (option.parent === undefined ? before.find(({ label }) => label === option.label)?.id : undefined) ?? newId();
  const made = given.map((option) => ({ id: kept(option), label: option.label, parent: option.parent }));
  return made.map(({ id, label, parent }) => {
    const above = made.find((one) => one.id === parent) ?? made.find((one) => one.label === parent);
    return { id, label, ...(parent === undefined ? {} : { parentId: above?.id ?? parent }) };
  });
}
