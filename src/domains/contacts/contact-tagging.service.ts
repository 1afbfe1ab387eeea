import { contactTagged, invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { crowdedGroups } from './contact.rules.ts';
import { recordChanges } from './contact-history.service.ts';
import { contactTags, tags } from './tag.entity.ts';

export interface TagRow {
  readonly id: string;
  readonly group_id: string;
  readonly name: string;
}

/** @throws NotFound where one of the tags is none. They stay until the use case ends: who deletes one waits, or is waited for. */
export async function tagsOf(use: UseCase, ids: readonly string[], path: readonly string[]): Promise<TagRow[]> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return [];
  const rows = await use
    .on(tags)
    .selectFrom('tags')
    .select(['id', 'group_id', 'name'])
    .where('id', 'in', asked)
    .orderBy('id')
    .forKeyShare()
    .execute();
  if (rows.length < asked.length) throw notFound({}, path);
  return rows;
}

/** @throws ValidationFailed for two tags of one group (spec 3.9). */
export function oneOfAGroup(rows: readonly TagRow[], path: readonly string[]): void {
  if (crowdedGroups(rows).length)
    throw invalid(path, 'ONE_OF_A_GROUP', {
      en: 'In one group a contact has at most one tag.',
      'zh-CN': '同一标签组中，每位联系人最多有一个标签。',
    });
}

export const tagsOfContact = (use: UseCase, contactId: string): Promise<TagRow[]> =>
  use
    .on(contactTags, tags)
    .selectFrom('contact_tags as tagging')
    .innerJoin('tags', (join) => join.onRef('tags.organization_id', '=', 'tagging.organization_id').onRef('tags.id', '=', 'tagging.tag_id'))
    .select(['tags.id', 'tags.group_id', 'tags.name'])
    .where('tagging.contact_id', '=', contactId)
    .orderBy('tags.id')
    .execute();

/** Tags as they stand in the history. */
export const tagNames = (rows: readonly TagRow[]): string[] => rows.map(({ name }) => name).sort();

/** Gives a contact tags; in each group the new one takes the old one's place. */
export async function putTags(use: UseCase, contactId: string, rows: readonly TagRow[]): Promise<void> {
  if (rows.length === 0) return;
  await use
    .on(contactTags)
    .insertInto('contact_tags')
    .values(
      rows.map(({ id, group_id }) => ({
        organization_id: use.organizationId,
        contact_id: contactId,
        tag_id: id,
        group_id,
        tagged_at: use.now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'contact_id', 'group_id'])
        .doUpdateSet((of) => ({ tag_id: of.ref('excluded.tag_id'), tagged_at: use.now })),
    )
    .execute();
}

/**
 * Makes `after` the tags of a contact whose row the use case has locked; tells and records what has changed.
 * @throws ValidationFailed where none would be left: a contact has at least one tag (spec 3.2).
 * @returns whether anything has changed.
 */
export async function changeTags(
  use: UseCase,
  contactId: string,
  before: readonly TagRow[],
  after: readonly TagRow[],
  path: readonly string[],
): Promise<boolean> {
  const without = (rows: readonly TagRow[], others: readonly TagRow[]): TagRow[] =>
    rows.filter(({ id }) => !others.some((other) => other.id === id));
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length + come.length === 0) return false;
  if (after.length === 0) throw invalid(path, 'TAG_NEEDED', { en: 'A contact has at least one tag.', 'zh-CN': '联系人至少要有一个标签。' });
  if (gone.length) {
    const ids = gone.map(({ id }) => id);
    await use.on(contactTags).deleteFrom('contact_tags').where('contact_id', '=', contactId).where('tag_id', 'in', ids).execute();
  }
  await putTags(use, contactId, come);
  recordChanges(use, contactId, [{ field: 'tags', old: tagNames(before), new: tagNames(after) }]);
  for (const { id } of gone) await use.announce(contactTagged({ contactId, tagId: id, added: false }));
  for (const { id } of come) await use.announce(contactTagged({ contactId, tagId: id, added: true }));
  return true;
}

/** Sets one tag: it takes the place of the one of its group (spec 3.9). */
export const withTag = (before: readonly TagRow[], tag: TagRow): TagRow[] => [
  ...before.filter(({ group_id }) => group_id !== tag.group_id),
  tag,
];
