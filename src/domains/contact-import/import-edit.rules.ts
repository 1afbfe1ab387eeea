import { isDeepStrictEqual } from 'node:util';
import type { StoredValues } from '../../sdk/index.ts';
import { type ContactChangeTo, companyName, type FurtherPhone, type KnownContact, type Owner, type TagRow } from '../contacts/index.ts';
import { isSameValue } from '../fields/index.ts';
import type { ImportMode } from './contact-import.entity.ts';
import type { ContactRow } from './import.sheet.ts';
import { tagsBeside } from './import-tags.rules.ts';

const TEXTS = ['company', 'position', 'address', 'email', 'remark'] as const;

interface Editing {
  readonly mode: ImportMode;
  readonly ownerNames: ReadonlyMap<string, string>;
}
interface Said {
  readonly values: ContactRow['known'];
  /** None: the row says nothing of them. */
  readonly further: readonly FurtherPhone[];
  readonly tags: readonly TagRow[];
  readonly owner: Owner | undefined;
  readonly sharees: readonly Owner[];
  /** Of the organization's own fields. */
  readonly own: StoredValues;
}

/**
 * What a row makes of a contact that is known: `FILL_EMPTY` fills what is empty, `UPDATE` writes what the row says; an empty cell changes
 * nothing in either. @returns undefined where all of it is so already
 */
export function editOf(now: KnownContact, said: Said, { mode, ownerNames }: Editing): ContactChangeTo | undefined {
  const isUpdate = mode === 'UPDATE';
  const { values, further, tags, owner, sharees, own } = said;
  const text = (field: (typeof TEXTS)[number]): string | null => {
    const given = field === 'company' ? companyName(values.company ?? '') : values[field];
    return given && (isUpdate || now[field] === null) ? given : now[field];
  };
  const former = now.ownerId === null ? null : (ownerNames.get(now.ownerId) ?? null);
  const owned = owner && (isUpdate || now.ownerId === null) ? owner : { id: now.ownerId, name: former };
  const edit: ContactChangeTo = {
    now,
    name: (isUpdate ? values.name : undefined) ?? now.name,
    ...{ company: text('company'), position: text('position'), address: text('address'), email: text('email'), remark: text('remark') },
    furtherPhones: further.length && (isUpdate || now.furtherPhones.length === 0) ? further : now.furtherPhones,
    owner: { id: owned.id, name: owned.name, former },
    tags: isUpdate ? tagsBeside(tags, now.tags) : tagsBeside(now.tags, tags),
    values: isUpdate ? { ...now.fieldValues, ...own } : { ...own, ...now.fieldValues },
    sharedToo: sharees.filter(({ id }) => id !== owned.id && !now.sharees.has(id)),
  };
  return isSame(now, edit) ? undefined : edit;
}

const isSame = (now: KnownContact, { name, furtherPhones, owner, tags, values = {}, sharedToo = [], ...texts }: ContactChangeTo): boolean =>
  name === now.name &&
  isDeepStrictEqual(furtherPhones, now.furtherPhones) &&
  owner.id === now.ownerId &&
  sharedToo.length === 0 &&
  Object.keys(values).every((id) => isSameValue(values[id], now.fieldValues[id])) &&
  TEXTS.every((field) => texts[field] === now[field]) &&
  tags.length === now.tags.length &&
  tags.every(({ id }) => now.tags.some((tag) => tag.id === id));
