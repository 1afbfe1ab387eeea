import { invalid, type UseCase } from '../../sdk/index.ts';
import { oneOfAGroup, type TagRow, tags } from '../contacts/index.ts';
import { departmentClosure, departmentMembers, employees } from '../directory/index.ts';
import { linkOwnerGone } from './joining.errors.ts';
import { linkTurns, type OWNER_RULES, windowLinks, windowLinkTags } from './window-link.entity.ts';

interface LinkRow {
  readonly id: string;
  readonly sharer_id: string;
  readonly owner_rule: (typeof OWNER_RULES)[number];
  readonly owner_id: string | null;
  readonly department_id: string | null;
}

/** Locks links in the order of their ids. */
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

/** Held by whoever gives turns, until all is written: taken behind the links, before any contact. */
export async function holdTurns(use: UseCase, links: Iterable<LinkRow>): Promise<void> {
  for (const { owner_rule: rule } of links) if (rule === 'DEPARTMENT') return use.takeTurn('window-link-turns');
}

/** Of those in the department and below it whoever had no turn yet by any link, or had theirs the longest ago. */
async function nextInTurn(use: UseCase, { department_id: departmentId }: LinkRow): Promise<string> {
  const next = await use
    .on(employees, departmentMembers, departmentClosure, linkTurns)
    .selectFrom('employees')
    .leftJoin('link_turns', 'link_turns.employee_id', 'employees.id')
    .select('employees.id')
    .where('employees.left_at', 'is', null)
    .where('employees.id', 'in', (of) =>
      of
        .selectFrom('department_members as member')
        .innerJoin('department_closure as tree', (join) =>
          join.onRef('tree.organization_id', '=', 'member.organization_id').onRef('tree.descendant_id', '=', 'member.department_id'),
        )
        .where('tree.ancestor_id', '=', departmentId)
        .select('member.employee_id'),
    )
    .orderBy('link_turns.turn', (turns) => turns.asc().nullsFirst())
    .orderBy('employees.id')
    .limit(1)
    .executeTakeFirst();
  if (!next) throw linkOwnerGone({}, ['input', 'ownerId']);
  await giveTurn(use, next.id);
  return next.id;
}
async function giveTurn(use: UseCase, employeeId: string): Promise<void> {
  const db = use.on(linkTurns);
  const { last } = await db
    .selectFrom('link_turns')
    .select((of) => of.fn.max('turn').as('last'))
    .executeTakeFirstOrThrow();
  const turn = Number(last ?? 0) + 1;
  await db
    .insertInto('link_turns')
    .values({ organization_id: use.organizationId, employee_id: employeeId, turn })
    .onConflict((had) => had.columns(['organization_id', 'employee_id']).doUpdateSet({ turn }))
    .execute();
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
