import type { SheetFault, StoredValues } from '../../sdk/core.ts';
import type { ContactChangeTo, FurtherPhone, KnownContact, Owner, ReadyContact, TagRow } from '../contacts/index.ts';
import { isEmail } from '../contacts/index.ts';
import type { ImportMode, RowState } from './contact-import.entity.ts';
import { readFurtherPhones } from './further-phone.cells.ts';
import { type ImportFaultCode, importFault, type OwnColumn } from './import.faults.ts';
import type { ContactColumn, ContactRow } from './import.sheet.ts';
import { editOf } from './import-edit.rules.ts';
import { type FieldFacts, missingFields, type SaidValues, saidValues } from './import-fields.rules.ts';
import type { FindName, FoundName } from './import-names.rules.ts';
import { type FoundTags, tagsBeside } from './import-tags.rules.ts';

/** All that rows are held against; what a row becomes hangs on nothing else. */
export interface ImportFacts {
  readonly mode: ImportMode;
  /** Whoever imports: the owner of contacts for whom nobody is named. */
  readonly importer: Owner;
  /** The row that a phone stands in first. */
  readonly firstRowOf: ReadonlyMap<string, number>;
  /** E.164 */
  readonly phonesOfStaff: ReadonlySet<string>;
  /** Of known contacts, and of those whose account has proven one that is not written yet: such a one is taken, and no row is theirs by it. */
  readonly phonesOfContacts: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, KnownContact>;
  /** Names of those who own known contacts. */
  readonly ownerNames: ReadonlyMap<string, string>;
  /** Tags that every row gets, unless it names another of the group. */
  readonly tagsOfAll: readonly TagRow[];
  readonly findTags: (typed: readonly string[]) => FoundTags;
  readonly findName: FindName;
  readonly places: { readonly left: number; readonly limit: number };
  readonly fields: FieldFacts;
}
/** What becomes of a row. */
export interface Outcome {
  readonly row: ContactRow;
  readonly state: RowState;
  readonly reasons: readonly SheetFault[];
  readonly candidates: readonly { readonly name: string; readonly employeeId: string }[];
  readonly create?: ReadyContact;
  readonly edit?: ContactChangeTo;
  readonly known?: KnownContact;
}
/** Of cells in which nothing is wrong. */
type Values = ContactRow['known'];
type Blame = (code: ImportFaultCode, column?: ContactColumn | OwnColumn, fact?: string | number) => void;

/** Holds rows against what is so. Pure: the same rows and the same facts come to the same. */
export function planRows(rows: readonly ContactRow[], facts: ImportFacts): Outcome[] {
  let places = facts.places.left;
  return rows.map((row) => {
    const outcome = outcomeOf(row, facts);
    if (!outcome.create) return outcome;
    if (places > 0) {
      places -= 1;
      return outcome;
    }
    return rejected(row, [importFault('CONTACT_QUOTA_REACHED', row.row, undefined, facts.places.limit)]);
  });
}

const rejected = (row: ContactRow, reasons: readonly SheetFault[]): Outcome => ({ row, state: 'REJECTED', reasons, candidates: [] });

/** All that is wrong with a row is told at once: what is wrong in one cell hides nothing of another. */
function outcomeOf(row: ContactRow, facts: ImportFacts): Outcome {
  const { known: values } = row;
  const reasons: SheetFault[] = [...row.faults];
  const blame: Blame = (code, column, fact) => reasons.push(importFault(code, row.row, column, fact));
  blamePhone(row.row, values, facts, blame);
  if (values.email && !isEmail(values.email)) blame('NOT_AN_EMAIL', 'email');
  const further = furtherPhonesFor(values, facts, blame);
  const tags = tagsFor(values, facts, blame);
  const people = peopleFor(row, values, facts, blame);
  const own = saidValuesOf(row, facts, blame, people.candidates);
  reasons.push(...own.faults);
  const known = values.phone && facts.known.get(values.phone.e164);
  const isEdited = known !== undefined && (facts.mode === 'FILL_EMPTY' || facts.mode === 'UPDATE');
  const edit = isEdited ? editOf(known, { values, further, tags, own: own.values, ...people }, facts) : undefined;
  reasons.push(...missingBeside(reasons, row, { edit, own: own.values }, facts));
  if (reasons.some(({ code }) => code !== 'NAMESAKES')) return rejected(row, reasons);
  if (reasons.length > 0) return { row, state: 'UNDECIDED', reasons, candidates: people.candidates };
  if (known) return { row, state: edit ? 'UPDATED' : 'SKIPPED', reasons, candidates: [], known, ...(edit ? { edit } : {}) };
  const create = { ...readyContact(row.values!, tags, people, facts.importer), furtherPhones: further, values: own.values };
  return { row, state: 'CREATED', reasons, candidates: [], create };
}

