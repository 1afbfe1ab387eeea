import { isDeepStrictEqual } from 'node:util';
import type { FieldDefinition, SheetFault } from '../../sdk/core.ts';
import type { ContactChangeTo, FurtherPhone, KnownContact, Owner, TagRow } from '../contacts/index.ts';
import type { After, Before } from './contact-import.entity.ts';
import { importFault } from './import.faults.ts';
import { kindsById, valuesAgain } from './import-fields.rules.ts';
import { tagsBeside } from './import-tags.rules.ts';

/** A row of an import that is taken back. */
export interface UndoneRow {
  readonly id: string;
  readonly row: number;
  readonly contactId: string;
  readonly before: Before | null;
  /** None beside `before`: the row is of before it was kept. */
  readonly after: After | null;
}
/** What a contact became since its row was done. */
export interface Since {
  /** Undefined: it is in the bin, or gone. */
  readonly now: KnownContact | undefined;
  readonly isEdited: boolean;
  readonly hasBusiness: boolean;
}

/** Why a row is kept; undefined where it can be taken back. A contact that was edited becomes what it was, whatever business there was. */
export function keptBecause({ row, before }: UndoneRow, { now, isEdited, hasBusiness }: Since): SheetFault | undefined {
  if (!now) return importFault('GONE', row);
  if (isEdited) return importFault('EDITED_SINCE', row);
  return !before && hasBusiness ? importFault('HAS_BUSINESS', row) : undefined;
}

export interface NowForUndoing {
  readonly people: ReadonlyMap<string, Owner & { readonly isHere: boolean }>;
  readonly tags: readonly TagRow[];
  readonly fields: Parameters<typeof valuesAgain>[1];
}
/** What a row did to a contact, and by what brings it back. */
export interface Edited {
  readonly before: Before;
  readonly after: After;
}
const TEXTS = ['company', 'position', 'address', 'email', 'remark'] as const;

/**
 * What takes back what a row did to a contact: field by field, and only where that still reads as the row left it. What settings have made of it
 * meanwhile stays, and whoever has left and tags that are no more do not come back.
 */
export function backTo(now: KnownContact, { before, after }: Edited, { people, tags, fields }: NowForUndoing): ContactChangeTo {
  const back = <Field extends 'name' | 'ownerId' | (typeof TEXTS)[number]>(field: Field) =>
    now[field] === after[field] ? before[field] : now[field];
  const ownerId = back('ownerId');
  const owner = ownerId === null || people.get(ownerId)?.isHere ? ownerId : now.ownerId;
  const nameOf = (id: string | null): string | null => (id === null ? null : (people.get(id)?.name ?? null));
  return {
    now,
    name: back('name')!,
    ...{ company: back('company'), position: back('position'), address: back('address') },
    ...{ email: back('email'), remark: back('remark') },
    furtherPhones: isDeepStrictEqual(now.furtherPhones, after.furtherPhones) ? furtherBefore(now, before) : now.furtherPhones,
    values: valuesAgain({ ...valuesOf(now, { before, after }), now: now.fieldValues }, fields),
    owner: { id: owner, name: nameOf(owner), former: nameOf(now.ownerId) },
    tags: tagsAgain(now.tags, { before, after }, tags),
    unshared: before.sharedTooIds.flatMap((one) => (now.sharees.has(one) ? (people.get(one) ?? []) : [])),
  };
}
const furtherBefore = (now: KnownContact, { furtherPhones = now.furtherPhones }: Before): readonly FurtherPhone[] => furtherPhones;
const valuesOf = ({ fieldValues: now }: KnownContact, { before, after }: Edited) => ({
  before: before.fieldValues ?? now,
  after: after.fieldValues ?? now,
  kinds: after.kinds,
});

/** Tags that the row set and that are still there go; into the place of each comes the one that it took it from. */
function tagsAgain(now: readonly TagRow[], { before, after }: Edited, all: readonly TagRow[]): readonly TagRow[] {
  const isSet = ({ id }: TagRow): boolean => after.tagIds.includes(id) && !before.tagIds.includes(id);
  const gone = now.filter(isSet);
  const replaced = all.filter(
    ({ id, group_id }) => before.tagIds.includes(id) && !after.tagIds.includes(id) && gone.some((tag) => tag.group_id === group_id),
  );
  const again = tagsBeside(
    now.filter((tag) => !isSet(tag)),
    replaced,
  );
  return again.length ? again : now;
}

/** Whether nothing of what a row did is left: then it has edited nothing. */
export function isWhole({ now, ...back }: ContactChangeTo, { before, after }: Edited): boolean {
  const { values = {}, tags } = back;
  const isBack = (was: unknown, became: unknown, is: unknown): boolean => isDeepStrictEqual(was, became) || isDeepStrictEqual(is, was);
  const was = valuesOf(now, { before, after });
  return (
    (['name', ...TEXTS] as const).every((field) => isBack(before[field], after[field], back[field])) &&
    isBack(before.ownerId, after.ownerId, back.owner.id) &&
    isBack(furtherBefore(now, before), after.furtherPhones, back.furtherPhones) &&
    isBack([...before.tagIds].sort(), [...after.tagIds].sort(), tags.map(({ id }) => id).sort()) &&
    Object.keys({ ...was.before, ...was.after }).every((id) => isBack(was.before[id], was.after[id], values[id]))
  );
}

/**
 * What a row of before this was kept left of a contact that nobody has edited since: what is there now, but for what settings have changed since.
 * @param bySettings names of fields in the history that settings have changed since
 * @param asked the organization's own fields as the import knew them
 */
export function shownAfter(
  { tags, ...now }: KnownContact,
  { tagIds, fieldValues = now.fieldValues }: Before,
  { bySettings, asked }: { readonly bySettings: ReadonlySet<string>; readonly asked: readonly FieldDefinition[] },
): After {
  const { name, company, position, address, email, remark, ownerId, furtherPhones } = now;
  const isOwnChanged = [...bySettings].some((field) => field !== 'tags' && field !== 'sharedWith');
  return {
    ...{ name, company, position, address, email, remark, ownerId, furtherPhones },
    tagIds: bySettings.has('tags') ? tagIds : tags.map(({ id }) => id),
    fieldValues: isOwnChanged ? fieldValues : now.fieldValues,
    kinds: kindsById(asked),
  };
}
