import type { UseCase } from '../../sdk/index.ts';
import { holdFields, holdKnownContacts, type KnownContact, mayTellOfPhones, placesLeft, tagGroups, tags } from '../contacts/index.ts';
import { employees, phonesHeldBy, sharePhonesOfStaff } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import type { ContactRow } from './import.sheet.ts';
import { type Named, nameFinder, nameForm, namesIn } from './import-names.rules.ts';
import type { ImportFacts } from './import-plan.rules.ts';
import type { ContactTable } from './import-reading.ts';
import { type NamedTag, tagFinder } from './import-tags.rules.ts';

/**
 * What rows of an import are held against, by a handful of questions however many they are. Contacts that are known are locked, employees who
 * are named stay until the end, and no phone becomes an employee's meanwhile: in the order that everybody keeps.
 */
export async function factsFor(
  use: UseCase,
  given: ImportNow,
  rows: readonly ContactRow[],
  { firstRowOf, asked }: Pick<ContactTable, 'firstRowOf' | 'asked'>,
): Promise<ImportFacts> {
  const { own, required } = await holdFields(use); // before anything is locked
  const phones = rows.flatMap(({ known }) => known.phone?.e164 ?? []);
  const known = await holdKnownContacts(use, { phones });
  const names = [...new Set(rows.flatMap((row) => namesIn(row, asked)))];
  const [, staff, importer] = await Promise.all([sharePhonesOfStaff(use), staffCalled(use, names), employeesById(use, [given.started_by])]);
  const [phonesOfStaff, phonesOfContacts, all, ownerNames, places, { country }] = await Promise.all([
    staffPhones(use, phones), // looked at behind the turn
    phonesHeldBy(use, 'CONTACT', phones),
    tagsNow(use),
    ownersOf(use, known),
    placesLeft(use),
    organizationOf(use),
  ]);
  return {
    mode: given.mode,
    importer: importer[0]!,
    firstRowOf,
    phonesOfStaff,
    phonesOfContacts,
    known: new Map(known.map((one) => [one.phone, one])),
    ownerNames,
    tagsOfAll: given.tag_ids.flatMap((id) => all.find((tag) => tag.id === id) ?? []),
    findTags: tagFinder(all),
    findName: nameFinder(staff, given.choices),
    places,
    fields: { own, asked, required, country, kinds: kindsOf(use) },
  };
}

/**
 * Whether the seat may be told which phones of a table are employees': whoever may read all of these, and others as often as of a single one
 * (spec 3.4). An import that goes on after a pause has asked before.
 */
export async function mayTellOfStaff(use: UseCase, given: ImportNow, rows: readonly ContactRow[]): Promise<boolean> {
  const isResumed = given.choices.length > 0 || given.rejects_undecided;
  if (isResumed || use.seat.rights.get('DIRECTORY') === 'ALL') return true;
  const phones = [...new Set(rows.flatMap(({ known }) => known.phone?.e164 ?? []))];
  return phones.length === 0 || mayTellOfPhones(use, async () => (await staffPhones(use, phones)).size);
}

/** Employees who are here and have one of these real names; they stay until the end. */
export async function staffCalled(use: UseCase, names: readonly string[]): Promise<Named[]> {
  if (names.length === 0) return [];
  const forms = new Set(names.map(nameForm));
  const all = await use.on(employees).selectFrom('employees').select(['id', 'name']).where('left_at', 'is', null).execute();
  const ids = all.filter(({ name }) => forms.has(nameForm(name))).map(({ id }) => id);
  return ids.length ? employeesById(use, ids) : [];
}

const employeesById = (use: UseCase, ids: readonly string[]): Promise<Named[]> =>
  use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name'])
    .where((of) => of('id', '=', of.fn.any(of.val([...ids]))))
    .where('left_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute();

const staffPhones = (use: UseCase, phones: readonly string[]): Promise<ReadonlySet<string>> => phonesHeldBy(use, 'EMPLOYEE', phones);

export const tagsNow = (use: UseCase): Promise<NamedTag[]> =>
  use
    .on(tags, tagGroups)
    .selectFrom('tags')
    .innerJoin('tag_groups as grouping', (join) =>
      join.onRef('grouping.organization_id', '=', 'tags.organization_id').onRef('grouping.id', '=', 'tags.group_id'),
    )
    .select(['tags.id', 'tags.name', 'tags.group_id', 'grouping.name as group'])
    .orderBy('grouping.position')
    .orderBy('tags.id')
    .execute();

async function ownersOf(use: UseCase, known: readonly KnownContact[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(known.flatMap(({ ownerId }) => ownerId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name'])
    .where((of) => of('id', '=', of.fn.any(of.val(ids))))
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
