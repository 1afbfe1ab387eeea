import { invalid } from '@guichet/sdk';

/** How many of each there may be: what is read as a list has an end. A repair is signed off once without a visit, and then once a visit at the most. */
export const MOST = { visits: 20, quotes: 20, parts: 30, labour: 50, photos: 20, requestPhotos: 10, signatures: 21 } as const;

/** @throws ValidationFailed where there are as many as there may be */
export function refusePast(most: number, there: number, field: string): void {
  if (there >= most)
    throw invalid(['input', field], 'TOO_MANY', {
      en: `There are ${most} already, which is as many as there may be.`,
      'zh-CN': `已达上限 ${most} 个。`,
    });
}
