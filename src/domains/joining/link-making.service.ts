import { invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { findOwner, oneOfAGroup, tagsOf } from '../contacts/index.ts';
import { holdOpenWindow } from '../service-window/index.ts';
import { drawCode } from './link-code.rules.ts';
import { indexLink } from './link-index.service.ts';
import { joining } from './permissions.ts';
import { type OWNER_RULES, WindowLink, WindowLinkTag } from './window-link.entity.ts';

export interface NewLink {
  readonly expiresAt?: Date;
  readonly maxApplications?: number;
  readonly tagIds?: readonly string[];
  readonly ownerRule: (typeof OWNER_RULES)[number];
  readonly ownerId?: string;
  readonly departmentId?: string;
}
const TAGS = ['input', 'tagIds'];
const OWNER = ['input', 'ownerId'];
const DEPARTMENT = ['input', 'departmentId'];

/** @throws NotFound for what the input names */
export async function findNamed(use: UseCase, { tagIds = [], ownerId, departmentId }: NewLink): Promise<void> {
  await tagsOf(use, tagIds, TAGS);
  if (ownerId) await findOwner(use, ownerId, OWNER);
  if (departmentId) await use.find('Department', departmentId, DEPARTMENT);
}

/** Makes a link of the seat's. @returns its id. @throws WindowNotOpen, WindowSuspended, ValidationFailed */
export async function makeLink(use: UseCase, given: NewLink): Promise<string> {
  checkLink(use, given);
  await holdOpenWindow(use);
  const tags = await tagsOf(use, given.tagIds ?? [], TAGS);
  oneOfAGroup(tags, TAGS);
  const { ownerRule, expiresAt = null, maxApplications = null, ownerId, departmentId } = given;
  const { id, code } = use.em.create(WindowLink, {
    code: drawCode(),
    sharerId: use.seat.id,
    createdAt: use.now,
    expiresAt,
    maxApplications,
    ownerRule,
    ownerId: ownerRule === 'EMPLOYEE' ? ownerId : null,
    departmentId: ownerRule === 'DEPARTMENT' ? departmentId : null,
  });
  await use.em.flush(); // its tags refer to the row
  for (const tag of tags) use.em.create(WindowLinkTag, { linkId: id, tagId: tag.id });
  await indexLink(use, code, id);
  return id;
}

function checkLink(use: UseCase, { expiresAt, ownerRule, ownerId, departmentId }: NewLink): void {
  if (expiresAt && expiresAt <= use.now)
    throw invalid(['input', 'expiresAt'], 'IN_THE_PAST', { en: 'This moment has passed.', 'zh-CN': '该时间已过。' });
  if (ownerRule === 'EMPLOYEE' && !ownerId)
    throw invalid(OWNER, 'REQUIRED', { en: 'Say which employee is to answer for them.', 'zh-CN': '请指定负责人。' });
  if (ownerRule === 'DEPARTMENT' && !departmentId)
    throw invalid(DEPARTMENT, 'REQUIRED', { en: 'Say of which department they are to be, in turn.', 'zh-CN': '请指定部门。' });
}

/** Finds and locks a link. @throws NotFound, FORBIDDEN */
export async function holdLink(use: UseCase, linkId: string) {
  await use.authorize('WindowLink', linkId, joining.link, { path: ['input', 'linkId'] });
  const link = await use.em.findOne(WindowLink, linkId);
  if (!link) throw notFound({}, ['input', 'linkId']);
  return link;
}

/** Takes a link back, for good: also from whoever has its page open. One that was taken back stays as it is. */
export function revokeLink(use: UseCase, link: Awaited<ReturnType<typeof holdLink>>): void {
  if (!link.revokedAt) use.em.assign(link, { revokedAt: use.now, revokedBy: use.seat.id });
}
