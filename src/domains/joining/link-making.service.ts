import { invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { findOwner, oneOfAGroup, tagsOf } from '../contacts/index.ts';
import { stayingDepartments } from '../directory/index.ts';
import { holdOpenWindow } from '../service-window/index.ts';
import { drawCode } from './link-code.rules.ts';
import { indexLink } from './link-index.service.ts';
import { joining } from './permissions.ts';
import { type OWNER_RULES, WindowLink, WindowLinkTag } from './window-link.entity.ts';

export interface NewLink {
  readonly label?: string;
  readonly expiresAt?: Date;
  readonly maxApplications?: number;
  readonly tagIds?: readonly string[];
  readonly ownerRule: (typeof OWNER_RULES)[number];
  readonly ownerId?: string;
  readonly departmentId?: string;
}
export const TAGS = ['input', 'tagIds'];
const OWNER = ['input', 'ownerId'];
const DEPARTMENT = ['input', 'departmentId'];

/** @throws NotFound for what the input names */
export async function findNamed(
  use: UseCase,
  { tagIds = [], ownerId, departmentId }: Partial<Pick<NewLink, 'tagIds' | 'ownerId' | 'departmentId'>>,
): Promise<void> {
  await tagsOf(use, tagIds, TAGS);
  if (ownerId) await findOwner(use, ownerId, OWNER);
  if (departmentId) await use.find('Department', departmentId, DEPARTMENT);
}

/** Makes a link of the seat's. @returns its id. @throws WindowNotOpen, WindowSuspended, ValidationFailed */
export async function makeLink(use: UseCase, given: NewLink): Promise<string> {
  checkLink(use, given, given.ownerRule);
  await holdOpenWindow(use);
  const tags = await tagsOf(use, given.tagIds ?? [], TAGS);
  oneOfAGroup(tags, TAGS);
  const owner = await ownerOf(use, given);
  const { label = null, expiresAt = null, maxApplications = null } = given;
  const { id, code } = use.em.create(WindowLink, {
    label,
    code: drawCode(),
    sharerId: use.seat.id,
    createdAt: use.now,
    expiresAt,
    maxApplications,
    ...owner,
  });
  await use.em.flush(); // its tags refer to the row
  for (const tag of tags) use.em.create(WindowLinkTag, { linkId: id, tagId: tag.id });
  await indexLink(use, code, id);
  return id;
}

type OwnerSaid = Partial<Pick<NewLink, 'ownerRule' | 'ownerId' | 'departmentId'>>;
/**
 * Who answers, as it is kept: one employee or one department, as the rule says; the department stays until all is written.
 * @param before what was said before of what is not said now. @throws NotFound
 */
export async function ownerOf(use: UseCase, { ownerRule, ownerId, departmentId }: OwnerSaid, before?: Before) {
  const rule = ownerRule ?? before!.ownerRule;
  const department = rule === 'DEPARTMENT' ? (departmentId ?? before!.departmentId!) : null;
  if (department && !(await stayingDepartments(use, [department])).has(department)) throw notFound({}, DEPARTMENT);
  return { ownerRule: rule, ownerId: rule === 'EMPLOYEE' ? (ownerId ?? before?.ownerId) : null, departmentId: department };
}
interface Before {
  readonly ownerRule: NewLink['ownerRule'];
  readonly ownerId?: string | null;
  readonly departmentId?: string | null;
}

/** Nothing that is said of the owner is left aside. @param before a link that is edited. @throws ValidationFailed */
export function checkLink(
  use: UseCase,
  { expiresAt, ownerId, departmentId }: Pick<OwnerSaid, 'ownerId' | 'departmentId'> & { readonly expiresAt?: Date | null },
  ownerRule: NewLink['ownerRule'],
  before?: Before,
): void {
  if (expiresAt && expiresAt <= use.now)
    throw invalid(['input', 'expiresAt'], 'IN_THE_PAST', { en: 'This moment has passed.', 'zh-CN': '该时间已过。' });
  if (ownerRule === 'EMPLOYEE' && !ownerId && !before?.ownerId)
    throw invalid(OWNER, 'REQUIRED', { en: 'Say which employee is to answer for them.', 'zh-CN': '请指定负责人。' });
  if (ownerRule === 'DEPARTMENT' && !departmentId && !before?.departmentId)
    throw invalid(DEPARTMENT, 'REQUIRED', { en: 'Say of which department they are to be, in turn.', 'zh-CN': '请指定部门。' });
  if (ownerId && ownerRule !== 'EMPLOYEE') throw ofAnotherRule(OWNER, 'EMPLOYEE');
  if (departmentId && ownerRule !== 'DEPARTMENT') throw ofAnotherRule(DEPARTMENT, 'DEPARTMENT');
}
const ofAnotherRule = (path: readonly string[], rule: NewLink['ownerRule']) =>
  invalid(path, 'OF_ANOTHER_RULE', {
    en: `This is for the rule ${rule}: say it as \`ownerRule\`, or leave this out.`,
    'zh-CN': `此项仅用于规则 ${rule}：请将 \`ownerRule\` 设为该规则，或不填此项。`,
  });

export type HeldLink = Awaited<ReturnType<typeof holdLink>>;
/** Finds and locks a link. @throws NotFound, FORBIDDEN */
export async function holdLink(use: UseCase, linkId: string) {
  await use.authorize('WindowLink', linkId, joining.link, { path: ['input', 'linkId'] });
  const link = await use.em.findOne(WindowLink, linkId);
  if (!link) throw notFound({}, ['input', 'linkId']);
  return link;
}

/** Takes a link back, for good: also from whoever has its page open. One that was taken back stays as it is. */
export function revokeLink(use: UseCase, link: HeldLink): void {
  if (!link.revokedAt) use.em.assign(link, { revokedAt: use.now, revokedBy: use.seat.id });
}
