import type { FieldDefinition, FieldKinds, StoredValue } from '../../sdk/core.ts';
import { filesService, RAISED, type UseCase } from '../../sdk/index.ts';
import { type Change, contactFieldTerms, contacts, type NamesOfValues, namesIn, recordOfEach, textOf } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf, valueTerms } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { contactFieldInUse, contactFieldValuesDoNotFit } from './contact-field.errors.ts';

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Contacts with a value of a field, locked, a batch at a time, those in the bin too. */
async function* holders(use: UseCase, fieldId: string) {
  for (let after = FIRST; ; ) {
    const rows = await use
      .on(contacts)
      .selectFrom('contacts')
      .select(['id', 'field_values'])
      .where((of) => of.fn<boolean>('jsonb_exists', ['field_values', of.val(fieldId)]))
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .forNoKeyUpdate()
      .execute();
    if (rows.length === 0) return;
    yield rows.map(({ id, field_values: values }) => ({ id, values, value: values[fieldId]! }));
    after = rows.at(-1)!.id;
  }
}

/** How many contacts have a value of a field; the bin is not counted. */
export async function usageOf(use: UseCase, name: string): Promise<number> {
  const { usage } = await use
    .on(contacts, contactFieldTerms)
    .selectFrom('contact_field_terms as kept')
    .innerJoin('contacts as contact', (join) =>
      join.onRef('contact.organization_id', '=', 'kept.organization_id').onRef('contact.id', '=', 'kept.contact_id'),
    )
    .select((of) => of.fn.countAll<string>().as('usage'))
    .where('kept.field', '=', name)
    .where('kept.nth', '=', 0)
    .where('contact.deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(usage);
}

/** @param next the value as it is kept from now on; undefined: the contact has none any more */
async function rewrite(
  use: UseCase,
  from: FieldDefinition,
  to: FieldDefinition,
  next: (value: StoredValue, names: NamesOfValues) => StoredValue | undefined,
): Promise<void> {
  for await (const rows of holders(use, from.id)) {
    const names = await namesIn(
      use,
      [from],
      rows.map(({ values }) => values),
    );
    const ids = rows.map(({ id }) => id);
    await use
      .on(contactFieldTerms)
      .deleteFrom('contact_field_terms')
      .where('field', '=', from.name)
      .where('contact_id', 'in', ids)
      .execute();
    const changes: (Change & { readonly contactId: string })[] = [];
    for (const {
      id,
      values: { [from.id]: value, ...others },
    } of rows) {
      const now = next(value!, names);
      const values = now === undefined ? others : { ...others, [to.id]: now };
      use.on(contacts).change({ id }, { field_values: values, version: RAISED, updated_at: use.now });
      use.on(contactFieldTerms).add(valueTerms(kindsOf(use), [to], values).map((term) => ({ contact_id: id, ...term })));
      changes.push({ contactId: id, field: from.name, old: textOf(use, from, value, names), new: textOf(use, to, now, names) });
    }
    recordOfEach(use, changes);
  }
}

/** Takes the values of a field away, and their files. @throws ContactFieldInUse where their number is another than was confirmed */
export async function forgetValues(use: UseCase, field: FieldDefinition, confirmed: number | undefined): Promise<number> {
  const usage = await usageOf(use, field.name);
  if (usage > 0 && usage !== confirmed) throw contactFieldInUse({ usage }, ['input', 'confirmUsage']);
  const kind = kindsOf(use).of(field.kind);
  for await (const rows of holders(use, field.id))
    for (const { id, value } of rows) {
      const files = kind?.references?.(value, field).files ?? [];
      if (files.length) await use.service(filesService).detach(use, { type: 'Contact', id }, files);
    }
  await rewrite(use, field, field, () => undefined);
  return usage;
}

/** Keeps every value as what the field is to be keeps it. @throws ContactFieldValuesDoNotFit with the count of those that do not, and nothing is changed */
export async function refit(use: UseCase, from: FieldDefinition, to: FieldDefinition): Promise<void> {
  const fitted = await fitter(use, from, to);
  const count = { usage: 0, misfits: 0 };
  for await (const rows of holders(use, from.id)) {
    const names = await namesIn(
      use,
      [from],
      rows.map(({ values }) => values),
    );
    count.usage += rows.length;
    count.misfits += rows.filter(({ value }) => fitted(value, names) === undefined).length;
  }
  if (count.misfits > 0) throw contactFieldValuesDoNotFit(count, ['input', 'fieldId']);
  if (count.usage > 0) await rewrite(use, from, to, fitted);
}

/**
 * Of the same kind a value is taken anew as it is kept, which is how it is given; of another one its text is read as a sheet's cell would be.
 * Files have no text that they could be made of again.
 */
async function fitter(use: UseCase, from: FieldDefinition, to: FieldDefinition) {
  const kinds = kindsOf(use);
  const { country } = await organizationOf(use);
  const employeeNamed = from.kind === to.kind ? undefined : await namedOnce(use);
  const given = (value: StoredValue, names: NamesOfValues) => {
    if (from.kind === to.kind) return { field: to.name, [kinds.of(to.kind)!.given[0]!]: value };
    if (holdsFiles(kinds, from, value)) return undefined;
    return kinds.read(to, textOf(use, from, value, names) ?? '', { country, employeeNamed }).given;
  };
  return (value: StoredValue, names: NamesOfValues): StoredValue | undefined => {
    const one = given(value, names);
    return one && kinds.take([to], [one], { country, path: [], isRequired: () => false }).values[to.id];
  };
}
const holdsFiles = (kinds: FieldKinds, field: FieldDefinition, value: StoredValue): boolean =>
  (kinds.of(field.kind)?.references?.(value, field).files ?? []).length > 0;

/** Finds an employee whose name nobody else bears. */
async function namedOnce(use: UseCase): Promise<(name: string) => string | undefined> {
  const rows = await use.on(employees).selectFrom('employees').select(['id', 'name']).where('left_at', 'is', null).execute();
  const byName = Map.groupBy(rows, ({ name }) => name);
  return (name) => {
    const found = byName.get(name) ?? [];
    return found.length === 1 ? found[0]!.id : undefined;
  };
}
