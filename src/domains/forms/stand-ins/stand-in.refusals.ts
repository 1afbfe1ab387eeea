import { refusalType } from '../../../sdk/index.ts';

export const STAND_IN_REASONS = {
  SELF: 'Nobody stands in for themself.',
  GONE: 'The employee has left.',
  CYCLE: 'A turn would come back to whoever it was for.',
  TOO_LONG: 'A turn would go on from one stand-in to the next more than 20 times.',
  TOO_MANY: 'The employee has named somebody for 50 periods that are not over.',
  OVERLAPS: 'Somebody else is named for the same templates at the same time.',
} as const;
export type StandInReason = keyof typeof STAND_IN_REASONS;
export const standInNotAllowed = refusalType<{ reason: StandInReason }>('StandInNotAllowed', {
  description: 'The employee cannot stand in as it was asked; nothing was changed.',
  message: { en: 'This employee cannot stand in.', 'zh-CN': '不能指定该员工代理审批。' },
  fields: { reason: { type: 'StandInReason', description: 'Why not.' } },
});
