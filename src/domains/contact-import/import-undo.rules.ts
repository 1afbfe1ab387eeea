import type { SheetFault } from '../../sdk/core.ts';
import type { ContactChangeTo, KnownContact, Owner, TagRow } from '../contacts/index.ts';
import type { Before } from './contact-import.entity.ts';
import { importFault } from './import.faults.ts';
import { valuesAgain } from './import-fields.rules.ts';

/** A row of an import that is taken back. */
export interface UndoneRow {
  readonly id: string;
  readonly row: number;
  readonly contactId: string;
  readonly before: Before | null;
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
  readonly fields: Parameters<typeof valuesAgain>[2];
}
/** What brings a contact back to what it was. Whoever has left meanwhile, and tags that are no more, do not come back. */
export function backTo(
  now: KnownContact,
  { ownerId, tagIds, sharedTooIds, fieldValues, furtherPhones = now.furtherPhones, ...texts }: Before,
  { people, tags, fields }: NowForUndoing,
): ContactChangeTo {
  const owner = ownerId === null ? null : people.get(ownerId);
  const [id, name] = owner === null || owner?.isHere ? [ownerId, owner?.name ?? null] : [now.ownerId, null];
  const former = now.ownerId === null ? null : (people.get(now.ownerId)?.name ?? null);
  const tagged = tags.filter((tag) => tagIds.includes(tag.id));
  return {
    now,
    ...texts,
    furtherPhones,
    ...(fieldValues ? { values: valuesAgain(fieldValues, now.fieldValues, fields) } : {}),
    owner: { id, name, former },
    tags: tagged.length ? tagged : now.tags,
    unshared: sharedTooIds.flatMap((one) => (now.sharees.has(one) ? (people.get(one) ?? []) : [])),
  };
}
