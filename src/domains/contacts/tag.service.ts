import { invalid, RAISED, type UseCase, versionConflict } from '../../sdk/index.ts';
import { contact } from './permissions.ts';
import { Tag, type TagColor, TagGroup, tagGroups, tags } from './tag.entity.ts';
import { placeTag, placeTagGroup } from './tag-places.service.ts';
import { findTagAnew } from './tag-search.service.ts';

const taken = () => invalid(['input', 'name'], 'TAKEN', { en: 'This name is in use already.', 'zh-CN': '该名称已被使用。' });

/** A name is one in whatever case and width it is typed. */
function refuseTaken(use: UseCase, ...indexes: readonly string[]): void {
  for (const index of indexes) use.refuseTaken(index, taken);
}
const refuseGroupTaken = (use: UseCase): void => refuseTaken(use, 'tag_groups_name', 'tag_groups_as_one');
const refuseTagTaken = (use: UseCase): void => refuseTaken(use, 'tags_name', 'tags_as_one');
/** A name that was spared is another's like all others once it has been changed. */
const renamed = (now: { readonly name: string }, name: string) => (name === now.name ? {} : { name, spared_name: null });

/** Adds a group after the others (spec 3.9). @returns its id. @throws ValidationFailed where the name is taken. */
export async function addTagGroup(use: UseCase, name: string, color: TagColor): Promise<string> {
  refuseGroupTaken(use);
  await use.takeTurn('tag-groups'); // or two at once would stand at one position
  const [last] = await use.em.find(TagGroup, {}, { orderBy: { position: 'desc' }, limit: 1 });
  return use.em.create(TagGroup, { name, color, position: (last?.position ?? 0) + 1 }).id;
}

/** Adds a tag behind the others of a group whose row is locked. @returns its id. @throws ValidationFailed where the group has one of that name. */
export async function addTag(use: UseCase, groupId: string, name: string): Promise<string> {
  refuseTagTaken(use);
  const [last] = await use.em.find(Tag, { group: groupId }, { orderBy: { position: 'desc' }, limit: 1 });
  const { id } = use.em.create(Tag, { group: groupId, name, position: (last?.position ?? 0) + 1 });
  findTagAnew(use, id);
  return id;
}

/** @throws ValidationFailed where the group has another tag of that name. */
export async function renameTag(use: UseCase, tagId: string, name: string): Promise<void> {
  refuseTagTaken(use);
  const tag = await use.em.findOneOrFail(Tag, tagId);
  if (tag.name !== name) tag.sparedName = null;
  tag.name = name;
  findTagAnew(use, tagId);
}

/** Locks a group. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdTagGroup(use: UseCase, groupId: string, expected?: number) {
  await use.authorize('TagGroup', groupId, contact.settings, { path: ['input', 'groupId'] });
  const now = await use
    .on(tagGroups)
    .selectFrom('tag_groups')
    .select(['id', 'name', 'color', 'version'])
    .where('id', '=', groupId)
    .executeTakeFirstOrThrow();
  return expectVersion('TagGroup', now, expected);
}

/** Locks a tag behind its group. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdTag(use: UseCase, tagId: string, expected?: number) {
  const path = ['input', 'tagId'];
  const read = () => use.on(tags).selectFrom('tags').select(['id', 'group_id', 'name', 'version']).where('id', '=', tagId);
  await use.find('Tag', tagId, path);
  const { group_id: groupId } = await read().executeTakeFirstOrThrow();
  await use.authorize('TagGroup', groupId, contact.settings);
  await use.authorize('Tag', tagId, contact.settings, { path });
  return expectVersion('Tag', await read().executeTakeFirstOrThrow(), expected);
}

function expectVersion<Row extends { readonly id: string; readonly version: number }>(type: string, now: Row, expected?: number): Row {
  if (expected === undefined || now.version === expected) return now;
  throw versionConflict({ current: { type, uuid: now.id } }, ['input', 'expectedVersion']);
}

export interface TagGroupEdit {
  readonly name?: string;
  readonly color?: TagColor;
  /** Counted from 1. */
  readonly position?: number;
}
/** @param now whose row is locked. @throws ValidationFailed where the name is taken. */
export async function updateTagGroup(
  use: UseCase,
  now: { readonly id: string; readonly name: string; readonly color: TagColor },
  { name = now.name, color = now.color, position }: TagGroupEdit,
): Promise<void> {
  if (position !== undefined) await placeTagGroup(use, now.id, position);
  refuseGroupTaken(use);
  use.on(tagGroups).change({ id: now.id }, { ...renamed(now, name), color, version: RAISED });
}

/** @param now whose row and group are locked. @throws ValidationFailed where the group has another tag of that name. */
export async function updateTag(
  use: UseCase,
  now: { readonly id: string; readonly group_id: string; readonly name: string },
  { name = now.name, position }: Omit<TagGroupEdit, 'color'>,
): Promise<void> {
  if (position !== undefined) await placeTag(use, now.group_id, now.id, position);
  refuseTagTaken(use);
  use.on(tags).change({ id: now.id }, { ...renamed(now, name), version: RAISED });
  findTagAnew(use, now.id);
}
