import { type CompletedForm, type Completing, completed } from './complete-form.ts';
import type { GivenValue, StoredValue } from './given-value.ts';
import { takeValues } from './taking.ts';
import type { TemplateField } from './template-body.ts';
import type { Taking, ValueKind } from './value-kind.ts';
import { valueKinds } from './value-kinds.ts';

export interface CheckingForm extends Partial<Taking>, Partial<Completing> {
  /** Kinds of plugins that are known here. Values of any other kind are taken as they are: the server looks at them. */
  readonly kinds?: readonly ValueKind[];
}

/** As the server has it, so that faults of both stand at one place. */
const PATH = ['input', 'values'];
const bySubmitter = ({ writtenBy }: TemplateField): boolean => writtenBy === 'SUBMITTER';

/**
 * What the server would say of these values, but for what it alone knows: whether files and employees are there.
 * @param given as `submitForm`, `resubmitForm` and `approveFormTask` take them
 * @returns what is shown and required now, the values with computed totals by the ids of their fields, and everything that is wrong
 */
export function checkForm(fields: readonly TemplateField[], given: readonly GivenValue[], options: CheckingForm = {}): CompletedForm {
  const { kinds = [], country = 'CN', phone, path = PATH, mayWrite = bySubmitter, before } = options;
  const kindOf = valueKinds(kinds);
  const strange = new Map(fields.flatMap((field) => (kindOf(field.kind) ? [] : [[field.name, field] as const])));
  const known = given.filter(({ field }) => !strange.has(field));
  const taken = takeValues(kindOf, fields, known, {
    country,
    phone,
    path,
    mayWrite: mayWrite as (field: object) => boolean,
    isRequired: () => false,
  });
  const asTheyAre = given.flatMap((one): [string, StoredValue][] => {
    const field = strange.get(one.field);
    const value = Object.entries(one).find(([way, of]) => way !== 'field' && of != null)?.[1];
    return field && value !== undefined ? [[field.id, value as StoredValue]] : [];
  });
  return completed(fields, { ...taken, values: { ...taken.values, ...Object.fromEntries(asTheyAre) } }, { mayWrite, before, path });
}
