import type { StoredValues, UseCase } from '../../sdk/index.ts';
import { companies, contacts, type FurtherPhone } from './contact.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import type { TagRow } from './contact-tagging.service.ts';
import { contactTags, tags } from './tag.entity.ts';

/** A contact as it is now, with all that a table can change of it; its row is locked. */
export interface KnownContact {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly phone: string;
  readonly phoneExtension: string | null;
  readonly furtherPhones: readonly FurtherPhone[];
  readonly company: string | null;
  readonly position: string | null;
  readonly address: string | null;
  readonly email: string | null;
  readonly remark: string | null;
  readonly ownerId: string | null;
  readonly source: string;
  readonly lastInteractionAt: Date | null;
  /** Of the organization's own fields, by the ids of these. */
  readonly fieldValues: StoredValues;
  readonly tags: readonly TagRow[];
  /** Ids of employees with whom it is shared in person, without an end or until later than now. */
  readonly sharees: ReadonlySet<string>;
}

/** Which contacts: those of some phones, or of some ids. */
export type WhichContacts = { readonly phones: readonly string[] } | { readonly ids: readonly string[] };

/** Contacts that are not in the bin, locked in the order of their ids, by three questions however many they are. */
export async function holdKnownContacts(use: UseCase, which: WhichContacts): Promise<KnownContact[]> {
  const rows = await lockedRows(use, which);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [taggings, sharings] = await Promise.all([tagsOfEach(use, ids), shareesOfEach(use, ids)]);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    phone: row.phone,
    phoneExtension: row.phone_extension,
    furtherPhones: row.further_phones,
    company: row.company,
    position: row.position,
    address: row.address,
    email: row.email,
    remark: row.remark,
    ownerId: row.owner_id,
    source: row.source,
    lastInteractionAt: row.last_interaction_at,
    fieldValues: row.field_values,
    tags: taggings.get(row.id) ?? [],
    sharees: new Set(sharings.get(row.id)?.map(({ employee_id }) => employee_id!)),
  }));
}

const lockedRows = (use: UseCase, which: WhichContacts) =>
  use
    .on(contacts, companies)
    .selectFrom('contacts as contact')
    .leftJoin('companies as company', (join) =>
      join.onRef('company.organization_id', '=', 'contact.organization_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .selectAll('contact')
    .select('company.name as company')
    .where((of) =>
      'ids' in which
        ? of('contact.id', '=', of.fn.any(of.val([...which.ids])))
        : of('contact.phone', '=', of.fn.any(of.val([...which.phones]))),
    )
    .where('contact.deleted_at', 'is', null)
    .orderBy('contact.id')
    .forNoKeyUpdate('contact')
    .execute();

async function tagsOfEach(use: UseCase, ids: readonly string[]): Promise<ReadonlyMap<string, TagRow[]>> {
  const rows = await use
    .on(contactTags, tags)
    .selectFrom('contact_tags as tagging')
    .innerJoin('tags', (join) => join.onRef('tags.organization_id', '=', 'tagging.organization_id').onRef('tags.id', '=', 'tagging.tag_id'))
    .select(['tagging.contact_id', 'tags.id', 'tags.group_id', 'tags.name'])
    .where((of) => of('tagging.contact_id', '=', of.fn.any(of.val([...ids]))))
    .orderBy('tags.id')
    .execute();
  return Map.groupBy(rows, ({ contact_id }) => contact_id);
}

async function shareesOfEach(use: UseCase, ids: readonly string[]) {
  const rows = await use
    .on(contactShares)
    .selectFrom('contact_shares')
    .select(['contact_id', 'employee_id'])
    .where((of) => of('contact_id', '=', of.fn.any(of.val([...ids]))))
    .where('employee_id', 'is not', null)
    .where((of) => of.or([of('until', 'is', null), of('until', '>', use.now)]))
    .execute();
  return Map.groupBy(rows, ({ contact_id }) => contact_id);
}
