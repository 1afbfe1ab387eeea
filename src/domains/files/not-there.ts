import type { HttpExchange } from '../../sdk/core.ts';

/** One answer for a link that was made up, is too old, is for something else, or whose seat may not do it any more. */
export function notThere({ refuse }: HttpExchange): void {
  refuse(404, 'BAD_REQUEST', { en: 'This address is no good, or no longer.', 'zh-CN': '该地址无效或已失效。' });
}
