import { invalid, type UseCase } from '../../sdk/index.ts';
import { Tag, type TagColor, TagGroup } from './tag.entity.ts';

const taken = () => invalid(['input', 'name'], 'TAKEN', { en: 'This name is in use already.', 'zh-CN': '该名称已被使用。' });

/** Adds a group after the others (spec 3.9). @returns its id. @throws ValidationFailed where the name is taken. */
export async function addTagGroup(use: UseCase, name: string, color: TagColor): Promise<string> {
  use.refuseTaken('tag_groups_name', taken);
  await use.takeTurn('tag-groups'); // or two at once would stand at one position
  const [last] = await use.em.find(TagGroup, {}, { orderBy: { position: 'desc' }, limit: 1 });
  return use.em.create(TagGroup, { name, color, position: (last?.position ?? 0) + 1 }).id;
}

/** Adds a tag to a group that is there. @returns its id. @throws ValidationFailed where the group has one of that name. */
export async function addTag(use: UseCase, groupId: string, name: string): Promise<string> {
  use.refuseTaken('tags_name', taken);
  return use.em.create(Tag, { group: groupId, name }).id;
}

/** @throws ValidationFailed where the group has another tag of that name. */
export async function renameTag(use: UseCase, tagId: string, name: string): Promise<void> {
  use.refuseTaken('tags_name', taken);
  const tag = await use.em.findOneOrFail(Tag, tagId);
  tag.name = name;
}
