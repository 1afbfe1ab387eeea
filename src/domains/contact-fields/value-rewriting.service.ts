import type { FieldDefinition, FieldKinds, StoredValue } from '../../sdk/core.ts';
import { filesService, RAISED, type UseCase } from '../../sdk/index.ts';
import { type Change, contactFieldTerms, contacts, type NamesOfValues, namesIn, recordOfEach, textOf } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf, valueTerms } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { contactFieldInUse, contactFieldValuesDoNotFit, contactFieldValuesRewritten } from './contact-field.errors.ts';

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
    recordOfEach(use, changes, 'SETTINGS');
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

/**
 * Keeps every value as what the field is to be keeps it.
 * @param confirmed how many values may read otherwise by another kind
 * @throws ContactFieldValuesDoNotFit with the count of those that do not, ContactFieldValuesRewritten where their number is another; nothing is
 * changed then
 */
export async function refit(use: UseCase, from: FieldDefinition, to: FieldDefinition, confirmed: number | undefined): Promise<void> {
  const fitted = await fitter(use, from, to);
  let [usage, misfits] = [0, 0];
  const rewritten: Rewritten[] = [];
  for await (const rows of holders(use, from.id)) {
    const names = await namesIn(
      use,
      [from],
      rows.map(({ values }) => values),
    );
    const next = rows.map(({ value }) => ({ value, now: fitted(value, names) }));
    usage += rows.length;
    misfits += next.filter(({ now }) => now === undefined).length;
    if (from.kind !== to.kind) rewritten.push(...(await readOtherwise(use, { from, to, next, names })));
  }
  if (misfits > 0) throw contactFieldValuesDoNotFit({ usage, misfits }, ['input', 'fieldId']);
  const [first] = rewritten;
  if (first && rewritten.length !== confirmed)
    throw contactFieldValuesRewritten({ rewritten: rewritten.length, ...first }, ['input', 'confirmRewritten']);
  if (usage > 0) await rewrite(use, from, to, fitted);
}

/** A value as people read it, and will. */
interface Rewritten {
  readonly from: string;
  readonly to: string;
}
interface Refitting {
  readonly from: FieldDefinition;
  readonly to: FieldDefinition;
  readonly next: readonly { readonly value: StoredValue; readonly now: StoredValue | undefined }[];
  readonly names: NamesOfValues;
}
async function readOtherwise(use: UseCase, { from, to, next, names }: Refitting): Promise<Rewritten[]> {
  const namesNow = await namesIn(
    use,
    [to],
    next.flatMap(({ now }) => (now === undefined ? [] : [{ [to.id]: now }])),
  );
  return next
    .map(({ value, now }) => ({ from: textOf(use, from, value, names) ?? '', to: textOf(use, to, now, namesNow) ?? '' }))
    .filter((one) => one.from !== one.to);
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
