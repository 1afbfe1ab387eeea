import { contactTagged, OvertakenError, type UseCase } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';
import { recordOfEach } from './contact-history.service.ts';
import { type TagRow, tagNames, withTag } from './contact-tagging.service.ts';
import { contactTags, tagGroups, tags } from './tag.entity.ts';
import { type TagUsage, type tagGroupInUse, tagInUse } from './tag.errors.ts';
import { holdCarriers, usageOf } from './tag-usage.service.ts';

const CONFIRMED = ['input', 'confirmUsage'];
/** Contacts that one statement names. */
const MOST_NAMED = 5_000;

interface Deleting {
  readonly tagIds: readonly string[];
  /** The number that was confirmed. */
  readonly confirmed: number | undefined;
  readonly refuse: typeof tagInUse | typeof tagGroupInUse;
  /** What the contacts carry from now on. */
  readonly replacement?: TagRow;
}

/** How many contacts carried them, and how many of these have no tag now. */
interface Deleted {
  readonly changed: number;
  readonly untagged: number;
}

/**
 * Deletes tags whose rows and groups are locked; the contacts that carried them are recorded and told, each.
 * @throws TagInUse, TagGroupInUse where contacts carry them that nobody has confirmed
 */
export async function deleteTags(use: UseCase, { tagIds, confirmed, refuse, replacement }: Deleting): Promise<Deleted> {
  const expect = (now: TagUsage): TagUsage => {
    if (now.usage > 0 && !replacement && now.usage !== confirmed) throw refuse(now, CONFIRMED);
    return now;
  };
  expect(await usageOf(use, tagIds)); // thousands of contacts are not locked for an answer that is no
  const carriers = await holdCarriers(use, tagIds);
  await holdTags(use, tagIds, refuse);
  const usage = expect(await usageOf(use, tagIds));
  for (let at = 0; at < carriers.length; at += MOST_NAMED) await retag(use, carriers.slice(at, at + MOST_NAMED), tagIds, replacement);
  await dropTags(use, tagIds, new Set(carriers));
  return { changed: usage.usage, untagged: replacement ? 0 : usage.withoutTag };
}

/** Whoever gives one of them to a contact is done by now, or finds them gone. */
const holdTags = async (use: UseCase, tagIds: readonly string[], refuse: Deleting['refuse']): Promise<void> => {
  const held = await use.on(tags).selectFrom('tags').select('id').where('id', 'in', tagIds).orderBy('id').forUpdate().execute();
  if (held.length < tagIds.length) throw new OvertakenError(refuse({ usage: 0, withoutTag: 0 }));
};

async function retag(use: UseCase, carriers: readonly string[], tagIds: readonly string[], replacement: TagRow | undefined): Promise<void> {
  const before = await tagsOfEach(use, carriers);
  if (replacement) await putReplacement(use, tagIds, carriers, replacement);
  const changes = carriers.map((contactId) => {
    const all = before.get(contactId) ?? [];
    const left = all.filter(({ id }) => !tagIds.includes(id));
    return { contactId, field: 'tags', old: tagNames(all), new: tagNames(replacement ? withTag(left, replacement) : left) };
  });
  recordOfEach(use, changes, 'SETTINGS');
  for (const contactId of replacement ? carriers : [])
    if (!before.get(contactId)?.some(({ id }) => id === replacement!.id))
      await use.announce(contactTagged({ contactId, tagId: replacement!.id, added: true }));
  await use
    .on(contacts)
    .updateTable('contacts')
    .set((of) => ({ version: of('version', '+', 1), updated_at: use.now }))
    .where('id', 'in', carriers)
    .execute();
}

async function tagsOfEach(use: UseCase, contactIds: readonly string[]): Promise<ReadonlyMap<string, TagRow[]>> {
  const rows = await use
    .on(contactTags, tags)
    .selectFrom('contact_tags as tagging')
    .innerJoin('tags', (join) => join.onRef('tags.organization_id', '=', 'tagging.organization_id').onRef('tags.id', '=', 'tagging.tag_id'))
    .select(['tagging.contact_id', 'tags.id', 'tags.group_id', 'tags.name'])
    .where('tagging.contact_id', 'in', contactIds)
    .execute();
  return Map.groupBy(rows, ({ contact_id }) => contact_id);
}

/** In its group it takes the place of whatever stands there, as it would be set by hand (spec 3.9). */
async function putReplacement(
  use: UseCase,
  tagIds: readonly string[],
  carriers: readonly string[],
  { id, group_id }: TagRow,
): Promise<void> {
  const tables = use.on(contactTags);
  await tables
    .insertInto('contact_tags')
    .columns(['organization_id', 'contact_id', 'tag_id', 'group_id', 'tagged_at'])
    .expression((of) =>
      of
        .selectFrom('contact_tags')
        .select((row) => [
          'organization_id',
          'contact_id',
          row.cast<string>(row.val(id), 'uuid').as('tag_id'),
          row.cast<string>(row.val(group_id), 'uuid').as('group_id'),
          row.cast<Date>(row.val(use.now), 'timestamptz').as('tagged_at'),
        ])
        .where('tag_id', 'in', tagIds)
        .where('contact_id', 'in', carriers),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'contact_id', 'group_id'])
        .doUpdateSet((of) => ({ tag_id: of.ref('excluded.tag_id'), tagged_at: use.now })),
    )
    .execute();
}

/** @param held the contacts that are locked: where another one carries a tag by now, all is tried again. */
async function dropTags(use: UseCase, tagIds: readonly string[], held: ReadonlySet<string>): Promise<void> {
  const gone = await use.on(contactTags).deleteFrom('contact_tags').where('tag_id', 'in', tagIds).returning('contact_id').execute();
  if (gone.some(({ contact_id }) => !held.has(contact_id))) throw new OvertakenError(tagInUse({ usage: gone.length, withoutTag: 0 }));
  await use.on(tags).deleteFrom('tags').where('id', 'in', tagIds).execute();
}

/** Deletes a group whose row is locked, with its tags. @throws TagGroupInUse */
export async function deleteTagGroup(use: UseCase, groupId: string, how: Omit<Deleting, 'tagIds'>): Promise<Deleted> {
  const own = await use.on(tags).selectFrom('tags').select('id').where('group_id', '=', groupId).orderBy('id').execute();
  const tagIds = own.map(({ id }) => id);
  const deleted = tagIds.length ? await deleteTags(use, { tagIds, ...how }) : { changed: 0, untagged: 0 };
  await use.on(tagGroups).deleteFrom('tag_groups').where('id', '=', groupId).execute();
  return deleted;
}
