import { type Message, refusalType } from '../../../sdk/index.ts';

export const STAND_IN_REASONS = {
  SELF: 'Nobody stands in for themself.',
  GONE: 'The employee has left.',
  CYCLE: 'A turn would come back to whoever it was for.',
  TOO_LONG: 'A turn would go on from one stand-in to the next more than 20 times.',
  TOO_MANY: 'The employee has named somebody for 50 periods that are not over.',
  OVERLAPS: 'Somebody else is named for the same templates at the same time.',
} as const;
export type StandInReason = keyof typeof STAND_IN_REASONS;
const WHY_NOT: Readonly<Record<StandInReason, Message>> = {
  SELF: { en: 'Nobody stands in for themself: pick somebody else.', 'zh-CN': '不能由本人代理本人，请选择其他人。' },
  GONE: { en: 'This employee has left.', 'zh-CN': '该员工已离职。' },
  CYCLE: {
    en: 'This employee’s turns would come back to whoever they stand in for: pick somebody else, or another time.',
    'zh-CN': '代理关系会形成循环，请选择其他人或其他时间。',
  },
  TOO_LONG: {
    en: 'This employee’s stand-ins have stand-ins in their turn, more than 20 of them: pick somebody else.',
    'zh-CN': '代理链超过 20 人，请选择其他人。',
  },
  TOO_MANY: {
    en: 'There are 50 periods already that are not over: end one of them first.',
    'zh-CN': '未结束的代理时段已有 50 个，请先结束其中一个。',
  },
  OVERLAPS: {
    en: 'Somebody stands in for the same templates at that time already: end that first, or pick another time.',
    'zh-CN': '该时段内相同模板已有代理人，请先结束原有代理或选择其他时间。',
  },
};
export const standInNotAllowed = refusalType<{ reason: StandInReason }>('StandInNotAllowed', {
  description: 'The employee cannot stand in as it was asked; nothing was changed.',
  message: ({ reason }) => WHY_NOT[reason],
  fields: { reason: { type: 'StandInReason', description: 'Why not.' } },
});