/** What must be there and is not, of cells of which nothing else was said; nothing of a contact that stays as it is, or that nobody can tell. */
function missingBeside(
  reasons: readonly SheetFault[],
  { row, known: values }: ContactRow,
  { edit, own }: { readonly edit: ContactChangeTo | undefined; readonly own: StoredValues },
  { mode, known, fields }: ImportFacts,
): SheetFault[] {
  const isAdded = mode === 'CREATE_ONLY' || (values.phone !== undefined && !known.has(values.phone.e164));
  if (!isAdded && !edit) return [];
  const missing = edit ? missingFields(row, fields, edit.values ?? {}, { ...edit }) : missingFields(row, fields, own, values);
  return missing.filter(({ column }) => !reasons.some((reason) => reason.column === column));
}

function blamePhone(
  row: number,
  { phone }: Values,
  { mode, firstRowOf, phonesOfStaff, phonesOfContacts, known }: ImportFacts,
  blame: Blame,
): void {
  if (!phone) return;
  const first = firstRowOf.get(phone.e164);
  if (first !== undefined && first !== row) blame('TWICE_IN_FILE', 'phone', first);
  else if (phonesOfStaff.has(phone.e164)) blame('PHONE_BELONGS_TO_EMPLOYEE', 'phone');
  else if (known.has(phone.e164) ? mode === 'CREATE_ONLY' : phonesOfContacts.has(phone.e164)) blame('CONTACT_PHONE_TAKEN', 'phone');
}

function furtherPhonesFor({ furtherPhones = [], phone }: Values, { fields }: ImportFacts, blame: Blame): readonly FurtherPhone[] {
  const { phones, wrong } = readFurtherPhones(furtherPhones, phone?.e164 ?? '', fields.country);
  for (const typed of wrong) blame('NO_FURTHER_PHONE', 'furtherPhones', typed);
  return phones;
}

function tagsFor({ tags: typed }: Values, { findTags, tagsOfAll }: ImportFacts, blame: Blame): readonly TagRow[] {
  const { tags, faults } = findTags(typed ?? []);
  for (const [code, fact] of faults) blame(code, 'tags', fact);
  return tagsBeside(tags, tagsOfAll);
}

/** Who answers for a contact and with whom it is shared, as a row says. */
export interface People {
  readonly owner: Owner | undefined;
  readonly sharees: readonly Owner[];
  readonly candidates: Candidate[];
}
type Candidate = Outcome['candidates'][number];
function peopleFor({ row }: ContactRow, { owner, sharees = [] }: Values, { findName }: ImportFacts, blame: Blame): People {
  const candidates: Candidate[] = [];
  const find = (name: string, column: ContactColumn): Owner[] => named({ name, column, found: findName(name, row) }, candidates, blame);
  const [owns] = owner === undefined ? [] : find(owner, 'owner');
  const shared = new Map(sharees.flatMap((name) => find(name, 'sharees')).map((one) => [one.id, one]));
  return { owner: owns, sharees: [...shared.values()], candidates };
}

interface NameInRow {
  readonly name: string;
  readonly column: ContactColumn | OwnColumn;
  readonly found: FoundName;
}
/** Nobody is guessed: who may be meant is told. */
function named({ name, column, found }: NameInRow, candidates: Candidate[], blame: Blame): Owner[] {
  if ('of' in found) return [found.of];
  blame(found.candidates.length ? 'NAMESAKES' : 'UNKNOWN_EMPLOYEE', column, name);
  candidates.push(...found.candidates.map(({ id }) => ({ name, employeeId: id })));
  return [];
}

const saidValuesOf = (row: ContactRow, facts: ImportFacts, blame: Blame, candidates: Candidate[]): SaidValues =>
  saidValues(row, facts.fields, (name, column) => named({ name, column, found: facts.findName(name, row.row) }, candidates, blame)[0]?.id);

function readyContact(
  values: NonNullable<ContactRow['values']>,
  tags: readonly TagRow[],
  { owner = undefined, sharees }: People,
  importer: Owner,
): ReadyContact {
  const owned = owner ?? importer;
  const { name, phone, company, position, address, email, remark } = values;
  return {
    ...{ name, phone, company, position, address, email, remark, tags },
    owner: owned,
    sharees: sharees.filter(({ id }) => id !== owned.id), // an owner has more than a share
  };
}
