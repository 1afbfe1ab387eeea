import {
  type GuichetBuilder,
  joinApplicationCame,
  type NotifiedSeat,
  notificationKind,
  notificationKinds,
  notificationSubjects,
  register,
  sql,
  type Transaction,
  types,
  type UseCase,
} from '../../sdk/index.ts';
import { adminRights } from '../directory/index.ts';
import { notification } from '../notifications/index.ts';
import { joinApplications } from './join-application.entity.ts';
import { JoinApplication } from './joining.refs.ts';

const came = notificationKind({
  kind: 'JOIN_APPLICATION_CAME',
  description: { en: 'Somebody asks to be let in at the window.', 'zh-CN': '有人申请加入服务窗。' },
  on: joinApplicationCame,
  about: { type: 'JoinApplication', id: ({ applicationId }) => applicationId },
  to: admins,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} people ask to be let in at the window.`, 'zh-CN': `有 ${count} 人申请加入服务窗。` }
      : { en: `${subject ?? 'Somebody'} asks to be let in at the window.`, 'zh-CN': `${subject ?? '有人'}申请加入服务窗。` },
});

/** Those who decide: admins with WINDOW for the whole organization. */
async function admins(use: UseCase): Promise<NotifiedSeat<'EMPLOYEE'>[]> {
  const rows = await use
    .on(adminRights)
    .selectFrom('admin_rights')
    .select('employee_id')
    .where('admin_right', '=', 'WINDOW')
    .where('department_id', 'is', null)
    .execute();
  return rows.map(({ employee_id: id }) => ({ id, kind: 'EMPLOYEE' }));
}

async function namesOf({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ join_applications: joinApplications })
    .selectFrom('join_applications')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export const applicationNotifications = [
  register(notificationKinds, came),
  register(notificationSubjects, { type: 'JoinApplication', names: namesOf }),
];

/** What notifications of applications lead to. */
export function applicationsOfNotifications(builder: GuichetBuilder): void {
  builder.entityFields(types.Notification, (t) => ({
    joinApplication: t.one(JoinApplication, {
      on: (of, application) => sql`${application.id} = ${of.subject_id}`,
      description: 'The application to be let in that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.from,
    }),
  }));
}
