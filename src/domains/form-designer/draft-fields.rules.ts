import { keptOptions } from '../fields/index.ts';
import type { FieldDefinition, TemplateField } from '../forms/index.ts';
import type { GivenColumn, GivenDefinition, GivenField } from './draft.input.ts';

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
    ...(options?.length ? { options: keptOptions(options, before?.options ?? [], naming.newId) } : {}),
    ...Object.fromEntries(settings),
  };
}
