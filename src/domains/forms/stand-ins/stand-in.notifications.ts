import { notificationKind, notificationKinds, notificationSubjects, register } from '../../../sdk/index.ts';
import { employee } from '../form.notifications.ts';
import { standInEnded, standInNamed } from './stand-in.service.ts';

const about = { type: 'StandIn', id: ({ standInRow }: { readonly standInRow: string }) => standInRow };
const both = (_: unknown, { employeeId, standInId }: { readonly employeeId: string; readonly standInId: string }) => [
  employee(employeeId),
  employee(standInId),
];

const named = notificationKind({
  kind: 'STAND_IN_SET',
  description: { en: 'You stand in for somebody, or somebody stands in for you.', 'zh-CN': '您被指定为代理人，或有人代理您审批。' },
  on: standInNamed,
  about,
  to: both,
  text: ({ count }) =>
    count > 1
      ? { en: `${count} stand-ins were set that concern you.`, 'zh-CN': `有 ${count} 条与您有关的代理设置。` }
      : { en: 'A stand-in was set that concerns you.', 'zh-CN': '有一条与您有关的代理设置。' },
});
const ended = notificationKind({
  kind: 'STAND_IN_ENDED',
  description: { en: 'A stand-in that concerns you has ended before its time.', 'zh-CN': '与您有关的代理设置已提前结束。' },
  on: standInEnded,
  about,
  to: both,
  text: ({ count }) =>
    count > 1
      ? { en: `${count} stand-ins that concern you have ended before their time.`, 'zh-CN': `有 ${count} 条与您有关的代理设置已提前结束。` }
      : { en: 'A stand-in that concerns you has ended before its time.', 'zh-CN': '与您有关的代理设置已提前结束。' },
});

export const standInNotifications = [
  ...[named, ended].map((kind) => register(notificationKinds, kind)),
  register(notificationSubjects, { type: 'StandIn', names: async () => new Map() }),
];
