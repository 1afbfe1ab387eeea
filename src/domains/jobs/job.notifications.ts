import {
  type GuichetBuilder,
  jobEnded,
  type Message,
  notificationKind,
  notificationKinds,
  notificationSubjects,
  register,
  sql,
  types,
} from '../../sdk/index.ts';
import { notification } from '../notifications/index.ts';
import { Job } from './job.refs.ts';

const ENDS: Readonly<Record<string, Message>> = {
  SUCCEEDED: { en: 'What you started is done.', 'zh-CN': '您发起的任务已完成。' },
  FAILED: { en: 'What you started has failed.', 'zh-CN': '您发起的任务失败。' },
  CANCELLED: { en: 'What you started was cancelled.', 'zh-CN': '您发起的任务已取消。' },
};
const jobDone = notificationKind({
  kind: 'JOB_DONE',
  description: { en: 'Long work that you started has ended.', 'zh-CN': '您发起的任务已结束。' },
  on: jobEnded,
  about: { type: 'Job', id: ({ jobId }) => jobId },
  to: (_, { startedBy }) => (startedBy?.kind === 'EMPLOYEE' ? [{ id: startedBy.id, kind: startedBy.kind }] : []),
  facts: ({ state, kind }) => ({ state, job: kind }),
  text: ({ count, facts: { state } }) =>
    (count === 1 && ENDS[state as string]) || {
      en: `${count > 1 ? count : 'One'} of your jobs ended.`,
      'zh-CN': count > 1 ? `您发起的 ${count} 个任务已结束。` : '您发起的任务已结束。',
    },
});

export const jobNotifications = [register(notificationKinds, jobDone), register(notificationSubjects, { type: 'Job' })];

/** What notifications of jobs lead to. */
export function jobsOfNotifications(builder: GuichetBuilder): void {
  builder.entityFields(types.Notification, (t) => ({
    job: t.one(Job, {
      on: (of, job) => sql`${job.id} = ${of.subject_id}`,
      description: 'The job that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.from,
    }),
  }));
}
