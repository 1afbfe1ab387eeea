import type { Issue } from './fault.ts';
import type { StoredValues } from './given-value.ts';
import { type ShownForm, shownForm } from './shown-fields.ts';
import { missingIn, type TakenValues } from './taking.ts';
import type { TemplateField } from './template-body.ts';

export interface Completing {
  /** The fields that whoever gives the values fills in. */
  mayWrite(field: TemplateField): boolean;
  /** What the form holds by now. */
  readonly before?: StoredValues;
  /** Of the list of values in the input. */
  readonly path: readonly string[];
}
export interface CompletedForm extends Omit<ShownForm, 'values'> {
  /** By the ids of their fields, without what conditions hide. */
  readonly values: StoredValues;
  readonly issues: readonly Issue[];
}

/** What a form holds once values are taken in: what is given now over what was there, without what conditions hide, and what is missing. */
export function completed(
  fields: readonly TemplateField[],
  taken: Pick<TakenValues, 'values' | 'emptied' | 'issues'>,
  { mayWrite, before = {}, path }: Completing,
): CompletedForm {
  const emptied = new Set(taken.emptied);
  const all = Object.entries({ ...before, ...taken.values }).filter(([id]) => taken.values[id] !== undefined || !emptied.has(id));
  const { shown, required, values } = shownForm(fields, Object.fromEntries(all));
  const faulty = new Set(taken.issues.map(({ path: at }) => at[path.length]));
  const asked = shown.filter((field) => mayWrite(field) && required.has(field.id) && !faulty.has(field.name));
  const missing = missingIn(asked, new Map(Object.entries(values)), path, () => true);
  return { shown, required, values: values as StoredValues, issues: [...taken.issues, ...missing] };
}
