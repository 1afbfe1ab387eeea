import type { UseCase } from '../../sdk/index.ts';
import { tagGroups, tags } from './tag.entity.ts';

interface Placed {
  readonly id: string;
  readonly position: number;
}

/**
 * Puts one of several that stand in an order at another place.
 * @param place counted from 1; beyond the last, it is the last.
 * @returns those whose position is another now.
 */
export function moved(rows: readonly Placed[], id: string, place: number): Placed[] {
  const others = rows.filter((row) => row.id !== id);
  const one = rows.find((row) => row.id === id)!;
  const order = [...others.slice(0, place - 1), one, ...others.slice(place - 1)];
  return order.map((row, i) => ({ id: row.id, position: i + 1 })).filter(({ position }, i) => order[i]!.position !== position);
}

/** Groups stand in one order, which is changed by one after the other. */
export async function placeTagGroup(use: UseCase, groupId: string, place: number): Promise<void> {
  await use.takeTurn('tag-groups');
  const rows = await use.on(tagGroups).selectFrom('tag_groups').select(['id', 'position']).orderBy('position').orderBy('id').execute();
  for (const { id, position } of moved(rows, groupId, place)) use.on(tagGroups).change({ id }, { position });
}

/** The group's row is locked. */
export async function placeTag(use: UseCase, groupId: string, tagId: string, place: number): Promise<void> {
  const rows = await use
    .on(tags)
    .selectFrom('tags')
    .select(['id', 'position'])
    .where('group_id', '=', groupId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  for (const { id, position } of moved(rows, tagId, place)) use.on(tags).change({ id }, { position });
}
