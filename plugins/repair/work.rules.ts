import type { Issue } from '@guichet/sdk';
import type { RepairSettings } from './settings.ts';
import type { Check } from './visit.entity.ts';

/** What is left to be done before a visit can be finished: each item of the checklist is answered as done, and there are photos enough. */
export function faultsOfFinish(
  { checklist: items, leastPhotos }: Pick<RepairSettings, 'checklist' | 'leastPhotos'>,
  { checklist, photos }: { readonly checklist: readonly Check[]; readonly photos: number },
): Issue[] {
  const missing = items.filter((item) => !checklist.some((one) => one.item === item && one.done));
  return [
    ...missing.map((item) => ({
      path: ['input', 'checklist'],
      code: 'NOT_CHECKED',
      message: { en: `This is not done yet: ${item}.`, 'zh-CN': `此项尚未完成：${item}。` },
    })),
    ...(photos < leastPhotos
      ? [
          {
            path: ['input', 'visitId'],
            code: 'TOO_FEW_PHOTOS',
            message: { en: `The visit needs ${leastPhotos} photos.`, 'zh-CN': `本次上门至少需要 ${leastPhotos} 张照片。` },
          },
        ]
      : []),
  ];
}

/** A clock may be wrong by so much. */
const SLACK = 5 * 60_000;
/** What cannot be true of a place and a clock: nothing is done at a visit before somebody was sent to it, or after now. */
export function faultsOfPlace(
  { at, latitude, longitude }: { readonly at?: Date; readonly latitude?: string; readonly longitude?: string },
  { sentAt, now }: { readonly sentAt: Date; readonly now: Date },
): Issue[] {
  const within = (field: string, given: string | undefined, most: number): Issue[] =>
    given === undefined || Math.abs(Number(given)) <= most
      ? []
      : [
          {
            path: ['input', field],
            code: 'OUT_OF_RANGE',
            message: { en: `From -${most} to ${most}.`, 'zh-CN': `须在 -${most} 与 ${most} 之间。` },
          },
        ];
  const isToCome = at && at.getTime() > now.getTime() + SLACK;
  const isBefore = at && at.getTime() < sentAt.getTime() - SLACK;
  return [
    ...within('latitude', latitude, 90),
    ...within('longitude', longitude, 180),
    ...(isBefore
      ? [
          {
            path: ['input', 'at'],
            code: 'BEFORE_VISIT',
            message: { en: 'Nobody was sent yet at this time: set your clock.', 'zh-CN': '该时间早于本次派单，请校准时钟。' },
          },
        ]
      : []),
    ...(isToCome
      ? [
          {
            path: ['input', 'at'],
            code: 'FUTURE',
            message: { en: 'This is still to come: set your clock.', 'zh-CN': '该时间尚未到来，请校准时钟。' },
          },
        ]
      : []),
  ];
}
