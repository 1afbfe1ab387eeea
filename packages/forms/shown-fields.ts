import { type FormValues, holds } from './condition.ts';
import type { TemplateField } from './template-body.ts';

export interface ShownForm {
  /** Fields that are there, in their order: what the others hold does not count. */
  readonly shown: readonly TemplateField[];
  /** Ids of the fields that must be filled in. */
  readonly required: ReadonlySet<string>;
  /** Values of the fields that are there. */
  readonly values: FormValues;
}

/** Which fields a form shows and requires, from top to bottom: a condition looks at fields above it, and a hidden one is empty for it. */
export function shownForm(fields: readonly TemplateField[], given: FormValues): ShownForm {
  const values: Record<string, unknown> = {};
  const required = new Set<string>();
  const shown = fields.filter((field) => {
    if (field.showWhen && !holds(field.showWhen, values)) return false;
    if (field.required || (field.requireWhen && holds(field.requireWhen, values))) required.add(field.id);
    if (Object.hasOwn(given, field.id)) values[field.id] = given[field.id];
    return true;
  });
  return { shown, required, values };
}
