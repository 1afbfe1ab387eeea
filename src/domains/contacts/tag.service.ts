import { violates } from '../../platform/database/violation.ts';
import { inSavepoint, invalid, type UseCase } from '../../sdk/index.ts';
import { type TagColor, tagGroups, tags } from './tag.entity.ts';

const taken = () => invalid(['input', 'name'], 'TAKEN', 'This name is in use already.');

/** Adds a group after the others (spec 3.9). @returns its id. @throws ValidationFailed where the name is taken. */
export async function addTagGroup(use: UseCase, name: string, color: TagColor): Promise<string> {
  const tables = use.on({ tag_groups: tagGroups });
  const { last } = await tables
    .selectFrom('tag_groups')
    .select((of) => of.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  const made = await tables
    .insertInto('tag_groups')
    .values({ organization_id: use.organizationId, id: use.newId(), name, color, position: (last ?? 0) + 1 })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw taken();
  return made.id;
}

/** Adds a tag to a group that is there. @returns its id. @throws ValidationFailed where the group has one of that name. */
export async function addTag(use: UseCase, groupId: string, name: string): Promise<string> {
  const made = await use
    .on({ tags })
    .insertInto('tags')
    .values({ organization_id: use.organizationId, id: use.newId(), group_id: groupId, name })
    .onConflict((conflict) => conflict.columns(['organization_id', 'group_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw taken();
  return made.id;
}

/** @throws ValidationFailed where the group has another tag of that name. */
export async function renameTag(use: UseCase, tagId: string, name: string): Promise<void> {
  const rename = () => use.on({ tags }).updateTable('tags').set({ name }).where('id', '=', tagId).execute();
  try {
    await inSavepoint(use.transaction, rename);
  } catch (error) {
    throw violates(error, 'tags_name') ? taken() : error;
  }
}
