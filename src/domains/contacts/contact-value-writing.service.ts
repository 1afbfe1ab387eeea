import type { FieldDefinition, StoredValues } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { isSameValue, kindsOf, valueTerms } from '../fields/index.ts';
import { contactFieldTerms } from './contact-field.entity.ts';
import { holdFields } from './contact-field.service.ts';
import type { Change } from './contact-history.service.ts';
import { type NamesOfValues, namesIn, textOf } from './contact-value-text.service.ts';

/** What values a contact had, and what it has from now on. */
export interface ValuesOfContact {
  readonly contactId: string;
  readonly before: StoredValues;
  readonly values: StoredValues;
}
export const changedFields = (fields: readonly FieldDefinition[], { before, values }: Omit<ValuesOfContact, 'contactId'>) =>
  fields.filter(({ id }) => !isSameValue(before[id], values[id]));

/**
 * Writes what contacts are found by, in a few statements however many they are; `contacts.field_values` is the caller's.
 * @returns what has changed, for their histories: from and to as text (spec 3.16)
 */
export async function writeValues(use: UseCase, all: readonly ValuesOfContact[]): Promise<(Change & { readonly contactId: string })[]> {
  const { own } = await holdFields(use);
  const changed = all.flatMap((of) => changedFields(own, of).map((field) => ({ ...of, field })));
  if (changed.length === 0) return [];
  await forgetTerms(use, changed);
  use
    .on(contactFieldTerms)
    .add(
      changed.flatMap(({ contactId, field, values }) =>
        valueTerms(kindsOf(use), [field], values).map((term) => ({ contact_id: contactId, ...term })),
      ),
    );
  const fields = [...new Set(changed.map(({ field }) => field))];
  const names = await namesIn(
    use,
    fields,
    changed.flatMap(({ before, values }) => [before, values]),
  );
  return changed.map((of) => ({ contactId: of.contactId, ...changeOf(use, of, names) }));
}

type Changed = ValuesOfContact & { readonly field: FieldDefinition };
const changeOf = (use: UseCase, { field, before, values }: Changed, names: NamesOfValues): Change => ({
  field: field.name,
  old: textOf(use, field, before[field.id], names),
  new: textOf(use, field, values[field.id], names),
});

async function forgetTerms(use: UseCase, changed: readonly Changed[]): Promise<void> {
  const known = changed.filter(({ field, before }) => before[field.id] !== undefined);
  for (const [name, of] of Map.groupBy(known, ({ field }) => field.name)) {
    const ids = of.map(({ contactId }) => contactId);
    await use
      .on(contactFieldTerms)
      .deleteFrom('contact_field_terms')
      .where('field', '=', name)
      .where((row) => row('contact_id', '=', row.fn.any(row.val(ids))))
      .execute();
  }
}
