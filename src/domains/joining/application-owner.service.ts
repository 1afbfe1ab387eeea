import { invalid, type UseCase } from '../../sdk/index.ts';
import { oneOfAGroup, type TagRow, tags } from '../contacts/index.ts';
import { departmentClosure, departmentMembers, employees } from '../directory/index.ts';
import { linkOwnerGone } from './joining.errors.ts';
import { type OWNER_RULES, windowLinks, windowLinkTags } from './window-link.entity.ts';

interface LinkRow {
  readonly id: string;
  readonly sharer_id: string;
  readonly owner_rule: (typeof OWNER_RULES)[number];
  readonly owner_id: string | null;
  readonly department_id: string | null;
}

/** Locks links in the order of their ids: of two who accept at once the second gives the next turn. */
export const holdLinks = async (use: UseCase, linkIds: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> => {
  if (linkIds.length === 0) return new Map();
  const rows = await use
    .on(windowLinks)
    .selectFrom('window_links')
    .select(['id', 'sharer_id', 'owner_rule', 'owner_id', 'department_id'])
    .where('id', 'in', linkIds)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

/** Who answers for a contact that came by a link that is locked. @throws LinkOwnerGone */
export async function ownerBy(use: UseCase, link: LinkRow): Promise<string> {
  if (link.owner_rule === 'DEPARTMENT') return nextInTurn(use, link);
  const ownerId = link.owner_rule === 'EMPLOYEE' ? link.owner_id! : link.sharer_id;
  const found = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', '=', ownerId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw linkOwnerGone({}, ['input', 'ownerId']);
  return ownerId;
}

/** Those in the department and below it, each in turn: whoever comes after the last one, and after the last of all the first. */
async function nextInTurn(use: UseCase, { id, department_id: departmentId }: LinkRow): Promise<string> {
  const db = use.on(employees, departmentMembers, departmentClosure, windowLinks);
  const { last_owner_id: last } = await db
    .selectFrom('window_links')
    .select('last_owner_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const members = await db
    .selectFrom('employees')
    .select('id')
    .where('left_at', 'is', null)
    .where('id', 'in', (of) =>
      of
        .selectFrom('department_members as member')
        .innerJoin('department_closure as tree', (join) =>
          join.onRef('tree.organization_id', '=', 'member.organization_id').onRef('tree.descendant_id', '=', 'member.department_id'),
        )
        .where('tree.ancestor_id', '=', departmentId)
        .select('member.employee_id'),
    )
    .orderBy('id')
    .execute();
  const next = members.find((member) => last === null || member.id > last) ?? members[0];
  if (!next) throw linkOwnerGone({}, ['input', 'ownerId']);
  await db.updateTable('window_links').set({ last_owner_id: next.id }).where('id', '=', id).execute();
  return next.id;
}

/**
 * Tags for a contact: those of the link, and of each group that which was named now. @throws ValidationFailed where there would be none
 */
export async function tagsFor(use: UseCase, linkId: string, named: readonly TagRow[]): Promise<string[]> {
  oneOfAGroup(named, ['input', 'tagIds']);
  const given = await use
    .on(windowLinkTags, tags)
    .selectFrom('window_link_tags as given')
    .innerJoin('tags', (join) => join.onRef('tags.organization_id', '=', 'given.organization_id').onRef('tags.id', '=', 'given.tag_id'))
    .select(['tags.id', 'tags.group_id', 'tags.name'])
    .where('given.link_id', '=', linkId)
    .execute();
  const all = [...named, ...given.filter((tag) => !named.some(({ group_id }) => group_id === tag.group_id))];
  if (all.length === 0)
    throw invalid(['input', 'tagIds'], 'TAG_NEEDED', {
      en: 'A contact has at least one tag, and the link gives none: name one.',
      'zh-CN': '联系人至少要有一个标签，而该链接未设标签，请指定。',
    });
  return all.map(({ id }) => id);
}
