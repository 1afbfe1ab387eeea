import type { DepartmentUse, UseCase } from '../../sdk/index.ts';
import { joinApplications } from './join-application.entity.ts';
import { windowLinks } from './window-link.entity.ts';

/** Links whose contacts go to a department in turn: those that have not ended, and those by which somebody still waits to be let in. */
async function keeps(use: UseCase, departmentId: string): Promise<DepartmentUse | undefined> {
  const { found } = await use
    .on(windowLinks, joinApplications)
    .selectFrom('window_links as link')
    .select((of) => of.fn.countAll().as('found'))
    .where('department_id', '=', departmentId)
    .where((of) =>
      of.or([
        of.and([of('revoked_at', 'is', null), of.or([of('expires_at', 'is', null), of('expires_at', '>', use.now)])]),
        of.exists(of.selectFrom('join_applications').select('id').whereRef('link_id', '=', 'link.id').where('state', '=', 'PENDING')),
      ]),
    )
    .executeTakeFirstOrThrow();
  const count = Number(found);
  return count ? { what: 'WINDOW_LINKS', count, message: told(count) } : undefined;
}
const told = (count: number) => ({
  en: `${count} link${count === 1 ? '' : 's'} to the window that give${count === 1 ? 's' : ''} contacts to its members in turn (\`updateWindowLink\`, \`revokeWindowLink\`; whoever has applied is decided on)`,
  'zh-CN': `${count} 个由该部门成员轮流接待的窗口链接（可用 updateWindowLink 或 revokeWindowLink 处理，待处理的申请须先处理）`,
});

export const linksInTurn = { keeps };
